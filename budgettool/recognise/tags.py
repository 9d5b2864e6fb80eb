"""Hashtags under or in place of headers, as humanitarian tables carry them (HXL): `#adm1 +name`, `#value +disbursed +kzt`.

    #adm1+name -> region      #date -> period      #value+disbursed -> disbursement      #reached -> recipients

A row of tags is never data. What a tag pins is data (`[[hxl]]` in `reference/vocabulary.toml`); the words of the header
decide where a tag says nothing plain, and a tag that says otherwise than the words makes the column ambiguous.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from budgettool.read.sheet import Sheet, Value
from budgettool.terms import Unit
from budgettool.terms.units import read_unit

_TAG = re.compile(r"\s*#\s*([a-z][a-z0-9_]*)((?:\s*\+\s*[a-z][a-z0-9_]*)*)\s*", re.IGNORECASE)
_PEOPLE = frozenset(["f", "m", "i", "children", "adolescents", "adults", "elderly", "infants"])
"""Attributes that divide people: each such column is a part of those without it."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """What a tag says of its column; None where it says nothing. `part` names a part of the people or money."""

    field: str | None = None
    unit: Unit | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class _Rule:
    tag: str
    having: frozenset[str]
    field: str


def is_tag(value: Value) -> bool:
    """Whether a cell is a hashtag with its attributes and nothing else."""
    return isinstance(value, str) and "#" in value and bool(_TAG.fullmatch(value))


def is_tag_row(sheet: Sheet, row: int) -> bool:
    """Whether a row holds hashtags only, two of them at least."""
    count = 0
    for _, value in sheet.filled(row):
        if not is_tag(value):
            return False
        count += 1
    return count >= 2


def read_tag(text: str) -> Pinned:
    """What a hashtag pins: `#value+disbursed+usd` is the disbursement in US dollars."""
    match = _TAG.fullmatch(text)
    if match is None:
        return Pinned()
    tag, attributes = match[1].lower(), frozenset(part.strip().lower() for part in match[2].split("+")[1:])
    fitting = [rule for rule in _rules() if rule.tag == tag and rule.having <= attributes]
    field = max(fitting, key=lambda rule: len(rule.having)).field if fitting else None
    unit = next((found for part in sorted(attributes) if tag == "value" and (found := read_unit(part))), None)
    part = "+".join(sorted(attributes & _PEOPLE)) or None
    return Pinned(field, unit, part)


@cache
def _rules() -> tuple[_Rule, ...]:
    raw = tomllib.loads(files("budgettool.reference").joinpath("vocabulary.toml").read_text("utf-8"))
    return tuple(_Rule(one["tag"], frozenset(having), one["field"]) for one in raw["hxl"] for having in _choices(one.get("having", [])))


def _choices(having: Iterable[str]) -> list[Iterable[str]]:
    """Each attribute on its own will do; none is asked for where none is listed."""
    return [[one] for one in having] or [[]]
