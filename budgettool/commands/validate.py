"""`validate`: files become the list of what is wrong in them, for whoever fills them in; no ledger is needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgettool.commands._hints import hints
from budgettool.commands._options import as_command
from budgettool.commands._types import PATH

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.formats import Page
    from budgettool.recognise import Hints


@as_command("validate")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@hints
def command(options: Options, files: tuple[Path, ...], hints: Hints) -> Page:
    """Check a submission before it is sent.

    Says which cell is wrong, and how to mend it. Reads what stands in the files, sums their totals and compares their figures with each other. Exit code
    0: ready to be sent.
    """
    from budgettool.commands._sources import gather
    from budgettool.show import judged

    gathered = gather(files, options, hints)
    return judged.validated(gathered.readings, gathered.all_findings, options.words(register=gathered.register), verbose=options.verbose)
