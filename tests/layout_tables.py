"""A table of a made workbook: rows by columns with its header, numbers and totals, and the lines around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import layout_words as words
from budgettool.read.sheet import Merge
from layout_kit import Key, Maker, Page


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a table: its labels or heading levels, and what it fixes."""

    texts: tuple[object, ...]
    key: Key


@dataclass(frozen=True, slots=True)
class Plot:
    """Where a table goes: its page, its first row and column, the heads of its label columns, what is fixed for all of it."""

    page: Page
    top: int
    left: int
    heads: tuple[str, ...]
    fixed: Key = field(default_factory=Key)
    label: int = 0

    def column(self, index: int) -> object:
        """What names a column among those of all tables."""
        return self.page.name, self.top, self.left, index


def write_table(maker: Maker, plot: Plot, rows: Sequence[Line], columns: Sequence[Line]) -> int:
    """Write a table with its header and totals; returns its last row."""
    depth = max(len(column.texts) for column in columns)
    first = plot.left + len(plot.heads) + (1 if maker.has("number") else 0)
    _write_header(maker, plot, columns, depth, first)
    row = plot.top + depth
    if maker.has("numbers"):
        for index in range(plot.left, first + len(columns)):
            plot.page.put(row, index, index - plot.left + 1)
        row += 1
    late = row if maker.plan.totals == "first" else None
    row += late is not None
    for number, line in enumerate(rows):
        if maker.has("again") and number == len(rows) // 2 and number:
            row = _copied_header(plot, depth, row)
        if maker.has("blank-row") and number == 1:
            row += 1
        _write_line(maker, plot, line, columns, (row, first, number + 1))
        row += 1
    if maker.plan.totals in ("last", "country"):
        late, row = row, row + 1
    if late is not None:
        _write_total(maker, plot, rows, columns, (late, first))
    return row - 1


def _copied_header(plot: Plot, depth: int, row: int) -> int:
    """The header printed again at a row; returns the row below it."""
    cells = {at: value for at, value in plot.page.cells.items() if plot.top <= at[0] < plot.top + depth and at[1] >= plot.left}
    merges = [m for m in plot.page.merges if plot.top <= m.top < plot.top + depth and m.left >= plot.left]
    for (at, column), value in cells.items():
        plot.page.put(row + at - plot.top, column, value)
    plot.page.merges += [Merge(m.top + row - plot.top, m.left, m.bottom + row - plot.top, m.right) for m in merges]
    return row + depth


def _write_header(maker: Maker, plot: Plot, columns: Sequence[Line], depth: int, first: int) -> None:
    heads = [*([maker.word(words.LABELS["number"])] if maker.has("number") else []), *plot.heads]
    for offset, head in enumerate(heads):
        _write_head(maker, plot, plot.left + offset, (head,), depth)
    for offset, column in enumerate(columns):
        _write_head(maker, plot, first + offset, column.texts, depth)
    if depth > 1 and maker.plan.header != "repeated":
        _join_equal(maker, plot, columns, depth, first)


def _write_head(maker: Maker, plot: Plot, column: int, texts: Sequence[object], depth: int) -> None:
    for level, text in enumerate(texts):
        plot.page.put(plot.top + level, column, text)
    if len(texts) < depth and maker.plan.header == "merged":
        plot.page.merges.append(Merge(plot.top + len(texts) - 1, column, plot.top + depth - 1, column))


def _join_equal(maker: Maker, plot: Plot, columns: Sequence[Line], depth: int, first: int) -> None:
    """Equal neighbours of a heading's upper levels become one cell, or only the first is kept."""
    for level in range(depth - 1):
        start = 0
        while start < len(columns):
            group = columns[start].texts[: level + 1]
            end = start
            while end + 1 < len(columns) and len(group) == level + 1 < len(columns[start].texts) and columns[end + 1].texts[: level + 1] == group:
                end += 1
            for offset in range(start + 1, end + 1):
                plot.page.cells.pop((plot.top + level, first + offset), None)
            if end > start and maker.plan.header == "merged":
                plot.page.merges.append(Merge(plot.top + level, first + start, plot.top + level, first + end))
            start = end + 1


def _write_line(maker: Maker, plot: Plot, line: Line, columns: Sequence[Line], at: tuple[int, int, int]) -> None:
    row, first, number = at
    if maker.has("number"):
        plot.page.put(row, plot.left, number)
    for offset, text in enumerate(line.texts):
        plot.page.put(row, first - len(plot.heads) + offset, text)
    for offset, column in enumerate(columns):
        key = line.key.with_(column.key).with_(plot.fixed)
        if key.quantity is None:
            plot.page.put(row, first + offset, _beside(maker, column))
        else:
            plot.page.put(row, first + offset, maker.figure(key, plot.column(first + offset)))


def _beside(maker: Maker, column: Line) -> object:
    """What stands in a column that is no figure: a percentage, a balance, a reason."""
    text = column.texts[-1]
    if text in _texts_of("percent"):
        return Decimal(maker.random.randint(500, 999)) / 10
    if text in _texts_of("balance"):
        return Decimal(maker.random.randint(0, 9999))
    return words.REASONS[maker.language] if maker.random.random() < 0.3 else None


def _texts_of(label: str) -> set[str]:
    return {text for listed in words.LABELS[label].values() for text in listed}


def _write_total(maker: Maker, plot: Plot, rows: Sequence[Line], columns: Sequence[Line], at: tuple[int, int]) -> None:
    row, first = at
    label = words.COUNTRY[maker.language] if maker.plan.totals == "country" else maker.word(words.TOTALS)
    plot.page.put(row, first - len(plot.heads) + plot.label, label)
    for offset, column in enumerate(columns):
        keys = [line.key.with_(column.key).with_(plot.fixed) for line in rows]
        if all(key.quantity is not None for key in keys):
            plot.page.put(row, first + offset, maker.total(keys, plot.column(first + offset)))


# ---- lines around a table


def write_title(maker: Maker, page: Page, row: int, lines: Sequence[str], width: int) -> int:
    """Title lines, the unit where the plan wants it there; returns the first free row."""
    left = 1
    if maker.has("order"):
        page.put(row, width, words.ORDER[maker.language])
        row += 1
    for number, line in enumerate(lines):
        with_unit = maker.plan.unit_at == "title" or (maker.plan.unit_at == "headings" and maker.plan.layout == "months-across")
        unit = f" ({maker.unit()})" if with_unit and number == len(lines) - 1 else ""
        page.put(row, left, line + unit)
        if maker.plan.header == "merged" and width > 1:
            page.merges.append(Merge(row, left, row, width))
        row += 1
    if maker.plan.unit_at == "corner":
        page.put(row, width, maker.unit())
        row += 1
    return row


def write_foot(maker: Maker, page: Page) -> None:
    row = page.bottom + 1
    if maker.has("remark"):
        page.put(row, 1, words.REMARK[maker.language])
        row += 1
    if maker.has("signed"):
        page.put(row + 1, 1, words.SIGNED[maker.language])
