"""A sheet's areas become tables: columns with their meaning, rows with their kind, and what is stated once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from budgettool.classification import Register
from budgettool.findings import Fact, Finding, Place
from budgettool.period import Period
from budgettool.period.written import Written
from budgettool.read.sheet import Sheet, Value
from budgettool.recognise.areas import Area, Said, areas
from budgettool.recognise.body import read_rows, region_column
from budgettool.recognise.columns import read_columns
from budgettool.recognise.context import settled, titled
from budgettool.recognise.decided import decide
from budgettool.recognise.header import is_figure
from budgettool.recognise.layout import Column, Context, Hints, Row, RowKind, Table
from budgettool.recognise.neighbours import of_people, of_year
from budgettool.recognise.outside import outside
from budgettool.recognise.sections import divided
from budgettool.recognise.turned import View, turned_back, view_of
from budgettool.recognise.vocabulary import read_header
from budgettool.terms.written import is_no_figure

_WIDE = ("region", "kato")
_SAMPLE = 60
_WORD = 4
"""A word has so many letters at least; what is shorter may be a sign for no figure."""


@dataclass(frozen=True, slots=True)
class Given:
    """What recognition needs beside a sheet: the file's name, what the user said, the register of regions."""

    file: str
    hints: Hints
    register: Register


@dataclass(frozen=True, slots=True)
class _Around:
    """What is stated around a table: above itself, and above the first table of its sheet, which holds where it says nothing itself."""

    own: Context
    first: Context
    findings: tuple[Finding, ...] = ()


def tables_of(sheet: Sheet, given: Given) -> tuple[list[Table], list[Finding]]:
    """Every table of a sheet, and what was found on the way."""
    parts = areas(sheet, given.register, lambda part, rows: _states(part, rows, given.register))
    tables: list[Table] = []
    findings: list[Finding] = []
    for area, around in zip(parts, _contexts(parts, given), strict=True):
        for table, said in _of_area(area, around, given):
            findings += said
            tables += [table] if table is not None else []
    return tables, [*findings, *outside(sheet, parts, given.file)]


def _states(sheet: Sheet, rows: range, register: Register) -> Said | None:
    """What title rows state by themselves that can differ from table to table; None for nothing."""
    told = titled(sheet, rows, (), register)
    said = (told.unit and (told.unit.code, told.unit.factor), told.written and told.written.period, told.region)
    return said if any(said) else None


def _contexts(parts: Sequence[Area], given: Given) -> list[_Around]:
    """The context of each area; what several areas state differently is taken from none of them for another."""
    titles = [titled(area.sheet, area.title, area.shared, given.register) for area in parts]
    year = given.hints.period.first.year if given.hints.period else None
    found = [settled(title, area.sheet, (given.file, year), given.register) for title, area in zip(titles, parts, strict=True)]
    first = found[0][0] if found else Context()
    if len({title.region for title in titles if title.region}) > 1:
        first = replace(first, region=None)
    if len({title.written.period for title in titles if title.written}) > 1:
        first = replace(first, written=None)
    if len({(title.unit.code, title.unit.factor) for title in titles if title.unit}) > 1:
        first = replace(first, unit=None)
    return [_Around(context, first if position else Context(), tuple(said)) for position, (context, said) in enumerate(found)]


def _of_area(area: Area, around: _Around, given: Given) -> list[tuple[Table | None, list[Finding]]]:
    view = view_of(area, given.register)
    if view is not None:
        table, said = _table(view.sheet, view, around, given)
        return [(table, turned_back(said, area.sheet.name))]
    return [_table(area.sheet, View(area.sheet, block, (), last), around, given) for block, last in divided(area.sheet, area.block, area.end)]


def _table(sheet: Sheet, view: View, around: _Around, given: Given) -> tuple[Table | None, list[Finding]]:
    """One table, standing; `keys` of the view are columns whose meaning is known already."""
    block, place = view.block, Place(given.file, sheet.name)
    columns, findings = _columns(sheet, view, around, given)
    context, said = _context(around, columns, given, replace(place, cell=str(block.rows[0])))
    findings += [*said, *(finding for finding in around.findings if not about_region(finding) or not _has_regions(columns))]
    columns = _spanned(columns) if context.written is None and given.hints.period is None else columns
    fields = {column.field for column in columns}
    if not any(column.measure for column in columns) and not {"measure", "value"} <= fields:
        body = range(block.rows[-1] + 1, view.end + 1)
        return None, [*findings, *_unmeasured(sheet, columns, body, (place, findings))]
    rows = read_rows(sheet, block, columns, view.end)
    used = [column.index for column in columns]
    bottom = rows[-1].number if rows else block.rows[-1]
    findings += _unread(sheet, columns, rows, (place, findings))
    turned = bool(view.keys)
    return Table(sheet, block.rows, min(used), max(used), bottom, tuple(columns), rows, context, turned=turned), findings


def _columns(sheet: Sheet, view: View, around: _Around, given: Given) -> tuple[list[Column], list[Finding]]:
    block, place = view.block, Place(given.file, sheet.name)
    year = _year(around.own, given.hints) or _year(around.first, given.hints)
    columns, findings = read_columns(sheet, block, given.file, year, given.register)
    body = range(block.rows[-1] + 1, view.end + 1)
    if view.keys:
        keys = {column.index for column in view.keys}
        columns = sorted([*view.keys, *(column for column in columns if column.index not in keys)], key=lambda column: column.index)
    elif not any(column.field in _WIDE for column in columns):
        columns = _with_region(columns, region_column(sheet, columns, body, given.register))
    columns = _without_texts(sheet, columns, body)
    columns = of_people(of_year(columns), around.own)
    columns, said = _titled(columns, around.own, place)
    columns = _long(sheet, columns, body)
    columns, more = decide(columns, given.hints, place)
    return columns, [*findings, *said, *more]


