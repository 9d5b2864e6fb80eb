"""How deep each row of a table stands: by its budget codes, by the column its name has moved to, by its number, or by how far it is set in.

    1     Актюбинская область            level 0
    1.1.    ОФ «Образец»                 level 1
    1.2.    ОО «Пример»                  level 1

The first of these that tells rows apart is used for the whole table; none of them, and all rows stand at level 0.
Which rows repeat the money of others is decided later, by what they say and by their figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budgettool.read.sheet import Sheet
from budgettool.recognise.header import text_of
from budgettool.recognise.labels import Marker, marked, numbered
from budgettool.recognise.layout import Column, Row, RowKind

CODES = ("function", "subfunction", "administrator", "programme", "subprogramme", "specific")
"""The columns of the budget classification, from the outermost; from `administrator` on they make the dotted code of a programme."""

_SPACES = {" ": 1, "\u00a0": 1, "\u2003": 2, "\t": 4}
_MOST = 9
"""Names set in by more different widths than this are not set in by levels."""


def outline(sheet: Sheet, columns: Sequence[Column], labels: Sequence[int], rows: Iterable[Row]) -> dict[int, int]:
    """The level of each data and section row by its number, from 0; empty where nothing tells levels."""
    body = [row for row in rows if row.kind in (RowKind.DATA, RowKind.SECTION)]
    if len(body) < 2:
        return {}
    codes = [column.index for column in sorted((c for c in columns if c.field in CODES), key=lambda c: CODES.index(c.field or ""))]
    names = moving(sheet, columns, labels, body)
    for told in (_by_codes(sheet, codes, body), _by_column(sheet, names, body), _by_number(sheet, columns, body), _by_indent(sheet, body)):
        if len(set(told.values())) > 1:
            return told
    return {}


def moving(sheet: Sheet, columns: Sequence[Column], labels: Sequence[int], rows: Sequence[Row]) -> tuple[int, ...]:
    """The columns that a name moves through with its level: neighbours of which each row fills one, and several are used."""
    fields = {column.index: column.field for column in columns}
    open_ = [index for index in labels if fields.get(index) in (None, "name", "region")]
    runs: list[list[int]] = []
    for index in open_:
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    for run in runs:
        filled = [[index for index in run if isinstance(value := sheet.value(row.number, index), str) and value.strip()] for row in rows]
        told = [one for one in filled if one]
        used = {one[0] for one in told}
        if len(run) > 1 and len(used) > 1 and all(len(one) == 1 for one in told):
            return tuple(index for index in run if index in used)
    return ()


def _by_codes(sheet: Sheet, codes: Sequence[int], rows: Sequence[Row]) -> dict[int, int]:
    """By the deepest code column that a row fills; a row without any code stands one deeper than the coded row above it."""
    if len(codes) < 2:
        return {}
    told: dict[int, int] = {}
    above = -1
    for row in rows:
        filled = [depth for depth, index in enumerate(codes) if text_of(sheet.value(row.number, index))]
        above = filled[-1] if filled else above
        told[row.number] = above if filled else above + 1
    return told


def _by_column(sheet: Sheet, names: Sequence[int], rows: Sequence[Row]) -> dict[int, int]:
    return {row.number: next((depth for depth, index in enumerate(names) if text_of(sheet.value(row.number, index))), 0) for row in rows} if names else {}


def _by_number(sheet: Sheet, columns: Sequence[Column], rows: Sequence[Row]) -> dict[int, int]:
    """By I, 1, 1.1, а) and dashes, in a column of numbers or before the names; a row without a number stands as deep as the one above it."""
    column = next((c.index for c in columns if c.field == "number"), None)
    markers: dict[int, Marker | None] = {}
    for row in rows:
        own = numbered(text_of(sheet.value(row.number, column))) if column else None
        markers[row.number] = own or marked(row.label)[0]
    kinds = sorted({_rank(marker) for marker in markers.values() if marker is not None})
    told: dict[int, int] = {}
    above = 0
    for number, marker in markers.items() if len(kinds) > 1 else ():
        above = kinds.index(_rank(marker)) if marker else above
        told[number] = above
    return told


def _rank(marker: Marker) -> tuple[int, int]:
    order = ("roman", "decimal", "letter", "bullet")
    return order.index(marker.kind), len(marker.parts)


def _by_indent(sheet: Sheet, rows: Sequence[Row]) -> dict[int, int]:
    """By the cell's indent and the spaces before the name; a width that was seen further out closes what is deeper."""
    widths = {row.number: _width(sheet, row) for row in rows}
    if len(set(widths.values())) > _MOST:
        return {}
    told: dict[int, int] = {}
    open_: list[int] = []
    for number, width in widths.items():
        while open_ and open_[-1] >= width:
            open_.pop()
        told[number] = len(open_)
        open_.append(width)
    return told


def _width(sheet: Sheet, row: Row) -> int:
    text = sheet.value(row.number, row.column) if row.column else None
    if not isinstance(text, str):
        return 0
    spaces = text[: len(text) - len(text.lstrip(" \u00a0\u2003\t"))]
    return 3 * sheet.indents.get((row.number, row.column), 0) + sum(_SPACES[ch] for ch in spaces)
