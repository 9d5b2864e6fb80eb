"""`check`: a ledger, or the files of a folder, becomes everything that does not add up, and a verdict on each published claim."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command
from budgettool.commands._types import PATH

if TYPE_CHECKING:
    from decimal import Decimal

    from budgettool.claims import Verdict
    from budgettool.commands._asked import Options
    from budgettool.commands._sources import Source
    from budgettool.findings import Finding
    from budgettool.formats import Page
    from budgettool.period import Period
    from budgettool.reconcile import Reconciliation, Row


@as_command("check")
@click.argument("path", type=PATH, required=False)
def command(options: Options, path: Path | None) -> Page:
    """Run all checks on a ledger, or on a folder of files.

    Verifies the ledger, runs the checks (ours and those in its folder `checks`), and judges the published
    claims of its budgettool.toml. Exit code 0: nothing to object to.
    """
    from budgettool.commands._sources import checked_source
    from budgettool.show import judged

    with checked_source(options, path) as there:
        words = options.words(there.settings)
        found = (*map(graver, there.findings), *checks(there))
        files = [{"file": s.file, "sha256": s.sha256, "entries": s.entries} for s in there.ledger.submissions() if s.voided is None]
        return judged.checked(files, verdicts(there), found, words, head=there.head, verbose=options.verbose)


def graver(finding: Finding) -> Finding:
    """Nothing to check is an error here: a script that names the wrong folder must not take it for a success."""
    from dataclasses import replace

    from budgettool.findings import Severity

    return replace(finding, severity=Severity.ERROR) if finding.code == "nothing-to-check" else finding


def checks(there: Source) -> tuple[Finding, ...]:
    """What verification and the checks find; a ledger in memory has nothing to verify."""
    from budgettool import check

    own = check.of_folder(there.folder / "checks") if there.folder is not None else ()
    verified = there.ledger.verify() if there.on_disk else []
    register = there.settings.register
    with there.ledger.workbench(there.figures(), register) as bench:
        return (*verified, *check.run(bench, settings=there.settings, own=own, home=register.home))


def verdicts(there: Source) -> tuple[Verdict, ...]:
    """The published claims of the settings, judged by the source's own figures."""
    from budgettool.claims import judge

    if not there.settings.claims:
        return ()
    return judge(there.settings.claims, answers(there), table=there.table())


def answers(there: Source) -> Callable[[str, Period, str | None], tuple[Decimal | None, str | None]]:
    """What claims ask: the figure of a measure in a period, of a region or of all, or None with the reason."""
    from budgettool.commands._asked import Question
    from budgettool.commands._query import reconciled

    @cache
    def recon(period: Period) -> Reconciliation | None:
        return reconciled(there, Question(period))

    def answer(measure: str, period: Period, region: str | None) -> tuple[Decimal | None, str | None]:
        found = recon(period)
        rows = [] if found is None else [found.total] if region is None else [r for r in found.rows if region in (r.region, *r.territory)]
        return figure(rows[0], measure) if rows else (None, "not-stated")

    return answer


def figure(row: Row, measure: str) -> tuple[Decimal | None, str | None]:
    """A measure of a row, people included, or None with the reason."""
    from decimal import Decimal

    if measure in ("recipients", "recipients.planned"):
        people = row.recipients if measure == "recipients" else row.planned
        return (None, row.recipients_reason or "no-count") if people is None else (Decimal(people), None)
    amount = row.amounts.get(measure)
    return (None, "not-stated") if amount is None else (amount.value, amount.reason)
