"""One table becomes entries: the figures of its columns meet the keys of its rows.

Every body row goes one way: into entries, into the totals, into the quarantine, or it is a note.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budgettool.classification import Register
from budgettool.findings import Fact, Finding, Place
from budgettool.normalise.figures import ColumnFigures, read_figures
from budgettool.normalise.keys import Cells, Keys, Named, RowPeriod, Who, own_region, read_periods, read_who, region_texts, resolve_region
from budgettool.normalise.long import read_long
from budgettool.normalise.plausible import doubts
from budgettool.normalise.reading import ColumnReading, Control, Held, TableReading, Total
from budgettool.normalise.totals import SUMS, judge, judge_across, scopes, unlabelled
from budgettool.period import Period
from budgettool.read.sheet import address
from budgettool.recognise.body import is_country
from budgettool.recognise.layout import Column, Context, Hints, Row, RowKind, Span, Table
from budgettool.terms import COUNTRY, MEASURES, Entry, Kind, Unit

_COUNTED = {"person", "day", "episode", "service"}


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed beside the table itself: the file's name, what the user said, and the register of regions."""

    file: str
    hints: Hints
    register: Register


@dataclass(slots=True)
class Work:
    """One table in the making."""

    table: Table
    place: Place
    cells: Cells
    columns: list[tuple[Column, ColumnFigures]] = field(default_factory=list)
    keys: Keys = field(default_factory=Keys)
    entries: list[Entry] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_table(table: Table, reader: Reader) -> tuple[TableReading, list[Finding]]:
    """Read a recognised table; returns it with its entries, totals and quarantine, and what was found."""
    if table.column("measure") and table.column("value"):
        return read_long(table, reader.file, reader.hints, reader.register)
    work = Work(_labelled(table), Place(reader.file, table.sheet.name), Cells(table.sheet))
    body = [row for row in work.table.rows if row.kind in (RowKind.DATA, *SUMS)]
    _read_columns(work, body, reader)
    work = _without_sums(work)
    data = [row for row in work.table.rows if row.kind is RowKind.DATA]
    read_periods(work.table, work.cells, [row for row in data if _has_figures(work, row.number)], reader.file, work.keys)
    _read_entries(work, data, reader)
    _judge_totals(work)
    _say_hidden(work)
    work.held += [held for _, column in work.columns for held in column.held if held.row not in work.keys.held]
    work.held += work.keys.held.values()
    work.findings += [*(f for _, column in work.columns for f in column.findings), *work.keys.findings]
    held = [(h.row, h.cell or "") for h in work.held]
    work.findings += doubts(work.table, work.entries, held, work.place)
    return _finished(work, reader), _placed(work.findings, work.place)


def _labelled(table: Table) -> Table:
    """The country's line is a total beside regions, and the figures of the country where it stands alone."""
    if any(row.kind is RowKind.DATA for row in table.rows):
        return table
    rows = tuple(replace(row, kind=RowKind.DATA) if row.kind is RowKind.COUNTRY else row for row in table.rows)
    return replace(table, rows=rows)


# ---- columns and units


def _read_columns(work: Work, body: Sequence[Row], reader: Reader) -> None:
    unstated: list[Column] = []
    for column in work.table.figures:
        unit = unit_of(column, work.table.context, reader.hints)
        if unit is None:
            if any(work.table.sheet.value(row.number, column.index) is not None for row in body):
                unstated.append(column)
            continue
        stated = column.unit or work.table.context.unit
        if reader.hints.unit and stated and column.is_money and (stated.code, stated.factor) != (unit.code, unit.factor):
            facts: tuple[tuple[str, Fact], ...] = (("unit", unit.text or unit.code), ("text", stated.text or stated.code))
            work.findings.append(Finding("unit-from-hint", (replace(work.place, cell=column.letters),), facts=facts))
        figures = read_figures(work.table.sheet, column.index, column.measure or "", unit, (row.number for row in body), reader.file)
        work.columns.append((column, figures))
    if unstated:
        at = tuple(replace(work.place, cell=column.letters) for column in unstated)
        facts = (("headers", tuple(column.header for column in unstated)), ("header", unstated[0].header))
        work.findings.append(Finding("unit-not-stated", at, facts=facts))


