"""Where the tables of a sheet are: header rows are found by their words, over one to four rows, merged or not.

An anchor row holds words of several columns and no figures. Rows above it join where they group
columns ("2019 год" over "План" and "Оплачено"), rows below where they divide them. A title, a unit
in the corner and a row of column numbers are no header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from budgettool.letters import unmixed
from budgettool.period.written import read_period
from budgettool.read.sheet import Merge, Sheet, Value
from budgettool.recognise.vocabulary import folded, read_header, vocabulary
from budgettool.terms.written import is_no_figure, read_number

MOST_LEVELS = 4
_YEAR = re.compile(r"\s*((?:19|20)\d\d)(?:\.0)?\s*")
_ORDINAL = re.compile(r"\s*(\d{1,3}|[A-ZА-Я])\s*")


@dataclass(frozen=True, slots=True)
class Level:
    """One header text of a column; `row` and `column` are those of the cell that holds it (the first of a merged range)."""

    text: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """The header of one table: its rows, and per column the texts from top to bottom."""

    rows: tuple[int, ...]
    levels: Mapping[int, tuple[Level, ...]]


def find_headers(sheet: Sheet) -> Iterator[HeaderBlock]:
    """Each header block of a sheet, from the top."""
    row = 1
    while row <= len(sheet.grid):
        if is_anchor(sheet, row):
            rows = _rows_of_block(sheet, row)
            yield HeaderBlock(rows, _levels(sheet, rows))
            row = rows[-1] + 1
        else:
            row += 1


def text_of(value: Value) -> str:
    """A header cell as text: a year stored as a number is that year."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(int(value)) if float(value).is_integer() else str(value)
    if isinstance(value, str):
        year = _YEAR.fullmatch(value)
        return year[1] if year else value.strip()
    return str(value) if hasattr(value, "isoformat") else ""


def is_figure(value: Value) -> bool:
    """Whether a cell holds a number that is no year: such a cell belongs to a body, not to a header."""
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return not (float(value).is_integer() and 1900 <= value <= 2100)
    if isinstance(value, str) and value[:1] and not _YEAR.fullmatch(value):
        return any(ch.isdigit() for ch in value) and read_number(value) is not None
    return False


def is_period(value: Value) -> bool:
    """Whether a header cell is nothing but a period: a year, a month, a quarter."""
    text = text_of(value)
    return bool(text) and (bool(_YEAR.fullmatch(text)) or read_period(text, year=2000) is not None)


def is_anchor(sheet: Sheet, row: int) -> bool:
    """Whether a row holds the words of several columns: a dimension beside anything else, two measures, or periods side by side."""
    cells = list(sheet.filled(row))
    if len(cells) < 2 or any(is_figure(value) for _, value in cells):
        return False
    kinds = [_kind(value) for _, value in cells]
    known = sum(kind in ("measure", "ambiguous", "dimension") for kind in kinds)
    if kinds.count("dimension") and known >= 2:
        return True
    if kinds.count("measure") >= 2 or (kinds.count("measure") and known >= 2):
        return True
    if kinds.count("period") >= 3 or (kinds.count("period") >= 2 and kinds.count("dimension")):
        return True
    return kinds.count("dimension") == 1 and len(cells) >= 2 and _figures_follow(sheet, row)


def _kind(value: Value) -> str:
    if is_period(value):
        return "period"
    if not isinstance(value, str) or len(value) > 250:
        return ""
    meanings = [m for m in read_header(value).meanings if m.strength]
    return meanings[0].kind if meanings else ""


def _figures_follow(sheet: Sheet, row: int) -> bool:
    return any(is_figure(value) for below in (row + 1, row + 2, row + 3) for _, value in sheet.filled(below))


def is_number_row(sheet: Sheet, row: int) -> bool:
    """Whether a row is the printed numbers of the columns: 1 2 3, А Б 1 2."""
    texts = [text_of(value) for _, value in sheet.filled(row)]
    if len(texts) < 3 or not all(_ORDINAL.fullmatch(text) for text in texts):
        return False
    numbers = [int(text) for text in texts if text.strip().isdigit()]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (1, 2, 3)


