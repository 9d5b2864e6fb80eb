"""A form applied to a workbook gives the tables that it names, for the ordinary normaliser, or says what is missing.

    key "Исполнение / с начала года" = "disbursement"  ->  column F, wherever F stands this month

A form beats the vocabulary: what it names is what it says, what it does not name is not read. What it leaves open
(the month of a column, the unit in a header) is still read from the headers and the title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from budgettool.classification import Register
from budgettool.findings import Fact, Finding, Place
from budgettool.period.written import Written
from budgettool.read.sheet import Sheet, Value, Workbook, letters
from budgettool.recognise.areas import within
from budgettool.recognise.assembled import about_region
from budgettool.recognise.body import read_rows
from budgettool.recognise.columns import stated
from budgettool.recognise.context import settled, titled
from budgettool.recognise.decided import refuse_doubles
from budgettool.recognise.form import HEADER, Form, FormColumn, FormTable, shipped
from budgettool.recognise.header import HeaderBlock, is_figure, text_of
from budgettool.recognise.layout import Column, Context, Hints, Row, RowKind, Span, Table
from budgettool.recognise.located import Spot, columns_of, spots, texts_of
from budgettool.recognise.patterns import compared, fits, pattern
from budgettool.recognise.turned import transposed, turned_back
from budgettool.terms import MEASURES

WHOLE = "country"
"""In place of a region: the whole country, whichever it is."""

_WORDS_WITHIN = 30
"""So many rows from the top of a sheet may hold the words by which a form is known."""

_STATING = (RowKind.DATA, RowKind.TOTAL, RowKind.COUNTRY)

Answer: TypeAlias = tuple[list[Table], list[Finding]]


@dataclass(frozen=True, slots=True)
class _Given:
    """What the application of a form needs beside the sheet."""

    file: str
    form: Form
    hints: Hints
    register: Register


@dataclass(frozen=True, slots=True)
class _Found:
    """One table of a form on one sheet: `sheet` is what is read, `title` the rows above it with the sheet that they stand on, `end` its last row at most.

    `shared` are texts beside its title, above other tables, `elsewhere` the rows that the form gives to others.
    """

    sheet: Sheet
    table: FormTable
    spot: Spot
    title: tuple[Sheet, range]
    end: int
    shared: tuple[str, ...] = ()
    elsewhere: tuple[tuple[int, int], ...] = ()


def by_form(workbook: Workbook, hints: Hints, register: Register) -> Answer | None:
    """The tables of a workbook by the form that was asked for, else by one that knows it; None where it is left to the vocabulary."""
    if hints.form is not None:
        return _applied(workbook, _Given(workbook.name, hints.form, hints, register))
    if hints.forms is None:
        return None
    told = _above(workbook)
    for drawer in (hints.forms, shipped()):
        known = [form for form in drawer if form.words and all(pattern(word).search(told) for word in form.words)]
        fitting = [form for form in known if not _misses(workbook, form, register)]
        if fitting:
            best = max(len(form.words) for form in fitting)
            return _the_one(workbook, [form for form in fitting if len(form.words) == best], hints, register)
    return None


def _the_one(workbook: Workbook, forms: Sequence[Form], hints: Hints, register: Register) -> Answer:
    """The form that knows a file; several are refused by their names."""
    if len(forms) == 1:
        return _applied(workbook, _Given(workbook.name, forms[0], hints, register))
    facts: tuple[tuple[str, Fact], ...] = (("candidates", tuple(form.name for form in forms)),)
    return [], [Finding("several-forms-fit", (Place(workbook.name),), facts=facts)]


def _above(workbook: Workbook) -> str:
    """Where the words of a form are looked for: the names of the file and of its sheets, and the first rows of each."""
    texts = [workbook.name.replace("_", " "), *(sheet.name for sheet in workbook.sheets)]
    rows = range(1, _WORDS_WITHIN + 1)
    texts += [value for sheet in workbook.sheets for row in rows for _, value in sheet.filled(row) if isinstance(value, str)]
    return " ".join(compared(text) for text in texts)


def _misses(workbook: Workbook, form: Form, register: Register) -> tuple[str, ...]:
    """What a file lacks for a form; nothing where it fits. A region that the register lacks is missing as well."""
    for table in form.tables:
        named = (table.region, *(column.region for column in table.columns))
        unknown = tuple(text for text in named if text and text != HEADER and _region(text, None, register) is None)
        if unknown:
            return unknown
        tried = [spots(_seen(sheet, table), table)[1] for sheet in workbook.sheets if _is_named(sheet, table)]
        if not tried:
            return table.sheet or ("…",)
        if all(tried):
            return min(tried, key=len)
    return ()


def _seen(sheet: Sheet, table: FormTable) -> Sheet:
    """The part of a sheet that a table is read from, standing."""
    part = within(sheet, table.within, None) if table.within != (0, 0) else sheet
    return transposed(part, range(1, len(part.grid) + 1)) if table.turned else part


def _is_named(sheet: Sheet, table: FormTable) -> bool:
    return not table.sheet or fits(table.sheet, sheet.name)


def _applied(workbook: Workbook, given: _Given) -> Answer:
    missing = _misses(workbook, given.form, given.register)
    name: tuple[tuple[str, Fact], ...] = (("form", given.form.name),)
    if missing:
        return [], [Finding("form-does-not-fit", (Place(workbook.name),), facts=(*name, ("names", missing)))]
    tables: list[Table] = []
    findings = [Finding("form-applied", (Place(workbook.name),), facts=(*name, ("title", given.form.title)))]
    for sheet in workbook.sheets:
        before: Context | None = None
        for found in _found(sheet, given.form):
            context, doubts = _context(found, given, before)
            table, said = _table(found, context, given)
            said += doubts
            tables.append(table)
            findings += turned_back(said, sheet.name) if table.turned else said
            before = context
    read = {table.sheet.name for table in tables}
    unread = tuple(Place(workbook.name, sheet.name) for sheet in workbook.sheets if sheet.name not in read and any(map(any, sheet.grid)))
    findings += [Finding("sheet-not-in-form", unread, facts=name, count=len(unread))] if unread else []
    return tables, findings


def _found(sheet: Sheet, form: Form) -> list[_Found]:
    """Every table of the form on a sheet, from the top; a header belongs to the first [[table]] that names it."""
    placed: list[tuple[FormTable, Spot, Sheet]] = []
    for table in form.tables:
        if _is_named(sheet, table):
            seen = _seen(sheet, table)
            taken = [row for other, spot, _ in placed if _beside(other, table) for row in spot.block.rows]
            placed += [(table, spot, seen) for spot in spots(seen, table, taken)[0]]
    found = []
    for table, spot, seen in sorted(placed, key=lambda one: (one[0].turned, _top(*one[:2]), one[0].within)):
        top = _top(table, spot)
        tops = [_top(other, its) for other, its, _ in placed if _beside(other, table)]
        before = max((one for one in tops if one < top), default=0)
        after = min((one for one in tops if one > top), default=len(seen.grid) + 1)
        title = (
            (sheet, range(1, min(index for _, indexes in spot.columns for index in indexes)))
            if table.turned
            else (seen, range(before + 1, top))
        )
        shared = tuple(_texts(sheet, title[1], table.within)) if table.within != (0, 0) else ()
        elsewhere = tuple(other.rows for other, _, _ in placed if other is not table and other.rows != (0, 0) and _beside(other, table))
        found.append(_Found(seen, table, spot, title, after - 1, shared, elsewhere))
    return found


def _texts(sheet: Sheet, rows: range, apart: tuple[int, int]) -> Iterator[str]:
    """The texts of these rows outside of some columns."""
    for row in rows:
        yield from (value for index, value in sheet.filled(row) if isinstance(value, str) and not apart[0] <= index <= apart[1])


def _beside(one: FormTable, other: FormTable) -> bool:
    """Whether two tables share rows: those of one stand above or below the other, not beside it."""
    apart = one.within != other.within and (0, 0) not in (one.within, other.within)
    return one.turned == other.turned and not apart


def _top(table: FormTable, spot: Spot) -> int:
    return spot.block.rows[0] if spot.block.rows else table.rows[0]


# ---- one table


def _table(found: _Found, context: Context, given: _Given) -> tuple[Table, list[Finding]]:
    table, spot = found.table, found.spot
    place = Place(given.file, found.sheet.name)
    columns, findings = refuse_doubles(_columns(found, context, given), [], place)
    block = spot.block if spot.block.rows else HeaderBlock((table.rows[0] - 1,), {})
    rows, left_out = _rows(found, block, columns)
    used = [column.index for column in columns]
    bottom = rows[-1].number if rows else block.rows[-1]
    made = Table(
        found.sheet,
        spot.block.rows,
        min(used),
        max(used),
        bottom,
        tuple(columns),
        rows,
        context,
        form=given.form.name,
        leaves=table.leaves,
        turned=table.turned,
    )
    findings += _overruled(table, given.hints, place)
    if left_out:
        facts: tuple[tuple[str, Fact], ...] = (("form", given.form.name), ("count", len(left_out)))
        findings.append(Finding("rows-not-chosen", (replace(place, cell=str(left_out[0])),), facts=facts, count=len(left_out)))
    return made, [*findings, *_not_read(made, place)]


def _context(found: _Found, given: _Given, before: Context | None) -> tuple[Context, list[Finding]]:
    """What the title says, and over it what the form pins; a block further down goes on with the unit and the period of the one before."""
    table = found.table
    told = titled(found.title[0], _title(found), found.shared, given.register)
    year = given.hints.period.first.year if given.hints.period else None
    read, said = settled(told, found.sheet, (given.file, year), given.register)
    if before is not None:
        read = replace(read, unit=read.unit or before.unit, written=read.written or before.written)
    written = table.written or read.written
    if written is not None and table.cumulative is not None:
        written = replace(written, cumulative=table.cumulative)
    regional = (
        table.region is not None or given.hints.region is not None or any(c.field in ("region", "kato") or c.region for c in table.columns)
    )
    said = [finding for finding in said if not (regional if about_region(finding) else table.written)]
    context = replace(
        read,
        unit=table.unit or read.unit,
        written=written,
        region=_region(table.region, written, given.register) or read.region,
        reporter=_region(table.reporter, written, given.register) or table.reporter,
        programme=table.programme,
        funding=table.funding,
        category=table.category,
        month_first=table.month_first,
        decimals=table.decimals,
    )
    return context, said


def _title(found: _Found) -> range:
    """The rows above the header that belong to no body: those below the last one with a figure."""
    sheet, rows = found.title
    figures = [row for row in rows if any(is_figure(value) for _, value in sheet.filled(row))]
    return range(max(figures, default=rows.start - 1) + 1, rows.stop) if rows.start > 1 else rows


def _region(text: str | None, written: Written | None, register: Register) -> str | None:
    """The region of a form's text; `country` is the whole country of whatever register is used."""
    if text is None:
        return None
    if text in (WHOLE, register.home.country):
        return register.home.country
    return register.resolve(text, written.period if written else None).region


