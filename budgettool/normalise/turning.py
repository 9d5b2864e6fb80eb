"""What was read of a turned table gets the addresses of the sheet back: cell C2 of the view is B3, its row 17 column Q.

Entries, totals and what was held back name cells, and some name a row or a column of the view; measures stand in rows
now, so `columns` of the answer names rows, and the header is the rows in which regions and periods stand.
"""

from __future__ import annotations

import re
from dataclasses import replace

from budgettool.findings import Finding
from budgettool.normalise.reading import Control, Held, TableReading
from budgettool.recognise.layout import Table
from budgettool.recognise.turned import back, turned_back

_KEYS = frozenset({"region", "kato", "period", "date"})
_ROW = re.compile(r"\D*(\d+)")


def turn_back(reading: TableReading, findings: list[Finding], table: Table) -> tuple[TableReading, list[Finding]]:
    """The reading of a turned table and what was found in it, at the places of the sheet."""
    entries = (replace(entry, cell=back(entry.cell), row=_row(back(entry.cell))) for entry in reading.entries)
    turned = replace(
        reading,
        range=back(reading.range),
        header_rows=tuple(sorted(column.index for column in table.columns if column.field in _KEYS)),
        columns=tuple(replace(column, column=back(column.column)) for column in reading.columns),
        entries=tuple(sorted(entries, key=lambda entry: (entry.row, len(entry.cell), entry.cell))),
        totals=tuple(replace(total, cell=back(total.cell)) for total in reading.totals),
        quarantined=tuple(sorted((_held(held) for held in reading.quarantined), key=lambda held: (held.row, held.cell or ""))),
        control=_control(reading.control),
    )
    return turned, turned_back(findings, reading.sheet)


def _row(cell: str) -> int:
    match = _ROW.fullmatch(cell)
    return int(match[1]) if match else 0


def _held(held: Held) -> Held:
    """A cell held back; a row of the view is a column, named by its letters, in the row of the key that could not be read."""
    cells = tuple(back(cell) for cell in held.cells)
    if held.cell is not None:
        return replace(held, row=_row(back(held.cell)), cell=back(held.cell), cells=cells)
    return replace(held, row=next((_row(cell) for cell in cells if _row(cell)), 0), cell=back(str(held.row)), cells=cells)


def _control(control: Control) -> Control:
    return replace(control, columns=tuple(replace(column, column=back(column.column)) for column in control.columns))
