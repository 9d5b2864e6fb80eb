"""What comes of reading a file: entries, totals, what was held back and why. Nothing of a row is lost between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from budgettool.findings import Finding
from budgettool.period import Period
from budgettool.terms import Entry, Submission


@dataclass(frozen=True, slots=True)
class Held:
    """A row held back for its key, or a cell for its figure: listed with the reason, never counted, never lost."""

    row: int
    cell: str | None
    code: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """A printed total against the figures it sums; `verdict` is agrees, differs or not-judged."""

    cell: str
    measure: str
    value: Decimal
    computed: Decimal | None
    tolerance: Decimal | None
    verdict: str


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """A column as understood; `field` is None for what was not recognised."""

    column: str
    header: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Where the figures of one column went, in its unit: `read` is the sum of its cells, taken apart from the way that makes entries.

    `unread` counts the cells in which something stands that is no number; all of them are held back. `measure` and `unit`
    are empty where the column, or a row of it, does not say them.
    """

    column: str
    measure: str
    unit: str
    read: Decimal
    entries: Decimal
    totals: Decimal
    held: Decimal
    ignored: Decimal
    unread: int

    @property
    def difference(self) -> Decimal:
        """What went in and came out nowhere, or came out twice."""
        return self.read - self.entries - self.totals - self.held - self.ignored


@dataclass(frozen=True, slots=True)
class Control:
    """Where the rows of a table and the figures of each of its columns went: each is in exactly one of these."""

    data: int
    totals: int
    held: int
    ignored: int
    columns: tuple[Reckoned, ...] = ()

    @property
    def rows(self) -> int:
        """The filled rows between the header and the end of the table."""
        return self.data + self.totals + self.held + self.ignored


@dataclass(frozen=True, slots=True)
class TableReading:
    """One table of a file, read."""

    sheet: str
    range: str
    header_rows: tuple[int, ...]
    form: str | None
    unit: str | None
    period: Period | None
    cumulative: bool
    reporter: str | None
    columns: tuple[ColumnReading, ...]
    entries: tuple[Entry, ...]
    totals: tuple[Total, ...]
    quarantined: tuple[Held, ...]
    control: Control


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file, read. `readable` is False where nothing could be read at all; `source` is None where the file must not be kept."""

    file: str
    sha256: str
    tables: tuple[TableReading, ...]
    findings: tuple[Finding, ...]
    personal: bool = False
    readable: bool = True
    source: bytes | None = field(default=None, repr=False)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for table in self.tables for entry in table.entries)

    def submission(self) -> Submission:
        """The parcel that goes to the ledger."""
        reporters = {table.reporter for table in self.tables}
        source = None if self.personal else self.source
        return Submission(self.file, self.sha256, self.entries, source, reporters.pop() if len(reporters) == 1 else None)
