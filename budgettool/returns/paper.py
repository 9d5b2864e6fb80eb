"""A table of figures becomes a paper in one language: title block, headings, notes, signatures, and the lists behind it.

All sentences come from `wording`; here is decided only which of them stand on the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from budgettool.returns.figures import NAMES, Cell, Line, Table
from budgettool.returns.matter import Matter, Source
from budgettool.returns.notes import basis_text, names, notes, others_of
from budgettool.terms import CURRENCY

if TYPE_CHECKING:
    from budgettool.findings import Finding
    from budgettool.settings import Settings
    from budgettool.wording import Wording

SEVERITIES = {"error": "Error", "warning": "Needs an explanation", "info": "For information"}


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
        headings=_headings(matter, words, headings),
        table=table,
        notes=tuple(note for note in notes(matter, words, lists["rates"].name) if note),
        signatures=_signatures(matter.settings, words),
        under=(words.text("(signature)"), words.text("(surname, first name, patronymic (if any))")),
        closing=(words.text("Date of signing «____» ______________ 20___"), words.text("Seal (if any)")),
        mark="" if matter.issue.closed else words.text("DRAFT"),
        footer=("&F", words.text("Page {page} of {pages}", page="&P", pages="&N"), matter.issue.head[:12]),
        lists=lists,
    )


def _headings(matter: Matter, words: Wording, keys: Iterable[str]) -> Mapping[str, str]:
    """The headings by their keys; those of dollars name the currency that was asked for."""
    table = matter.table
    named = {key: words.heading(key) for key in keys}
    if "usd_per_capita" not in table.columns and "per_capita" in named:
        named["per_capita"] = f"{named['per_capita']}, {words.unit(matter.register.home.currency)}"
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
        "unit": _unit(matter, words),
    }


def _unit(matter: Matter, words: Wording) -> str:
    """In what the money of the sheet stands."""
    currency, thousand = matter.register.home.currency, matter.issue.unit == "thousand"
    if currency != CURRENCY:
        return words.text("thousand {unit}", unit=currency) if thousand else words.unit(currency)
    return words.text("thousand tenge") if thousand else words.text("tenge")


def _period_line(matter: Matter, words: Wording) -> str:
    period = matter.period
    said = words.period(period)
    from_january = period.is_within_year and period.first.month == 1 and not period.is_month and not period.is_year
    span = (
        words.text("for {period} (cumulative from the start of the year)", period=said)
        if from_january
        else words.text("for {period}", period=said)
    )
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
    name, others = words.region(line.region, line.period), others_of(line.region, line.territory)
    return f"{name} ({names(others, line.period, words)})" if others else name


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
