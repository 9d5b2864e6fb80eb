"""Exact money: a stored number becomes a decimal, and a decimal is rounded once, by a named rule."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

TIYN = Decimal("0.01")

_WIDE = Context(prec=40, rounding=ROUND_HALF_UP)
_LARGEST, _MOST_DIGITS = Decimal(10) ** 20, 25


def is_currency(unit: str) -> bool:
    """Whether a unit is money: a code of three capitals, where persons and days are words."""
    return len(unit) == 3 and unit.isascii() and unit.isupper()


def minor_units(unit: str) -> int:
    """How many smallest units make one: 100 tiyn or cents; persons, days and all else are whole."""
    return 100 if is_currency(unit) else 1


def from_stored(number: float) -> Decimal:
    r"""A number as a spreadsheet stores it, to 15 significant digits, as Excel shows it: 0.1+0.2 is 0.3.

    >>> from_stored(0.1 + 0.2)
    Decimal('0.3')
    """
    if isinstance(number, int):
        return Decimal(number)
    return Decimal(f"{number:.15g}")


def is_plausible(number: Decimal) -> bool:
    """Whether a number can be a figure: below 10^20 and of no more than 25 digits, so that whatever is reckoned with it stays exact."""
    return abs(number) < _LARGEST and len(number.as_tuple().digits) <= _MOST_DIGITS


def rounded(value: Decimal, step: Decimal = TIYN) -> Decimal:
    """The nearest multiple of a power of ten, halves away from zero (as Excel and finance offices round)."""
    return value.quantize(step, context=_WIDE)


def divided(amount: Decimal, by: Decimal | int, step: Decimal = TIYN) -> Decimal:
    """An exact quotient rounded once; raises ZeroDivisionError for nobody."""
    divisor = Decimal(by)
    if divisor == 0:
        raise ZeroDivisionError("nothing can be divided by zero people or a zero rate")
    return rounded(_WIDE.divide(amount, divisor), step)


def to_minor(value: Decimal, unit: str) -> int:
    """An exact value in whole minor units (tiyn, cents; people as they are); raises ValueError if it does not fit."""
    minor = value * minor_units(unit)
    if minor != minor.to_integral_value():
        raise ValueError(f"{value} {unit} is finer than the smallest unit")
    return int(minor)


def from_minor(minor: int, unit: str) -> Decimal:
    """The value of whole minor units: 123 tiyn is 1.23, 5 people are 5."""
    return Decimal(minor).scaleb(-2, context=_WIDE) if is_currency(unit) else Decimal(minor)
