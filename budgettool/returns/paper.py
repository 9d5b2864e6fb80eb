"""A table of figures becomes a paper in one language: title block, headings, notes, signatures, and the lists behind it.

All sentences come from `wording`; here is decided only which of them stand on the paper. Columns are
named in the notes by their number, as treasury forms do: "гр. 9 = гр. 6 − гр. 8".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from budgettool.period import Period
from budgettool.returns.figures import Cell, Line, Table

if TYPE_CHECKING:
    from budgettool.classification import Register
    from budgettool.findings import Finding
    from budgettool.reconcile import Reconciliation
    from budgettool.settings import Settings
    from budgettool.wording import Wording

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


def _is_stated(row: object) -> bool:
    amounts = row.amounts.values()  # type: ignore[attr-defined]
    return any(amount.value is not None for amount in amounts) or row.recipients is not None  # type: ignore[attr-defined]


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
        headings={key: words.heading(key) for key in headings},
        table=table,
        notes=tuple(note for note in _notes(matter, words, lists["rates"].name) if note),
        signatures=_signatures(matter.settings, words),
        under=(words.text("(signature)"), words.text("(surname, first name, patronymic (if any))")),
        closing=(words.text("Date of signing «____» ______________ 20___"), words.text("Seal (if any)")),
        mark="" if matter.issue.closed else words.text("DRAFT"),
        footer=("&F", words.text("Page {page} of {pages}", page="&P", pages="&N"), matter.issue.head[:12]),
        lists=lists,
    )


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
    cells = {name: Cell("") if name in ("number", "region", "period", "programme", "provider", "status") else cell for name, cell in line.cells.items()}
    return replace(line, cells={**cells, **({} if place is None else {place: Cell(label)})})


def _worded(line: Line, words: Wording) -> Line:
    said = {
        "region": words.region(line.region, line.period) if line.region else "",
        "period": words.period(line.period),
        "status": words.status(line.status) if line.status else "",
    }
    return replace(line, cells={name: Cell(said[name]) if name in said else cell for name, cell in line.cells.items()})


def _notes(matter: Matter, words: Wording, rates: str) -> Iterable[str]:
    table = matter.table
    yield words.text("«–» no data; «х» not applicable.")
    yield _reckoning(matter, words)
    for columns, regions in _grouped_gaps(table).items():
        said = ", ".join(_column(table, column, words) for column in columns)
        yield words.text("No total, as data are missing ({columns}): {regions}.", columns=said, regions=_names(regions, words))
    if matter.missing:
        yield words.text("Not submitted: {regions}.", regions=_names(matter.missing, words))
    for row in matter.recon.rows:
        if len(row.territory) > 1 and row.region:
            parts = _names(row.territory, words)
            yield words.text("Comparable territories: {region} stands for {regions}.", region=words.region(row.region), regions=parts)
    if table.pieces:
        yield _rate_note(table, matter.issue.basis, words, rates)
        yield words.text("Totals are made from exact values: because of rounding the sum of the lines may differ from the total.")


def _names(regions: Iterable[str], words: Wording) -> str:
    return ", ".join(words.region(region) for region in regions)


def _column(table: Table, column: str, words: Wording) -> str:
    return words.text("col. {number}", number=table.columns.index(column) + 1)


def _reckoning(matter: Matter, words: Wording) -> str:
    """How the reckoned columns follow from the others, by the numbers of the columns."""
    table = matter.table

    def says(column: str) -> str:
        return _column(table, column, words)

    terms = [("", "receipt" if "receipt" in table.columns else "transfer"), (" − ", "disbursement"), (" + ", "recovery"), (" − ", "refund")]
    balance = "".join(sign + says(column) for sign, column in terms if column in table.columns)
    lines = [f"{says('balance')} = {balance}"] if "balance" in table.columns else []
    if {"execution", table.plan, "disbursement"} <= set(table.columns):
        lines.append(f"{says('execution')} = {says('disbursement')} / {says(table.plan)} × 100")
    if {"per_capita", table.of, "recipients"} <= set(table.columns):
        times = " × 1000" if matter.issue.unit == "thousand" else ""
        lines.append(f"{says('per_capita')} = {says(table.of)}{times} / {says('recipients')}")
    if {"usd", "usd_per_capita", "recipients"} <= set(table.columns):
        lines.append(f"{says('usd_per_capita')} = {says('usd')} / {says('recipients')}")
    return "; ".join(lines) + "." if lines else ""


def _grouped_gaps(table: Table) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Columns that lack the same regions, together."""
    by_regions: dict[tuple[str, ...], list[str]] = {}
    for column in table.columns:
        if regions := table.gaps.get(column):
            by_regions.setdefault(regions, []).append(column)
    return {tuple(columns): regions for regions, columns in by_regions.items()}


def _rate_note(table: Table, basis: str, words: Wording, sheet: str) -> str:
    rates = dict.fromkeys((piece.part.span, piece.part.rate) for piece in table.pieces)
    said = "; ".join(f"{words.period(span)} – {words.number(rate)}" for span, rate in rates)
    return words.text(
        "US dollars: rate {basis}, tenge for one dollar: {rates} (sheet «{sheet}»).", basis=basis_text(basis, words), rates=said, sheet=sheet
    )


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
    found = sorted(matter.findings, key=lambda finding: (-finding.grade.rank, finding.code, finding.at, finding.id))
    return Listing(words.text("Findings"), words.text("Findings"), tuple(_finding(finding, words) for finding in found))


def _finding(finding: Finding, words: Wording) -> Mapping[str, Cell]:
    message, hint = words.sentence(finding)
    places = "; ".join(", ".join(part for part in (at.file, at.sheet, at.cell) if part) for at in finding.at)
    severity = words.text(SEVERITIES[finding.grade.value])
    said = {"severity": severity, "code": finding.code, "place": places, "message": message, "hint": hint}
    return {name: Cell(text) for name, text in said.items()}


def _rates(matter: Matter, words: Wording) -> Listing:
    title = words.text("Exchange rates")
    basis = basis_text(matter.issue.basis, words)
    lines = []
    for piece in matter.table.pieces:
        part = piece.part
        lines.append(
            {
                "name": Cell(words.region(piece.region) if piece.region else words.text("Total for the republic")),
                "from": Cell(part.span.first),
                "to": Cell(part.span.last),
                "amount": Cell(part.amount),
                "rate": Cell(part.rate),
                "usd": Cell(part.amount / part.rate, "{amount}/{rate}"),
                "kind": Cell(part.kind),
                "source": Cell(part.source),
                "rate_date": Cell("" if part.rate_date is None else part.rate_date),
                "basis": Cell(basis),
            }
        )
    return Listing(title, title, tuple(lines))


def _sources(matter: Matter, words: Wording) -> Listing:
    title = words.text("Sources of data")
    rows: Sequence[Source] = sorted(matter.issue.sources, key=lambda source: (source.file, source.sha256))
    lines = tuple({"file": Cell(row.file), "sha256": Cell(row.sha256), "entries": Cell(Decimal(row.entries))} for row in rows)
    return Listing(title, title, lines)
