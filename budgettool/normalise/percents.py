"""Columns of percents are held against what they are percents of, row by row; they never become money.

    plan 200 000,0 | paid 190 600,0 | 95,3   ->  agrees
    plan 200 000,0 | paid 190 600,0 | 93,5   ->  percent-differs, 95,3 and 93,5

95.3, "95,3 %", 0.953 and a cell shown as 95,3 % are one thing: the text, the number format and the whole column tell which it
is. What the percent is of is told by the header and by the other columns: the pair that explains most rows, else the one that
the header names. A percent of a zero plan is undefined, and nothing is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import product
from math import isfinite

from budgettool.findings import Fact, Finding, Place
from budgettool.letters import unmixed
from budgettool.normalise.figures import ColumnFigures
from budgettool.read.sheet import Sheet, Value, address
from budgettool.recognise.layout import Column, Row, RowKind, Table
from budgettool.recognise.vocabulary import folded
from budgettool.terms import MEASURES, Kind
from budgettool.terms.money import TIYN, from_stored
from budgettool.terms.written import proven_style, read_number

_WIDE = Context(prec=40, rounding=ROUND_HALF_UP)
_HUNDRED, _HALF = Decimal(100), Decimal("0.5")
_DUST = Decimal("1e-9")
_MOST_DECIMALS = 6
_AS_SHARE = Decimal(2)
"""A column of bare numbers none of which is above this holds shares of one: 0.953."""

_EXECUTED = ("disbursement", "expenditure", "acceptance", "commitment", "receipt", "transfer")
_PLANNED = ("allocation", "transfer", "receipt", "commitment")
_WORDS = {
    "disbursement": r"исполн|освоен|оплач|выплат|касс|игер|орында|төлен|executed|execution|paid|spent",
    "commitment": r"обязательств|договор|заключ|міндеттем|шарт|contract|commit",
    "receipt": r"получ|поступ|финансир|түск|receiv",
}
_OF_YEAR = re.compile(r"год|жыл|annual|year")
_OF_SPAN = re.compile(r"период|квартал|месяц|кезең|тоқсан|period|quarter|month")


@dataclass(frozen=True, slots=True)
class _Percents:
    """The percents of one column by row, in hundredths, with the decimals that they are stated to."""

    column: Column
    values: Mapping[int, Decimal]
    decimals: int


@dataclass(frozen=True, slots=True)
class _Pair:
    """What may be divided by what."""

    part: ColumnFigures
    whole: ColumnFigures
    named: bool
    far: int


def judge(table: Table, columns: Sequence[tuple[Column, ColumnFigures]], place: Place) -> list[Finding]:
    """What the percent columns of a table say against its figures."""
    counting = [row for row in table.rows if row.kind in (RowKind.DATA, RowKind.TOTAL, RowKind.COUNTRY)]
    found: list[Finding] = []
    for column in table.columns:
        if column.field == "percent":
            found += _of_column(table.sheet, column, counting, columns, place)
    return found


def _of_column(
    sheet: Sheet, column: Column, rows: Sequence[Row], columns: Sequence[tuple[Column, ColumnFigures]], place: Place
) -> list[Finding]:
    readings = _read(sheet, column, rows)
    pairs = list(_pairs(column, columns))
    data = [row.number for row in rows if row.kind is RowKind.DATA]
    tried = [(one, pair, _agreeing(one, pair, data)) for one, pair in product(readings, pairs)]
    chosen = _chosen(tried)
    return list(_differences(*chosen, rows, place)) if chosen else []


# ---- what stands in the column


def _read(sheet: Sheet, column: Column, rows: Iterable[Row]) -> list[_Percents]:
    """The percents as hundredths; of bare numbers that may be shares of one, also that reading, the likelier first."""
    cells = {row.number: value for row in rows if (value := sheet.value(row.number, column.index)) is not None}
    style = proven_style(value for value in cells.values() if isinstance(value, str))
    told: dict[int, Decimal] = {}
    bare: dict[int, Decimal] = {}
    for row, value in cells.items():
        number = _number(value, None if style == "mixed" else style)
        if number is not None:
            exact, is_percent = number
            shown = "%" in sheet.formats.get((row, column.index), "")
            (told if is_percent or shown else bare)[row] = exact * _HUNDRED if shown else exact
    made = [told | bare, told | {row: value * _HUNDRED for row, value in bare.items()}] if bare else [told]
    if bare and max(map(abs, bare.values())) <= _AS_SHARE:
        made.reverse()
    return [_Percents(column, values, max(map(_decimals, values.values()))) for values in made if values]


def _number(value: Value, style: object) -> tuple[Decimal, bool] | None:
    if isinstance(value, str):
        number = read_number(value, style)  # type: ignore[arg-type]
        return None if number is None or number.other is not None or number.unit else (number.value, number.percent)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        return None
    return from_stored(value), False


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(_MOST_DECIMALS, max(0, -exponent)) if isinstance(exponent, int) else 0


# ---- what it is a percent of


def _pairs(column: Column, columns: Sequence[tuple[Column, ColumnFigures]]) -> Iterator[_Pair]:
    """Every figure that may have been divided by another: what was done by what was planned, people by people."""
    header = unmixed(folded(column.header))
    for (one, part), (other, whole) in product(columns, columns):
        if one.index != other.index and _may_divide(one, other):
            far = abs(column.index - one.index) + abs(column.index - other.index)
            yield _Pair(part, whole, _is_named(header, one, other), far)


def _may_divide(one: Column, other: Column) -> bool:
    if MEASURES[one.measure or ""].kind is Kind.PEOPLE:
        return one.measure == other.measure and one.version is None and other.version == "planned"
    return one.measure in _EXECUTED and other.measure in _PLANNED and _PLANNED.index(other.measure) < _rank(one)


def _rank(column: Column) -> int:
    return _PLANNED.index(column.measure) if column.measure in _PLANNED else len(_PLANNED)


def _is_named(header: str, one: Column, other: Column) -> bool:
    """Whether the header speaks of this figure and of this plan: исполнение к плану на период, к годовому плану."""
    said = {measure for measure, words in _WORDS.items() if re.search(words, header)}
    if one.measure not in (said or {"disbursement"}) or other.measure != "allocation":
        return False
    of_span = _is_of_span(other)
    if _OF_SPAN.search(header):
        return of_span
    return not of_span if _OF_YEAR.search(header) else True


def _is_of_span(plan: Column) -> bool:
    """Whether a plan is one of a part of the year."""
    if plan.written is not None:
        return not plan.written.period.is_year
    header = unmixed(folded(plan.header))
    of_payments = plan.version is not None and plan.version.startswith("plan_")
    return of_payments or (_OF_SPAN.search(header) is not None and _OF_YEAR.search(header) is None)


def _agreeing(percents: _Percents, pair: _Pair, rows: Iterable[int]) -> tuple[int, int]:
    """In how many rows the pair explains the percent, and in how many it could."""
    judged = [row for row in rows if (limits := _limits(percents, pair, row)) is not None and limits[2]]
    return sum(_agrees(percents, pair, row) for row in judged), len(judged)


def _chosen(tried: Sequence[tuple[_Percents, _Pair, tuple[int, int]]]) -> tuple[_Percents, _Pair] | None:
    """The pair that explains half of the rows or more, else the one that the header names; None where neither tells."""
    explaining = [one for one in tried if one[2][0] and 2 * one[2][0] >= one[2][1]]
    if explaining:
        best = max(explaining, key=lambda one: (one[2][0], one[1].named, -one[1].far))
        return best[0], best[1]
    named = [one for one in tried if one[1].named and one[2][1]]
    wholes = {(one[1].part.index, one[1].whole.index) for one in named}
    return named[0][:2] if len(wholes) == 1 else None


# ---- judging


def _limits(percents: _Percents, pair: _Pair, row: int) -> tuple[Decimal, Decimal, bool] | None:
    """The exact percent of a row, how far rounding may take the printed one from it, and whether one is printed."""
    part, whole = pair.part.figures.get(row), pair.whole.figures.get(row)
    if part is None or whole is None or whole.value == 0:
        return None
    exact = _WIDE.divide(part.value * _HUNDRED, whole.value)
    spread = _spread(pair.part) * _HUNDRED + abs(exact) * _spread(pair.whole)
    allowed = _HALF.scaleb(-percents.decimals) + _WIDE.divide(spread, abs(whole.value)) + _DUST
    return exact, allowed, row in percents.values


def _spread(column: ColumnFigures) -> Decimal:
    exact = TIYN if MEASURES[column.measure].kind is Kind.MONEY else Decimal(1)
    return column.resolution / 2 if column.resolution > exact else Decimal(0)


def _agrees(percents: _Percents, pair: _Pair, row: int) -> bool:
    limits = _limits(percents, pair, row)
    return limits is not None and abs(percents.values[row] - limits[0]) <= limits[1]


def _differences(percents: _Percents, pair: _Pair, rows: Sequence[Row], place: Place) -> Iterator[Finding]:
    column = percents.column
    printed = [percents.values[row.number] for row in rows if row.kind is RowKind.DATA and row.number in percents.values]
    for row in rows:
        limits = _limits(percents, pair, row.number)
        if limits is None or not limits[2] or _agrees(percents, pair, row.number):
            continue
        value, exact = percents.values[row.number], limits[0].quantize(Decimal(1).scaleb(-max(1, percents.decimals)), context=_WIDE)
        mean = _WIDE.divide(sum(printed, Decimal(0)), Decimal(len(printed))) if len(printed) > 1 else None
        is_mean = row.kind is not RowKind.DATA and mean is not None and abs(mean - value) <= _HALF.scaleb(-percents.decimals) + _DUST
        facts: tuple[tuple[str, Fact], ...] = (("header", column.header), ("measure", pair.part.measure), ("against", pair.whole.measure))
        at = (replace(place, cell=address(row.number, column.index)),)
        yield Finding("percent-is-mean" if is_mean else "percent-differs", at, expected=exact, actual=value.normalize() + 0, facts=facts)
