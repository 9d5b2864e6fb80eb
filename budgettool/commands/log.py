"""`log`: the ledger's records become its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgettool.commands._options import as_command

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.formats import Page


@as_command("log")
def command(options: Options) -> Page:
    """Show everything that happened to the ledger, oldest first."""
    from budgettool.commands._sources import opened
    from budgettool.show import kept

    with opened(options) as there:
        return kept.logged(there.ledger.log(), options.words(there.settings))
