"""Figures become the chain of the money and the people: who was to have, was sent, received and paid how much, for whom.

One row a region, programme, provider and period, and a total; each amount exact, or None with the reason.
What the figures say against each other is a finding. Nothing here reads a file, asks a clock or rounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from budgettool.findings import Finding
from budgettool.period import Period
from budgettool.terms.figure import Figure

from .answer import Amount as Amount
from .answer import Query as Query
from .answer import Reconciliation as Reconciliation
from .answer import Row as Row
from .book import opened, other_funding, touches
from .contrasts import unique
from .desk import Desk
from .lines import country, grounds
from .parts import PEOPLE_ADDED
from .reform import Lineage, Reform
from .rows import Line
from .told import Asked
from .tolerance import Limit, limits_of


class Wishes(Protocol):
    """What is asked of the settings: links that may not be null, regions that should report, limits by currency."""

    @property
    def expected(self) -> tuple[str, ...]: ...
    @property
    def regions(self) -> tuple[str, ...]: ...
    @property
    def tolerances(self) -> Mapping[str, Limit]: ...


def reconcile(figures: Iterable[Figure], query: Query, *, register: Lineage, settings: Wishes) -> Reconciliation:
    """Answer the query from the figures; the same answer in whatever order they come."""
    years = Period.of_years(query.period.first.year, query.period.last.year)
    reform = Reform([figure for figure in figures if touches(figure, years)], query.period, register)
    kept = reform.of_today() if query.territory == "today" else reform.figures
    book = opened(Reform(kept, query.period, register).of_the_time(), register.home)
    limits = limits_of(settings.tolerances, register.home.currency)
    desk = Desk(book, register, limits, settings.expected)
    own = grounds(book, query.period, settings.regions, register, query.territory)
    whole = desk.rows([Line(ground, query.period) for ground in own])
    of_country = Line(country(book, register), query.period)
    total = desk.total(whole, of_country)
    rows = whole if query.by == ("region",) else desk.asked(query, own)
    findings = [finding for row in (*rows, *whole, total) for finding in row.findings]
    findings += other_funding(book, Asked(query.period, limits))
    findings += Reform(book.figures, query.period, register).undivided() if query.territory == "today" else []
    shown = tuple(map(_without_marks, rows or desk.of_country(of_country)))
    said = unique([*_without(findings), *_people_added(findings, total)])
    return Reconciliation(query, shown, _without_marks(total), said, register.home)


def _without(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.code != PEOPLE_ADDED]


def _without_marks(row: Row) -> Row:
    """The row without the remark that people were added, which is made once for the whole answer."""
    return replace(row, findings=tuple(_without(row.findings)))


def _people_added(findings: Iterable[Finding], total: Row) -> list[Finding]:
    """One remark where people were added over regions or providers, with the sum where there is one."""
    if not any(finding.code == PEOPLE_ADDED for finding in findings):
        return []
    return [Finding(PEOPLE_ADDED, (), None, None, total.period, None, total.recipients)]
