"""When two exact figures count as the same: zero, plus what their resolutions explain, plus what the settings allow.

Two figures under "тыс. тенге" with one decimal, resolution 100.00, may differ by 50.00 + 50.00. A figure
stated to the tiyn is exact and explains nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from budgettool.terms import Qualifier
from budgettool.terms.figure import Figure
from budgettool.terms.money import TIYN
from budgettool.terms.rate import to_step
from budgettool.terms.stated import last_digit

from .answer import ZERO


class Limit(Protocol):
    """What the settings allow two figures of a currency to differ by, beside rounding."""

    @property
    def absolute(self) -> Decimal: ...
    @property
    def relative(self) -> Decimal: ...


def spread(figure: Figure) -> Decimal:
    """What rounding explains, either way: half the resolution, and what "about" or "over" leaves open."""
    if figure.qualifier is not None:
        step = to_step(last_digit(figure.value), TIYN) if figure.value else ZERO
        return step / 2 if figure.qualifier is Qualifier.ABOUT else step
    exact = TIYN * max(figure.entries, 1) if figure.measure != "recipients" else figure.resolution
    return ZERO if figure.resolution <= exact else figure.resolution / 2


MONEY = "money"


def limits_of(tolerances: Mapping[str, Limit], currency: str) -> Mapping[str, Limit]:
    """The limit of the currency that is reconciled, as that of money; people have none."""
    return {MONEY: tolerances[currency]} if currency in tolerances else {}


def tolerance(spreads: Decimal, larger: Decimal, limits: Mapping[str, Limit], *, people: bool = False) -> Decimal:
    """How far two figures may lie apart: their summed spreads, and the larger of the limits that the settings give."""
    limit = limits.get(MONEY)
    if limit is None or people:
        return spreads
    return spreads + max(limit.absolute or ZERO, (limit.relative or ZERO) * abs(larger))


def exceeds(upper: Decimal, lower: Decimal, spreads: Decimal, limits: Mapping[str, Limit]) -> bool:
    """Whether the first figure is larger than the second beyond tolerance."""
    return upper - lower > tolerance(spreads, max(abs(upper), abs(lower)), limits)


def differ(one: Decimal, other: Decimal, spreads: Decimal, limits: Mapping[str, Limit]) -> bool:
    """Whether two figures differ beyond tolerance."""
    return exceeds(max(one, other), min(one, other), spreads, limits)
