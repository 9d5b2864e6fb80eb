"""Any spreadsheet becomes sheets of addressed cells, as written; what can't be read becomes a finding that says why.

The content of a file decides what it is, never its name. Nothing is raised, whatever the file holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from budgettool.findings import Finding, Place
from budgettool.read.binaryexcel import read_xlsb
from budgettool.read.html import read_html
from budgettool.read.inbox import File, Inbox, inbox
from budgettool.read.kinds import Kind, Sniffed, sniff
from budgettool.read.oldexcel import read_xls
from budgettool.read.opendocument import read_fods, read_ods
from budgettool.read.sheet import Workbook
from budgettool.read.source import Draft, Source, Stop, load, of_bytes, stopped
from budgettool.read.text import read_text
from budgettool.read.webarchive import read_mht
from budgettool.read.withheld import workbook_of
from budgettool.read.workbook import read_workbook
from budgettool.read.xml2003 import read_xml2003
from budgettool.read.zipped import Member, content_of

__all__ = ["UNREADABLE", "File", "Inbox", "Reading", "inbox", "read"]

UNREADABLE = frozenset(
    (
        "archive-not-read",
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

_READERS: Mapping[Kind, Callable[[Source], Draft]] = {
    Kind.XLSX: read_workbook,
    Kind.XLSB: read_xlsb,
    Kind.XLS: read_xls,
    Kind.ODS: read_ods,
    Kind.FODS: read_fods,
    Kind.XML: read_xml2003,
    Kind.CSV: read_text,
    Kind.HTML: read_html,
    Kind.MHT: read_mht,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave; no workbook where nothing of it could be read, which one of the findings says then."""

    workbook: Workbook | None
    findings: tuple[Finding, ...]


def read(path: File, name: str | None = None) -> Reading:
    """Read one file; `name` is what it is called in findings, its path if not given."""
    given = name if name is not None else str(path)
    try:
        source = of_bytes(content_of(path, given), path.archive, given) if isinstance(path, Member) else load(path, given)
        sniffed = sniff(source)
        draft = _draft(source, sniffed.kind)
        workbook, findings = workbook_of(draft, source)
    except Stop as stop:
        return Reading(None, (stop.finding,))
    except MemoryError:
        return Reading(None, (stopped("unreadable", given, reason="it needs more memory than there is").finding,))
    return Reading(workbook, (*_renamed(source, sniffed), *findings))


def _draft(source: Source, kind: Kind) -> Draft:
    """Read by kind; a reader that fails in a way of its own met damage, which no file may turn into a traceback."""
    try:
        return _READERS[kind](source)
    except (Stop, MemoryError):
        raise
    except Exception as error:
        raise stopped("unreadable", source.name, reason="it is damaged") from error


def _renamed(source: Source, sniffed: Sniffed) -> list[Finding]:
    if not sniffed.extension_differs:
        return []
    extension = PurePath(source.name).suffix
    return [Finding("extension-differs-from-content", (Place(source.name),), expected=extension, actual=sniffed.kind.value)]
