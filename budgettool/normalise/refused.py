"""Rows and figures that contradict the table they stand in are held back before anything is made of them.

A line of a csv with more fields than its header (a comma of decimals parted a figure), two columns that name two regions,
and an amount merged over the rows of two regions: each could be read, and each would be read wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgettool.classification import Register
from budgettool.findings import Finding, Place
from budgettool.normalise.keys import Cells, Keys, text_of
from budgettool.normalise.reading import Held
from budgettool.normalise.work import Work
from budgettool.read.sheet import address
from budgettool.recognise.layout import Column, Row, RowKind, Table


def hold_rows(table: Table, keys: Keys, place: Place, register: Register) -> None:
    """Hold back the lines that are longer than their header, and the rows whose columns name two regions."""
    data = [row for row in table.rows if row.kind is RowKind.DATA]
    if table.sheet.delimited:
        last = max((column for header in table.header_rows for column, _ in table.sheet.filled(header)), default=0)
        for row in data:
            beyond = [column for column, _ in table.sheet.filled(row.number) if column > last]
            if beyond:
                cell = address(row.number, beyond[0])
                keys.hold(row.number, "line-too-long", cell, replace(place, cell=str(row.number)), fields=last, number=beyond[-1])
    columns = [column for column in table.columns if column.field in ("region", "kato")]
    if len(columns) > 1:
        _hold_two_regions(table, (data, columns), keys, (place, register))


def _hold_two_regions(table: Table, of: tuple[Sequence[Row], Sequence[Column]], keys: Keys, given: tuple[Place, Register]) -> None:
    (data, columns), (place, register) = of, given
    cells = Cells(table.sheet)
    for row in data:
        texts = {column: text for column in columns if (text := text_of(cells.value(row.number, column.index)))}
        named = {match.named: text for text in texts.values() if (match := register.resolve(text)).verdict in ("exact", "successor", "not-in-period")}
        if len(named) > 1 and not any(set(named) <= set(register.lineage(name)) for name in named if name):
            cell = address(row.number, columns[0].index)
            candidates = tuple(sorted((name for name in named if name), key=register.order))
            keys.hold(row.number, "region-ambiguous", cell, replace(place, cell=cell), text=" / ".join(named.values()), candidates=candidates)


def hold_merged(work: Work) -> None:
    """Hold back an amount that is merged over rows of several regions; over the rows of one region it is that of the region, not of the first row."""
    named = {row.number for row in work.table.rows if row.kind not in (RowKind.HEADER, RowKind.NUMBERS)}  # a row whose cell is merged away has no figure
    region = work.table.column("region") or work.table.column("kato")
    for merge in work.table.sheet.merges:
        rows = [row for row in range(merge.top, min(merge.bottom, len(work.table.sheet.grid)) + 1) if row in named]
        if len(rows) < 2:
            continue
        texts = {text for row in rows if region and (text := text_of(work.cells.value(row, region.index)))}
        for column, figures in work.columns:
            if merge.left <= column.index <= merge.right and merge.top in figures.figures:
                if len(texts) > 1:
                    cell = address(merge.top, column.index)
                    del figures.figures[merge.top]
                    figures.held.append(Held(merge.top, cell, "figure-over-rows", (cell,)))
                    figures.findings.append(Finding("figure-over-rows", (replace(work.place, cell=cell),), facts=(("names", tuple(sorted(texts))),)))
                else:
                    work.shared.add((merge.top, column.index))
