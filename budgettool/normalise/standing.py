"""What the rows of a table are about by where they stand: the answer of `levels` to whoever posts or judges their figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from budgettool.period.written import Written
from budgettool.recognise.layout import RowKind


@dataclass(frozen=True, slots=True)
class Standing:
    """What a row is about by where it stands: None where nothing says. `region` is a printed name with its cell.

    `whole` is the row whose figures this one repeats a part of; `carried` says that the region was written once above,
    `country` that the row sums all regions.
    """

    region: tuple[str, str] | None = None
    provider: str | None = None
    programme: str | None = None
    funding: str | None = None
    version: str | None = None
    category: str | None = None
    written: Written | None = None
    whole: int | None = None
    carried: bool = False
    country: bool = False


@dataclass(slots=True)
class Standings:
    """The standing of each data row, and what else comes of the walk down a table.

    `sections` are the titles that state nothing that we know, by the rows below them; `titles` what the others state; `kinds`
    rows that are of another kind than they seemed; `unclear` rows that may be parts or not; `unknown` rows whose name says nothing. `under` is the row that a row is
    set against, `ways` how it divides it, `partial` the rows that need not add up to it, and `of_totals` the parts of printed totals.
    """

    rows: dict[int, Standing] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, RowKind] = field(default_factory=dict)
    unclear: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    under: dict[int, int] = field(default_factory=dict)
    ways: dict[int, str] = field(default_factory=dict)
    partial: set[int] = field(default_factory=set)
    of_totals: set[int] = field(default_factory=set)

    def is_plain(self, row: int) -> bool:
        """Whether a row is a figure of its own: no part of another one and no breakdown."""
        standing = self.rows.get(row)
        return standing is None or (standing.whole is None and standing.category is None and row not in self.under)
