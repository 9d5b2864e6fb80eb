"""Budget programmes by code and name: whatever stands in a cell becomes a code in dotted parts.

`27` is `027`, `256/18 011` is `256.018.011`. A user's own list of programmes also knows them by name, and which codes there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from budgettool.letters import plain


def programme(text: str) -> str | None:
    """A budget code in dotted parts of three digits: `27` is `027`, `256/18 011` is `256.018.011`; None for anything else.

    A name behind the code is passed over; `27,0` and `27.0` are numbers and no codes.
    """
    match = _PROGRAMME.match(plain(text))
    if match is None:
        return None
    parts = re.split(r"[-. /]+", match[1])
    if len(parts) == 1 and len(parts[0]) > 3:
        digits = parts[0]
        parts = [digits[at : at + 3] for at in range(0, len(digits), 3)] if len(digits) % 3 == 0 else [digits]
    if len(parts) > 4 or any(len(part) > 3 for part in parts) or re.fullmatch(r"\d+\.0", match[1]):
        return None
    return ".".join(part.zfill(3) for part in parts)


_PROGRAMME = re.compile(
    r"(?:(?:код |бюджетная )*(?:программа|программы|бағдарлама|бп|programme|program)[ :№]*)?(\d+(?:(?:[./]| ?- ?| )\d+)*)(?:$|[ .:–-]+[^\W\d].*)"
)


@dataclass(frozen=True)
class Programmes:
    """The programmes of a user's own list: their names by language under their codes, and the codes under all their names."""

    names: Mapping[str, Mapping[str, str]]
    aliases: Mapping[str, str]

    def code(self, text: str) -> str | None:
        """The code that a text is, or that its name stands for."""
        return self.aliases.get(plain(text)) or programme(text)

    def knows(self, code: str) -> bool:
        """Whether a code is in the list, or lies above or below one that is; an empty list knows every code."""
        if not self.names:
            return True
        asked = code.split(".")
        return any(all(one == other for one, other in zip(asked, known.split("."), strict=False)) for known in self.names)


NONE = Programmes(MappingProxyType({}), MappingProxyType({}))
"""No list: every code may be one."""
