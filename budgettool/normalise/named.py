"""The cells of a row that name something: its region, another name beside it or moved right with its level, its provider."""

from __future__ import annotations

from dataclasses import dataclass

from budgettool.classification import Register
from budgettool.normalise.aspects import Aspect, aspect
from budgettool.normalise.keys import text_of
from budgettool.normalise.work import Work
from budgettool.read.sheet import address
from budgettool.recognise.layout import Column, Row, RowKind

Named = tuple[Aspect, str]
"""What a cell names, and its address."""


@dataclass(frozen=True, slots=True)
class Names:
    """The columns in which the rows of a table name something; `any_region` says that one of them names a region."""

    work: Work
    register: Register
    regions: Column | None
    others: Column | None
    providers: Column | None
    any_region: bool = False

    @classmethod
    def of(cls, work: Work, register: Register) -> Names:
        """The naming columns of a table; names are regions where no column of regions stands beside them."""
        table = work.table
        region = table.column("region") or table.column("kato")
        name = None if table.form else table.column("name")
        columns = (region or name, name if region else None, table.column("provider"))
        made = cls(work, register, *columns)
        return cls(work, register, *columns, any(made.is_of_region(row) for row in table.rows if row.kind is RowKind.DATA))

    def _text(self, row: Row, column: Column | None) -> str:
        return text_of(self.work.cells.value(row.number, column.index)) if column else ""

    def region(self, row: Row, year: int | None = None) -> Named | None:
        """What the row's cell in the column of regions names."""
        text = self._text(row, self.regions)
        return (aspect(text, self.register, year), address(row.number, self.regions.index)) if text and self.regions else None

    def is_of_region(self, row: Row) -> bool:
        named = self.region(row)
        return named is not None and named[0].kind == "region"

    def is_blank(self, row: Row) -> bool:
        """Whether the row has nothing where regions are named, not even by a merged cell."""
        return self.regions is not None and not self._text(row, self.regions)

    def is_written(self, row: Row) -> bool:
        """Whether the row's own cell names the region, and no cell merged over several rows."""
        return self.regions is not None and self.work.table.sheet.value(row.number, self.regions.index) is not None

    def other(self, row: Row, year: int | None, *, with_region: bool) -> Named | None:
        """What another name of the row says: in a column of names, or where a name has moved to."""
        column = next((column for column in self.work.table.columns if column.index == row.column), None)
        fields = ("name", self.regions.field if self.regions else "name")
        moved = row.column and (column is None or column.field in fields or (column.field is None and not column.header))
        at = row.column if moved and column not in (self.regions, self.providers) else self.others.index if self.others else 0
        text = text_of(self.work.cells.value(row.number, at)) if at else ""
        return (aspect(text, None if with_region else self.register, year), address(row.number, at)) if text else None

    def provider_of(self, row: Row) -> str:
        return self._text(row, self.providers)

    def in_total(self, row: Row) -> Named | None:
        """The region in the words of a total: `Итого по Актюбинской области`."""
        tokens = row.label.split()
        for part in (tokens[1:], tokens[:-1]):
            told = aspect(" ".join(part), self.register) if part else None
            if told is not None and told.kind == "region":
                return told, address(row.number, row.column)
        return None
