"""Where the table of a form stands on a sheet: its header rows, and the columns that its keys name.

    "Исполнение / с начала года"  ->  rows 7-8, column F

The headers that a form names are looked for: first where the vocabulary sees a header, then in every few rows.
What is not there is named, never replaced by something near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from budgettool.read.sheet import Sheet
from budgettool.recognise.form import FormColumn, FormTable
from budgettool.recognise.header import MOST_LEVELS, HeaderBlock, block_of, find_headers, text_of, widened
from budgettool.recognise.patterns import compared, loosely, pattern

_SEARCHED = 2000
"""So many rows from the top are searched for a header that the vocabulary does not see."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place where a form's table stands: its header, the columns of each key, the rows between its title and its end."""

    block: HeaderBlock
    columns: tuple[tuple[FormColumn, tuple[int, ...]], ...]
    missing: tuple[str, ...] = ()


def spots(sheet: Sheet, table: FormTable, taken: Iterable[int] = ()) -> tuple[list[Spot], tuple[str, ...]]:
    """Each place of a table on a sheet, from the top, and what is missing where there is none; `taken` are header rows of other tables."""
    first = _first(sheet, table, frozenset(taken))
    if first.missing:
        return [], first.missing
    again = [] if table.header or not first.block.rows else list(_again(sheet, first))
    return [first, *again], ()


def _first(sheet: Sheet, table: FormTable, taken: frozenset[int]) -> Spot:
    if table.header:
        return _spot(sheet, block_of(sheet, table.header), table)
    if all(column.first is not None or column.optional for column in table.columns):
        return _spot(sheet, HeaderBlock((), {}), table)
    best = Spot(HeaderBlock((), {}), (), tuple(column.key for column in table.columns if column.first is None and not column.optional))
    for block in _candidates(sheet, table):
        if taken.isdisjoint(block.rows):
            spot = _spot(sheet, block, table)
            if not spot.missing:
                return spot
            best = min(spot, best, key=lambda one: len(one.missing))
    return best


def _candidates(sheet: Sheet, table: FormTable) -> Iterator[HeaderBlock]:
    """Headers as the vocabulary sees them, then every one to four rows of which the last holds a text that the form names."""
    yield from find_headers(sheet)
    wanted = [pattern(lowest(column.key), loose=True) for column in table.columns if column.first is None]
    for row in range(1, min(len(sheet.grid), _SEARCHED) + 1):
        texts = [loosely(text) for _, value in sheet.filled(row) if (text := text_of(value))]
        if any(one.fullmatch(text) for one in wanted for text in texts):
            for depth in range(1, min(row, MOST_LEVELS) + 1):
                rows = tuple(range(row - depth + 1, row + 1))
                if not _spot(sheet, block_of(sheet, rows), table).missing:
                    rows = widened(sheet, rows)
                yield block_of(sheet, rows)


def lowest(key: str) -> str:
    """The last level of each alternative of a key."""
    return "|".join(one.rpartition(" / ")[2] for one in key.split("|"))


def _spot(sheet: Sheet, block: HeaderBlock, table: FormTable) -> Spot:
    """The columns of each key under this header. A text that is there twice is missing as long as it is not told apart; so are letters
    beyond the sheet's last column, which may have been meant for a heading.
    """
    texts = texts_of(block)
    width = max(map(len, sheet.grid), default=0)
    found: list[tuple[FormColumn, tuple[int, ...]]] = []
    missing: list[str] = []
    for column in table.columns:
        columns, said = columns_of(column, texts)
        said = column.key if not said and columns and columns[-1] > width else said
        found.append((column, columns))
        missing += [said] if said and not column.optional else []
    missing += [said for column, _ in table.only if (said := columns_of(column, texts)[1])]
    return Spot(block, tuple(found), tuple(missing))


Texts: TypeAlias = Mapping[int, tuple[str, ...]]
"""By column, its header in each form in which it is compared: whole and lowest level, as it stands and without footnote marks."""


def texts_of(block: HeaderBlock) -> Texts:
    """The headers of a block, to be compared with the keys of a form."""
    told = {index: [level.text for level in levels] for index, levels in block.levels.items() if levels}
    return {
        index: tuple(form(text) for form in (compared, loosely) for text in (" / ".join(texts), texts[-1])) for index, texts in told.items()
    }


def columns_of(column: FormColumn, texts: Texts) -> tuple[tuple[int, ...], str]:
    """The columns that a key names, and what is to be said where it names none, or several without `*`."""
    if column.first is not None:
        return tuple(range(column.first, (column.last or column.first) + 1)), ""
    for way in range(4):
        wanted = pattern(column.key, loose=way >= 2)
        found = [index for index, told in texts.items() if wanted.fullmatch(told[way])]
        if len(found) > 1 and "*" not in column.key:
            return (), f"{column.key} (×{len(found)})"
        if found:
            return tuple(found), ""
    return (), column.key


def _again(sheet: Sheet, first: Spot) -> Iterator[Spot]:
    """The same header further down, with a title above it: another table. One that only goes on after a page has none."""
    heads = _heads(first.block)
    known = {text for texts in heads.values() for text in texts}
    height = len(first.block.rows)
    row = first.block.rows[-1] + 1
    while row + height - 1 <= len(sheet.grid):
        texts = [text_of(value) for _, value in sheet.filled(row)]
        if len(texts) >= min(2, len(heads)) and known.issuperset(texts):
            block = block_of(sheet, tuple(range(row, row + height)))
            if _heads(block) == heads:
                if _titled(sheet, row):
                    yield Spot(block, first.columns)
                row = block.rows[-1]
        row += 1


def _heads(block: HeaderBlock) -> dict[int, tuple[str, ...]]:
    """The texts of each column, those that only repeat the one above them once: merged or not, a header is the same."""
    return {index: tuple(dict.fromkeys(level.text for level in levels)) for index, levels in block.levels.items() if levels}


def _titled(sheet: Sheet, row: int) -> bool:
    """Whether the nearest filled row above holds one text alone: the title of what follows."""
    above: Sequence[object] = next((cells for n in range(row - 1, 0, -1) if (cells := [value for _, value in sheet.filled(n)])), [])
    return len(above) == 1 and isinstance(above[0], str)
