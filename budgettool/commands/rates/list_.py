"""`rates list`: the table of rates becomes its series, or the rates of a span."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command
from budgettool.commands._types import PERIOD

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.formats import Page
    from budgettool.period import Period


@as_command("list")
@click.option("--currency", metavar="CODE", help="Only this currency.")
@click.option("--period", type=PERIOD, help="The rates within this span, one by one.")
def command(options: Options, currency: str | None, period: Period | None) -> Page:
    """List the rates that are known, with their sources."""
    from budgettool.commands._sources import rate_table
    from budgettool.show import rated

    table = rate_table(options)
    return rated.listed(table, table.currency(currency) if currency else None, period, options.words())
