"""Which row the parts below it add up to: the nearest one whose figures they are, column by column, within rounding.

    100 | 60, 40 below it            both are parts of the 100
    100 | 60, 40, 50 below it        the third begins something else

Small counts prove nothing by their sum.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal

from budgettool.normalise.figures import ColumnFigures
from budgettool.normalise.work import Work

_TELLING = 4
"""A sum proves something where the figures that it meets have this many digits together: that 3 is 1 + 2 may be chance."""


def proven(parts: Sequence[int], wholes: Sequence[int], work: Work, *, opened: bool = False) -> tuple[int, int, bool]:
    """The whole of the first so many parts, and whether they add up to it; all of them and the likeliest whole where none does.

    Behind "of which" (`opened`) any sum of the nearest whole proves it, however small.
    """
    columns = [column for _, column in work.columns]
    for position, whole in enumerate(wholes):
        if adds_up(whole, parts, work, telling=1 if opened and position == 0 else _TELLING):
            return whole, len(parts), True
    for whole in wholes:
        count = _first(whole, parts, work)
        if count:
            return whole, count, True
    fitting = (whole for whole in wholes if all(_within(whole, part, columns) for part in parts))
    return next(fitting, wholes[0]), len(parts), False


def adds_up(whole: int, parts: Sequence[int], work: Work, *, least: int = 2, telling: int = _TELLING) -> bool:
    """Whether the parts meet the whole in every column that both fill, and the figures are telling enough to prove it."""
    compared = [column for _, column in work.columns if whole in column.figures and any(part in column.figures for part in parts)]
    if len(parts) < least or not compared or _is_held(parts, compared):
        return False
    return sum(digits(column, whole) for column in compared) >= telling and all(_meets(column, whole, parts, work) for column in compared)


def summing(rows: Sequence[int], unknown: Sequence[int], totals: Sequence[int], work: Work) -> list[int]:
    """The rows of unknown names that add up the rows below or above them: `Западные регионы` over its regions.

    One row below proves it only where another such row of the table has several.
    """
    marks = sorted([*unknown, *totals])
    found, single = [], []
    for number in unknown:
        at = bisect_left(marks, number)
        behind = marks[at + 1] if at + 1 < len(marks) else rows[-1] + 1
        before = marks[at - 1] if at else 0
        below = rows[bisect_right(rows, number) : bisect_left(rows, behind)]
        above = rows[bisect_right(rows, before) : bisect_left(rows, number)]
        if adds_up(number, below, work) or adds_up(number, above, work):
            found.append(number)
        elif any(len(one) == 1 and adds_up(number, one, work, least=1) for one in (below, above)):
            single.append(number)
    return sorted([*found, *single]) if found else []


def _meets(column: ColumnFigures, whole: int, parts: Sequence[int], work: Work) -> bool:
    there = [column.figures[part].value for part in parts if part in column.figures]
    return abs(column.figures[whole].value - sum(there, Decimal(0))) <= work.tolerance(column, len(there))


def digits(column: ColumnFigures, row: int) -> int:
    """With how many digits a figure is printed, in the unit of its column; none for a zero and for none."""
    if row not in column.figures:
        return 0
    printed = (column.figures[row].value / column.unit.factor).normalize()
    return max(len(printed.as_tuple().digits), printed.adjusted() + 1) if printed else 0


def _is_held(parts: Sequence[int], columns: Sequence[ColumnFigures]) -> bool:
    return any(column.held and not {held.row for held in column.held}.isdisjoint(parts) for column in columns)


def _first(whole: int, parts: Sequence[int], work: Work) -> int:
    """How many of the first parts add up to the whole; 0 where no run of at least two does."""
    filled = [column for _, column in work.columns if whole in column.figures]
    sums = [Decimal(0)] * len(filled)
    for count, part in enumerate(parts, 1):
        sums = [total + column.figures[part].value if part in column.figures else total for total, column in zip(sums, filled, strict=True)]
        near = all(
            total == 0 or abs(column.figures[whole].value - total) <= work.tolerance(column, count)
            for total, column in zip(sums, filled, strict=True)
        )
        if near and any(sums) and count > 1 and adds_up(whole, parts[:count], work):
            return count
    return 0


def _within(whole: int, part: int, columns: Sequence[ColumnFigures]) -> bool:
    """Whether a part is no greater than the whole in any column."""
    both = [column for column in columns if whole in column.figures and part in column.figures]
    return all(abs(column.figures[part].value) <= abs(column.figures[whole].value) for column in both)
