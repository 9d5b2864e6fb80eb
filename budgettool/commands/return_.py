"""`return`: figures become a formatted workbook, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command
from budgettool.commands._query import MONEY, conversion, question_of_regions
from budgettool.commands._types import PATH

if TYPE_CHECKING:
    from budgettool.commands._asked import Conversion, Options, Question
    from budgettool.commands._sources import Source
    from budgettool.formats import Page
    from budgettool.reconcile import Reconciliation
    from budgettool.value import PerCapita
    from budgettool.wording import Wording


@as_command("return", several_languages=True)
@click.argument("name")
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@click.option("-o", "--output", type=PATH, required=True, metavar="FILE", help="The workbook to write.")
@click.option("--force", is_flag=True, help="Write over a workbook that is there already.")
@click.option("--of", type=click.Choice(MONEY), default="disbursement", show_default=True, help="The money that is divided by people.")
@question_of_regions
@conversion
def command(
    options: Options,
    name: str,
    paths: tuple[Path, ...],
    output: Path,
    force: bool,
    of: str,
    asked: Question,
    rates: Conversion,
) -> Page:
    """Write a return as a formatted workbook.

    NAME is consolidated: columns, headings, title and signatures as finance offices file them, totals as live
    formulas with their values stored. From the ledger, or from plain files and folders.
    """
    from budgettool.commands._query import reconciled
    from budgettool.commands._sources import source
    from budgettool.findings import Exit, Refusal
    from budgettool.returns import NAMES
    from budgettool.terms import CURRENCY
    from budgettool.value import percapita

    if output.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"a return is a workbook: {output.with_suffix('.xlsx')}, not {output}", param_hint="-o")
    if name not in NAMES:
        raise Refusal("unknown-return", Exit.USAGE, name=name, candidates=NAMES)
    if os.path.exists(output) and not force:  # noqa: PTH110  pathlib raises for a name that is too long
        raise Refusal("would-overwrite", Exit.REFUSED, file=str(output))
    with source(options, paths) as there:
        recon = reconciled(there, asked)
        if recon is None:
            raise Refusal("nothing-to-return", Exit.USAGE, name=name)
        currency = rates.currency or ("USD" if there.settings.register.home.currency == CURRENCY else None)
        cost = percapita(recon, of, basis=rates.chosen(there), currency=currency, table=there.table())
        langs = options.langs or (there.settings.language or "ru",)
        return issue(there, name, recon, cost, (output, langs), options.words(there.settings))


def issue(
    there: Source, name: str, recon: Reconciliation, cost: PerCapita, to: tuple[Path, tuple[str, ...]], words: Wording
) -> Page:
    """Write the return of a reconciliation, in languages, to a file; returns the page that says so."""
    from budgettool.returns import Issue, consolidated, refused, write
    from budgettool.returns import Source as File
    from budgettool.show import issued

    output, langs = to
    found = (*there.findings, *recon.findings, *(f for row in recon.rows for f in row.findings), *cost.findings)
    listed = tuple(dict.fromkeys(found))
    kept = [File(s.file, s.sha256, s.counting) for s in there.ledger.submissions() if s.counting]
    closed = any(recon.query.period in period for period in there.ledger.closed())
    made = Issue(
        head=there.head or "",
        closed=closed,
        basis=str(cost.basis),
        sources=tuple(kept),
        expected=there.settings.regions,
    )
    try:
        content = consolidated(recon, cost, findings=listed, settings=there.settings, register=there.settings.register, langs=langs, issue=made)
    except OSError as error:  # the sheets are put together in files aside, and there may be no room for them
        raise refused(output, error) from error
    write(output, content)
    return issued.page(name, output, content, recon, listed, langs=langs, head=there.head, words=words)
