"""Two series over a reform become one: the units of the time, or today's where they are all stated.

A table for 2017 may name South Kazakhstan, another one Turkestan region and Shymkent for the same year,
recomputed for units that did not exist yet. Both are the same money and are never added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from budgettool.findings import Finding
from budgettool.period import Period
from budgettool.terms import Home
from budgettool.terms.figure import Figure

_AHEAD = date(2100, 12, 31)
TODAY = Period.of_day(_AHEAD)
"""A day on which only units exist that no reform has ended: no clock is asked."""


class Lineage(Protocol):
    """What is asked of the register of regions."""

    @property
    def home(self) -> Home: ...
    def territories(self, regions: Iterable[str], span: Period) -> dict[str, tuple[str, ...]]: ...
    def existed(self, region: str, period: Period) -> bool: ...
    def order(self, region: str) -> int: ...


def heirs(region: str, span: Period, register: Lineage) -> tuple[str, ...]:
    """The units of today that a region's ground of the span belongs to, itself among them if it still exists."""
    lineage = next(iter(register.territories([region], Period(span.first, _AHEAD)).values()), (region,))
    return tuple(unit for unit in lineage if register.existed(unit, TODAY))


@dataclass(frozen=True)
class Reform:
    """Figures beside the register, to tell which series speaks of which time."""

    figures: Sequence[Figure]
    span: Period
    register: Lineage

    @cached_property
    def _told(self) -> Mapping[tuple[str | None, str], list[Period]]:
        told: dict[tuple[str | None, str], list[Period]] = {}
        for figure in self.figures:
            told.setdefault((figure.region, figure.measure), []).append(figure.period)
        return told

    @cached_property
    def _kin(self) -> Mapping[str, tuple[str, ...]]:
        """The other members of each region's lineage that have figures."""
        known = sorted({figure.region for figure in self.figures if figure.region not in (None, self.register.home.country)}, key=str)
        groups = self.register.territories([r for r in known if r], Period(self.span.first, _AHEAD)).values()
        return {member: tuple(other for other in group if other != member and other in known) for group in groups for member in group}

    def of_the_time(self) -> list[Figure]:
        """The figures without those for units that did not exist then, where a unit of the time speaks itself."""
        return [figure for figure in self.figures if not self._is_recomputed(figure)]

    def of_today(self) -> list[Figure]:
        """The figures without those of units that are gone, where all units of today speak of the same time."""
        return [figure for figure in self.figures if not self._is_superseded(figure)]

    def _is_recomputed(self, figure: Figure) -> bool:
        kin = self._kin.get(figure.region or self.register.home.country, ())
        if not kin or figure.region is None or self.register.existed(figure.region, figure.period):
            return False
        return any(self.register.existed(other, figure.period) and self._tells(other, figure) for other in kin)

    def _is_superseded(self, figure: Figure) -> bool:
        region = figure.region
        if region is None or not self._kin.get(region) or self.register.existed(region, TODAY):
            return False
        return all(self._tells(heir, figure) for heir in heirs(region, figure.period, self.register))

    def _tells(self, region: str, figure: Figure) -> bool:
        """Whether a region has a figure of the same measure within the same span."""
        return any(period in figure.period for period in self._told.get((region, figure.measure), ()))

    def undivided(self) -> list[Finding]:
        """Regions whose figures today's units can't be told from; they are shown as reported."""
        found: dict[str, tuple[str, ...]] = {}
        whole = (None, self.register.home.country)
        for figure in self.figures:
            if figure.region is not None and figure.region not in (*whole, *found) and figure.period.overlaps(self.span):
                today = heirs(figure.region, figure.period, self.register)
                lacking = [heir for heir in today if heir != figure.region and not self._tells(heir, figure)]
                if lacking and any(not self._lasted(heir, figure.period) for heir in today):
                    found[figure.region] = today
        return [
            Finding("territory-not-divisible", (), None, region, self.span, facts=(("regions", today),))
            for region, today in sorted(found.items(), key=lambda item: self.register.order(item[0]))
        ]

    def _lasted(self, region: str, period: Period) -> bool:
        return all(self.register.existed(region, Period.of_day(day)) for day in (period.first, period.last))
