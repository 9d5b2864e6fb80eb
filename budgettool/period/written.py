"""Periods as people write them: `за январь–июнь 2019 года`, `2019 жылғы 1 шілдедегі жағдай бойынша`, `Q1 2019`.

A phrase becomes a `Period`, and says whether it counts from January. The trap of the field stands in its
commonest phrase: a report `на 1 июля` is about January to June, one `на 1 января 2020` about all of 2019.

The words of a text become symbols (`period.words`), which the rules of `period.grammar` rewrite until periods are left:
dates first, then spans of dates, quarters, halves, months, years. What is left over without a year takes the year that
is given, or the only one that the text names.

>>> written = read_period("на 1 июля 2019 года"); str(written.period), written.cumulative, str(written.as_of)
('2019-01..2019-06', True, '2019-07-01')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from budgettool.letters import plain, tidy, unmixed
from budgettool.period import Period
from budgettool.period.grammar import DATES, LAST, WITH_YEAR, WITHOUT_YEAR, day_of, rewritten
from budgettool.period.words import Token, tokens


@dataclass(frozen=True, slots=True)
class Written:
    """A period that a text states from `start` to `end`. `cumulative`: it counts from 1 January; None: that is not said.

    `as_of` is the day of a statement `на 1 июля 2019 года`.
    """

    period: Period
    cumulative: bool | None
    as_of: date | None
    start: int
    end: int


@lru_cache(maxsize=4096)
def read_period(text: str, *, year: int | None = None) -> Written | None:
    """The one period that a phrase states and nothing else beside it; None for `прошлый месяц`, and for a month without a year.

    `year` is that of a phrase without one. A date written with slashes that may be two days is none: see `read_date`.
    """
    if _PRINTED.fullmatch(text):
        return _as_printed(text)
    if len(text) > _LONGEST or (year is None and _WITHOUT_DIGIT.fullmatch(text)):
        return None
    found = tokens(text)
    if any(token.symbol in _OTHER_WORDS for token in found):
        return None
    rest = _understood(found, year)
    if any(token.symbol not in _NOTHING for token in rest):
        return None
    stated = _merged([_written(token) for token in rest if token.symbol == "T"], text)
    narrow = [one for one in stated if not any(other.period in one.period for other in stated if other is not one)]
    return narrow[0] if len(narrow) == 1 else None


def _as_printed(text: str) -> Written | None:
    """A period as `Period` prints it, which says nothing of cumulation."""
    try:
        return Written(Period.parse(text), None, None, 0, len(text))
    except ValueError:
        return None


def find_periods(text: str, *, year: int | None = None) -> list[Written]:
    """All different periods that a title, a sheet's or a file's name states, in its order; dates of orders (`от 5 января`) are none."""
    return list(_found(text, year))


@lru_cache(maxsize=1024)
def _found(text: str, year: int | None) -> tuple[Written, ...]:
    if len(text) > _LONGEST or (year is None and _WITHOUT_DIGIT.fullmatch(text)):
        return ()
    found = tokens(text)
    if year is None and not any(token.symbol in _OF_YEARS for token in found):
        return ()
    return tuple(_merged([_written(token) for token in _understood(found, year) if token.symbol == "T"], text))


def says_cumulative(text: str) -> bool | None:
    """True for `с начала года` and its like, False for `за отчетный месяц`, None where a text says neither."""
    told = unmixed(plain(text))
    if _SINCE_JANUARY.search(told):
        return True
    return False if _IN_THE_MONTH.search(told) else None


def read_date(text: str) -> tuple[date, ...]:
    """The days that a written date may mean: two for `03/05/2019`, day first; none where the text is no date.

    Dots and dashes part day, month, year in this order; ISO and words say what they are.
    """
    if len(text) > _LONGEST:
        return ()
    told = _TIME.sub("", tidy(text))
    if match := _SLASHED.fullmatch(told):
        one, other, written_year = map(int, match.groups())
        full = written_year + 2000 if written_year < 100 else written_year
        days = (day_of(full, other, one), day_of(full, one, other))
        return tuple(dict.fromkeys(day for day in days if day))
    rest = [token for token in rewritten(tokens(told), DATES, 0) if token.symbol != ","]
    return (rest[0].day,) if len(rest) == 1 and rest[0].symbol == "D" and rest[0].day else ()


_LONGEST = 1000
"""Longer texts are neither titles nor periods."""
_PRINTED = re.compile(r"(?:19|20)\d\d(?:-(?:Q[1-4]|\d\d(?:-\d\d)?))?(?:\.\.(?:19|20)\d\d(?:-(?:Q[1-4]|\d\d(?:-\d\d)?))?)?")
_WITHOUT_DIGIT = re.compile(r"\D*")
_NOTHING = frozenset("T,.-:ASPKZEG")
_OTHER_WORDS = frozenset("wx")
"""What no rule takes: a phrase that holds such a word is not a period alone, and need not be rewritten to know it."""
_OF_YEARS = frozenset("YJDmd")
"""What can give a period its year."""
_SINCE_JANUARY = re.compile(
    r"с начала(?: \d{4})? года|нарастающ|накопительн|жыл басынан|жылдың басынан|өспелі|year[- ]to[- ]date|\bytd\b|cumulative|since january|from the (?:start|beginning) of the year"
)
_IN_THE_MONTH = re.compile(
    r"(?:за|в) (?:отчетн\w+ |текущ\w+ )?месяц\b|в текущем месяце|(?:есепті|ағымдағы) айда|(?:in|for|during) the (?:reporting |current )?month"
)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")


def _written(token: Token) -> Written:
    if token.period is None:
        raise TypeError("only a period is written")
    return Written(token.period, token.cumulative, token.as_of, token.start, token.end)


def _merged(found: list[Written], text: str) -> list[Written]:
    """Statements of one text made one: `за июль ... на 1 августа` is July, as of 1 August; cumulative words widen to January."""
    if says_cumulative(text):
        found = [_since_january(one, alone=len(found) == 1) for one in found]
    stated = [one for one in found if one.as_of is None]
    kept: list[Written] = []
    for one in found:
        if one.as_of and any(other.period.last == one.period.last for other in stated):
            continue
        days = [other.as_of for other in found if other.as_of and other.period.last == one.period.last]
        one = replace(one, as_of=one.as_of or (days[0] if days else None))
        if one.period not in [other.period for other in kept]:
            kept.append(_agreed(one, found))
    return kept


def _agreed(one: Written, found: Iterable[Written]) -> Written:
    """Cumulative as soon as one statement of the same period is."""
    said = [other.cumulative for other in found if other.period == one.period and other.cumulative is not None]
    return replace(one, cumulative=any(said) if said else one.cumulative)


def _since_january(one: Written, *, alone: bool) -> Written:
    if not one.period.is_within_year or one.period.is_day or (one.period.is_year and not alone):
        return one
    return replace(one, period=Period(date(one.period.last.year, 1, 1), one.period.last), cumulative=True)


def _understood(found: list[Token], year: int | None) -> list[Token]:
    """The tokens after all rules; those without a year take `year`, or the only one that the text names."""
    named = {token.number for token in found if token.symbol in "YJ"} | {token.day.year for token in found if token.day}
    default = year if year is not None else named.pop() if len(named) == 1 else None
    rest = rewritten(found, WITH_YEAR, 0)
    if default is not None:
        rest = rewritten(rest, WITHOUT_YEAR, default)
    return rewritten(rest, LAST, 0)
