"""`return`: figures become a formatted workbook, written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgettool.commands._options import Options, as_command
from budgettool.commands._query import conversion, question
from budgettool.commands._types import PATH

if TYPE_CHECKING:
    from budgettool.commands._query import Conversion, Question
    from budgettool.formats import Page


@as_command("return", several_languages=True)
@click.argument("name")
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@click.option("-o", "--output", type=PATH, required=True, metavar="FILE", help="The workbook to write.")
@click.option("--force", is_flag=True, help="Write over a workbook that is there already.")
@question
@conversion
def command(
    options: Options,
    name: str,
    paths: tuple[Path, ...],
    output: Path,
    force: bool,
    asked: Question,
    rates: Conversion,
) -> Page:
    """Write a return as a formatted workbook.

    NAME is consolidated: columns, headings, title and signatures as finance offices file them, totals as live
    formulas with their values stored. From the ledger, or from plain files and folders.
    """
