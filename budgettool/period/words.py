"""The words that periods are written with, in Russian, Kazakh and English: each becomes a symbol and a number.

`2-й квартал 2019 года` becomes the symbols `oQY`, numbers 2 and 2019, on which the grammar of `period.written`
works. Kazakh letters are folded first (шілдедегі is шилдедеги), so К for Қ and all case endings are read alike.

    Y J  year; a year that belongs to what follows it (2019 жылғы)    A  as of (на, к)      S  from
    M m  month; month of a year        Q H K  quarter, half, months   Z  state (жағдай)     P  to
    d o  number of one or two digits; ordinal or Roman one            V  dated (от)         N  №
    D    day      n  other number      G  year word     F  filler     w  any other word     E  ended
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from budgettool.letters import APOSTROPHES, DASHES, SPACES, unmixed, without_kazakh
from budgettool.period import Period

DATIVE, ATTRIBUTIVE = "dative", "attributive"
"""Kazakh endings that matter: 1 шілдеге, `as of 1 July`; 1 шілдедегі жағдай, `the state of 1 July`."""

_LONGEST_NUMBER = 20
"""More digits are no part of any date; what they amount to is not asked."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with its meaning: `width` is its number of digits, `case` an ending that matters.

    Runs of words become one token as they are understood: a date `day`, and in the end symbol T, a `period`.
    """

    symbol: str
    start: int
    end: int
    number: int = 0
    width: int = 0
    case: str = ""
    day: date | None = None
    period: Period | None = None
    cumulative: bool | None = None
    as_of: date | None = None


_RUSSIAN = "[а-я]{0,3}"
_MONTH_WORDS = (
    rf"янв(?:ар{_RUSSIAN})?|jan(?:uary)?|yanvar[a-z]?",
    rf"февр?(?:ал{_RUSSIAN})?|feb(?:r|ruary)?|fevral[a-z]?",
    r"март?(?:а|е|у|ом)?|mar(?:ch|t)?|marta",
    rf"апр(?:ел{_RUSSIAN})?|apr(?:il)?|aprel[a-z]?",
    r"ма[йяею]|маем|may|mai|maya",
    r"июн(?:ь|я|е|ю|ем)?|june?|i?yun[a-z]?|iun[a-z]?",
    r"июл(?:ь|я|е|ю|ем)?|july?|i?yul[a-z]?|iul[a-z]?",
    rf"авг(?:уст{_RUSSIAN})?|aug(?:ust)?|avgust[a-z]?",
    rf"сент?(?:ябр{_RUSSIAN})?|sept?(?:ember)?|sentyabr[a-z]?",
    rf"окт(?:ябр{_RUSSIAN})?|oct(?:ober)?|oktyabr[a-z]?",
    rf"ноя(?:б(?:р{_RUSSIAN})?)?|nov(?:ember)?|noyabr[a-z]?",
    rf"дек(?:абр{_RUSSIAN})?|dec(?:ember)?|dekabr[a-z]?",
)
_KAZAKH_MONTHS = (
    "кантар|[qk]antar",
    "акпан|a[qk]pan",
    "наурыз|naur[iy]z|nayryz",
    "сауир|sa[uy][iy]r",
    "мамыр|mamyr",
    "маусым|ma[uy]sym",
    "шилде|sh?ilde",
    "тамыз|tamyz",
    "кыркуйек|[qk]yr[qk][uiy]+ek",
    "казан|[qk]azan",
    "караша|[qk]arash?a",
    "желтоксан|zh?elto[qk]san|jelto[qk]san",
)
_SHORT_KAZAKH = dict(zip(["кан", "акп", "нау", "сау", "мам", "мау", "шил", "там", "кыр", "каз", "кар", "жел"], range(1, 13), strict=True))
"""Abbreviations that are words of their own (там is Russian for `there`): months only with a dot or a number behind."""

_DATIVE_ENDING = "[гк][ае]|с?[ыи]н[ае]|g[ae]|[qk][ae]"
_ATTRIBUTIVE_ENDING = "(?:с?[ыи]н)?[дт][ае]г[ыи]|d[ae]g[yi]|t[ae]g[yi]"
_OTHER_ENDING = "[дт][ае]н?|н[ае]н|[дтн][ыи]н?|с?[ыи]нд?[ае]н?|с?[ыи]|мен|n[yi]n|[dt][ae]n?"
_KAZAKH_MONTH = re.compile(
    "(?:" + "|".join(f"(?P<m{number}>{words})" for number, words in enumerate(_KAZAKH_MONTHS, 1)) + ")"
    f"(?:(?P<dative>{_DATIVE_ENDING})|(?P<attributive>{_ATTRIBUTIVE_ENDING})|{_OTHER_ENDING})?"
)
_MONTH = re.compile("|".join(f"(?P<m{number}>{words})" for number, words in enumerate(_MONTH_WORDS, 1)))
_SLIPS = (
    "январь января кантар", "февраль февраля", "наурыз", "апрель апреля", "", "", "", "август августа", "сентябрь сентября кыркуйек",
    "октябрь октября", "ноябрь ноября", "декабрь декабря желтоксан",
)  # fmt: skip
"""Forms that are also read with one slip of the hand; months of four letters are too near to each other."""

_ORDINALS = re.compile(
    r"(?P<o1>[iі1lıⅰ]|перв(?:ый|ого|ом|ое|ая|ой)|биринши|first|1st)"
    r"|(?P<o2>[iіlı]{2}|ⅱ|п|втор(?:ой|ого|ом|ое|ая)|екинши|second)"
    r"|(?P<o3>[iіlı]{3}|ⅲ|ш|п[iіlı]|[iіlı]п|трет(?:ий|ьего|ьем|ье)|ушинши|third)"
    r"|(?P<o4>[iіlıⅰ][vуyⅴ]|ⅳ|четверт(?:ый|ого|ом|ое)|тортинши|fourth)"
)
_CARDINALS = (
    "один|одного|бир|one", "два|двух|еки|two", "три|трех|уш|three", "четыре|четырех|торт|four", "пять|пяти|бес|five", "шесть|шести|алты|six",
    "семь|семи|жети|seven", "восемь|восьми|сегиз|eight", "девять|девяти|тогыз|nine", "десять|десяти|он|ten", "одиннадцать|одиннадцати|eleven",
    "двенадцать|двенадцати|twelve",
)  # fmt: skip
_CARDINAL = re.compile("|".join(f"(?P<c{number}>{words})" for number, words in enumerate(_CARDINALS, 1)))
_SUFFIX = re.compile(r"[ыо]?й|ий|о?го|[оы]?е|ая|я|о?м|о?му|ш[иы]|инши|st|nd|rd|th")
_WORDS = {
    "Q": r"кв|кварт|квартал(?:а|е|у|ы|ов|ом|ьный)?|ток|токсан[а-я]{0,5}|quarters?|qtr|q|to[qk]san[a-z]{0,4}",
    "H": r"пг|полугод(?:и[еяюй]|ием)?|жарты(?:жыл[а-я]{0,8})?|half|semester|hy?|zhartyzhyl[a-z]*|jartyjyl[a-z]*",
    "K": r"мес|месяц(?:а|ев|е|ы|у|ам)?|ай(?:ы|да|дын|дагы|лык|лыгы|га|ында|ынын|ындагы|ына|лар(?:ы|да|ында|ындагы)?)?|months?|mo|[mм]",
    "J": r"жылгы|жылдын|zhylgy|jylgy|zhyldyn|jyldyn",
    "G": r"г|год(?:а|у|ом|е|ы|ов|ах)?|гг|лет|ж|жж|жыл(?:ы|га|да|дагы|дар|дары|дарга|дардагы|дарды|дардын|лар|дык|дыгы|ындагы)?|years?|yr|zhyl[a-z]*|jyl[a-z]*",
    "A": r"на|к|ко|состояни[юе]|as|at",
    "Z": r"жагдай(?:ы|га|ына|ында)?",
    "S": r"с|со|from",
    "P": r"по|до|to|until|till|through|thru|дейин",
    "V": r"от|dated",
    "N": r"n|no|nr",
    "E": r"ended|ending",
    "F": r"за|во?|период[а-я]?|отчетн[а-я]{2,3}|кезен[а-я]{0,4}|есепти|бойынша|ушин|аралыг[а-я]+|арасында|корытынды[а-я]*|the|of|for|in|on|fy|fiscal|calendar"
    r"|period|итог(?:и|ам|ом)|нарастающ[а-я]+|накопительн[а-я]+|начала|конец|течение|бастап|басынан|оспели|жиынтык[а-я]*|ytd|cumulative|financial"
    r"|календарн[а-я]{2,3}|финансов[а-я]{2,3}|бюджетн[а-я]{2,3}",
}
_YEAR_LETTERS = ("г", "ж")
_WORD = re.compile("|".join(f"(?P<{symbol}>{words})" for symbol, words in _WORDS.items()))
_TOKEN = re.compile(r"'\d\d(?!\d)|\d+|[^\W\d_]+|\.{2,}|…|\n|[^\s\w]|_")
_FOUR = re.compile(r"(?<!\w)1v(?!\w)")
_CLOCK = re.compile(r"[ t]00:00(?::00(?:\.0+)?)?$")
_SAME = str.maketrans(
    dict.fromkeys(DASHES, "-") | dict.fromkeys(APOSTROPHES, "'") | {char: " " for char in SPACES if char not in "\n\r\v\f\u2028"}
    | dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " ")
    | {"_": " ", "ё": "е", "\r": "\n", "\v": "\n", "\f": "\n"}
)  # fmt: skip
_PUNCTUATION = {"…": ":", ";": ",", "(": ",", ")": ",", "[": ",", "]": ",", '"': ",", "«": ",", "»": ",", "\n": ",", "№": "N", "|": ","}


def tokens(text: str) -> list[Token]:
    """The tokens of a text; positions are those of its composed form (NFC)."""
    composed = unicodedata.normalize("NFC", text)
    told = "".join(char.lower() if len(char.lower()) == 1 else char for char in composed).translate(_SAME)
    told = unmixed(_FOUR.sub("iv", _CLOCK.sub("", told)))
    return list(_cleaned([_token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(told)], told))


def _token(word: str, start: int, end: int) -> Token:
    if word[0].isdecimal() or (word[0] == "'" and len(word) == 3):
        return _number(word, start, end)
    if not word[0].isalpha() and not word[0].isnumeric():
        symbol = ":" if word.startswith("..") else _PUNCTUATION.get(word, word)
        return Token(symbol if symbol in ",.-/:N" else ",", start, end)
    symbol, number, case = _meaning(word)
    return Token(symbol, start, end, number, case=case)


def _number(word: str, start: int, end: int) -> Token:
    if word[0] == "'":
        return Token("Y", start, end, 2000 + int(word[1:]), 4)
    width = len(word)
    number = int(word[:_LONGEST_NUMBER])
    if width <= 2:
        return Token("d", start, end, number, width)
    if width == 4 and 1990 <= number <= 2099:
        return Token("Y", start, end, number, width)
    if width in (6, 8) and 1990 <= int(word[:4]) <= 2099:
        return _packed(word, start, end)
    return Token("n", start, end, number, width)


def _packed(word: str, start: int, end: int) -> Token:
    """`201907`, `20190701`."""
    try:
        day = date(int(word[:4]), int(word[4:6]), int(word[6:] or 1))
    except ValueError:
        return Token("n", start, end, int(word), len(word))
    return Token("D" if len(word) == 8 else "m", start, end, day.month, len(word), day=day)


@lru_cache(maxsize=4096)
def _meaning(word: str) -> tuple[str, int, str]:
    """Symbol, number and case of a word in lower case."""
    if match := _ORDINALS.fullmatch(word):
        return "o", int(str(match.lastgroup)[1:]), ""
    folded = without_kazakh(word)
    if match := _WORD.fullmatch(folded):
        return str(match.lastgroup), 0, ""
    if match := _MONTH.fullmatch(folded):
        return "M", int(str(match.lastgroup)[1:]), ""
    if match := _KAZAKH_MONTH.fullmatch(folded):
        return "M", _group_number(match, "m"), DATIVE if match["dative"] else ATTRIBUTIVE if match["attributive"] else ""
    if match := _ORDINALS.fullmatch(folded) or _CARDINAL.fullmatch(folded):
        return "o" if match.re is _ORDINALS else "d", int(str(match.lastgroup)[1:]), ""
    if folded in _SHORT_KAZAKH:
        return "k", _SHORT_KAZAKH[folded], ""
    slip = next((number for number, forms in enumerate(_SLIPS, 1) if any(_is_slip(folded, form) for form in forms.split())), 0)
    return ("M", slip, "") if slip else ("x" if _SUFFIX.fullmatch(folded) else "w", 0, "")


def _group_number(match: re.Match[str], letter: str) -> int:
    return next(int(name[1:]) for name, found in match.groupdict().items() if found and name[0] == letter and name[1:].isdigit())


def _is_slip(word: str, form: str) -> bool:
    """Whether a word of six letters or more is a form with one letter wrong, missing, doubled or two swapped."""
    if len(word) < 6 or word[0] != form[0] or abs(len(word) - len(form)) > 1:
        return False
    head = next((at for at, (one, other) in enumerate(zip(word, form, strict=False)) if one != other), min(len(word), len(form)))
    one, other = word[head:], form[head:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped


def _cleaned(found: list[Token], text: str) -> Iterator[Token]:
    """Tokens with ordinal endings, year words and dots of abbreviations joined to what they belong to; no fillers."""
    kept: list[Token] = []
    for at, token in enumerate(found):
        before = kept[-1] if kept else None
        following = found[at + 1].symbol if at + 1 < len(found) else ""
        joined = _joined(before, token, following, text) if before else None
        if joined is not None:
            kept[-1] = joined
        elif before and before.symbol == "-" and len(kept) > 1 and (hyphenated := _hyphenated(kept[-2], token, text)):
            kept[-2:] = [hyphenated]
        else:
            kept.append(token)
    return (token for token in kept if token.symbol not in "FG" and (token.symbol != "J" or token.number))


def _hyphenated(before: Token, token: Token, text: str) -> Token | None:
    """`2-й`, `2019-жылғы`."""
    if _is_ending(text, before, token):
        return _ordinal(before, token)
    return _widened(before, token, "J" if token.symbol == "J" else "Y") if before.symbol == "Y" and token.symbol in "GJ" else None


def _joined(before: Token, token: Token, following: str, text: str) -> Token | None:
    """A token with the one behind it, where they are one: 2й, 2019 г., мар., март месяц."""
    touching = before.end == token.start
    if _is_ending(text, before, token) and touching:
        return _ordinal(before, token)
    if before.symbol in "YJ" and token.symbol in "GJ" and text[before.end : token.start].strip() == "":
        return _widened(before, token, "J" if token.symbol == "J" else before.symbol)
    if before.symbol == "d" and before.width == 2 and before.number >= 10 and text[token.start : token.end] in _YEAR_LETTERS:
        return Token("Y", before.start, token.end, 2000 + before.number, 4)
    if before.symbol == "k" and token.symbol in ".-" and touching:
        return Token("M", before.start, token.end, before.number)
    if before.symbol == token.symbol == "d" and before.width == token.width == 0 and before.number == 10 and token.number < 3:
        return Token("d", before.start, token.end, 10 + token.number)
    if token.symbol == "." and touching and before.symbol not in "dnoY,.-/:DmN" and following != "d":
        return _widened(before, token, before.symbol)
    if token.symbol == "." and touching and before.symbol == "Y" and text[before.end - 1].isalpha():
        return _widened(before, token, "Y")
    if (before.symbol, token.symbol) in {("M", "K"), ("H", "G")}:
        return _widened(before, token, before.symbol)
    return None


def _is_ending(text: str, number: Token, token: Token) -> bool:
    return number.symbol in "doY" and _SUFFIX.fullmatch(without_kazakh(text[token.start : token.end])) is not None and token.symbol != "K"


def _ordinal(number: Token, ending: Token) -> Token:
    return _widened(number, ending, "o" if number.symbol == "d" else number.symbol)


def _widened(token: Token, behind: Token, symbol: str) -> Token:
    return Token(symbol, token.start, behind.end, token.number, token.width, token.case or behind.case, token.day)
