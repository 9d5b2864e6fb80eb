"""The control totals of a table: what stands in its rows and columns equals what came of them, or the tool is at fault.

    cells of column F 7 250.0 = entries 6 000.0 + totals 1 000.0 + held back 250.0 + ignored 0

The cells are summed here by themselves, from the first row below the header to the last one, whatever the way that makes
entries did with them. A difference is no finding about the data: a figure was lost or counted twice, and nothing may be kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from math import isfinite

from budgettool.normalise.figures import ColumnFigures, Figure, is_blank, shown_divided_by
from budgettool.normalise.reading import Control, Held, Reckoned
from budgettool.read.sheet import Sheet, Value, letters
from budgettool.recognise.layout import RowKind, Table
from budgettool.terms import MEASURES, Entry, Kind, Unit
from budgettool.terms.money import from_stored, is_plausible, rounded
from budgettool.terms.written import is_no_figure, read_number

_NOTHING, _ONE = Decimal(0), Decimal(1)
_EXACT = 400
"""Digits that are kept in adding up: dust of 10^-320 beside billions must be the same on both sides."""
_COUNTING = (RowKind.DATA, RowKind.TOTAL, RowKind.COUNTRY)
_SUMMING = (RowKind.TOTAL, RowKind.COUNTRY)


class FiguresLost(Exception):
    """The control totals of a table do not add up: a mistake of the tool. `where` and `difference` hold nothing that stood in a cell."""

    def __init__(self, where: str, difference: str) -> None:
        super().__init__(f"{where}: {difference}")
        self.where = where
        self.difference = difference


@dataclass(frozen=True, slots=True)
class Strand:
    """The figures of one measure in one column: `rows` are those that it may stand in, None for all; `unit` is None where none is stated."""

    index: int
    measure: str
    unit: Unit | None
    figures: Mapping[int, Figure]
    rows: Collection[int] | None = None
    total: bool = False


@dataclass(slots=True)
class _Sums:
    """What one strand adds up to, and the rows in which something stands that came to nothing."""

    read: Decimal = _NOTHING
    entries: Decimal = _NOTHING
    totals: Decimal = _NOTHING
    held: Decimal = _NOTHING
    ignored: Decimal = _NOTHING
    met: int = 0
    unread: int = 0
    lost: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Ways:
    """Where the cells of a table went: those of entries, those held back, the rows held back, and the kind of each row."""

    entries: Mapping[str, Decimal]
    cells: frozenset[str]
    rows: frozenset[int]
    kinds: Mapping[int, RowKind]


def strands(table: Table, columns: Iterable[tuple[int, ColumnFigures]]) -> list[Strand]:
    """One strand a column that measures something, read or not; `columns` are those that were read, by index."""
    read = dict(columns)
    made = []
    for column in table.figures:
        own = read.get(column.index)
        measure = f"{column.measure}.{column.version}" if column.version else column.measure or ""
        made.append(Strand(column.index, measure, own.unit if own else None, own.figures if own else {}, None, column.total))
    return made


def reckon(table: Table, parts: Sequence[Strand], entries: Iterable[Entry], held: Iterable[Held]) -> Control:
    """The control totals of a table; raises FiguresLost where they do not add up."""
    values: dict[str, Decimal] = defaultdict(Decimal)
    counted = set()
    for entry in entries:
        values[entry.cell] += entry.value
        counted.add(entry.row)
    back = list(held)
    cells = frozenset(one.cell for one in back if one.cell is not None)
    ways = _Ways(values, cells, frozenset(one.row for one in back if one.cell is None), {row.number: row.kind for row in table.rows})
    body = range(_first(table), table.bottom + 1)
    with localcontext(prec=_EXACT):
        sums = [(strand, _summed(table.sheet, strand, body, ways)) for strand in parts]
        columns = tuple(_reckoned(strand, one) for strand, one in sums)
        _agree(table, sums, columns)
    if sum(one.met for _, one in sums) != len(values):
        raise FiguresLost(f"{table.sheet.name}!{table.range}", "an entry without a cell")
    return _rows(table, body, (counted, {one.row for one in back}), columns)


def _agree(table: Table, sums: Iterable[tuple[Strand, _Sums]], columns: Iterable[Reckoned]) -> None:
    for strand, one in sums:
        if one.lost:
            raise FiguresLost(f"{table.sheet.name}!{letters(strand.index)}{one.lost[0]}", "a cell came to nothing")
    for column in columns:
        if column.difference:
            raise FiguresLost(f"{table.sheet.name}!{table.range}, {column.column}", f"{column.difference} {column.unit}")


def _first(table: Table) -> int:
    """The first row below the header, or the first of the body where there is none."""
    return table.header_rows[-1] + 1 if table.header_rows else table.rows[0].number if table.rows else table.bottom + 1


def _summed(sheet: Sheet, strand: Strand, body: range, ways: _Ways) -> _Sums:
    sums = _Sums()
    column = letters(strand.index)
    rows = body if strand.rows is None else sorted(strand.rows)
    for row in rows:
        value = sheet.value(row, strand.index)
        if value is None or is_blank(value) or (isinstance(value, str) and is_no_figure(value)):
            continue
        _take(sums, strand, row, _amount(sheet, strand, row, value), (f"{column}{row}", ways))
    return sums


def _take(sums: _Sums, strand: Strand, row: int, amount: Decimal | None, at: tuple[str, _Ways]) -> None:
    """Add one filled cell to what went in, and to the one place where it came out."""
    cell, ways = at
    kind = ways.kinds.get(row)
    aside = kind not in _COUNTING
    held = strand.unit is None or cell in ways.cells or row in ways.rows
    if amount is None:
        sums.unread += not aside
        if not aside and not held:
            sums.lost.append(row)
        return
    sums.read += amount
    if cell in ways.entries:
        sums.entries += ways.entries[cell]
        sums.met += 1
        return
    if aside:
        sums.ignored += amount
    elif kind in _SUMMING or strand.total:
        printed = strand.figures.get(row)
        sums.totals += printed.value if printed is not None else _NOTHING
        sums.held += amount if printed is None and held else _NOTHING
    elif held:
        sums.held += amount
    elif not amount:
        sums.lost.append(row)  # a zero that came to nothing is missed by no sum


def _amount(sheet: Sheet, strand: Strand, row: int, value: Value) -> Decimal | None:
    """What a cell amounts to in whole units of its column; None where it is no number."""
    unit = strand.unit.factor if strand.unit is not None else _ONE
    if isinstance(value, str):
        number = read_number(value)
        if number is None or number.percent or not is_plausible(number.value):
            return None
        made = strand.figures.get(row)
        if number.other is not None:
            return next((one * unit for one in (number.value, number.other) if made is not None and one * unit == made.value), None)
        scale = unit if number.unit is None and number.scale == 1 else number.scale
        return number.value * scale
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        return None
    number_format = sheet.formats.get((row, strand.index), "")
    if "%" in number_format:
        return None
    if not is_plausible(from_stored(value)):
        return None
    exact = from_stored(value).scaleb(-shown_divided_by(number_format)) * unit
    formula = (row, strand.index) in sheet.formulas
    return rounded(exact) if formula and strand.measure and MEASURES[strand.measure.partition(".")[0]].kind is Kind.MONEY else exact


def _reckoned(strand: Strand, sums: _Sums) -> Reckoned:
    code = strand.unit.code if strand.unit is not None else ""
    return Reckoned(
        letters(strand.index), strand.measure, code, sums.read, sums.entries, sums.totals, sums.held, sums.ignored, sums.unread
    )


def _rows(table: Table, body: range, went: tuple[set[int], set[int]], columns: tuple[Reckoned, ...]) -> Control:
    """Each filled row once: with entries, a total, held back, or ignored (a note, a repeated header, a row without any figure)."""
    counted, back = went
    kinds = {row.number: row.kind for row in table.rows}
    data = totals = held = ignored = 0
    for row in body:
        if next(table.sheet.filled(row), None) is None:
            continue
        if row in counted:
            data += 1
        elif kinds.get(row) in _SUMMING:
            totals += 1
        elif row in back:
            held += 1
        else:
            ignored += 1
    return Control(data, totals, held, ignored, columns)

