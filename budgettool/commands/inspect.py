"""`inspect`: files become a page of what would be read of them; nothing is written."""

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


@as_command("inspect")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@hints
def command(options: Options, files: tuple[Path, ...], hints: Hints) -> Page:
    """Show what would be read of files, without writing anything.

    Tables, header, columns, unit, period, figures, printed totals, what is held back and why. `-v` lists
    every column and figure; `--format csv` gives the figures in the columns of the ledger csv.
    """
    from budgettool.commands._sources import gather
    from budgettool.show import inspected

    gathered = gather(files, options, hints)
    return inspected.page(gathered.readings, gathered.findings, options.words(), verbose=options.verbose)
