"""Number formats: which ones change what a cell says, and which make a date of a number."""

from __future__ import annotations

import re
from collections.abc import Sequence

BUILT_IN = {
    "0": "",
    "9": "0%",
    "10": "0.00%",
    "14": "dd.mm.yyyy",
    "15": "d-mmm-yy",
    "16": "d-mmm",
    "17": "mmm-yy",
    "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM",
    "20": "h:mm",
    "21": "h:mm:ss",
    "22": "dd.mm.yyyy h:mm",
    "45": "mm:ss",
    "46": "[h]:mm:ss",
    "47": "mm:ss.0",
} | {str(number): "dd.mm.yyyy" for number in (*range(27, 37), *range(50, 59))}
"""Formats that a file names by number only, as far as they matter (ECMA-376, 18.8.30)."""

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETS = re.compile(r"\[(?!(?:h+|m+|s+)\])[^\]]*\]", re.IGNORECASE)
_DATE = re.compile(r"[dmyhs]|[дмгчс]{2,}", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_PADDED = re.compile(r"^0{2,}$")


def bare(number_format: str) -> str:
    """The first section of a format without its literal texts, colours and locales."""
    return " ".join(_BRACKETS.sub("", _LITERAL.sub(" ", number_format)).split(";")[0].split())


def is_date(number_format: str) -> bool:
    """Whether numbers under this format are shown as dates, times or durations."""
    text = bare(number_format)
    return text.lower() not in ("", "general", "основной", "@") and bool(_DATE.search(text.replace("General", "")))


def is_duration(number_format: str) -> bool:
    """Whether hours, minutes or seconds are counted beyond the day: `[h]:mm`."""
    return is_date(number_format) and bool(_ELAPSED.search(bare(number_format)))


def matters(number_format: str) -> bool:
    """Whether a reader sees another thing than the number: percent, thousands left out, a date, a text beside it, leading zeros."""
    text = bare(number_format)
    return "%" in text or '"' in number_format or is_date(number_format) or bool(_SCALED.search(text)) or bool(_PADDED.match(text))


def telling(formats: Sequence[str]) -> dict[int, str]:
    """By style, the formats that matter; those of dates without literal texts, colours and locales."""
    return {style: bare(text) if is_date(text) else text for style, text in enumerate(formats) if matters(text)}
