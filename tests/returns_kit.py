"""What the tests of returns are written with: the figures of a dozen regions with a gap or two, and the return made of them."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from budgettool.classification import Register
from budgettool.findings import Finding, Place
from budgettool.period import Period
from budgettool.reconcile import Query, Reconciliation, reconcile
from budgettool.returns import Issue, Source, consolidated
from budgettool.settings import Settings, Signatures
from budgettool.terms.figure import Figure
from budgettool.value import percapita
from reconcile_kit import figure

SPAN = "2019-01..2019-07"
REGIONS = ("KZ-11", "KZ-15", "KZ-19", "KZ-23", "KZ-27", "KZ-31", "KZ-35", "KZ-39", "KZ-43", "KZ-47", "KZ-55", "KZ-59")
INJECTED = '=HYPERLINK("http://127.0.0.1/?"&A1,"more")'
SETTINGS = Settings(signatures=Signatures("@SUM(1+1)", "Appendix 1 to order 12", "+A. Head", "-B. Count", INJECTED, "+7 000"))
ISSUE = Issue(head="0f" * 32, basis="average", sources=(Source("inbox/=1+1.xlsx", "ab" * 32, 7), Source("b.xlsx", "cd" * 32, 9)))
FOUND = Finding("receipt-differs", (Place("=1+1.xlsx", "=2+2", "F20"),), region="KZ-15", facts=(("measure", INJECTED),))


def figures(without: Iterable[tuple[str, str]] = ()) -> list[Figure]:
    """Seven months of twelve regions; the pairs of `without`, region and measure, are not stated. The third served nobody."""
    made = []
    for number, region in enumerate(REGIONS):
        sent = 9_000_000 + 1_234_567 * number
        stated = {
            "allocation.approved": ("2019", 2 * sent),
            "allocation.revised": ("2019", 2 * sent + 50_000 * number),
            "transfer": (f"{SPAN} cumulative", sent),
            "receipt": (f"{SPAN} cumulative", sent),
            "commitment": (f"{SPAN} cumulative", sent + 1),
            "disbursement": (f"{SPAN} cumulative", f"{sent - 345_678}.{number:02}"),
            "refund": (f"{SPAN} cumulative", 0 if number % 3 else 120_500),
            "recipients": (f"{SPAN} cumulative", 0 if number == 2 else 3 + number),
        }
        made += [figure(when, what, value, region) for what, (when, value) in stated.items() if (region, what) not in without]
    return made


def answer(stated: Iterable[Figure], span: str = SPAN, settings: Settings = SETTINGS) -> Reconciliation:
    return reconcile(stated, Query(Period.parse(span)), register=Register.shipped(), settings=settings)


def issued(
    stated: Iterable[Figure] | None = None,
    *,
    span: str = SPAN,
    langs: tuple[str, ...] = ("ru",),
    currency: str | None = "USD",
    of: str = "disbursement",
    issue: Issue = ISSUE,
) -> bytes:
    """The return of figures, in dollars too unless said otherwise."""
    recon = answer(figures() if stated is None else stated, span)
    valued = percapita(recon, of, currency=currency)
    register = Register.shipped()
    return consolidated(recon, valued, findings=(*recon.findings, FOUND), settings=SETTINGS, register=register, langs=langs, issue=issue)


def opened(content: bytes, *, values: bool = False) -> Any:
    return load_workbook(BytesIO(content), data_only=values)


def column(sheet: Any, heading: str) -> int:
    """The column below a heading of either header row."""
    return next(cell.column for row in (9, 8) for cell in sheet[row] if cell.value == heading)


def texts(sheet: Any) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


if __name__ == "__main__":
    import hashlib
    import sys

    sys.stdout.write(hashlib.sha256(issued(langs=("kk", "ru", "en"))).hexdigest())
