"""What the label of a row says beside a region, a total or a period: its number, "of which", whose money, which kind of name.

    "1.2. в т.ч. за счет РБ"  ->  marker (1, 2), opens the parts of the row above, funding `republic`

The words are data (`reference/labels.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from budgettool.letters import unmixed
from budgettool.recognise.vocabulary import folded, words

_DECIMAL = re.compile(r"\s*(?:№\s*)?(\d{1,3}(?:\.\d{1,3})*)(?:[.)]+\s*|\s+)(?=[^\W\d]|[«\"“(])")
_ROMAN = re.compile(r"\s*([IVXІХ]{1,6})(?:[.)]\s*|\s+[-–—]?\s*)(?=[^\W\d]|[«\"“])")
_LETTER = re.compile(r"\s*([a-zа-яәіңғүұқөһ])\)\s*(?=[^\W\d]|[«\"“])", re.IGNORECASE)
_BULLET = re.compile(r"\s*[-–—•·▪*]+\s*(?=[^\W\d]|[«\"“(])")
_NUMBER = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3})*)[.)]?\s*")
_CODED = re.compile(r"\s*\d{3}(?:[-./ ]\d{3})*\b")
_QUOTED = re.compile(r"[«„“\"][^«»„“”\"]{2,}[»“”\"]")
_JOINTS = " \t\u00a0:;,.-–—()"


@dataclass(frozen=True, slots=True)
class Marker:
    """How a row is numbered before its name: `kind` is decimal, roman, letter or bullet; `parts` those of 1.2.3."""

    kind: str
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    of_which: tuple[str, ...]
    funding: Mapping[str, frozenset[tuple[str, ...]]]
    beside: tuple[tuple[str, ...], ...]
    provider: tuple[tuple[str, ...], ...]
    place: tuple[tuple[str, ...], ...]
    region: tuple[tuple[str, ...], ...]
    title: frozenset[str]


@cache
def _words() -> _Words:
    raw = tomllib.loads(files("budgettool.reference").joinpath("labels.toml").read_text("utf-8"))
    funding = {name: frozenset(_phrases(listed)) for name, listed in raw["funding"].items() if name != "beside"}
    return _Words(
        tuple(sorted({folded(text) for text in raw["of_which"]["words"]}, key=len, reverse=True)),
        funding,
        _phrases(raw["funding"]["beside"]),
        _phrases(raw["provider"]["words"]),
        _phrases(raw["place"]["words"]),
        _phrases(raw["region"]["words"]),
        frozenset(raw["title"]["beside"]),
    )


def _phrases(listed: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted({tuple(words(folded(text))) for text in listed}, key=lambda phrase: -len(phrase)))


@lru_cache(maxsize=16384)
def marked(label: str) -> tuple[Marker | None, str]:
    """The number before a label, if there is one, and the label without it; the code of a programme is no number."""
    if _CODED.match(label):
        return None, label.strip()
    for kind, pattern in (("decimal", _DECIMAL), ("roman", _ROMAN), ("letter", _LETTER), ("bullet", _BULLET)):
        if match := pattern.match(label):
            parts = tuple(int(part) for part in match[1].split(".")) if kind == "decimal" else ()
            return Marker(kind, parts), label[match.end() :].strip()
    return None, label.strip()


def numbered(text: str) -> Marker | None:
    """The number that a cell of a column of numbers holds: 1, 1.2, II."""
    if match := _NUMBER.fullmatch(text):
        return Marker("decimal", tuple(int(part) for part in match[1].split(".")))
    return Marker("roman") if re.fullmatch(r"\s*[IVXІХ]{1,6}[.)]?\s*", text) else None


@lru_cache(maxsize=16384)
def after_of_which(label: str) -> str | None:
    """What follows "of which" in a label, empty where nothing does; None where the label does not begin with it."""
    _, told = marked(label)
    compared = unmixed(folded(told))
    for opening in _words().of_which:
        rest = compared.removeprefix(opening)
        if rest != compared and (not rest or not rest[0].isalnum()):
            return told[_behind(told, opening) :].strip(_JOINTS)
    return None


def _behind(told: str, opening: str) -> int:
    """Where an opening ends in the label as written; spaces and letters may have been folded."""
    count = sum(not ch.isspace() for ch in opening)
    for index, ch in enumerate(told):
        count -= not ch.isspace()
        if count == 0:
            return index + 1
    return len(told)


@lru_cache(maxsize=16384)
def without_opening(label: str) -> str:
    """A label without an "of which" at its end: `Всего, в том числе:` is `Всего`."""
    tokens = label.split()
    for count in range(4, 0, -1):
        if len(tokens) > count and after_of_which(" ".join(tokens[-count:])) == "":
            return " ".join(tokens[:-count]).strip(_JOINTS)
    return label


@lru_cache(maxsize=16384)
def funding_of(label: str) -> str | None:
    """Whose money a label names: `за счет РБ` is republic; None where it says anything else as well."""
    tokens = tuple(words(unmixed(folded(marked(label)[1]))))
    while tokens:
        named = next((name for name, phrases in _words().funding.items() if tokens in phrases), None)
        if named is not None:
            return named
        shorter = _shorter(tokens)
        if shorter == tokens:
            return None
        tokens = shorter
    return None


def _shorter(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """A label without the first of the words before, else behind what it names."""
    for phrase in _words().beside:
        if tokens[: len(phrase)] == phrase:
            return tokens[len(phrase) :]
    return next((tokens[: -len(phrase)] for phrase in _words().beside if tokens[-len(phrase) :] == phrase), tokens)


@lru_cache(maxsize=16384)
def is_provider(label: str) -> bool:
    """Whether a label names an organisation: by its legal form, its kind, or a name in quotation marks."""
    return bool(_QUOTED.search(label)) or _holds(label, _words().provider)


@lru_cache(maxsize=16384)
def is_place(label: str) -> bool:
    """Whether a label names a place within a region: a district, a town, a village."""
    return not _QUOTED.search(label) and _holds(label, _words().place)


@lru_cache(maxsize=16384)
def has_region_word(label: str) -> bool:
    """Whether a label holds a word for a region."""
    return _holds(label, _words().region)


def beside_measure(word: str) -> bool:
    """Whether a word may stand beside those of a measure in a title: of a unit, a span, a count."""
    return word.isdigit() or word in _words().title


def _holds(label: str, phrases: Iterable[tuple[str, ...]]) -> bool:
    tokens = tuple(words(unmixed(folded(marked(label)[1]))))
    return any(tokens[i : i + len(phrase)] == phrase for phrase in phrases for i in range(len(tokens) - len(phrase) + 1))
