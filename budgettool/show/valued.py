"""Cost a recipient as a page: amount, people and their quotient, and the same in another currency with its rates.

The page always says what was divided, by which count, and which rates were used from where.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from budgettool.formats import Cell, Column, Kind, Lines, Page, Table
from budgettool.show import Json, has_figures, heading, money, rated, remarks, schema, text
from budgettool.show.reconciled import united

if TYPE_CHECKING:
    from budgettool.findings import Finding
    from budgettool.period import Period
    from budgettool.rates import Basis, Dollars
    from budgettool.value import Line, PerCapita
    from budgettool.wording import Wording

def page(valued: PerCapita, span: Period, findings: Iterable[Finding], words: Wording, *, verbose: bool = False) -> Page:
    """The percapita page; `findings` are those of reading and reconciling, before the rates' own."""
    found = remarks.unique((*findings, *valued.findings))
    document: Json = {
        "schema": schema("percapita"),
        "of": valued.of,
        "basis": str(valued.basis),
        "by": list(valued.by),
        "rows": [_document(line, valued) for line in valued.rows],
        "total": _document(valued.total, valued),
        **({"complete": _document(valued.complete, valued)} if valued.complete else {}),
        "findings": remarks.documents(found, words),
    }
    block = _table(valued, span, words) if valued.rows else Lines((words.text("There are no figures."),))
    return remarks.page(document, [block], words, found=found, verbose=verbose, data=_csv(valued))


def nothing(of: str, basis: Basis, by: tuple[str, ...], findings: Iterable[Finding], words: Wording) -> Page:
    """The page where there is not one figure: no rows, no total, and what was found."""
    found = remarks.unique(findings)
    document: Json = {"schema": schema("percapita"), "of": of, "basis": str(basis), "by": list(by)}
    document |= {"rows": [], "total": None, "findings": remarks.documents(found, words)}
    return remarks.page(document, [Lines((words.text("There are no figures."),))], words, found=found)


def _keys(valued: PerCapita) -> tuple[str, ...]:
    return tuple(key for key in ("programme", "provider") if key in valued.by)


def _document(line: Line, valued: PerCapita) -> Json:
    currency = (valued.currency or "USD").lower()
    return {
        "region": line.region,
        **({"territory": list(line.territory)} if line is valued.complete else {}),
        "period": str(line.period),
        **{key: getattr(line, key) for key in _keys(valued)},
        "amount": money(line.amount),
        "recipients": line.recipients,
        "recipients_basis": line.recipients_basis,
        "per_capita": money(line.per_capita),
        "reason": line.reason,
        currency: _dollars(line.usd, line),
    }


def _dollars(made: Dollars | None, line: Line) -> Json | None:
    if made is None:
        return None
    return {
        "amount": money(made.amount),
        "per_capita": money(line.usd_per_capita),
        "rate": None if made.rate is None else f"{made.rate:f}",
        "parts": [rated.part(piece) for piece in made.parts],
    }


def _columns(valued: PerCapita, words: Wording) -> tuple[Column, ...]:
    code = valued.currency or "USD"
    names = {"programme": words.text("Programme"), "provider": words.text("Provider")}
    return (
        Column("region", words.text("Region")),
        Column("period", words.text("Period")),
        *(Column(key, names[key]) for key in _keys(valued)),
        Column("amount", heading(valued.of, words), Kind.MONEY),
        Column("recipients", heading("recipients", words), Kind.PEOPLE),
        Column("per_capita", words.text("Per person"), Kind.MONEY),
        Column("converted", code, Kind.MONEY),
        Column("converted_per_capita", words.text("{currency} per person", currency=code), Kind.MONEY),
        Column("rate", words.text("Rate"), Kind.RATE),
        Column("reason", words.text("Note")),
    )


def _cells(line: Line, valued: PerCapita, words: Wording, name: str) -> tuple[Cell, ...]:
    usd = line.usd
    return (
        name,
        str(line.period),
        *(getattr(line, key) for key in _keys(valued)),
        line.amount,
        line.recipients,
        line.per_capita,
        usd.amount if usd else None,
        line.usd_per_capita if usd else None,
        usd.rate if usd else None,
        _reason(line.reason, words),
    )


def _reason(reason: str | None, words: Wording) -> str | None:
    """Why there is no cost a head, in a few words."""
    said = {
        "no-amount": words.text("no amount"),
        "no-count": words.text("no count of people"),
        "nobody-served": words.text("nobody served"),
        "incomplete": words.text("incomplete"),
    }
    return said.get(reason, reason) if reason else None


def _table(valued: PerCapita, span: Period, words: Wording) -> Table:
    """The table for people: columns that say nothing are left out."""
    columns = _columns(valued, words)
    rows = [_cells(line, valued, words, words.region(line.region, line.period) if line.region else "") for line in valued.rows]
    rows.append(_cells(valued.total, valued, words, words.text("Total")))
    idle = {"period"} if not {"period", "year"} & set(valued.by) else set()
    kept = [i for i, column in enumerate(columns) if column.key not in idle and has_figures(row[i] for row in rows)]
    title = words.text("Cost per recipient, {period}, {unit}", period=words.period(span), unit=words.register.home.currency)
    shown = tuple(columns[i] for i in kept)
    return Table(shown, tuple(tuple(row[i] for i in kept) for row in rows), title, ("", *_legend(valued, words)), total=True)


def _legend(valued: PerCapita, words: Wording) -> Iterable[str]:
    """Regions that are one row, what was divided by what, and the rates."""
    yield from united(valued.rows, words)
    bases = sorted({line.recipients_basis for line in (*valued.rows, valued.total) if line.recipients_basis})
    counts = ", ".join(words.status(basis) for basis in bases)
    yield words.text("Divided: {measure}. People: {basis}.", measure=words.measure(valued.of), basis=counts or "–")
    if valued.complete is not None:
        yield words.text(
            "Over the regions with both figures: {cost} per person ({regions}).",
            cost=words.money(valued.complete.per_capita, words.register.home.currency),
            regions=", ".join(words.region(region) for region in valued.complete.territory),
        )
    if valued.currency is not None:
        yield words.text("Rates, {currency}, basis {basis}:", currency=valued.currency, basis=str(valued.basis))
        yield from _rates(valued, words)


def _rates(valued: PerCapita, words: Wording) -> list[str]:
    """Each rate once: its span, kind, own day and source."""
    parts = [piece for line in valued.rows if line.usd for piece in line.usd.parts]
    lines: dict[str, None] = {}
    for piece in sorted(parts, key=lambda piece: (piece.span, piece.rate)):
        of_day = f", {piece.rate_date}" if piece.rate_date else ""
        lines[f"  {piece.span}: {words.number(piece.rate)} ({words.fact('kind', piece.kind)}{of_day}; {piece.source})"] = None
    return list(lines)


def _csv(valued: PerCapita) -> Table:
    """The rows with the region's code; the total is the row without one."""
    keys = ("region", "period", *_keys(valued), "amount", "recipients", "recipients_basis", "per_capita", "reason")
    columns = (*(Column(key, key) for key in keys), *(Column(key, key) for key in ("currency", "converted", "converted_per_capita", "rate")))
    rows = []
    for line in (*valued.rows, valued.total):
        made = _document(line, valued)
        usd = _dollars(line.usd, line) or {}
        rows.append((*(_plain(made[key]) for key in keys), valued.currency, *(text(usd.get(key)) for key in ("amount", "per_capita", "rate"))))
    return Table(columns, tuple(rows))


def _plain(value: object) -> Cell:
    return value if isinstance(value, int) else text(value)