def _columns(found: _Found, context: Context, given: _Given) -> list[Column]:
    said = given.hints.period or (context.written.period if context.written else None)
    year = said.first.year if said and said.is_within_year else None
    columns: dict[int, Column] = {}
    for column, indexes in found.spot.columns:
        for index in indexes:
            made = _column(index, column, found, year)
            total = made.total if column.total is None and len(indexes) > 1 else bool(column.total)  # a column that is named alone counts
            columns[index] = replace(made, total=total, region=_region_of(index, column, found, given.register))
    return [columns[index] for index in sorted(columns)]


def _region_of(index: int, said: FormColumn, found: _Found, register: Register) -> str | None:
    """The text that names a column's region: the form's, or the level of its heading that is one, the lowest where none is."""
    if said.region != HEADER:
        return register.home.country if said.region == WHOLE else said.region
    levels = found.spot.block.levels.get(index, ())
    named = [level.text for level in levels if register.resolve(level.text).region]
    return named[-1] if named else levels[-1].text if levels else None


def _column(index: int, said: FormColumn, found: _Found, year: int | None) -> Column:
    levels = found.spot.block.levels.get(index, ())
    table = found.table
    column = stated(index, levels, year)
    fields = {column.field for column in table.columns}
    name = table.measure if said.field == "value" and table.measure and "measure" not in fields else said.field
    measure, _, version = (name or "").partition(".")
    if measure not in MEASURES:
        return Column(index, column.header, name, category=said.category)
    cumulative = said.cumulative if said.cumulative is not None else column.cumulative
    if cumulative is None and column.written is None and said.of is None:
        cumulative = table.cumulative
    return replace(
        column,
        field=measure,
        measure=measure,
        version=version or None,
        category=f"column={levels[-1].text}" if said.category == HEADER and levels else said.category,
        unit=said.unit or column.unit,
        written=said.written or column.written,
        cumulative=cumulative,
        span=Span(said.of) if said.of else column.span,
        programme=said.programme,
    )


