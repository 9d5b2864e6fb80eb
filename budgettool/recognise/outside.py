"""Figures that stand outside of every table, beside a text: a summary above the header, a line between two tables. They are said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from budgettool.findings import Finding, Place, Severity
from budgettool.letters import unmixed
from budgettool.read.sheet import Sheet, Value, address
from budgettool.recognise.areas import Area
from budgettool.recognise.header import is_figure, is_number_row, text_of
from budgettool.recognise.vocabulary import folded, vocabulary

_MOST = 20
_PHONE = 9
"""A whole number of so many digits beside a text is a telephone or an identifier."""


def outside(sheet: Sheet, parts: Sequence[Area], file: str) -> list[Finding]:
    """What to say of a sheet's figures that no table holds; a sheet without any table says it as a remark."""
    if parts:
        cells = [cell for area in parts for cell in _beside_text(area.sheet, area.title)]
    else:
        cells = list(_beside_text(sheet, range(1, len(sheet.grid) + 1)))
    cells = list(dict.fromkeys(cells))
    if not cells:
        return []
    at = tuple(Place(file, sheet.name, cell) for cell in cells[:_MOST])
    return [Finding("figures-outside-tables", at, None if parts else Severity.INFO, count=len(cells))]


def _beside_text(sheet: Sheet, rows: Iterable[int]) -> Iterator[str]:
    """The addresses of the figures in these rows that have a text beside them."""
    for row in rows:
        cells = list(sheet.filled(row))
        texts = [value for _, value in cells if isinstance(value, str) and any(ch.isalpha() for ch in value)]
        if texts and not _signs(texts[0]) and not is_number_row(sheet, row):
            yield from (address(row, column) for column, value in cells if _counts(value))


def _signs(text: str) -> bool:
    return vocabulary().is_row("ends", unmixed(folded(text)))


def _counts(value: Value) -> bool:
    if not is_figure(value):
        return False
    digits = "".join(ch for ch in text_of(value) if ch.isdigit())
    return not (len(digits) >= _PHONE and text_of(value).lstrip("+").replace(" ", "").isdigit())
