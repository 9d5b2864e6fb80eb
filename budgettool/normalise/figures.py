"""Cells of one column become exact figures: separators proven by the column, the unit applied, the resolution kept.

    tys. tenge | 999,9 | 1 000  ->  999900.00 and 1000000.00, both stated to 100.00

A cell that is no figure (dash, н/д) makes none; a cell that can't be read is held with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from budgettool.findings import Fact, Finding, Place, Severity
from budgettool.normalise.reading import Held
from budgettool.read.sheet import ErrorValue, Sheet, Unvalued, Value, Withheld, address
from budgettool.terms import MEASURES, Kind, Qualifier, Unit
from budgettool.terms.money import TIYN, from_stored, is_plausible, rounded
from budgettool.terms.written import Number, Style, is_error_text, is_no_figure, proven_style, read_number

_MOST_DIGITS = 18
"""No amount has more digits before its point: what has is a number of something else, or two in one cell."""

_SCALED = re.compile(r"[0#?](,+)(?![0#?])")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as read: `value` in whole units (tenge, persons), `decimals` as written."""

    row: int
    value: Decimal
    raw: str
    decimals: int
    qualifier: Qualifier | None = None


@dataclass(slots=True)
class ColumnFigures:
    """The figures of a column by row, what was held back, and what was found; `unit` is None where none is stated."""

    index: int
    measure: str
    unit: Unit
    figures: dict[int, Figure] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    decimals: int = 0

    def take(self, figure: Figure) -> None:
        """Take a figure into the column, and how finely it is written."""
        self.figures[figure.row] = figure
        self.decimals = max(self.decimals, figure.decimals)

    @property
    def resolution(self) -> Decimal:
        """How finely the column is stated: its finest decimal times its unit, and never finer than its smallest unit."""
        finest = self.unit.factor.scaleb(-self.decimals)
        return max(finest, TIYN) if MEASURES[self.measure].kind is Kind.MONEY else max(finest, Decimal(1))


def read_figures(sheet: Sheet, index: int, measure: str, unit: Unit, rows: Iterable[int], file: str, *, decimals: Style | None = None) -> ColumnFigures:
    """Read one column of a table; `rows` are its data and total rows, `decimals` the mark that a form states, where the column proves none."""
    column = ColumnFigures(index, measure, unit)
    cells = [(row, value) for row in rows if not is_blank(value := sheet.value(row, index))]
    style = proven_style(value for _, value in cells if isinstance(value, str)) or decimals
    if style == "mixed":
        column.findings.append(Finding("mixed-number-style", (Place(file, sheet.name, address(0, index)[:-1]),)))
    for row, value in cells:
        _read_cell(column, sheet, row, value, (file, style if isinstance(style, Style) else None))
    if column.empty:
        at = tuple(Place(file, sheet.name, cell) for cell in column.empty)
        column.findings.append(Finding("no-figure", at, count=len(at)))
    return column


