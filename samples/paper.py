"""A description of a report becomes a workbook such as offices send: titles, unit, header, column numbers, totals, signatures.

The same description gives the same bytes, so that a sample never changes by being made again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

Cell = str | int | float | Decimal | None
"""A Decimal or float is money and shown with its decimals; a whole number is a count or a code."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet. `header` rows are merged where a cell repeats the one left of it or above it; None in them is blank."""

    sheet: str
    titles: Sequence[str]
    header: Sequence[Sequence[str | None]]
    body: Sequence[Sequence[Cell]]
    unit: str | None = None
    totals: Sequence[Sequence[Cell]] = ()
    totals_first: bool = False
    foot: Sequence[str] = ()
    numbers: bool = False
    money: str = "#,##0.0"
    hidden: Sequence[int] = ()
    formulas: bool = False


def write(path: Path, *papers: Paper) -> None:
    """Write sheets into one workbook, made on a fixed day."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": papers[0].titles[0] if papers[0].titles else "", "created": datetime(2023, 8, 1)})
    formats = {
        "title": book.add_format({"bold": True, "align": "center", "text_wrap": True, "valign": "vcenter"}),
        "head": book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}),
        "cell": book.add_format({"border": 1}),
        "sum": book.add_format({"border": 1, "bold": True}),
        "note": book.add_format({"italic": True}),
    }
    for paper in papers:
        money = book.add_format({"border": 1, "num_format": paper.money})
        _draw(book.add_worksheet(paper.sheet), paper, {**formats, "money": money})
    book.close()


def _draw(sheet: xlsxwriter.worksheet.Worksheet, paper: Paper, formats: dict[str, object]) -> None:
    width = max(len(row) for row in (*paper.header, *paper.body))
    line = 0
    for title in paper.titles:
        if width > 1:
            sheet.merge_range(line, 0, line, width - 1, title, formats["title"])
        line += 1
    if paper.unit:
        sheet.write_string(line, width - 1, paper.unit)
        line += 1
    line = _draw_header(sheet, paper, line, formats)
    if paper.numbers:
        for column in range(width):
            sheet.write_number(line, column, column + 1, formats["head"])
        line += 1
    rows = [(row, "cell") for row in paper.body]
    sums = [(row, "sum") for row in paper.totals]
    first = line
    for row, style in (*sums, *rows) if paper.totals_first else (*rows, *sums):
        _draw_row(sheet, line, row, (formats[style], formats["money"]))
        line += 1
    for number in paper.hidden:
        sheet.set_row(first + number, None, None, {"hidden": True})
    for text in paper.foot:
        line += 1
        sheet.write_string(line, 0, text, formats["note"])
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, width - 1, 18)


def _draw_header(sheet: xlsxwriter.worksheet.Worksheet, paper: Paper, top: int, formats: dict[str, object]) -> int:
    """The header rows, equal neighbours merged to the right, then down."""
    height, width = len(paper.header), max(len(row) for row in paper.header)
    cells = [[row[column] if column < len(row) else None for column in range(width)] for row in paper.header]
    done: set[tuple[int, int]] = set()
    for row in range(height):
        for column in range(width):
            text = cells[row][column]
            if text is None or (row, column) in done:
                continue
            right = column
            while right + 1 < width and cells[row][right + 1] == text:
                right += 1
            bottom = row
            while bottom + 1 < height and all(cells[bottom + 1][c] == text for c in range(column, right + 1)):
                bottom += 1
            done |= {(r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)}
            if (bottom, right) == (row, column):
                sheet.write_string(top + row, column, text, formats["head"])
            else:
                sheet.merge_range(top + row, column, top + bottom, right, text, formats["head"])
    return top + height


def _draw_row(sheet: xlsxwriter.worksheet.Worksheet, line: int, row: Sequence[Cell], formats: tuple[object, object]) -> None:
    for column, value in enumerate(row):
        if value is None:
            sheet.write_blank(line, column, None, formats[0])
        elif isinstance(value, str):
            sheet.write_string(line, column, value, formats[0])
        elif isinstance(value, int):
            sheet.write_number(line, column, value, formats[0])
        else:
            sheet.write_number(line, column, float(value), formats[1])
