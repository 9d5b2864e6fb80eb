"""What formulas tell of their stored results: never calculated, or taken from another workbook."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import unquote

from budgettool.findings import Fact, Finding, Place
from budgettool.read.marks import Cell, Marks, column_number
from budgettool.read.sheet import Value, address

_RANGE = re.compile(r"(?<![\w!.'\]])\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?(?![\w(!])")
_LINK = re.compile(r"\[(\d+)\][^\[\]!()+*/,;=<>]*!")
_NAMED = re.compile(r"'(?:[^'\[\]]*[\\/])?\[([^\[\]']+)\][^']*'!|'file:[^']*?([^'/\\]+)'#")
"""Another workbook by its name, as in `'[План 2019.xlsx]Лист1'!B2`, or by its address, as OpenDocument writes it."""
_MOST_ADDENDS = 10_000


def uncalculated(marks: Marks, grid: Sequence[Sequence[Value]]) -> set[Cell]:
    """Formulas whose stored zero is a placeholder: every result of the sheet is zero although one adds up typed figures.

    To be asked only of a workbook that wants to be calculated anew when it is opened. A formula that adds, and all of whose
    figures have the same sign, can't be zero unless they all are.
    """
    if not marks.zeros or marks.formulas.keys() - marks.zeros - marks.unvalued - marks.errors:
        return set()
    proven = any(_adds_figures(marks.formulas[cell], grid, marks.formulas) for cell in marks.zeros)
    return set(marks.zeros) if proven else set()


def _adds_figures(formula: str, grid: Sequence[Sequence[Value]], formulas: Collection[Cell]) -> bool:
    if not re.fullmatch(r"(?:SUM\([^()]*\)|[A-Z$\d+*:]+)", formula):
        return False
    figures = [figure for figure in _figures(formula, grid, formulas) if figure]
    return bool(figures) and (min(figures) > 0 or max(figures) < 0)


def _figures(formula: str, grid: Sequence[Sequence[Value]], formulas: Collection[Cell]) -> Iterator[float]:
    for left, top, right, bottom in _RANGE.findall(formula):
        rows = range(int(top), min(int(bottom or top), len(grid)) + 1)
        for row in rows[:_MOST_ADDENDS]:
            for column in range(column_number(left), column_number(right or left) + 1):
                value = grid[row - 1][column - 1] if column <= len(grid[row - 1]) else None
                if isinstance(value, (int, float)) and not isinstance(value, bool) and (row, column) not in formulas:
                    yield value


def placeholders(place: Place, cells: Collection[Cell]) -> Iterator[Finding]:
    """One finding a sheet, with all its cells."""
    if cells:
        at = tuple(Place(place.file, place.sheet, address(row, column)) for row, column in sorted(cells))
        yield Finding("formulas-not-calculated", at, facts=(("count", len(at)),), count=len(at))


def _named(formula: str, links: Sequence[str]) -> set[str]:
    """The other workbooks of a formula: by their number, `[1]` where the list of names is lost, or by name."""
    if "[" not in formula and "file:" not in formula:
        return set()
    named = {unquote(book or path) for book, path in _NAMED.findall(formula) if not (book or path).isdigit()}
    numbers = {int(number) for number in _LINK.findall(formula)}
    return named | {links[n - 1] if 1 <= n <= len(links) else f"[{n}]" for n in numbers if n}


def linked(place: Place, links: Sequence[str], formulas: Mapping[Cell, str]) -> Iterator[Finding]:
    """One finding for each other workbook that formulas of a sheet take values from, with all their cells."""
    cells: dict[str, list[Cell]] = {}
    for cell in sorted(formulas):
        for name in _named(formulas[cell], links):
            cells.setdefault(name, []).append(cell)
    for name, found in sorted(cells.items()):
        at = tuple(Place(place.file, place.sheet, address(row, column)) for row, column in found)
        facts: tuple[tuple[str, Fact], ...] = (("count", len(at)), ("other_file", name))
        yield Finding("value-from-another-workbook", at, facts=facts, count=len(at))
