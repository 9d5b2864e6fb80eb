"""Exchange rates as pages: what the table holds, what was added to it, what an amount is worth, and what a published pair implies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from budgettool.formats import Cell, Column, Kind, Lines, Page, Table
from budgettool.show import Json, money, remarks, schema, text

if TYPE_CHECKING:
    from budgettool.findings import Finding
    from budgettool.period import Period
    from budgettool.rates import Dollars, Part
    from budgettool.rates import Table as Rates
    from budgettool.terms.rate import Rate
    from budgettool.wording import Wording


def listed(table: Rates, currency: str | None, within: Period | None, words: Wording) -> Page:
    """The series of the table; with a span, the rates within it."""
    rates = table.rates(currency, within)
    series = _series(rates)
    document: Json = {
        "schema": schema("rates-list"),
        "series": series,
        "rates": [_rate(rate) for rate in rates] if within is not None else [],
        "findings": [],
    }
    block = _rates(rates, words) if within is not None else _overview(series, words)
    return remarks.page(document, [block], words, data=_rates(rates, words))


def _series(rates: Iterable[Rate]) -> list[Json]:
    """One line a currency and kind: how many rates, from when to when, from where."""
    grouped: dict[tuple[str, str], list[Rate]] = {}
    for rate in rates:
        grouped.setdefault((rate.base, rate.kind), []).append(rate)
    return [
        {
            "currency": base,
            "kind": kind,
            "rates": len(group),
            "from": str(group[0].period),
            "to": str(group[-1].period),
            "sources": sorted({rate.source for rate in group}),
        }
        for (base, kind), group in grouped.items()
    ]


def _rate(rate: Rate) -> Json:
    return {
        "period": str(rate.period),
        "kind": rate.kind,
        "base": rate.base,
        "quote": rate.quote,
        "nominal": rate.nominal,
        "value": f"{rate.value:f}",
        "source": rate.source,
    }


def _overview(series: Sequence[Json], words: Wording) -> Table:
    columns = (
        Column("currency", words.text("Currency")),
        Column("kind", words.text("Kind")),
        Column("rates", words.text("Rates"), Kind.PEOPLE),
        Column("from", words.text("From")),
        Column("to", words.text("To")),
        Column("sources", words.text("Source")),
    )
    rows = tuple((*(_cell(line[column.key]) for column in columns[:-1]), _sources(line, words)) for line in series)
    return Table(columns, rows, notes=("", words.text("`--period 2019-03` lists the rates of a span.")))


def _sources(line: Json, words: Wording) -> str:
    """The one source, or the first of several."""
    sources = line["sources"]
    listed = [str(source) for source in sources] if isinstance(sources, list) else []
    if len(listed) < 2:
        return "".join(listed)
    return words.text("{source} and {number} more", source=listed[0], number=len(listed) - 1)


def _cell(value: object) -> Cell:
    return value if isinstance(value, int) else text(value)


def _rates(rates: Iterable[Rate], words: Wording) -> Table:
    columns = (
        Column("period", words.text("Period")),
        Column("kind", words.text("Kind")),
        Column("base", words.text("Currency")),
        Column("nominal", words.text("For"), Kind.PEOPLE),
        Column("value", words.text("Tenge"), Kind.RATE),
        Column("source", words.text("Source")),
    )
    return Table(columns, tuple((str(r.period), r.kind, r.base, r.nominal, r.value, r.source) for r in rates))


def imported(file: str, added: int, findings: Iterable[Finding], words: Wording, *, verbose: bool = False) -> Page:
    """The page of rates that were added to the ledger."""
    found = tuple(findings)
    document: Json = {"schema": schema("rates-import"), "file": file, "added": added, "findings": remarks.documents(found, words)}
    said = Lines((words.text("{number} rates added from {file}.", number=added, file=file),))
    return remarks.page(document, [said], words, found=found, verbose=verbose)


def part(piece: Part) -> Json:
    """One dated piece of a conversion, as documents hold it."""
    return {
        "from": piece.span.first.isoformat(),
        "to": piece.span.last.isoformat(),
        "amount": money(piece.amount),
        "rate": f"{piece.rate:f}",
        "kind": piece.kind,
        "source": piece.source,
        "rate_date": text(piece.rate_date),
    }


def converted(amount: Decimal, period: Period, basis: str, made: Dollars, words: Wording, *, verbose: bool = False) -> Page:
    """The page of one converted amount, with the rates that made it."""
    document: Json = {
        "schema": schema("rates-convert"),
        "amount": money(amount),
        "period": str(period),
        "basis": basis,
        "currency": made.currency,
        "result": money(made.amount),
        "rate": None if made.rate is None else f"{made.rate:f}",
        "parts": [part(piece) for piece in made.parts],
        "findings": remarks.documents(made.findings, words),
    }
    worth = words.text(
        "{amount} tenge, {period}, are {result} {currency} (basis: {basis}).",
        amount=words.number(amount, 2),
        period=words.period(period),
        result="–" if made.amount is None else words.number(made.amount, 2),
        currency=made.currency,
        basis=basis,
    )
    return remarks.page(document, [Lines((worth,)), parts(made.parts, words)], words, found=made.findings, verbose=verbose)


def parts(pieces: Iterable[Part], words: Wording) -> Table:
    """The rates that made a conversion, one row a piece."""
    columns = (
        Column("span", words.text("Period")),
        Column("amount", words.text("Tenge"), Kind.MONEY),
        Column("rate", words.text("Rate"), Kind.RATE),
        Column("kind", words.text("Kind")),
        Column("rate_date", words.text("Rate of")),
        Column("source", words.text("Source")),
    )
    return Table(columns, tuple((str(p.span), p.amount, p.rate, p.kind, text(p.rate_date), p.source) for p in pieces))
