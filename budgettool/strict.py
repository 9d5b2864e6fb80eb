"""A TOML text becomes a table that is read key by key, and each refusal names the file, the line and the key.

    form.toml, line 9: 'colums' is no key of table.0; did you mean 'columns'?

The parser of the standard library tells no line once it has read a text, so the text is searched for the key
again. Nothing is taken silently for something else: an unknown key, a wrong type and a value outside of its
choices are all refused.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn

from budgettool.findings import Exit, Refusal


@dataclass(frozen=True, slots=True)
class Written:
    """A TOML text with the name of its file and the code of its refusals."""

    text: str
    file: str
    code: str

    def refusal(self, line: int, reason: str) -> Refusal:
        """Wrong settings: exit code 2."""
        return Refusal(self.code, Exit.USAGE, file=self.file, line=line, reason=reason)

    def line(self, wanted: tuple[str, ...]) -> int:
        """The line on which a key stands, else that of the nearest table around it, else the first."""
        line, deepest = 1, 0
        for number, path in self._paths():
            depth = next((n for n, (own, asked) in enumerate(zip(path, wanted, strict=False)) if own != asked), min(len(path), len(wanted)))
            if depth > deepest:
                line, deepest = number, depth
        return line

    def _paths(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each line that names a table or a key, with the whole way to it; below the second [[table]], keys lie in table, 1."""
        around: tuple[str, ...] = ()
        seen: Counter[tuple[str, ...]] = Counter()
        for number, text in enumerate(self.text.splitlines(), 1):
            if header := re.match(r"\s*(\[\[?)([^\[\]]+)\]", text):
                name = _names(header[2])
                within = next((name[:end] for end in range(len(name), 0, -1) if seen[name[:end]]), ())
                around = (
                    (*name, str(seen[name]))
                    if header[1] == "[["
                    else (*within, *([str(seen[within] - 1)] if within else []), *name[len(within) :])
                )
                seen[name] += header[1] == "[["
                yield number, around
            elif key := re.match(r"\s*(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s#=\[\"'][^#=]*?)\s*=", text):
                yield number, around + _names(key[1])


def _names(dotted: str) -> tuple[str, ...]:
    """The parts of a dotted key: `programmes."256.018"` has two. A line that only looks like a key has none."""
    try:
        found: Any = tomllib.loads(f"{dotted} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    names = []
    while isinstance(found, dict):
        ((name, found),) = found.items()
        names.append(name)
    return tuple(names)


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'columns'?` for a word that is nearly one of the known ones, else all of them where they are few."""
    choices = list(known)
    folded = {name.casefold(): name for name in choices}
    likely = get_close_matches(word.casefold(), folded, n=1)
    if likely:
        return f"; did you mean {folded[likely[0]]!r}?"
    return f"; known are {', '.join(choices)}" if len(choices) <= 24 else ""


@dataclass(frozen=True, slots=True)
class Keyed:
    """One table of such a text; `path` is the way to it, by names and, within [[...]], by number."""

    written: Written
    raw: Mapping[str, Any]
    path: tuple[str, ...] = ()

    def refuse(self, key: str, reason: str) -> NoReturn:
        raise self.written.refusal(self.written.line((*self.path, key)), reason)

    def known(self, *keys: str) -> None:
        """Refuse any other key, with the nearest right one."""
        where = f" of [{'.'.join(part for part in self.path if not part.isdigit())}]" if self.path else ""
        for key in self.raw:
            if key not in keys:
                self.refuse(key, f"{key!r} is no key{where}{nearest(key, keys)}")

    def table(self, key: str) -> Keyed:
        value = self.raw.get(key, {})
        if not isinstance(value, dict):
            self.refuse(key, f"{key!r} must be a table: [{'.'.join((*(p for p in self.path if not p.isdigit()), key))}]")
        return Keyed(self.written, value, (*self.path, key))

    def tables(self, key: str) -> list[Keyed]:
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(key, f"{key!r} must be written as [[{key}]]")
        return [Keyed(self.written, item, (*self.path, key, str(number))) for number, item in enumerate(value)]

    def word(self, key: str, choices: Iterable[str] = ()) -> str | None:
        """A text that is not empty; None where the key is not given."""
        value = self.raw.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, f"{key!r} must be a text in quotation marks, not {shown(value)}")
        if choices and value not in (allowed := list(choices)):
            self.refuse(key, f"{key!r} can't be {value!r}{nearest(value, allowed)}")
        return value

    def flag(self, key: str) -> bool | None:
        value = self.raw.get(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, f"{key!r} must be true or false, not {shown(value)}")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.refuse(key, f'{key!r} must be a list of texts: ["…"], not {shown(value)}')
        return tuple(value)


def shown(value: object) -> str:
    """A value of TOML as its author wrote it, more or less."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    return "a list" if isinstance(value, list) else repr(value) if isinstance(value, (str, int, float)) else str(value)


def parsed(text: str, file: str, code: str) -> Keyed:
    """The outermost table; raises Refusal `code` with the line where the text is no TOML."""
    written = Written(text, file, code)
    try:
        return Keyed(written, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise written.refusal(line, re.sub(r" \(at .*\)$", "", str(error))) from error
