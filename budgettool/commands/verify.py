"""`verify`: the ledger's chain of digests, recomputed, becomes a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgettool.commands._options import as_command

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.formats import Page


@as_command("verify")
def command(options: Options) -> Page:
    """Prove that nothing in the ledger was changed.

    Recomputes the chain of digests over all records, sources and entries, and prints its head.
    """
    from budgettool.commands._sources import folder_of, opened
    from budgettool.show import kept

    with opened(options) as there:
        found = there.ledger.verify()
        return kept.verified(folder_of(options), there.ledger.head(), found, options.words(there.settings), verbose=options.verbose)