def unit_of(column: Column, context: Context, hints: Hints) -> Unit | None:
    """The unit of a column: the user's, its header's, the title's; people are counted in persons where nothing is said."""
    measure = MEASURES[column.measure or ""]
    if measure.kind is not Kind.MONEY:
        stated = column.unit or (hints.unit if hints.unit and hints.unit.code in _COUNTED else None)
        factor = stated.factor if stated and stated.code in _COUNTED else Decimal(1)
        return Unit(measure.unit, factor, stated.text if stated else "")
    money = next((unit for unit in (hints.unit, column.unit, context.unit) if unit and unit.code not in (*_COUNTED, "percent", "")), None)
    return money


def _without_sums(work: Work) -> Work:
    """Rows without a name that equal the rows above are totals: they are said and not counted."""
    texts = region_texts(work.table, work.cells, work.table.rows, work.place.file, Keys())
    if work.table.column("region") is None and work.table.column("name") is None:
        return work
    named = {row.number: row.number in texts or bool(row.label.strip()) for row in work.table.rows}
    sums = unlabelled(work.table.rows, named, [figures for _, figures in work.columns])
    work.findings += [Finding("unlabelled-total-row", (replace(work.place, cell=str(number)),)) for number in sums]
    rows = tuple(replace(row, kind=RowKind.TOTAL) if row.number in sums else row for row in work.table.rows)
    work.table = replace(work.table, rows=rows)
    return work


def _has_figures(work: Work, row: int) -> bool:
    return any(row in column.figures or any(held.row == row for held in column.held) for _, column in work.columns)


# ---- entries


@dataclass(frozen=True, slots=True)
class _Spot:
    """A figure before its region is known: which row and column, for which period."""

    row: int
    column: Column
    figures: ColumnFigures
    period: RowPeriod


def _read_entries(work: Work, data: Sequence[Row], reader: Reader) -> None:
    spots = [spot for row in data for spot in _spots(work, row, reader)]
    texts = region_texts(work.table, work.cells, data, reader.file, work.keys)
    present = _present(spots, texts, reader.register)
    sections = _sections(work, data, texts)
    once = own_region(work.table, reader.hints)
    by_row: dict[int, list[_Spot]] = defaultdict(list)
    for spot in spots:
        by_row[spot.row].append(spot)
    for row in data:
        who, said, held = read_who(work.table, work.cells, row, work.place)
        if row.number in by_row:
            work.findings += said
            work.held += held
        for spot in by_row.get(row.number, ()):
            region = _region(work, spot, texts, once, present, reader)
            if region is None:
                continue
            reporter = who.reporter or reader.hints.reporter or (once if not texts else None)
            work.entries.append(_entry(work, spot, region, reporter, replace(who, category=who.category or sections.get(row.number))))


def _sections(work: Work, data: Sequence[Row], texts: Mapping[int, tuple[str, str]]) -> dict[int, str]:
    """The sections that say the same regions again (urban, rural): each a category of its own, so that nothing counts twice."""
    named: dict[str | None, set[str]] = defaultdict(set)
    for row in data:
        named[row.section].add(texts.get(row.number, ("", ""))[0])
    repeated = [section for section in named if section and any(named[section] & named[other] for other in named if other != section)]
    if not repeated:
        return {}
    at = tuple(replace(work.place, cell=str(row.number)) for row in work.table.rows if row.kind is RowKind.NOTE and row.label in repeated)
    work.findings.append(Finding("section-as-category", at, facts=(("names", tuple(repeated)),)))
    return {row.number: f"section={row.section}" for row in data if row.section in repeated}


