"""A draft becomes a workbook: personal numbers are taken out, marked documents are stopped, hidden sheets are left out and named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from budgettool.findings import Fact, Finding, Place
from budgettool.privacy import is_personal_number, official_use, personal_numbers
from budgettool.read.grid import put
from budgettool.read.marks import Cell
from budgettool.read.sheet import Sheet, Value, Withheld, Workbook, address, letters
from budgettool.read.source import Draft, Source, stopped

_NAMED = re.compile(r"\b(?:иин|жсн|iin|бин|бсн|bin)\b", re.IGNORECASE)
_PAGE_CODE = re.compile(r"&(?:[LCRPNDTAF]|\"[^\"]*\"|\d+)")
_LONGEST_HEADING = 200
_SHORTEST, _TWELVE_DIGITS = 10_000_000, 100_000_000_000
_MOST_PLACES = 1000


def workbook_of(draft: Draft, source: Source) -> tuple[Workbook, list[Finding]]:
    """The workbook without what must not enter, and the findings about that; raises Stop for a marked document."""
    everything = [*draft.sheets, *draft.hidden]
    if any(official_use(text) for text in _texts(draft)):
        raise stopped("marked-for-official-use", source.name)
    findings = list(draft.findings)
    found = {index: personal_cells(sheet) for index, sheet in enumerate(everything)}
    notes = [note for note in draft.notes if personal_numbers(note.text)]
    for index, cells in found.items():
        findings += _said(Place(source.name, everything[index].name), cells)
    findings += [Finding("personal-data", (Place(source.name, note.sheet, note.cell),), facts=(("count", 1),)) for note in notes]
    findings += [Finding("hidden-sheet-skipped", (Place(source.name, s.name),), facts=(("name", s.name),)) for s in draft.hidden if s.grid]
    sheets = tuple(_without(sheet, found[index]) for index, sheet in enumerate(draft.sheets))
    personal = bool(notes) or any(found.values())
    return Workbook(source.name, source.sha256, sheets, None if personal else source.content, personal), findings


def _texts(draft: Draft) -> Iterator[str]:
    """Every text that may be a mark, once: texts of a report repeat."""
    yield from {value for sheet in (*draft.sheets, *draft.hidden) for row in sheet.grid for value in row if isinstance(value, str)}
    yield from (_PAGE_CODE.sub("\n", note.text) for note in draft.notes)


def personal_cells(sheet: Sheet) -> set[Cell]:
    """The cells that hold a personal number, as text or as a number of twelve digits.

    A number that lost leading zeros counts only below a heading that speaks of IIN or BIN: by itself it may be an amount.
    """
    found: set[Cell] = set()
    named: set[int] = set()
    judged: dict[str, str] = {}
    for row, values in enumerate(sheet.grid, 1):
        for column, value in enumerate(values, 1):
            if isinstance(value, str):
                verdict = judged.get(value) or judged.setdefault(value, _verdict(value))
                if verdict == "personal":
                    found.add((row, column))
                elif verdict == "heading":
                    named.add(column)
            elif isinstance(value, (int, float)) and value >= _SHORTEST and _is_personal(value, shortened=column in named):
                found.add((row, column))
    return found


def _verdict(text: str) -> str:
    if personal_numbers(text):
        return "personal"
    return "heading" if len(text) < _LONGEST_HEADING and _NAMED.search(text) else "neither"


def _is_personal(value: float, *, shortened: bool) -> bool:
    if not (shortened or value >= _TWELVE_DIGITS) or value >= 10 * _TWELVE_DIGITS or value != int(value):
        return False
    return is_personal_number(f"{int(value):012d}")


def _said(place: Place, cells: Iterable[Cell]) -> Iterator[Finding]:
    """One finding a column, with its places; the numbers are repeated nowhere."""
    columns: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted(cells):
        columns[column].append(row)
    for column, rows in sorted(columns.items()):
        at = tuple(replace(place, cell=address(row, column)) for row in rows[:_MOST_PLACES])
        facts: tuple[tuple[str, Fact], ...] = (("column", letters(column)), ("count", len(rows)))
        yield Finding("personal-data", at, facts=facts, count=len(rows))


def _without(sheet: Sheet, cells: set[Cell]) -> Sheet:
    if not cells:
        return sheet
    grid: list[Sequence[Value]] = list(sheet.grid)
    put(grid, {cell: Withheld() for cell in cells})
    return replace(sheet, grid=grid)