def _rows_of_block(sheet: Sheet, anchor: int) -> tuple[int, ...]:
    rows = [anchor]
    width = _extent(sheet, anchor)
    while len(rows) < MOST_LEVELS and _groups_columns(sheet, rows[0] - 1, width):
        rows.insert(0, rows[0] - 1)
    while len(rows) < MOST_LEVELS and _divides_columns(sheet, rows[-1] + 1):
        rows.append(rows[-1] + 1)
    return tuple(rows)


def _extent(sheet: Sheet, row: int) -> tuple[int, int]:
    columns = [column for column, _ in sheet.filled(row)]
    columns += [edge for m in sheet.merges if m.top <= row <= m.bottom for edge in (m.left, m.right)]
    return min(columns), max(columns)


def _groups_columns(sheet: Sheet, row: int, width: tuple[int, int]) -> bool:
    """Whether the row above is part of the header: it groups columns, or a cell of it reaches down into the header."""
    cells = list(sheet.filled(row))
    if row < 1 or not cells or any(is_figure(value) for _, value in cells):
        return False
    spans = [merge for column, _ in cells if (merge := _merge_at(sheet, row, column))]
    if any(m.bottom > row for m in spans):
        return True
    if any(m.left <= width[0] and m.right >= width[1] for m in spans):
        return False
    known = sum(_kind(value) != "" for _, value in cells)
    if any(m.right > m.left for m in spans):
        return known >= 1 or len(cells) >= 2
    return known == len(cells) and (len(cells) >= 2 or cells[0][0] > width[0])


def _divides_columns(sheet: Sheet, row: int) -> bool:
    """Whether the row below still belongs to the header: words or periods only, and no label of a body row."""
    cells = list(sheet.filled(row))
    if not cells or any(is_figure(value) or (isinstance(value, str) and is_no_figure(value)) for _, value in cells) or is_number_row(sheet, row):
        return False
    if is_label(text_of(cells[0][1])) or any(_ends_above(sheet, row, column) for column, _ in cells):
        return False
    kinds = [_kind(value) for _, value in cells]
    inside = [merge for column, _ in cells if (merge := _merge_at(sheet, row - 1, column)) and merge.right > merge.left and merge.bottom < row]
    weak = [isinstance(value, str) and bool(read_header(value).meanings) for _, value in cells]
    return (any(kinds) and (len(cells) > 1 or bool(inside))) or (bool(inside) and any(weak))


def _ends_above(sheet: Sheet, row: int, column: int) -> bool:
    """Whether the header of a column is complete in the row above: a region or a period is not divided further."""
    above = sheet.value(row - 1, column)
    merge = _merge_at(sheet, row - 1, column)
    return isinstance(above, str) and _kind(above) == "dimension" and (merge is None or merge.right == merge.left)


def is_label(text: str) -> bool:
    """Whether a text labels a row of totals, the country, a signature or a note."""
    straight = unmixed(folded(text))
    return any(vocabulary().is_row(kind, straight) for kind in ("total", "country", "ends"))


def _merge_at(sheet: Sheet, row: int, column: int) -> Merge | None:
    return next((m for m in sheet.merges if m.top <= row <= m.bottom and m.left <= column <= m.right), None)


def _levels(sheet: Sheet, rows: tuple[int, ...]) -> dict[int, tuple[Level, ...]]:
    width = max((len(sheet.grid[row - 1]) for row in rows), default=0)
    carried = not any(m.top in rows and m.right > m.left for m in sheet.merges)
    levels: dict[int, list[Level]] = {column: [] for column in range(1, width + 1)}
    for row in rows:
        last: Level | None = None
        for column in range(1, width + 1):
            merge = _merge_at(sheet, row, column)
            at = (merge.top, merge.left) if merge else (row, column)
            text = text_of(sheet.value(*at))
            if text:
                last = Level(text, *at)
                if last not in levels[column]:
                    levels[column].append(last)
            elif carried and row != rows[-1] and last and sheet.value(rows[-1], column) is not None and not levels[column]:
                levels[column].append(last)
    return {column: tuple(listed) for column, listed in levels.items()}
