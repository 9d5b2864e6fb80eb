"""Which rows each printed total sums: those since another total, those below it, or all of them, whichever its figures are.

    a, b, Subtotal 1, c, Subtotal 2, Total      Total: a, b, c; Subtotal 2: c; Subtotal 1: a, b

Only rows that no other row of the span already holds count: a region's own figure, and not its providers as well. The
sums of all spans come from running sums at the totals, so that many totals cost no more than the rows between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from budgettool.normalise.figures import ColumnFigures
from budgettool.normalise.totals import SUMS, Summed, Sums
from budgettool.normalise.work import Work
from budgettool.recognise.layout import Row, RowKind

_Number = TypeVar("_Number", int, Decimal)

_FAR = 24
"""A total is looked for over so many marks to either side, and over all rows before and after it."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Data rows of one depth between two marks; a mark is how many data rows lie before it."""

    first: int
    behind: int
    depth: int


@dataclass(frozen=True, slots=True)
class _Running:
    """Up to each mark, by depth: how many data rows there are, and by column how many figures, how many held back, and their sum."""

    marks: Sequence[int]
    rows: dict[int, tuple[int, ...]]
    counts: dict[int, tuple[tuple[int, ...], ...]]
    held: dict[int, tuple[tuple[int, ...], ...]]
    sums: dict[int, tuple[tuple[Decimal, ...], ...]]

    def over(self, span: _Span) -> tuple[Summed, ...]:
        """What the rows of a span come to in each column."""
        columns = range(len(self.counts[span.first]))
        return tuple(self.summed(span, column) for column in columns)

    def summed(self, span: _Span, column: int) -> Summed:
        """The same in one column."""
        count, held, total = (
            known[span.behind][column][span.depth] - known[span.first][column][span.depth] for known in (self.counts, self.held, self.sums)
        )
        return Summed(int(count), Decimal(total), bool(held))


def scopes(work: Work, depths: Mapping[int, int], regions: Mapping[int, str], apart: Collection[int] = ()) -> list[Sums]:
    """The rows that each total of a table sums.

    `depths` says how many other rows of the table hold a row's figures as well, `regions` the printed region of each data row,
    and of those totals that are of one region, `apart` the totals that are parts of others and sum no rows.
    """
    rows = [row for row in work.table.rows if row.kind is RowKind.DATA or row.kind in SUMS]
    data = [row.number for row in rows if row.kind is RowKind.DATA]
    totals = [row for row in rows if row.kind in SUMS and row.number not in apart]
    places = {row.number: bisect_left(data, row.number) for row in totals}
    blocks = {number: _block(data, place, number, regions) for number, place in places.items() if number in regions}
    marks = sorted({0, len(data), *places.values(), *(edge for block in blocks.values() for edge in block)})
    running = _running(data, marks, [column for _, column in work.columns], depths) if totals else None
    found: list[Sums] = []
    for total in totals:
        span = _best(total, places[total.number], blocks.get(total.number, ()), (running, work)) if running else None
        if running and span is not None:
            found.append(Sums(total.number, running.over(span)))
    return found


def _block(data: Sequence[int], place: int, total: int, regions: Mapping[int, str]) -> tuple[int, int]:
    """The data rows next to a total of one region that are of that region."""
    first = behind = place
    while first > 0 and regions.get(data[first - 1]) == regions[total]:
        first -= 1
    while behind < len(data) and regions.get(data[behind]) == regions[total]:
        behind += 1
    return first, behind


def _running(data: Sequence[int], marks: Sequence[int], columns: Sequence[ColumnFigures], depths: Mapping[int, int]) -> _Running:
    levels = max((depths.get(number, 0) for number in data), default=0) + 1
    met = [0] * levels
    counts, held = [[0] * levels for _ in columns], [[0] * levels for _ in columns]
    sums = [[Decimal(0)] * levels for _ in columns]
    back = [{one.row for one in column.held} for column in columns]
    found = _Running(marks, {}, {}, {}, {})
    wanted = set(marks)
    for place in range(len(data) + 1):
        if place in wanted:
            found.rows[place] = tuple(met)
            found.counts[place], found.held[place], found.sums[place] = _kept(counts), _kept(held), _kept(sums)
        if place < len(data):
            depth = depths.get(data[place], 0)
            met[depth] += 1
            for index, column in enumerate(columns):
                held[index][depth] += data[place] in back[index]
                if (figure := column.figures.get(data[place])) is not None:
                    counts[index][depth] += 1
                    sums[index][depth] += figure.value
    return found


