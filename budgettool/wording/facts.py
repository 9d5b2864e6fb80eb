"""A fact of a finding becomes the words that a sentence prints.

Facts travel as they were found: exact decimals, days, periods, codes of regions and measures, texts as
written. Here a decimal gets its thousands apart, a code its name, a text its quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from budgettool.findings import catalogue
from budgettool.period import Period
from budgettool.wording import figures
from budgettool.wording.sheets import MEASURES
from budgettool.wording.words import JOINS, NOUNS, REASONS, UNITS

if TYPE_CHECKING:
    from budgettool.wording import Wording

AS_WRITTEN = frozenset({"text", "printed", "formula", "header", "headers", "name", "names", "bin", "provider", "programme"}) | frozenset(
    {"file", "other_file", "path", "folder", "cells", "rows"}
)
"""Facts that hold what stood in a file: never translated, never regrouped."""

_NUMERIC = frozenset({"expected", "actual", "difference", "tolerance", "numbers", "stored", "shown", "rate", "factor"})
_REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,6})?(-\d{4})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SPAN = re.compile(r"\d{4}-(?:\d\d|Q[1-4])(?:\.\.\d{4}-(?:\d\d|Q[1-4]))?|\d{4}\.\.\d{4}|\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d")
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")


def printed(name: str, value: object, way: str, words: Wording) -> str:
    """One fact, or a list of them, in words."""
    if way in NOUNS and (count := _count(value)) is not None:
        return words.counted(way, count)
    if isinstance(value, tuple):
        return _listed([printed(name, item, "q" if way == "q" else "", words) for item in value], way, words)
    text = _single(name, value, way, words)
    return words.say(JOINS["quotes"], text=text) if way == "q" else text


def _count(value: object) -> int | None:
    """How many a fact says: the length of a list, a whole number; None for what is no number, which then stands as it is."""
    if isinstance(value, tuple):
        return len(value)
    return int(str(value)) if re.fullmatch(r"-?\d+", str(value)) else None


def _listed(items: Sequence[str], way: str, words: Wording) -> str:
    if way == "or" and len(items) > 1:
        return words.say(JOINS["or"], first=", ".join(items[:-1]), last=items[-1])
    return ", ".join(items)


def _single(name: str, value: object, way: str, words: Wording) -> str:
    if isinstance(value, Period):
        return words.period(value)
    if isinstance(value, date):
        return words.short_date(value)
    if isinstance(value, Decimal):
        return figures.number(_plain(value), words.lang)
    if isinstance(value, int):
        # a year or a line stays as it is; figures of people and money are parted from five digits on
        return figures.number(value, words.lang) if abs(value) > 9999 else str(value)
    text = str(value)
    return text if name in AS_WRITTEN or way == "q" else _named(name, text, words)


def _named(name: str, text: str, words: Wording) -> str:
    """What a code stands for; any other text as it is."""
    if _REGION.fullmatch(text) and (said := words.region(text)) != text:
        return said
    if text in MEASURES:
        return words.measure(text)
    if text in UNITS and name in ("unit", "units"):
        return words.unit(text)
    if text in REASONS:
        return words.say(REASONS[text])
    if name == "reason" and text in catalogue():
        title = words.finding_title(text)
        return title[:1].lower() + title[1:]
    if _DAY.fullmatch(text):
        return words.short_date(date.fromisoformat(text))
    if _SPAN.fullmatch(text):
        return words.period(Period.parse(text))
    return figures.number(Decimal(text), words.lang) if name in _NUMERIC and _DECIMAL.fullmatch(text) else text


def _plain(value: Decimal) -> Decimal:
    """A decimal without `.00`, so that sentences of whole tenge stay short."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
