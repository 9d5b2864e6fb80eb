"""The figure: what the counting entries of one slice say together.

A slice is (reporter, region, programme, funding, provider, measure, version, category, period,
cumulative). The ledger reduces its entries to one figure a slice, `1000 + 500 = 1500, two entries`,
and everything that is printed is made of figures. The places lead back to the cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budgettool.period import Period
from budgettool.terms import Qualifier
from budgettool.terms.place import Place

PLACES = 5
"""How many cells a figure names itself; `entries` says how many there are."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The sum of one slice of entries that count.

    `value` is exact, in `unit`. `resolution` is the sum of the entries' resolutions: rounding explains
    half of it either way. `qualifier` is given where all entries agree on it, `as_of` is the latest
    one. None in `region`, `programme`, `funding` or `provider` means all of it. `submission` is the
    number of the submission that counts.
    """

    reporter: str | None
    region: str | None
    programme: str | None
    funding: str | None
    provider: str | None
    measure: str
    version: str | None
    category: str | None
    period: Period
    cumulative: bool
    unit: str
    value: Decimal
    resolution: Decimal
    qualifier: Qualifier | None = None
    as_of: date | None = None
    entries: int = 1
    places: tuple[Place, ...] = ()
    submission: int = 0

    @property
    def spread(self) -> Decimal:
        """What rounding explains, either way."""
        return self.resolution / 2
