"""Numbers as people write them: `1 234 567,89`, `12'345'678.90`, `(1 234,56)`, `≈ 2,5 млн тг`.

A cell's text becomes a `Number`, or None where it is no number at all: a note inside ("120,5 (в т.ч.
возврат 3,2)"), a glued footnote ("120,5*") and digits lost to an exponent ("1,41E+11") are never a
number's beginning. Does the comma part decimals or thousands is the question: each text proves what it
can, and `1,234` keeps both readings until its column decides.

>>> read_number("1 234 567,89").value
Decimal('1234567.89')
>>> number = read_number("1,234"); number.value, number.other
(Decimal('1.234'), Decimal('1234'))
>>> read_number("1,234", Style.POINT).value
Decimal('1234')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from budgettool.letters import plain, tidy
from budgettool.terms import Qualifier, Unit
from budgettool.terms.units import PERCENT, whole_unit


class Style(StrEnum):
    """Which mark parts the decimals."""

    COMMA = "comma"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Number:
    """A written number. Times `scale` (1000 where the text itself says тыс.) it is what is meant.

    `other` is the second reading where one mark before exactly three digits may part thousands or decimals;
    `value` is then the one with decimals. `style` is what this text proves by itself. `decimals` are the digits
    behind the decimal mark. `unit` is the code of a unit that the text itself names (KZT, person ...).
    """

    value: Decimal
    other: Decimal | None = None
    style: Style | None = None
    decimals: int = 0
    percent: bool = False
    qualifier: Qualifier | None = None
    scale: Decimal = Decimal(1)
    unit: str | None = None


_USUAL = re.compile(r"(-?)(\d+|[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+)(?:([,.])(\d{1,2}|\d{4,}))?")
_MARKS = {",": Style.COMMA, ".": Style.POINT}
_OTHER_MARKS = {",": Style.POINT, ".": Style.COMMA}

_PARTS = re.compile(r"(?P<before>\D*?)(?P<digits>(?:(?<![^\W\d_])[.,])?\d(?:.*\d)?)(?P<after>\D*)")
_DIGITS = re.compile(r"(?P<whole>\d+|[1-9]\d{0,2}(?P<part>[ ',.])\d{3}(?:(?P=part)\d{3})*|)(?:(?P<mark>[,.])(?P<decimals>\d+))?")
_POWER = re.compile(r"(\d+)(?:[,.](\d+))?e([+-]?\d{1,2})")
_AFTER = re.compile(r"(?P<close>\)?) ?(?P<sign>-?) ?(?P<words>[^()-].*)?")
_SIGN, _NO_SIGN = re.compile(r"[-+(]"), re.compile(r"[^-+(]+")
_TWO_IN_A_CELL = re.compile(r"\d\s*[\t\n\v\f\r]\s*\d")
_SIGNS = frozenset(("", "-", "- -", "+", "(", "(-", "-("))

_QUALIFIERS = {
    Qualifier.MORE_THAN: r"более(?: чем)?|больше|свыше|не менее(?: чем)?|как минимум|more than|over|above|at least|кемінде|кем дегенде|>=?|≥",
    Qualifier.LESS_THAN: r"менее(?: чем)?|меньше|не более(?: чем)?|как максимум|less than|under|below|at most|<=?|≤",
    Qualifier.ABOUT: r"около|примерно|приблизительно|порядка|почти|about|approx\.?|approximately|around|circa|ca\.|шамамен|≈|~",
}
_QUALIFIERS_BEHIND = {
    Qualifier.MORE_THAN: r"(?:-?[дтн][ае]н )?астам|-?[дтн][ае]н (?:көп|кем емес)",
    Qualifier.LESS_THAN: r"-?[дтн][ае]н (?:кем|аз)",
    Qualifier.ABOUT: r"-?(?:[гкқғ][ае])? ?(?:жуық|жақын|шамасында)",
}

_NO_FIGURE = re.compile(
    r"[-–—.…*]+(?: -+)*|x+|х+|x/x|х/х|н/?д|н\. ?д\.?|н/п|б/д|n/?a|n\. ?a\.?|n/d|nil|none|null|nan"
    r"|нет(?: данных| сведений)?|данных нет|данные отсутствуют|отсутству[ею]т|не применимо|не предусмотрено"
    r"|жоқ|(?:дерек(?:тер)?|мәлімет(?:тер)?) жоқ|д/ж|қолданылмайды|no data|no figure|not (?:available|applicable|stated)"
)
_ERROR_TEXT = re.compile(r"#(?:N/A|Н/Д|ЖОҚ|[^\W_]+(?:/[^\W_]+)?[!?]|GETTING_DATA)|(?:Err|Ошибка|Қате):\d{3}", re.IGNORECASE)


def read_number(text: str, style: Style | None = None) -> Number | None:
    """The number that the whole of a text is; None if it is none. `style` decides where the text itself can't."""
    usual = _USUAL.fullmatch(text.strip())
    if usual is None:
        return _read_parts(text, style)
    sign, whole, mark, decimals = usual.groups(default="")
    digits = whole if whole.isdigit() else re.sub(r"\s", "", whole)
    value = Decimal(f"{sign}{digits}.{decimals}" if mark else sign + digits)
    return Number(value, style=_MARKS.get(mark), decimals=len(decimals))


