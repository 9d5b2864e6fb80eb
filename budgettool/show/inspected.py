"""What would be read of files, as a page: tables, columns, entries, totals, what was held back, and every finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from budgettool.findings import catalogue
from budgettool.formats import Cell, Column, Kind, Lines, Page, Table
from budgettool.show import Json, exact, remarks, schema, text
from budgettool.terms import Entry

if TYPE_CHECKING:
    from budgettool.findings import Finding
    from budgettool.normalise import Control, FileReading, Held, TableReading
    from budgettool.wording import Wording

LEDGER_CSV = (
    *("reporter", "region", "programme", "funding", "provider", "contract", "period", "cumulative"),
    *("measure", "version", "as_of", "category", "value", "unit", "qualifier"),
)
"""The columns of the ledger csv, which import reads again."""


def page(readings: Sequence[FileReading], findings: Iterable[Finding], words: Wording, *, verbose: bool = False) -> Page:
    """The inspect page of these files; `findings` are those of no single file."""
    general = tuple(findings)
    found = (*general, *(finding for reading in readings for finding in reading.findings))
    document: Json = {
        "schema": schema("inspect"),
        "files": [file_document(reading, words) for reading in readings],
        "findings": remarks.documents(general, words),
    }
    details = [block for reading in readings for table in reading.tables for block in _details(reading, table, words)] if verbose else []
    blocks = (*([_overview(readings, words)] if readings else []), *details)
    return remarks.page(document, blocks, words, found=found, verbose=verbose, data=_csv(readings))


def file_document(reading: FileReading, words: Wording) -> Json:
    """One file of the document."""
    return {
        "file": reading.file,
        "sha256": reading.sha256 or None,
        "tables": [table_document(table) for table in reading.tables],
        "findings": remarks.documents(reading.findings, words),
    }


def table_document(table: TableReading) -> Json:
    """One table of a file: what was understood, and what was read with it."""
    return {
        "sheet": table.sheet,
        "range": table.range,
        "header_rows": list(table.header_rows),
        "form": table.form,
        "unit": table.unit,
        "period": text(table.period),
        "cumulative": table.cumulative,
        "reporter": table.reporter,
        "columns": [{"column": column.column, "header": column.header, "field": column.field} for column in table.columns],
        "entries": [entry_document(entry) for entry in table.entries],
        "totals": [
            {
                "cell": total.cell,
                "measure": total.measure,
                "value": exact(total.value, "KZT"),
                "computed": None if total.computed is None else exact(total.computed, "KZT"),
                "tolerance": None if total.tolerance is None else exact(total.tolerance, "KZT"),
                "verdict": total.verdict,
            }
            for total in table.totals
        ],
        "quarantined": [{"row": held.row, "cell": held.cell, "code": held.code, "cells": list(held.cells)} for held in table.quarantined],
        "control": control_document(table.control),
    }


def control_document(control: Control) -> Json:
    """Where the rows of a table and the figures of each column went; what is read equals the sum of the other four."""
    return {
        "rows": {
            "read": control.rows,
            "entries": control.data,
            "totals": control.totals,
            "quarantined": control.held,
            "ignored": control.ignored,
        },
        "columns": [
            {
                "column": column.column,
                "measure": column.measure or None,
                "unit": column.unit or None,
                "read": f"{column.read:f}",
                "entries": f"{column.entries:f}",
                "totals": f"{column.totals:f}",
                "quarantined": f"{column.held:f}",
                "ignored": f"{column.ignored:f}",
                "unread": column.unread,
            }
            for column in control.columns
        ],
    }


def entry_document(entry: Entry) -> Json:
    """One entry of a table."""
    return {
        "cell": entry.cell,
        "row": entry.row,
        "measure": entry.measure,
        "version": entry.version,
        "category": entry.category,
        "region": entry.region,
        "programme": entry.programme,
        "funding": entry.funding,
        "provider": entry.provider,
        "provider_bin": entry.provider_bin,
        "contract": entry.contract,
        "period": str(entry.period),
        "cumulative": entry.cumulative,
        "value": exact(entry.value, entry.unit),
        "unit": entry.unit,
        "resolution": exact(entry.resolution, entry.unit),
        "qualifier": text(entry.qualifier),
        "raw": entry.raw,
    }


def _overview(readings: Sequence[FileReading], words: Wording) -> Table:
    """One row a table that was found; a file without one has a row all the same."""
    columns = (
        Column("file", words.text("File")),
        Column("sheet", words.text("Sheet")),
        Column("range", words.text("Cells")),
        Column("period", words.text("Period")),
        Column("unit", words.text("Unit")),
        Column("entries", words.text("Figures"), Kind.PEOPLE),
        Column("totals", words.text("Totals")),
        Column("quarantined", words.text("Held back"), Kind.PEOPLE),
    )
    rows = [row for reading in readings for row in _overview_rows(reading, words)]
    return Table(columns, tuple(rows))


def _overview_rows(reading: FileReading, words: Wording) -> list[tuple[Cell, ...]]:
    if not reading.tables:
        return [(reading.file, words.text("no table") if reading.readable else words.text("not read"), None, None, None, 0, None, 0)]
    return [
        (
            reading.file if index == 0 else "",
            table.sheet,
            table.range,
            _period(table, words),
            table.unit,
            len(table.entries),
            _agreeing(table, words),
            len(table.quarantined),
        )
        for index, table in enumerate(reading.tables)
    ]


def _period(table: TableReading, words: Wording) -> str | None:
    """The period of the table, else the span of its entries."""
    if table.period is not None:
        return words.period(table.period)
    printed = sorted({entry.period for entry in table.entries})
    if not printed:
        return None
    return words.period(printed[0]) if len(printed) == 1 else f"{printed[0]} … {printed[-1]}"


def _agreeing(table: TableReading, words: Wording) -> str | None:
    """How many of the judged totals agree: `2 of 3`."""
    judged = [total for total in table.totals if total.verdict != "not-judged"]
    if not judged:
        return None
    return words.text("{part} of {whole} agree", part=sum(total.verdict == "agrees" for total in judged), whole=len(judged))


def _details(reading: FileReading, table: TableReading, words: Wording) -> list[Table | Lines]:
    """What was understood of one table: its columns, its figures, its totals, its quarantine."""
    where = f"{reading.file} [{table.sheet}] {table.range}"
    blocks: list[Table | Lines] = [_columns(table, where, words), _figures(table.entries, words)]
    if table.control.columns:
        blocks.append(_control(table.control, words))
    if table.totals:
        blocks.append(_totals(table, words))
    if table.quarantined:
        held = (_held(held, words) for held in table.quarantined)
        blocks.append(Lines(tuple(f"  {line}" for line in held), title=words.text("Held back, not counted:")))
    return blocks


def _held(held: Held, words: Wording) -> str:
    place = held.cell or words.text("row {row}", row=held.row)
    return f"{place}: {words.finding_title(held.code) if held.code in catalogue() else held.code} ({held.code})"


def _field(field: str | None, words: Wording) -> str:
    """What a column was read as, in words."""
    if field is None:
        return words.text("not read")
    name = words.measure(field)
    return name if name != field else words.heading(field)


def _columns(table: TableReading, where: str, words: Wording) -> Table:
    columns = (Column("column", words.text("Column")), Column("header", words.text("Heading")), Column("field", words.text("Read as")))
    rows = tuple((column.column, column.header, _field(column.field, words)) for column in table.columns)
    header = words.text("Header rows: {rows}", rows=", ".join(map(str, table.header_rows)))
    notes = (header,) if table.header_rows else ()
    return Table(columns, rows, title=where, notes=notes)


def _figures(entries: Sequence[Entry], words: Wording) -> Table:
    columns = (
        Column("cell", words.text("Cell")),
        Column("region", words.text("Region")),
        Column("period", words.text("Period")),
        Column("measure", words.text("Measure")),
        Column("value", words.text("Value"), Kind.RATE),
        Column("unit", words.text("Unit")),
        Column("raw", words.text("As written")),
    )
    since_january = " " + words.text("cumulative")
    rows = tuple(
        (
            entry.cell,
            words.region(entry.region, entry.period) if entry.region else None,
            str(entry.period) + (since_january if entry.cumulative else ""),
            words.measure(entry.measure + (f".{entry.version}" if entry.version else "")),
            entry.value,
            words.unit(entry.unit),
            entry.raw,
        )
        for entry in entries
    )
    return Table(columns, rows)


def _short(amount: Decimal) -> Decimal:
    """An amount without the zeros behind its point."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount


