"""A paper and a template become a workbook: styles from the model rows, figures from the table, formulas by their columns.

A formula of the table speaks of columns: `{receipt}-{disbursement}` in line 14 becomes `K14-M14`, and
`SUM({*receipt})` the sum of the body. Each formula's value goes into the file beside it (`returns.stored`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib.resources import files
from io import BytesIO
from typing import Any

from budgettool.read.sheet import letters
from budgettool.returns.figures import Cell, Line
from budgettool.returns.names import cell_text, sheet_name
from budgettool.returns.paper import Listing, Paper
from budgettool.returns.stored import settled

_COLUMN = re.compile(r"\{(\*?)([\w.]+)(?::(\d+):(\d+))?\}")
_LISTS = ("findings", "rates", "sources")
_MARKED = {"disputed": "error", "over": "error", "incomplete": "warning", "under": "warning"}
HEADER, TOTAL = 8, 11
"""The first header row and the row of the total; what stands below moves down with the body."""


@dataclass(frozen=True, slots=True)
class Face:
    """A template, read: the columns that it offers in order, the headings that it asks for, and its model cells."""

    book: Any
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, name: str) -> Face:
        """The shipped template of a return."""
        from openpyxl import load_workbook

        content = files("budgettool.templates.xlsx").joinpath(f"{name}.xlsx").read_bytes()
        book = load_workbook(BytesIO(content))
        main = book.worksheets[0]
        last = main.max_column
        columns = tuple(str(main.cell(13, c).value) for c in range(1, last + 1))
        lists = {key: tuple(str(cell.value) for cell in book[key][3]) for key in _LISTS}
        keys = {str(main.cell(row, c).value) for row in (HEADER, HEADER + 1) for c in range(1, last + 1)}
        keys |= {str(cell.value) for key in _LISTS for cell in book[key][2]}
        return cls(book, columns, tuple(sorted(keys)), lists)

    def place(self, column: str) -> int:
        """Where a column stands in the template, 1-based."""
        return next(i for i, name in enumerate(self.columns, 1) if name.rstrip("?") == column)


@dataclass(slots=True)
class _Sheet:
    """One sheet in the making, with what its cells show and where each figure stands."""

    sheet: Any
    shown: dict[str, Decimal | str] = field(default_factory=dict)
    lineage: list[tuple[str, str, str, str, str]] = field(default_factory=list)


def bound(face: Face, papers: Sequence[Paper], about: Mapping[str, str], *, on: date) -> bytes:
    """The whole workbook; `on` is the day that its properties name."""
    book = face.book
    models = list(book.worksheets)
    taken: list[str] = [sheet.title for sheet in models]
    made: list[_Sheet] = []
    mains, rates = [], []
    for paper in papers:
        names = {"main": sheet_name(paper.name, taken)}
        taken.append(names["main"])
        rates.append(sheet_name(paper.lists["rates"].name, taken))
        taken.append(rates[-1])
        mains.append(_Sheet(book.create_sheet(names["main"])))
    for paper, main, rate_sheet in zip(papers, mains, rates, strict=True):
        _fill(face, paper, main, rate_sheet)
    made += mains
    for paper, rate_sheet in zip(papers, rates, strict=True):
        for key in _LISTS:
            listing = paper.lists[key]
            if key == "rates" and not listing.lines:
                continue
            name = rate_sheet if key == "rates" else sheet_name(listing.name, taken)
            taken.append(name)
            made.append(_list(face, key, listing, paper, book.create_sheet(name)))
    _hide(book, about, made)
    for model in models:
        book.remove(model)
    for name in list(book.defined_names):
        del book.defined_names[name]
    book.active = 0
    saved = BytesIO()
    book.save(saved)
    return settled(saved.getvalue(), [sheet.shown for sheet in made], on=on)


# ---- the table


def _fill(face: Face, paper: Paper, target: _Sheet, rates: str) -> None:
    sheet, model, columns = target.sheet, face.book.worksheets[0], paper.table.columns
    width = len(columns)
    _set_up(sheet, model, paper, width)
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[letters(place)].width = model.column_dimensions[letters(face.place(column))].width
    _title_block(sheet, model, paper, width)
    _header(sheet, model, paper, face)
    lines = [(TOTAL, paper.table.total), *([(TOTAL + 1, paper.table.partial)] if paper.table.partial else [])]
    first = TOTAL + len(lines)
    body = [(first + i, line) for i, line in enumerate(paper.table.rows)]
    last = body[-1][0] if body else first
    at = {column: letters(place) for place, column in enumerate(columns, 1)}
    for number, line in (*lines, *body):
        style = 11 if number == TOTAL else 12 if (number, line) in lines else 13
        for place, column in enumerate(columns, 1):
            cell = sheet.cell(number, place)
            _styled(cell, model.cell(style, face.place(column)))
            _put(target, cell, line.cells[column], _Where(at, number, (first, last), rates))
            _trace(target, cell, line, column)
        sheet.row_dimensions[number].height = 15 * max(1, _lines_needed(sheet, line, columns))
        if "status" in at and (mark := _MARKED.get(line.status)):
            sheet[f"{at['status']}{number}"].fill = copy(model.cell(19 if mark == "error" else 20, 1).fill)
    _below(sheet, model, paper, last + 2, width)
    sheet.freeze_panes = sheet.cell(TOTAL, 3 if "region" in at else 2)
    sheet.print_title_rows = f"{HEADER}:{HEADER + 2}"


def _lines_needed(sheet: Any, line: Line, columns: Sequence[str]) -> int:
    """How many lines the longest name of a row takes in its column."""
    names = [(place, str(line.cells[c].shown)) for place, c in enumerate(columns, 1) if c in ("region", "provider", "programme", "period", "status")]
    return max((1 + len(text) // max(1, int(sheet.column_dimensions[letters(place)].width * 1.15)) for place, text in names), default=1)


def _set_up(sheet: Any, model: Any, paper: Paper, width: int) -> None:
    for name in ("orientation", "paperSize", "fitToWidth", "fitToHeight"):
        setattr(sheet.page_setup, name, getattr(model.page_setup, name))
    sheet.sheet_properties.pageSetUpPr = copy(model.sheet_properties.pageSetUpPr)
    sheet.page_margins = copy(model.page_margins)
    sheet.print_options = copy(model.print_options)
    sheet.sheet_view.showGridLines = False
    if width:
        sheet.oddHeader.right.text = paper.mark
    sheet.oddFooter.left.text, sheet.oddFooter.center.text, sheet.oddFooter.right.text = paper.footer


def _title_block(sheet: Any, model: Any, paper: Paper, width: int) -> None:
    half = max(1, width // 2)
    spans = {"organisation": (1, half), "appendix": (half + 1, width), "form": (half + 1, width), "received": (1, half), "unit": (half + 1, width)}
    for row in range(1, HEADER):
        key = str(model.cell(row, 1).value)
        first, last = spans.get(key, (1, width))
        cell = sheet.cell(row, first, cell_text(paper.lines.get(key, "")))
        _styled(cell, model.cell(row, 1))
        cell.data_type = "s"
        if last > first:
            sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    sheet.row_dimensions[4].height = 34


def _header(sheet: Any, model: Any, paper: Paper, face: Face) -> None:
    columns = paper.table.columns
    keys = [(str(model.cell(HEADER, face.place(c)).value), str(model.cell(HEADER + 1, face.place(c)).value)) for c in columns]
    place = 1
    while place <= len(columns):
        group, own = keys[place - 1]
        last = place
        while group != own and last < len(columns) and keys[last][0] == group and keys[last][0] != keys[last][1]:
            last += 1
        for column in range(place, last + 1):
            source = face.place(columns[column - 1])
            for row in (HEADER, HEADER + 1):
                _styled(sheet.cell(row, column), model.cell(row, source))
            number = sheet.cell(HEADER + 2, column, column)
            _styled(number, model.cell(HEADER + 2, source))
        sheet.cell(HEADER, place, paper.headings[group])
        if group == own or last == place:
            sheet.cell(HEADER, place, paper.headings[own if group == own else group])
            sheet.merge_cells(start_row=HEADER, end_row=HEADER + 1, start_column=place, end_column=place)
        else:
            for column in range(place, last + 1):
                sheet.cell(HEADER + 1, column, paper.headings[keys[column - 1][1]])
            if last > place:
                sheet.merge_cells(start_row=HEADER, end_row=HEADER, start_column=place, end_column=last)
        place = last + 1
    sheet.row_dimensions[HEADER].height = 30
    sheet.row_dimensions[HEADER + 1].height = 54


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a formula stands: the letters of the columns, its own row, the rows of the body, the sheet of rates."""

    at: Mapping[str, str]
    row: int
    body: tuple[int, int]
    rates: str

    def resolve(self, formula: str) -> str:
        return "=" + _COLUMN.sub(self._address, formula)

    def _address(self, match: re.Match[str]) -> str:
        starred, column, first, last = match.groups()
        if column == "rates.usd":
            quoted = self.rates.replace("'", "''")
            return f"'{quoted}'!F{int(first) + 3}:F{int(last) + 3}"
        own = self.at[column]
        return f"{own}{self.body[0]}:{own}{self.body[1]}" if starred else f"{own}{self.row}"


