"""Which regions stand in one row, and how their figures over a reform make one amount.

South Kazakhstan until June 2018, Turkestan region and Shymkent since: one row, three ids. Each is
asked for the months in which it existed; a month of the reform itself is one member's or both's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from budgettool.period import Period

from .answer import PARTS_MISSING, Amount
from .book import Book, touches
from .contrasts import Subject, unique
from .parts import Cells, joined, whole
from .reform import Lineage, heirs
from .told import NOTHING, Asked, Leaf, Told


@dataclass(frozen=True, slots=True)
class Group:
    """The regions of one row: `region` is the id that it is shown under, `members` those that have figures."""

    region: str
    territory: tuple[str, ...]
    members: tuple[str, ...]


def groups(regions: Iterable[str], span: Period, register: Lineage, territory: str) -> list[Group]:
    """The rows' regions in the order of the register; the country, where only it has figures, stands alone."""
    known = sorted({region for region in regions if region != register.home.country}, key=lambda region: (register.order(region), region))
    if territory == "comparable":
        lineages = register.territories(known, span)
        found = [Group(main, ids, tuple(r for r in known if r in ids)) for main, ids in lineages.items()]
    else:
        found = [Group(region, (region,), (region,)) for region in known]
    if territory == "today":
        found = _renamed(found, span, register)
    return sorted(found, key=lambda group: (register.order(group.region), group.region))


def _renamed(found: Sequence[Group], span: Period, register: Lineage) -> list[Group]:
    """Regions under the unit of today that is all of them: possible for a rename, not for a unit that was divided since."""
    renamed: dict[str, Group] = {}
    for group in found:
        today = heirs(group.region, span, register)
        region = today[0] if len(today) == 1 else group.region
        before = renamed.get(region, Group(region, (), ()))
        renamed[region] = Group(region, (*before.territory, group.region), (*before.members, group.region))
    return list(renamed.values())


@dataclass(frozen=True, slots=True)
class Ground:
    """The figures of the regions of one row, by member."""

    book: Book
    register: Lineage
    group: Group

    def told(self, measure: str, leaf: Leaf, subject: Subject, asked: Asked) -> Told:
        """What the row's regions tell of a measure in the asked span."""
        cells = {region: self.book.with_silent(measure, region, asked.span) for region in self.group.members}
        if len(cells) == 1:
            region, own = next(iter(cells.items()))
            return whole(own, leaf, replace(subject, region=region), asked)
        parts = {}
        for region, own in cells.items():
            excused = asked if subject.unit == "person" else replace(asked, excused=self._excused(region, cells, asked.span))
            if self._is_part(region, asked.span, own):
                parts[region] = whole(own, leaf, replace(subject, region=region), excused)
        if subject.unit == "person":
            return self._people(parts, subject, asked)
        return joined(parts, subject) if parts else NOTHING

    def _people(self, parts: Mapping[str, Told], subject: Subject, asked: Asked) -> Told:
        """The sum of counts for exactly the span; a unit that existed in a part of it only need not have one."""
        wanted = {r: told for r, told in parts.items() if told.has_value or self._existed_throughout(r, asked.span)}
        if any(told.has_value for told in wanted.values()):
            return joined(wanted, subject)
        findings = unique(finding for told in parts.values() for finding in told.findings)
        reasons = sorted({told.amount.reason or PARTS_MISSING for told in parts.values()})
        return Told(Amount(reason=reasons[0]), None, findings) if parts else NOTHING

    def _is_part(self, region: str, span: Period, own: Cells) -> bool:
        """Whether a member has to have the measure: it says something about the span, and was there or speaks of this very measure."""
        if not self.register.existed(region, span):
            return any(touches(figure, span) for said in own.values() for figure in said)
        speaks = any(touches(figure, span) for figure in self.book.by_region.get(region, ()))
        return speaks and (any(own.values()) or self._existed_throughout(region, span))

    def _existed_throughout(self, region: str, span: Period) -> bool:
        return all(self.register.existed(region, Period.of_day(day)) for day in (span.first, span.last))

    def _excused(self, region: str, cells: Mapping[str, Cells], span: Period) -> frozenset[Period]:
        """The months in which a member may be silent: another speaks of them, and one of the two did not exist all through."""
        others = {other: [f for said in own.values() for f in said] for other, own in cells.items() if other != region}

        def is_excused(month: Period) -> bool:
            lasting = self._existed_throughout(region, month)
            speaking = (other for other, said in others.items() if any(touches(figure, month) for figure in said))
            return any(not lasting or not self._existed_throughout(other, month) for other in speaking)

        return frozenset(month for month in span.months() if is_excused(month))
