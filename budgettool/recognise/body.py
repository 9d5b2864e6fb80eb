"""The rows under a header: data, sections, totals, the country's line, repeated headers, column numbers, notes and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from budgettool.classification import Register
from budgettool.letters import unmixed
from budgettool.read.sheet import Sheet, Value
from budgettool.recognise.header import HeaderBlock, is_number_row, text_of
from budgettool.recognise.labels import numbered
from budgettool.recognise.layout import Column, Row, RowKind
from budgettool.recognise.outline import CODES, outline
from budgettool.recognise.vocabulary import folded, vocabulary
from budgettool.terms.written import read_number

_FOOTNOTE = re.compile(r"(\*+|[\u00b9\u00b2\u00b3]|\d{1,2}\s*\))\s*[-–—]?\s*\D")
_NAMES = ("region", "name", "provider", "programme", "kato", "period", *CODES)
_UNNAMED = ("number", "kato", *CODES)
"""Columns that label a row only where no name does."""
_BESIDE = ("contract", "provider_bin", "note", "contract_date", "percent", "balance", "indicator", "unit", "level")


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is known of a table's columns: those of figures, those that label a row in the order of asking, the header's texts, and those
    beside figures.
    """

    sheet: Sheet
    figures: tuple[int, ...]
    labels: tuple[int, ...]
    header: Mapping[int, frozenset[str]]
    beside: frozenset[int] = frozenset()


def read_rows(sheet: Sheet, block: HeaderBlock, columns: Sequence[Column], bottom: int) -> tuple[Row, ...]:
    """Every filled row from the header down to `bottom`, each with its kind and its level."""
    figures = tuple(column.index for column in columns if column.measure or column.field == "value")
    header = {index: frozenset(lv.text for lv in levels) for index, levels in block.levels.items()}
    beside = frozenset(column.index for column in columns if column.field in _BESIDE)
    frame = _Frame(sheet, figures, _label_columns(columns, figures), header, beside)
    rows: list[Row] = []
    section: str | None = None
    for number in range(block.rows[-1] + 1, bottom + 1):
        cells = dict(sheet.filled(number))
        if not cells:
            continue
        if number in block.known:
            rows.append(Row(number, block.known[number]))
            continue
        kind, label, column = _read_row(frame, number, cells)
        section = label if kind is RowKind.SECTION else section
        rows.append(Row(number, kind, label, section, 0, column))
    levels = outline(sheet, columns, sorted(frame.labels), rows)
    return tuple(replace(row, level=levels[row.number]) if row.number in levels else row for row in rows)


def _label_columns(columns: Sequence[Column], figures: Sequence[int]) -> tuple[int, ...]:
    """The columns that may label a row: whatever stands left of the first figure and names anything, dimensions elsewhere, codes and numbers last."""
    first = min(figures, default=1)
    fields = {column.index: column.field for column in columns}
    left = [index for index in range(1, first) if fields.get(index) not in _BESIDE]
    named = [column.index for column in columns if column.field in _NAMES]
    return tuple(sorted(dict.fromkeys([*left, *named]), key=lambda index: (fields.get(index) in _UNNAMED, index not in left)))


def _read_row(frame: _Frame, number: int, cells: Mapping[int, Value]) -> tuple[RowKind, str, int]:
    """The kind of a row, the text that labels it, and the column of that text."""
    texts = {index: text_of(cells[index]) for index in frame.labels if index in cells}
    column = next((index for index in frame.labels if texts.get(index)), 0)
    label = texts.get(column, "")
    kind = _kind(frame, number, cells, texts, label)
    if kind is RowKind.NOTE and not label and len(cells) == 1:
        column, label = next((index, text_of(value)) for index, value in cells.items())
    if kind is RowKind.NOTE and label and _is_title([index for index in cells if index not in frame.beside], cells, column) and not _closes(label) and not _FOOTNOTE.match(label):
        kind = RowKind.SECTION
    return kind, label, column


def _is_title(filled: Sequence[int], cells: Mapping[int, Value], column: int) -> bool:
    """Whether a row holds nothing but one text, or one text and its number before it; what stands beside figures is passed over."""
    others = [index for index in filled if index != column]
    return len(others) <= 1 and all(index < column and numbered(text_of(cells[index])) is not None for index in others)


def _kind(frame: _Frame, number: int, cells: Mapping[int, Value], texts: Mapping[int, str], label: str) -> RowKind:
    if is_number_row(frame.sheet, number) and min(cells) <= min((*frame.labels, *frame.figures), default=1):
        return RowKind.NUMBERS
    if len(cells) >= 2 and all(text_of(value) in frame.header.get(index, ()) for index, value in cells.items()):
        return RowKind.HEADER
    if any(map(_closes, texts.values())) or not (label or any(_is_numeric(cells.get(index)) for index in frame.figures)):
        return RowKind.NOTE
    if not any(holds_figure(cells.get(index)) for index in frame.figures):
        return RowKind.NOTE if sum(index not in frame.beside for index in cells) <= 2 else RowKind.DATA
    if _sums(label) or any(_begins_total(texts[index]) for index in frame.labels if index in texts):
        return RowKind.TOTAL
    return RowKind.COUNTRY if is_country(label) else RowKind.DATA


@lru_cache(maxsize=8192)
def _sums(label: str) -> bool:
    return vocabulary().is_row("total", unmixed(folded(label)))


@lru_cache(maxsize=8192)
def _begins_total(text: str) -> bool:
    return bool(text) and not text.isdigit() and vocabulary().begins_row("total", unmixed(folded(text)))


@lru_cache(maxsize=8192)
def is_country(label: str) -> bool:
    """Whether a label names the whole country."""
    return unmixed(folded(label)) in vocabulary().rows["country"]


@lru_cache(maxsize=8192)
def _closes(label: str) -> bool:
    """Whether a label is that of a signature or a note."""
    straight = unmixed(folded(label))
    return vocabulary().is_row("ends", straight) or vocabulary().is_row("note", straight)


def _is_numeric(value: Value) -> bool:
    """Whether a cell without a label beside it is still a figure that must be accounted for."""
    return holds_figure(value) and not (isinstance(value, str) and read_number(value) is None)


def holds_figure(value: Value) -> bool:
    """Whether a cell of a measure column holds anything that must be accounted for: a number, an error, a formula, a text."""
    return value is not None and not (isinstance(value, str) and not value.strip())


def region_column(sheet: Sheet, columns: Sequence[Column], rows: Iterable[int], register: Register) -> int | None:
    """The column that holds regions where no header says so: at least two of its texts, and half of them, are known names."""
    sample = list(rows)[:60]
    taken = {column.index for column in columns if column.measure or column.field not in (None, "name")}
    width = max((len(sheet.grid[number - 1]) for number in sample), default=0)
    for index in range(1, width + 1):
        if index in taken:
            continue
        texts = [text for number in sample if isinstance(text := sheet.value(number, index), str) and text.strip()]
        known = sum(register.resolve(text).verdict in ("exact", "country") for text in texts)
        if known >= min(2, len(texts)) and known >= 1 and 2 * known >= len(texts):
            return index
    return None
