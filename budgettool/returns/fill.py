"""A paper and a template become a workbook: the look from the model cells, figures from the table, formulas by their columns.

A formula of the table speaks of columns: `{receipt}-{disbursement}` in line 14 becomes `K14-M14`, and
`SUM({*receipt})` the sum of the body. Each formula's value goes into the file beside it (`returns.stored`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from budgettool.read.sheet import letters
from budgettool.returns import around
from budgettool.returns.face import HEADER, LISTS, NUMBERS, PARTIAL, ROW, TOTAL, Face, centred, lines, styled
from budgettool.returns.figures import NAMES, SIGNS, Cell, Line
from budgettool.returns.names import cell_text, sheet_name
from budgettool.returns.paper import Paper
from budgettool.returns.stored import settled

_COLUMN = re.compile(r"\{(\*?)([\w.]+)(?::(\d+):(\d+))?\}")


@dataclass(slots=True)
class _Sheet:
    """One sheet in the making, with what its cells show and where each figure stands."""

    sheet: Any
    shown: dict[str, Decimal | str] = field(default_factory=dict)
    lineage: list[tuple[str, str, str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a formula stands: the letters of the columns, its own row, the rows of the body, the sheet of rates."""

    at: Mapping[str, str]
    row: int
    body: tuple[int, int]
    rates: str
    country: str

    def resolve(self, formula: str) -> str:
        return "=" + _COLUMN.sub(self._address, formula)

    def _address(self, match: re.Match[str]) -> str:
        starred, column, first, last = match.groups()
        if column == "rates.usd":
            quoted = self.rates.replace("'", "''")
            return f"'{quoted}'!F{int(first) + 3}:F{int(last) + 3}"
        own = self.at[column]
        return f"{own}{self.body[0]}:{own}{self.body[1]}" if starred else f"{own}{self.row}"


def bound(face: Face, papers: Sequence[Paper], about: Mapping[str, str], *, on: date) -> bytes:
    """The whole workbook, the papers first; `on` is the day that its properties name."""
    book = face.book
    for place, model in enumerate(face.models):
        model.title = f"_{place}"
    names = _names(papers)
    mains = [_Sheet(book.create_sheet(names[place, "main"])) for place in range(len(papers))]
    for place, paper in enumerate(papers):
        _fill(face, paper, mains[place], names[place, "rates"])
    behind = [
        _list(face, key, paper, book.create_sheet(names[place, key]))
        for place, paper in enumerate(papers)
        for key in LISTS
        if paper.lists[key].lines or key == "findings"
    ]
    made = [*mains, *behind]
    face.take_away()
    _hide(book, about, made)
    book.active = 0
    book.properties.creator = "budgettool"
    book.properties.title = papers[0].lines["title"]
    saved = BytesIO()
    book.save(saved)
    return settled(saved.getvalue(), [sheet.shown for sheet in made], on=on)


def _names(papers: Sequence[Paper]) -> Mapping[tuple[int, str], str]:
    """The names of all sheets, by the place of their paper and their key."""
    wanted = [((place, "main"), paper.name) for place, paper in enumerate(papers)]
    wanted += [((place, key), paper.lists[key].name) for place, paper in enumerate(papers) for key in LISTS]
    named: dict[tuple[int, str], str] = {}
    for key, name in wanted:
        named[key] = sheet_name(name, named.values())
    return named


# ---- the table


def _fill(face: Face, paper: Paper, target: _Sheet, rates: str) -> None:
    sheet, table = target.sheet, paper.table
    around.set_up(sheet, face.main, paper)
    for place, column in enumerate(table.columns, 1):
        sheet.column_dimensions[letters(place)].width = face.main.column_dimensions[letters(face.place(column))].width
    around.title_block(sheet, face, paper)
    around.header(sheet, face, paper)
    above = [(TOTAL, table.total)] + ([(PARTIAL, table.partial)] if table.partial is not None else [])
    rows = [(ROW, line) for line in table.rows]
    body = (TOTAL + len(above), TOTAL + len(above) + max(1, len(rows)) - 1)
    at = {column: letters(place) for place, column in enumerate(table.columns, 1)}
    for number, (model, line) in enumerate([*above, *rows], TOTAL):
        _line(face, target, line, model, _Where(at, number, body, rates, table.country))
    last = around.below(sheet, face, paper, body[1] + 2)
    around.fit(sheet, last, len(table.columns))
    sheet.freeze_panes = sheet.cell(TOTAL, 3 if "region" in at else 2)
    sheet.print_title_rows = f"{HEADER}:{NUMBERS}"


