"""Files become entries: read, recognise, normalise.

This is the half of the street before the ledger: it knows spreadsheets and no engine. An unreadable key
holds its row back, an unreadable figure its cell; both are listed with the reason, never counted, never lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from budgettool.classification import Register
from budgettool.findings import Fact, Finding, Place
from budgettool.normalise.plausible import twice, unknown_programmes
from budgettool.normalise.reading import ColumnReading, Control, FileReading, Held, TableReading, Total
from budgettool.normalise.sheets import apart
from budgettool.normalise.table import Reader, read_table
from budgettool.read import File, read
from budgettool.read.sheet import Workbook
from budgettool.recognise import Hints, Table, recognise

__all__ = ["ColumnReading", "Control", "FileReading", "Held", "Hints", "TableReading", "Total", "read_file", "read_tables"]

TOWNS = "region-by-town"


def read_file(path: File | str, *, name: str | None = None, hints: Hints | None = None, register: Register | None = None) -> FileReading:
    """Read one file to entries and findings; a file that can't be read at all is a finding too, and `readable` is then False."""
    path = Path(path) if isinstance(path, str) else path
    hints = hints or Hints()
    register = register or Register.shipped()
    given = name if name is not None else str(path)
    reading = read(path, given)
    if reading.workbook is None:
        return FileReading(given, "", (), reading.findings, readable=False)
    tables, said = recognise(reading.workbook, hints, register)
    if not tables and any(finding.code == "encoding" for finding in reading.findings):
        tried = next(dict(finding.facts)["encoding"] for finding in reading.findings if finding.code == "encoding")
        return FileReading(given, "", (), (Finding("encoding-not-stated", (Place(given),), facts=(("encodings", (str(tried),)),)),), readable=False)
    return read_tables(reading.workbook, (tables, [*reading.findings, *said]), Reader(given, hints, register))


def read_tables(workbook: Workbook, recognised: tuple[Sequence[Table], Sequence[Finding]], reader: Reader) -> FileReading:
    """Normalise the recognised tables of a workbook; what was found before goes before what is found now."""
    tables, before = recognised
    read = [read_table(table, reader) for table in tables]
    said = [finding for _, found in read for finding in found]
    done, repeated = apart([table for table, _ in read], reader.file)
    said += repeated
    said += twice((entry for table in done for entry in table.entries), reader.file)
    said += unknown_programmes((entry for table in done for entry in table.entries), reader.file, reader.register.programmes)
    return FileReading(
        reader.file,
        workbook.sha256,
        tuple(done),
        (*before, *_once(said)),
        personal=workbook.personal,
        source=workbook.source,
    )


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Names of towns that were read as regions are said in one finding a file; a list of seventeen regions would hide all else."""
    towns = [finding for finding in findings if finding.code == TOWNS]
    if len(towns) < 2:
        return list(findings)
    said = dict.fromkeys((dict(finding.facts)["text"], dict(finding.facts)["name"]) for finding in towns)
    facts: tuple[tuple[str, Fact], ...] = (("text", tuple(str(text) for text, _ in said)), ("name", tuple(str(name) for _, name in said)))
    at = tuple(dict.fromkeys(place for finding in towns for place in finding.at))
    merged = Finding(TOWNS, at, facts=facts, count=len(at))
    first = findings.index(towns[0])
    return [*findings[:first], merged, *(finding for finding in findings[first:] if finding.code != TOWNS)]
