"""`rates explain`: a published pair of amounts becomes the rate that it implies, and the conventions that give it."""

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

QUALIFIERS = ("about", "more-than", "less-than")


@as_command("explain")
@click.option("--amount", type=AMOUNT, required=True, help="The published tenge.")
@click.option("--usd", type=AMOUNT, required=True, help="What they were said to be in dollars (or in --currency).")
@click.option("--period", type=PERIOD, required=True, help="The span of the tenge.")
@click.option("--about", "wording", flag_value="about", help='The dollars are "about" so much.')
@click.option("--more-than", "wording", flag_value="more-than", help='The dollars are "over" so much.')
@click.option("--less-than", "wording", flag_value="less-than", help='The dollars are "under" so much.')
@click.option("--amount-is", type=click.Choice(QUALIFIERS), help="The same for the tenge.")
@click.option("--currency", metavar="CODE", default="USD", show_default=True, help="The currency of the other amount.")
def command(
    options: Options, amount: Decimal, usd: Decimal, period: Period, wording: str | None, amount_is: str | None, currency: str
) -> Page:
    """Explain which rate a published pair implies.

    Gives the implied rate with its interval, what each convention makes of the tenge, the official days and
    the round rates that give the published figure, and the days that could not be searched.
    """
    from budgettool.commands._sources import rate_table
    from budgettool.rates.explaining import explain
    from budgettool.show import implied
    from budgettool.terms import Qualifier
    from budgettool.terms.stated import Stated

    tenge = Stated(amount, Qualifier(amount_is) if amount_is else None)
    other = Stated(usd, Qualifier(wording) if wording else None)
    return implied.page(explain(tenge, other, period, currency=currency, table=rate_table(options)), options.words())
