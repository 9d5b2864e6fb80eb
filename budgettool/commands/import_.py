"""`import`: the files of paths become submissions in the ledger, each in one transaction or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgettool.commands._hints import hints
from budgettool.commands._options import as_command
from budgettool.commands._types import PATH

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.findings import Finding
    from budgettool.formats import Page
    from budgettool.ledger import Ledger, Quarantined
    from budgettool.normalise import FileReading
    from budgettool.recognise import Hints
    from budgettool.recognise.form import Form
    from budgettool.show.imported import Imported


@as_command("import")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Show what would be read, as `inspect` does, and post nothing.")
@click.option("--strict", is_flag=True, help="Post nothing of a file that holds an error.")
@click.option("--restate", metavar="REASON", help="Why figures of a closed period change.")
@hints
def command(options: Options, paths: tuple[Path, ...], hints: Hints, dry_run: bool, strict: bool, restate: str | None) -> Page:
    """Import spreadsheets, or folders of them, into the ledger.

    What can be read is posted, what cannot is held back and listed. A later file that states the same
    figures takes their place; the same file again changes nothing.
    """
    from budgettool.commands._forms import kept, offered, offering, used
    from budgettool.commands._sources import gather, opened
    from budgettool.show import imported, inspected

    remarks: list[Finding] = []
    if dry_run:
        gathered = offering(gather(paths, options, hints), options)
        return inspected.page(gathered.readings, gathered.findings, options.words(register=gathered.register), verbose=options.verbose)
    with opened(options, write=True) as there:
        gathered = gather(paths, options, hints, there.settings)
        files = []
        for reading in gathered.readings:  # one by one: the form of a sender's first file is offered for the second
            form = used(reading, hints)
            files.append(post(there.ledger, offered(reading, there.ledger), strict=strict, restate=restate, form=form))
            remarks += kept(form, there.folder) if files[-1].posting else []
        return imported.page(files, (*gathered.findings, *dict.fromkeys(remarks)), options.words(there.settings), verbose=options.verbose)


def post(ledger: Ledger, reading: FileReading, *, strict: bool = False, restate: str | None = None, form: Form | None = None) -> Imported:
    """Post one file, unless nothing of it can be, or it holds an error and that was not to be accepted."""
    from budgettool.findings import Severity, worst
    from budgettool.show.imported import Imported

    refused = strict and worst(reading.findings) is Severity.ERROR
    held = held_back(reading)
    if refused or not (reading.entries or held):
        return Imported(reading)
    submission = replace(reading.submission(), form=form.name if form else None, form_text=form.text if form else None)
    return Imported(reading, ledger.post(submission, restate=restate, held=held))


def held_back(reading: FileReading) -> list[Quarantined]:
    """What a file holds that is not counted, so that `status` can show it; its row's figures tell of which region and period."""
    from budgettool.ledger import Quarantined

    found = []
    for table in reading.tables:
        beside = {entry.row: entry for entry in table.entries}
        for held in table.quarantined:
            entry = beside.get(held.row)
            region, period = (entry.region, entry.period) if entry else (None, table.period)
            found.append(Quarantined(table.sheet, held.row, held.cell, held.code, region, period))
    return found
