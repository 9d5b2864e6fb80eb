"""Personal numbers and marks of secrecy: does this text hold what must never enter the ledger?

An IIN is twelve digits: birth date, century and sex, serial, check digit. A BIN has the same length
and the same check digit, but its fifth digit (4, 5 or 6) can't be the tens of a day, so the two
never coincide. A sole proprietor's IIN in a column of BINs is a person's number all the same.
Rules: orders 423 (BIN) and 521 (IIN) of June 2023; nothing here looks a number up.
"""

from __future__ import annotations

import re
from calendar import monthrange

from budgettool.terms.bin import has_check_digit

_CANDIDATE = re.compile(r"(?<!\d)(?<!\d[.,])\d{6}[ \u00a0\u202f-]?\d{6}(?!\d)(?![.,]\d*[1-9])")
"""What may be a personal number: twelve digits that are no part of a longer or a broken number."""

_HINT = re.compile(r"д\W{0,2}с\W{0,2}п|қ\W{0,2}б\W{0,2}п|служебного|қызмет\s+бабында", re.IGNORECASE)
_MARK = re.compile(
    r"\W*(?:гриф|пометка|белгі(?:сі)?)?(?:\W*(?:экз(?:емпляр)?|дана)\W*\d+)?\W*"
    r"(?:дсп|қбп|д\.\s?с\.\s?п\.?|қ\.\s?б\.\s?п\.?|для\s+служебного\s+пользования|қызмет\s+бабында\s+пайдалану\s+үшін)"
    r"(?:\W*(?:экз(?:емпляр)?|дана|номер|n|дсп|қбп|\d+))*\W*"
)
_PHRASE = re.compile(
    r"(?:^|[(«\"„“.;:])\s*(?:для\s+служебного\s+пользования|қызмет\s+бабында\s+пайдалану\s+үшін)\s*(?:$|[)»\".,;:(—–-]|экз|№|\d)"
    r"|^\W*(?:отч[её]т|приложени|сведени|информаци|справк|форм|есеп|қосымша|мәлімет|ақпарат)"
    r".*(?:для\s+служебного\s+пользования|қызмет\s+бабында\s+пайдалану\s+үшін)\W*$"
)
_DENIED = re.compile(r"\b(?:не|нет|без|емес|жоқ)\b")
_LONGEST_MARK, _LONGEST_LINE = 80, 250
_CENTURIES = {"0": (1900, 2000), "1": (1800,), "2": (1800,), "3": (1900,), "4": (1900,), "5": (2000,), "6": (2000,)}


def personal_numbers(text: str) -> bool:
    """Whether a valid IIN stands anywhere in the text, as twelve digits or as six and six.

    >>> personal_numbers("ИИН 850101300015"), personal_numbers("БИН 160340000011")
    (True, False)
    """
    if len(text) < 12:
        return False
    return any(is_personal_number(re.sub(r"\D", "", match.group())) for match in _CANDIDATE.finditer(text))


def is_personal_number(digits: str) -> bool:
    """Whether twelve digits are a valid IIN: a day of birth, a century digit and the right check digit."""
    return len(digits) == 12 and digits.isascii() and digits.isdigit() and _born(digits) and has_check_digit(digits)


def _born(digits: str) -> bool:
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if not 1 <= month <= 12 or not day:
        return False
    return any(day <= monthrange(century + year, month)[1] for century in _CENTURIES.get(digits[6], ()))


def official_use(text: str) -> bool:
    """Whether a line of the text is a mark of official use, alone or beside the number of the copy, or ends or opens a heading with it.

    An abbreviation counts only alone, since ДСП is also what furniture is made of, and the phrase only set off from the
    words around it: a car may be bought "для служебного пользования".

    >>> official_use("ДСП, экз. № 1"), official_use("Стол из ДСП"), official_use("Для служебного пользования")
    (True, False, True)
    """
    if not _HINT.search(text):
        return False
    return any(_is_mark(line.casefold().strip()) for line in text.splitlines())


def _is_mark(line: str) -> bool:
    if len(line) <= _LONGEST_MARK and _MARK.fullmatch(line):
        return True
    return len(line) <= _LONGEST_LINE and _PHRASE.search(line) is not None and not _DENIED.search(line)
