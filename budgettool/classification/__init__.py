"""Regions by name, code and date, and programme codes: whatever stands in a cell becomes the unit that it means.

The first level of the country changed thrice since 2015, and its names more often. A name printed for a
period is read as the unit that then existed: `Туркестанская` for 2017 is South Kazakhstan, `KZ-51`; a unit that was
carved out of a larger one (Shymkent, Abai) did not exist before, and that is said. Old, new, Kazakh, Russian
and Latin names are data, in `reference/regions.csv`.

>>> register = Register.shipped()
>>> register.resolve("Туркестанская область", Period.of_year(2017)).region
'KZ-51'
>>> register.resolve("Абайская область", Period.of_year(2019)).since
datetime.date(2022, 6, 8)
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType

from budgettool.classification import names
from budgettool.classification.programmes import NONE, Programmes, programme
from budgettool.classification.units import Region, region_of
from budgettool.letters import is_mixed, unmixed
from budgettool.period import Period
from budgettool.terms import Home

__all__ = ["Match", "Programmes", "Region", "Register", "programme"]

_LONGEST = 1000
"""Longer texts name no region."""
_COUNTRY_NAMES = MappingProxyType({"en": "Republic of Kazakhstan", "ru": "Республика Казахстан", "kk": "Қазақстан Республикасы"})
_COUNTRY_WORDS = (
    r"(?:по )?(?:республик[аеи] казахстан|казахстан[уа]?|рк|республике)|қазақстан(?: республикасы)?(?: бойынша)?|республика бойынша|қр"
    r"|(?:the )?(?:republic of )?kazakhstan|kz|kaz|qazaqstan(?: respublikasy)?|казакстан(?: республикасы)?"
)


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means. `verdict`:

    `exact`, `country`; `successor`: a later or earlier name of the unit that existed in the period, which is `region`;
    `not-in-period`: the unit `named` existed only `since` or `until` a day; `ambiguous` and `letters-lost`, with
    `candidates`; `unknown`, with the nearest names' ids. `folded`: look-alike letters were folded;
    `presumed`: the bare word also names something else (Алматы the city, also a region).
    """

    verdict: str
    region: str | None = None
    named: str | None = None
    folded: bool = False
    candidates: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    presumed: bool = False