def _control(control: Control, words: Wording) -> Table:
    """The control totals: rows, then each column's money or people, in = entries + totals + held back + ignored."""
    columns = (
        Column("column", words.text("Column")),
        Column("measure", words.text("Measure")),
        Column("read", words.text("In the file"), Kind.RATE),
        Column("entries", words.text("Figures"), Kind.RATE),
        Column("totals", words.text("Totals"), Kind.RATE),
        Column("held", words.text("Held back"), Kind.RATE),
        Column("ignored", words.text("Left aside"), Kind.RATE),
        Column("unit", words.text("Unit")),
        Column("unread", words.text("Cells not read"), Kind.PEOPLE),
    )
    counted = (control.rows, control.data, control.totals, control.held, control.ignored)
    rows: list[tuple[Cell, ...]] = [("", words.text("rows"), *map(Decimal, counted), None, None)]
    rows += [
        (
            *(c.column, words.measure(c.measure) if c.measure else None),
            *(_short(amount) for amount in (c.read, c.entries, c.totals, c.held, c.ignored)),
            *(words.unit(c.unit) if c.unit else None, c.unread or None),
        )
        for c in control.columns
    ]
    return Table(columns, tuple(rows), title=words.text("Control totals: what is in the file = figures + totals + held back + left aside"))


def _totals(table: TableReading, words: Wording) -> Table:
    columns = (
        Column("cell", words.text("Cell")),
        Column("measure", words.text("Total of")),
        Column("value", words.text("Printed"), Kind.RATE),
        Column("computed", words.text("Sum of rows"), Kind.RATE),
        Column("tolerance", words.text("Rounding explains"), Kind.RATE),
        Column("verdict", words.text("Verdict")),
    )
    rows = tuple((t.cell, words.measure(t.measure), t.value, t.computed, t.tolerance, words.status(t.verdict)) for t in table.totals)
    return Table(columns, rows)


def _csv(readings: Sequence[FileReading]) -> Table:
    """The entries in the columns of the ledger csv, each with the cell that it came from."""
    columns = tuple(Column(key, key) for key in (*LEDGER_CSV, "file", "sheet", "cell"))
    rows = [_csv_row(entry, reading.file) for reading in readings for entry in reading.entries]
    return Table(columns, tuple(rows))


def _csv_row(entry: Entry, file: str) -> tuple[Cell, ...]:
    document = {**entry_document(entry), "reporter": entry.reporter, "as_of": text(entry.as_of), "cumulative": str(entry.cumulative).lower()}
    document |= {"file": file, "sheet": entry.sheet, "provider": entry.provider_bin or entry.provider}
    return tuple(text(document[key]) for key in (*LEDGER_CSV, "file", "sheet", "cell"))
