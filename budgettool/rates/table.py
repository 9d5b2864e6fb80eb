"""The table of rates: a day, or a span and a way of averaging, becomes one rate with its kind, source and own date.

The official daily rates of the National Bank of Kazakhstan come first. 10 March 2019, a Sunday without
a row, takes the rate of Thursday the 7th and says so; a day before the series, after it or in a gap
takes none. Nothing is interpolated, and nothing is taken from a later day.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files

from budgettool.findings import Exit, Fact, Finding, Refusal, Severity
from budgettool.period import Period
from budgettool.rates.basis import MAX_AGE, Basis
from budgettool.rates.series import Row, Series, mean, rate_of
from budgettool.terms.rate import DAILY, END, KINDS, MONTH, QUARTER, SESSION, YEAR, Rate, to_step

HOME = "KZT"
DAILY_MEAN = "daily-mean"
FIXED = "fixed"

_NO_MONEY = frozenset({"XXX", "XTS"})  # ISO 4217 keeps these for "no currency" and for tests
_EMPTY = Series((), {})


@dataclass(frozen=True, slots=True)
class Quote:
    """A rate that was found: tenge for one unit. `rate_date` is its own day where it is the rate of a day.

    `replaces` is the shipped rate where one that the user imported has taken its place.
    """

    span: Period
    rate: Decimal
    kind: str
    source: str
    rate_date: date | None = None
    foreign: bool = False
    replaces: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A rate that is not there: why, as the code of a finding, and the facts around it."""

    code: str
    span: Period
    currency: str
    facts: tuple[tuple[str, Fact], ...] = ()

    @property
    def finding(self) -> Finding:
        return Finding(self.code, severity=Severity.ERROR, period=self.span, facts=(("currency", self.currency), *self.facts))


