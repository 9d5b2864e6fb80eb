"""`rates import`: a file of rates becomes rates in the ledger, beside the shipped ones and before them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command
from budgettool.commands._types import PATH

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.formats import Page


@as_command("import")
@click.argument("file", type=PATH)
def command(options: Options, file: Path) -> Page:
    """Add a csv of rates to the ledger.

    Columns date, code, quant, rate, or those of the shipped table; with commas or semicolons. A line that
    can't be right is named and left out.
    """
    from budgettool.commands._sources import opened
    from budgettool.rates import read_rates
    from budgettool.show import rated

    with opened(options, write=True) as there:
        rows, findings = read_rates(file, known=there.table())
        if rows:
            there.ledger.add_rates(rows, file=str(file))
        return rated.imported(str(file), len(rows), findings, options.words(there.settings), verbose=options.verbose)
