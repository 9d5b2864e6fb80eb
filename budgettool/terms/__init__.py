"""The words of the field: measures, money, recipients, and the entry that everything is made of.

An entry is one figure read from one cell of one file. `allocation`, `transfer`, `receipt`,
`disbursement` ... are what a figure can measure; the table of measures below is the only one, and
every list of them elsewhere is made from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from budgettool.period import Period

COUNTRY = "KZ"
CURRENCY = "KZT"


@dataclass(frozen=True, slots=True)
class Home:
    """Whose money is kept: the id of the whole country, and the currency of its budget. A register of regions has one."""

    country: str = COUNTRY
    currency: str = CURRENCY


KAZAKHSTAN = Home()


class Kind(StrEnum):
    """What may be done with a measure: money adds up over everything, people never over periods."""

    MONEY = "money"
    PEOPLE = "people"
    VOLUME = "volume"  # admissions, bed-days, services: these add up over periods


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that a figure can measure; `versions` are the ways of stating it, None being the plain one."""

    name: str
    kind: Kind
    unit: str
    versions: tuple[str, ...] = ()
    plan: bool = False


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure(
            "allocation",
            Kind.MONEY,
            "KZT",
            ("approved", "revised", "corrected", "plan_obligations", "plan_payments"),
            plan=True,
        ),
        Measure("transfer", Kind.MONEY, "KZT", ("district",)),
        Measure("receipt", Kind.MONEY, "KZT"),
        Measure("commitment", Kind.MONEY, "KZT"),
        Measure("acceptance", Kind.MONEY, "KZT"),
        Measure("advance", Kind.MONEY, "KZT", ("settled",)),
        Measure("disbursement", Kind.MONEY, "KZT"),
        Measure("expenditure", Kind.MONEY, "KZT"),
        Measure("recovery", Kind.MONEY, "KZT"),
        Measure("refund", Kind.MONEY, "KZT"),
        Measure(
            "recipients",
            Kind.PEOPLE,
            "person",
            ("planned", "new", "repeat", "opening", "admitted", "discharged", "closing"),
        ),
        Measure("episodes", Kind.VOLUME, "episode"),
        Measure("person_days", Kind.VOLUME, "day"),
        Measure("services", Kind.VOLUME, "service"),
        Measure("compensation", Kind.MONEY, "KZT"),
    )
}
"""All measures by name, in the order in which money travels. A version of None is the plain figure: people served, money as such."""

CHAIN = ("allocation", "transfer", "receipt", "commitment", "disbursement", "expenditure", "refund")
"""The links of the chain that `reconcile` shows, upstream first."""


class Qualifier(StrEnum):
    ABOUT = "about"
    MORE_THAN = "more-than"
    LESS_THAN = "less-than"


@dataclass(frozen=True, slots=True)
class Unit:
    """What one written unit is worth: `тыс. тенге` is 1000 of KZT; `text` is what was written."""

    code: str
    factor: Decimal
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure, read from one cell.

    `value` is exact, in `unit` (KZT, USD ... or person, day); `resolution` is how finely its column is
    stated, in the same unit. None in `region`, `programme`, `funding` or `provider` means all of it.
    `region` is a KATO first-level unit, `KZ-15`, and `KZ` the country. `cumulative` counts from
    1 January of the period's year to its last day.
    """

    sheet: str
    cell: str
    row: int
    raw: str
    measure: str
    period: Period
    value: Decimal
    unit: str
    resolution: Decimal
    cumulative: bool = False
    version: str | None = None
    as_of: date | None = None
    category: str | None = None
    reporter: str | None = None
    region: str | None = None
    programme: str | None = None
    funding: str | None = None
    provider: str | None = None
    provider_bin: str | None = None
    contract: str | None = None
    qualifier: Qualifier | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """A parcel of entries from one file: where the half that reads meets the half that keeps.

    `sha256` is the digest of the file's bytes. `source` holds the bytes themselves, to be kept by
    digest, and is None where the file must not be kept (it holds personal numbers). `form` names the form
    that the file was read with, and `form_text` is what that form said.
    """

    file: str
    sha256: str
    entries: tuple[Entry, ...]
    source: bytes | None = field(default=None, repr=False)
    reporter: str | None = None
    form: str | None = None
    form_text: str | None = field(default=None, repr=False)
