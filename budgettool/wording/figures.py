"""Numbers, days and spans become text as a language writes them.

Thousands are parted by a no-break space and decimals by a comma in Kazakh and Russian (`1 234,60`), by
comma and point in English (`1,234.60`). Done here and not by Babel, whose import costs more than
a whole command that prints a few sentences. Month names and the order of words come from the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from budgettool.period import Period
from budgettool.terms.money import rounded
from budgettool.wording.words import AS_OF, DAYS, MONTHS, MONTHS_AS_OF, MONTHS_OF_DAY, MONTHS_WITHIN, SPANS, SPANS_WITHIN, Message

NO_FIGURE = "–"

Say: TypeAlias = Callable[..., str]
"""Translates a message and fills it with facts that are printed already."""

_MARKS = {"en": (",", ".")}
_OTHER_MARKS = ("\u00a0", ",")


def number(value: Decimal | int, lang: str, decimals: int | None = None) -> str:
    """A number with its thousands apart; as many decimals as it has, or as asked, halves away from zero."""
    exact = Decimal(value) if decimals is None else rounded(Decimal(value), Decimal(1).scaleb(-decimals))
    thousands, point = _MARKS.get(lang, _OTHER_MARKS)
    whole, _, fraction = f"{exact:,f}".partition(".")
    return whole.replace(",", thousands) + (point + fraction if fraction else "")


def day(value: date, say: Say) -> str:
    """A day in words: 5 March 2019, 5 марта 2019 года, 2019 жылғы 5 наурыз."""
    return say(DAYS, day=str(value.day), month=say(MONTHS_OF_DAY[value.month - 1]), year=str(value.year))


def short_day(value: date, lang: str, say: Say) -> str:
    """A day within a sentence: 05.03.2019, and in English, where that may mean May, 5 March 2019."""
    return day(value, say) if lang == "en" else f"{value:%d.%m.%Y}"


def as_of(value: date, say: Say) -> str:
    """The state on a day: по состоянию на 1 июля 2019 года, 2019 жылғы 1 шілдедегі жағдай бойынша."""
    return say(AS_OF, day=str(value.day), month=say(MONTHS_AS_OF[value.month - 1]), year=str(value.year))


def period(value: Period, say: Say) -> str:
    """A span in words: январь–июнь 2019 года, 2019 жылғы қаңтар–маусым, January–June 2019."""
    return _span(value, say, SPANS, MONTHS)


def period_within(value: Period, say: Say) -> str:
    """A span as it stands before or after what happened in it: 2019 жылғы қаңтар–маусымдағы; in Russian after `за`."""
    return _span(value, say, SPANS_WITHIN, MONTHS_WITHIN)


def _span(value: Period, say: Say, spans: dict[str, Message], months: tuple[Message, ...]) -> str:
    first, last = value.first, value.last
    if value.is_day:
        return day(first, say)
    if not value.is_whole_months:
        return f"{day(first, say)} – {day(last, say)}"
    if value.is_whole_years:
        return (
            say(spans["year"], year=str(first.year)) if value.is_year else say(spans["years"], first=str(first.year), last=str(last.year))
        )
    if value.is_quarter:
        return say(spans["quarter"], quarter=("I", "II", "III", "IV")[last.month // 3 - 1], year=str(first.year))
    begin, end = say(MONTHS[first.month - 1]), say(months[last.month - 1])
    if value.is_month:
        return say(spans["month"], month=end, year=str(last.year))
    if value.is_within_year:
        return say(spans["months"], first=begin, last=end, year=str(first.year))
    # over the turn of a year both ends carry their own
    begin = say(SPANS["month"], month=begin, year=str(first.year))
    return f"{begin} – {say(spans['month'], month=end, year=str(last.year))}"
