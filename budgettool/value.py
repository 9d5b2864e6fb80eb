"""What one recipient cost: amounts and counts of people become tenge a head, and the same in another currency.

1,000,000.00 tenge for 3 people is 333,333.33: divided once, rounded once. Nobody served and no count are
different facts and never a number: both give None, each with its own reason. Money in another currency is the sum of
its dated parts, each divided by its own rate, and only then divided by people.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from budgettool.findings import Finding
from budgettool.period import Period
from budgettool.rates import AVERAGE, HOME, Basis, Dollars, Table
from budgettool.rates import convert as convert  # noqa: PLC0414 (what an amount is worth is asked of this module)
from budgettool.reconcile.answer import UNSTATED, Amount, Reconciliation, Row, added
from budgettool.terms.money import divided
from budgettool.terms.rate import to_step

NO_AMOUNT = "no-amount"
NO_COUNT = "no-count"
NOBODY_SERVED = "nobody-served"
INCOMPLETE = "incomplete"
"""Why there is no cost a head. INCOMPLETE is said of a total only: some rows have what others lack."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: an amount, the people, and their quotient. `reason` says why `per_capita` is None.

    `missing` names the regions that a total lacks. `usd` is None where no currency was asked for, the amount is
    None, or a rate is missing; `usd_per_capita` is made from the exact amount. `usd` holds whatever currency was asked for.
    """

    region: str | None
    territory: tuple[str, ...]
    period: Period
    programme: str | None
    provider: str | None
    amount: Decimal | None
    recipients: int | None
    recipients_basis: str | None
    per_capita: Decimal | None
    reason: str | None
    usd: Dollars | None = None
    usd_per_capita: Decimal | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PerCapita:
    """The answer. `complete` stands beside a total that is None: the cost a head over the regions that have both figures, named in its territory."""

    of: str
    basis: Basis
    currency: str | None
    by: tuple[str, ...]
    rows: tuple[Line, ...]
    total: Line
    complete: Line | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What to divide, and how to convert it; no currency asks for no conversion."""

    of: str
    basis: Basis
    currency: str | None
    table: Table


def percapita(
    recon: Reconciliation, of: str = "disbursement", *, basis: Basis = AVERAGE, currency: str | None = None, table: Table | None = None
) -> PerCapita:
    """The cost a head of each row and of the total, and its worth in a currency where one other than tenge is asked for.

    The total is exact: made from the whole amount and all people, never from the rows' quotients.
    Refusal `currency-unknown` where there is no such currency.
    """
    known = Table.shipped() if table is None else table
    code = known.currency(currency) if currency else HOME
    asked = _Asked(of, basis, None if code == HOME else code, known)
    rows = tuple(_line(row, asked) for row in recon.rows)
    total = _total(_line(recon.total, asked), rows)
    complete = _complete(recon, rows, asked) if total.reason == INCOMPLETE else None
    findings = _merged(rows, total)
    kept = tuple(map(_without_missing, rows))
    return PerCapita(of, basis, asked.currency, recon.query.by, kept, _without_missing(total), complete, findings)


def per_head(amount: Decimal | None, recipients: int | None) -> tuple[Decimal | None, str | None]:
    """Tenge a head, rounded half away from zero, or None with the reason; nothing paid for people is 0.00."""
    if amount is None:
        return None, NO_AMOUNT
    if recipients is None:
        return None, NO_COUNT
    return (divided(amount, recipients), None) if recipients > 0 else (None, NOBODY_SERVED)


def _line(row: Row, asked: _Asked) -> Line:
    amount = row.amounts.get(asked.of, UNSTATED)
    quotient, reason = per_head(amount.value, row.recipients)
    line = Line(
        row.region,
        row.territory,
        row.period,
        row.programme,
        row.provider,
        amount.value,
        row.recipients,
        row.recipients_basis,
        quotient,
        reason,
    )
    return _converted(line, amount, asked)


def _converted(line: Line, amount: Amount, asked: _Asked) -> Line:
    """The line with its amount in the currency that was asked for."""
    if asked.currency is None or amount.value is None:
        return line
    whole = sum((part for _, part in amount.parts), Decimal(0)) == amount.value
    parts = amount.parts if amount.parts and whole else ((line.period, amount.value),)
    usd = convert(parts, line.period, basis=asked.basis, currency=asked.currency, table=asked.table)
    head = to_step(usd.exact / line.recipients) if usd.exact is not None and line.recipients else None
    return replace(line, usd=usd, usd_per_capita=head)


def _total(total: Line, rows: tuple[Line, ...]) -> Line:
    """The total's reason: incomplete where some rows have the figure that it lacks."""
    lacking = {NO_AMOUNT: "amount", NO_COUNT: "recipients"}.get(total.reason or "")
    if lacking is None:
        return total
    missing = tuple(dict.fromkeys(row.region for row in rows if row.region and getattr(row, lacking) is None))
    some = any(getattr(row, lacking) is not None for row in rows)
    return replace(total, reason=INCOMPLETE if some else total.reason, missing=missing)


def _complete(recon: Reconciliation, rows: tuple[Line, ...], asked: _Asked) -> Line | None:
    """The cost a head over the regions with both figures; only where rows are regions, since people are never added over periods."""
    whole = [
        (row, line)
        for row, line in zip(recon.rows, rows, strict=True)
        if line.amount is not None and line.recipients is not None and line.region
    ]
    if recon.query.by != ("region",) or not whole:
        return None
    amount = added(row.amounts[asked.of] for row, _ in whole)
    people = sum(line.recipients for _, line in whole if line.recipients is not None)
    quotient, reason = per_head(amount.value, people)
    territory = tuple(line.region for _, line in whole if line.region)
    line = Line(None, territory, recon.query.period, None, None, amount.value, people, None, quotient, reason)
    return _without_missing(_converted(line, amount, asked))


def _without_missing(line: Line) -> Line:
    """A conversion that lacks a rate is none."""
    return replace(line, usd=None) if line.usd is not None and line.usd.amount is None else line


def _merged(rows: tuple[Line, ...], total: Line) -> tuple[Finding, ...]:
    """Each different finding once, with the number of rows that it concerns."""
    counts: dict[Finding, int] = {}
    for finding in (finding for row in rows if row.usd for finding in row.usd.findings):
        counts[finding] = counts.get(finding, 0) + 1
    for finding in total.usd.findings if total.usd else ():
        counts.setdefault(finding, 1)
    return tuple(replace(finding, count=count) for finding, count in counts.items())
