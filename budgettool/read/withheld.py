"""Personal numbers are taken out of what was read, before anybody else sees it: the cell becomes a marker, and nothing repeats it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgettool.findings import Finding, Place
from budgettool.privacy import is_personal_number, official_use, personal_numbers
from budgettool.read.sheet import Sheet, Value, Withheld, address, letters
from budgettool.read.source import Draft


def is_personal(value: Value) -> bool:
    """Whether a cell holds a personal number, as text or as a number that lost its leading zeros."""
    if isinstance(value, str):
        return len(value) >= 11 and personal_numbers(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 10**9 <= value < 10**12 and float(value).is_integer():
        return is_personal_number(f"{int(value):012d}")
    return False


def marked(draft: Draft) -> bool:
    """Whether any cell or note carries a mark of official use."""
    cells = (value for sheet in (*draft.sheets, *draft.hidden) for row in sheet.grid for value in row if isinstance(value, str))
    return any(official_use(text) for text in cells) or any(official_use(note.text) for note in draft.notes)


def withhold(draft: Draft, name: str) -> tuple[list[Sheet], list[Finding]]:
    """The visible sheets without personal numbers, and one finding for each column that held some."""
    findings = [finding for sheet in (*draft.sheets, *draft.hidden) for finding in _found(sheet, name)]
    if any(personal_numbers(note.text) for note in draft.notes):
        findings.append(Finding("personal-data", (Place(name),)))
    return [_without(sheet) for sheet in draft.sheets], findings


def _personal_cells(sheet: Sheet) -> Iterator[tuple[int, int]]:
    for row, line in enumerate(sheet.grid, 1):
        for column, value in enumerate(line, 1):
            if value is not None and is_personal(value):
                yield row, column


def _found(sheet: Sheet, name: str) -> Iterable[Finding]:
    columns: dict[int, list[int]] = {}
    for row, column in _personal_cells(sheet):
        columns.setdefault(column, []).append(row)
    for column, rows in sorted(columns.items()):
        place = Place(name, sheet.name, address(rows[0], column) if len(rows) == 1 else letters(column))
        yield Finding("personal-data", (place,), facts=(("count", len(rows)),), count=len(rows))


def _without(sheet: Sheet) -> Sheet:
    cells = list(_personal_cells(sheet))
    if not cells:
        return sheet
    grid = [list(row) for row in sheet.grid]
    for row, column in cells:
        grid[row - 1][column - 1] = Withheld()
    return Sheet(sheet.name, grid, sheet.merges, sheet.hidden_rows, sheet.hidden_columns, sheet.formats, sheet.formulas)
