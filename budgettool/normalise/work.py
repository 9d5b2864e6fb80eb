"""One table in the making: what is needed to read it, and what has come of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from budgettool.classification import Register
from budgettool.findings import Finding, Place
from budgettool.normalise.figures import ColumnFigures
from budgettool.normalise.keys import Cells, Keys
from budgettool.normalise.reading import Held, Total
from budgettool.normalise.totals import tolerance
from budgettool.recognise.layout import Column, Hints, Table
from budgettool.terms import Entry


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed beside the table itself: the file's name, what the user said, and the register of regions."""

    file: str
    hints: Hints
    register: Register


@dataclass(slots=True)
class Work:
    """One table in the making; `shared` are figures merged over several rows of one region, which are of that region as a whole."""

    table: Table
    place: Place
    cells: Cells
    columns: list[tuple[Column, ColumnFigures]] = field(default_factory=list)
    keys: Keys = field(default_factory=Keys)
    entries: list[Entry] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    shared: set[tuple[int, int]] = field(default_factory=set)
    resolutions: dict[int, Decimal] = field(default_factory=dict)
    told: set[tuple[str, tuple[Place, ...]]] = field(default_factory=set)

    def resolution(self, column: ColumnFigures) -> Decimal:
        """How finely a column is stated, found once."""
        if column.index not in self.resolutions:
            self.resolutions[column.index] = column.resolution
        return self.resolutions[column.index]

    def tolerance(self, column: ColumnFigures, figures: int) -> Decimal:
        """What rounding explains for a sum of so many figures of a column."""
        return tolerance(self.resolution(column), figures, column.measure)

    def has_figures(self, row: int) -> bool:
        """Whether a row holds figures, read or held back."""
        return any(row in column.figures or any(held.row == row for held in column.held) for _, column in self.columns)
