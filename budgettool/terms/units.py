"""Units as people write them: `тыс. тенге`, `мың теңге`, `KZT thousand`, `чел.`, `койко-дней`, `%`.

A header, a title or the tail of a number becomes a `Unit`: what is counted (KZT, USD, person, day ...)
and how many of it one written unit stands for. In what is this column stated is the question;
a wrong answer makes every figure a thousand times too large.

>>> read_unit("Оплачено с начала года, тыс. тенге")
Unit(code='KZT', factor=Decimal('1000'), text='тыс. тенге')
>>> whole_unit("млн").factor
Decimal('1000000')
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from budgettool.letters import plain, tidy, unmixed, without_kazakh
from budgettool.terms import Unit
from budgettool.terms.money import is_currency

PERCENT = "percent"

_SCALES = {
    3: r"тысяч[аиуе]?|тысячах|тыс|мын|мынд?ап|thousands?|thsd?|tys|'000",
    6: r"миллион(?:ов|а|ы|ах|дап)?|млн|millions?|mln|mio|mn",
    9: r"миллиард(?:ов|а|ы|ах|тап)?|млрд|billions?|bln|bn|mlrd",
    12: r"триллион(?:ов|а|ы|ах)?|трлн|trillions?|trln|tn",
}
"""Powers of ten and their words, Kazakh letters folded (мың is мын)."""

_MONEY = {
    "KZT": r"тенге[а-я]{0,4}|тн?г|kzt|tenges?|tg|₸",
    "USD": r"(?:акш |us )?(?:доллар[а-я]*|долл|dollars?)(?:\.? ?сша)?|u\.?s\.?d\.?|us ?\$|\$",
    "EUR": r"евро|еуро|eur|euros?|€",
    "RUB": r"руб(?:л(?:ей|я|ь|и|ях))?|rub|rou?bles?|₽",
    "GBP": r"£|pounds? sterling",
    "CHF": r"swiss francs?",
    "MDL": r"lei",
}
_CODES = (
    r"aed|afn|amd|aoa|ars|aud|awg|azn|bam|bbd|bdt|bgn|bhd|bif|bmd|bnd|bob|brl|bsd|btn|bwp|byn|bzd|cad|cdf|chf|clp|cny|crc|cve|czk|djf"
    r"|dkk|dop|dzd|egp|ern|etb|fjd|fkp|gbp|gel|ghs|gip|gmd|gnf|gtq|gyd|hkd|hnl|htg|huf|idr|ils|inr|iqd|irr|isk|jmd|jod|jpy|kes|kgs|khr"
    r"|kmf|kpw|krw|kwd|kyd|lbp|lkr|lrd|lsl|lyd|mdl|mga|mkd|mmk|mnt|mru|mur|mvr|mwk|mxn|myr|mzn|nad|ngn|nio|nok|npr|nzd|omr|pab|pgk|php"
    r"|pkr|pln|pyg|qar|ron|rsd|rwf|sar|sbd|scr|sdg|sek|sgd|shp|sle|srd|ssp|stn|syp|szl|thb|tjs|tmt|tnd|ttd|twd|tzs|uah|ugx|uyu|uzs|ves"
    r"|vnd|vuv|wst|xaf|xcd|xcg|xof|xpf|yer|zar|zmw|zwg"
)
"""The other currencies by their codes, in capitals only; those that are English words (ALL, TRY, TOP) are left out."""

_COUNTED = {
    "day": r"(?:койко|чел(?:овеко)?|тосек|адам)\.? ?-? ?(?:дн(?:ей|и|я|ях)?|день|кун[а-я]{0,4})|(?:bed|person)[- ]?days?",
    "person": r"чел(?:овек)?|адам|persons?|people",
    "episode": r"случа(?:ев|и|й|я)|эпизод(?:ов|ы|а)?|episodes?|admissions?",
    "service": r"услуг|ед(?:иниц[аы]?)?|бирлик|services?",
}
_PERCENTS = r"%|процент[а-я]{0,3}|пайыз[а-я]{0,4}|per ?cent|pct"

_NOUNS = _COUNTED | _MONEY | {"CODE": _CODES, PERCENT: _PERCENTS}
_FAR = 60
"""What a unit is of stands within so many characters before it."""
_START, _END = r"(?<![^\W\d_])", r"(?![^\W\d_])"


def _scale(name: str, more: str = "") -> str:
    words = "|".join(f"(?P<{name}{power}>{words}{more if power == 3 else ''})" for power, words in _SCALES.items())
    return rf"(?:(?:{_START}|(?='))(?:{words}){_END}\.?)"


_NOUN = rf"(?:{_START}(?:" + "|".join(f"(?P<{code}>{words})" for code, words in _NOUNS.items()) + rf"){_END}\.?)"
_ANY_NOUN = re.sub(r"\?P<\w+>", "?:", _NOUN)
_BEFORE, _AFTER = _scale("before", r"|т(?=\.? ?т)"), _scale("after", r"|k")
_UNIT = re.compile(rf"(?:{_BEFORE} ?(?:of )?)?{_NOUN}(?:[ ,(]{{0,2}}(?:in )?{_AFTER}(?!\.? ?{_ANY_NOUN}))?")
_BARE = re.compile(_scale("before"))

_INTRODUCED = re.compile(r"(?:^|[,(:;/\d-]|\bв|\bof|количество|кол-во|число|численность) ?$")
_CLOSED = re.compile(r" ?(?:$|[,);:/(]|саны)")
_DIVISOR = re.compile(r"(?:\b(?:на|за) (?:1|одного|одну|один|одно)|\bper|\b1|\bбир) ?$")


@lru_cache(maxsize=4096)
def read_unit(text: str) -> Unit | None:
    """The unit that a header or a title states: money before anything else, else the first; None where it states none."""
    units = read_units(text)
    return next((unit for unit in units if is_currency(unit.code)), units[0] if units else None)


def read_units(text: str) -> tuple[Unit, ...]:
    """All different units that a text states, in its order. `на 1 чел.`, `per person` divide and are none."""
    written, folded = tidy(text), _folded(text)
    units: dict[tuple[str, Decimal], Unit] = {}
    for match in _UNIT.finditer(folded):
        if _states_unit(match, folded) and (unit := _as_unit(match, written)) is not None:
            units.setdefault((unit.code, unit.factor), unit)
    return tuple(units.values())


@lru_cache(maxsize=4096)
def whole_unit(text: str) -> Unit | None:
    """The unit that the whole of a text is, as behind a number: `млн тг`, `чел.`; with an empty code for a bare `тыс.`; else None."""
    written, folded = tidy(text), _folded(text)
    match = _UNIT.fullmatch(folded) or _BARE.fullmatch(folded)
    return _as_unit(match, written) if match else None


def _folded(text: str) -> str:
    return without_kazakh(unmixed(plain(text)))


def _states_unit(match: re.Match[str], folded: str) -> bool:
    before = folded[max(0, match.start() - _FAR) : match.start()]
    if _DIVISOR.search(before):
        return False
    if not any(match[code] for code in _COUNTED):
        return True
    return _INTRODUCED.search(before) is not None and _CLOSED.match(folded, match.end()) is not None


def _as_unit(match: re.Match[str], written: str) -> Unit | None:
    """None for letters that would be a currency's code in capitals only."""
    named = match.groupdict()
    code = next((code for code in _NOUNS if named.get(code)), "")
    power = sum(power for power in _SCALES if named[f"before{power}"] or named.get(f"after{power}"))
    text = written[match.start() : match.end()]
    if code == "CODE":
        code = written[match.start("CODE") : match.end("CODE")]
        if not is_currency(code):
            return None
    return Unit(code, Decimal(10) ** power, f"{text})" if "(" in text else text)
