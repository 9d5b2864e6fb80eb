"""`inspect`: files become a page of what would be read of them; nothing is written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgettool.commands._hints import hints
from budgettool.commands._options import as_command
from budgettool.commands._types import PATH

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.formats import Page
    from budgettool.recognise import Hints


@as_command("inspect")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@click.option("--save-form", "target", type=PATH, metavar="F.toml", help="Write the layout that was read as a form that can be changed.")
@click.option("--force", is_flag=True, help="Write over a form that is there.")
@hints
def command(options: Options, files: tuple[Path, ...], hints: Hints, target: Path | None, force: bool) -> Page:
    """Show what would be read of files, without writing anything.

    Tables, header, columns, unit, period, figures, printed totals, what is held back and why. `-v` lists
    every column and figure; `--format csv` gives the figures in the columns of the ledger csv. `--save-form`
    writes one thing after all: a form that reads this file to the same figures, for you to change.
    """
    if target is not None:
        save(files, hints, target, options, force=force)
    from budgettool.commands._forms import offering
    from budgettool.commands._sources import gather
    from budgettool.show import inspected

    gathered = offering(gather(files, options, hints), options)
    return inspected.page(gathered.readings, gathered.findings, options.words(register=gathered.register), verbose=options.verbose)


def save(files: tuple[Path, ...], hints: Hints, target: Path, options: Options, *, force: bool) -> None:
    """Write the form of one file; one that is there is not written over, and several files are wrong usage."""
    from budgettool.commands._output import say
    from budgettool.commands._sources import settings_for
    from budgettool.findings import Exit, Refusal
    from budgettool.normalise.forming import form_of

    if len(files) != 1 or files[0].is_dir():
        raise click.UsageError("--save-form makes the form of one file: name it alone")
    if os.path.exists(target) and not force:  # noqa: PTH110  pathlib raises for a name that is too long
        raise Refusal("would-overwrite", Exit.REFUSED, file=str(target))
    text = form_of(files[0], target.stem, hints, settings_for(options, files).register)
    try:
        target.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise Refusal("output-not-writable", Exit.REFUSED, file=str(target), reason=error.strerror or "it can't be written") from error
    if not options.quiet:
        say(options.words().text("The form was saved: {file}. It reads this file to the same figures.", file=str(target)))
