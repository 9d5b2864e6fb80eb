"""A published pair of amounts becomes the rate that it implies, and the conventions that reproduce it.

288.3 million tenge "over $720,000" for 2016–2019 imply 400.42. The years' own averages make $829,133 of
them, so that is not it; a flat 400 makes $720,750. Which rate did they use? is the question. Days
that were not searched, because the table has no rate for them, are named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from budgettool.findings import Exit, Refusal
from budgettool.period import Period
from budgettool.rates.basis import Basis
from budgettool.rates.conversion import Dollars, convert
from budgettool.rates.series import Series, mean
from budgettool.rates.table import DAILY_MEAN, Missing, Quote, Table
from budgettool.terms import Qualifier
from budgettool.terms.rate import DAILY, MONTH, QUARTER, YEAR, to_step
from budgettool.terms.stated import Interval, Stated

SHOWN = Decimal("0.0001")
"""How finely a rate that nobody printed (implied, or a mean of means) is shown."""

FLAT_STEPS = (50, 10, 5, 1)
_FLATS_A_STEP = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one convention makes of the amount, and whether that is the published figure.

    `basis` is `average`, `end`, `last-day`, `mean-of-averages`, `span-mean`, `published` (an average of the
    table) or `flat`; `rate` is the one rate, or the effective one of several. `off` is by how many per cent the
    result differs from the published figure. For `flat`, `step` is the round number that the rate is a multiple of.
    """

    basis: str
    span: Period
    rate: Decimal
    result: Decimal
    reproduces: bool
    off: Decimal
    kind: str = ""
    source: str = ""
    step: int | None = None


