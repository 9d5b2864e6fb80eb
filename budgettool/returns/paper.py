"""A table of figures becomes a paper in one language: title block, headings, notes, signatures, and the lists behind it.

All sentences come from `wording`; here is decided only which of them stand on the paper. Columns are
named in the notes by their number, as treasury forms do: "гр. 9 = гр. 6 − гр. 8".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from budgettool.period import Period
from budgettool.reconcile.answer import COUNTS_OF_PARTS_ONLY, MONTHS_MISSING
from budgettool.returns.figures import ABSENT, NAMES, Cell, Gap, Line, Table

if TYPE_CHECKING:
    from budgettool.classification import Register
    from budgettool.findings import Finding
    from budgettool.reconcile import Reconciliation, Row
    from budgettool.settings import Settings
    from budgettool.wording import Wording

_SHOWN = 3
_RATES = 8
SEVERITIES = {"error": "Error", "warning": "Needs an explanation", "info": "For information"}


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
class Listing:
    """A list behind the return: the name of its sheet, its heading, and its lines by column."""

    name: str
    title: str
    lines: tuple[Mapping[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the office, and the name where it is known."""

    office: str
    name: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One return in one language, before it has a face."""

    name: str
    lines: Mapping[str, str]
    headings: Mapping[str, str]
    table: Table
    notes: tuple[str, ...]
    signatures: tuple[Signature, ...]
    under: tuple[str, str]
    closing: tuple[str, str]
    mark: str
    footer: tuple[str, str, str]
    lists: Mapping[str, Listing]


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


def paper(matter: Matter, words: Wording, headings: Iterable[str]) -> Paper:
    """The consolidated return in the language of `words`; `headings` are the keys that the template asks for."""
    table = _named(matter, words)
    lists = {
        "findings": _findings(matter, words),
        "rates": _rates(matter, words),
        "sources": _sources(matter, words),
    }
    return Paper(
        name=words.text("Consolidated"),
        lines=_lines(matter, words),
        headings=_headings(table, words, headings),
        table=table,
        notes=tuple(note for note in _notes(matter, words, lists["rates"].name) if note),
        signatures=_signatures(matter.settings, words),
        under=(words.text("(signature)"), words.text("(surname, first name, patronymic (if any))")),
        closing=(words.text("Date of signing «____» ______________ 20___"), words.text("Seal (if any)")),
        mark="" if matter.issue.closed else words.text("DRAFT"),
        footer=("&F", words.text("Page {page} of {pages}", page="&P", pages="&N"), matter.issue.head[:12]),
        lists=lists,
    )


def _headings(table: Table, words: Wording, keys: Iterable[str]) -> Mapping[str, str]:
    """The headings by their keys; those of dollars name the currency that was asked for."""
    named = {key: words.heading(key) for key in keys}
    if "usd_per_capita" not in table.columns and "per_capita" in named:
        named["per_capita"] = f"{named['per_capita']}, {words.heading('per_capita.KZT')}"
    if table.currency != "USD":
        unit = words.unit(table.currency)
        named |= {"per_capita.USD": unit, "amount.USD": f"{words.heading('value')}, {unit}"}
    return named


def _lines(matter: Matter, words: Wording) -> Mapping[str, str]:
    """The lines of the title block, by their place in the template."""
    block = matter.settings.signatures
    received = len(matter.expected) - len(matter.missing)
    return {
        "organisation": block.organisation,
        "appendix": block.appendix,
        "form": words.text("Form for collecting administrative data, free of charge"),
        "title": words.title("consolidated"),
        "period": _period_line(matter, words),
        "received": words.text("Submitted: {received} of {expected}", received=received, expected=len(matter.expected)),
        "unit": words.text("thousand tenge") if matter.issue.unit == "thousand" else words.text("tenge"),
    }


def _period_line(matter: Matter, words: Wording) -> str:
    period = matter.period
    said = words.period(period)
    from_january = period.is_within_year and period.first.month == 1 and not period.is_month and not period.is_year
    span = words.text("for {period} (cumulative from the start of the year)", period=said) if from_january else words.text("for {period}", period=said)
    return f"{span}, {words.as_of(matter.as_of)}"


def _named(matter: Matter, words: Wording) -> Table:
    """The table with names and statuses in words."""
    table = matter.table
    partial = words.text("Total of what was submitted")
    return replace(
        table,
        total=_labelled(table.total, table, words.text("Total for the republic")),
        partial=None if table.partial is None else _labelled(table.partial, table, partial),
        rows=tuple(_worded(line, words) for line in table.rows),
    )


def _labelled(line: Line, table: Table, label: str) -> Line:
    """A total, with its name in the first column that holds names."""
    place = next((name for name in ("region", "provider", "programme", "period") if name in table.columns), None)
    cells = {name: Cell("") if name in NAMES else cell for name, cell in line.cells.items()}
    return replace(line, cells={**cells, **({} if place is None else {place: Cell(label)})})


def _worded(line: Line, words: Wording) -> Line:
    """A row with its names; comparable territories follow in brackets."""
    said = {"region": _region(line, words), "period": words.period(line.period)}
    return replace(line, cells={name: Cell(said[name]) if name in said else cell for name, cell in line.cells.items()})


def _region(line: Line, words: Wording) -> str:
    if line.region is None:
        return ""
    name, others = words.region(line.region, line.period), _others(line.region, line.territory)
    return f"{name} ({_names(others, line.period, words)})" if others else name


def _others(region: str, territory: Iterable[str]) -> tuple[str, ...]:
    return tuple(other for other in territory if other != region)


def _notes(matter: Matter, words: Wording, rates: str) -> Iterable[str]:
    table = matter.table
    yield words.text("«–» no data; «х» not applicable.")
    yield _reckoning(matter, words)
    for columns, gaps in _grouped_gaps(table).items():
        said = ", ".join(_column(table, column, words) for column in columns)
        lacking = ", ".join(_lacking(gap, matter.period, words) for gap in gaps)
        yield words.text("No total, as data are missing ({columns}): {regions}.", columns=said, regions=lacking)
    if matter.missing:
        yield words.text("Not submitted: {regions}.", regions=_names(matter.missing, matter.period, words))
    for row in matter.recon.rows:
        if row.region and (others := _others(row.region, row.territory)):
            named = words.region(row.region, row.period)
            yield words.text("Comparable territories: {region} stands for {regions}.", region=named, regions=_names(others, row.period, words))
    if table.pieces:
        yield _rate_note(table, matter.issue.basis, words, rates)
        yield words.text("Totals are made from exact values: because of rounding the sum of the lines may differ from the total.")


def _names(regions: Iterable[str], period: Period, words: Wording) -> str:
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
    known = {"average": "average of the period", "end": "at the end of the period", "date": "of the day of payment", "on": "of {day}", "fixed": "fixed, {rate}"}
    return words.text(known[kind], day=argument, rate=argument) if kind in known else basis


def _signatures(settings: Settings, words: Wording) -> tuple[Signature, ...]:
    block = settings.signatures
    author = ", ".join(part for part in (block.author, block.phone) if part)
    return (
        Signature(words.text("Head (or acting head)"), block.head),
        Signature(words.text("Chief accountant"), block.accountant),
        Signature(words.text("Prepared by (telephone, e-mail)"), author),
    )


def _findings(matter: Matter, words: Wording) -> Listing:
    order = matter.register.order
    found = sorted(matter.findings, key=lambda f: (-f.grade.rank, f.code, order(f.region or ""), str(f.period or ""), f.at, f.id))
    return Listing(words.text("Findings"), words.text("Findings"), tuple(_finding(finding, words) for finding in found))


def _finding(finding: Finding, words: Wording) -> Mapping[str, Cell]:
    message, hint = words.sentence(finding)
    places = "; ".join(", ".join(part for part in (_file(at.file), at.sheet, at.cell) if part) for at in finding.at)
    place = places or (words.region(finding.region, finding.period) if finding.region else "")
    severity = words.text(SEVERITIES[finding.grade.value])
    said = {"severity": severity, "code": finding.code, "place": place, "message": message, "hint": hint}
    return {name: Cell(text) for name, text in said.items()}


def _rates(matter: Matter, words: Wording) -> Listing:
    title = words.text("Exchange rates")
    basis = basis_text(matter.issue.basis, words)
    lines = []
    for piece in matter.table.pieces:
        part = piece.part
        lines.append(
            {
                "name": Cell(words.region(piece.region, matter.period) if piece.region else words.text("Total for the republic")),
                "from": Cell(part.span.first),
                "to": Cell(part.span.last),
                "amount": Cell(part.amount),
                "rate": Cell(part.rate),
                "usd": Cell(part.amount / part.rate, "{amount}/{rate}"),
                "kind": Cell(words.fact("kind", part.kind)),
                "source": Cell(part.source),
                "rate_date": Cell("" if part.rate_date is None else part.rate_date),
                "basis": Cell(basis),
            }
        )
    return Listing(title, title, tuple(lines))


def _sources(matter: Matter, words: Wording) -> Listing:
    title = words.text("Sources of data")
    rows: Sequence[Source] = sorted(matter.issue.sources, key=lambda source: (_file(source.file), source.sha256))
    lines = tuple({"file": Cell(_file(row.file)), "sha256": Cell(row.sha256), "entries": Cell(Decimal(row.entries))} for row in rows)
    return Listing(title, title, lines)


def _file(path: str) -> str:
    """The name of a file without its folders, which are another machine's."""
    return re.split(r"[/\\]", path)[-1]
