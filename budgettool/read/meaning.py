"""What a stored text of an xlsx cell means: by the cell's type a text, a number or a truth value, by its style a day.

A text that its type can't hold (`1,5` where a number should stand) stays a text, so that whoever reads the figure can
name the cell; nothing is guessed, and nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from budgettool.read.formats import is_date, is_duration, telling
from budgettool.read.grid import is_blank
from budgettool.read.marks import Cell, Marks, styles
from budgettool.read.parts import Book
from budgettool.read.sheet import ErrorValue, Value

Meaning = Callable[[str], Value]

_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DURATION = re.compile(r"PT(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,6})?)S)?")
_DAY = 86_400_000
_LAST_DAY = 2_958_466
_DAYS_KEPT = 4096
_MOST_BY_NUMBER = 50_000


class Meanings:
    """The meanings in one workbook. `strings` are its shared strings, blank ones None; where they are few, they are found `by_number` as written."""

    def __init__(self, strings: Sequence[str | None], book: Book) -> None:
        self.strings = strings
        self.by_number = {b"%d" % number: text for number, text in enumerate(strings)} if len(strings) <= _MOST_BY_NUMBER else {}
        self.styles = styles(telling(book.formats), book.indents)
        self._kinds: dict[str, Meaning] = {"s": self.shared, "b": _truth, "e": _error, "d": _iso, "n": number}
        self._days = {style: _dated(is_duration(text), book.since_1904) for style, text in enumerate(book.formats) if is_date(text)}

    def of(self, kind: str, style: int) -> Meaning:
        """The meaning of what a cell of this type and style stores."""
        return self._days.get(style, number) if kind == "n" else self._kinds.get(kind, text_of)

    def shared(self, stored: str) -> Value:
        """The shared string of this number; raises ValueError where there is none, since the file is then damaged."""
        index = int(stored)
        if not 0 <= index < len(self.strings):
            raise ValueError(stored)
        return self.strings[index]

    def cell(self, marks: Marks, place: Cell, told: tuple[str, int], said: tuple[str | None, str | None]) -> Value:
        """The value of a cell of this type and style with this formula and stored text (None: it has none), its marks noted."""
        (kind, style), (formula, stored) = told, said
        value: Value = None
        if formula is not None:
            value = marks.calculated(place, formula, stored if kind == "str" or (stored or "").strip() else None)
        if kind == "e" or (stored and value is None):
            value = self.of(kind, style)(stored or "")
        if value is not None:
            marks.show(place, value, self.styles.get(style))
        return value


def _dated(duration: bool, since_1904: bool) -> Meaning:  # noqa: FBT001
    """Days repeat down a column."""

    @lru_cache(_DAYS_KEPT)
    def meant(stored: str) -> Value:
        value = number(stored)
        return as_date(value, duration=duration, since_1904=since_1904) if isinstance(value, float) else value

    return meant


def number(stored: str) -> Value:
    """A number, or the text as it stands where it is none."""
    bare = stored.strip()
    return float(bare) if _NUMBER.fullmatch(bare) else text_of(stored)


def text_of(stored: str) -> str | None:
    """A text with the characters that XML can't hold put back; None where nothing of it can be seen."""
    return None if is_blank(stored) else unescaped(stored)


def _truth(stored: str) -> Value:
    known = {"1": True, "true": True, "0": False, "false": False}
    return known.get(stored.strip(), text_of(stored))


def _error(stored: str) -> Value:
    return ErrorValue(stored.strip() or "#?")


def _iso(stored: str) -> Value:
    bare = stored.strip().removesuffix("Z")
    if match := _DURATION.fullmatch(bare):
        hours, minutes, seconds = (float(part or 0) for part in match.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    try:
        if bare[2:3] == ":":
            return time.fromisoformat(bare)
        moment = datetime.fromisoformat(bare)
    except ValueError:
        return text_of(stored)
    if moment.tzinfo is not None:
        return text_of(stored)
    return _day_or_moment(moment)


def as_date(number: float, *, duration: bool, since_1904: bool) -> date | datetime | time | timedelta | float:
    """The day that a day number means, to the millisecond; a number that is no day stays a number."""
    if not -_LAST_DAY < number < _LAST_DAY:
        return number
    since = timedelta(milliseconds=round(number * _DAY))
    if duration:
        return since
    if 0 <= number < 1 and since.days == 0:
        return (datetime(1900, 1, 1) + since).time()
    epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if number >= 60 else 31)
    try:
        return number if number < 0 else _day_or_moment(epoch + since)
    except OverflowError:
        return number


def _day_or_moment(moment: datetime) -> date | datetime:
    return moment.date() if moment.time() == time(0) else moment


def unescaped(text: str) -> str:
    """Text with characters that XML can't hold put back: `_x000D_` is a carriage return."""
    return _ESCAPED.sub(_put_back, text) if "_x" in text else text


def _put_back(match: re.Match[str]) -> str:
    """Half of a character of two is none, and stays as written."""
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)
