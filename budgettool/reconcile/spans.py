"""Figures stated for many spans become the money of the one span that is asked.

In-period figures are laid end to end until they cover the span exactly, the finest set first: January
100 + February 150 + March 200 is the first quarter, 450. Else a figure counted since 1 January less an
earlier one is a piece: the second quarter is (January-June) - (January-March). Days are dated events
and fill what nothing else states. What can't be covered exactly is not guessed: its months are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from budgettool.period import Period
from budgettool.terms.figure import PLACES, Figure
from budgettool.terms.place import Place

from .answer import ZERO, Amount, missing_months
from .tolerance import spread

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Money of one span of days. `cost` is how far it is from a plain in-period statement: (months passed over, by days, by difference)."""

    period: Period
    value: Decimal
    spread: Decimal = ZERO
    places: tuple[Place, ...] = ()
    cost: tuple[int, int, int] = (0, 0, 0)
    days: tuple[tuple[Period, Decimal], ...] = ()

    @property
    def is_derived(self) -> bool:
        return self.cost[2] > 0


@dataclass(frozen=True, slots=True)
class Series:
    """The statements of one thing over time: in-period, by the day, and counted since 1 January, by last day."""

    spans: tuple[Stretch, ...] = ()
    days: tuple[Stretch, ...] = ()
    since: dict[date, Stretch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class _Path:
    """The best way found to a day: compared by cost, then the finer one, then by the periods themselves."""

    cost: tuple[int, int, int]
    fewer: int
    periods: tuple[Period, ...]
    stretches: tuple[Stretch, ...] = field(compare=False)

    def then(self, stretch: Stretch) -> _Path:
        cost = (self.cost[0] + stretch.cost[0], self.cost[1] + stretch.cost[1], self.cost[2] + stretch.cost[2])
        return _Path(cost, self.fewer - 1, (*self.periods, stretch.period), (*self.stretches, stretch))


def series(figures: Iterable[Figure]) -> Series:
    """Sort the figures of one thing; a span stated twice (by two funds, say) is the one that came last."""
    spans: dict[Period, Stretch] = {}
    since: dict[date, Stretch] = {}
    for figure in sorted(figures, key=lambda figure: (figure.submission, figure.period, figure.value)):
        stretch = Stretch(figure.period, figure.value, spread(figure), figure.places)
        if is_since_january(figure):
            since[figure.period.last] = stretch
        else:
            spans[figure.period] = stretch
    ordered = [spans[period] for period in sorted(spans)]
    days = tuple(stretch for stretch in ordered if stretch.period.is_day)
    return Series(tuple(stretch for stretch in ordered if not stretch.period.is_day), days, dict(sorted(since.items())))


def is_since_january(figure: Figure) -> bool:
    """Whether it counts from 1 January of its year; counted over several years, it states its own span."""
    return figure.cumulative and figure.period.is_within_year


def since_january(day: date) -> Period:
    """The span from 1 January to a day."""
    return Period(date(day.year, 1, 1), day)


def amount(stated: Series, span: Period, excused: frozenset[Period] = frozenset()) -> tuple[Amount, bool]:
    """The money of the span, and whether a difference of cumulative figures is in it.

    `excused` are months that may be passed over, as the region did not exist then. Null names the months
    for which nothing is known by itself.
    """
    if tiles := tiling(stated.spans, span):
        return summed(tiles), False
    if (counted := _counted(stated, span)) is not None:
        return summed([counted]), True
    offered = [*stated.spans, *differences(stated, span), *by_days(stated, span)]
    tiles = tiling([*offered, *_passed_over(excused, span)], span)
    if tiles is None or all(tile.cost[0] for tile in tiles):
        return missing_months(_uncovered(offered, span, excused)), False
    return summed(tiles), any(tile.is_derived for tile in tiles)


def tiling(stretches: Iterable[Stretch], span: Period) -> tuple[Stretch, ...] | None:
    """The stretches that cover the span exactly, end to end, or None; see `_Path` for which set is best."""
    return reached(stretches, span).get(span.last)


def reached(stretches: Iterable[Stretch], span: Period) -> dict[date, tuple[Stretch, ...]]:
    """For each last day that stretches laid from the first day of the span lead to, the best of them."""
    best = {span.first: _Path((0, 0, 0), 0, (), ())}
    for stretch in sorted((s for s in stretches if s.period in span), key=lambda s: (s.period, s.cost)):
        if (path := best.get(stretch.period.first)) is not None:
            longer, end = path.then(stretch), stretch.period.last + _DAY
            best[end] = min(longer, best.get(end, longer))
    return {end - _DAY: path.stretches for end, path in best.items() if path.stretches}


def _counted(stated: Series, span: Period) -> Stretch | None:
    """The span as a figure counted since January, less the one up to the day before it where it begins later."""
    later = stated.since.get(span.last) if span.is_within_year else None
    if later is None:
        return None
    if (span.first.month, span.first.day) == (1, 1):
        return Stretch(span, later.value, later.spread, later.places, (0, 0, 1))
    earlier = stated.since.get(span.first - _DAY)
    return _less(later, earlier, span) if earlier is not None else None


def differences(stated: Series, span: Period) -> Iterator[Stretch]:
    """What two figures counted since January leave between them, within the span; the first counts from nothing."""
    for year in span.years():
        ends = [(year.first - _DAY, Stretch(year, ZERO)), *sorted(_since(stated, year).items())]
        for index, (before, earlier) in enumerate(ends):
            for day, later in ends[index + 1 :]:
                if span.first <= before + _DAY and day <= span.last:
                    yield _less(later, earlier, Period(before + _DAY, day))


def _since(stated: Series, year: Period) -> dict[date, Stretch]:
    """Money since 1 January by last day: as stated, else the in-period figures from January on."""
    nodes = {day: summed_stretch(tiles, 1) for day, tiles in reached(stated.spans, year).items()}
    return nodes | {day: stretch for day, stretch in stated.since.items() if day in year}


def _less(later: Stretch, earlier: Stretch, period: Period) -> Stretch:
    cost = (0, 0, 1 + later.cost[2] + earlier.cost[2])
    return Stretch(period, later.value - earlier.value, later.spread + earlier.spread, (*later.places, *earlier.places), cost)


def by_days(stated: Series, span: Period) -> Iterator[Stretch]:
    """Dated events as months: each month that has any; every month of the span where nothing but days is stated."""
    days = [day for day in stated.days if day.period in span]
    only = not any(s.period.overlaps(span) for s in (*stated.spans, *stated.since.values()))
    for month in span.months() if days else ():
        within = [day for day in days if day.period in month]
        if (within or only) and (clipped := month.clipped_to(span)) is not None:
            places = tuple(place for day in within for place in day.places)
            dated = tuple((day.period, day.value) for day in within)
            total = sum((day.value for day in within), ZERO)
            yield Stretch(clipped, total, sum((day.spread for day in within), ZERO), places, (0, 1, 0), dated)


def _passed_over(excused: frozenset[Period], span: Period) -> Iterator[Stretch]:
    for month in sorted(excused):
        if (clipped := month.clipped_to(span)) is not None:
            yield Stretch(clipped, ZERO, cost=(1, 0, 0))


def _uncovered(offered: Sequence[Stretch], span: Period, excused: frozenset[Period]) -> list[Period]:
    """The months of the span in which nothing is known by itself, else those after the last day that can be reached."""
    within = [stretch for stretch in offered if stretch.period in span]
    months = [month.clipped_to(span) or month for month in span.months() if month not in excused]
    bare = [month for month in months if not any(s.period.overlaps(month) for s in within)]
    far = max(reached(within, span), default=span.first - _DAY)
    return bare or [month for month in months if month.last > far] or months


def summed_stretch(tiles: Sequence[Stretch], derived: int = 0) -> Stretch:
    """Tiles laid end to end as one stretch."""
    total = summed(tiles)
    return Stretch(Period(tiles[0].period.first, tiles[-1].period.last), total.value or ZERO, total.spread, total.places, (0, 0, derived))


def summed(tiles: Sequence[Stretch]) -> Amount:
    """The sum of tiles, in pieces by calendar year; days stay days, and a span over several years stays one piece."""
    years: dict[int, tuple[Period, Decimal]] = {}
    pieces: list[tuple[Period, Decimal]] = []
    for tile in tiles:
        if tile.cost[0]:
            continue
        if tile.cost[1] or not tile.period.is_within_year:
            pieces += tile.days if tile.cost[1] else [(tile.period, tile.value)]
            continue
        begun, value = years.get(tile.period.first.year, (tile.period, ZERO))
        years[tile.period.first.year] = (Period(begun.first, tile.period.last), value + tile.value)
    places = tuple(dict.fromkeys(place for tile in tiles for place in tile.places))[:PLACES]
    parts = tuple(sorted([*pieces, *years.values()]))
    return Amount(sum((t.value for t in tiles), ZERO), sum((t.spread for t in tiles), ZERO), parts=parts, places=places)
