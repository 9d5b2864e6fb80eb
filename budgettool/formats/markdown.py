"""A page as Markdown: what the terminal shows, to paste into a letter, an issue or a wiki."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from budgettool.formats import Kind, Lines, Table, fitted, on_one_line, printed

if TYPE_CHECKING:
    from budgettool.formats import Page
    from budgettool.wording import Wording

_MARKS = re.compile(r"([\\`*_\[\]<>|#])")


def render(page: Page, words: Wording, encoding: str) -> str:
    """Every block of the page, a blank line between them."""
    blocks = [_table(block, words) if isinstance(block, Table) else _lines(block) for block in (*page.blocks, *page.remarks)]
    return fitted("\n\n".join(block for block in blocks if block) + "\n", encoding)


def _table(table: Table, words: Wording) -> str:
    head = _row([escaped(column.heading) for column in table.columns])
    rule = _row(["---" if column.kind is Kind.TEXT else "---:" for column in table.columns])
    rows = []
    for index, row in enumerate(table.rows):
        cells = [escaped(printed(cell, column, words)) for cell, column in zip(row, table.columns, strict=True)]
        last = table.total and index == len(table.rows) - 1
        rows.append(_row([f"**{cell}**" if cell and last else cell for cell in cells]))
    title = [f"### {escaped(table.title)}", ""] if table.title else []
    notes = ["", *(f"- {escaped(note)}" for note in table.notes if note)] if table.notes else []
    return "\n".join([*title, head, rule, *rows, *notes])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _lines(block: Lines) -> str:
    """Lines as a list; a line that begins with white space goes one level down."""
    title = [f"### {escaped(block.title)}", ""] if block.title else []
    items = [f"{'  ' if line.startswith(' ') else ''}- {escaped(line.strip())}" for line in block.lines if line.strip()]
    return "\n".join([*title, *items])


def escaped(text: str) -> str:
    """A text in which Markdown finds no marks of its own."""
    return _MARKS.sub(r"\\\1", on_one_line(text))
