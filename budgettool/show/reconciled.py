"""The chain of money and the people served, as a page: one row a region (and period, programme, provider), the total below.

In the document every row has every link of the chain, null where there is no figure. People see the links
that have one; the others are named in the legend.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from budgettool.formats import Cell, Column, Kind, Lines, Page, Table
from budgettool.show import Json, has_figures, heading, money, remarks, schema, text
from budgettool.terms import CHAIN

if TYPE_CHECKING:
    from budgettool.findings import Finding
    from budgettool.reconcile import Reconciliation, Row
    from budgettool.value import Line
    from budgettool.wording import Wording

BALANCES = ("balance", "plan_unpaid", "plan_uncommitted")
AMOUNTS = (*CHAIN, *BALANCES)


def page(recon: Reconciliation, findings: Iterable[Finding], words: Wording, *, head: str | None, verbose: bool = False) -> Page:
    """The reconcile page; `findings` are those of reading and keeping, before the reckoning's own."""
    rows = (*recon.rows, recon.total)
    found = remarks.unique((*findings, *recon.findings, *(finding for row in rows for finding in row.findings)))
    document: Json = {
        "schema": schema("reconcile"),
        "period": str(recon.query.period),
        "currency": recon.home.currency,
        "by": list(recon.query.by),
        "ledger_head": head,
        "rows": [row_document(row, recon, words) for row in recon.rows],
        "total": row_document(recon.total, recon, words),
        "findings": remarks.documents(found, words),
    }
    block = _table(recon, words, verbose=verbose) if recon.rows else Lines((words.text("There are no figures."),))
    return remarks.page(document, [block], words, found=found, verbose=verbose, data=_csv(recon, words))


def nothing(by: tuple[str, ...], findings: Iterable[Finding], words: Wording, *, head: str | None) -> Page:
    """The page where there is not one figure: no rows, no total, and what was found."""
    found = remarks.unique(findings)
    document: Json = {"schema": schema("reconcile"), "period": None, "currency": words.register.home.currency, "by": list(by), "ledger_head": head}
    document |= {"rows": [], "total": None, "findings": remarks.documents(found, words)}
    return remarks.page(document, [Lines((words.text("There are no figures."),))], words, found=found)


def keys(recon: Reconciliation) -> tuple[str, ...]:
    """What a row is about, beside the region: whatever of period, programme and provider was asked for."""
    by = recon.query.by
    asked = {"period": "period" in by or "year" in by, "programme": "programme" in by, "provider": "provider" in by}
    return tuple(key for key, is_asked in asked.items() if is_asked)


def row_document(row: Row, recon: Reconciliation, words: Wording) -> Json:
    """One row, or the total, of the document."""
    return {
        "region": row.region,
        "region_name": name_of(row, words) if row.region else None,
        "territory": list(row.territory),
        **{key: text(getattr(row, key)) for key in keys(recon)},
        **{name: money(amount(row, name)) for name in AMOUNTS},
        "recipients": row.recipients,
        "recipients_basis": row.recipients_basis,
        "yearly_counts": row.yearly_counts,
        "status": row.status,
        "findings": [finding.id for finding in remarks.unique(row.findings)],
    }


def amount(row: Row, name: str) -> Decimal | None:
    """An amount of a row, by its name; None where there is none."""
    return row.value(name)


def name_of(row: Row, words: Wording) -> str:
    """The region's name as of the row's period."""
    return words.region(row.region, row.period) if row.region else ""


def _columns(recon: Reconciliation, words: Wording) -> list[Column]:
    names = {"period": words.text("Period"), "programme": words.text("Programme"), "provider": words.text("Provider")}
    return [
        Column("region", words.text("Region")),
        *(Column(key, names[key]) for key in keys(recon)),
        *(Column(name, heading(name, words), Kind.MONEY) for name in AMOUNTS),
        Column("recipients", heading("recipients", words), Kind.PEOPLE),
        Column("status", words.text("Status")),
    ]


def _cells(row: Row, recon: Reconciliation, words: Wording, *, total: bool = False) -> list[Cell]:
    dimensions = ["" if total and key != "period" else _dimension(row, key, words) for key in keys(recon)]
    return [
        words.text("Total") if total else name_of(row, words),
        *dimensions,
        *(amount(row, name) for name in AMOUNTS),
        row.recipients,
        words.status(row.status),
    ]


def _dimension(row: Row, key: str, words: Wording) -> str | None:
    return words.period(row.period) if key == "period" else text(getattr(row, key))


def _table(recon: Reconciliation, words: Wording, *, verbose: bool) -> Table:
    """The table for people, without links that nobody states."""
    columns = _columns(recon, words)
    rows = [*(_cells(row, recon, words) for row in recon.rows), _cells(recon.total, recon, words, total=True)]
    kept = [i for i, column in enumerate(columns) if column.kind is Kind.TEXT or has_figures(row[i] for row in rows)]
    if not verbose:
        kept = [i for i in kept if columns[i].key not in ("plan_unpaid", "plan_uncommitted")]
    absent = [column.heading for i, column in enumerate(columns) if i not in kept and column.key in CHAIN]
    title = words.text("Reconciliation, {period}, {unit}", period=words.period(recon.query.period), unit=recon.home.currency)
    shown = tuple(columns[i] for i in kept)
    return Table(shown, tuple(tuple(row[i] for i in kept) for row in rows), title, _legend(recon, shown, absent, words), total=True)


def _legend(recon: Reconciliation, columns: tuple[Column, ...], absent: list[str], words: Wording) -> tuple[str, ...]:
    notes = united(recon.rows, words)
    if any(column.key == "balance" for column in columns):
        notes.append(words.text("Balance = received (else sent) − (paid − recovered) − refunded."))
    if absent:
        notes.append(words.text("No figures: {names}.", names=", ".join(absent)))
    return ("", *notes) if notes else ()


def united(rows: Iterable[Row | Line], words: Wording) -> list[str]:
    """Which regions one row unites, so that years before and after a reform can be compared."""
    notes: dict[str, None] = {}
    for row in rows:
        others = [words.region(region) for region in row.territory if region != row.region]
        if row.region and others:
            notes[words.text("{name}: together with {others}.", name=words.region(row.region, row.period), others=", ".join(others))] = None
    return list(notes)


def _csv(recon: Reconciliation, words: Wording) -> Table:
    """The rows of the document, lists as texts; the total is the row without a region."""
    documents = [row_document(row, recon, words) for row in (*recon.rows, recon.total)]
    columns = tuple(Column(key, key) for key in documents[0] if key != "findings")
    return Table(columns, tuple(tuple(_flat(row[column.key]) for column in columns) for row in documents))


def _flat(value: object) -> Cell:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return value if isinstance(value, int) else text(value)
