"""Grids from what readers give: blanks become None, empty margins are cut, and no sheet grows beyond what memory holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from budgettool.read.sheet import Value, address
from budgettool.read.source import Source, Stop, stopped

MOST_CELLS = 20_000_000
_MOST_BLANKS = 10_000_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_EMPTY: tuple[Value, ...] = ()


def is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def from_cells(cells: Mapping[int, Mapping[int, Value]], source: Source, sheet: str) -> list[Sequence[Value]]:
    """Cells by row and column as a grid whose empty rows cost nothing; raises Stop where the filled ones are too wide."""
    filled = {row: held for row, values in cells.items() if (held := {c: v for c, v in values.items() if not is_blank(v)})}
    if sum(max(held) for held in filled.values()) > MOST_CELLS:
        raise too_large(source, sheet, max(filled), max(max(held) for held in filled.values()))
    grid: list[Sequence[Value]] = [_EMPTY] * max(filled, default=0)
    for row, held in filled.items():
        line: list[Value] = [None] * max(held)
        for column, value in held.items():
            line[column - 1] = value
        grid[row - 1] = line
    return grid


def too_large(source: Source, sheet: str, row: int, column: int) -> Stop:
    return stopped("sheet-too-large", source.name, sheet=sheet, cell=address(row, column), corner=address(row, column))


def put(grid: list[Sequence[Value]], cells: Mapping[tuple[int, int], Value]) -> None:
    """Set cells of a grid, which grows where it must."""
    lines: dict[int, list[Value]] = {}
    for (row, column), value in cells.items():
        if row not in lines:
            grid.extend(repeat(_EMPTY, row - len(grid)))
            lines[row] = list(grid[row - 1])
        line = lines[row]
        line.extend(repeat(None, column - len(line)))
        line[column - 1] = value
    for row, line in lines.items():
        grid[row - 1] = line


@dataclass(slots=True)
class Rows:
    """A grid while it grows, by cells in any order; blanks before a value cost little, and are counted."""

    source: Source
    sheet: str
    grid: list[Sequence[Value]] = field(default_factory=list)
    cells: int = 0
    blanks: int = 0

    def put(self, row: int, column: int, value: Value) -> None:
        """Set a cell; raises Stop beyond what a sheet has or memory holds."""
        self.check(row, column)
        self.grid.extend(repeat(_EMPTY, row - len(self.grid)))
        line = self.grid[row - 1]
        if not isinstance(line, list):
            line = self.grid[row - 1] = list(line)
        gap = column - 1 - len(line)
        if gap < 0:
            line[column - 1] = value
            return
        line.extend(repeat(None, gap))
        line.append(value)
        self.count(1, gap, row, column)

    def take(self, lines: Sequence[tuple[int, Sequence[Value]]]) -> bool:
        """Set whole rows; False, and nothing is set, where one of them holds something already or comes twice."""
        above = len(self.grid)
        rows = {row for row, _ in lines}
        if len(rows) < len(lines) or any(row <= above and self.grid[row - 1] for row in rows):
            return False
        self.grid.extend(repeat(_EMPTY, max(rows, default=0) - above))
        for row, line in lines:
            self.grid[row - 1] = line
        return True

    def check(self, row: int, column: int) -> None:
        if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
            raise too_large(self.source, self.sheet, row, column)

    def count(self, cells: int, blanks: int, row: int, column: int) -> None:
        """Count cells and blanks before them; raises Stop where they are too many."""
        self.cells += cells
        self.blanks += blanks
        if self.cells > MOST_CELLS or self.blanks > _MOST_BLANKS:
            raise too_large(self.source, self.sheet, row, column)
