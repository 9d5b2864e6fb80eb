"""`reconcile`: figures become the chain of money, with differences and statuses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command
from budgettool.commands._query import question
from budgettool.commands._types import PATH

if TYPE_CHECKING:
    from budgettool.commands._asked import Options, Question
    from budgettool.formats import Page


@as_command("reconcile")
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@question
def command(options: Options, paths: tuple[Path, ...], asked: Question) -> Page:
    """Set plans, transfers, payments and refunds side by side.

    From the ledger, or from plain files and folders. Every row has a status: matched, under (received less
    than sent), over, incomplete, disputed.
    """
    from budgettool.commands._query import reconciled
    from budgettool.commands._sources import source
    from budgettool.show import reconciled as pages

    with source(options, paths) as there:
        words = options.words(there.settings)
        recon = reconciled(there, asked)
        if recon is None:
            return pages.nothing(asked.by, there.findings, words, head=there.head)
        return pages.page(recon, there.findings, words, head=there.head, verbose=options.verbose)
