"""A template and facts become a sentence; a fact that is missing never stops it.

`the printed total is {actual}[, tolerance {tolerance}]` with actual alone is `the printed total is
1 234,6`. `{text|value}` takes the first fact that is there, `{text:q}` says how it is printed, and what stands in
brackets is left out where a fact in it is missing. Outside brackets a missing fact prints as `…`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

MISSING = "…"

_FIELD = re.compile(r"\{([a-z_|]+)(?::([a-z-]+))?\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")

Render: TypeAlias = Callable[[str, object, str], str]
"""How a fact is printed: (name, value, way) -> text; the way is empty or what stands after the colon."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled template, the names of the facts that it says, and the one that it begins with, if it begins with one."""

    text: str
    said: frozenset[str]
    first: str = ""


def fields(template: str) -> list[str]:
    """Every placeholder of a template, as written and sorted: what a translation must hold too."""
    return sorted(match.group(0) for match in _FIELD.finditer(template))


def fill(template: str, facts: Mapping[str, object], render: Render) -> Filled:
    """The template with its facts printed; those that are None count as missing."""
    said: set[str] = set()

    def optional(part: re.Match[str]) -> str:
        inner = part.group(1)
        known = all(_first(match.group(1), facts) for match in _FIELD.finditer(inner))
        return _FIELD.sub(field, inner) if known else ""

    def field(match: re.Match[str]) -> str:
        name = _first(match.group(1), facts)
        if name is None:
            return MISSING
        said.add(name)
        return render(name, facts[name], match.group(2) or "")

    # brackets first: a printed fact may hold brackets of its own, which are no part of the template
    pieces, end = [], 0
    for part in _OPTIONAL.finditer(template):
        pieces += [_FIELD.sub(field, template[end : part.start()]), optional(part)]
        end = part.end()
    pieces.append(_FIELD.sub(field, template[end:]))
    opening = _FIELD.match(template)
    return Filled("".join(pieces), frozenset(said), (_first(opening.group(1), facts) or "") if opening else "")


def _first(names: str, facts: Mapping[str, object]) -> str | None:
    """The first of `text|value` that is a known fact; an empty text or list says nothing."""
    return next((name for name in names.split("|") if facts.get(name) not in (None, "", ())), None)
