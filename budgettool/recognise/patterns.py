"""Texts of a form and texts of a file brought to one form and compared: `План*|Жоспар*` fits `ПЛАН НА ГОД`.

What is compared first keeps all that is written but case, spaces and line breaks; what is compared next has lost its
footnote marks as well, so that `budget2014` and `budget2013` stay two headings and `План2)` is found as `План`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from budgettool.letters import plain, unmixed
from budgettool.recognise.vocabulary import folded

_HYPHENATED = re.compile(r"(?<=[^\W\d])-[ \t]*\r?\n[ \t]*(?=[^\W\d])")
_SPACED = re.compile(r"\s*/\s*")


@lru_cache(maxsize=4096)
def pattern(text: str, *, loose: bool = False) -> re.Pattern[str]:
    """A text of a form as a pattern over compared texts: `*` stands for anything, `|` parts alternatives, ` / ` the levels of a header."""
    told = loosely if loose else compared
    either = (".*".join(re.escape(told(part)) for part in one.strip().split("*")) for one in text.split("|"))
    return re.compile("|".join(f"(?:{one})" for one in either), re.DOTALL)


@lru_cache(maxsize=16384)
def compared(text: str) -> str:
    """A header or a label in the form in which it is compared with a form's text: case, line breaks, spaces and look-alike letters are folded."""
    return _SPACED.sub("/", unmixed(plain(_HYPHENATED.sub("", text).replace("_", " "))))


@lru_cache(maxsize=16384)
def loosely(text: str) -> str:
    """The same without footnote marks, for a text that is not found as it stands: `План2)` is `План`, unless there is a `План` beside it."""
    return _SPACED.sub("/", unmixed(folded(text)))


def fits(wanted: Iterable[str], text: str) -> bool:
    """Whether one of the patterns is the whole of a text."""
    return any(
        pattern(one, loose=loose).fullmatch(told) for loose, told in ((False, compared(text)), (True, loosely(text))) for one in wanted
    )