def _read_parts(text: str, style: Style | None) -> Number | None:
    """The same for every other way of writing: what stands before the digits, the digits, what stands behind."""
    parts = None if _TWO_IN_A_CELL.search(text) else _PARTS.fullmatch(plain(text))
    if parts is None:
        return None
    before, number, after = _read_before(parts["before"]), _read_digits(parts["digits"], style), _read_after(parts["after"])
    if before is None or number is None or after is None or before.opened != after.closed:
        return None
    units = [unit for unit in (*before.units, *after.units) if unit is not None]
    codes = {unit.code for unit in units if unit.code}
    if len(codes) > 1 or (before.minus and after.minus):
        return None
    return _assembled(number, before, after, units)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands on one side of the digits."""

    minus: bool
    units: tuple[Unit | None, ...]
    qualifier: Qualifier | None
    opened: bool = False
    closed: bool = False


def _assembled(number: Number, before: _Beside, after: _Beside, units: list[Unit]) -> Number:
    negative = before.minus or after.minus or before.opened
    code = next((unit.code for unit in units if unit.code), None)
    scale = Decimal(1)
    for unit in units:
        scale *= unit.factor
    return replace(
        number,
        value=-number.value if negative else number.value,
        other=-number.other if negative and number.other is not None else number.other,
        percent=code == PERCENT,
        qualifier=before.qualifier or after.qualifier,
        scale=scale,
        unit=None if code == PERCENT else code,
    )


def _read_before(text: str) -> _Beside | None:
    signs = " ".join(_NO_SIGN.sub(" ", text).split()).replace("( ", "(")
    qualifier, words = _split_qualifier(" ".join(_SIGN.sub(" ", text).split()).strip("'"), _QUALIFIERS)
    unit = whole_unit(words) if words else None
    if signs not in _SIGNS or (words and unit is None) or (words and text.endswith("- ")):
        return None
    return _Beside("-" in signs, (unit,), qualifier, opened="(" in signs)


def _read_after(text: str) -> _Beside | None:
    qualifier, rest = _split_qualifier(text.strip(), _QUALIFIERS_BEHIND)
    match = _AFTER.fullmatch(rest)
    if match is None:
        return None
    unit = whole_unit(match["words"]) if match["words"] else None
    if match["words"] and unit is None:
        return None
    return _Beside(bool(match["sign"]), (unit,), qualifier, closed=bool(match["close"]))


def _split_qualifier(text: str, words: dict[Qualifier, str]) -> tuple[Qualifier | None, str]:
    """A word such as `около`, and the text without it."""
    for qualifier, pattern in words.items() if text else ():
        match = re.match(rf"(?:{pattern})(?![^\W\d_])", text)
        if match:
            return qualifier, text[match.end() :].strip()
    return None, text


def _read_digits(text: str, style: Style | None) -> Number | None:
    match = _DIGITS.fullmatch(text)
    if match is None:
        return _read_power(text)
    whole, part, mark, decimals = match["whole"], match["part"], match["mark"], match["decimals"] or ""
    if part is not None and part == mark:
        return None
    if part is None and mark and len(decimals) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0":
        return _either(whole, mark, decimals, style)
    proven = _MARKS[mark] if mark else _OTHER_MARKS.get(part or "")
    digits = whole.replace(part, "") if part else whole or "0"
    return Number(Decimal(f"{digits}.{decimals}" if mark else digits), style=proven, decimals=len(decimals))


def _either(whole: str, mark: str, decimals: str, style: Style | None) -> Number:
    """`1,234`: both readings, or the one that the column's style decides."""
    fine, thousands = Decimal(f"{whole}.{decimals}"), Decimal(whole + decimals)
    if style is None:
        return Number(fine, thousands, decimals=3)
    return Number(fine, decimals=3) if style is _MARKS[mark] else Number(thousands)


def _read_power(text: str) -> Number | None:
    """`1.2345E4`, if every digit of the whole part is there: `1,41E+11` has lost nine of them and is no number."""
    match = _POWER.fullmatch(text)
    if match is None:
        return None
    whole, decimals, power = match[1], match[2] or "", int(match[3])
    if power > len(decimals):
        return None
    value = Decimal(f"{whole}.{decimals or 0}E{power}")
    return Number(value + 0, decimals=len(decimals) - power)


def proven_style(texts: Iterable[str]) -> Style | Literal["mixed"] | None:
    """What the texts of one column prove together: a style, `mixed` where both are proven, None where none is."""
    proven = {number.style for text in texts if (number := read_number(text)) and number.style}
    if len(proven) > 1:
        return "mixed"
    return proven.pop() if proven else None


def is_no_figure(text: str) -> bool:
    """Whether a text stands for no figure: blank, a dash of any kind, х, н/д, ..., `нет данных`, with a unit or without. 0 is a figure."""
    told = plain(text).strip(" '\"")
    if not told or _NO_FIGURE.fullmatch(told):
        return True
    mark, _, unit = told.partition(" ")
    return whole_unit(unit) is not None and _NO_FIGURE.fullmatch(mark) is not None


def is_error_text(text: str) -> bool:
    """Whether a text is an error value of a spreadsheet, in English or Russian: `#REF!`, `#ССЫЛКА!`, `Err:502`."""
    return _ERROR_TEXT.fullmatch(tidy(text)) is not None
