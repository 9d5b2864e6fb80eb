"""Header words become fields: `Оплаченные обязательства, тыс. тенге` is the measure `disbursement`.

The words are data (`reference/vocabulary.toml`). The longest phrase wins; a phrase that speaks *of*
a measure (percent, balance, cost per person) wins over the measure; a weak word (план, факт)
decides only where nothing stronger stands. Words that may mean two measures stay ambiguous here and
are decided by the other columns of the table.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from budgettool.letters import plain, unmixed

_WORD = re.compile(r"[^\W_]+|[%№#]")
_HYPHENATED = re.compile(r"(?<=[^\W\d])-[ \t]*\r?\n[ \t]*(?=[^\W\d])")
_HALVES = re.compile(r"[/|()]+")
_SUPERSCRIPTS = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
_TWO_LETTERS = r"(?<=[^\W\d_]{2})"
_WITHIN = re.compile(rf"{_TWO_LETTERS}(?:[{_SUPERSCRIPTS}]+|\s?\d{{1,2}}\))")
_NUMBERED = re.compile(r"(?<!\d)\d{1,2}\)$")
_GLUED = re.compile(r"(?<=[^\W\d_]{3})\d{1,2}$")


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """A header or label in the form in which words are compared: no hyphenation at a line's end, no footnote mark (`План2)`, `План*`)."""
    return _WITHIN.sub("", without_footnote(plain(_HYPHENATED.sub("", text).replace("_", " "))))


def without_footnote(text: str) -> str:
    """A text without the footnote marks at its end: asterisks, superscripts, `1)`, a digit glued to a word."""
    bare, before = text, ""
    while bare != before:  # marks are taken off one by one, since a row of a thousand asterisks must cost no more than its length
        before, bare = bare, _NUMBERED.sub("", bare.rstrip(f" *{_SUPERSCRIPTS}"))
    bare = _GLUED.sub("", text) if bare == text else bare
    return text if "(" in text and bare.count("(") > bare.count(")") else bare


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header says: a field (`region`, `disbursement`, `allocation.approved`, `percent`) and how sure that is.

    `kind` is measure, dimension, beside or ambiguous; `strength` the length of the phrase that decided, 0 for a weak word.
    An ambiguous word is `between` measures, and `presumed` to be one of them where the other columns do not decide.
    """

    field: str
    kind: str
    strength: int
    between: tuple[str, ...] = ()
    presumed: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    words: tuple[str, ...]
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All phrases by their first word, whole-header phrases, modifiers and the words of rows."""

    phrases: Mapping[str, tuple[Phrase, ...]]
    exact: Mapping[str, Meaning]
    weak: Mapping[str, Meaning]
    modifiers: Mapping[str, tuple[tuple[str, ...], ...]]
    rows: Mapping[str, frozenset[str]]
    kazakh: frozenset[str]

    def meanings(self, text: str) -> list[Meaning]:
        """Every meaning that a folded header text holds, strongest first, `beside` before all others, a version before its plain measure.

        A phrase within a longer one means nothing of its own: `дата договора` in `№ и дата договора`.
        """
        if (whole := self.exact.get(" ".join(words(text)))) or (whole := self.exact.get(text)):
            return [whole]
        if halves := self._exact_halves(text):
            return [halves]
        tokens = words(text)
        spans = [(i, i + len(p.words), p.meaning) for i, t in enumerate(tokens) for p in self.phrases.get(t, ()) if tuple(tokens[i : i + len(p.words)]) == p.words]
        found = [m for start, end, m in spans if not any(a <= start and end <= b and end - start < b - a for a, b, _ in spans)]
        if not found:
            found = [self.weak[token] for token in tokens if token in self.weak]
        measured = any(m.kind == "measure" and m.strength for m in found)  # `Оплачено за отчетный период` is no period
        ranked = sorted(found, key=lambda m: (m.kind != "beside", measured and m.field == "period", -m.strength))
        versions = [m for m in ranked if m.field.startswith(f"{ranked[0].field}.")] if ranked else []
        return [*versions, *ranked]

    def meaning(self, field: str) -> Meaning | None:
        """A field as a meaning, as strong as a whole header that says so."""
        known = (*self.exact.values(), *(phrase.meaning for listed in self.phrases.values() for phrase in listed))
        return next((Meaning(field, m.kind, 100, m.between, m.presumed) for m in known if m.field == field), None)

    def _exact_halves(self, text: str) -> Meaning | None:
        """What `Кезең / Период` or `Ай (месяц)` means: each half is the whole of a header, and all of them mean the same."""
        halves = [part for part in _HALVES.split(text) if part.strip()]
        known = [self.exact.get(" ".join(words(half))) for half in halves]
        first = known[0] if len(known) > 1 else None
        return first if first is not None and all(one is not None and one.field == first.field for one in known) else None

    def has(self, modifier: str, text: str) -> bool:
        """Whether a folded header carries a modifier: cumulative, month, year or total."""
        tokens = words(text)
        return any(_stands_in(tokens, phrase) for phrase in self.modifiers[modifier])

    def is_row(self, kind: str, text: str) -> bool:
        """Whether a folded label begins with a word of total rows, of the country, of signatures or of notes; a total may end with it."""
        tokens = words(text)
        return self.begins_row(kind, text) or (kind == "total" and bool(tokens) and tokens[-1] in self.rows[kind])

    def begins_row(self, kind: str, text: str) -> bool:
        """Whether a folded label begins with a word of such a row."""
        tokens, known = words(text), self.rows[kind]
        return any(" ".join(tokens[:n]) in known for n in range(1, 5)) or text in known


