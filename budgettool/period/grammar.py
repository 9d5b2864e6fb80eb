"""The grammar of written periods: rules that put one token in the place of a run of symbols, until periods are left.

`на 1 июля 2019` is `AdMY`; the rule for dates makes `AD` of it, the rule for states of a day a period, `T`. A rule
is a pattern over symbols (`period.words`) and a function that makes a token of the run, or None where the numbers make
no sense (a 13th month), so that a later rule may. Their order is their priority.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

from budgettool.period import Period
from budgettool.period.words import ATTRIBUTIVE, DATIVE, Token

_ONE_DAY = timedelta(days=1)
_Run: TypeAlias = Sequence[Token]
_Make: TypeAlias = Callable[[_Run, int], Token | None]
_Rule: TypeAlias = tuple[str, _Make]
Rules: TypeAlias = tuple[tuple[re.Pattern[str], _Make], ...]


def rewritten(found: Sequence[Token], rules: Rules, year: int) -> list[Token]:
    """Each rule in turn puts one token in place of every run of symbols that it matches and can make sense of; `year` is that of runs without one."""
    rest = list(found)
    for pattern, make in rules:
        symbols = "".join(token.symbol for token in rest)
        for match in reversed(list(pattern.finditer(symbols))):
            run = rest[match.start() : match.end()]
            made = make(run, year)
            if made is not None:
                rest[match.start() : match.end()] = [replace(made, start=run[0].start, end=run[-1].end)]
    return rest


def _numbers(run: _Run, symbols: str) -> list[int]:
    return [token.number for token in run if token.symbol in symbols]


def _year(run: _Run, given: int) -> int:
    return next(iter(_numbers(run, "YJ")), given)


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dated(day: date | None, case: str = "") -> Token | None:
    return Token("D", 0, 0, case=case, day=day) if day else None


def _stated(period: Period, *, cumulative: bool | None = None, as_of: date | None = None) -> Token:
    return Token("T", 0, 0, period=period, cumulative=cumulative, as_of=as_of)


def _day_first(run: _Run, _: int) -> Token | None:
    day, month, year = (token.number for token in run[::2])
    if run[1].symbol == "/" and day != month and day <= 12 and month <= 12:
        return None
    if run[1].symbol == "/" and month > 12:
        day, month = month, day
    if run[4].symbol == "d":
        year = year + 2000 if run[4].width == 2 and year >= 10 else 0
    return _dated(day_of(year, month, day) if year else None)


def _year_first(run: _Run, _: int) -> Token | None:
    return _dated(day_of(run[0].number, run[2].number, run[4].number))


def _in_words(run: _Run, given: int) -> Token | None:
    """`1 июля 2019`, `2019 жылғы 1 шілдеге`, `July 1, 2019`."""
    (day,), month = _numbers(run, "do"), next(token for token in run if token.symbol == "M")
    return _dated(day_of(_year(run, given), month.number, day), month.case)


def _span(first: date | None, last: date | None) -> Token | None:
    if first is None or last is None or last < first:
        return None
    period = Period(first, last)
    since_january = (first.month, first.day) == (1, 1) and period.is_whole_months and period.is_within_year and last.month > 1
    return _stated(period, cumulative=True if since_january else None)


def _between_days(run: _Run, _: int) -> Token | None:
    """Two ends, either of which may leave its month and year to the other."""
    days = [token.day for token in run if token.day]
    known, numbers, months = days[0], _numbers(run, "do"), _numbers(run, "M")
    if len(days) == 2:
        return _span(*days)
    month = months[0] if months else numbers[1] if len(numbers) == 2 else known.month
    told = day_of(known.year, month, numbers[0])
    return _span(told, known) if run[-1].symbol == "D" else _span(known, told)


def _as_of(run: _Run, _: int) -> Token | None:
    """The state of a day: all of its year before it, with the day itself only if a month ends with it."""
    day = next(token.day for token in run if token.day)
    last = day if (day + _ONE_DAY).day == 1 else day - _ONE_DAY
    return _stated(Period(date(last.year, 1, 1), last), cumulative=True, as_of=day)


def _lone_day(run: _Run, _: int) -> Token | None:
    token = run[0]
    if token.day is None or token.case == DATIVE or (token.case == ATTRIBUTIVE and token.day.day == 1):
        return _as_of(run, 0)
    return _stated(Period.of_day(token.day))


def _nothing(run: _Run, _: int) -> Token | None:
    """A date that is none of the report's: `от 5 января 2023 года`, `№ 12/2019`, `с 2019 года`."""
    return Token("w" if run[0].symbol in "VDN" else ",", 0, 0)


def _quarters(run: _Run, given: int) -> Token | None:
    first, last = _numbers(run, "do")[0], _numbers(run, "do")[-1]
    return _months(_year(run, given), 3 * first - 2, 3 * last) if first <= last <= 4 else None


def _half(run: _Run, given: int) -> Token | None:
    (half,) = _numbers(run, "do")
    return _months(_year(run, given), 6 * half - 5, 6 * half) if half <= 2 else None


def _first_months(run: _Run, given: int) -> Token | None:
    """`9 месяцев`, `1-6 месяцев`: always from January."""
    numbers = _numbers(run, "d")
    if numbers[-1] > 12 or (len(numbers) == 2 and numbers[0] != 1):
        return None
    return _months(_year(run, given), 1, numbers[-1], since_january=True)


def _months_ended(run: _Run, _: int) -> Token | None:
    """`six months ended 30 June 2019`."""
    count, last = run[0].number, run[-1].day
    if last is None or (last + _ONE_DAY).day != 1 or not 1 <= count <= last.month:
        return None
    return _months(last.year, last.month - count + 1, last.month, since_january=count == last.month)


