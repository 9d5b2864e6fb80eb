"""A template, read: the columns it offers in order, the headings it asks for, and a model cell for whatever stands on the paper.

`templates/make.py` writes the shipped ones. Row 13 names the figures, `receipt` or `recovery?`, and shows how they
look; a filled return borrows that look cell by cell, so a template with other fonts or widths gives other papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from textwrap import wrap
from typing import Any

from budgettool.read.sheet import letters

LISTS = ("findings", "rates", "sources")
"""The lists behind a return, in the order of their sheets."""
HEADER, NUMBERS, TOTAL, PARTIAL, ROW = 8, 10, 11, 12, 13
"""Rows of the template: the first of two header rows, column numbers, total, total of what was submitted, a region."""
NOTE, OFFICE, SIGNED, UNDER = 15, 16, 17, 18
"""Rows below the table, of which the first cell is the model."""
POINTS_A_UNIT = 5.25
"""The width of one unit of a column, for Times New Roman 10."""


@dataclass(frozen=True, slots=True)
class Face:
    """One template. `models` are all its sheets: `main` holds the model of the table, `lists` those of the lists behind it, by their names."""

    book: Any
    main: Any
    lists: Mapping[str, Any]
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    models: tuple[Any, ...]

    @classmethod
    def of(cls, name: str) -> Face:
        """The shipped template of a return."""
        from openpyxl import load_workbook

        content = files("budgettool.templates.xlsx").joinpath(f"{name}.xlsx").read_bytes()
        book = load_workbook(BytesIO(content))
        main, lists = book.worksheets[0], {key: book[key] for key in LISTS}
        columns = tuple(str(cell.value) for cell in main[ROW])
        keys = {str(cell.value) for row in (HEADER, HEADER + 1) for cell in main[row]}
        keys |= {str(cell.value) for model in lists.values() for cell in model[2]}
        return cls(book, main, lists, columns, tuple(sorted(keys)), tuple(book.worksheets))

    def place(self, column: str) -> int:
        """Where a column stands in the template, 1-based."""
        return next(i for i, name in enumerate(self.columns, 1) if name.rstrip("?") == column)

    def keys(self, column: str) -> tuple[str, str]:
        """The keys of the two headings of a column, equal where it has one only."""
        place = self.place(column)
        return str(self.main.cell(HEADER, place).value), str(self.main.cell(HEADER + 1, place).value)

    def take_away(self) -> None:
        """Remove the models from the book, which leaves what was made after them."""
        for name in list(self.book.defined_names):
            del self.book.defined_names[name]
        for model in self.models:
            self.book.remove(model)


def styled(cell: Any, model: Any) -> None:
    """Give a cell the look of its model, which is of the same book: the numbers of its styles are enough."""
    cell._style = copy(model._style)  # noqa: SLF001 (its public parts are copied and looked up again, ten times as slow)


def centred(cell: Any) -> None:
    """A sign that stands for no figure stands in the middle."""
    alignment = copy(cell.alignment)
    alignment.horizontal = "center"
    cell.alignment = alignment


def merged(sheet: Any, row: int, columns: tuple[int, int], last_row: int | None = None) -> None:
    """Merge cells, if it is more than one."""
    if columns[1] > columns[0] or (last_row or row) > row:
        sheet.merge_cells(start_row=row, end_row=last_row or row, start_column=columns[0], end_column=columns[1])


def widths(sheet: Any, first: int, last: int) -> float:
    """The width of columns together, in units."""
    return float(sum(sheet.column_dimensions[letters(place)].width for place in range(first, last + 1)))


def lines(text: str, width: float, size: float = 10) -> int:
    """How many lines a text takes in a column of so many units: letters of this face are about half as wide as high."""
    fitting = max(4, int(width * 10.5 / size) - 1)
    return sum(max(1, len(wrap(line, fitting))) for line in text.split("\n"))