def words(text: str) -> list[str]:
    """The words of a folded text, marks apart: `получатели услуг, чел.` is получатели, услуг, чел; `%` and `№` are words."""
    return _WORD.findall(text)


def _stands_in(tokens: list[str], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(tuple(tokens[i : i + size]) == phrase for i in range(len(tokens) - size + 1))


@cache
def vocabulary() -> Vocabulary:
    """The shipped words, read once."""
    raw = tomllib.loads(files("budgettool.reference").joinpath("vocabulary.toml").read_text("utf-8"))
    fields = {name: table for name, table in raw.items() if "kind" in table}
    fields |= {name: {"kind": "ambiguous", **table} for name, table in raw["ambiguous"].items()}
    phrases: dict[str, list[Phrase]] = {}
    exact: dict[str, Meaning] = {}
    weak: dict[str, Meaning] = {}
    for name, table in fields.items():
        between, presumed = tuple(table.get("between", ())), table.get("presumed")
        for text in table.get("words", ()):
            parts = tuple(words(folded(text)))
            phrases.setdefault(parts[0], []).append(Phrase(parts, Meaning(name, table["kind"], len("".join(parts)), between, presumed)))
        exact |= {" ".join(words(folded(text))) or text: Meaning(name, table["kind"], 100, between, presumed) for text in table.get("exact", ())}
        weak |= {folded(text): Meaning(name, table["kind"], 0, between, presumed) for text in table.get("weak", ())}
    return Vocabulary(
        {first: tuple(listed) for first, listed in phrases.items()},
        exact,
        weak,
        {name: tuple(tuple(words(folded(text))) for text in table["words"]) for name, table in raw["modifier"].items()},
        _row_words(raw["row"]),
        frozenset(raw["language"]["kk"]),
    )


def _row_words(rows: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[str, frozenset[str]]:
    known = {kind: frozenset(" ".join(words(folded(text))) for text in table["words"]) for kind, table in rows.items()}
    known["country"] = frozenset(folded(text) for text in rows["total"]["country"])
    return known


@dataclass(frozen=True, slots=True)
class Header:
    """A header as matched: its folded text, whether look-alike letters had to be put right, and what it means."""

    text: str
    meanings: tuple[Meaning, ...]
    mixed: bool


@lru_cache(maxsize=4096)
def read_header(text: str) -> Header:
    """Match one header text, in its own letters first, then with look-alike letters put into one alphabet."""
    written = folded(text)
    straight = unmixed(written)
    meanings = vocabulary().meanings(straight)
    if not meanings and "\n" in text:  # two languages in two lines
        meanings = vocabulary().meanings(unmixed(folded(text.replace("\n", " / "))))
    return Header(straight, tuple(meanings), straight != written and bool(meanings))