# ---- rows


def _rows(found: _Found, block: HeaderBlock, columns: Sequence[Column]) -> tuple[tuple[Row, ...], list[int]]:
    """The rows of the body with their kinds, and those with figures that the form leaves out: by `rows`, by `until` or by `only`."""
    table = found.table
    first, last = table.rows
    worded = bool(table.until or table.skip or table.totals or table.data)
    kept: list[Row] = []
    left_out: list[int] = []
    ended = False
    for row in read_rows(found.sheet, block, columns, found.end):
        texts = [text for _, value in found.sheet.filled(row.number) if (text := _text(value))] if worded else []
        ended = ended or any(fits(table.until, text) for text in texts)
        if ended or row.number < first or (last and row.number > last):
            own = row.kind in _STATING and not any(top <= row.number <= (bottom or row.number) for top, bottom in found.elsewhere)
            left_out += (
                [row.number]
                if own and any(is_figure(found.sheet.value(row.number, column.index)) for column in columns if column.measure)
                else []
            )
            continue
        kind = _kind(row, texts, table)
        if kind in _STATING and table.only and not _is_chosen(found, row.number):
            kind = RowKind.LEFT_OUT
            left_out.append(row.number)
        kept.append(replace(row, kind=kind))
    return tuple(kept), left_out


