"""Number formats that Excel's web pages and XML workbooks call by a name, and the escapes that style sheets put before signs."""

from __future__ import annotations

import re

_NAMES = {
    "general": "",
    "general number": "",
    "currency": "#,##0.00",
    "euro currency": "#,##0.00",
    "fixed": "0.00",
    "standard": "#,##0.00",
    "percent": "0.00%",
    "scientific": "0.00E+00",
    "general date": "dd.mm.yyyy h:mm",
    "long date": "dd mmmm yyyy",
    "medium date": "dd-mmm-yy",
    "short date": "dd.mm.yyyy",
    "long time": "h:mm:ss",
    "medium time": "h:mm AM/PM",
    "short time": "h:mm",
}
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{4,6})\s?|\\(.)", re.DOTALL)


def named(text: str) -> str:
    """A number format in signs, for one that is given by its name or in signs already."""
    return _NAMES.get(text.strip().lower(), text)


def unescaped(text: str) -> str:
    r"""A number format as a style sheet writes it, in signs: `\#\,\#\#0\.00` is `#,##0.00`, and `\0022` a quotation mark."""
    bare = text.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        bare = bare[1:-1]
    return named(_ESCAPED.sub(lambda match: chr(min(int(match[1], 16), 0xFFFD)) if match[1] else match[2], bare))
