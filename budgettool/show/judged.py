"""Judgements as pages: whether a submission can be sent, and what checks and claims say of a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from budgettool.findings import Severity, worst
from budgettool.formats import Column, Kind, Lines, Page, Table
from budgettool.show import Json, exact, remarks, schema

if TYPE_CHECKING:
    from budgettool.claims import Verdict
    from budgettool.findings import Finding
    from budgettool.normalise import FileReading
    from budgettool.wording import Wording


def validated(readings: Sequence[FileReading], findings: Iterable[Finding], words: Wording, *, verbose: bool = False) -> Page:
    """The validate page: one line a file, ready or not, and all that is to be mended."""
    found = remarks.unique(findings)
    document: Json = {
        "schema": schema("validate"),
        "files": [_validated(reading) for reading in readings],
        "findings": remarks.documents(found, words),
    }
    columns = (
        Column("file", words.text("File")),
        Column("verdict", words.text("Verdict")),
        Column("entries", words.text("Figures"), Kind.PEOPLE),
        Column("quarantined", words.text("Held back"), Kind.PEOPLE),
    )
    rows = tuple(
        (
            reading.file,
            words.text("ready to be sent") if is_ready(reading) else words.text("to be mended"),
            len(reading.entries),
            held_back(reading),
        )
        for reading in readings
    )
    return remarks.page(document, [Table(columns, rows)] if rows else [], words, found=found, verbose=verbose, data=_list(found, words))


def is_ready(reading: FileReading) -> bool:
    """Whether a file holds figures and no error."""
    return bool(reading.entries) and worst(reading.findings) is not Severity.ERROR


def held_back(reading: FileReading) -> int:
    """How many rows and cells of a file are in quarantine."""
    return sum(len(table.quarantined) for table in reading.tables)


def _validated(reading: FileReading) -> Json:
    return {
        "file": reading.file,
        "sha256": reading.sha256 or None,
        "ready": is_ready(reading),
        "entries": len(reading.entries),
        "quarantined": held_back(reading),
    }


def checked(
    files: Sequence[Json], verdicts: Sequence[Verdict], findings: Iterable[Finding], words: Wording, *, head: str | None, verbose: bool = False
) -> Page:
    """The check page; `files` are what was checked, with `file`, `sha256` and `entries`."""
    found = remarks.unique((*findings, *(verdict.how for verdict in verdicts)))
    document: Json = {
        "schema": schema("check"),
        "ledger_head": head,
        "files": list(files),
        "claims": [_claim(verdict, words) for verdict in verdicts],
        "findings": remarks.documents(found, words),
    }
    said = words.text("Checked: {files}.", files=words.counted("file", len(files)))
    blocks: list[Table | Lines] = [Lines((said,))]
    if verdicts:
        blocks.append(_claims(verdicts, words))
    if not found:
        blocks.append(Lines((words.text("Nothing was found."),)))
    return remarks.page(document, blocks, words, found=found, verbose=verbose, data=_list(found, words))


def _claim(verdict: Verdict, words: Wording) -> Json:
    unit = verdict.claim.unit
    return {
        "name": verdict.claim.name,
        "published": exact(verdict.claim.value, unit),
        "interval": [exact(verdict.low, unit), None if verdict.high is None else exact(verdict.high, unit)],
        "computed": None if verdict.computed is None else exact(verdict.computed, unit),
        "verdict": verdict.verdict,
        "how": words.sentence(verdict.how)[0],
    }


def _claims(verdicts: Sequence[Verdict], words: Wording) -> Table:
    columns = (
        Column("name", words.text("Published")),
        Column("published", words.text("Figure"), Kind.RATE),
        Column("computed", words.text("Computed"), Kind.RATE),
        Column("unit", words.text("Unit")),
        Column("verdict", words.text("Verdict")),
    )
    rows = tuple((v.claim.name, v.claim.value, v.computed, words.unit(v.claim.unit), words.status(v.verdict)) for v in verdicts)
    return Table(columns, rows)


def _list(findings: Iterable[Finding], words: Wording) -> Table:
    """The findings as rows, for csv: each with its first place."""
    keys = ("severity", "code", "family", "file", "sheet", "cell", "region", "period", "expected", "actual", "message", "hint")
    rows = []
    for finding in findings:
        made = remarks.document(finding, words)
        at = finding.at[0] if finding.at else None
        place = {key: getattr(at, key) or None for key in ("file", "sheet", "cell")} if at else {}
        rows.append(tuple(str(value) if (value := {**made, **place}.get(key)) is not None else None for key in keys))
    return Table(tuple(Column(key, key) for key in keys), tuple(rows))
