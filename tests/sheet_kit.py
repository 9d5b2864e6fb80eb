"""Sheets for tests, written as the rows that a person would type."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from budgettool.classification import Register
from budgettool.findings import Finding
from budgettool.normalise import read_tables
from budgettool.normalise.reading import TableReading
from budgettool.normalise.table import Reader
from budgettool.read.sheet import Merge, Sheet, Value, Workbook
from budgettool.recognise import Hints, recognise
from budgettool.terms import Entry


def sheet(*rows: Sequence[Value], name: str = "Отчёт", merges: Sequence[tuple[int, int, int, int]] = (), hidden: Sequence[int] = ()) -> Sheet:
    return Sheet(name, [list(row) for row in rows], tuple(Merge(*edges) for edges in merges), frozenset(hidden))


def read_sheet(*sheets: Sheet, file: str = "report.xlsx", hints: Hints | None = None) -> tuple[list[TableReading], list[Finding]]:
    """Recognise and normalise sheets as those of one file."""
    hints = hints or Hints()
    register = Register.shipped()
    workbook = Workbook(file, "0" * 64, sheets)
    tables, findings = recognise(workbook, hints, register)
    reading = read_tables(workbook, (tables, findings), Reader(file, hints, register))
    return list(reading.tables), list(reading.findings)


def told(entries: Sequence[Entry]) -> list[tuple[str, str | None, str, str, Decimal]]:
    """Entries as (cell, region, period, measure with version, value); a `C` after the period says cumulative."""
    return [
        (e.cell, e.region, f"{e.period}{' C' if e.cumulative else ''}", e.measure + (f".{e.version}" if e.version else ""), e.value) for e in entries
    ]


def codes(findings: Sequence[Finding]) -> list[str]:
    return sorted(finding.code for finding in findings)
