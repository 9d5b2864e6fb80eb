"""What an import posted, as a page: one row a file, and every figure that a later one took the place of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from budgettool.formats import Column, Kind, Page, Table
from budgettool.show import Json, exact, remarks, schema

if TYPE_CHECKING:
    from budgettool.findings import Finding
    from budgettool.ledger import Posting, Superseded
    from budgettool.normalise import FileReading
    from budgettool.wording import Wording


@dataclass(frozen=True, slots=True)
class Imported:
    """One file of an import: what was read of it, and what the ledger did; no posting where nothing of it was posted."""

    reading: FileReading
    posting: Posting | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.reading.findings, *(self.posting.findings if self.posting else ()))


def page(files: Sequence[Imported], findings: Iterable[Finding], words: Wording, *, verbose: bool = False) -> Page:
    """The import page; `findings` are those of no single file."""
    general = tuple(findings)
    found = (*general, *(finding for file in files for finding in file.findings))
    document: Json = {
        "schema": schema("import"),
        "files": [_document(file, words) for file in files],
        "findings": remarks.documents(general, words),
    }
    blocks = [_table(files, words)] if files else []
    replaced = [old for file in files if file.posting for old in file.posting.superseded]
    if replaced:
        blocks.append(changes(replaced, words, words.text("Figures that were replaced; the older ones stay in the ledger")))
    return remarks.page(document, blocks, words, found=found, verbose=verbose)


def _document(file: Imported, words: Wording) -> Json:
    posting = file.posting
    return {
        "file": file.reading.file,
        "sha256": file.reading.sha256 or None,
        "submission": posting.number if posting else None,
        "entries": posting.entries if posting else 0,
        "quarantined": sum(len(table.quarantined) for table in file.reading.tables),
        "same_as": posting.same_as if posting else None,
        "reread": posting.reread if posting else False,
        "superseded": [superseded(old) for old in posting.superseded] if posting else [],
        "findings": remarks.documents(file.findings, words),
    }


def superseded(old: Superseded) -> Json:
    """One figure that no longer counts, and what counts now."""
    return {
        "file": old.old.file,
        "sheet": old.old.sheet,
        "cell": old.old.cell,
        "measure": old.measure,
        "version": old.version,
        "region": old.region,
        "programme": old.programme,
        "provider": old.provider,
        "period": str(old.period),
        "cumulative": old.cumulative,
        "unit": old.unit,
        "old_value": exact(old.old_value, old.unit),
        "new_value": None if old.new_value is None else exact(old.new_value, old.unit),
    }


def _table(files: Sequence[Imported], words: Wording) -> Table:
    columns = (
        Column("submission", words.text("No."), Kind.PEOPLE),
        Column("file", words.text("File")),
        Column("entries", words.text("Figures posted"), Kind.PEOPLE),
        Column("quarantined", words.text("Held back"), Kind.PEOPLE),
        Column("outcome", words.text("Outcome")),
    )
    rows = tuple(
        (
            file.posting.number if file.posting else None,
            file.reading.file,
            file.posting.entries if file.posting else 0,
            sum(len(table.quarantined) for table in file.reading.tables),
            outcome(file, words),
        )
        for file in files
    )
    return Table(columns, rows)


def outcome(file: Imported, words: Wording) -> str:
    """What became of a file, in a few words."""
    posting = file.posting
    if posting is None:
        return words.text("not read") if not file.reading.readable else words.text("nothing posted")
    if posting.same_as is not None:
        return words.text("in the ledger already, as {file}", file=posting.same_as)
    if posting.superseded:
        return words.text("posted, {number} figures replaced", number=len(posting.superseded))
    return words.text("posted")


def changes(replaced: Sequence[Superseded], words: Wording, title: str = "") -> Table:
    """What counted before, and what counts now."""
    columns = (
        Column("region", words.text("Region")),
        Column("period", words.text("Period")),
        Column("measure", words.text("Measure")),
        Column("old_value", words.text("Before"), Kind.RATE),
        Column("new_value", words.text("Now"), Kind.RATE),
        Column("file", words.text("Was stated in")),
    )
    rows = tuple(
        (
            words.region(old.region) if old.region else None,
            str(old.period),
            words.measure(old.measure + (f".{old.version}" if old.version else "")),
            old.old_value,
            old.new_value,
            f"{old.old.file} {old.old.cell}",
        )
        for old in replaced
    )
    return Table(columns, rows, title=title)

