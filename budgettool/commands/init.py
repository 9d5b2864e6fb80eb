"""`init`: a folder becomes a ledger, with settings to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command
from budgettool.commands._types import PATH

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.formats import Page


@as_command("init")
@click.argument("folder", type=PATH, default=".", metavar="[DIR]")
def command(options: Options, folder: Path) -> Page:
    """Make a new ledger in a folder.

    Writes a commented budgettool.toml. Settings that are there already stay as they are; a ledger that is there already is never touched.
    """
    from budgettool.ledger import Ledger
    from budgettool.show import kept

    with Ledger.create(folder) as ledger:
        head = ledger.head()
    return kept.created(folder, head, options.words())
