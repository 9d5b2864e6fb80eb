"""The ledger itself as pages: what is in it, what happened to it, and whether its chain of digests holds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from budgettool.formats import Column, Kind, Lines, Page, Table
from budgettool.show import Json, remarks, schema
from budgettool.show.imported import changes, superseded

if TYPE_CHECKING:
    from budgettool.findings import Finding
    from budgettool.ledger import LogRecord, Voiding
    from budgettool.period import Period
    from budgettool.wording import Wording


def created(folder: Path, head: str, words: Wording) -> Page:
    """The page of a new ledger."""
    document: Json = {"schema": schema("init"), "ledger": str(folder), "head": head, "findings": []}
    said = Lines(
        (
            words.text("A new ledger is in {folder}.", folder=str(folder.resolve())),
            words.text("Look through {file} next, then: budgettool import inbox/", file=str(folder / "budgettool.toml")),
        )
    )
    return remarks.page(document, [said], words)


def verified(folder: Path, head: str, findings: Iterable[Finding], words: Wording, *, verbose: bool = False) -> Page:
    """The page of a recomputed chain."""
    found = tuple(findings)
    document: Json = {
        "schema": schema("verify"),
        "ledger": str(folder),
        "head": head,
        "sound": not found,
        "findings": remarks.documents(found, words),
    }
    verdict = words.text("The ledger is sound; its head is {head}.", head=head) if not found else words.text("The ledger has been changed.")
    return remarks.page(document, [Lines((verdict,))], words, found=found, verbose=verbose)


def logged(records: Iterable[LogRecord], words: Wording) -> Page:
    """The page of everything that ever happened to the ledger, oldest first."""
    listed = list(records)
    document: Json = {"schema": schema("log"), "records": [_record(record) for record in listed], "findings": []}
    columns = (
        Column("number", words.text("No."), Kind.PEOPLE),
        Column("at", words.text("When")),
        Column("kind", words.text("What")),
        Column("facts", words.text("Details")),
        Column("digest", words.text("Digest")),
    )
    rows = tuple((record.number, record.at, words.status(record.kind), _facts(record), record.digest[:12]) for record in listed)
    return remarks.page(document, [Table(columns, rows)], words)


def _facts(record: LogRecord) -> str:
    return ", ".join(f"{name}: {remarks.fact(value)}" for name, value in record.facts)


def _record(record: LogRecord) -> Json:
    return {
        "number": record.number,
        "kind": record.kind,
        "at": record.at,
        "digest": record.digest,
        "facts": {name: remarks.fact(value) for name, value in record.facts},
    }


def frozen(kind: str, folder: Path, period: Period, head: str, words: Wording) -> Page:
    """The page of a period that was closed, or reopened."""
    document: Json = {"schema": schema(kind), "ledger": str(folder), "period": str(period), "head": head, "findings": []}
    named = words.period(period)
    said = words.text("Closed: {period}.", period=named) if kind == "close" else words.text("Reopened: {period}.", period=named)
    return remarks.page(document, [Lines((said,))], words)


def undone(folder: Path, voiding: Voiding, words: Wording, *, verbose: bool = False) -> Page:
    """The page of a submission that was taken back, with what counts again in its place."""
    document: Json = {
        "schema": schema("undo"),
        "ledger": str(folder),
        "record": voiding.number,
        "submission": voiding.target,
        "file": voiding.file,
        "changed": [superseded(old) for old in voiding.changed],
        "findings": remarks.documents(voiding.findings, words),
    }
    said = words.text("Taken back: submission {number}, {file}.", number=voiding.target, file=voiding.file)
    blocks: list[Table | Lines] = [Lines((said,))]
    if voiding.changed:
        blocks.append(changes(voiding.changed, words))
    return remarks.page(document, blocks, words, found=voiding.findings, verbose=verbose)
