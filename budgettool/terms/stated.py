"""A figure as it was published, and what its wording leaves open: "over 720,000" is an interval, not a number.

`about` stands for half a unit of the last non-zero digit either way, "about 600" is 550 to 650;
`more-than` for one such unit upwards, "over 720,000" is 720,000 up to but not including 730,000; a figure
without such a word stands for half of its last written digit either way.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from budgettool.terms import Qualifier


@dataclass(frozen=True, slots=True)
class Interval:
    """Values from `low` to `high`; None in `high` is without bound. An open end does not belong to it."""

    low: Fraction
    high: Fraction | None
    open_low: bool = False
    open_high: bool = False

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, (Fraction, Decimal, int)):
            return False
        above = value > self.low if self.open_low else value >= self.low
        return above and (self.high is None or (value < self.high if self.open_high else value <= self.high))

    def overlap(self, other: Interval) -> Interval | None:
        """The values that both hold, or None."""
        low, open_low = max((self.low, self.open_low), (other.low, other.open_low))
        highs = [(high, not is_open) for high, is_open in ((self.high, self.open_high), (other.high, other.open_high)) if high is not None]
        high, closed = min(highs, default=(None, True))
        both = Interval(low, high, open_low, not closed)
        return both if high is None or low < high or (low == high and not open_low and closed) else None

    def printed(self, step: Decimal) -> tuple[Decimal, Decimal | None]:
        """Both ends in decimals of `step`, rounded outwards so that nothing that belongs to it falls outside."""
        low, high = self.low / Fraction(step), self.high
        upper = None if high is None else (Decimal(-((-high / Fraction(step)) // 1)) * step).quantize(step)
        return (Decimal(low // 1) * step).quantize(step), upper


@dataclass(frozen=True, slots=True)
class Stated:
    """A published figure with its qualifier."""

    value: Decimal
    qualifier: Qualifier | None = None

    @property
    def interval(self) -> Interval:
        """What it stands for."""
        value = Fraction(self.value)
        coarse = last_digit(self.value)
        if self.qualifier is Qualifier.MORE_THAN:
            return Interval(value, value + coarse, open_high=True)
        if self.qualifier is Qualifier.LESS_THAN:
            return Interval(value - coarse, value, open_low=True)
        unit = coarse if self.qualifier is Qualifier.ABOUT else written_digit(self.value)
        return Interval(value - unit / 2, value + unit / 2)


def last_digit(value: Decimal) -> Fraction:
    """One unit of the last non-zero digit: 10,000 for 720,000; 1 for nothing."""
    if value == 0:
        return Fraction(1)
    return Fraction(10) ** _exponent(value.normalize())


def written_digit(value: Decimal) -> Fraction:
    """One unit of the last written digit: 1 for 720000, 0.01 for 480500.00."""
    return Fraction(10) ** min(_exponent(value), 0)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0  # infinity and NaN have letters there; no reader makes them
