"""A page as text for the terminal: aligned tables, numbers at the right, a legend below, then what was found."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from budgettool.formats import Kind, Lines, Table, fitted, on_one_line, printed

HEADING = 16
"""So many letters of a heading stand on one line."""

if TYPE_CHECKING:
    from budgettool.formats import Page
    from budgettool.wording import Wording


def render(page: Page, words: Wording, encoding: str) -> str:
    """Every block of the page, a blank line between them."""
    blocks = [_table(block, words) if isinstance(block, Table) else _lines(block) for block in (*page.blocks, *page.remarks)]
    return fitted("\n\n".join(block for block in blocks if block) + "\n", encoding)


def _table(table: Table, words: Wording) -> str:
    """A title, the rows, a rule above the total, and the notes."""
    from tabulate import tabulate

    head = [_wrapped(column.heading) for column in table.columns]
    rows = [[printed(cell, column, words) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows]
    align = ["left" if column.kind is Kind.TEXT else "right" for column in table.columns]
    # headings go in as a row: as headers they would widen every column
    text = tabulate([head, *rows], tablefmt="plain", disable_numparse=True, colalign=align)
    lines = [line.rstrip() for line in text.splitlines()]
    rule = "─" * max(map(len, lines))
    lines.insert(max(heading.count("\n") for heading in head) + 1, rule)
    if table.total:
        lines.insert(len(lines) - 1, rule)
    title = [on_one_line(table.title), ""] if table.title else []
    return "\n".join([*title, *lines, *table.notes])


def _wrapped(heading: str) -> str:
    """A long heading over several lines, so that columns stay as narrow as their figures."""
    return "\n".join(wrap(on_one_line(heading), HEADING, break_long_words=False)) or heading


def _lines(block: Lines) -> str:
    title = [block.title] if block.title else []
    return "\n".join([*title, *block.lines])
