"""What reading a spreadsheet gives: sheets of addressed cells, as written.

A grid holds plain Python values (text, numbers, dates, truth values, None for blank) and three
markers for what is no value: an error value, a formula without a stored result, a cell withheld
because a personal number stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error value in place of a figure, with its text as written: `#REF!`, `#ССЫЛКА!`."""

    text: str


@dataclass(frozen=True, slots=True)
class Unvalued:
    """A formula whose result was never stored."""

    formula: str = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A cell that holds a personal number; its content is gone."""


Value: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | ErrorValue | Unvalued | Withheld | None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `grid[r-1][c-1]` is the cell in row r, column c; rows may be shorter than the sheet is wide.

    `formats` holds the number format of cells where it matters (percent, scaling by thousands,
    leading zeros, quoted unit), `formulas` the cells whose value a formula made, `indents` how far a text is set in
    (levels of the cell's alignment, only where > 0); all by (row, column), 1-based. In a `delimited` sheet marks part the
    cells of a line, so that one mark too many moves all behind it.
    """

    name: str
    grid: Sequence[Sequence[Value]]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] = frozenset()
    indents: Mapping[tuple[int, int], int] = field(default_factory=dict)
    delimited: bool = False

    def value(self, row: int, column: int) -> Value:
        """The value at a 1-based address; None outside of the grid."""
        if 1 <= row <= len(self.grid) and 1 <= column <= len(self.grid[row - 1]):
            return self.grid[row - 1][column - 1]
        return None

    def filled(self, row: int) -> Iterator[tuple[int, Value]]:
        """The cells of a row that hold anything but blanks and white space, with their 1-based column."""
        if 1 <= row <= len(self.grid):
            for index, value in enumerate(self.grid[row - 1]):
                if value is not None and not (isinstance(value, str) and not value.strip()):
                    yield index + 1, value


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as read: `name` as given, `sha256` of its bytes, visible sheets in order; `personal` if a personal number was found."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    source: bytes | None = field(default=None, repr=False)
    personal: bool = False


def letters(column: int) -> str:
    """The letters of a 1-based column: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """The address of a 1-based cell: (14, 6) is F14."""
    return f"{letters(column)}{row}"