def _spots(work: Work, row: Row, reader: Reader) -> list[_Spot]:
    spots = []
    for column, figures in work.columns:
        if column.total or (row.number not in figures.figures):
            continue
        period = _period(column, work.keys.periods.get(row.number), work.table.context, reader.hints)
        if period is None:
            if row.number not in work.keys.held:
                cell = address(row.number, column.index)
                work.keys.hold(row.number, "period-not-stated", cell, replace(work.place, cell=str(row.number)))
        elif row.number not in work.keys.held:
            spots.append(_Spot(row.number, column, figures, period))
    return spots


def _period(column: Column, own: RowPeriod | None, context: Context, hints: Hints) -> RowPeriod | None:
    """The period of a figure: its header's, its row's, the user's, the title's, narrowed or widened by what the header says."""
    stated = RowPeriod(column.written.period, column.written.cumulative, column.written.as_of) if column.written else None
    title = RowPeriod(context.written.period, context.written.cumulative, context.written.as_of) if context.written else None
    said = RowPeriod(hints.period) if hints.period else None
    base = stated or own or said or title
    if base is None:
        return None
    first, last = base.period.first, base.period.last
    if column.span is Span.YEAR and base.period.is_within_year:
        return RowPeriod(Period.of_year(last.year), None, base.as_of)
    if column.span is Span.MONTH and not column.cumulative:
        return RowPeriod(Period.of_month(last.year, last.month), None, base.as_of)
    if column.cumulative and base.period.is_within_year:
        return RowPeriod(Period(first.replace(month=1, day=1), last), True, base.as_of)
    return base


def _present(spots: Iterable[_Spot], texts: Mapping[int, tuple[str, str]], register: Register) -> Mapping[tuple[int, Period], frozenset[str]]:
    """By column and period, the units whose printed names have a figure there."""
    named: dict[int, str | None] = {row: register.resolve(text).named for row, (text, _) in texts.items()}
    present: dict[tuple[int, Period], set[str]] = defaultdict(set)
    for spot in spots:
        if unit := named.get(spot.row):
            present[(spot.column.index, spot.period.period)].add(unit)
    return {key: frozenset(units) for key, units in present.items()}


def _region(
    work: Work,
    spot: _Spot,
    texts: Mapping[int, tuple[str, str]],
    once: str | None,
    present: Mapping[tuple[int, Period], frozenset[str]],
    reader: Reader,
) -> str | None:
    if spot.row not in texts:
        if once is None and is_country(next(row.label for row in work.table.rows if row.number == spot.row)):
            return COUNTRY
        if once is None:
            column = work.table.column("region") or spot.column
            if spot.row not in work.keys.held:
                work.keys.hold(spot.row, "row-without-region", address(spot.row, column.index), replace(work.place, cell=str(spot.row)))
        return once
    text, cell = texts[spot.row]
    named = Named(text, replace(work.place, cell=cell), spot.period.period)
    others = present.get((spot.column.index, spot.period.period), frozenset())
    region, said, code = resolve_region(named, reader.register, others)
    work.keys.findings += [finding for finding in said if not _said(work, finding)]
    if code is not None:
        dated = spot.column.written is not None
        at = address(spot.row, spot.column.index)
        if dated:
            work.held.append(Held(spot.row, at, code, (cell, at)))
        else:
            work.keys.held.setdefault(spot.row, Held(spot.row, None, code, (cell,)))
    return region


def _said(work: Work, finding: Finding) -> bool:
    """Whether the same was said of the same cell already; a row of many years says it once."""
    return any(f.code == finding.code and f.at == finding.at for f in work.keys.findings)


def _entry(work: Work, spot: _Spot, region: str, reporter: str | None, who: Who) -> Entry:
    figure = spot.figures.figures[spot.row]
    return Entry(
        sheet=work.table.sheet.name,
        cell=address(spot.row, spot.column.index),
        row=spot.row,
        raw=figure.raw,
        measure=spot.figures.measure,
        version=spot.column.version,
        category=who.category or spot.column.category,
        period=spot.period.period,
        cumulative=bool(spot.period.cumulative),
        as_of=who.as_of or spot.period.as_of,
        value=figure.value,
        unit=spot.figures.unit.code,
        resolution=spot.figures.resolution,
        qualifier=figure.qualifier,
        reporter=reporter,
        region=region or COUNTRY,
        programme=who.programme,
        funding=who.funding,
        provider=who.provider,
        provider_bin=who.provider_bin,
        contract=who.contract,
    )