@dataclass(frozen=True)
class Country:
    """The whole country: its id and currency, its names by language, and every way of writing them, as keys."""

    home: Home
    names: Mapping[str, str]
    words: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class Register:
    """All versions of all units, in their order, and what each name may mean."""

    units: tuple[Region, ...]
    index: Mapping[str, tuple[Region, ...]] = field(repr=False)
    country: Country
    programmes: Programmes = NONE

    @property
    def home(self) -> Home:
        """The id of the whole country, and the currency of its budget."""
        return self.country.home

    @classmethod
    @cache
    def shipped(cls) -> Register:
        """The register of `reference/regions.csv`."""
        return cls.from_csv(files("budgettool.reference").joinpath("regions.csv").read_text("utf-8"))

    @classmethod
    def from_csv(cls, text: str) -> Register:
        """A register from a table with the columns of `reference/regions.csv`."""
        units = tuple(region_of(row) for row in csv.DictReader(text.splitlines()))
        return cls.of(units, Country(Home(), _COUNTRY_NAMES, re.compile(_COUNTRY_WORDS)))

    @classmethod
    def of(cls, units: tuple[Region, ...], country: Country, programmes: Programmes = NONE) -> Register:
        """A register of these units, each under all its names."""
        named = [(name, unit) for unit in units for name in (*unit.names.values(), *unit.aliases)]
        index = _indexed(zip(names.keys(name for name, _ in named), (unit for _, unit in named), strict=True))
        return cls(units, index, country, programmes)

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Region, ...]]:
        return _indexed((names.without_kind(name), unit) for name, units in self.index.items() for unit in units)

    @cached_property
    def _by_skeleton(self) -> Mapping[str, tuple[Region, ...]]:
        named = zip(names.skeletons(self.index), self.index.values(), strict=True)
        found = _indexed((name, unit) for name, units in named for unit in units)
        return {name: units for name, units in found.items() if len({unit.id for unit in units}) == 1}

    @cached_property
    def _bare_skeletons(self) -> Mapping[str, str]:
        bare = {name.partition("|")[0]: name for name in self._by_kind}
        return dict(zip(bare.values(), names.skeletons(bare), strict=True))

    @cached_property
    def _known_words(self) -> frozenset[str]:
        """Every word of a name or a code; a text without any of them, as most are, mentions no region."""
        codes = (names.skeleton(names.key(code)) for code in self._codes)
        return frozenset(word for name in (*self._by_skeleton, *names.skeletons(self.index), *codes) for word in name.split())

    @cached_property
    def _doubtful(self) -> Mapping[str, tuple[Region, ...]]:
        return _indexed((names.key(name), unit) for unit in self.units for name in unit.ambiguous)

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(unit.id for unit in self.units))

    def resolve(self, text: str, period: Period | None = None) -> Match:
        """What a name or code means for a period; without one, any name of a unit means that unit."""
        return _resolved(self, text, period)

    def is_country(self, text: str) -> bool:
        """Whether a text names the whole country."""
        return self.country.words.fullmatch(names.key(text)) is not None or text.strip() == self.home.country

    def _resolved(self, text: str, period: Period | None) -> Match:
        if len(text) > _LONGEST:
            return Match("unknown")
        match = self._direct(text, period)
        if match is None and self.is_country(text):
            return Match("country", self.home.country, self.home.country)
        if match is None and len(names.parts(text)) > 1:
            match = self._of_parts(names.parts(text), period)
        return match or self._letters_lost(text) or Match("unknown", candidates=self._nearest(text))

    def _direct(self, text: str, period: Period | None) -> Match | None:
        """By the tidy name, then with look-alikes unmixed, then with region words made one, then with all letters folded."""
        mixed = is_mixed(text)
        name = names.key(text)
        doubt = self._in_doubt(name, period)
        if doubt is not None:
            return doubt
        named = self.index.get(name) or self._of_code(text)
        if not named and mixed:
            name = names.key(unmixed(text))
            named = self.index.get(name, ())
        named = named or self._of_kind(names.without_kind(name))
        if named:
            return replace(self._dated(named, period), folded=mixed, presumed=name in self._doubtful)
        folded = None if names.is_lossy(text) else self._by_skeleton.get(names.skeleton(name))
        return replace(self._dated(folded, period), folded=True) if folded else None

    def _of_kind(self, name: str) -> tuple[Region, ...]:
        return self._by_kind.get(name) or (self._by_kind.get(f"{name}R", ()) if name.endswith("|") else ())

    @cached_property
    def _codes(self) -> Mapping[str, tuple[Region, ...]]:
        return _indexed((code, unit) for unit in self.units for code in {unit.id.lower(), unit.code.lower()} - {""})

    def _of_code(self, text: str) -> tuple[Region, ...]:
        return next((found for code in names.codes(text) if (found := self._codes.get(code))), ())

    def _in_doubt(self, name: str, period: Period | None) -> Match | None:
        """`ambiguous` for a name that several regions may bear; those not yet founded don't count, nor does a region beside its city."""
        if name not in self._doubtful:
            return None
        units = (*self.index.get(name, ()), *self._doubtful[name], *self._transliterated(name))
        if any(unit.kind == "city" for unit in self.index.get(name, ())):
            return None
        founded = [unit for unit in units if period is None or unit.valid_from is None or unit.valid_from <= period.last]
        candidates = tuple(sorted({unit.id for unit in founded}, key=self.order))
        if len(candidates) > 1:
            return Match("ambiguous", candidates=candidates)
        if name in self.index or not founded:
            return None
        return replace(self._dated(tuple(founded), period), presumed=True)

    def _transliterated(self, name: str) -> tuple[Region, ...]:
        """`BKO` looks like ВКО and is spelled like БКО."""
        spelled = name.translate(str.maketrans("bvzskou", "бвзскою"))
        return (*self.index.get(spelled, ()), *self._doubtful.get(spelled, ())) if name.isascii() and len(name) == 3 else ()

    def _dated(self, named: tuple[Region, ...], period: Period | None) -> Match:
        """What the versions that bear a name mean in a period."""
        ids = tuple(dict.fromkeys(unit.id for unit in named))
        if len(ids) > 1:
            valid = tuple(unit for unit in named if period is None or unit.existed(period))
            remaining = {unit.id for unit in valid}
            return self._dated(valid, period) if len(remaining) == 1 else Match("ambiguous", candidates=tuple(sorted(ids, key=self.order)))
        region = ids[0]
        if period is None or any(unit.existed(period) for unit in named):
            return Match("exact", region, region)
        if self.existed(region, period):
            return Match("successor", region, region)
        return self._elsewhen(region, period)

    def _elsewhen(self, region: str, period: Period) -> Match:
        """A unit that was not there: its predecessor where it is the main successor, else since or until when it was."""
        versions = self._versions(region)
        ended = versions[-1].valid_to
        if ended is not None and ended < period.first:
            heirs = tuple(unit.id for unit in self.units if versions[-1].unit in unit.predecessors)
            return Match("not-in-period", named=region, until=ended, candidates=heirs)
        for predecessor in self._predecessors(versions[0]):
            if predecessor.existed(period) and self._main_heir(predecessor).id == region:
                return Match("successor", predecessor.id, region)
        parents = tuple(unit.id for unit in self._predecessors(versions[0]))
        return Match("not-in-period", named=region, since=versions[0].valid_from, candidates=parents)

    def _versions(self, region: str) -> tuple[Region, ...]:
        found = [unit for unit in self.units if unit.id == region]
        return tuple(sorted(found, key=lambda unit: unit.valid_from or date.min))

    def _predecessors(self, unit: Region) -> tuple[Region, ...]:
        return tuple(other for other in self.units if other.unit in unit.predecessors)

    def _main_heir(self, unit: Region) -> Region:
        """The unit that goes on for one that ended: its own next version, else the heir of the same kind, else itself."""
        heirs = [other for other in self.units if unit.unit in other.predecessors]
        own = [heir for heir in heirs if heir.id == unit.id]
        alike = [heir for heir in heirs if heir.kind == unit.kind]
        return (own or alike or [unit])[0]

    def _of_parts(self, texts: list[str], period: Period | None) -> Match | None:
        """A cell in several languages: what its parts agree on; the first where one lineage has two names; ambiguous otherwise."""
        found = [match for text in texts if (match := self._direct(text, period)) is not None]
        named = dict.fromkeys(match.named for match in found if match.named)
        if not found or len(named) == 1:
            return found[0] if found else None
        if any(set(named) <= set(self.lineage(match.named)) for match in found if match.named):
            return found[0]
        return Match("ambiguous", candidates=tuple(sorted((name for name in named if name), key=self.order)))

    def lineage(self, region: str) -> tuple[str, ...]:
        """All ids that reforms ever connected with a unit, its own among them."""
        span = Period(date(2000, 1, 1), date(2100, 1, 1))
        return next((ids for ids in self.territories([region], span).values() if region in ids), (region,))

    def _letters_lost(self, text: str) -> Match | None:
        if not names.is_lossy(text):
            return None
        pattern = names.lost(text)
        found = {unit.id for name, units in self._by_skeleton.items() if pattern.fullmatch(name) for unit in units}
        return Match("letters-lost", candidates=tuple(sorted(found, key=self.order))) if found else None

    def _nearest(self, text: str) -> tuple[str, ...]:
        """Up to three regions whose names are near, without the words for region and city; none for what is no name at all."""
        sought = names.skeleton(names.without_kind(names.key(text)).partition("|")[0])
        if not 3 <= len(sought) <= 40 or sought.isdigit():
            return ()
        from rapidfuzz import fuzz, process

        near = process.extract(sought, self._bare_skeletons, scorer=fuzz.ratio, score_cutoff=65, limit=12)
        return tuple(dict.fromkeys(unit.id for _, _, name in near for unit in self._by_kind[name]))[:3]

    def find(self, text: str, period: Period | None = None) -> list[Match]:
        """All regions that a title or a file's name mentions, each once; abbreviations that may be several are passed over."""
        known = [] if len(text) > _LONGEST else [names.skeleton(word) in self._known_words for word in names.key(text).split()]
        if not any(known):
            return []
        taken: set[int] = set()
        found: list[tuple[int, Match]] = []
        for first, behind, phrase in names.windows(text):
            if any(known[first:behind]) and taken.isdisjoint(range(first, behind)) and not phrase.isdigit():
                match = self._direct(phrase, period)
                if match is not None and match.verdict != "ambiguous":
                    taken.update(range(first, behind))
                    found.append((first, match))
        return list({match.named: match for _, match in sorted(found, key=lambda item: -item[0])}.values())[::-1]

    def name(self, region: str, lang: str = "en", period: Period | None = None) -> str:
        """A unit's name as of the last day of a period, or today's; the id itself where it is unknown."""
        if region == self.home.country:
            return self.country.names[lang]
        versions = self._versions(region)
        if not versions:
            return region
        then = [unit for unit in versions if period is not None and (unit.valid_from is None or unit.valid_from <= period.last)]
        return (then or versions)[-1 if then or period is None else 0].names[lang]

    def of_town(self, text: str) -> str | None:
        """The region that bears the name of a town, as `г. Костанай` does; None for other places."""
        match = self._direct(names.without_kind(names.key(text)).partition("|")[0], None)
        return match.named if match is not None and match.verdict == "exact" else None

    def is_city(self, region: str) -> bool:
        """Whether a unit is a city that stands beside the regions."""
        return any(unit.kind == "city" for unit in self.units if unit.id == region)

    def order(self, region: str) -> int:
        """Where a region stands in the register; the country and what is unknown stand behind all."""
        return self._ids.index(region) if region in self._ids else len(self._ids)

    def existed(self, region: str, period: Period) -> bool:
        """Whether a unit was valid in any part of a period; the country always was."""
        return region == self.home.country or any(unit.existed(period) for unit in self.units if unit.id == region)

    def in_force(self, period: Period) -> tuple[str, ...]:
        """The ids valid in any part of a period, in the order of the register."""
        return tuple(region for region in self._ids if self.existed(region, period))

    def territories(self, regions: Iterable[str], span: Period) -> dict[str, tuple[str, ...]]:
        """Comparable territories: the latest main successor, and all ids that lineage connects to it within the span.

        Regions that no reform of the span touches are their own territory.
        """
        links = [
            (unit.id, other.id)
            for unit in self.units
            for other in self._predecessors(unit)
            if unit.id != other.id and unit.existed(span) and other.existed(span)
        ]
        groups = {frozenset(_connected(region, links)) for region in regions}
        members = {self._lead(group, span): tuple(sorted(group, key=self.order)) for group in groups}
        return dict(sorted(members.items(), key=lambda item: self.order(item[0])))

    def _lead(self, group: frozenset[str], span: Period) -> str:
        """The unit that goes on at the end of the span for the oldest of a group."""
        if len(group) == 1:
            return next(iter(group))
        units = [unit for unit in self.units if unit.id in group and unit.existed(span)]
        unit = min(units, key=lambda one: one.valid_from or date.min)
        while (heir := self._main_heir(unit)) is not unit and heir.existed(span):
            unit = heir
        return unit.id


@lru_cache(maxsize=8192)
def _resolved(register: Register, text: str, period: Period | None) -> Match:
    return register._resolved(text, period)  # noqa: SLF001 (the method itself, behind a cache that knows its register)


def _indexed(named: Iterable[tuple[str, Region]]) -> dict[str, tuple[Region, ...]]:
    found: dict[str, dict[str, Region]] = {}
    for name, unit in named:
        found.setdefault(name, {}).setdefault(unit.unit, unit)
    return {name: tuple(units.values()) for name, units in found.items()}


def _connected(region: str, links: Iterable[tuple[str, str]]) -> set[str]:
    reached, edge = {region}, {region}
    while edge:
        edge = {b if a in edge else a for a, b in links if (a in edge) != (b in edge)} - reached
        reached |= edge
    return reached
