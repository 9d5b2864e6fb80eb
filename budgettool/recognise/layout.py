"""The layout of a table: what stands where, before any figure is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from budgettool.period import Period
from budgettool.period.written import Written
from budgettool.read.sheet import Sheet, letters
from budgettool.recognise.form import Form
from budgettool.terms import MEASURES, Kind, Unit
from budgettool.terms.written import Style


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user said beside the file; each beats what the file says and is None where nothing was said.

    `measure` may carry a version (`recipients.planned`). `form` is the one that was asked for; `forms` are the
    user's own, each tried for a file that has its words, before the shipped ones; None: by headings alone.
    """

    region: str | None = None
    period: Period | None = None
    unit: Unit | None = None
    measure: str | None = None
    reporter: str | None = None
    form: Form | None = None
    forms: tuple[Form, ...] | None = ()


class Span(StrEnum):
    """Which part of the table's period a header speaks of: the year it lies in, or its last month."""

    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `field` is a dimension, a measure (`measure` and `version` are then set), a thing beside figures, or None.

    `index` is 1-based. `unit`, `written` (a period) and `cumulative` are what the header itself states.
    `total` marks a column that sums others; `mixed` a header matched only after look-alike letters were put right.
    `region` is the name of a region that the header states (regions across, measures under them).
    `between` are the measures that an ambiguous header may mean, `presumed` the one that is read where nothing decides;
    `weak` marks a header with a word that decides only where nothing stronger stands (план, факт).
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
    region: str | None = None
    programme: str | None = None
    mixed: bool = False
    between: tuple[str, ...] = ()
    presumed: str | None = None
    weak: bool = False

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
    SECTION = "section"
    NOTE = "note"
    LEFT_OUT = "left-out"  # by a form


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row of a table's body, with the text that labels it and the title of the section that it stands in.

    `level` is how deep the row stands in the tree of its table, from 0; parents repeat the money of deeper rows below them.
    `column` is that of the label's cell, 0 without a label.
    """

    number: int
    kind: RowKind
    label: str = ""
    section: str | None = None
    level: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """What is stated once for all rows: in the title, the sheet's name or the file's name; all below `title` by a form only."""

    unit: Unit | None = None
    written: Written | None = None
    region: str | None = None
    title: str = ""
    reporter: str | None = None
    programme: str | None = None
    funding: str | None = None
    category: str | None = None
    month_first: bool | None = None
    decimals: Style | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A recognised table: header rows and the edges of the body are 1-based and inclusive.

    `turned` says that rows and columns were exchanged for reading (measures down, regions or periods across): every
    address here is then that of the turned view, which `sheet` is.
    """

    sheet: Sheet
    header_rows: tuple[int, ...]
    left: int
    right: int
    bottom: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    context: Context
    form: str | None = None
    leaves: bool = False
    turned: bool = False

    @property
    def range(self) -> str:
        top = self.header_rows[0] if self.header_rows else self.rows[0].number if self.rows else self.bottom
        return f"{letters(self.left)}{top}:{letters(self.right)}{self.bottom}"

    def column(self, field: str) -> Column | None:
        """The first column of a dimension."""
        return next((column for column in self.columns if column.field == field), None)

    @property
    def parents(self) -> tuple[int, ...]:
        """The rows that have deeper ones below them, where a form says that only leaves count."""
        counted = [row for row in self.rows if row.kind is RowKind.DATA] if self.leaves else []
        return tuple(row.number for row, below in pairwise(counted) if below.level > row.level)

    @property
    def figures(self) -> tuple[Column, ...]:
        """The columns that measure something, cross totals included."""
        return tuple(column for column in self.columns if column.measure is not None)
