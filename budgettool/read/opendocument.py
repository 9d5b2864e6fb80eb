"""An ods becomes a draft: one pass over `content.xml`, in which repeated blanks cost nothing and repeated figures are counted first.

Read here and not by calamine, which needs a manifest, gives no merged ranges, and takes an error for a text and a duration for letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from xml.parsers.expat import ExpatError, ParserCreate

from budgettool.read.archive import Archive, damaged, opened
from budgettool.read.grid import LAST_COLUMN, LAST_ROW, MOST_CELLS, from_cells, put, too_large
from budgettool.read.marks import Cell
from budgettool.read.odstyles import Styles
from budgettool.read.sheet import ErrorValue, Merge, Sheet, Unvalued, Value
from budgettool.read.source import Draft, Note, Source, stopped

_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?")
_CELLS = frozenset(("table:table-cell", "table:covered-table-cell"))


@dataclass(slots=True)
class _Table:
    """A sheet while it is read."""

    name: str
    style: str
    cells: dict[int, dict[int, Value]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    column_styles: dict[int, str] = field(default_factory=dict)
    formats: dict[Cell, str] = field(default_factory=dict)
    formulas: set[Cell] = field(default_factory=set)
    markers: dict[Cell, Value] = field(default_factory=dict)
    columns: int = 0


def read_ods(source: Source) -> Draft:
    """All sheets of an OpenDocument spreadsheet; raises Stop for a password, damage, and repeated figures without end."""
    with opened(source) as archive:
        if "encrypted-package" in archive or b"encryption-data" in archive.read("meta-inf/manifest.xml"):
            raise stopped("password-protected", source.name)
        content = _Content(source)
        for part in ("styles.xml", "content.xml"):
            if part in archive:
                _parse(archive, part, content)
    draft = Draft(notes=content.notes)
    for table in content.tables:
        grid = from_cells(table.cells, source, table.name)
        put(grid, table.markers)
        hidden = frozenset(table.hidden_rows), frozenset(table.hidden_columns)
        sheet = Sheet(table.name, grid, tuple(table.merges), *hidden, table.formats, frozenset(table.formulas))
        (draft.hidden if content.styles.hides(table.style) else draft.sheets).append(sheet)
    return draft


def _parse(archive: Archive, part: str, content: _Content) -> None:
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = content.start, content.end
    parser.CharacterDataHandler = content.text
    try:
        for chunk in archive.chunks(part):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (ExpatError, ValueError, OverflowError) as error:
        raise damaged(archive.source) from error


@cache
def _short(name: str) -> str:
    """`urn:oasis:names:tc:opendocument:xmlns:table:1.0 table-row` is `table:table-row`, whatever prefix the file has for it."""
    namespace, _, local = name.rpartition(" ")
    parts = namespace.split(":")
    return f"{parts[-2]}:{local}" if len(parts) > 1 else local


class _Content:
    """The state between two tags; expat calls it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.styles = Styles()
        self.tables: list[_Table] = []
        self.notes: list[Note] = []
        self.table: _Table | None = None
        self.row = self.row_times = self.column = self.filled = 0
        self.cell: dict[str, str] = {}
        self.paragraphs: list[str] = []
        self.note: list[str] | None = None
        self.aside = 0
        self.in_paragraph = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _short(name)
        said = {_short(key): value for key, value in attributes.items()}
        if self.aside or tag.startswith("drawing:") or tag == "office:annotation":
            self.aside += 1
            if tag == "office:annotation":
                self.note = []
        elif tag == "table:table":
            self.table = _Table(said.get("table:name", ""), said.get("table:style-name", ""))
            self.row = 0
        elif self.table is None:
            self.styles.start(tag, said)
        elif tag in _CELLS:
            self.cell, self.paragraphs = said, []
        else:
            self._start_within(self.table, tag, said)

    def _start_within(self, table: _Table, tag: str, said: dict[str, str]) -> None:
        if tag == "table:table-column":
            times = int(said.get("table:number-columns-repeated", "1"))
            columns = range(table.columns + 1, min(table.columns + times, LAST_COLUMN) + 1)
            if said.get("table:visibility", "visible") != "visible":
                table.hidden_columns.update(columns)
            table.column_styles.update(dict.fromkeys(columns, said.get("table:default-cell-style-name", "")))
            table.columns += times
        elif tag == "table:table-row":
            self.row, self.column = self.row + 1, 0
            self.row_times = int(said.get("table:number-rows-repeated", "1"))
            if said.get("table:visibility", "visible") != "visible":
                table.hidden_rows.update(range(self.row, min(self.row + self.row_times, LAST_ROW + 1)))
        elif tag == "text:p":
            self.paragraphs.append("")
            self.in_paragraph = True
        elif self.in_paragraph and tag in ("text:s", "text:tab", "text:line-break"):
            self.text({"text:s": " " * min(int(said.get("text:c", "1")), 1000), "text:tab": "\t"}.get(tag, "\n"))

    def text(self, text: str) -> None:
        if self.note is not None:
            self.note.append(text)
        elif self.in_paragraph and not self.aside:
            self.paragraphs[-1] += text

    def end(self, name: str) -> None:
        tag = _short(name)
        if self.aside:
            self.aside -= 1
            if tag == "office:annotation" and self.note is not None and self.table is not None:
                self.notes.append(Note("".join(self.note), self.table.name))
                self.note = None
        elif self.table is None:
            self.styles.end(tag)
        elif tag == "text:p":
            self.in_paragraph = False
        elif tag in _CELLS:
            self._end_cell(self.table)
        elif tag == "table:table-row":
            self._end_row(self.table)
        elif tag == "table:table":
            self.tables.append(self.table)
            self.table = None

    def _end_cell(self, table: _Table) -> None:
        times = int(self.cell.get("table:number-columns-repeated", "1"))
        value = self._value()
        if value is not None:
            self._count(times)
            for column in range(self.column + 1, self.column + times + 1):
                self._put(table, (self.row, column), value)
        self._merge(table)
        self.column += times

    def _put(self, table: _Table, cell: Cell, value: Value) -> None:
        if isinstance(value, (ErrorValue, Unvalued)):
            table.markers[cell] = value
        else:
            table.cells.setdefault(cell[0], {})[cell[1]] = value
        if "table:formula" in self.cell:
            table.formulas.add(cell)
        style = self.cell.get("table:style-name") or table.column_styles.get(cell[1], "")
        if self.cell.get("office:value-type") == "percentage":
            table.formats[cell] = "0%"
        elif number_format := self.styles.format(style):
            table.formats[cell] = number_format

    def _count(self, times: int) -> None:
        self.filled += times
        if self.filled > MOST_CELLS or self.column + times > LAST_COLUMN:
            raise too_large(self.source, self.table.name if self.table else "", self.row, self.column + times)

    def _merge(self, table: _Table) -> None:
        across, down = int(self.cell.get("table:number-columns-spanned", "1")), int(self.cell.get("table:number-rows-spanned", "1"))
        if across > 1 or down > 1:
            table.merges.append(Merge(self.row, self.column + 1, self.row + down - 1, self.column + across))

    def _end_row(self, table: _Table) -> None:
        """A repeated row is laid down as often as it says, if it holds anything."""
        first = self.row
        self.row += self.row_times - 1
        held = table.cells.get(first, {})
        width = len(held) + sum(row == first for row, _ in table.markers)
        if self.row_times == 1 or not width:
            return
        self.column = 0
        self._count_rows(width)
        marked = {column: value for (row, column), value in table.markers.items() if row == first}
        formulas = {column for row, column in table.formulas if row == first}
        formats = {column: text for (row, column), text in table.formats.items() if row == first}
        for row in range(first + 1, self.row + 1):
            table.cells[row] = dict(held)
            table.markers.update({(row, column): value for column, value in marked.items()})
            table.formulas.update((row, column) for column in formulas)
            table.formats.update({(row, column): text for column, text in formats.items()})

    def _count_rows(self, width: int) -> None:
        self.filled += width * self.row_times
        if self.filled > MOST_CELLS or self.row > LAST_ROW:
            raise too_large(self.source, self.table.name if self.table else "", self.row, max(width, 1))

    def _value(self) -> Value:
        cell, shown = self.cell, "\n".join(self.paragraphs)
        kind = cell.get("office:value-type", "")
        if cell.get("calcext:value-type") == "error":
            return ErrorValue(shown or "#?")
        if kind in ("float", "percentage", "currency"):
            return float(cell["office:value"]) if "office:value" in cell else shown or None
        if kind == "date":
            return _day(cell.get("office:date-value", "")) or shown or None
        if kind == "time":
            return _duration(cell.get("office:time-value", "")) or shown or None
        if kind == "boolean":
            return cell.get("office:boolean-value") == "true"
        if not kind and not shown and "table:formula" in cell:
            return Unvalued(re.sub(r"^\w+:=?", "", cell["table:formula"]))
        return cell.get("office:string-value", shown) or shown or None


def _day(text: str) -> date | datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.date() if moment.time() == time(0) else moment


def _duration(text: str) -> time | timedelta | None:
    """The time of a day, or a span of a day and more."""
    match = _DURATION.fullmatch(text)
    if not match:
        return None
    days, hours, minutes = (int(group or 0) for group in match.groups()[1:4])
    span = timedelta(days=days, hours=hours, minutes=minutes, seconds=float((match[5] or "0").replace(",", ".")))
    span = -span if match[1] else span
    return (datetime(1900, 1, 1) + span).time() if timedelta(0) <= span < timedelta(days=1) else span

