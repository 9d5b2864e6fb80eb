"""One table becomes entries: the figures of its columns meet the keys of its rows.

Every body row goes one way: into entries, into the totals, into the quarantine, or it is a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from budgettool.classification import Register
from budgettool.findings import Finding, Place
from budgettool.normalise.codes import Coded, read_codes
from budgettool.normalise.control import reckon, strands
from budgettool.normalise.entries import read_entries
from budgettool.normalise.keys import Cells, Keys, read_periods, region_texts, text_of
from budgettool.normalise.levels import standings
from budgettool.normalise.long import read_long
from budgettool.normalise.measured import measured
from budgettool.normalise.parts import summing
from budgettool.normalise.percents import judge as judge_percents
from budgettool.normalise.plausible import doubts
from budgettool.normalise.reading import ColumnReading, TableReading, Total
from budgettool.normalise.refused import hold_merged, hold_rows
from budgettool.normalise.repeats import repeats
from budgettool.normalise.scopes import scopes, unlabelled
from budgettool.normalise.standing import Standings
from budgettool.normalise.totals import SUMS, judge, judge_across
from budgettool.normalise.turning import turn_back
from budgettool.normalise.wholes import depths, judge_wholes, told_of_rows
from budgettool.normalise.work import Reader, Work
from budgettool.read.sheet import address
from budgettool.recognise.layout import Column, RowKind, Table

__all__ = ["Reader", "read_table"]


def read_table(table: Table, reader: Reader) -> tuple[TableReading, list[Finding]]:
    """Read a recognised table; returns it with its entries, totals and quarantine, and what was found."""
    if table.turned:
        return turn_back(*read_table(replace(table, turned=False), reader), table)
    if table.column("measure") and table.column("value"):
        return read_long(table, reader.file, reader.hints, reader.register)
    work = Work(_labelled(table, reader.register), Place(reader.file, table.sheet.name), Cells(table.sheet))
    body = [row for row in work.table.rows if row.kind in (RowKind.DATA, *SUMS)]
    measured(work, body, reader)
    hold_rows(work.table, work.keys, work.place, reader.register)
    hold_merged(work)
    work = _without_sums(work)
    coded, stood = _stand(work, reader)
    data = [row for row in work.table.rows if row.kind is RowKind.DATA]
    read_periods(work.table, work.cells, [row for row in data if work.has_figures(row.number)], reader.file, work.keys)
    repeats(work, stood)
    read_entries(work, data, reader, stood, coded)
    _judge_totals(work, depths(work, stood, coded), stood)
    judge_wholes(work, stood)
    work.findings += [*coded.findings, *told_of_rows(work, stood)]
    _say_hidden(work)
    work.held += [held for _, column in work.columns for held in column.held if held.row not in work.keys.held]
    work.held += work.keys.held.values()
    work.findings += [*(f for _, column in work.columns for f in column.findings), *work.keys.findings]
    held = [(h.row, h.cell or "") for h in work.held]
    work.findings += judge_percents(work.table, work.columns, work.place)
    work.findings += doubts(work.table, work.entries, held, work.place)
    return _finished(work, reader), _placed(work.findings, work.place)


def _labelled(table: Table, register: Register) -> Table:
    """The country's line is a total beside regions, and the figures of the country where it stands alone."""
    whole = {row.number for row in table.rows if row.kind is RowKind.DATA and row.label and register.is_country(row.label)}
    if whole:
        table = replace(table, rows=tuple(replace(row, kind=RowKind.COUNTRY) if row.number in whole else row for row in table.rows))
    if any(row.kind is RowKind.DATA for row in table.rows):
        return table
    rows = tuple(replace(row, kind=RowKind.DATA) if row.kind is RowKind.COUNTRY else row for row in table.rows)
    return replace(table, rows=rows)


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


def _stand(work: Work, reader: Reader) -> tuple[Coded, Standings]:
    """What each row is about by its codes and by where it stands; rows that only sum others become totals."""
    table = work.table
    column = table.column("region") or table.column("kato")
    own = {row.number: text for row in table.rows if column and (text := text_of(work.cells.value(row.number, column.index)))}
    coded = read_codes(work, (row for row in table.rows if row.kind is RowKind.DATA), own, reader.register.programmes)
    if coded.programmes:
        work.table = with_kinds(table, dict.fromkeys(coded.groups, RowKind.TOTAL))
    work.table = with_kinds(work.table, dict.fromkeys(table.parents, RowKind.TOTAL))
    stood = standings(work, reader, coded)
    work.table = with_kinds(work.table, stood.kinds)
    if stood.unknown:
        _sum_unknown(work, stood)
    return coded, stood


def _sum_unknown(work: Work, stood: Standings) -> None:
    """Rows whose names say nothing and that add up the regions below or above them are their totals, which is said."""
    unknown = set(stood.unknown)
    rows = [row.number for row in work.table.rows if row.kind is RowKind.DATA and row.number not in unknown and stood.is_plain(row.number)]
    totals = [row.number for row in work.table.rows if row.kind in SUMS]
    sums = summing(rows, sorted(unknown), totals, work) if rows else []
    if sums:
        labels = {row.number: row.label for row in work.table.rows}
        at = tuple(replace(work.place, cell=str(number)) for number in sums)
        work.findings.append(Finding("row-as-total", at, facts=(("names", tuple(labels[number] for number in sums)),), count=len(sums)))
        work.table = with_kinds(work.table, dict.fromkeys(sums, RowKind.TOTAL))


def with_kinds(table: Table, kinds: Mapping[int, RowKind]) -> Table:
    """The table with some of its rows of another kind."""
    rows = tuple(replace(row, kind=kinds[row.number]) if row.number in kinds else row for row in table.rows)
    return replace(table, rows=rows) if kinds else table


# ---- totals and what else is said


def _judge_totals(work: Work, deep: Mapping[int, int], stood: Standings) -> None:
    figures = [column for _, column in work.columns]
    data = [row.number for row in work.table.rows if row.kind is RowKind.DATA]
    periods = {work.keys.periods[row].period for row in data if row in work.keys.periods}
    several = {column.index: len(periods) > 1 for column in figures}
    regions = {number: standing.region[0] for number, standing in stood.rows.items() if standing.region}
    totals, said = judge(scopes(work, deep, regions, stood.of_totals), figures, several, work.place)
    work.totals += totals
    work.totals += [
        Total(address(number, column.index), column.measure, column.figures[number].value, None, None, "not-judged")
        for number in sorted(stood.of_totals)
        for column in figures
        if number in column.figures
    ]
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
    rows = sorted(row.number for row in work.table.rows if row.number in sheet.hidden_rows and work.has_figures(row.number))
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
        form=table.form,
        unit=units.pop() if len(units) == 1 else None,
        period=written.period if written else reader.hints.period,
        cumulative=bool(written and written.cumulative),
        reporter=reporters.pop() if len(reporters) == 1 else None,
        columns=tuple(ColumnReading(c.letters, c.header, _field(c)) for c in table.columns),
        entries=tuple(sorted(work.entries, key=lambda e: (e.row, len(e.cell), e.cell))),
        totals=tuple(work.totals),
        quarantined=held,
        control=reckon(table, strands(table, ((c.index, figures) for c, figures in work.columns)), work.entries, held),
    )


def _field(column: Column) -> str | None:
    return f"{column.measure}.{column.version}" if column.measure and column.version else column.field
