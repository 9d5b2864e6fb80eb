"""The budget period: a span of whole days, and how it is printed.

`2026-10`, `2026-Q3`, `2026`, `2016..2019`, `2019-01..2019-06` and a day, `2019-03-05`, are all
one type: a first and a last day, both inclusive. Two spans with the same days are the same
period however they were written: `2019-01..2019-03` is `2019-Q1`. Which days does a figure speak
of is the question; what people write for it ("за январь–июнь") is read by `period.written`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_POINT = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, first and last inclusive; raises ValueError if it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period can't end on {self.last} before it begins on {self.first}")

    @classmethod
    def of_day(cls, day: date) -> Period:
        return cls(day, day)

    @classmethod
    def of_month(cls, year: int, month: int) -> Period:
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> Period:
        return cls.of_months(year, 3 * quarter - 2, 3 * quarter)

    @classmethod
    def of_months(cls, year: int, first: int, last: int) -> Period:
        return cls(date(year, first, 1), cls.of_month(year, last).last)

    @classmethod
    def of_year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_years(cls, first: int, last: int) -> Period:
        return cls(date(first, 1, 1), date(last, 12, 31))

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a printed period; raises ValueError for anything that `str` would not print, spans included."""
        begin, dots, end = text.strip().partition("..")
        first = cls._parse_point(begin)
        return cls(first.first, cls._parse_point(end).last) if dots else first

    @classmethod
    def _parse_point(cls, text: str) -> Period:
        match = _POINT.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is no period: write 2026, 2026-Q3, 2026-10, 2026-10-05 or FROM..TO")
        year, quarter, month, day = match.groups()
        if day:
            return cls.of_day(date(int(year), int(month), int(day)))
        if month:
            if not 1 <= int(month) <= 12:
                raise ValueError(f"{text!r} is no period: there is no month {month}")
            return cls.of_month(int(year), int(month))
        return cls.of_quarter(int(year), int(quarter)) if quarter else cls.of_year(int(year))

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        if not self.is_whole_months:
            return f"{self.first.isoformat()}..{self.last.isoformat()}"
        if self.is_whole_years:
            single = self.first.year == self.last.year
            return f"{self.first.year:04}" if single else f"{self.first.year:04}..{self.last.year:04}"
        if self.is_quarter:
            return f"{self.first.year:04}-Q{self.last.month // 3}"
        begin, end = f"{self.first:%Y-%m}", f"{self.last:%Y-%m}"
        return begin if begin == end else f"{begin}..{end}"

    @property
    def is_whole_months(self) -> bool:
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1

    @property
    def is_whole_years(self) -> bool:
        return (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    @property
    def is_month(self) -> bool:
        return self.is_whole_months and self.is_within_year and self.first.month == self.last.month

    @property
    def is_quarter(self) -> bool:
        return self.is_whole_months and self.is_within_year and self.first.month % 3 == 1 and self.last.month == self.first.month + 2

    @property
    def is_year(self) -> bool:
        return self.is_whole_years and self.is_within_year

    @property
    def is_within_year(self) -> bool:
        return self.first.year == self.last.year

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, other: object) -> bool:
        """Whether a day, or the whole of another period, lies within this one."""
        if isinstance(other, Period):
            return self.first <= other.first and other.last <= self.last
        return isinstance(other, date) and self.first <= other <= self.last

    def overlaps(self, other: Period) -> bool:
        return self.first <= other.last and other.first <= self.last

    def months(self) -> Iterator[Period]:
        """Each calendar month that this period touches, in order."""
        year, month = self.first.year, self.first.month
        while (year, month) <= (self.last.year, self.last.month):
            yield Period.of_month(year, month)
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)

    def years(self) -> Iterator[Period]:
        """Each calendar year that this period touches, in order."""
        return (Period.of_year(year) for year in range(self.first.year, self.last.year + 1))

    def clipped_to(self, other: Period) -> Period | None:
        """The days that both have, or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None