def _line(face: Face, target: _Sheet, line: Line, model: int, where: _Where) -> None:
    """One row of the table, as high as its longest name needs."""
    sheet, needed = target.sheet, 1
    for place, column in enumerate(where.at, 1):
        content, cell = line.cells[column], sheet.cell(where.row, place)
        styled(cell, face.main.cell(model, face.place(column)))
        _put(target, cell, content, where)
        if isinstance(content.shown, Decimal) and column != "number":
            target.lineage.append((sheet.title, cell.coordinate, column, line.region or where.country, str(line.period)))
        if column in NAMES:
            needed = max(needed, lines(str(content.shown), sheet.column_dimensions[letters(place)].width, 11.5 if model == TOTAL else 10))
    sheet.row_dimensions[where.row].height = 2 + 12.75 * needed


def _put(target: _Sheet, cell: Any, content: Cell, where: _Where) -> None:
    """A figure, a day or a text into a cell; a text that a spreadsheet would run stays a text."""
    shown = content.shown
    if shown in SIGNS:
        centred(cell)
    if content.formula is not None:
        cell.value = where.resolve(content.formula)
        target.shown[cell.coordinate] = shown if isinstance(shown, Decimal) else str(shown)
    elif isinstance(shown, Decimal):
        cell.value = float(shown)
        target.shown[cell.coordinate] = shown
    elif isinstance(shown, str):
        cell.value = cell_text(shown)
        cell.data_type = "s"
    else:
        cell.value = shown


# ---- the lists behind it


def _list(face: Face, key: str, paper: Paper, sheet: Any) -> _Sheet:
    model, listing, target = face.lists[key], paper.lists[key], _Sheet(sheet)
    around.set_up(sheet, model, paper)
    styled(sheet.cell(1, 1, cell_text(listing.title)), model.cell(1, 1))
    at = {str(cell.value): letters(place) for place, cell in enumerate(model[3], 1)}
    needed = 1
    for place, letter in enumerate(at.values(), 1):
        sheet.column_dimensions[letter].width = width = model.column_dimensions[letter].width
        heading = paper.headings[str(model.cell(2, place).value)]
        needed = max(needed, lines(heading, width, 11))
        styled(sheet.cell(2, place, heading), model.cell(2, place))
    sheet.row_dimensions[2].height = 4 + 13 * needed
    for number, line in enumerate(listing.lines, 3):
        _entry(model, target, line, _Where(at, number, (3, number), sheet.title, ""))
    if listing.lines:
        sheet.auto_filter.ref = f"A2:{letters(len(at))}{2 + len(listing.lines)}"
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "2:2"
    return target


def _entry(model: Any, target: _Sheet, line: Mapping[str, Cell], where: _Where) -> None:
    """One line of a list, as high as its longest text needs."""
    needed = 1
    for place, (column, letter) in enumerate(where.at.items(), 1):
        content, cell = line.get(column, Cell("")), target.sheet.cell(where.row, place)
        styled(cell, model.cell(3, place))
        _put(target, cell, content, where)
        if isinstance(content.shown, str):
            needed = max(needed, lines(content.shown, target.sheet.column_dimensions[letter].width, 11))
    # a row can't be higher than 409 points
    target.sheet.row_dimensions[where.row].height = min(409.0, 2 + 12.75 * needed)


def _hide(book: Any, about: Mapping[str, str], made: Sequence[_Sheet]) -> None:
    """What machines ask of the file: what it is, and of which figure each cell speaks."""
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
