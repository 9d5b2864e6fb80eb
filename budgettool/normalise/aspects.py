"""What the label of a row names: a region, a provider, a programme, whose money, a kind of people, a place, or none of these.

    "в т.ч. за счет РБ"  ->  funding `republic`, a part of the row above
    "ОФ «Образец»"       ->  provider
    "Аренда"             ->  other

The word for a region or a town decides nothing alone: the register does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from budgettool.classification import Register, programme
from budgettool.letters import plain
from budgettool.period.written import Written, read_period
from budgettool.recognise.labels import after_of_which, funding_of, has_region_word, is_place, is_provider, marked, without_opening
from budgettool.recognise.vocabulary import read_header

_CODE = re.compile(r"\s*\d{3}(?:[-./ ]\d{3})*(?!\d)")
_NEAR = 80
"""From this likeness (of 100) to a name on, a label may be a misspelt region."""
_VERSIONS = ("new", "repeat", "opening", "admitted", "discharged", "closing")

PARTS = ("funding", "version", "place", "other", "near")
"""What is a part of the row above it, or stands for itself where there is no such row."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """`kind` is region, provider, programme, period, opener ("of which" alone) or one of PARTS; `near` resembles a region's name.

    `value` is what an entry takes over; `of_which` says that the label itself begins with such a word. `region` is the id of
    the region that a name means in general, for a town that of which it is the capital, and `presumed` whether the bare name is also that of a town.
    """

    kind: str
    value: str
    of_which: bool = False
    region: str | None = None
    presumed: bool = False
    written: Written | None = None


@lru_cache(maxsize=32768)
def aspect(label: str, register: Register | None, year: int | None = None) -> Aspect:
    """What a label names; `year` is that of a month without one. Without a register no region is looked for: another cell names it."""
    rest = after_of_which(label)
    if rest == "":
        return Aspect("opener", "", of_which=True)
    told = without_opening(label) if rest is None else rest
    if written := read_period(told, year=year):
        return Aspect("period", told, rest is not None, written=written)
    return replace(_named(marked(told)[1], register), of_which=rest is not None)


def _named(text: str, register: Register | None) -> Aspect:
    if is_provider(text) and len(text.split()) > 1:
        return Aspect("provider", text)
    match = register.resolve(text) if register else None
    if match is not None and match.verdict != "unknown":
        return Aspect("region", text, region=match.region or match.named, presumed=match.presumed)
    if funding := funding_of(text):
        return Aspect("funding", funding)
    if version := _version(text):
        return Aspect("version", version)
    if _CODE.match(text) and (code := programme(text)):
        return Aspect("programme", code)
    if is_provider(text):
        return Aspect("provider", text)
    if is_place(text):
        return Aspect("place", text, region=register.of_town(text) if register else None)
    return Aspect("near" if match is not None and register and _is_near(text, match.candidates, register) else "other", text)


def _is_near(text: str, candidates: tuple[str, ...], register: Register) -> bool:
    """Whether a label may be a region's name with a slip in it: it has the word for a region, or hardly differs from a name."""
    told = plain(text)
    if not candidates or has_region_word(text):
        return bool(candidates)
    from rapidfuzz import fuzz  # its import costs more than most files

    named = (plain(name) for unit in register.units if unit.id in candidates for name in (*unit.names.values(), *unit.aliases))
    return any(fuzz.ratio(told, name) >= _NEAR for name in named)


def _version(text: str) -> str | None:
    """The version of people that a label states: впервые, повторно."""
    named = [meaning.field for meaning in read_header(text).meanings if meaning.strength]
    measure, _, version = named[0].partition(".") if named else ("", "", "")
    return version if measure == "recipients" and version in _VERSIONS else None


def breakdown(found: Aspect) -> str:
    """The category of a part that is no dimension of an entry."""
    return f"{'place' if found.kind in ('place', 'region') else 'item'}={found.value}"
