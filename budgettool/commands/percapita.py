"""`percapita`: figures become what one recipient cost, in tenge and in another currency."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command
from budgettool.commands._query import MONEY, conversion, question
from budgettool.commands._types import PATH

if TYPE_CHECKING:
    from budgettool.commands._asked import Conversion, Options, Question
    from budgettool.formats import Page

@as_command("percapita")
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@click.option("--of", type=click.Choice(MONEY), default="disbursement", show_default=True, help="The money that is divided.")
@question
@conversion
def command(options: Options, paths: tuple[Path, ...], of: str, asked: Question, rates: Conversion) -> Page:
    """Show what one recipient cost.

    From the ledger, or from plain files and folders. Nobody served and no count of people give no figure, each
    with its reason. With --currency the dated parts are converted, each at its own rate, which is shown.
    """
    from budgettool.commands._query import reconciled
    from budgettool.commands._sources import source
    from budgettool.show import valued
    from budgettool.value import percapita

    with source(options, paths) as there:
        words, basis = options.words(there.settings), rates.chosen(there)
        recon = reconciled(there, asked)
        if recon is None:
            return valued.nothing(of, basis, asked.by, there.findings, words)
        made = percapita(recon, of, basis=basis, currency=rates.currency, table=there.table())
        return valued.page(made, recon.query.period, (*there.findings, *recon.findings), words, verbose=options.verbose)
