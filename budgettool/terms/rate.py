"""The rate: how many tenge a number of units of another currency cost, when, by which way of stating it, and who says so.

`Rate("USD", "KZT", 2019-03-05, "daily", 376.40)` is 376.40 tenge a dollar; with `nominal` 100,
`Rate("UZS", ..., 4.48, nominal=100)` is 4.48 tenge for a hundred sum, as the bank prints it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from budgettool.period import Period
from budgettool.terms.money import TIYN

DAILY = "daily"
SESSION = "daily-session"
MONTH = "avg-month"
QUARTER = "avg-quarter"
YEAR = "avg-year"
END = "eop"
KINDS = (DAILY, SESSION, MONTH, QUARTER, YEAR, END)
"""Ways in which a rate is stated: the official rate of a day, the rate of an exchange session (in force from the
next day), published averages, and the end of a month. Whatever else is used (a mean, a fixed rate) is made, not stored."""

NOMINALS = (1, 10, 100, 1000, 10000)
"""The numbers of units for which the bank states a rate."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One stated rate: `value` of `quote` for `nominal` units of `base`."""

    base: str
    quote: str
    period: Period
    kind: str
    value: Decimal
    nominal: int = 1
    source: str = ""

    @property
    def unit_value(self) -> Decimal:
        """The exact rate for one unit, with at least the two decimals that the bank prints."""
        value = self.value if self.nominal == 1 else self.value / self.nominal
        exponent = value.as_tuple().exponent
        return value if isinstance(exponent, int) and exponent <= -2 else value.quantize(TIYN)

    @property
    def is_foreign(self) -> bool:
        """Whether it was not stated by the bank of Kazakhstan but by the IMF, or derived from its figures."""
        return self.source.startswith("imf")

    @property
    def in_force_from(self) -> date:
        """The day from which it holds: that of a session is the next day."""
        return self.period.first + timedelta(days=1) if self.kind == SESSION else self.period.first


def to_step(exact: Fraction, step: Decimal = TIYN) -> Decimal:
    """An exact quotient as a decimal, rounded once, halves away from zero; `step` is a power of ten.

    >>> to_step(Fraction(1, 8))
    Decimal('0.13')
    """
    steps = abs(exact) / Fraction(step)
    whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
    return (Decimal(whole if exact >= 0 else -whole) * step).quantize(step)