# ---- totals and what else is said


def _judge_totals(work: Work) -> None:
    figures = [column for _, column in work.columns]
    data = [row.number for row in work.table.rows if row.kind is RowKind.DATA]
    periods = {work.keys.periods[row].period for row in data if row in work.keys.periods}
    several = {column.index: len(periods) > 1 for column in figures}
    totals, said = judge(scopes(work.table.rows, figures), figures, several, work.place)
    work.totals += totals
    work.findings += said
    for column, sums in work.columns:
        if column.total:
            parts = [own for other, own in work.columns if _is_part(other, column)]
            across, said = judge_across(sums, parts, data, work.place) if parts else ([], [])
            work.totals += across
            work.findings += said


def _is_part(column: Column, total: Column) -> bool:
    same = (column.measure, column.version, column.category) == (total.measure, total.version, total.category)
    if not same or column.total or column.index == total.index:
        return False
    return total.written is None or column.written is None or column.written.period in total.written.period


def _say_hidden(work: Work) -> None:
    sheet = work.table.sheet
    rows = sorted(row.number for row in work.table.rows if row.number in sheet.hidden_rows and _has_figures(work, row.number))
    if rows:
        at = tuple(replace(work.place, cell=str(row)) for row in rows)
        work.findings.append(Finding("hidden-rows", at, facts=(("rows", tuple(map(str, rows))),), count=len(rows)))
    columns = [column for column, figures in work.columns if column.index in sheet.hidden_columns and figures.figures]
    if columns:
        at = tuple(replace(work.place, cell=column.letters) for column in columns)
        work.findings.append(Finding("hidden-columns", at, facts=(("columns", tuple(c.letters for c in columns)),), count=len(columns)))


def _placed(findings: Iterable[Finding], place: Place) -> list[Finding]:
    """Each finding at its file, as some know only the cell; what is said of many places without further facts is said once."""
    placed: dict[object, Finding] = {}
    for finding in findings:
        finding = replace(finding, at=tuple(at if at.file else replace(at, file=place.file) for at in finding.at))
        plain = not finding.facts and finding.expected is None and finding.actual is None
        key = (finding.code, finding.region, finding.period) if plain else finding
        if plain and key in placed:
            at = (*placed[key].at, *finding.at)
            placed[key] = replace(finding, at=at, count=len(at))
        else:
            placed[key] = finding
    return list(placed.values())


def _finished(work: Work, reader: Reader) -> TableReading:
    table, context = work.table, work.table.context
    written = context.written
    units = {figures.unit.text or figures.unit.code for column, figures in work.columns if column.is_money}
    held = tuple(sorted(work.held, key=lambda h: (h.row, h.cell or "")))
    reporters = {entry.reporter for entry in work.entries}
    return TableReading(
        sheet=table.sheet.name,
        range=table.range,
        header_rows=table.header_rows,
        form=None,
        unit=units.pop() if len(units) == 1 else None,
        period=written.period if written else reader.hints.period,
        cumulative=bool(written and written.cumulative),
        reporter=reporters.pop() if len(reporters) == 1 else None,
        columns=tuple(ColumnReading(c.letters, c.header, _field(c)) for c in table.columns),
        entries=tuple(sorted(work.entries, key=lambda e: (e.row, len(e.cell), e.cell))),
        totals=tuple(work.totals),
        quarantined=held,
        control=_control(table, work),
    )


def _field(column: Column) -> str | None:
    return f"{column.measure}.{column.version}" if column.measure and column.version else column.field


def _control(table: Table, work: Work) -> Control:
    counted = {entry.row for entry in work.entries}
    data = sum(row.kind is RowKind.DATA and row.number in counted for row in table.rows)
    totals = sum(row.kind in SUMS for row in table.rows)
    held = len({h.row for h in work.held} - counted)
    return Control(data, totals, held, len(table.rows) - data - totals - held)
