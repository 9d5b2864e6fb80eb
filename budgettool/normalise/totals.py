"""Printed totals against what they sum: subtotals and grand totals in any place, and columns that sum others.

    1234,4 + 2345,4 + 3456,4 = 7036,2 and 7036,3 is printed: rounding explains 0,2 (four half units), so it agrees.

A total over a figure that was held back is not judged. People of several periods are never added, so
a total over them is not judged either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgettool.findings import Fact, Finding, Place
from budgettool.normalise.figures import ColumnFigures
from budgettool.normalise.reading import Total
from budgettool.read.sheet import address
from budgettool.recognise.layout import Row, RowKind
from budgettool.terms import MEASURES, Kind
from budgettool.terms.money import TIYN

SUMS = (RowKind.TOTAL, RowKind.COUNTRY)


@dataclass(frozen=True, slots=True)
class Sums:
    """A printed total of one column: the rows that it sums."""

    row: int
    over: tuple[int, ...]


def scopes(rows: Sequence[Row], columns: Sequence[ColumnFigures]) -> list[Sums]:
    """Which data rows each total row sums: those since the total before it, all of them, or, for one that stands first, those below."""
    found: list[Sums] = []
    data = [row.number for row in rows if row.kind is RowKind.DATA]
    totals = [row.number for row in rows if row.kind in SUMS]
    for position, number in enumerate(totals):
        before = totals[position - 1] if position else 0
        since = tuple(r for r in data if before < r < number)
        above = tuple(r for r in data if r < number)
        after = totals[position + 1] if position + 1 < len(totals) else None
        below = tuple(r for r in data if r > number and (after is None or r < after))
        rest = tuple(r for r in data if r > number)
        country = next(row.kind for row in rows if row.number == number) is RowKind.COUNTRY
        choices = [c for c in (since, above, below, rest, tuple(data) if country else ()) if c]
        if not choices:
            continue
        whole = tuple(data) if country else above
        fallback = rest if not above else whole if after is None or not since else since
        best = max(dict.fromkeys(choices), key=lambda over: (_agreeing(number, over, columns), over == fallback))
        found.append(Sums(number, best))
    return found


def _agreeing(row: int, over: Sequence[int], columns: Sequence[ColumnFigures]) -> int:
    """In how many columns the printed total is what these rows add up to, within rounding."""
    return sum(
        1
        for column in columns
        if (printed := column.figures.get(row)) is not None
        and abs(printed.value - _sum(column, over)) <= tolerance(column.resolution, _count(column, over), column.measure)
    )


def _sum(column: ColumnFigures, over: Sequence[int]) -> Decimal:
    return sum((column.figures[row].value for row in over if row in column.figures), Decimal(0))


def _count(column: ColumnFigures, over: Sequence[int]) -> int:
    return sum(row in column.figures for row in over)


def tolerance(resolution: Decimal, figures: int, measure: str) -> Decimal:
    """What rounding explains for a total of so many figures: (n + 1) half resolutions; nothing for tiyn and for whole people."""
    exact = resolution <= (TIYN if MEASURES[measure].kind is Kind.MONEY else Decimal(1))
    return Decimal(0) if exact else resolution / 2 * (figures + 1)


def judge(
    sums: Sequence[Sums], columns: Sequence[ColumnFigures], several_periods: Mapping[int, bool], place: Place
) -> tuple[list[Total], list[Finding]]:
    """Judge every printed total of every column; `several_periods` says by column whether its rows speak of more than one period."""
    totals: list[Total] = []
    findings: list[Finding] = []
    for scope in sums:
        for column in columns:
            printed = column.figures.get(scope.row)
            if printed is None:
                continue
            held = {held.row for held in column.held} & set(scope.over)
            people = MEASURES[column.measure].kind is Kind.PEOPLE and several_periods.get(column.index, False)
            cell = address(scope.row, column.index)
            if held or people or not _count(column, scope.over):
                totals.append(Total(cell, column.measure, printed.value, None, None, "not-judged"))
                continue
            allowed = tolerance(column.resolution, _count(column, scope.over), column.measure)
            total, said = _judged(cell, column, printed.value, _sum(column, scope.over), allowed, place)
            totals.append(total)
            findings += said
    return totals, findings


def _judged(
    cell: str, column: ColumnFigures, printed: Decimal, computed: Decimal, allowed: Decimal, place: Place
) -> tuple[Total, list[Finding]]:
    difference = abs(printed - computed)
    verdict = "agrees" if difference <= allowed else "differs"
    total = Total(cell, column.measure, printed, computed, allowed, verdict)
    if difference == 0:
        return total, []
    code = "printed-total-within-rounding" if verdict == "agrees" else "printed-total-differs"
    facts: tuple[tuple[str, Fact], ...] = (("measure", column.measure), ("tolerance", allowed), ("unit", column.unit.code))
    at = (Place(place.file, place.sheet, cell),)
    return total, [Finding(code, at, expected=computed, actual=printed, facts=facts)]


def judge_across(
    column: ColumnFigures, parts: Sequence[ColumnFigures], rows: Sequence[int], place: Place
) -> tuple[list[Total], list[Finding]]:
    """Judge a column that sums others, row by row: the half-year beside its quarters."""
    totals: list[Total] = []
    findings: list[Finding] = []
    for row in rows:
        printed = column.figures.get(row)
        if printed is None:
            continue
        there = [part for part in parts if row in part.figures]
        cell = address(row, column.index)
        if len(there) < len(parts) or MEASURES[column.measure].kind is Kind.PEOPLE:
            totals.append(Total(cell, column.measure, printed.value, None, None, "not-judged"))
            continue
        coarsest = max([column.resolution, *(part.resolution for part in parts)])
        allowed = tolerance(coarsest, len(parts), column.measure)
        computed = sum((part.figures[row].value for part in parts), Decimal(0))
        total, said = _judged(cell, column, printed.value, computed, allowed, place)
        totals.append(total)
        findings += said
    return totals, findings


def unlabelled(rows: Sequence[Row], named: Mapping[int, bool], columns: Sequence[ColumnFigures]) -> list[int]:
    """Data rows without a region that equal, in every column they fill, the sum of the rows above: totals without a name."""
    found: list[int] = []
    for row in rows:
        if row.kind is not RowKind.DATA or named.get(row.number, True):
            continue
        filled = [column for column in columns if row.number in column.figures]
        above = [r.number for r in rows if r.kind is RowKind.DATA and r.number < row.number and r.number not in found]
        last = max((r.number for r in rows if r.kind in SUMS and r.number < row.number), default=0)
        for over in ([n for n in above if n > last], above):
            if len(over) >= 2 and filled and all(_sum(column, over) == column.figures[row.number].value for column in filled):
                found.append(row.number)
                break
    return found
