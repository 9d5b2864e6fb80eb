"""The rows under a header: data, totals, the country's line, repeated headers, column numbers, notes and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from budgettool.classification import Register
from budgettool.letters import unmixed
from budgettool.read.sheet import Sheet, Value
from budgettool.recognise.header import HeaderBlock, is_number_row, text_of
from budgettool.recognise.layout import Column, Row, RowKind
from budgettool.recognise.vocabulary import folded, vocabulary
from budgettool.terms.written import read_number

_FOOTNOTE = re.compile(r"(\*+|[\u00b9\u00b2\u00b3]|\d{1,2}\s*\))\s*[-–—]?\s*\D")
_LABELS = ("region", "name", "provider", "programme", "kato", "period")


def read_rows(sheet: Sheet, block: HeaderBlock, columns: Sequence[Column], bottom: int) -> tuple[Row, ...]:
    """Every filled row from the header down to `bottom`, each with its kind."""
    figures = [column.index for column in columns if column.measure or column.field == "value"]
    labels = _label_columns(columns, figures)
    header = {column.index: {lv.text for lv in block.levels.get(column.index, ())} for column in columns}
    rows: list[Row] = []
    section: str | None = None
    for number in range(block.rows[-1] + 1, bottom + 1):
        cells = dict(sheet.filled(number))
        if not cells:
            continue
        label = next((text for index in labels if (text := text_of(cells.get(index)))), "")
        kind = _kind(sheet, number, cells, header, label, figures)
        if kind is RowKind.NOTE and len(cells) == 1 and label and not _closes(label):
            section = label
        rows.append(Row(number, kind, label, section))
    return tuple(rows)


def _label_columns(columns: Sequence[Column], figures: Sequence[int]) -> list[int]:
    """The columns that may label a row: dimensions first, then whatever stands left of the first figure."""
    first = min(figures, default=1)
    named = [column.index for column in columns if column.field in _LABELS]
    return list(dict.fromkeys([*range(1, first), *named]))


def _kind(
    sheet: Sheet, number: int, cells: dict[int, Value], header: dict[int, set[str]], label: str, figures: Sequence[int]
) -> RowKind:
    if is_number_row(sheet, number):
        return RowKind.NUMBERS
    texts = {index: text_of(value) for index, value in cells.items()}
    if len(cells) >= 2 and all(text in header.get(index, ()) for index, text in texts.items()):
        return RowKind.HEADER
    straight = unmixed(folded(label))
    if _closes(label) or not (label or any(_is_numeric(cells.get(index)) for index in figures)):
        return RowKind.NOTE
    if not any(holds_figure(cells.get(index)) for index in figures):
        return RowKind.NOTE if len(cells) <= 2 and not any(index in cells for index in figures) else RowKind.DATA
    if vocabulary().is_row("total", straight):
        return RowKind.TOTAL
    return RowKind.COUNTRY if is_country(label) else RowKind.DATA


def is_country(label: str) -> bool:
    """Whether a label names the whole country."""
    return unmixed(folded(label)) in vocabulary().rows["country"]


def _closes(label: str) -> bool:
    """Whether a label is that of a signature, a note or a footnote."""
    straight = unmixed(folded(label))
    return vocabulary().is_row("ends", straight) or vocabulary().is_row("note", straight) or bool(_FOOTNOTE.match(label.strip()))


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
