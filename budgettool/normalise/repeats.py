"""Lists in which a row repeats the rows below it and nothing but its figures says so.

    Содержание центра   1 250,4
    Аренда                400,1
    Зарплата              850,3
    Итого               1 250,4       the total proves that the first row is the sum of the others

A printed total decides; where there is none, the rows stay figures of their own and the doubt is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from budgettool.findings import Finding
from budgettool.normalise.parts import digits
from budgettool.normalise.standing import Standing, Standings
from budgettool.normalise.totals import SUMS
from budgettool.normalise.work import Work
from budgettool.recognise.layout import Row, RowKind

_TELLING = 4
"""So many printed digits must meet, and one more for every tenfold of the rows: in a long list some rows add up by chance."""


def repeats(work: Work, stood: Standings) -> None:
    """Make rows that repeat the figure of a row above them its breakdown, where a total of the table proves it; else say that they may."""
    if work.table.column("provider") or work.table.column("contract"):
        return
    totals = [row.number for row in work.table.rows if row.kind in SUMS]
    for block in _blocks(work, stood):
        found = list(_sums(block, work))
        if not found:
            continue
        parts = {row.number for _, below in found for row in below}
        proven = _is_proven([row.number for row in block], parts, totals, work)
        if proven:
            for whole, below in found:
                _break_down(whole, below, stood)
        elif proven is None:
            at = tuple(replace(work.place, cell=str(whole.number)) for whole, _ in found)
            work.findings.append(Finding("rows-may-repeat", at, facts=(("names", tuple(whole.label for whole, _ in found)),), count=len(at)))


def _blocks(work: Work, stood: Standings) -> Iterator[list[Row]]:
    """Rows that follow each other, are named, and are about nothing that tells them apart but that name."""

    def about(row: Row) -> object:
        standing = stood.rows.get(row.number, Standing())
        period = work.keys.periods.get(row.number)
        return (replace(standing, carried=False), period and period.period) if row.label and stood.is_plain(row.number) else row.number

    rows = (row for row in work.table.rows if row.kind is RowKind.DATA and row.number not in stood.unknown and row.number not in stood.unclear)
    for _, block in groupby(rows, about):
        listed = list(block)
        if len(listed) > 2:
            yield listed


def _sums(block: Sequence[Row], work: Work) -> Iterator[tuple[Row, Sequence[Row]]]:
    """Each row that at least two rows directly below it add up to, exactly and in every column, and those rows."""
    columns = [column for _, column in work.columns]
    values = [tuple(column.figures[row.number].value if row.number in column.figures else Decimal(0) for column in columns) for row in block]
    before = [tuple(Decimal(0) for _ in columns)]
    for own in values:
        before.append(_added(before[-1], own))
    ends: dict[tuple[Decimal, ...], list[int]] = {}
    for index, total in enumerate(before):
        ends.setdefault(total, []).append(index)
    needed = _TELLING + len(str(len(block))) - 1
    at = 0
    while at < len(block):
        wanted = _added(before[at + 1], values[at])
        end = next((index for index in ends.get(wanted, ()) if index >= at + 3), None)
        if end is not None and sum(digits(column, block[at].number) for column in columns) >= needed:
            yield block[at], block[at + 1 : end]
            at = end
        else:
            at += 1


def _added(one: Iterable[Decimal], other: Iterable[Decimal]) -> tuple[Decimal, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _is_proven(block: Sequence[int], parts: set[int], totals: Sequence[int], work: Work) -> bool | None:
    """Whether a total is what the block adds up to without its parts (True) or with them (False); None where no total says."""
    without = [number for number in block if number not in parts]
    for total in totals:
        if _meets(total, block, work):
            return False
        if _meets(total, without, work):
            return True
    return None


def _meets(total: int, rows: Sequence[int], work: Work) -> bool:
    printed = [column for _, column in work.columns if total in column.figures]
    return bool(printed) and all(
        abs(column.figures[total].value - sum((column.figures[row].value for row in rows if row in column.figures), Decimal(0)))
        <= work.tolerance(column, len(rows))
        for column in printed
    )


def _break_down(whole: Row, below: Iterable[Row], stood: Standings) -> None:
    standing = stood.rows.get(whole.number, Standing())
    for row in below:
        stood.rows[row.number] = replace(standing, category=f"item={row.label}", whole=whole.number)
        stood.under[row.number] = whole.number
        stood.ways[row.number] = "other"
