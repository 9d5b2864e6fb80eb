"""Figures and a template become a formatted workbook: live formulas that carry their values, and the lineage of every cell.

`consolidated` is the return of the month end. The same input gives the same bytes, in every time zone and
language of the machine; nothing of a file's text is ever run as a formula.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from budgettool.returns.face import Face
from budgettool.returns.figures import table
from budgettool.returns.fill import bound
from budgettool.returns.matter import Issue, Matter, Source
from budgettool.returns.names import sheet_name
from budgettool.returns.output import refused, write
from budgettool.returns.paper import paper

if TYPE_CHECKING:
    from budgettool.classification import Register
    from budgettool.findings import Finding
    from budgettool.reconcile import Reconciliation
    from budgettool.settings import Settings
    from budgettool.value import PerCapita

__all__ = ["NAMES", "Issue", "Source", "consolidated", "refused", "sheet_name", "write"]

NAMES = ("consolidated",)
"""The returns that there are."""


def consolidated(
    recon: Reconciliation,
    valued: PerCapita | None,
    *,
    findings: Iterable[Finding] = (),
    settings: Settings,
    register: Register,
    langs: tuple[str, ...] = ("ru",),
    issue: Issue | None = None,
) -> bytes:
    """The consolidated return of a reconciliation by region, one sheet a language, as the bytes of an xlsx.

    `valued` adds cost a recipient and, where it was asked for in dollars, the dollar columns with their rates.
    """
    from budgettool.wording import Wording

    issue = issue or Issue()
    face = Face.of("consolidated")
    made = table(recon, valued, face.columns, thousand=issue.unit == "thousand")
    matter = Matter(recon, made, tuple(findings), settings, register, issue)
    papers = [paper(matter, Wording(lang, register), face.headings) for lang in langs]
    about = {
        "return": "consolidated",
        "period": str(recon.query.period),
        "by": ",".join(recon.query.by),
        "head": issue.head,
        "audience": issue.audience,
        "version": str(issue.version),
        "unit": issue.unit,
        "languages": ",".join(langs),
        "closed": str(issue.closed).lower(),
    }
    return bound(face, papers, about, on=matter.as_of)
