"""Any spreadsheet becomes sheets of addressed cells, as written. Hostile files stop here.

The content decides what a file is, never its name. python-calamine gives the values; a scan of the XML
before it gives what it hides or dies of: error values, formulas without a result, far cells, hidden rows.
Personal numbers are taken out before anything leaves this package.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from budgettool.findings import Finding, Place
from budgettool.read.delimited import read_csv
from budgettool.read.inbox import Inbox, inbox
from budgettool.read.kinds import Kind, sniff
from budgettool.read.others import read_other
from budgettool.read.sheet import Workbook
from budgettool.read.source import Draft, Source, Stop, load, stopped
from budgettool.read.withheld import marked, withhold
from budgettool.read.xlsx import read_xlsx

__all__ = ["UNREADABLE", "Inbox", "Reading", "inbox", "read"]

UNREADABLE = frozenset(
    {
        "unreadable",
        "unsupported-format",
        "password-protected",
        "unpacks-too-large",
        "sheet-too-large",
        "encoding-not-stated",
        "quote-not-closed",
        "marked-for-official-use",
        "file-missing",
    }
)
"""The codes of findings that mean that a file, or one of its sheets, can't be read: exit code 3."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file: a workbook, or None where nothing can be read, and what was found."""

    workbook: Workbook | None
    findings: tuple[Finding, ...] = ()


def read(path: Path, name: str | None = None) -> Reading:
    """Read a file; `name` is what findings call it, by default its path as given."""
    given = str(path) if name is None else name
    try:
        return _read(path, given)
    except Stop as stop:
        return Reading(None, (stop.finding,))


def _read(path: Path, name: str) -> Reading:
    source = load(path, name)
    sniffed = sniff(source)
    draft = _drafted(source, sniffed.kind)
    if marked(draft):
        raise stopped("marked-for-official-use", name)
    findings = []
    if sniffed.extension_differs:
        facts = (("expected", path.suffix), ("kind", str(sniffed.kind)))
        findings.append(Finding("extension-differs-from-content", (Place(name),), facts=facts))
    sheets, personal = withhold(draft, name)
    findings += [*draft.findings, *personal]
    findings += [Finding("hidden-sheet-skipped", (Place(name, sheet.name),), facts=(("name", sheet.name),)) for sheet in draft.hidden if sheet.grid]
    kept = None if personal else source.content
    return Reading(Workbook(name, source.sha256, tuple(sheets), kept, bool(personal)), tuple(findings))


def _drafted(source: Source, kind: Kind) -> Draft:
    if kind is Kind.XLSX:
        return read_xlsx(source)
    if kind is Kind.CSV:
        return read_csv(source)
    if kind is Kind.HTML:
        raise stopped("unsupported-format", source.name, kind="html saved under another name; open it in Excel and save it as xlsx")
    return read_other(source, kind)
