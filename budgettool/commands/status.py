"""`status`: the ledger becomes regions × periods: who returned what, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command
from budgettool.commands._types import PERIOD

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.formats import Page
    from budgettool.period import Period


@as_command("status")
@click.option("--period", type=PERIOD, help="Only periods within this span.")
def command(options: Options, period: Period | None) -> Page:
    """Show which regions returned what, and what is missing.

    For every region and period: returned, missing, held back, replaced, closed.
    """
    from budgettool.commands._sources import opened
    from budgettool.show import status

    with opened(options) as there:
        standings = [s for s in there.ledger.status() if period is None or s.period is None or s.period in period]
        words = options.words(there.settings)
        return status.page(standings, there.settings.regions, words, there.settings.register, verbose=options.verbose)
