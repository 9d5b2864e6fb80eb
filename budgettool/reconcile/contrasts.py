"""Two statements of the same money, set side by side: where they differ beyond tolerance, a finding with both figures.

Counted since January 460, the months 450: `cumulative-differs-from-months`, said once, at the first
cumulative figure that departs, not again for every later one that carries the same difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from budgettool.findings import Fact, Finding, Place
from budgettool.period import Period
from budgettool.terms import COUNTRY, CURRENCY
from budgettool.terms.figure import PLACES
from budgettool.terms.money import rounded

from .answer import ZERO, Amount
from .spans import Series, Stretch, by_days, since_january, summed, tiling
from .tolerance import Limit, differ, tolerance

CUMULATIVE_DIFFERS = "cumulative-differs-from-months"
STATEMENTS_DIFFER = "statements-differ"
PARTS_DIFFER = "parts-differ"
DISPUTES = frozenset({CUMULATIVE_DIFFERS, STATEMENTS_DIFFER, PARTS_DIFFER})
"""Codes that make a row disputed: two statements of one thing differ."""


_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is about, apart from its span: `measure` is its name, or `measure.version`."""

    measure: str
    region: str | None = None
    programme: str | None = None
    provider: str | None = None
    unit: str = CURRENCY
    country: str = COUNTRY

    def facts(self) -> Iterator[tuple[str, Fact]]:
        yield "measure", self.measure
        yield "unit", self.unit
        for name, value in (("programme", self.programme), ("provider", self.provider)):
            if value is not None:
                yield name, value


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two figures for the same span: what was to be expected, what is stated, what rounding explains, and where it stands."""

    code: str
    period: Period
    expected: Decimal
    actual: Decimal
    spread: Decimal
    places: tuple[Place, ...]

    def finding(self, subject: Subject, limits: Mapping[str, Limit], **facts: Fact) -> Finding:
        limit = tolerance(self.spread, max(abs(self.expected), abs(self.actual)), limits, people=subject.unit == "person")
        printed = limit if subject.unit == "person" else rounded(limit)
        said = (*subject.facts(), ("difference", abs(self.actual - self.expected)), ("limit", printed), *facts.items())
        places = tuple(dict.fromkeys(self.places))[:PLACES]
        return Finding(self.code, places, None, subject.region, self.period, self.expected, self.actual, said)


def contrast(code: str, period: Period, expected: Amount, actual: Amount, limits: Mapping[str, Limit]) -> Contrast | None:
    """The contrast of two amounts, None where one is null or they agree within tolerance."""
    if expected.value is None or actual.value is None:
        return None
    spreads = expected.spread + actual.spread
    if not differ(expected.value, actual.value, spreads, limits):
        return None
    return Contrast(code, period, expected.value, actual.value, spreads, (*actual.places, *expected.places))


def within(stated: Series, span: Period, limits: Mapping[str, Limit]) -> Iterator[Contrast]:
    """Where the statements of one reporter about one thing contradict each other within the span."""
    yield from _cumulative(stated, span, limits)
    yield from _coarse(stated, span, limits)


def _cumulative(stated: Series, span: Period, limits: Mapping[str, Limit]) -> Iterator[Contrast]:
    """Figures counted since January against the in-period ones; a difference that only carries on is not said again."""
    known: dict[int, Decimal] = {}
    previous: Stretch | None = None
    for day, since in stated.since.items():
        previous = previous if previous is not None and previous.period.last.year == day.year else None
        if faced := _facing(stated, since, previous):
            period, months, counted = faced
            carried = known.get(day.year, ZERO) if period.first == since_january(day).first else ZERO
            found = contrast(CUMULATIVE_DIFFERS, period, months, counted, limits)
            if found and day in span and differ(found.actual - found.expected, carried, found.spread, limits):
                yield Contrast(found.code, period, found.expected, found.actual, found.spread, since.places)
            known[day.year] = found.actual - found.expected if found else ZERO
        previous = since


def _facing(stated: Series, since: Stretch, previous: Stretch | None) -> tuple[Period, Amount, Amount] | None:
    """The in-period sum that a cumulative figure can be held against, and the figure: since January, else since the one before it."""
    whole = since_january(since.period.last)
    if tiles := tiling((*stated.spans, *by_days(stated, whole)), whole):
        return whole, summed(tiles), Amount(since.value, since.spread)
    if previous is None:
        return None
    rest = Period(previous.period.last + timedelta(days=1), whole.last)
    counted = Amount(since.value - previous.value, since.spread + previous.spread)
    tiles = tiling((*stated.spans, *by_days(stated, rest)), rest)
    return (rest, summed(tiles), counted) if tiles else None


def _coarse(stated: Series, span: Period, limits: Mapping[str, Limit]) -> Iterator[Contrast]:
    """Quarters, years and spans against the finer figures that cover them."""
    for stretch in stated.spans:
        if stretch.period not in span or stretch.period.days <= _LONGEST_MONTH:
            continue
        finer = [other for other in stated.spans if other.period != stretch.period and other.period in stretch.period]
        if tiles := tiling(finer, stretch.period):
            code = CUMULATIVE_DIFFERS if stretch.period == since_january(stretch.period.last) else PARTS_DIFFER
            said = Amount(stretch.value, stretch.spread, places=stretch.places)
            if found := contrast(code, stretch.period, summed(tiles), said, limits):
                yield Contrast(code, found.period, found.expected, found.actual, found.spread, stretch.places)


def unique(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, in the order in which they came."""
    return tuple({finding.id: finding for finding in findings}.values())
