"""Tenge into another currency: dated parts of an amount, each divided by its own rate, become one sum and its reckoning.

100,000 of 2017 and 100,000 of 2018 at their averages are 100000/326.00 + 100000/344.71 = 596.85: each
quotient stays exact, and the sum is rounded once. The parts say which rate made which piece.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from budgettool.findings import Finding, Severity
from budgettool.period import Period
from budgettool.rates.basis import Basis, spans
from budgettool.rates.table import Missing, Quote, Table
from budgettool.terms.rate import to_step


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the amount, in tenge, and the rate that converted it; `rate_date` is the rate's own day, where it has one."""

    span: Period
    amount: Decimal
    rate: Decimal
    kind: str
    source: str
    rate_date: date | None


@dataclass(frozen=True, slots=True)
class Dollars:
    """An amount in another currency. `amount` is None where a rate is missing, `rate` also where there is more than one.

    `exact` is not rounded yet; `missing` are the rates that are not there, each also a finding.
    """

    currency: str
    amount: Decimal | None
    exact: Fraction | None
    rate: Decimal | None
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...] = ()
    missing: tuple[Missing, ...] = ()


def convert(
    amount: Decimal | Iterable[tuple[Period, Decimal]],
    span: Period,
    *,
    basis: Basis,
    currency: str = "USD",
    table: Table | None = None,
) -> Dollars:
    """Convert tenge, one amount of the whole span or its dated parts, by a basis; a missing rate makes it None, with a finding.

    An amount that is only known for several whole years is split equally among them, with a warning.
    """
    stated = [(span, amount)] if isinstance(amount, Decimal) else list(amount)
    known = Table.shipped() if table is None else table
    code = known.currency(currency)
    pieces, findings = _pieces(stated, span, basis)
    quoted = [(piece, share, known.quote(basis, piece, code)) for piece, share in pieces]
    found = [(piece, share, quote) for piece, share, quote in quoted if isinstance(quote, Quote)]
    missing = tuple(quote for _, share, quote in quoted if isinstance(quote, Missing) and share != 0)  # nothing needs no rate
    said = (*findings, *(quote.finding for quote in missing), *_said(code, [(piece, quote) for piece, _, quote in found]))
    parts = tuple(_part(piece, share, quote) for piece, share, quote in found)
    if missing:
        return Dollars(code, None, None, None, parts, said, missing)
    exact = sum((share / Fraction(quote.rate) for _, share, quote in found), Fraction(0))
    rates = {part.rate for part in parts}
    return Dollars(code, to_step(exact), exact, rates.pop() if len(rates) == 1 else None, parts, said)


def _pieces(stated: list[tuple[Period, Decimal]], span: Period, basis: Basis) -> tuple[list[tuple[Period, Fraction]], list[Finding]]:
    """The amounts by the span that gets a rate, in order of time."""
    shares: dict[Period, Fraction] = {}
    findings = []
    units = spans(span) if basis.takes_apart else ()
    for period, amount in stated:
        homes = _homes(period, units, span, basis)
        if len(homes) > 1:
            findings.append(_split_equally(period, len(homes)))
        for home in homes:
            shares[home] = shares.get(home, Fraction(0)) + Fraction(amount) / len(homes)
    return sorted(shares.items()), findings


def _homes(period: Period, units: tuple[Period, ...], span: Period, basis: Basis) -> tuple[Period, ...]:
    """The spans whose rates convert what is known for a period: one, or each of its years."""
    if basis.day is not None or basis.rate is not None:
        return (span,)
    if not basis.takes_apart:
        return (period,)
    home = next((unit for unit in units if period in unit), None)
    if home is not None:
        return (home,)
    return tuple(period.years()) if period.is_whole_years else (period,)


def _split_equally(period: Period, years: int) -> Finding:
    return Finding("amount-split-equally", severity=Severity.WARNING, period=period, facts=(("years", years),))


def _part(piece: Period, share: Fraction, quote: Quote) -> Part:
    return Part(piece, to_step(share), quote.rate, quote.kind, quote.source, quote.rate_date)


def _said(currency: str, quoted: list[tuple[Period, Quote]]) -> list[Finding]:
    """What must be said of the rates used: another day's, not the bank's own, or the user's in place of ours."""
    findings = []
    for piece, quote in quoted:
        if quote.rate_date is not None and quote.span.is_day and quote.rate_date != quote.span.first:
            facts = (("currency", currency), ("kind", quote.kind), ("rate", quote.rate), ("rate_date", quote.rate_date))
            findings.append(Finding("rate-of-earlier-day", severity=Severity.INFO, period=quote.span, facts=facts))
        if quote.replaces is not None:
            facts_ = (("currency", currency), ("kind", quote.kind), ("source", quote.source))
            findings.append(
                Finding("rate-replaced", severity=Severity.INFO, period=piece, expected=quote.replaces, actual=quote.rate, facts=facts_)
            )
    foreign = [quote for _, quote in quoted if quote.foreign]
    if foreign:
        kinds, sources = (tuple(sorted({getattr(quote, name) for quote in foreign})) for name in ("kind", "source"))
        findings.append(
            Finding("rate-not-official", severity=Severity.INFO, facts=(("currency", currency), ("kinds", kinds), ("sources", sources)))
        )
    return findings