def _put(target: _Sheet, cell: Any, content: Cell, where: _Where) -> None:
    """A figure, a day or a text into a cell; a text that a spreadsheet would run stays a text."""
    shown = content.shown
    if content.formula is not None:
        cell.value = where.resolve(content.formula)
        target.shown[cell.coordinate] = shown if isinstance(shown, Decimal) else str(shown)
    elif isinstance(shown, Decimal):
        cell.value = float(shown)
        target.shown[cell.coordinate] = shown
    elif isinstance(shown, str):
        cell.value = cell_text(shown)
        cell.data_type = "s"
        if shown in ("–", "х"):
            alignment = copy(cell.alignment)
            alignment.horizontal = "center"
            cell.alignment = alignment
    else:
        cell.value = shown


def _trace(target: _Sheet, cell: Any, line: Line, column: str) -> None:
    if isinstance(line.cells[column].shown, Decimal) and column != "number":
        target.lineage.append((target.sheet.title, cell.coordinate, column, line.region or "KZ", str(line.period)))


def _styled(cell: Any, model: Any) -> None:
    cell.font, cell.border, cell.fill = copy(model.font), copy(model.border), copy(model.fill)
    cell.alignment, cell.number_format = copy(model.alignment), model.number_format


def _below(sheet: Any, model: Any, paper: Paper, row: int, width: int) -> None:
    """Notes and the signature block."""
    for note in paper.notes:
        cell = sheet.cell(row, 1, cell_text(note))
        cell.data_type = "s"
        _styled(cell, model.cell(15, 1))
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        sheet.row_dimensions[row].height = 13 * (1 + len(note) // (width * 11))
        row += 1
    row += 1
    spans = _signature_spans(width)
    for signature in paper.signatures:
        texts = (signature.office, "", signature.name)
        for (first, last), text, under, style in zip(spans, texts, ("", *paper.under), (16, 17, 17), strict=True):
            for line, said, of in ((row, text, style), (row + 1, under, 18)):
                for column in range(first, last + 1):
                    if not (line == row + 1 and style == 16):
                        _styled(sheet.cell(line, column), model.cell(of, 1))
                sheet.cell(line, first, cell_text(said)).data_type = "s"
                if last > first:
                    sheet.merge_cells(start_row=line, end_row=line, start_column=first, end_column=last)
        sheet.row_dimensions[row].height = 24
        row += 2
    for text in paper.closing:
        row += 1
        cell = sheet.cell(row, 1, cell_text(text))
        _styled(cell, model.cell(16, 1))
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=spans[0][1])


