"""A sheet while it is read: cells come one by one in any order and become a grid whose empty parts cost nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from budgettool.read.formats import bare, is_date, is_duration, matters
from budgettool.read.grid import LAST_COLUMN, LAST_ROW, MOST_CELLS, from_cells, is_blank, put, too_large
from budgettool.read.marks import Cell
from budgettool.read.meaning import as_date
from budgettool.read.sheet import ErrorValue, Merge, Sheet, Unvalued, Value
from budgettool.read.source import Source, stopped

_MOST_SHEETS = 5000


@dataclass(frozen=True, slots=True)
class CellStyle:
    """A cell style, as far as it changes what a cell says; `shown` is its number format where that matters."""

    shown: str = ""
    indent: int = 0
    is_date: bool = False
    is_duration: bool = False


def cell_style(number_format: str, indent: int) -> CellStyle:
    day = is_date(number_format)
    shown = (bare(number_format) if day else number_format) if number_format and matters(number_format) else ""
    return CellStyle(shown, indent, day, day and is_duration(number_format))


def few_sheets(count: int, source: Source) -> None:
    """Raise Stop where a file holds more sheets than any person made."""
    if count >= _MOST_SHEETS:
        raise stopped("unreadable", source.name, reason="it holds more sheets than can be read safely")


@dataclass(slots=True)
class Growing:
    """Rows and columns count from 1; `formulas` hold their text, "" where the file has it in signs of its own only."""

    name: str
    source: Source
    cells: dict[int, dict[int, Value]] = field(default_factory=dict)
    markers: dict[Cell, Value] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    formats: dict[Cell, str] = field(default_factory=dict)
    formulas: dict[Cell, str] = field(default_factory=dict)
    indents: dict[Cell, int] = field(default_factory=dict)
    filled: int = 0

    def put(self, cell: Cell, value: Value) -> bool:
        """Set a cell, and tell whether anything stands in it; raises Stop beyond what any program writes or memory holds."""
        row, column = cell
        if type(value) is not float and is_blank(value):
            return False
        self.filled += 1
        if self.filled > MOST_CELLS or row > LAST_ROW or column > LAST_COLUMN:
            raise too_large(self.source, self.name, row, column)
        if type(value) is not float and isinstance(value, (ErrorValue, Unvalued)):
            self.markers[cell] = value
            return True
        held = self.cells.get(row)
        if held is None:
            held = self.cells[row] = {}
        held[column] = value
        return True

    def put_styled(self, cell: Cell, value: Value, style: CellStyle, *, since_1904: bool = False) -> None:
        """Set a cell, a number under the format of a day as that day, and note its format and indent where they tell something."""
        if style.is_date and isinstance(value, float):
            value = as_date(value, duration=style.is_duration, since_1904=since_1904)
        if self.put(cell, value):
            if style.shown:
                self.formats[cell] = style.shown
            if style.indent and isinstance(value, str):
                self.indents[cell] = style.indent

    def merge(self, cell: Cell, down: int, across: int) -> None:
        """Note a cell that covers so many rows and columns, its own included."""
        if down > 1 or across > 1:
            bottom, right = cell[0] + down - 1, cell[1] + across - 1
            self.check(bottom, right)
            self.merges.append(Merge(*cell, bottom, right))

    def hide(self, first: int, last: int = 0) -> None:
        """Note hidden rows, or one; a million of them below the table cost nothing."""
        self.hidden_rows.append(range(first, max(first, last) + 1))

    def check(self, row: int, column: int) -> None:
        if self.filled > MOST_CELLS or row > LAST_ROW or column > LAST_COLUMN:
            raise too_large(self.source, self.name, row, column)

    def _hidden(self, bottom: int) -> Iterator[int]:
        """The hidden rows down to the last filled one, each once, however often they were said to be hidden."""
        done = 0
        for some in sorted(self.hidden_rows, key=lambda rows: rows.start):
            yield from range(max(some.start, done + 1), min(some.stop, bottom + 1))
            done = max(done, some.stop - 1)

    def sheet(self) -> Sheet:
        """What was read, as a sheet; what is hidden below the last filled row is left out."""
        grid = from_cells(self.cells, self.source, self.name)
        put(grid, self.markers)
        hidden = frozenset(self._hidden(len(grid))), frozenset(self.hidden_columns)
        return Sheet(self.name, grid, tuple(self.merges), *hidden, self.formats, frozenset(self.formulas), self.indents)
