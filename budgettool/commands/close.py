"""`close`: a period becomes frozen: its figures no longer change without a reason that is itself on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command
from budgettool.commands._types import PERIOD

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.formats import Page
    from budgettool.period import Period


@as_command("close")
@click.argument("period", type=PERIOD)
def command(options: Options, period: Period) -> Page:
    """Freeze a period after its return was signed.

    An import with figures of a period that ends in it is refused from then on, unless --restate gives a reason.
    """
    from budgettool.commands._sources import folder_of, opened
    from budgettool.show import kept

    with opened(options, write=True) as there:
        there.ledger.close(period)
        return kept.frozen("close", folder_of(options), period, there.ledger.head(), options.words(there.settings))
