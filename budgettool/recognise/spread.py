"""The cells of header rows become the texts over each column: own ones, merged ones, and those written once for several columns.

    2018 год |      | 2019 год |            B: 2018 год / План     C: 2018 год / Факт
    План     | Факт | План     | Факт       D: 2019 год / План     E: 2019 год / Факт

A group's text may be merged over its columns, stand over the first of them, or be set over their middle by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from budgettool.read.sheet import Merge, Sheet, Value
from budgettool.recognise.vocabulary import folded

YEAR = re.compile(r"\s*((?:19|20)\d\d)(?:\.0)?\s*(?:(?:\*+|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+|\d?\))\s*)*")
"""A year alone, with or without a footnote's mark."""
_WIDEST = 1000
"""A merged title may reach to the sheet's last column; no table is so wide."""


@dataclass(frozen=True, slots=True)
class Level:
    """One header text of a column; `row` and `column` are those of the cell that holds it (the first of a merged range)."""

    text: str
    row: int
    column: int


def levels_of(sheet: Sheet, rows: Sequence[int]) -> dict[int, tuple[Level, ...]]:
    """The texts over each column of these header rows, from top to bottom."""
    merges = [m for m in sheet.merges if m.top <= rows[-1] and m.bottom >= rows[0]]
    widths = [len(sheet.grid[row - 1]) for row in rows if row <= len(sheet.grid)]
    width = max([*widths, *(min(m.right, _WIDEST) for m in merges)], default=0)
    own = [_own(sheet, row, width, merges) for row in rows]
    levels: dict[int, list[Level]] = {column: [] for column in range(1, width + 1)}
    for position in range(len(rows)):
        for column, level in _spread(own, position, levels, merges).items():
            if level not in levels[column]:
                levels[column].append(level)
    return {column: tuple(listed) for column, listed in levels.items()}


def text_of(value: Value) -> str:
    """A header cell as text: a year stored as a number is that year, and one with a footnote's mark is too."""
    if isinstance(value, str):
        year = YEAR.fullmatch(value) if len(value) < 20 and ("19" in value or "20" in value) else None
        return year[1] if year else value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(int(value)) if float(value).is_integer() else str(value)
    return str(value) if hasattr(value, "isoformat") else ""


def merge_at(sheet: Sheet, row: int, column: int) -> Merge | None:
    """The merged range that holds a cell."""
    return next((m for m in sheet.merges if m.top <= row <= m.bottom and m.left <= column <= m.right), None)


_WIDEST, _LARGEST_GROUP = 500, 60
"""A header is looked through for repetitions so far, and for groups of so many columns: the work grows with both."""


def repeated(cells: Sequence[tuple[int, str]]) -> list[list[int]]:
    """The runs of columns of a header row that say the same again: План Факт | План Факт; columns before and behind may stand apart."""
    best: list[list[int]] = []
    columns, texts = [column for column, _ in cells[:_WIDEST]], [text for _, text in cells[:_WIDEST]]
    for start in range(len(texts) - 1):
        for size in range(1, min((len(texts) - start) // 2, _LARGEST_GROUP) + 1):
            one = texts[start : start + size]
            count = 1
            while texts[start + count * size : start + (count + 1) * size] == one:
                count += 1
            if count >= 2 and len(set(one)) == size and count * size > sum(map(len, best)):
                best = [columns[start + n * size : start + (n + 1) * size] for n in range(count)]
    return best


def _own(sheet: Sheet, row: int, width: int, merges: Sequence[Merge]) -> dict[int, Level]:
    """The texts of one header row by column, merged cells filled."""
    here = [m for m in merges if m.top <= row <= m.bottom]
    found: dict[int, Level] = {}
    for column in range(1, width + 1):
        merge = next((m for m in here if m.left <= column <= m.right), None)
        at = (merge.top, merge.left) if merge else (row, column)
        if text := _header_text(sheet, *at):
            found[column] = Level(text, *at)
    return found


def _header_text(sheet: Sheet, row: int, column: int) -> str:
    """The text of a header cell; a date that is shown without its day, or is the last of a month, is that month."""
    value = sheet.value(row, column)
    if isinstance(value, date):
        shown = sheet.formats.get((row, column), "").lower()
        if ("y" in shown and "d" not in shown) or (value + timedelta(days=1)).day == 1:
            return f"{value.year}-{value.month:02d}"
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    return text_of(value)


def _spread(
    own: Sequence[Mapping[int, Level]], position: int, above: Mapping[int, Sequence[Level]], merges: Sequence[Merge]
) -> Mapping[int, Level]:
    """The texts of one header row, each over all columns of its group."""
    texts, below = own[position], own[position + 1 :]
    if not texts or not below:
        return texts
    runs = repeated([(column, folded(level.text)) for column, level in sorted(below[0].items())])
    return _over_runs(texts, runs) or _to_the_right(texts, below, above, merges)


def _over_runs(texts: Mapping[int, Level], runs: Sequence[Sequence[int]]) -> dict[int, Level]:
    """Texts that stand over equal runs of columns, one over each and not all over its first: each over the whole of its run."""
    over = [{texts[column] for column in texts if run[0] <= column <= run[-1]} for run in runs]
    if sum(map(bool, over)) < 2 or any(len(found) > 1 for found in over):
        return {}
    if all(found == {texts.get(run[0])} for found, run in zip(over, runs, strict=True)):
        return {}
    spread = {column: found for run, one in zip(runs, over, strict=True) for column in run for found in one}
    return {**texts, **spread}


def _to_the_right(
    texts: Mapping[int, Level], below: Sequence[Mapping[int, Level]], above: Mapping[int, Sequence[Level]], merges: Sequence[Merge]
) -> dict[int, Level]:
    """Texts that are written once and divided below, over the columns right of them up to the next text of their row or of a row above."""
    spread = dict(texts)
    last = 0
    for column in sorted(above):
        if column in texts:
            last = column
        elif last and _is_divided(texts[last], last, below, merges) and any(column in row for row in below) and list(above[column]) == list(above[last]):
            spread[column] = texts[last]
    return spread


def _is_divided(level: Level, column: int, below: Sequence[Mapping[int, Level]], merges: Sequence[Merge]) -> bool:
    """Whether other texts stand below one that is not merged."""
    merged = any((m.top, m.left) == (level.row, level.column) for m in merges)
    return not merged and any(column in row and row[column] != level for row in below)
