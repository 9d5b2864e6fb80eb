"""`reopen`: a closed period becomes open again, for a reason that stays on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command
from budgettool.commands._types import PERIOD

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.formats import Page
    from budgettool.period import Period


@as_command("reopen")
@click.argument("period", type=PERIOD)
@click.option("--reason", required=True, help="Why; it stays in the log for ever.")
def command(options: Options, period: Period, reason: str) -> Page:
    """Open a closed period again, for a reason."""
    from budgettool.commands._sources import folder_of, opened
    from budgettool.show import kept

    with opened(options, write=True) as there:
        there.ledger.reopen(period, reason)
        return kept.frozen("reopen", folder_of(options), period, there.ledger.head(), options.words(there.settings))
