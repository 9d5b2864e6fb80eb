"""An ods becomes a draft: one pass over `content.xml`, in which repeated blanks cost nothing and repeated figures are counted first.

Read here and not by calamine, which needs a manifest, gives no merged ranges, and takes an error for a text and a duration for letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from budgettool.findings import Place
from budgettool.read.archive import opened
from budgettool.read.encoding import encoding_of, pieces
from budgettool.read.formulas import linked
from budgettool.read.grid import LAST_COLUMN, too_large
from budgettool.read.growing import Growing, few_sheets
from budgettool.read.marks import Cell
from budgettool.read.odstyles import PERCENT, Styles
from budgettool.read.sheet import ErrorValue, Unvalued, Value
from budgettool.read.source import Draft, Note, Source, stopped
from budgettool.read.xmltags import feed

_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?")
_MOST_REPEATED = 1_000_000
_CELLS = frozenset(("table:table-cell", "table:covered-table-cell"))


@dataclass(slots=True)
class _Table:
    """A sheet while it is read; `style` tells whether it is hidden."""

    growing: Growing
    style: str
    column_styles: dict[int, str] = field(default_factory=dict)
    columns: int = 0


@dataclass(frozen=True, slots=True)
class _Held:
    """Cells of the row at hand that say the same: one, or as many as it is repeated."""

    column: int
    times: int
    value: Value
    formula: str | None
    style: str
    percent: bool


def read_ods(source: Source) -> Draft:
    """All sheets of an OpenDocument spreadsheet; raises Stop for a password, damage, and repeated figures without end."""
    with opened(source) as archive:
        if "encrypted-package" in archive or b"encryption-data" in archive.read("meta-inf/manifest.xml"):
            raise stopped("password-protected", source.name)
        content = _Content(source)
        for part in ("styles.xml", "content.xml"):
            if part in archive:
                feed(archive.chunks(part), content, source)
    return _draft(content)


def read_fods(source: Source) -> Draft:
    """All sheets of a spreadsheet that is one XML file."""
    encoding, _ = encoding_of(source, "utf-8")
    content = _Content(source)
    feed(pieces(source, encoding), content, source)
    return _draft(content)


def _draft(content: _Content) -> Draft:
    draft = Draft(notes=content.notes)
    for table in content.tables:
        hidden = content.styles.hides(table.style)
        (draft.hidden if hidden else draft.sheets).append(table.growing.sheet())
        if not hidden:
            draft.findings += linked(Place(content.source.name, table.growing.name), (), table.growing.formulas)
    return draft


class _Content:
    """The state between two tags; expat calls it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.styles = Styles()
        self.tables: list[_Table] = []
        self.notes: list[Note] = []
        self.table: _Table | None = None
        self.row = self.row_times = self.column = self.repeated = 0
        self.held: list[_Held] = []
        self.cell: dict[str, str] = {}
        self.paragraphs: list[list[str]] = []
        self.note: list[str] | None = None
        self.aside = 0
        self.in_paragraph = False

    def start(self, tag: str, said: dict[str, str]) -> None:
        if self.aside or tag.startswith("drawing:") or tag == "office:annotation":
            self.aside += 1
            if tag == "office:annotation":
                self.note = []
        elif tag == "table:table":
            few_sheets(len(self.tables), self.source)
            self.table = _Table(Growing(said.get("table:name", ""), self.source), said.get("table:style-name", ""))
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
                table.growing.hidden_columns.update(columns)
            table.column_styles.update(dict.fromkeys(columns, said.get("table:default-cell-style-name", "")))
            table.columns += times
        elif tag == "table:table-row":
            self.row, self.column, self.held = self.row + 1, 0, []
            self.row_times = int(said.get("table:number-rows-repeated", "1"))
            if said.get("table:visibility", "visible") != "visible":
                table.growing.hide(self.row, self.row + self.row_times - 1)
        elif tag == "text:p":
            self.paragraphs.append([])
            self.in_paragraph = True
        elif self.in_paragraph and tag in ("text:s", "text:tab", "text:line-break"):
            self.text({"text:s": " " * min(int(said.get("text:c", "1")), 100), "text:tab": "\t"}.get(tag, "\n"))

    def text(self, text: str) -> None:
        if self.note is not None:
            self.note.append(text)
        elif self.in_paragraph and not self.aside:
            self.paragraphs[-1].append(text)

    def end(self, tag: str) -> None:
        if self.aside:
            self.aside -= 1
            if tag == "office:annotation" and self.note is not None and self.table is not None:
                self.notes.append(Note("".join(self.note), self.table.growing.name))
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
        value, formula = self._value(), self.cell.get("table:formula")
        if value is not None or formula is not None:
            percent = self.cell.get("office:value-type") == "percentage"
            self.held.append(_Held(self.column + 1, times, value, formula, self.cell.get("table:style-name", ""), percent))
            table.growing.check(self.row, self.column + times)
        across, down = int(self.cell.get("table:number-columns-spanned", "1")), int(self.cell.get("table:number-rows-spanned", "1"))
        table.growing.merge((self.row, self.column + 1), down, across)
        self.column += times

    def _end_row(self, table: _Table) -> None:
        """Lay the cells of a row down, as often as they and the row say."""
        first, self.row = self.row, self.row + self.row_times - 1
        if not self.held:
            return
        cells = sum(held.times for held in self.held) * self.row_times
        self.repeated += cells - len(self.held)
        table.growing.check(self.row, 1)
        if self.repeated > _MOST_REPEATED:
            raise too_large(self.source, table.growing.name, self.row, max(held.column + held.times - 1 for held in self.held))
        for row in range(first, self.row + 1):
            for held in self.held:
                for column in range(held.column, held.column + held.times):
                    self._put(table, (row, column), held)

    def _put(self, table: _Table, cell: Cell, held: _Held) -> None:
        if held.formula is not None:
            table.growing.formulas[cell] = held.formula
        style = self.styles.cell(held.style or table.column_styles.get(cell[1], ""))
        table.growing.put_styled(cell, held.value, PERCENT if held.percent and not style.shown else style)

    def _value(self) -> Value:
        cell, shown = self.cell, "\n".join("".join(pieces) for pieces in self.paragraphs)
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

