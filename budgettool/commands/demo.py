"""`demo`: the published example becomes a ledger, its reconciliation, cost a recipient, and the Excel return."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command
from budgettool.commands._types import LANGUAGES, PATH

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.commands._sources import Source
    from budgettool.formats import Page

STORY = "trafficking-2016-2020"
PERIOD = "2016..2019"
WORKBOOK = "consolidated-2016-2019.xlsx"


@as_command("demo", several_languages=True)
@click.argument("folder", type=PATH, default="budgettool-demo", metavar="[DIR]")
def command(options: Options, folder: Path) -> Page:
    """Show the published example from end to end.

    Copies ten regions' workbooks into a new folder, imports them, reconciles 2016 to 2019, divides by the
    people served, converts into dollars, and writes the Excel return. The regional split is invented.
    """
    from dataclasses import replace

    from budgettool.commands._sources import opened
    from budgettool.ledger import Ledger
    from budgettool.show import shown

    prepare(folder)
    with Ledger.create(folder):
        pass
    with opened(replace(options, ledger=folder), write=True) as there:
        words = options.words(there.settings)
        return shown.page(folder, folder / WORKBOOK, list(steps(there, folder, options)), words)


def steps(there: Source, folder: Path, options: Options) -> Iterator[tuple[str, Page]]:
    """Each step of the month end: the words to type, and its page."""
    from budgettool.commands._asked import Question
    from budgettool.commands._query import reconciled
    from budgettool.commands._sources import gather
    from budgettool.commands.import_ import post
    from budgettool.commands.return_ import issue
    from budgettool.period import Period
    from budgettool.rates import read_basis
    from budgettool.show import imported, valued
    from budgettool.show import reconciled as chain
    from budgettool.value import percapita

    words = options.words(there.settings)
    gathered = gather([folder / "inbox"], options, settings=there.settings)
    posted = [post(there.ledger, reading) for reading in gathered.readings]
    yield "import inbox/", imported.page(posted, gathered.findings, words)
    recon = reconciled(there, Question(Period.parse(PERIOD)))
    if recon is None:
        return
    yield f"reconcile --period {PERIOD}", chain.page(recon, (), words, head=there.head)
    cost = percapita(recon, "allocation", basis=read_basis(there.settings.basis, max_age=there.settings.max_age), currency="USD", table=there.table())
    yield f"percapita --period {PERIOD} --of allocation --currency USD", valued.page(cost, recon.query.period, recon.findings, words)
    langs = options.langs or LANGUAGES
    page = issue(there, "consolidated", recon, cost, (folder / WORKBOOK, langs), words)
    yield f"return consolidated --period {PERIOD} --of allocation --lang {','.join(langs)} -o {WORKBOOK}", page


def prepare(folder: Path) -> None:
    """Copy the story into a new folder; one that holds anything is refused."""
    import shutil

    from budgettool.findings import Exit, Refusal

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal("would-overwrite", Exit.REFUSED, file=str(folder))
    with story() as source:
        try:
            shutil.copytree(source / "inbox", folder / "inbox")
            shutil.copyfile(source / "budgettool.toml", folder / "budgettool.toml")
        except OSError as fault:
            raise Refusal("output-not-writable", Exit.REFUSED, file=str(folder), reason=fault.strerror or type(fault).__name__) from fault


@contextmanager
def story() -> Iterator[Path]:
    """The folder of the story: package data, or the checkout's own `samples`."""
    from importlib.resources import as_file, files

    try:
        with as_file(files("budgettool.samples").joinpath(STORY)) as there:
            yield there
    except ModuleNotFoundError:
        yield Path(__file__).parents[2] / "samples" / STORY
