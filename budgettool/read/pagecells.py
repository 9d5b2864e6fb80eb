"""A cell of a web page becomes a value: the exact number where the page states it beside the text, else the text as displayed.

Excel states it as `x:num`, LibreOffice as `sdval`, Google's sheets as `data-sheets-value`, portals as `data-value`. The last one may
hold anything, so it counts only where the text is that number, rounded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation

from budgettool.read.markup import Cell
from budgettool.read.namedformats import named
from budgettool.read.pagestyles import PageStyles
from budgettool.read.sheet import ErrorValue, Unvalued, Value

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STATED = ("data-value", "data-number", "data-order", "data-sort")
_MOST_DECIMALS = 6


def value_of(cell: Cell, styles: PageStyles) -> tuple[Value, str]:
    """The value, a day as its number, and the number format under which it is shown, "" for one that is kept as it is displayed."""
    text, said = cell.text(), cell.said
    if "x:err" in said:
        return ErrorValue(text or said["x:err"] or "#?"), ""
    if said.get("x:bool"):
        return said["x:bool"].strip().upper() in ("TRUE", "1"), ""
    exact, number_format = _exact(cell, styles, text)
    if exact is not None:
        return exact, number_format
    if not text.strip() and said.get("x:fmla"):
        return Unvalued(said["x:fmla"].lstrip("=")), ""
    return text if text.strip() else None, ""


def _exact(cell: Cell, styles: PageStyles, text: str) -> tuple[float | None, str]:
    said = cell.said
    if "x:num" in said:
        return _number(said["x:num"] or text), styles.format(cell.tag, said)
    if "sdval" in said:
        return _number(said["sdval"]), named(";".join(said.get("sdnum", "").split(";")[2:]))
    if "data-sheets-value" in said:
        return _of_google(said)
    stated = next((_number(said[name]) for name in _STATED if name in said), None)
    return (stated, "") if stated is not None and _rounds_to(stated, text) else (None, "")


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text.strip()) else None


def _of_google(said: Mapping[str, str]) -> tuple[float | None, str]:
    """`{"1":3,"3":1234.5}` is a number, `{"1":5,"2":"dd.mm.yyyy"}` the format of a date."""
    with suppress(ValueError, TypeError, AttributeError):
        held, style = json.loads(said["data-sheets-value"]), json.loads(said.get("data-sheets-numberformat", "{}"))
        if held.get("1") == 3:
            return float(held["3"]), str(style.get("2", ""))
    return None, ""


def _rounds_to(exact: float, text: str) -> bool:
    """Whether a displayed text is this number, whatever parts its thousands: its digits are those of the number with so many decimals.

    >>> _rounds_to(1234567.891, "1 234 567,89"), _rounds_to(3, "1 234")
    (True, False)
    """
    digits = re.sub(r"\D", "", text)
    if not digits or re.search(r"[^\d\s.,'+\-−–%₸()]", text):
        return False
    try:
        value = abs(Decimal(repr(exact)))
        return any(f"{value:.{decimals}f}".replace(".", "") == digits for decimals in range(_MOST_DECIMALS))
    except InvalidOperation:
        return False
