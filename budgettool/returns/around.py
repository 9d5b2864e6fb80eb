"""What stands around the table of a return: the title block, the headings with their numbers, notes, signatures, the sheet of paper.

The paper is A4 across and one page wide; a return that is only a little longer than a page is made
a little smaller, as nobody wants signatures on a page of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from budgettool.returns.face import (
    HEADER,
    NOTE,
    NUMBERS,
    OFFICE,
    POINTS_A_UNIT,
    SIGNED,
    UNDER,
    Face,
    lines,
    merged,
    styled,
    widths,
)
from budgettool.returns.names import cell_text
from budgettool.returns.paper import Paper

_PAPER = (842.0, 595.0)
"""A4 across, in points."""
_SMALLER = 0.8
_HEIGHT = 15.0


def set_up(sheet: Any, model: Any, paper: Paper) -> None:
    """Orientation, margins, fit and the page's own lines, as in the model."""
    for name in ("orientation", "paperSize", "fitToWidth", "fitToHeight"):
        setattr(sheet.page_setup, name, getattr(model.page_setup, name))
    sheet.sheet_properties.pageSetUpPr = copy(model.sheet_properties.pageSetUpPr)
    sheet.page_margins = copy(model.page_margins)
    sheet.print_options = copy(model.print_options)
    sheet.sheet_view.showGridLines = False
    # an empty part must be none at all, else openpyxl can't read what it wrote
    sheet.oddHeader.right.text = paper.mark or None
    for part, text in zip(("left", "center", "right"), paper.footer, strict=True):
        getattr(sheet.oddFooter, part).text = text or None
        getattr(sheet.firstFooter, part).text = text or None


def write_text(sheet: Any, row: int, columns: tuple[int, int], text: str, model: Any) -> None:
    """A text over columns of one row; one that a spreadsheet would run stays a text."""
    for column in range(columns[0], columns[1] + 1):
        styled(sheet.cell(row, column), model)
    cell = sheet.cell(row, columns[0], cell_text(text))
    cell.data_type = "s"
    merged(sheet, row, columns)


def title_block(sheet: Any, face: Face, paper: Paper) -> None:
    """Who issues it, appendix, kind of form, title, period, how many were submitted, unit; the mark of a draft beside the first."""
    width = len(paper.table.columns)
    half = max(1, width // 2)
    spans = {"organisation": (1, half), "appendix": (half + 1, width), "form": (half + 1, width), "unit": (half + 1, width)}
    for row in range(1, HEADER):
        model = face.main.cell(row, 1)
        key = str(model.value)
        span, text = spans.get(key, (1, width)), paper.lines.get(key, "")
        write_text(sheet, row, span, text, model)
        needed = lines(text, widths(sheet, *span), model.font.sz * (1.15 if model.font.b else 1))
        sheet.row_dimensions[row].height = max(_HEIGHT, needed * model.font.sz * 1.4)
    write_text(sheet, 1, (half + 1, width), paper.mark, face.main.cell(1, 2))
    # the first page carries the mark in its first line, all others in their margin
    sheet.HeaderFooter.differentFirst = True


def header(sheet: Any, face: Face, paper: Paper) -> None:
    """Two rows of headings, parts of a group under one cell, and the columns' numbers."""
    columns = paper.table.columns
    keys = [face.keys(column) for column in columns]
    for place, column in enumerate(columns, 1):
        for row in (HEADER, HEADER + 1, NUMBERS):
            styled(sheet.cell(row, place), face.main.cell(row, face.place(column)))
        sheet.cell(NUMBERS, place, place)
    upper, lower, whole, first = 1, 1, 2, 1
    while first <= len(columns):
        last = _end_of_group(keys, first)
        group = paper.headings[keys[first - 1][0]]
        sheet.cell(HEADER, first, group)
        merged(sheet, HEADER, (first, last), HEADER if last > first else HEADER + 1)
        needed = lines(group, widths(sheet, first, last), 8)
        upper, whole = (max(upper, needed), whole) if last > first else (upper, max(whole, needed))
        for place in range(first, last + 1) if last > first else ():
            own = paper.headings[keys[place - 1][1]]
            sheet.cell(HEADER + 1, place, own)
            lower = max(lower, lines(own, widths(sheet, place, place), 8))
        first = last + 1
    sheet.row_dimensions[HEADER].height = 11 * upper + 4
    sheet.row_dimensions[HEADER + 1].height = max(11 * lower + 4, 11 * (whole - upper))
    sheet.row_dimensions[NUMBERS].height = 12


def _end_of_group(keys: Sequence[tuple[str, str]], place: int) -> int:
    """The last column of the group that begins at a place; a column without one is its own."""
    group, own = keys[place - 1]
    last = place
    while group != own and last < len(keys) and keys[last][0] == group and keys[last][1] != group:
        last += 1
    return last


def below(sheet: Any, face: Face, paper: Paper, row: int) -> int:
    """Notes, signatures, date and seal from a row on; the last row that was written."""
    width = len(paper.table.columns)
    for note in paper.notes:
        write_text(sheet, row, (1, width), note, face.main.cell(NOTE, 1))
        sheet.row_dimensions[row].height = 12.5 * lines(note, widths(sheet, 1, width), 9)
        row += 1
    row += 1
    office, sign, name = _signature_spans(width)
    for signature in paper.signatures:
        write_text(sheet, row, office, signature.office, face.main.cell(OFFICE, 1))
        write_text(sheet, row, sign, "", face.main.cell(SIGNED, 1))
        write_text(sheet, row, name, signature.name, face.main.cell(SIGNED, 1))
        for span, under in zip((sign, name), paper.under, strict=True):
            write_text(sheet, row + 1, span, under, face.main.cell(UNDER, 1))
        sheet.row_dimensions[row].height = max(22.0, 13.0 * lines(signature.office, widths(sheet, *office)))
        sheet.row_dimensions[row + 1].height = 11
        row += 2
    for text in paper.closing:
        row += 1
        write_text(sheet, row, (1, office[1] + 1), text, face.main.cell(OFFICE, 1))
    return row


def _signature_spans(width: int) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    """The columns of office, signature and name, with a column between them: the office takes those of the names."""
    office = min(4, max(2, width // 4))
    sign = office + 1 + max(1, (width - office) // 4)
    return (1, office), (office + 2, max(office + 2, sign)), (sign + 2, max(sign + 2, min(width, sign + 6)))


def fit(sheet: Any, last: int, width: int) -> None:
    """One page, where that makes it only a little smaller than its width does; else as many pages as it takes, notes kept together."""
    margins = sheet.page_margins
    across = (_PAPER[0] - 72 * (margins.left + margins.right)) / (widths(sheet, 1, width) * POINTS_A_UNIT)
    high = sum(sheet.row_dimensions[row].height or _HEIGHT for row in range(1, last + 1))
    down = (_PAPER[1] - 72 * (margins.top + margins.bottom)) / high
    sheet.page_setup.fitToHeight = 1 if down >= min(1.0, across) * _SMALLER else 0