def _signature_spans(width: int) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    """The columns of office, signature and name: about two, two and three of seven parts."""
    office = max(2, width * 2 // 7)
    sign = max(1, width * 2 // 7)
    return (1, office), (office + 1, min(width, office + sign)), (min(width, office + sign) + 2, max(width, office + sign + 2))


# ---- the lists behind it


def _list(face: Face, key: str, listing: Listing, paper: Paper, sheet: Any) -> _Sheet:
    model, target, columns = face.book[key], _Sheet(sheet), face.lists[key]
    _set_up(sheet, model, paper, 0)
    _styled(sheet.cell(1, 1, cell_text(listing.title)), model.cell(1, 1))
    at = {}
    for place, column in enumerate(columns, 1):
        head = sheet.cell(2, place, paper.headings[str(model.cell(2, place).value)])
        _styled(head, model.cell(2, place))
        at[column] = letters(place)
        sheet.column_dimensions[letters(place)].width = model.column_dimensions[letters(place)].width
    for number, line in enumerate(listing.lines, 3):
        for place, column in enumerate(columns, 1):
            cell = sheet.cell(number, place)
            _styled(cell, model.cell(3, place))
            _put(target, cell, line.get(column, Cell("")), _Where(at, number, (3, number), sheet.title))
    if listing.lines:
        sheet.auto_filter.ref = f"A2:{list(at.values())[-1]}{2 + len(listing.lines)}"
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "2:2"
    return target


def _hide(book: Any, about: Mapping[str, str], made: Sequence[_Sheet]) -> None:
    """What machines ask of the file: what it is, and of which figure each cell speaks."""
    book["_return"].title = "_model"
    asks = book.create_sheet("_return")
    asks.sheet_state = "veryHidden"
    for key, value in about.items():
        asks.append((key, value))
    lineage = book.create_sheet("_lineage")
    lineage.sheet_state = "hidden"
    lineage.append(("sheet", "cell", "measure", "region", "period"))
    for sheet in made:
        for row in sheet.lineage:
            lineage.append(row)
