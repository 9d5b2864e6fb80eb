"""The basis: the convention by which a rate is chosen for a span of days.

`average` takes 2016..2019 apart into four years, each at its own average; `end` takes each year's last
day; `date` the day on which money moved; `on:2020-03-13` and `fixed:400` one rate for all, as asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from budgettool.findings import Exit, Refusal
from budgettool.period import Period

MAX_AGE = 7


@dataclass(frozen=True, slots=True)
class Basis:
    """A convention by name; `day` is given for `on`, `rate` for `fixed`.

    A day without a rate takes the last one published at most `max_age` days before it.
    """

    name: str
    day: date | None = None
    rate: Decimal | None = None
    max_age: int = MAX_AGE

    def __str__(self) -> str:
        if self.day is not None:
            return f"{self.name}:{self.day.isoformat()}"
        return self.name if self.rate is None else f"{self.name}:{self.rate:f}"

    @property
    def takes_apart(self) -> bool:
        """Whether a long span gets several rates."""
        return self.name in ("average", "end")


AVERAGE = Basis("average")


def read_basis(text: str, *, max_age: int = MAX_AGE) -> Basis:
    """The basis that was asked for; Refusal `basis-unknown` for any other word, day or rate."""
    name, colon, given = text.strip().partition(":")
    try:
        if name == "on":
            return Basis(name, day=date.fromisoformat(given), max_age=max_age)
        if name == "fixed":
            return Basis(name, rate=_positive(given))
    except (ValueError, InvalidOperation):
        name = ""
    if name in ("average", "end", "date") and not colon:
        return Basis(name, max_age=max_age)
    raise Refusal("basis-unknown", Exit.USAGE, basis=text, known=("average", "end", "date", "on:YYYY-MM-DD", "fixed:RATE"))


def spans(asked: Period) -> tuple[Period, ...]:
    """The spans that get a rate of their own: each whole year; of a part of a year the month or quarter, else its months."""
    found: list[Period] = []
    for year in asked.years():
        part = year.clipped_to(asked)
        if part is None or part.is_year or part.is_quarter or part.is_month or not part.is_whole_months:
            found += [part] if part else []
        else:
            found += part.months()
    return tuple(found)


def _positive(text: str) -> Decimal:
    rate = Decimal(text.strip())
    if not rate.is_finite() or rate <= 0:
        raise ValueError(f"{text} is no rate")
    return rate