def is_blank(value: Value) -> bool:
    """Whether a cell holds nothing, or nothing but spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def _read_cell(column: ColumnFigures, sheet: Sheet, row: int, value: Value, given: tuple[str, Style | None]) -> None:
    file, style = given
    cell = address(row, column.index)
    if isinstance(value, str) and is_no_figure(value):
        column.empty.append(cell)
        return
    fault = _fault(value)
    number = None if fault else _number(sheet, row, column.index, value, style)
    if fault is None and number is None:
        fault = ("number-not-read", {"text": str(value)})
    if number is not None and number.other is not None:
        fault = ("ambiguous-number", {"text": str(value).strip(), "numbers": (str(number.value), str(number.other))})
    if fault is None and number is not None:
        fault = _account(column, sheet, row, number, str(value).strip() if isinstance(value, str) else _raw(value))
    if fault is not None:
        code, facts = fault
        column.held.append(Held(row, cell, code, (cell,)))
        if code != "personal-data":  # said by the reader already
            column.findings.append(Finding(code, (Place(file, sheet.name, cell),), facts=tuple(facts.items())))
    _say_scaled(column, sheet, row, Place(file, sheet.name, cell))


def _fault(value: Value) -> tuple[str, dict[str, Fact]] | None:
    """What keeps a cell from being a number at all."""
    if isinstance(value, ErrorValue):
        return "error-value", {"text": value.text}
    if isinstance(value, Unvalued):
        return "formula-without-value", {"text": value.formula}
    if isinstance(value, Withheld):
        return "personal-data", {}
    if isinstance(value, (date, datetime, time, timedelta)):
        return "date-in-amount", {"text": str(value)}
    if isinstance(value, bool):
        return "number-not-read", {"text": str(value).upper()}
    if isinstance(value, str) and is_error_text(value):
        return "error-value", {"text": value.strip()}
    return None


def _number(sheet: Sheet, row: int, index: int, value: Value, style: Style | None) -> Number | None:
    if isinstance(value, str):
        number = read_number(value, style)
        return None if number is None or number.percent or not is_plausible(number.value) else number
    if isinstance(value, (int, float)):
        number_format = sheet.formats.get((row, index), "")
        if "%" in number_format or not isfinite(value):
            return None
        exact = from_stored(value)
        if not is_plausible(exact):
            return None
        exact = exact.scaleb(-shown_divided_by(number_format))
        exponent = exact.normalize().as_tuple().exponent
        return Number(exact, None, None, max(0, -exponent) if isinstance(exponent, int) else 0, False, None, Decimal(1))
    return None


def _account(column: ColumnFigures, sheet: Sheet, row: int, number: Number, raw: str) -> tuple[str, dict[str, Fact]] | None:
    """Take a number into the column, in whole units; or say what is wrong with it."""
    if (fault := _other_unit(column, number, raw)) is not None:
        return fault
    if number.value.adjusted() > _MOST_DIGITS:
        return "number-not-read", {"text": raw}
    value = abs(number.value) if number.value == 0 else number.value * column.unit.factor
    decimals = max(0, number.decimals)
    if MEASURES[column.measure].kind is not Kind.MONEY:
        if value != value.to_integral_value():
            return "recipients-not-whole", {"value": _shown(raw, number.value)}
        if value < 0:
            return "recipients-negative", {"value": _shown(raw, number.value)}
        column.take(Figure(row, value.to_integral_value(), raw, decimals, number.qualifier))
        return None
    exact = rounded(value)
    if exact != value:
        if (row, column.index) not in sheet.formulas:
            return "more-than-two-decimals", {"value": value.normalize(), "text": raw}
        at = (Place("", sheet.name, address(row, column.index)),)
        column.findings.append(Finding("formula-rounded", at, expected=exact, actual=value))
        decimals = min(decimals, max(0, 2 + _zeros(column.unit.factor)))
    column.take(Figure(row, exact, raw, decimals, number.qualifier))
    return None


def _other_unit(column: ColumnFigures, number: Number, raw: str) -> tuple[str, dict[str, Fact]] | None:
    """A cell that names a unit of its own, other than its column's: `2 млн тенге` under тыс. тенге is held back, not converted. Nothing is nothing in any of them."""
    if number.unit is None and number.scale == 1:
        return None
    same = (number.scale == column.unit.factor or number.value == 0) and number.unit in (None, column.unit.code)
    return None if same else ("unit-in-cell-differs", {"text": raw, "unit": column.unit.text or column.unit.code})


def _zeros(factor: Decimal) -> int:
    return int(factor.log10()) if factor >= 1 else 0


def _shown(raw: str, value: Decimal) -> str:
    return raw if "," in raw or "." not in raw else f"{value}".replace(".", ",")


def _raw(value: Value) -> str:
    return str(from_stored(value)) if isinstance(value, (int, float)) else str(value)


def _without_quotes(number_format: str) -> str:
    return re.sub(r'"[^"]*"|\\.', "", number_format.split(";", maxsplit=1)[0])


def shown_divided_by(number_format: str) -> int:
    """By which power of ten a number format shows a cell divided: 3 for `#,##0,`, 0 for any other."""
    scaled = _SCALED.search(_without_quotes(number_format)) if "," in number_format else None
    return 3 * len(scaled[1]) if scaled else 0


def _say_scaled(column: ColumnFigures, sheet: Sheet, row: int, place: Place) -> None:
    number_format = sheet.formats.get((row, column.index), "")
    if row in column.figures and shown_divided_by(number_format):
        facts: tuple[tuple[str, Fact], ...] = (("format", number_format), ("value", column.figures[row].value), ("text", column.figures[row].raw))
        column.findings.append(Finding("scaling-number-format", (place,), Severity.WARNING, facts=facts))