# ---- what is stated once


def _year(context: Context, hints: Hints) -> int | None:
    """The one year that the title, the names or the user state."""
    stated = hints.period or (context.written.period if context.written else None)
    return stated.first.year if stated and stated.is_within_year else None


def _has_regions(columns: Iterable[Column]) -> bool:
    return any(column.field in _WIDE or column.region for column in columns)


def about_region(finding: Finding) -> bool:
    """Whether a finding about the names is of no account where the rows name their regions."""
    facts = dict(finding.facts)
    return finding.code.startswith("region-") or (finding.code == "sheet-name-differs" and str(facts["read"])[:1].isalpha())


def _context(around: _Around, columns: Sequence[Column], given: Given, place: Place) -> tuple[Context, list[Finding]]:
    """A table's context, with what only the title of the sheet's first table states, where this one needs it; that is said."""
    own, first = around.own, around.first
    taken: dict[str, object] = {}
    if own.unit is None and first.unit and not given.hints.unit and any(c.is_money and c.unit is None for c in columns):
        taken["unit"] = first.unit
    dated = any(column.field in ("period", "date") for column in columns) or given.hints.period
    if own.written is None and first.written and not dated and any(c.measure and c.written is None for c in columns):
        taken["written"] = first.written
    if own.region is None and first.region and not given.hints.region and not _has_regions(columns):
        taken["region"] = first.region
    if not taken:
        return own, []
    context = replace(own, **taken)  # type: ignore[arg-type]
    names = [context.unit.text or context.unit.code] if "unit" in taken and context.unit else []
    names += [str(context.written.period)] if "written" in taken and context.written else []
    names += [given.register.name(context.region, "ru")] if "region" in taken and context.region else []
    facts: tuple[tuple[str, Fact], ...] = (("values", tuple(names)),)
    return context, [Finding("stated-above-first-table", (place,), facts=facts)]


def _titled(columns: list[Column], context: Context, place: Place) -> tuple[list[Column], list[Finding]]:
    """Columns that state a period or a region and nothing else measure what the title names, if it names one thing."""
    bare = [c for c in columns if c.field is None and (c.written is not None or c.region is not None or c.total) and not c.between]
    if not any(c.written or c.region for c in bare) or any(column.measure or column.between for column in columns):
        return columns, []
    meanings = read_header(context.title).meanings
    named = {m.field for m in meanings if m.kind == "measure" and m.strength}
    named = {one for one in named if not any(other.startswith(f"{one}.") for other in named)}
    presumed = {m.presumed for m in meanings if m.presumed} if not named else set()
    if len(named) + len(presumed) != 1:
        return columns, []
    measure, _, version = next(name for name in (*named, *presumed) if name).partition(".")
    facts: tuple[tuple[str, Fact], ...] = (("header", context.title), ("measure", measure))
    said = [Finding("header-presumed", (place,), facts=facts)] if presumed else []
    return [replace(c, field=measure, measure=measure, version=version or None) if c in bare else c for c in columns], said


def _without_texts(sheet: Sheet, columns: list[Column], body: range) -> list[Column]:
    """Columns of words under a weak or a doubtful header (`План мероприятий`, `Получатели` beside names) measure nothing."""
    doubtful = {column.index for column in columns if column.weak or column.presumed}
    texts = {index: [v for row in body[:_SAMPLE] if (v := sheet.value(row, index)) is not None and v != ""] for index in doubtful}
    worded = {index for index, values in texts.items() if values and all(isinstance(v, str) and _is_worded(v) for v in values)}
    return [replace(c, field=None, measure=None, version=None, between=(), presumed=None) if c.index in worded else c for c in columns]


def _is_worded(text: str) -> bool:
    return not any(ch.isdigit() for ch in text) and not is_no_figure(text) and sum(ch.isalpha() for ch in text) >= _WORD


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
    others = (replace(column, region=None) for column in columns if column.index != index)
    return sorted([*others, region], key=lambda column: column.index)


# ---- what is not read


def _unread(sheet: Sheet, columns: Sequence[Column], rows: Sequence[Row], said: tuple[Place, Sequence[Finding]]) -> list[Finding]:
    """Columns that hold numbers and are read as nothing, with or without a header; those that were refused are said already."""
    place, findings = said
    known = {column.index: column for column in columns}
    refused = _refused(findings)
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


def _refused(findings: Iterable[Finding]) -> set[str | None]:
    """The letters of columns that were refused and said."""
    return {at.cell for finding in findings if finding.code.startswith("ambiguous-") for at in finding.at}


def _unmeasured(sheet: Sheet, columns: Sequence[Column], body: range, said: tuple[Place, Sequence[Finding]]) -> list[Finding]:
    """Why a table is none: the headers over numbers that measure nothing known; a list without numbers is passed over."""
    place, findings = said
    open_ = [column for column in columns if column.field in (None, "value") and column.letters not in _refused(findings)]
    headers = tuple(column.header for column in open_ if any(_is_number(sheet.value(row, column.index)) for row in body))
    return [Finding("measure-skipped", (place,), facts=(("headers", headers), ("count", len(headers))))] if headers else []

