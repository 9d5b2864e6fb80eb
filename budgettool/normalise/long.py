"""The ledger csv and its like: one figure a row, with columns that say what it measures, for when and in which unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgettool.classification import Register
from budgettool.findings import Finding, Place
from budgettool.normalise.control import Strand, reckon
from budgettool.normalise.figures import ColumnFigures, read_figures
from budgettool.normalise.keys import Cells, Keys, Named, read_periods, read_who, resolve_region, text_of
from budgettool.normalise.reading import ColumnReading, Control, Held, TableReading
from budgettool.normalise.refused import hold_rows
from budgettool.period import Period
from budgettool.read.sheet import address
from budgettool.recognise.layout import Hints, Row, RowKind, Table
from budgettool.recognise.vocabulary import read_header
from budgettool.terms import MEASURES, Entry, Kind, Qualifier, Unit
from budgettool.terms.money import is_currency
from budgettool.terms.units import read_unit

_TRUE = {"true", "1", "yes", "да", "иә"}


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says of its figure."""

    measure: str
    version: str | None
    unit: Unit


def read_long(table: Table, file: str, hints: Hints, register: Register) -> tuple[TableReading, list[Finding]]:
    """Read a table with a `measure` and a `value` column."""
    place, cells, keys = Place(file, table.sheet.name), Cells(table.sheet), Keys()
    data = [row for row in table.rows if row.kind is RowKind.DATA]
    hold_rows(table, keys, place, register)
    read_periods(table, cells, data, file, keys)
    said = {row.number: found for row in data if (found := _said(table, cells, row, hints, keys, place))}
    groups: dict[_Said, list[int]] = defaultdict(list)
    for number, what in said.items():
        groups[what].append(number)
    value = table.column("value")
    index = value.index if value else 0
    columns = {what: read_figures(table.sheet, index, what.measure, what.unit, numbers, file, decimals=table.context.decimals) for what, numbers in groups.items()}
    finest = {what: column.resolution for what, column in columns.items()}
    entries, findings, held = [], [f for column in columns.values() for f in column.findings], [h for c in columns.values() for h in c.held]
    for row in data:
        measured = said.get(row.number)
        if measured is None or row.number in keys.held or row.number not in columns[measured].figures:
            continue
        entry, more, kept = _entry(table, cells, row, (measured, columns[measured], finest[measured]), (keys, register, hints, place))
        findings += more
        held += kept
        entries += [entry] if entry else []
    held += keys.held.values()
    parts = _strands(table.rows, index, groups, columns)
    return _finished(table, entries, held, reckon(table, parts, entries, held)), [*findings, *keys.findings]


def _text(table: Table, cells: Cells, row: Row, field: str) -> str | None:
    column = table.column(field)
    return (text_of(cells.value(row.number, column.index)) or None) if column else None


def _said(table: Table, cells: Cells, row: Row, hints: Hints, keys: Keys, place: Place) -> _Said | None:
    name = _text(table, cells, row, "measure") or ""
    measure = name if name in MEASURES else next((m.field for m in read_header(name).meanings if m.kind == "measure" and m.strength), None)
    column = table.column("measure")
    cell = address(row.number, column.index) if column else ""
    if measure is None:
        keys.hold(row.number, "measure-not-read", cell, replace(place, cell=cell), text=name)
        return None
    base, _, version = measure.partition(".")
    kind = MEASURES[base].kind
    stated = _text(table, cells, row, "unit")
    unit = _unit(stated) if stated else hints.unit or table.context.unit
    if kind is not Kind.MONEY and (unit is None or is_currency(unit.code)):
        unit = Unit(MEASURES[base].unit, Decimal(1))
    if unit is None:
        keys.hold(row.number, "unit-not-stated", cell, replace(place, cell=str(row.number)), header=name)
        return None
    return _Said(base, _text(table, cells, row, "version") or version or None, unit)


def _unit(stated: str) -> Unit | None:
    return read_unit(stated) or (Unit(stated, Decimal(1)) if is_currency(stated) else None)


def _entry(
    table: Table, cells: Cells, row: Row, read: tuple[_Said, ColumnFigures, Decimal], given: tuple[Keys, Register, Hints, Place]
) -> tuple[Entry | None, list[Finding], list[Held]]:
    (what, column, finest), (keys, _, hints, place) = read, given
    own = keys.periods.get(row.number)
    period = own.period if own else hints.period or (table.context.written.period if table.context.written else None)
    if period is None:
        keys.hold(row.number, "period-not-stated", "", replace(place, cell=str(row.number)))
        return None, [], []
    region, findings, held = _region(table, cells, row, period, given)
    if region is None and held:
        keys.held.setdefault(row.number, held[0])
        return None, findings, []
    who, said, bins = read_who(table, cells, row, place, given[1].programmes)
    figure = column.figures[row.number]
    qualifier = _text(table, cells, row, "qualifier")
    entry = Entry(
        sheet=table.sheet.name,
        cell=address(row.number, column.index),
        row=row.number,
        raw=figure.raw,
        measure=what.measure,
        version=what.version,
        category=who.category,
        period=period,
        cumulative=_is_true(_text(table, cells, row, "cumulative")) or bool(own and own.cumulative),
        as_of=who.as_of,
        value=figure.value,
        unit=what.unit.code,
        resolution=finest,
        qualifier=Qualifier(qualifier) if qualifier in list(Qualifier) else figure.qualifier,
        reporter=who.reporter or hints.reporter,
        region=region,
        programme=who.programme,
        funding=who.funding,
        provider=who.provider,
        provider_bin=who.provider_bin,
        contract=who.contract,
    )
    return entry, [*findings, *said], bins


def _region(
    table: Table, cells: Cells, row: Row, period: Period, given: tuple[Keys, Register, Hints, Place]
) -> tuple[str | None, list[Finding], list[Held]]:
    _, register, hints, place = given
    column = table.column("region") or table.column("kato")
    text = text_of(cells.value(row.number, column.index)) if column else ""
    if not text or column is None:
        return hints.region or table.context.region, [], []
    cell = address(row.number, column.index)
    region, said, code = resolve_region(Named(text, replace(place, cell=cell), period), register, frozenset())
    return region, said, [Held(row.number, None, code, (cell,))] if code else []


def _is_true(text: str | None) -> bool:
    return (text or "").strip().lower() in _TRUE


def _strands(rows: Sequence[Row], index: int, groups: dict[_Said, list[int]], columns: dict[_Said, ColumnFigures]) -> list[Strand]:
    """The value column in strands, one a measure and unit, and one of the rows that do not say theirs."""
    known = {number for numbers in groups.values() for number in numbers}
    parts = [Strand(index, _named(what), what.unit, columns[what].figures, numbers) for what, numbers in groups.items()]
    others = [row.number for row in rows if row.number not in known]
    return [*parts, Strand(index, "", None, {}, others)] if others else parts


def _named(what: _Said) -> str:
    return f"{what.measure}.{what.version}" if what.version else what.measure


def _finished(table: Table, entries: list[Entry], held: list[Held], control: Control) -> TableReading:
    return TableReading(
        sheet=table.sheet.name,
        range=table.range,
        header_rows=table.header_rows,
        form=table.form,
        unit=None,
        period=table.context.written.period if table.context.written else None,
        cumulative=False,
        reporter=None,
        columns=tuple(ColumnReading(column.letters, column.header, column.field) for column in table.columns),
        entries=tuple(entries),
        totals=(),
        quarantined=tuple(sorted(held, key=lambda h: (h.row, h.cell or ""))),
        control=control,
    )