def _month_range(run: _Run, given: int) -> Token | None:
    first, last = _numbers(run, "M")
    return _months(_year(run, given), first, last, since_january=first == 1) if first <= last else None


def _months(year: int, first: int, last: int, *, since_january: bool = False) -> Token | None:
    if not 1 <= first <= last <= 12:
        return None
    return _stated(Period.of_months(year, first, last), cumulative=True if since_january and last > 1 else None)


def _month(run: _Run, given: int) -> Token | None:
    (month,) = _numbers(run, "M")
    return Token("m", 0, 0, month, day=date(_year(run, given), month, 1))


def _numeric_month(run: _Run, _: int) -> Token | None:
    """`03.2019`, `2019-11`; `2019.5` is rather a number."""
    month = next(token for token in run if token.symbol == "d")
    if not 1 <= month.number <= 12 or (run[0].symbol == "Y" and run[1].symbol == "." and month.width != 2):
        return None
    return Token("m", 0, 0, month.number, day=date(_year(run, 0), month.number, 1))


def _short_year(run: _Run, _: int) -> Token | None:
    """`мар.19`, `Mar-19`, as Excel shows a month."""
    month, year = run[0].number, run[2]
    return Token("m", 0, 0, month, day=date(2000 + year.number, month, 1)) if year.width == 2 and year.number >= 10 else None


def _year_as_fraction(run: _Run, _: int) -> Token | None:
    """`2005.0`, a year that went through a column of numbers."""
    return replace(run[0]) if run[2].number == 0 else None


def _between_months(run: _Run, _: int) -> Token | None:
    """Two months of years, or one and a month word or number that shares its year."""
    ends = [token for token in run if token.symbol in "mMd"]
    years = [token.day.year for token in ends if token.day]
    if not 1 <= ends[0].number <= 12:
        return None
    first, last = Period.of_month(years[0], ends[0].number), Period.of_month(years[-1], ends[1].number)
    return _span(first.first, last.last)


def _between_months_of_years(run: _Run, _: int) -> Token | None:
    first, last = _month(run[:2], 0), _month(run[3:], 0)
    return _between_months([first, last], 0) if first and last else None


def _month_of_year(run: _Run, _: int) -> Token | None:
    day = run[0].day
    return _stated(Period.of_month(day.year, day.month)) if day else None


def _years(run: _Run, _: int) -> Token | None:
    first, last = _numbers(run, "YJ")[0], _numbers(run, "YJ")[-1]
    return _stated(Period.of_years(first, last)) if first <= last else None


def _between_periods(run: _Run, _: int) -> Token | None:
    one, other = (token for token in run if token.symbol == "T")
    if one.period is None or other.period is None or one.as_of or other.as_of or other.period.first <= one.period.last:
        return None
    return _span(one.period.first, other.period.last)


def _rules(*rules: _Rule) -> Rules:
    return tuple((re.compile(pattern), make) for pattern, make in rules)


def _units(before: str, behind: str) -> tuple[_Rule, ...]:
    """The rules of quarters, halves and months, with what stands before and behind them: where their year is."""
    return (
        (f"{before}(?:[do]-[do]-?Q|Q[-.]?d-Q?d){behind}", _quarters),
        (f"{before}(?:[do]-?Q|Q[-.]?d){behind}", _quarters),
        (f"{before}(?:[do]-?H|H-?d){behind}", _half),
        (f"{before}d(?:-d)?-?K{behind}", _first_months),
        (f"{before}S?M[-:P]S?M{behind}", _month_range),
        (f"{before}MMP{behind}", _month_range),
        (f"{before}M{behind}", _month),
    )


DATES: Rules = _rules(
    (r"(?<![N/])d([./-])d\1Y", _day_first),
    (r"Y([./-])d\1d(?![./])", _year_first),
    (r"(?<![N./])d\.d\.d(?!\.)", _day_first),
    (r"(?<=A),[do],M,*[YJ]", _in_words),
    (r"J,*[do]M", _in_words),
    (r"[do]M,*[YJ]", _in_words),
    (r"M[do],*Y|Y,*[do]M", _in_words),
)
WITH_YEAR = DATES + _rules(
    (r"V,*D|DN|N[dnY](?:[./-][dnY])*", _nothing),
    (r"d-?K[EP]A?D", _months_ended),
    (r"S?(?:D|d\.d|[do]M|[do])[-:P]D|D[-:P][do]M(?!M)|D[do]MP", _between_days),
    (r"A+,*DZ?|DZ", _as_of),
    (r"D", _lone_day),
    (r"Y\.d", _year_as_fraction),
    (r"YM[-:]YM", _between_months_of_years),
    *_units("J,*", ""),
    *_units("", "[-,./]*[YJ]"),
    *_units("Y[-,./]*", ""),
    (r"(?<![N./])d[./-]Y|Y[./-]d|YKd", _numeric_month),
    (r"M[-.]d(?![M./-])", _short_year),
    (r"S?m[-:P]m|S?[Md][-:P]m|m[-:P]M|mMP", _between_months),
    (r"m", _month_of_year),
    (r"S?[YJ][-:P][YJ]", _years),
    (r"S[YJ](?![-:P])", _nothing),
    (r"(?<!N)[YJ]", _years),
)
WITHOUT_YEAR = _rules(
    (r"V,*[do]M", _nothing),
    (r"[do]M", _in_words),
    (r"A+,*DZ?|DZ", _as_of),
    (r"D", _lone_day),
    *_units("", ""),
    (r"m", _month_of_year),
)
LAST = _rules((r"S?T[-:P]T", _between_periods))