def _kind(row: Row, texts: Sequence[str], table: FormTable) -> RowKind:
    """A row's kind by its texts; the form's word beats the vocabulary's."""
    for wanted, kind in ((table.skip, RowKind.LEFT_OUT), (table.totals, RowKind.TOTAL), (table.data, RowKind.DATA)):
        if wanted and any(fits(wanted, text) for text in texts):
            return kind
    return row.kind


def _is_chosen(found: _Found, row: int) -> bool:
    """Whether a row has what `only` asks for, in each of its columns."""
    texts = texts_of(found.spot.block)
    asked = ((columns_of(column, texts)[0], words) for column, words in found.table.only)
    return all(any(_holds(_text(found.sheet.value(row, index)), words) for index in indexes) for indexes, words in asked)


def _holds(text: str, words: Sequence[str]) -> bool:
    """Whether a cell has one of the asked texts; an empty cell only the empty one, so that `*` asks for a filled cell."""
    return fits(words, text) if text else "" in words


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else text_of(value)


# ---- what is said


def _not_read(table: Table, place: Place) -> list[Finding]:
    """The columns that the form does not name and that hold something, said once."""
    named = {column.index for column in table.columns}
    data = [row.number for row in table.rows if row.kind is RowKind.DATA]
    others = sorted({index for row in data for index, _ in table.sheet.filled(row)} - named)
    if not others:
        return []
    at = tuple(replace(place, cell=letters(index)) for index in others)
    facts: tuple[tuple[str, Fact], ...] = (("form", table.form or ""),)
    return [Finding("column-not-read", at, facts=facts, count=len(others))]


def _overruled(table: FormTable, hints: Hints, place: Place) -> list[Finding]:
    """What the user said otherwise than the form, beside the unit, which the normaliser says."""
    pairs = {
        "period": (table.written and table.written.period, hints.period),
        "region": (table.region, hints.region),
        "reporter": (table.reporter, hints.reporter),
    }
    beaten = [f"--{key} {given}" for key, (pinned, given) in pairs.items() if pinned and given and str(pinned) != str(given)]
    return [Finding("form-overruled", (place,), facts=(("text", ", ".join(beaten)),))] if beaten else []
