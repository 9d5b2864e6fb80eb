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
from budgettool.recognise.layout import RowKind
from budgettool.terms import MEASURES, Kind
from budgettool.terms.money import TIYN

SUMS = (RowKind.TOTAL, RowKind.COUNTRY)


@dataclass(frozen=True, slots=True)
class Summed:
    """What the rows of a printed total come to in one column: how many figures, their sum, whether one was held back."""

    count: int
    total: Decimal
    held: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """A row of printed totals, and what the rows that it sums come to in each column, in the order of the columns."""

    row: int
    over: tuple[Summed, ...]


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
    finest = {column.index: column.resolution for column in columns} if sums else {}
    for scope in sums:
        for column, over in zip(columns, scope.over, strict=True):
            printed = column.figures.get(scope.row)
            if printed is None:
                continue
            people = MEASURES[column.measure].kind is Kind.PEOPLE and several_periods.get(column.index, False)
            cell = address(scope.row, column.index)
            if over.held or people or not over.count:
                totals.append(Total(cell, column.measure, printed.value, None, None, "not-judged"))
                continue
            allowed = tolerance(finest[column.index], over.count, column.measure)
            total, said = judged(cell, column, printed.value, over.total, allowed, place)
            totals.append(total)
            findings += said
    return totals, findings


def judged(
    cell: str, column: ColumnFigures, printed: Decimal, computed: Decimal, allowed: Decimal, place: Place
) -> tuple[Total, list[Finding]]:
    """The verdict on one printed sum, and what is to be said of it."""
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
    coarsest = max(one.resolution for one in (column, *parts))
    for row in rows:
        printed = column.figures.get(row)
        if printed is None:
            continue
        there = [part for part in parts if row in part.figures]
        cell = address(row, column.index)
        if len(there) < len(parts) or MEASURES[column.measure].kind is Kind.PEOPLE:
            totals.append(Total(cell, column.measure, printed.value, None, None, "not-judged"))
            continue
        allowed = tolerance(coarsest, len(parts), column.measure)
        computed = sum((part.figures[row].value for part in parts), Decimal(0))
        total, said = judged(cell, column, printed.value, computed, allowed, place)
        totals.append(total)
        findings += said
    return totals, findings
