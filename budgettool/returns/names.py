"""A text becomes the name of a sheet that Excel accepts, and a text from a file becomes a cell that can't run.

"ОФ «Центр/приют: Образец-1»" is no name of a sheet, and two regions may differ in their 32nd letter
only. The same texts in the same order give the same names on every run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_TEXT = 32767


def sheet_name(text: str, taken: Iterable[str]) -> str:
    """A name of 1 to 31 UTF-16 units, unlike all `taken` ones without regard to case.

    What Excel forbids becomes a space; where a name is taken, ` (2)`, ` (3)` ... is put behind it.
    """
    used = {name.casefold() for name in taken} | {"history"}
    wanted = _clean(text)
    name, number = _cut(wanted, LONGEST), 1
    while name.casefold() in used:
        number += 1
        mark = f" ({number})"
        name = _cut(wanted, LONGEST - len(mark)) + mark
    return name


def _clean(text: str) -> str:
    return " ".join(_FORBIDDEN.sub(" ", text).split()).strip("' ") or "-"


def _cut(text: str, units: int) -> str:
    """Its first letters that fit; a letter of two units is not parted, and no apostrophe or space ends the name."""
    fitting = text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
    return fitting.rstrip("' ") or "-"


def cell_text(text: str) -> str:
    """The text as a workbook can hold it: unchanged but for what XML or Excel cannot write."""
    return _ESCAPE.sub("_x005F_", _NOT_XML.sub("\ufffd", text))[:_LONGEST_TEXT]
