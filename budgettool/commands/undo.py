"""`undo`: a submission no longer counts; what it had taken the place of counts again. Nothing is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.formats import Page


@as_command("undo")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--reason", required=True, help="Why; it stays in the log for ever.")
def command(options: Options, number: int, reason: str) -> Page:
    """Take back a submission, by its number in the log."""
    from budgettool.commands._sources import folder_of, opened
    from budgettool.show import kept

    with opened(options, write=True) as there:
        voiding = there.ledger.void(number, reason)
        return kept.undone(folder_of(options), voiding, options.words(there.settings), verbose=options.verbose)
