"""Any spreadsheet becomes sheets of addressed cells, as written; what can't be read becomes a finding that says why.

The content of a file decides what it is, never its name. Nothing is raised, whatever the file holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath

from budgettool.findings import Finding, Place
from budgettool.read.calamine import read_calamine
from budgettool.read.inbox import Inbox, inbox
from budgettool.read.kinds import WAY_OUT, Kind, Sniffed, sniff
from budgettool.read.opendocument import read_ods
from budgettool.read.sheet import Workbook
from budgettool.read.source import Draft, Source, Stop, load, stopped
from budgettool.read.text import read_text
from budgettool.read.withheld import workbook_of
from budgettool.read.workbook import read_workbook

__all__ = ["UNREADABLE", "Inbox", "Reading", "inbox", "read"]

UNREADABLE = frozenset(
    (
        "encoding-not-stated",
        "file-missing",
        "marked-for-official-use",
        "password-protected",
        "quote-not-closed",
        "sheet-too-large",
        "unpacks-too-large",
        "unreadable",
        "unsupported-format",
    )
)
"""Codes that say that nothing of a file was read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave; no workbook where nothing of it could be read, which one of the findings says then."""

    workbook: Workbook | None
    findings: tuple[Finding, ...]


def read(path: Path, name: str | None = None) -> Reading:
    """Read one file; `name` is what it is called in findings, its path if not given."""
    given = name if name is not None else str(path)
    try:
        source = load(path, given)
        sniffed = sniff(source)
        draft = _draft(source, sniffed.kind)
        workbook, findings = workbook_of(draft, source)
    except Stop as stop:
        return Reading(None, (stop.finding,))
    return Reading(workbook, (*_renamed(source, sniffed), *findings))


def _draft(source: Source, kind: Kind) -> Draft:
    """Read by kind; a reader that fails in a way of its own met damage, which no file may turn into a traceback."""
    try:
        if kind is Kind.XLSX:
            return read_workbook(source)
        if kind is Kind.ODS:
            return read_ods(source)
        if kind is Kind.CSV:
            return read_text(source)
        if kind is Kind.HTML:
            raise stopped("unsupported-format", source.name, kind=kind.value, way_out=WAY_OUT)
        return read_calamine(source, kind)
    except (Stop, MemoryError):
        raise
    except Exception as error:
        raise stopped("unreadable", source.name, reason="it is damaged") from error


def _renamed(source: Source, sniffed: Sniffed) -> list[Finding]:
    if not sniffed.extension_differs:
        return []
    extension = PurePath(source.name).suffix
    return [Finding("extension-differs-from-content", (Place(source.name),), expected=extension, actual=sniffed.kind.value)]
