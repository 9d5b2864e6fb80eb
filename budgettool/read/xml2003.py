"""An XML Spreadsheet 2003, mostly named xls, becomes a draft: cells that give their position only where it is not the next one.

Rows and columns that are left out are counted by `ss:Index` and `ss:Span`; merged cells are stated as how far they reach.
Layout: [MS-OE376] and Microsoft's XML Spreadsheet reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from budgettool.findings import Finding, Place
from budgettool.privacy import personal_numbers
from budgettool.read.encoding import encoding_of, pieces
from budgettool.read.grid import LAST_COLUMN, LAST_ROW, too_large
from budgettool.read.growing import CellStyle, Growing, cell_style, few_sheets
from budgettool.read.html import charset
from budgettool.read.marks import Cell
from budgettool.read.markup import RAISED
from budgettool.read.namedformats import named
from budgettool.read.sheet import ErrorValue, Unvalued, Value, address
from budgettool.read.source import Draft, Note, Source, stopped
from budgettool.read.xmltags import feed

_MOST_COLUMNS = 1_000_000
_OUTER_BOOK = re.compile(r"\[([^\[\]]+\.\w{3,4})\]")
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d*)?)?Z?")


@dataclass(slots=True)
class _Worksheet:
    """A worksheet while it is read."""

    growing: Growing
    row_style: str = ""
    column_styles: dict[int, str] = field(default_factory=dict)
    hidden: bool = False


def read_xml2003(source: Source) -> Draft:
    """All worksheets of the file; raises Stop where it is damaged, holds none, or reaches further than is safe."""
    encoding, guessed = encoding_of(source, charset(source.head))
    book = _Book(source)
    feed(pieces(source, encoding), book, source)
    if not book.sheets:
        raise stopped("unreadable", source.name, reason="it holds no sheet")
    draft = Draft(notes=book.notes)
    if guessed:
        draft.findings.append(Finding("encoding", (Place(source.name),), facts=(("encoding", guessed),)))
    for read in book.sheets:
        growing = read.growing
        (draft.hidden if read.hidden else draft.sheets).append(growing.sheet())
        draft.notes += [Note(text, growing.name, address(*cell)) for cell, text in growing.formulas.items() if personal_numbers(text)]
        if not read.hidden:
            draft.findings += _linked(Place(source.name, growing.name), growing.formulas)
    return draft


def _linked(place: Place, formulas: Mapping[Cell, str]) -> list[Finding]:
    """One finding for each other workbook that formulas of a sheet take values from."""
    cells: dict[str, list[Cell]] = {}
    for cell in sorted(formulas):
        for name in set(_OUTER_BOOK.findall(formulas[cell])):
            cells.setdefault(name, []).append(cell)
    return [
        Finding(
            "value-from-another-workbook",
            tuple(Place(place.file, place.sheet, address(*cell)) for cell in found),
            facts=(("count", len(found)), ("other_file", name)),
            count=len(found),
        )
        for name, found in sorted(cells.items())
    ]


class _Book:
    """The state between two tags; `xmltags.feed` calls it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.sheets: list[_Worksheet] = []
        self.notes: list[Note] = []
        self.formats: dict[str, str] = {}
        self.indents: dict[str, str] = {}
        self.parents: dict[str, str] = {}
        self.styles: dict[str, CellStyle] = {}
        self.style = ""
        self.sheet: _Worksheet | None = None
        self.row = self.column = self.next_column = self.span = self.laid = self.raised = 0
        self.cell: dict[str, str] = {}
        self.kind = ""
        self.pieces: list[str] | None = None
        self.aside: list[str] | None = None
        self.shows: list[str] | None = None

    def start(self, tag: str, said: dict[str, str]) -> None:
        if tag == "spreadsheet:Style":
            self.style = said.get("spreadsheet:ID", "")
            self.parents[self.style] = said.get("spreadsheet:Parent", "")
        elif tag == "spreadsheet:NumberFormat":
            self.formats[self.style] = named(said.get("spreadsheet:Format", ""))
        elif tag == "spreadsheet:Alignment":
            self.indents[self.style] = said.get("spreadsheet:Indent", "")
        elif tag == "spreadsheet:Worksheet":
            few_sheets(len(self.sheets), self.source)
            self.sheet = _Worksheet(Growing(said.get("spreadsheet:Name", ""), self.source))
            self.row, self.next_column = 0, 1
        elif self.sheet is not None:
            self._start_within(self.sheet, tag, said)

    def _start_within(self, sheet: _Worksheet, tag: str, said: dict[str, str]) -> None:
        if tag == "spreadsheet:Column":
            self._start_column(sheet, said)
        elif tag == "spreadsheet:Row":
            self._start_row(sheet, said)
        elif tag == "spreadsheet:Cell":
            self.column = _number(said, "Index", self.column + 1)
            self.cell, self.kind, self.pieces = said, "", None
        elif tag == "spreadsheet:Comment":
            self.aside = []
        elif tag == "spreadsheet:Data" and self.aside is None:
            self.kind, self.pieces, self.raised = said.get("spreadsheet:Type", "String"), [], 0
        elif tag == "excel:Visible":
            self.shows = []
        elif tag in ("excel:Header", "excel:Footer"):
            self.notes.append(Note(said.get("excel:Data", ""), sheet.growing.name))
        elif tag.lower().endswith(":sup"):
            self.raised += 1

    def _start_column(self, sheet: _Worksheet, said: dict[str, str]) -> None:
        first = _number(said, "Index", self.next_column)
        self.next_column = first + _number(said, "Span", 0) + 1
        columns = range(first, min(self.next_column, LAST_COLUMN + 1))
        self.laid += len(columns)
        if self.laid > _MOST_COLUMNS:
            raise too_large(self.source, sheet.growing.name, 1, self.next_column)
        if said.get("spreadsheet:Hidden") == "1":
            sheet.growing.hidden_columns.update(columns)
        sheet.column_styles.update(dict.fromkeys(columns, said.get("spreadsheet:StyleID", "")))

    def _start_row(self, sheet: _Worksheet, said: dict[str, str]) -> None:
        first = _number(said, "Index", self.row + 1)
        self.row, self.column, self.span = first, 0, _number(said, "Span", 0)
        sheet.row_style = said.get("spreadsheet:StyleID", "")
        sheet.growing.check(first, 1)
        if said.get("spreadsheet:Hidden") == "1":
            sheet.growing.hide(first, first + self.span)

    def text(self, text: str) -> None:
        if self.aside is not None:
            self.aside.append(text)
        elif self.shows is not None:
            self.shows.append(text)
        elif self.pieces is not None:
            self.pieces.append(text.translate(RAISED) if self.raised else text)

    def end(self, tag: str) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        if tag == "spreadsheet:Comment" and self.aside is not None:
            self.notes.append(Note("".join(self.aside), sheet.growing.name, address(self.row, self.column)))
            self.aside = None
        elif tag == "spreadsheet:Cell":
            self._end_cell(sheet)
        elif tag == "spreadsheet:Row":
            self.row = min(self.row + self.span, LAST_ROW)
        elif tag == "excel:Visible" and self.shows is not None:
            sheet.hidden = "".join(self.shows).strip() in ("SheetHidden", "SheetVeryHidden")
            self.shows = None
        elif tag.lower().endswith(":sup"):
            self.raised = max(0, self.raised - 1)
        elif tag == "spreadsheet:Worksheet":
            self.sheets.append(sheet)
            self.sheet = None

    def _end_cell(self, sheet: _Worksheet) -> None:
        across, down = _number(self.cell, "MergeAcross", 0), _number(self.cell, "MergeDown", 0)
        growing, place = sheet.growing, (self.row, self.column)
        growing.merge(place, down + 1, across + 1)
        style = self._style(self.cell.get("spreadsheet:StyleID") or sheet.row_style or sheet.column_styles.get(self.column, ""))
        value = self._value(style)
        if "spreadsheet:Formula" in self.cell:
            growing.formulas[place] = self.cell["spreadsheet:Formula"].lstrip("=")
            value = Unvalued(growing.formulas[place]) if self.pieces is None else value
        growing.put_styled(place, value, style)
        self.column += across
        self.pieces = None

    def _style(self, name: str) -> CellStyle:
        if name not in self.styles:
            indent = self._inherited(self.indents, name)
            self.styles[name] = cell_style(self._inherited(self.formats, name), int(indent) if indent.isdigit() else 0)
        return self.styles[name]

    def _inherited(self, said: Mapping[str, str], name: str) -> str:
        """What a style says, or the one that it is made from, or the one of all cells."""
        for _ in range(20):
            if name in said or not self.parents.get(name):
                break
            name = self.parents[name]
        return said.get(name, said.get("Default", ""))

    def _value(self, style: CellStyle) -> Value:
        if self.pieces is None:
            return None
        text = "".join(self.pieces)
        if self.kind == "Error":
            return ErrorValue(text.strip() or "#?")
        if self.kind == "Boolean":
            return text.strip() in ("1", "true")
        if self.kind == "Number":
            return float(text) if text.strip() else None
        if self.kind == "DateTime":
            return _moment(text.strip(), duration=style.is_duration)
        return text if text.strip() else None


def _number(said: dict[str, str], name: str, default: int) -> int:
    """A count or a position; raises ValueError, which means damage, for one that is below zero."""
    number = int(said.get(f"spreadsheet:{name}", default))
    if number < 0:
        raise ValueError(name)
    return number


def _moment(text: str, *, duration: bool) -> Value:
    """The day, with its time where it has one; a time alone stands on the last day of 1899, and hours beyond the day go on from there."""
    match = _MOMENT.fullmatch(text)
    if not match:
        return text
    try:
        moment = datetime(*(int(group or 0) for group in match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return text
    if duration:
        return moment - datetime(1899, 12, 31)
    if moment.date() == date(1899, 12, 31):
        return moment.time()
    return moment.date() if moment.time() == time(0) else moment