@dataclass(frozen=True, slots=True)
class Table:
    """Rates by currency and kind; made once, never changed. `replaced` holds shipped rates whose place was taken, by key."""

    series: Mapping[tuple[str, str], Series] = field(default_factory=dict)
    replaced: Mapping[tuple[str, str, str], Decimal] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Row | Rate]) -> Table:
        """A table of these rates alone; of two for the same currency, kind and period the later one stands."""
        grouped: dict[tuple[str, str], dict[str, Row | Rate]] = {}
        for row in rows:
            base, kind, printed = _key(row)
            grouped.setdefault((base, kind), {})[printed] = row
        return cls({key: Series.of(stated) for key, stated in grouped.items()})

    @classmethod
    def shipped(cls) -> Table:
        """The rates that come with the product, read once."""
        return _shipped()

    def with_rows(self, rows: Iterable[Rate]) -> Table:
        """These rates and the user's: his win over ours of the same currency, kind and period, and what they replace is kept."""
        added, replaced = Table.of(rows), dict(self.replaced)
        series = dict(self.series)
        for (base, kind), new in added.series.items():
            old = self.series.get((base, kind), _EMPTY)
            for printed in new.printed:
                if printed in old.rows and (value := rate_of(old.rows[printed]).unit_value) != rate_of(new.rows[printed]).unit_value:
                    replaced[base, kind, printed] = value
            series[base, kind] = Series.of({**old.rows, **new.rows})
        return Table(series, replaced)

    @property
    def currencies(self) -> tuple[str, ...]:
        return tuple(sorted({base for base, _ in self.series}))

    def of_kind(self, currency: str, kind: str) -> Series:
        """All rates of one currency and kind, none if there are none."""
        return self.series.get((currency, kind), _EMPTY)

    def rates(self, currency: str | None = None, within: Period | None = None) -> list[Rate]:
        """The stated rates, by currency, kind and time; `within` keeps those whose whole period lies in it."""
        wanted = [(base, kind) for base, kind in sorted(self.series, key=_by_kind) if currency in (None, base)]
        return [rate for key in wanted for rate in self.series[key] if within is None or rate.period in within]

    def currency(self, code: str) -> str:
        """The ISO code in capitals; Refusal `currency-unknown` where there is no such currency."""
        wanted = code.strip().upper()
        if self.knows(wanted):
            return wanted
        raise Refusal("currency-unknown", Exit.USAGE, currency=code, known=self.currencies)

    def knows(self, code: str) -> bool:
        """Whether there is such a currency, with or without rates."""
        return code in self.currencies or code == HOME or (code not in _NO_MONEY and code in _iso_codes())

    def quote(self, basis: Basis, span: Period, currency: str) -> Quote | Missing:
        """One rate for one span by a basis; spans that a basis takes apart (years) are taken apart by `basis.spans` before."""
        if basis.rate is not None:
            return Quote(span, basis.rate, FIXED, "")
        if basis.day is not None:
            return self.on(basis.day, currency, max_age=basis.max_age)
        if basis.name == "end":
            return self.at_end(span, currency, max_age=basis.max_age)
        if basis.name == "average" and not span.is_day:
            return self.average(span, currency)
        return self.on(span.first, currency, max_age=basis.max_age) if span.is_day else Missing("amount-not-dated", span, currency)

    def on(self, day: date, currency: str, *, max_age: int = MAX_AGE) -> Quote | Missing:
        """The official rate of a day, else the last one at most `max_age` days before, else that of a session in force."""
        for kind, until in ((DAILY, day), (SESSION, day - timedelta(days=1))):
            rate = self.of_kind(currency, kind).latest(until)
            if rate is not None and (day - rate.period.first).days <= max_age:
                return self._quoted(rate, Period.of_day(day))
        return self._not_there(day, currency, max_age)

    def at_end(self, span: Period, currency: str, *, max_age: int = MAX_AGE) -> Quote | Missing:
        """The rate of the last day; where that day has none, the stated end of that month (`eop`), which is another convention."""
        last = self.on(span.last, currency, max_age=max_age)
        month = Period.of_month(span.last.year, span.last.month)
        stated = self.of_kind(currency, END).at(month) if isinstance(last, Missing) and month.last == span.last else None
        return last if stated is None else self._quoted(stated, span)

    def average(self, span: Period, currency: str) -> Quote | Missing:
        """The published average of exactly this span, else the mean of the daily rates of all its days."""
        published = self.published(span, currency)
        if published is not None:
            return self._quoted(published, span)
        days = self.of_kind(currency, DAILY).every_day(span)
        if days is None:
            return Missing("rate-not-in-table", span, currency, (("basis", "average"),))
        sources = "; ".join(sorted({rate.source for rate in days}))
        return Quote(span, to_step(mean(days)), DAILY_MEAN, sources)

    def published(self, span: Period, currency: str) -> Rate | None:
        """The average that is stated for exactly this year, quarter or month."""
        kind = YEAR if span.is_year else QUARTER if span.is_quarter else MONTH if span.is_month else None
        return self.of_kind(currency, kind).at(span) if kind else None

    def _quoted(self, rate: Rate, span: Period) -> Quote:
        own = rate.period.first if rate.period.is_day else None
        replaces = self.replaced.get((rate.base, rate.kind, str(rate.period)))
        return Quote(span, rate.unit_value, rate.kind, rate.source, own, rate.is_foreign, replaces)

    def _not_there(self, day: date, currency: str, max_age: int) -> Missing:
        """Why a day has no rate: none at all, before the first, after the last, or in a gap; with the days beside it."""
        one = timedelta(days=1)
        stated = [(self.of_kind(currency, DAILY), day), (self.of_kind(currency, SESSION), day - one)]
        last = max((rate.in_force_from for series, until in stated if (rate := series.latest(until))), default=None)
        next_ = min((rate.in_force_from for series, until in stated if (rate := series.following(until))), default=None)
        facts: tuple[tuple[str, Fact], ...] = (("max_age", max_age),)
        if last is None:
            code, facts = ("rate-not-in-table", ()) if next_ is None else ("rate-before-series", (*facts, ("since", next_)))
        elif next_ is None:
            code, facts = "rate-after-series", (*facts, ("until", last))
        else:
            code, facts = "rate-in-gap", (*facts, ("last", last), ("since", last + one), ("until", next_ - one))
        return Missing(code, Period.of_day(day), currency, facts)


def _key(row: Row | Rate) -> tuple[str, str, str]:
    return (row.base, row.kind, str(row.period)) if isinstance(row, Rate) else (row[2], row[1], row[0])


def _by_kind(key: tuple[str, str]) -> tuple[str, int]:
    return key[0], KINDS.index(key[1])


@cache
def _shipped() -> Table:
    text = files("budgettool.reference").joinpath("rates.csv").read_text("utf-8")
    rows = csv.reader(text.splitlines())
    next(rows)
    return Table.of((period, kind, base, quote, value, source) for period, kind, base, quote, value, source in rows)


def _iso_codes() -> frozenset[str]:
    """All codes that are or were currencies (imported here: it takes a tenth of a second)."""
    from babel.numbers import list_currencies

    return frozenset(list_currencies())
