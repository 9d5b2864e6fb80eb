"""Stated rates of one currency and kind, in order of time: which one stood on a day, or last before it.

Rows stay as text until one is asked for, since reading 3,500 of them into values costs more than the
whole command: `("2019-03-05", "daily", "USD", "KZT", "376.40", "nbk")` becomes a `Rate` when it is looked up.
A row is known by its period as printed; days print so that their order as text is their order in time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from budgettool.period import Period
from budgettool.terms.rate import Rate

Row: TypeAlias = tuple[str, str, str, str, str, str]
"""period, kind, base, quote, value, source: as it is shipped, for one unit of base."""


def rate_of(row: Row | Rate) -> Rate:
    """The rate that a shipped row states."""
    if isinstance(row, Rate):
        return row
    printed, kind, base, quote, value, source = row
    period = Period.of_day(date.fromisoformat(printed)) if len(printed) == 10 else Period.parse(printed)
    return Rate(base, quote, period, kind, Decimal(value), 1, source)


@dataclass(frozen=True, slots=True)
class Series:
    """All rates of one currency and kind; `printed` are the periods in order."""

    printed: tuple[str, ...]
    rows: Mapping[str, Row | Rate]

    @classmethod
    def of(cls, rows: Mapping[str, Row | Rate]) -> Series:
        return cls(tuple(sorted(rows)), rows)

    def __iter__(self) -> Iterator[Rate]:
        return (rate_of(self.rows[printed]) for printed in self.printed)

    def __len__(self) -> int:
        return len(self.printed)

    def at(self, period: Period) -> Rate | None:
        """The rate stated for exactly this period."""
        row = self.rows.get(str(period))
        return None if row is None else rate_of(row)

    def latest(self, day: date) -> Rate | None:
        """The last rate of a day up to and with this one."""
        index = bisect_right(self.printed, day.isoformat())
        return rate_of(self.rows[self.printed[index - 1]]) if index else None

    def following(self, day: date) -> Rate | None:
        """The first rate of a day after this one."""
        index = bisect_right(self.printed, day.isoformat())
        return rate_of(self.rows[self.printed[index]]) if index < len(self.printed) else None

    def every_day(self, span: Period) -> tuple[Rate, ...] | None:
        """The rates of all calendar days of a span, or None where one is missing."""
        days = [(span.first + timedelta(days=offset)).isoformat() for offset in range(span.days)]
        rows = [self.rows.get(day) for day in days]
        return None if None in rows else tuple(rate_of(row) for row in rows if row is not None)

    def runs(self) -> tuple[Period, ...]:
        """The stretches of consecutive days that have rates, in order."""
        found: list[Period] = []
        for day in map(date.fromisoformat, self.printed):
            if found and (day - found[-1].last).days == 1:
                found[-1] = Period(found[-1].first, day)
            else:
                found.append(Period.of_day(day))
        return tuple(found)

    def gaps(self) -> tuple[Period, ...]:
        """The stretches of days between its first and last day that have no rate."""
        runs, day = self.runs(), timedelta(days=1)
        return tuple(Period(one.last + day, next_.first - day) for one, next_ in pairwise(runs))


def mean(rates: tuple[Rate, ...]) -> Fraction:
    """The exact mean of rates for one unit; raises ZeroDivisionError for none."""
    return sum((Fraction(rate.unit_value) for rate in rates), Fraction(0)) / len(rates)
