"""The layout of a table: what stands where, before any figure is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from budgettool.period import Period
from budgettool.period.written import Written
from budgettool.read.sheet import Sheet, letters
from budgettool.terms import MEASURES, Kind, Unit


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user said beside the file; each beats what the file says and is None where nothing was said.

    `measure` may carry a version (`recipients.planned`).
    """

    region: str | None = None
    period: Period | None = None
    unit: Unit | None = None
    measure: str | None = None
    reporter: str | None = None
    form: str | None = None


class Span(StrEnum):
    """Which part of the table's period a header speaks of: the year it lies in, or its last month."""

    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `field` is a dimension, a measure (`measure` and `version` are then set), a thing beside figures, or None.

    `index` is 1-based. `unit`, `written` (a period) and `cumulative` are what the header itself states.
    `total` marks a column that sums others; `mixed` a header matched only after look-alike letters were put right.
    """

    index: int
    header: str
    field: str | None
    measure: str | None = None
    version: str | None = None
    category: str | None = None
    unit: Unit | None = None
    written: Written | None = None
    cumulative: bool | None = None
    span: Span | None = None
    total: bool = False
    mixed: bool = False
    between: tuple[str, ...] = ()

    @property
    def letters(self) -> str:
        return letters(self.index)

    @property
    def is_money(self) -> bool:
        return self.measure is not None and MEASURES[self.measure].kind is Kind.MONEY


class RowKind(StrEnum):
    DATA = "data"
    TOTAL = "total"
    COUNTRY = "country"
    HEADER = "header"
    NUMBERS = "numbers"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row of a table's body, with the text that labels it and the title of the section that it stands in."""

    number: int
    kind: RowKind
    label: str = ""
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is stated once for all rows: in the title, the sheet's name or the file's name."""

    unit: Unit | None = None
    written: Written | None = None
    region: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A recognised table: header rows and the edges of the body are 1-based and inclusive."""

    sheet: Sheet
    header_rows: tuple[int, ...]
    left: int
    right: int
    bottom: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    context: Context

    @property
    def range(self) -> str:
        return f"{letters(self.left)}{self.header_rows[0]}:{letters(self.right)}{self.bottom}"

    def column(self, field: str) -> Column | None:
        """The first column of a dimension."""
        return next((column for column in self.columns if column.field == field), None)

    @property
    def figures(self) -> tuple[Column, ...]:
        """The columns that measure something, cross totals included."""
        return tuple(column for column in self.columns if column.measure is not None)
