"""`rates convert`: tenge of a day or a span become an amount in another currency, with the rates that made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command
from budgettool.commands._types import AMOUNT, PERIOD

if TYPE_CHECKING:
    from decimal import Decimal

    from budgettool.commands._asked import Options
    from budgettool.formats import Page
    from budgettool.period import Period


@as_command("convert")
@click.argument("amount", type=AMOUNT)
@click.option("--period", type=PERIOD, required=True, help="The day or span that the tenge belong to: 2019-03-10, 2016..2019.")
@click.option("--basis", help="average, end, date, on:DATE or fixed:RATE; else date for a day and average for a span.")
@click.option("--currency", metavar="CODE", default="USD", show_default=True, help="The currency to convert into.")
def command(options: Options, amount: Decimal, period: Period, basis: str | None, currency: str) -> Page:
    """Convert tenge, saying which rates were used."""
    from budgettool.commands._sources import rate_table
    from budgettool.rates import convert, read_basis
    from budgettool.show import rated

    chosen = read_basis(basis or ("date" if period.is_day else "average"))
    made = convert(amount, period, basis=chosen, currency=currency, table=rate_table(options))
    return rated.converted(amount, period, str(chosen), made, options.words(), verbose=options.verbose)
