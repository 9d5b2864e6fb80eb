"""The notes below the table: its signs, how columns follow from columns, who is missing, what a row stands for, which rates.

Columns are named by their number, as treasury forms do: "гр. 9 = гр. 6 − гр. 8".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from budgettool.period import Period
from budgettool.returns.figures import ABSENT, Gap, Table
from budgettool.returns.matter import Matter

if TYPE_CHECKING:
    from budgettool.wording import Wording

_SHOWN = 3
_RATES = 8
"""So many missing spans of a region, and rates, are named; the rest stand on the other sheets."""


def notes(matter: Matter, words: Wording, rates: str) -> Iterable[str]:
    table = matter.table
    yield words.text("«–» no data; «х» not applicable.")
    yield _reckoning(matter, words)
    for columns, gaps in _grouped_gaps(table).items():
        said = ", ".join(_column(table, column, words) for column in columns)
        lacking = ", ".join(_lacking(gap, matter.period, words) for gap in gaps)
        yield words.text("No total, as data are missing ({columns}): {regions}.", columns=said, regions=lacking)
    if matter.missing:
        yield words.text("Not submitted: {regions}.", regions=names(matter.missing, matter.period, words))
    for row in matter.recon.rows:
        if row.region and (others := others_of(row.region, row.territory)):
            named = words.region(row.region, row.period)
            yield words.text(
                "Comparable territories: {region} stands for {regions}.", region=named, regions=names(others, row.period, words)
            )
    if table.pieces:
        yield _rate_note(table, matter.issue.basis, words, rates)
        yield words.text("Totals are made from exact values: because of rounding the sum of the lines may differ from the total.")


def names(regions: Iterable[str], period: Period, words: Wording) -> str:
    return ", ".join(words.region(region, period) for region in regions)


def _lacking(gap: Gap, period: Period, words: Wording) -> str:
    """A region, with the months or parts that are missing in brackets: months that follow each other as one span."""
    name = words.region(gap.region, period)
    if not gap.missing:
        return name
    missing = _spans(gap.missing)
    more = ", …" if len(missing) > _SHOWN else ""
    return f"{name} ({words.fact('missing', missing[:_SHOWN])}{more})"


def _spans(missing: Iterable[str]) -> tuple[Period | str, ...]:
    """Months and days as spans without a gap between them; what is no period stays as it is."""
    joined: list[Period | str] = []
    for text in missing:
        try:
            period = Period.parse(text)
        except ValueError:
            joined.append(text)
            continue
        before = joined[-1] if joined else None
        if isinstance(before, Period) and before.last + timedelta(days=1) == period.first:
            joined[-1] = Period(before.first, period.last)
        else:
            joined.append(period)
    return tuple(joined)


def _column(table: Table, column: str, words: Wording) -> str:
    return words.text("col. {number}", number=table.columns.index(column) + 1)


def _reckoning(matter: Matter, words: Wording) -> str:
    """How the reckoned columns follow from the others, by the numbers of the columns."""
    table = matter.table

    def says(column: str) -> str:
        return _column(table, column, words)

    lines = [f"{says('balance')} = {_balance(table, 'receipt', words)}"] if "balance" in table.columns else []
    if lines and table.instead:
        lines = [f"{lines[0]} ({says('receipt')} «{ABSENT}»: {_balance(table, 'transfer', words)})"]
    if {"execution", table.plan, "disbursement"} <= set(table.columns):
        lines.append(f"{says('execution')} = {says('disbursement')} / {says(table.plan)} × 100")
    times = " × 1000" if matter.issue.unit == "thousand" else ""
    if {"per_capita", table.of, "recipients"} <= set(table.columns):
        lines.append(f"{says('per_capita')} = {says(table.of)}{times} / {says('recipients')}")
    if {"usd", "usd_per_capita", "recipients"} <= set(table.columns):
        lines.append(f"{says('usd_per_capita')} = {says('usd')} / {says('recipients')}")
    if {"usd", table.of} <= set(table.columns):
        lines.append(f"{says('usd')} = {says(table.of)}{times} / «{words.heading('rate')}»")
    return "; ".join(lines) + "." if lines else ""


def _balance(table: Table, source: str, words: Wording) -> str:
    terms = [("", source), (" − ", "disbursement"), (" + ", "recovery"), (" − ", "refund")]
    return "".join(sign + _column(table, column, words) for sign, column in terms if column in table.columns)


def _grouped_gaps(table: Table) -> Mapping[tuple[str, ...], tuple[Gap, ...]]:
    """Columns that lack the same, together."""
    by_regions: dict[tuple[Gap, ...], list[str]] = {}
    for column in table.columns:
        if regions := table.gaps.get(column):
            by_regions.setdefault(regions, []).append(column)
    return {tuple(columns): regions for regions, columns in by_regions.items()}


def _rate_note(table: Table, basis: str, words: Wording, sheet: str) -> str:
    """The rates of all dated pieces; of many of them the first, as all stand on their sheet."""
    rates = list(dict.fromkeys((piece.part.span, piece.part.rate) for piece in table.pieces))
    said = "; ".join(f"{words.period(span)} – {words.number(rate)}" for span, rate in rates[:_RATES])
    said += "; …" if len(rates) > _RATES else ""
    by = basis_text(basis, words)
    if table.currency != "USD":
        return f"{words.unit(table.currency)}: {words.heading('rate')} ({by}): {said} («{sheet}»)."
    return words.text("US dollars: rate {basis}, tenge for one dollar: {rates} (sheet «{sheet}»).", basis=by, rates=said, sheet=sheet)


def basis_text(basis: str, words: Wording) -> str:
    """The basis of the rates in words; an unknown one as it is."""
    kind, _, argument = basis.partition(":")
    known = {
        "average": "average of the period",
        "end": "at the end of the period",
        "date": "of the day of payment",
        "on": "of {day}",
        "fixed": "fixed, {rate}",
    }
    return words.text(known[kind], day=argument, rate=argument) if kind in known else basis


def others_of(region: str, territory: Iterable[str]) -> tuple[str, ...]:
    return tuple(other for other in territory if other != region)
