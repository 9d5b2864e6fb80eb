"""Two columns that come to the same figure once their period is known: `Оплачено` and `Оплачено за отчетный месяц` under a title of one month.

Equal in every row, they say one thing twice and are read once; otherwise neither is read, for added together they would count the money twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from budgettool.findings import Finding
from budgettool.normalise.figures import ColumnFigures
from budgettool.normalise.keys import RowPeriod
from budgettool.normalise.reading import Held
from budgettool.normalise.work import Work
from budgettool.read.sheet import address
from budgettool.recognise.layout import Column


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure before its region is known: which row and column, for which period."""

    row: int
    column: Column
    figures: ColumnFigures
    period: RowPeriod

    @property
    def said(self) -> tuple[object, ...]:
        """What tells the figures of one row apart."""
        about = (self.column.measure, self.column.version, self.column.category, self.column.region, self.column.programme)
        return (*about, self.figures.unit.code, self.period.period, bool(self.period.cumulative))


def without_doubles(work: Work, by_row: Mapping[int, Sequence[Spot]]) -> dict[int, list[Spot]]:
    """The spots of each row, those of columns that state the same once or not at all, which is said."""
    groups: dict[tuple[int, ...], list[Sequence[Spot]]] = {}
    for spots in by_row.values():
        for same in _same(spots):
            groups.setdefault(tuple(spot.column.index for spot in same), []).append(same)
    dropped: set[tuple[int, int]] = set()
    for indexes, rows in sorted(groups.items()):
        equal = all(len({spot.figures.figures[spot.row].value for spot in same}) == 1 for same in rows)
        dropped |= {(spot.row, spot.column.index) for same in rows for spot in (same[1:] if equal else same)}
        _say(work, indexes, rows, equal=equal)
    return {row: [spot for spot in spots if (spot.row, spot.column.index) not in dropped] for row, spots in by_row.items()}


def _same(spots: Iterable[Spot]) -> list[list[Spot]]:
    said: dict[tuple[object, ...], list[Spot]] = {}
    for spot in spots:
        said.setdefault(spot.said, []).append(spot)
    return [same for same in said.values() if len(same) > 1]


def _say(work: Work, indexes: tuple[int, ...], rows: Sequence[Sequence[Spot]], *, equal: bool) -> None:
    code = "column-repeats" if equal else "ambiguous-column"
    columns = [column for column, _ in work.columns if column.index in indexes]
    at = tuple(replace(work.place, cell=column.letters) for column in columns)
    facts = (("measure", columns[0].measure or ""), ("headers", tuple(column.header for column in columns)))
    work.findings.append(Finding(code, at, facts=facts))
    for same in rows:
        cells = [address(spot.row, spot.column.index) for spot in same]
        work.held += [Held(same[0].row, cell, code, (cell,)) for cell in (cells[1:] if equal else cells)]
