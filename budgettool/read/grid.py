"""Grids from what readers give: blanks become None, empty margins are cut, and no sheet grows beyond what memory holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from budgettool.read.sheet import Value, address
from budgettool.read.source import Source, Stop, stopped

MOST_CELLS = 20_000_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_EMPTY: tuple[Value, ...] = ()


def is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def from_rows(rows: Iterable[Sequence[Any]]) -> list[list[Value]]:
    """Rows of calamine as a grid: its empty text is a blank, and blanks below and beside the last value are cut."""
    grid = [_cut([None if value == "" else value for value in row]) for row in rows]
    while grid and not grid[-1]:
        grid.pop()
    return grid


def _cut(row: list[Value]) -> list[Value]:
    end = len(row)
    while end and is_blank(row[end - 1]):
        end -= 1
    del row[end:]
    return row


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
    for (row, column), value in cells.items():
        grid.extend(_EMPTY for _ in range(row - len(grid)))
        line = list(grid[row - 1])
        line += [None] * (column - len(line))
        line[column - 1] = value
        grid[row - 1] = line
