"""Business identification numbers: twelve digits that spreadsheets cut, round and pad.

A cell's value becomes a `Bin`: the number, restored where only leading zeros are missing and the check digit
agrees, and what became of it. A sole proprietor stands in the same column by an IIN; the fifth digit tells the
two apart (4, 5, 6 in a BIN; the tens of a day in an IIN). A right check digit is no proof: it finds nine wrong digits in ten.

Rules: orders 423 (BIN, reg. V2300032918) and 521 (IIN, reg. V2300032942) of June 2023.

>>> read_bin(50340999917)
Bin(number='050340999917', verdict='zeros-restored', written='50340999917')
>>> read_bin("1,41E+11").verdict
'digits-lost'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgettool.letters import tidy

_LEAST_DIGITS = 9  # 2000-09 and before begin with three zeros at most
_FIRST, _SECOND = range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_LABEL = re.compile(r"^(?:БИН|БСН|BIN|ИИН|ЖСН|IIN|ИИН/БИН|БИН/ИИН|ЖСН/БСН|БСН/ЖСН)\b[ :№]*", re.IGNORECASE)
_POWER = re.compile(r"(\d)(?:[.,](\d*))?[eе]\+?(\d{1,2})", re.IGNORECASE)
_WHOLE_FRACTION = re.compile(r"[.,]0+$")


@dataclass(frozen=True, slots=True)
class Bin:
    """A number and its `verdict`:

    `valid`; `zeros-restored`: leading zeros were missing; `check-digit`: it is wrong; `digits-lost`: an exponent
    stands for them, and `number` is None; `not-a-bin`: no twelve digits, `number` is None; `blank`.
    """

    number: str | None
    verdict: str
    written: str

    @property
    def is_person(self) -> bool:
        """Whether it would be an IIN, a person's number."""
        return self.number is not None and self.number[4] in "0123"


def read_bin(value: str | float | None) -> Bin:
    """The BIN that a cell holds, as text or as a number."""
    written = "" if value is None else f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)
    told = _LABEL.sub("", tidy(written).strip("'\" "))
    if not told:
        return Bin(None, "blank", written)
    if power := _POWER.fullmatch(told):
        return _from_power(power, written)
    digits = re.sub(r"(?<=[0-9])[ -](?=[0-9])", "", _WHOLE_FRACTION.sub("", told))
    if not re.fullmatch(rf"[0-9]{{{_LEAST_DIGITS},12}}", digits):
        return Bin(None, "not-a-bin", written)
    return _judged(digits, written)


def _judged(digits: str, written: str) -> Bin:
    number = digits.zfill(12)
    if not has_check_digit(number):
        return Bin(number, "check-digit", written)
    return Bin(number, "valid" if len(digits) == 12 else "zeros-restored", written)


def _from_power(power: re.Match[str], written: str) -> Bin:
    """`1.40940999908E+11` still has every digit; `1,41E+11` has not."""
    decimals = power[2] or ""
    complete = len(decimals) == int(power[3]) and _LEAST_DIGITS <= len(decimals) + 1 <= 12
    return _judged(power[1] + decimals, written) if complete else Bin(None, "digits-lost", written)


def has_check_digit(number: str) -> bool:
    """Whether the last of twelve digits is the check digit of the others, for a BIN and an IIN alike.

    It is their sum weighted 1 to 11, modulo 11; where that is 10, the sum weighted 3 to 11, 1, 2; where that is 10
    too, no digit fits.
    """
    digits = [int(digit) for digit in number]
    for weights in (_FIRST, _SECOND):
        check = sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11
        if check != 10:
            return check == digits[11]
    return False