@dataclass(frozen=True, slots=True)
class DayRate:
    """Days in a row on which one official rate stood that reproduces the figure."""

    span: Period
    rate: Decimal
    result: Decimal


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that is known about a published pair.

    `implied` is to two decimals; `low` and `high` bound it, rounded outwards, and `high` is None where the
    wording sets no bound. `missing` says which conventions could not be tried. `reading` is `stated` where figures are taken as written, `rounded` where the published figure is
    taken as rounded to its last non-zero digit, because nothing gives it as written.
    """

    amount: Stated
    converted: Stated
    period: Period
    currency: str
    implied: Decimal
    interval: Interval
    reading: str
    outcomes: tuple[Outcome, ...]
    averages: tuple[Outcome, ...]
    flats: tuple[Outcome, ...]
    days: tuple[DayRate, ...]
    searched: tuple[Period, ...]
    not_searched: tuple[Period, ...]
    missing: tuple[Missing, ...] = ()

    @property
    def low(self) -> Decimal:
        return self.interval.printed(SHOWN)[0]

    @property
    def high(self) -> Decimal | None:
        return self.interval.printed(SHOWN)[1]

    @property
    def reproduced(self) -> bool:
        """Whether any convention, day or flat rate gives the published figure."""
        return bool(self.days or self.averages or any(outcome.reproduces for outcome in (*self.outcomes, *self.flats)))


def explain(
    amount: Stated | Decimal,
    converted: Stated | Decimal,
    period: Period,
    *,
    currency: str = "USD",
    table: Table | None = None,
) -> Explanation:
    """Explain a published pair: tenge of a period, and what they were said to be in another currency.

    Refusal `pair-not-positive` where either is zero or below, since no rate connects them.
    """
    known = Table.shipped() if table is None else table
    pair = [figure if isinstance(figure, Stated) else Stated(figure) for figure in (amount, converted)]
    if any(figure.value <= 0 for figure in pair):
        raise Refusal("pair-not-positive", Exit.USAGE, amount=pair[0].value, converted=pair[1].value)
    code = known.currency(currency)
    found = _explained(pair[0], pair[1], period, code, known)
    if found.reproduced or pair[1].qualifier is not None:
        return found
    rounded = _explained(pair[0], replace(pair[1], qualifier=Qualifier.ABOUT), period, code, known)
    return replace(rounded, converted=pair[1], reading="rounded")


def implied_by(amount: Stated, converted: Stated) -> Interval:
    """The rates that connect what two published figures stand for."""
    tenge, other = amount.interval, converted.interval
    if other.high is None or tenge.high is None:
        raise ValueError("a published figure has two ends")
    high = tenge.high / other.low if other.low > 0 else None
    return Interval(max(tenge.low, Fraction(0)) / other.high, high, tenge.open_low or other.open_high, tenge.open_high or other.open_low)


def days_within(interval: Interval, amount: Decimal, series: Series) -> tuple[DayRate, ...]:
    """The days whose official rate lies in an interval, days in a row with one rate together."""
    found: list[DayRate] = []
    for rate in series:
        value = rate.unit_value
        if value not in interval:
            continue
        if found and found[-1].rate == value and (rate.period.first - found[-1].span.last).days == 1:
            found[-1] = replace(found[-1], span=Period(found[-1].span.first, rate.period.last))
        else:
            found.append(DayRate(rate.period, value, to_step(Fraction(amount) / Fraction(value))))
    return tuple(found)


def flat_within(interval: Interval, implied: Fraction) -> list[tuple[int, int]]:
    """Round rates in an interval with the step that each is a multiple of, the roundest first, then the nearest to the implied one."""
    found: dict[int, int] = {}
    for step in FLAT_STEPS:
        for rate in _multiples_by_nearness(step, implied):
            if rate in interval:
                found.setdefault(rate, step)
    return sorted(((step, rate) for rate, step in found.items()), key=lambda flat: (-flat[0], abs(flat[1] - implied)))


def _explained(amount: Stated, converted: Stated, period: Period, currency: str, table: Table) -> Explanation:
    implied = Fraction(amount.value) / Fraction(converted.value)
    ask = _Pair(amount.value, converted.value, implied_by(amount, converted), period, currency, table)
    series = table.of_kind(currency, DAILY)
    outcomes, missing = ask.conventions()
    return Explanation(
        amount,
        converted,
        period,
        currency,
        to_step(implied),
        ask.interval,
        "stated",
        outcomes,
        ask.averages(),
        ask.flats(implied),
        days_within(ask.interval, amount.value, series),
        series.runs(),
        series.gaps(),
        missing,
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """A pair on its way through the conventions."""

    amount: Decimal
    converted: Decimal
    interval: Interval
    period: Period
    currency: str
    table: Table

    def outcome(self, basis: str, span: Period, rate: Fraction) -> Outcome:
        """What a rate makes of the amount."""
        result = Fraction(self.amount) / rate
        off = to_step((result - Fraction(self.converted)) / Fraction(self.converted) * 100)
        return Outcome(basis, span, _shown(rate), to_step(result), rate in self.interval, off)

    def conventions(self) -> tuple[tuple[Outcome, ...], tuple[Missing, ...]]:
        """Each basis in its turn; what has no rate comes back as missing."""
        made = [(name, self.converted_by(name)) for name in ("average", "end")]
        split = [self.taken_apart(name, dollars, dollars.exact) for name, dollars in made if dollars.exact]
        single = (
            ("last-day", self.table.on(self.period.last, self.currency)),
            ("span-mean", self.span_mean()),
            *(("published", self.table.average(year, self.currency)) for year in self.later_years()),
        )
        quoted = [self.quoted(basis, quote) for basis, quote in single if isinstance(quote, Quote)]
        lacking = [quote for _, dollars in made for quote in dollars.missing]
        lacking += [quote for _, quote in single if isinstance(quote, Missing)]
        mean_of_averages = self.mean_of_averages()
        return (*split, *((mean_of_averages,) if mean_of_averages else ()), *quoted), tuple(dict.fromkeys(lacking))

    def converted_by(self, name: str) -> Dollars:
        """By a basis that takes the period apart; years get equal shares."""
        return convert(self.amount, self.period, basis=Basis(name), currency=self.currency, table=self.table)

    def taken_apart(self, name: str, made: Dollars, exact: Fraction) -> Outcome:
        """What came of it, at the one rate that would do the same."""
        found = self.outcome(name, self.period, Fraction(self.amount) / exact)
        kinds, sources = (sorted({getattr(part, field) for part in made.parts}) for field in ("kind", "source"))
        return replace(found, kind="; ".join(kinds), source="; ".join(sources))

    def mean_of_averages(self) -> Outcome | None:
        """By the mean of the years' published averages, which is not the same as year by year."""
        rates = [self.table.published(year, self.currency) for year in self.period.years()]
        known = tuple(rate for rate in rates if rate is not None)
        if not self.period.is_whole_years or len(rates) == 1 or len(known) < len(rates):
            return None
        return replace(self.outcome("mean-of-averages", self.period, mean(known)), kind=YEAR, source=known[0].source)

    def span_mean(self) -> Quote | None:
        """The mean of the official rates of all its days, where all are known."""
        days = self.table.of_kind(self.currency, DAILY).every_day(self.period)
        return None if days is None else Quote(self.period, to_step(mean(days)), DAILY_MEAN, days[0].source)

    def later_years(self) -> list[Period]:
        return [rate.period for rate in self.table.of_kind(self.currency, YEAR) if rate.period.first > self.period.last]

    def quoted(self, basis: str, quote: Quote) -> Outcome:
        return replace(self.outcome(basis, quote.span, Fraction(quote.rate)), kind=quote.kind, source=quote.source)

    def averages(self) -> tuple[Outcome, ...]:
        """The published averages of any month, quarter or year that give the figure."""
        rates = (rate for kind in (YEAR, QUARTER, MONTH) for rate in self.table.of_kind(self.currency, kind))
        return tuple(
            replace(self.outcome("published", rate.period, Fraction(rate.unit_value)), kind=rate.kind, source=rate.source)
            for rate in rates
            if rate.unit_value in self.interval
        )

    def flats(self, implied: Fraction) -> tuple[Outcome, ...]:
        """Round rates that give the figure; where none does, the nearest of each step."""
        flats = flat_within(self.interval, implied) or _nearest(implied)
        return tuple(replace(self.outcome("flat", self.period, Fraction(rate)), kind="fixed", step=step) for step, rate in flats)


def _multiples_by_nearness(step: int, implied: Fraction) -> Iterable[int]:
    """The multiples of a step next to a rate, nearest first."""
    base = int(implied // step) * step
    near = [base + step * offset for offset in range(-_FLATS_A_STEP, _FLATS_A_STEP + 2)]
    return sorted((rate for rate in near if rate > 0), key=lambda rate: abs(rate - implied))[:_FLATS_A_STEP]


def _nearest(implied: Fraction) -> list[tuple[int, int]]:
    found: dict[int, int] = {}
    for step in FLAT_STEPS:
        for rate in list(_multiples_by_nearness(step, implied))[:1]:
            found.setdefault(rate, step)
    return [(step, rate) for rate, step in found.items()]


def _shown(rate: Fraction) -> Decimal:
    """A rate with two decimals where it has no more, else with four."""
    cents = to_step(rate)
    return cents if Fraction(cents) == rate else to_step(rate, SHOWN)
