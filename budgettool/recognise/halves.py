"""A header in two languages says one thing twice; where its halves say two things, neither is read.

Бекітілген жоспар / Утвержденный план      both are the approved plan
Бекітілген жоспар / Уточненный план        approved or revised: a contradiction
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from budgettool.recognise.vocabulary import Meaning, folded, read_header, vocabulary, words

_PARTS = re.compile(r"[/|\n;()\[\]]|\s[-–—]\s")
_STROKE = re.compile(r"\s*[/|]\s*")
_KAZAKH = frozenset("әғқңөұүһі")
_LATIN = re.compile(r"[a-z]")
_GENERAL = frozenset({"name", "number", "note", "percent", "level", "indicator"})
"""Fields that are said beside any other."""


def contradiction(texts: Iterable[str]) -> tuple[str, str] | None:
    """The two fields that the halves of a header mean where they mean different ones; `texts` are its levels from top to bottom."""
    listed = list(texts)
    whole, most = _strong(" ".join(listed)), max((m.strength for text in listed if (m := _strong(text))), default=0)
    apart = {} if whole is not None and len(listed) > 1 and whole.strength > most else _by_language(listed)  # Аванс / төленді is one phrase
    told = [meaning for text in apart.values() if (meaning := _strong(text))]
    pairs = [(one, other) for at, one in enumerate(told) for other in told[at + 1 :]]
    pairs += [pair for text in listed for pair in _strokes(text)]
    return next(((one.field, other.field) for one, other in pairs if _differ(one, other)), None)


def language(text: str) -> str:
    """The language of a part of a header, as far as its letters and words tell: kk, en, else ru."""
    told = folded(text)
    if not _KAZAKH.isdisjoint(told) or not vocabulary().kazakh.isdisjoint(words(told)):
        return "kk"
    return "en" if _LATIN.search(told) else "ru"


def _by_language(texts: Iterable[str]) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        for part in _PARTS.split(text):
            if part and part.strip():
                found[language(part)].append(part)
    return {name: " ".join(parts) for name, parts in found.items()} if len(found) > 1 else {}


def _strokes(text: str) -> Iterator[tuple[Meaning, Meaning]]:
    """Two measures of one language with a stroke between them: `Перечислено / Оплачено`."""
    parts = [meaning for part in _STROKE.split(text) if (meaning := _strong(part)) and meaning.kind == "measure"]
    if "/" in text or "|" in text:
        yield from pairwise(parts)


def _strong(text: str) -> Meaning | None:
    return next((m for m in read_header(text).meanings if m.strength), None)


def _differ(one: Meaning, other: Meaning) -> bool:
    """Whether two meanings exclude each other: a version is no other thing than its measure, nor an ambiguous word than what it may mean."""
    fields = {one.field, other.field}
    if len(fields) == 1 or fields & _GENERAL:
        return False
    if {one.kind, other.kind} == {"beside"} or (one.kind, other.kind).count("ambiguous"):
        return (one.kind, other.kind).count("ambiguous") == 1 and not _may_mean(one, other)
    return not any(longer.startswith(f"{shorter}.") for shorter in fields for longer in fields)


def _may_mean(one: Meaning, other: Meaning) -> bool:
    doubtful, plain = (one, other) if one.kind == "ambiguous" else (other, one)
    return plain.field.partition(".")[0] in doubtful.between
