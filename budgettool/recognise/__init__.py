"""Sheets become tables: where they stand, what each column measures, what is stated once for all rows.

Recognition is by vocabulary in Kazakh, Russian and English. It reads layout only: no figure is
computed here, and what is ambiguous is a finding that names the candidates, never a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgettool.classification import Register
from budgettool.findings import Finding, Place
from budgettool.period import Period
from budgettool.period.written import Written
from budgettool.read.sheet import Sheet, Value, Workbook
from budgettool.recognise.body import read_rows, region_column
from budgettool.recognise.columns import decide, read_columns
from budgettool.recognise.context import read_context
from budgettool.recognise.header import HeaderBlock, find_headers, is_figure
from budgettool.recognise.layout import Column, Context, Hints, Row, RowKind, Table
from budgettool.recognise.vocabulary import read_header

__all__ = ["Column", "Context", "Hints", "Row", "RowKind", "Table", "recognise"]


def recognise(workbook: Workbook, hints: Hints, register: Register) -> tuple[list[Table], list[Finding]]:
    """Every table of every visible sheet, in order, and what was found on the way."""
    tables: list[Table] = []
    findings: list[Finding] = []
    for sheet in workbook.sheets:
        found, said = _tables_of(sheet, workbook.name, hints, register)
        tables += found
        findings += said
    if not tables:
        findings.append(Finding("no-table-found", (Place(workbook.name),)))
    return tables, findings


def _tables_of(sheet: Sheet, file: str, hints: Hints, register: Register) -> tuple[list[Table], list[Finding]]:
    blocks = _separate(list(find_headers(sheet)))
    tables: list[Table] = []
    findings: list[Finding] = []
    above = 1
    for position, block in enumerate(blocks):
        end = blocks[position + 1].rows[0] - 1 if position + 1 < len(blocks) else len(sheet.grid)
        context = read_context(sheet, range(above, block.rows[0]), file, register)
        table, said = _table(sheet, block, end, context, (file, hints, register))
        findings += said
        if table is not None:
            tables.append(table)
        above = block.rows[-1] + 1
    return tables, findings


def _separate(blocks: Sequence[HeaderBlock]) -> list[HeaderBlock]:
    """Headers that open a table: one printed again on the next page only goes on with the table before it."""
    opened: list[HeaderBlock] = []
    for block in blocks:
        texts = {index: tuple(lv.text for lv in levels) for index, levels in block.levels.items() if levels}
        if opened and texts == {index: tuple(lv.text for lv in levels) for index, levels in opened[-1].levels.items() if levels}:
            continue
        opened.append(block)
    return opened


def _table(
    sheet: Sheet, block: HeaderBlock, end: int, context: Context, given: tuple[str, Hints, Register]
) -> tuple[Table | None, list[Finding]]:
    file, hints, register = given
    columns, findings = read_columns(sheet, block, file, _year(context, hints))
    place = Place(file, sheet.name)
    columns = _titled(columns, context)
    body = range(block.rows[-1] + 1, end + 1)
    if not any(column.field in ("region", "kato") for column in columns):
        columns = _with_region(columns, region_column(sheet, columns, body, register))
    columns = _long(sheet, columns, body)
    columns, said = decide(columns, hints, place)
    columns = _spanned(columns) if context.written is None and hints.period is None else columns
    rows = read_rows(sheet, block, columns, end)
    findings += said
    used = [column.index for column in columns]
    bottom = rows[-1].number if rows else block.rows[-1]
    fields = {column.field for column in columns}
    if not any(column.measure for column in columns) and not {"measure", "value"} <= fields:
        return None, [*findings, *_unmeasured(columns, place)]
    findings += _unread(sheet, columns, rows, (place, findings))
    return Table(sheet, block.rows, min(used), max(used), bottom, tuple(columns), rows, context), findings


def _year(context: Context, hints: Hints) -> int | None:
    """The one year that the title, the names or the user state."""
    stated = hints.period or (context.written.period if context.written else None)
    return stated.first.year if stated and stated.is_within_year else None


def _unread(sheet: Sheet, columns: Sequence[Column], rows: Sequence[Row], said: tuple[Place, Sequence[Finding]]) -> list[Finding]:
    """Columns that hold numbers and are read as nothing, with or without a header; those that were refused are said already."""
    place, findings = said
    known = {column.index: column for column in columns}
    refused = {at.cell for finding in findings if finding.code.startswith("ambiguous-") for at in finding.at}
    body = [row.number for row in rows if row.kind is RowKind.DATA]
    width = max((len(sheet.grid[number - 1]) for number in body), default=0)
    nothing = {None} if any(column.field == "measure" for column in columns) else {None, "value"}
    unread = []
    for index in range(1, width + 1):
        column = known.get(index, Column(index, "", None))
        if column.field in nothing and column.letters not in refused and any(_is_number(sheet.value(row, index)) for row in body):
            facts = (("header", column.header),) if column.header else ()
            unread.append(Finding("column-not-recognised", (replace(place, cell=column.letters),), facts=facts))
    return unread


def _is_number(value: Value) -> bool:
    return is_figure(value) or (isinstance(value, (int, float)) and not isinstance(value, bool))


def _titled(columns: list[Column], context: Context) -> list[Column]:
    """Columns that state a period and nothing else measure what the title names, if it names one thing."""
    bare = [column for column in columns if column.field is None and column.written is not None and not column.between]
    named = {m.field for m in read_header(context.title).meanings if m.kind == "measure" and m.strength} if bare else set()
    if len(named) != 1 or any(column.measure for column in columns):
        return columns
    measure, _, version = named.pop().partition(".")
    return [replace(c, field=measure, measure=measure, version=version or None) if c in bare else c for c in columns]


def _long(sheet: Sheet, columns: list[Column], body: range) -> list[Column]:
    """Names beside values are measures where most of them are words of measures, and the unit beside them is theirs."""
    fields = {column.field for column in columns}
    name = next((column for column in columns if column.field == "name"), None)
    if name is None or "value" not in fields or "measure" in fields:
        return columns
    texts = [text for row in body if isinstance(text := sheet.value(row, name.index), str) and text.strip()]
    known = sum(any(m.kind == "measure" and m.strength for m in read_header(text).meanings) for text in texts)
    if not texts or 2 * known <= len(texts):
        return columns
    renamed = {"name": "measure", "indicator": "unit"}
    return [replace(column, field=renamed.get(column.field or "", column.field)) for column in columns]


def _spanned(columns: list[Column]) -> list[Column]:
    """A column counted since January, beside columns of parts of one year, counts to the end of the last of them."""
    spans = [column.written.period for column in columns if column.written is not None and column.measure and not column.total]
    if not spans or any(column.field in ("period", "date") for column in columns):
        return columns
    whole = Period(min(span.first for span in spans), max(span.last for span in spans))
    if not whole.is_within_year:
        return columns
    stated = Written(whole, True, None, 0, 0)
    return [replace(c, written=stated) if c.cumulative and c.written is None and c.measure else c for c in columns]


def _with_region(columns: list[Column], index: int | None) -> list[Column]:
    if index is None:
        return columns
    there = next((column for column in columns if column.index == index), None)
    region = replace(there, field="region") if there else Column(index, "", "region")
    return sorted([*(c for c in columns if c.index != index), region], key=lambda column: column.index)


def _unmeasured(columns: Sequence[Column], place: Place) -> list[Finding]:
    headers = tuple(column.header for column in columns if column.field in (None, "value"))
    return [Finding("measure-skipped", (place,), facts=(("headers", headers), ("count", len(headers))))]
