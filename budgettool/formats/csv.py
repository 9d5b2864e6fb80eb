"""A page as csv: one table of it, with keys for headings and exact figures, safe to open in a spreadsheet.

A text that a spreadsheet would run as a formula gets an apostrophe in front, unless it is a number:
`=1+2` becomes `'=1+2`, `-35.00` stays.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from budgettool.formats import Cell, Column, Kind, fitted

if TYPE_CHECKING:
    from budgettool.formats import Page
    from budgettool.wording import Wording

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def render(page: Page, words: Wording, encoding: str) -> str:
    """The rows that the page names for csv; nothing where it has none."""
    table = page.rows_of_csv
    if table is None:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.key for column in table.columns)
    for row in table.rows:
        writer.writerow(field(cell, column) for cell, column in zip(row, table.columns, strict=True))
    return fitted(out.getvalue(), encoding)


def field(cell: Cell, column: Column) -> str:
    """A cell as csv holds it: a point before decimals, no thousands apart, empty where there is no figure."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        safe = f"'{cell}" if cell.startswith(_RISKY) and not _NUMBER.fullmatch(cell) else cell
        return safe.replace("\r\n", "\n").replace("\r", "\n")  # a lone \r would not be quoted
    if column.kind is Kind.MONEY:
        return f"{Decimal(cell):.2f}"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