def _kept(now: list[list[_Number]]) -> tuple[tuple[_Number, ...], ...]:
    return tuple(tuple(one) for one in now)


def _best(total: Row, place: int, block: tuple[int, ...], given: tuple[_Running, Work]) -> _Span | None:
    """The first span that a total's figures agree with in all columns, else in most; the most plausible one where none does."""
    running, work = given
    country = total.kind is RowKind.COUNTRY
    plausible = _plausible(place, running, country=country)
    best: tuple[int, bool, _Span] | None = None
    for span in _choices(place, block, running, country=country):
        agreeing, filled = _agreeing(total.number, span, running, work)
        if filled and agreeing == filled:
            return span
        likely = (span.first, span.behind) == (block or plausible)
        if best is None or (agreeing, likely) > best[:2]:
            best = (agreeing, likely, span)
    return best[2] if best else None


def _choices(place: int, block: tuple[int, ...], running: _Running, *, country: bool) -> Iterator[_Span]:
    marks, end = running.marks, running.marks[-1]
    at = bisect_left(marks, place)
    back = list(reversed(marks[max(at - _FAR, 0) : at]))
    ahead = list(marks[at + 1 : at + 1 + _FAR])
    near = [(first, place) for first in back[:1]] + [(0, place)] + [(place, behind) for behind in ahead[:1]] + [(place, end)]
    far = [*((first, place) for first in back[1:]), *((place, behind) for behind in ahead[1:])]
    one = [(block[0], place), (place, block[1])] if block else []
    for first, behind in dict.fromkeys([*one, *([(0, end)] if country else []), *near, *far]):
        met = zip(running.rows[first], running.rows[behind], strict=True)
        for depth in [depth for depth, (low, high) in enumerate(met) if high > low][:2]:
            yield _Span(first, behind, depth)


def _plausible(place: int, running: _Running, *, country: bool) -> tuple[int, int]:
    """Rows since the total before, all rows for the last total and the country, the rows below for one that stands first."""
    marks, end = running.marks, running.marks[-1]
    if country:
        return 0, end
    if place == 0:
        return 0, end
    before = marks[bisect_left(marks, place) - 1]
    return (0, place) if place == end else (before, place)


def _agreeing(row: int, span: _Span, running: _Running, work: Work) -> tuple[int, int]:
    """In how many columns the printed total is what the rows of a span add up to, within rounding, and in how many it is printed."""
    agreeing = filled = 0
    for index, (_, column) in enumerate(work.columns):
        printed = column.figures.get(row)
        if printed is None:
            continue
        filled += 1
        if (over := running.summed(span, index)).count:
            agreeing += abs(printed.value - over.total) <= work.tolerance(column, over.count)
    return agreeing, filled


def unlabelled(rows: Sequence[Row], named: Mapping[int, bool], columns: Sequence[ColumnFigures]) -> list[int]:
    """Data rows without a name that equal, in every column they fill, the sum of the rows above: totals without a name."""
    found: list[int] = []
    since, above = [Decimal(0)] * len(columns), [Decimal(0)] * len(columns)
    counted = [0, 0]
    for row in rows:
        if row.kind in SUMS:
            since, counted[0] = [Decimal(0)] * len(columns), 0
        if row.kind is not RowKind.DATA:
            continue
        own = [column.figures[row.number].value if row.number in column.figures else None for column in columns]
        if not named.get(row.number, True) and any(value is not None for value in own):
            choices = [sums for sums, count in zip((since, above), counted, strict=True) if count > 1]
            if any(all(value is None or value == total for value, total in zip(own, sums, strict=True)) for sums in choices):
                found.append(row.number)
                continue
        since = [total + (value or 0) for total, value in zip(since, own, strict=True)]
        above = [total + (value or 0) for total, value in zip(above, own, strict=True)]
        counted = [count + 1 for count in counted]
    return found
