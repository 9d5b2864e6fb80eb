"""What all languages of one return have in common: the figures and their table, what was found, who signs, which copy it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from budgettool.period import Period
from budgettool.reconcile.answer import COUNTS_OF_PARTS_ONLY, MONTHS_MISSING
from budgettool.returns.figures import Table

if TYPE_CHECKING:
    from budgettool.classification import Register
    from budgettool.findings import Finding
    from budgettool.reconcile import Reconciliation, Row
    from budgettool.settings import Settings


@dataclass(frozen=True, slots=True)
class Source:
    """A file that figures came from, and how many entries it gave."""

    file: str
    sha256: str
    entries: int


@dataclass(frozen=True, slots=True)
class Issue:
    """What makes this copy of a return: the ledger's head, whether its period is closed, for whom it is, which version."""

    head: str = ""
    closed: bool = False
    version: int = 1
    audience: str = "internal"
    unit: str = "thousand"
    basis: str = ""
    sources: tuple[Source, ...] = ()
    expected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """What all languages of one return have in common."""

    recon: Reconciliation
    table: Table
    findings: tuple[Finding, ...]
    settings: Settings
    register: Register
    issue: Issue

    @property
    def period(self) -> Period:
        return self.recon.query.period

    @property
    def as_of(self) -> date:
        """The day on which the period is over: 1 August for January to July."""
        return self.period.last + timedelta(days=1)

    @property
    def missing(self) -> tuple[str, ...]:
        """Expected regions without any figure."""
        stated = {part for row in self.recon.rows if _is_stated(row) for part in (row.region, *row.territory)}
        return tuple(region for region in self.expected if region not in stated)

    @property
    def expected(self) -> tuple[str, ...]:
        return self.issue.expected or tuple(dict.fromkeys(row.region for row in self.recon.rows if row.region))


def _is_stated(row: Row) -> bool:
    """Whether a region stated anything of the period, be it a part of it only."""
    money = any(amount.value is not None or amount.reason == MONTHS_MISSING for amount in row.amounts.values())
    return money or row.recipients is not None or row.recipients_reason == COUNTS_OF_PARTS_ONLY
