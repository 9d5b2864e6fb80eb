"""Number formats: which of them change what a figure means to whoever looks at it?

A stored 1234500 shown as `1 234,5` under `#,##0.0,` is shown in thousands; `0.0%` shows 0.953 as
95.3; twelve zeros show a BIN; a quoted `тыс.` states a unit. All others are left to the screen.
"""

from __future__ import annotations

import re
from functools import cache

BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    **{number: "d.m.yyyy" for number in (*range(27, 37), *range(50, 59))},
}  # fmt: skip
"""The formats that have a number and no text in the file, as far as they matter here (ECMA-376 18.8.30)."""

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]')
_SILENT = re.compile(r"\[[^\]]*\]|_.|\*.")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_LEADING_ZEROS = re.compile(r"(?<![0#?.,])0{2,}")
_DATE = re.compile(r"[ymdhs]|am/pm|general", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


@cache
def matters(code: str) -> bool:
    """Whether a format shows a figure scaled, as a percentage, with leading zeros or beside a unit."""
    section = code.partition(";")[0]
    literal = "".join("".join(groups) for groups in _LITERAL.findall(section))
    digits = _SILENT.sub("", _LITERAL.sub("", section))
    if is_date(code) or not re.search("[0#?]", digits):
        return False
    unit = any(sign.isalpha() or sign in "%₸$€£₽" for sign in literal + re.sub(r"[\d#?.,eE+\-() /]", "", digits))
    return unit or bool(_SCALED.search(digits) or _LEADING_ZEROS.search(digits))


@cache
def is_date(code: str) -> bool:
    """Whether a format shows a number as a date or time."""
    section = code.partition(";")[0]
    if _ELAPSED.search(section):
        return True
    bare = _SILENT.sub("", _LITERAL.sub("", section))
    return bool(_DATE.search(bare)) and "general" not in bare.lower()


@cache
def is_elapsed(code: str) -> bool:
    """Whether a format shows a span of time (30:00:00) and no time of the day."""
    return bool(_ELAPSED.search(code.partition(";")[0]))
