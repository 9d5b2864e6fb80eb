"""One row of the register of regions becomes one version of a first-level unit, with its names, dates and predecessors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from budgettool.period import Period


@dataclass(frozen=True, slots=True)
class Region:
    """One version of a first-level unit; versions of one unit share their `id`, and `unit` tells them apart."""

    id: str
    unit: str
    names: Mapping[str, str]
    kind: str
    valid_from: date | None = None
    valid_to: date | None = None
    predecessors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    code: str = ""

    def existed(self, period: Period) -> bool:
        """Whether it was valid in any part of a period."""
        return (self.valid_from is None or self.valid_from <= period.last) and (self.valid_to is None or period.first <= self.valid_to)


def region_of(row: Mapping[str, str]) -> Region:
    """A row of `reference/regions.csv`."""
    return Region(
        id=f"KZ-{row['code']}",
        unit=row["unit_id"],
        names={lang: row[f"name_{lang}"] for lang in ("en", "ru", "kk")},
        kind=row["kind"],
        valid_from=_date(row["valid_from"]),
        valid_to=_date(row["valid_to"]),
        predecessors=tuple(_split(row["predecessors"])),
        aliases=(*_split(row["aliases"]), *_split(row["iso_old"])),
        ambiguous=tuple(re.split(r" \(| in | is ", name)[0] for name in _split(row["ambiguous_aliases"])),
        code=row["code"],
    )


def _split(text: str) -> Iterator[str]:
    return (part.strip() for part in text.split(";") if part.strip())


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
