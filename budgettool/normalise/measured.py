"""The figures of a table's columns, each in its unit: the user's, its header's, else the title's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budgettool.findings import Fact, Finding
from budgettool.normalise.figures import read_figures
from budgettool.normalise.work import Reader, Work
from budgettool.recognise.layout import Column, Context, Hints, Row
from budgettool.terms import MEASURES, Kind, Unit

_COUNTED = {"person", "day", "episode", "service"}


def measured(work: Work, body: Sequence[Row], reader: Reader) -> None:
    unstated: list[Column] = []
    for column in work.table.figures:
        unit = unit_of(column, work.table.context, reader.hints)
        if unit is None:
            if any(work.table.sheet.value(row.number, column.index) is not None for row in body):
                unstated.append(column)
            continue
        stated = column.unit or work.table.context.unit
        if reader.hints.unit and stated and column.is_money and (stated.code, stated.factor) != (unit.code, unit.factor):
            facts: tuple[tuple[str, Fact], ...] = (("unit", unit.text or unit.code), ("text", stated.text or stated.code))
            work.findings.append(Finding("unit-from-hint", (replace(work.place, cell=column.letters),), facts=facts))
        rows = (row.number for row in body)
        figures = read_figures(work.table.sheet, column.index, column.measure or "", unit, rows, reader.file, decimals=work.table.context.decimals)
        work.columns.append((column, figures))
    if unstated:
        at = tuple(replace(work.place, cell=column.letters) for column in unstated)
        facts = (("headers", tuple(column.header for column in unstated)), ("header", unstated[0].header))
        work.findings.append(Finding("unit-not-stated", at, facts=facts))


def unit_of(column: Column, context: Context, hints: Hints) -> Unit | None:
    """The unit of a column: the user's, its header's, the title's; people are counted in persons where nothing is said."""
    measure = MEASURES[column.measure or ""]
    if measure.kind is not Kind.MONEY:
        stated = column.unit or (hints.unit if hints.unit and hints.unit.code in _COUNTED else None)
        factor = stated.factor if stated and stated.code in _COUNTED else Decimal(1)
        return Unit(measure.unit, factor, stated.text if stated else "")
    money = next((unit for unit in (hints.unit, column.unit, context.unit) if unit and unit.code not in (*_COUNTED, "percent", "")), None)
    return money
