"""Files become entries: read, recognise, normalise.

This is the half of the street before the ledger: it knows spreadsheets and no engine. An unreadable key
holds its row back, an unreadable figure its cell; both are listed with the reason, never counted, never lost.
"""

from __future__ import annotations

from pathlib import Path

from budgettool.classification import Register
from budgettool.normalise.plausible import twice
from budgettool.normalise.reading import ColumnReading, Control, FileReading, Held, TableReading, Total
from budgettool.normalise.table import Reader, read_table
from budgettool.read import read
from budgettool.recognise import Hints, recognise

__all__ = ["ColumnReading", "Control", "FileReading", "Held", "Hints", "TableReading", "Total", "read_file"]


def read_file(path: Path, *, name: str | None = None, hints: Hints | None = None, register: Register | None = None) -> FileReading:
    """Read one file to entries and findings; a file that can't be read at all is a finding too, and `readable` is then False."""
    hints = hints or Hints()
    register = register or Register.shipped()
    given = name if name is not None else str(path)
    reading = read(path, given)
    if reading.workbook is None:
        return FileReading(given, "", (), reading.findings, readable=False)
    workbook = reading.workbook
    tables, recognised = recognise(workbook, hints, register)
    read_tables = [read_table(table, Reader(given, hints, register)) for table in tables]
    said = [finding for _, found in read_tables for finding in found]
    said += twice((entry for table, _ in read_tables for entry in table.entries), given)
    return FileReading(
        given,
        workbook.sha256,
        tuple(table for table, _ in read_tables),
        (*reading.findings, *recognised, *said),
        personal=workbook.personal,
        source=workbook.source,
    )
