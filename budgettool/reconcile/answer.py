"""What is asked of the figures, and what comes back: amounts, rows and a total, exact and unrounded.

An amount is never a bare number: it carries what rounding explains, why it is null and what is
missing, the dated pieces that it is made of (a rate is chosen for each), and the cells it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budgettool.findings import Finding, Place
from budgettool.period import Period
from budgettool.terms import KAZAKHSTAN, Home
from budgettool.terms.figure import PLACES

DIMENSIONS = ("region", "period", "year", "programme", "provider")
"""What rows can be told apart by."""

TERRITORIES = ("comparable", "reported", "today")
"""How regions are shown over a reform: lineage as one row, each id as reported, or today's units where the data allow."""

MONTHS_MISSING = "months-missing"
PARTS_MISSING = "parts-missing"
NOT_STATED = "not-stated"
ALLOCATION_OF_YEAR = "allocation-of-year"
"""Reasons for an amount of None: `missing` names the months, or the parts; the measure is stated nowhere; a plan
of the year can't be set against the money of a later part of it."""

NO_COUNT = "no-count"
COUNTS_OF_PARTS_ONLY = "counts-of-parts-only"
"""Reasons for a number of people of None, beside PARTS_MISSING."""

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Query:
    """The asked span, what to tell rows apart by (see DIMENSIONS), and how to show regions over a reform (see TERRITORIES)."""

    period: Period
    by: tuple[str, ...] = ("region",)
    territory: str = "comparable"

    def __post_init__(self) -> None:
        if unknown := [name for name in self.by if name not in DIMENSIONS]:
            raise ValueError(f"rows can't be told apart by {', '.join(unknown)}: choose from {', '.join(DIMENSIONS)}")
        if self.territory not in TERRITORIES:
            raise ValueError(f"{self.territory!r} is no way to show regions: choose from {', '.join(TERRITORIES)}")


@dataclass(frozen=True, slots=True)
class Amount:
    """Exact money, or None with the reason.

    `spread` is what rounding explains, either way. `parts` are the calendar years of the span, or finer
    dated pieces (days) where that is how the money was stated; they add up to the value.
    """

    value: Decimal | None = None
    spread: Decimal = ZERO
    reason: str | None = None
    missing: tuple[str, ...] = ()
    parts: tuple[tuple[Period, Decimal], ...] = ()
    places: tuple[Place, ...] = ()


UNSTATED = Amount(reason=NOT_STATED)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the answer; None in `programme` or `provider` means all of it. `region` is None in the total only.

    `amounts` holds each money measure by its name, other versions as `measure.version`
    (`transfer.district`), and the balances.
    """

    region: str | None
    territory: tuple[str, ...]
    period: Period
    programme: str | None
    provider: str | None
    amounts: Mapping[str, Amount]
    recipients: int | None
    recipients_basis: str | None
    recipients_reason: str | None
    yearly_counts: int | None
    planned: int | None
    status: str
    findings: tuple[Finding, ...] = ()

    def value(self, measure: str) -> Decimal | None:
        """The exact value of an amount, None where there is none."""
        return self.amounts.get(measure, UNSTATED).value


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The answer: rows in the order of the register, then period, programme and provider; the total of the whole span; all findings; whose money it is."""

    query: Query
    rows: tuple[Row, ...]
    total: Row
    findings: tuple[Finding, ...]
    home: Home = KAZAKHSTAN


def missing_months(months: Iterable[Period]) -> Amount:
    """An amount that can't be made, as these months (or days) are missing."""
    return Amount(reason=MONTHS_MISSING, missing=tuple(dict.fromkeys(str(month) for month in sorted(months))))


def added(amounts: Iterable[Amount]) -> Amount:
    """The sum of amounts that all have a value, with their pieces by period."""
    parts: dict[Period, Decimal] = {}
    value, spread, places = ZERO, ZERO, list[Place]()
    for amount in amounts:
        value, spread = value + (amount.value or ZERO), spread + amount.spread
        places += amount.places
        for period, part in amount.parts:
            parts[period] = parts.get(period, ZERO) + part
    return Amount(value, spread, parts=tuple(sorted(parts.items())), places=tuple(dict.fromkeys(places))[:PLACES])


def negated(amount: Amount) -> Amount:
    """The same amount, to be taken away."""
    if amount.value is None:
        return amount
    return Amount(-amount.value, amount.spread, parts=tuple((p, -v) for p, v in amount.parts), places=amount.places)
