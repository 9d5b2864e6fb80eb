"""An xlsx becomes a draft: values by calamine where that is safe, by the streaming reader elsewhere, with what calamine hides laid over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from budgettool.findings import Finding, Place
from budgettool.privacy import personal_numbers
from budgettool.read.archive import Archive, opened
from budgettool.read.calamine import merges_of, rows_of
from budgettool.read.comments import comments, stored
from budgettool.read.formats import telling
from budgettool.read.formulas import linked, placeholders, uncalculated
from budgettool.read.grid import LAST_COLUMN, LAST_ROW, MOST_CELLS, from_cells, put
from budgettool.read.marks import Marks, column_number, scan
from budgettool.read.parts import Book, Listed, read_book
from budgettool.read.sheet import ErrorValue, Merge, Sheet, Unvalued, Value, address
from budgettool.read.source import Draft, Note, Source, stopped
from budgettool.read.stream import read_sheet, read_strings

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_DENSE = 2_000_000
_THINNEST = 20
_MERGE = re.compile(r"\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)")


def read_workbook(source: Source) -> Draft:
    """All sheets of a workbook; raises Stop where it is damaged, too large or has none."""
    with opened(source) as archive:
        book = read_book(archive)
        draft = Draft()
        if book.macros:
            draft.findings.append(Finding("macros-not-run", (Place(source.name),)))
        for listed, marks, sheet in _Reader(archive, book).sheets():
            (draft.hidden if listed.hidden else draft.sheets).append(sheet)
            draft.notes += [Note(text, listed.name) for text in marks.page_texts]
            draft.notes += comments(archive, listed)
            draft.notes += [Note(text, listed.name, address(*cell)) for cell, text in marks.formulas.items() if personal_numbers(text)]
            if not listed.hidden:
                place = Place(source.name, listed.name)
                draft.findings += [*placeholders(place, marks.placeholders), *linked(place, book.links, marks.formulas)]
        draft.notes += stored(archive)
    if not draft.sheets and not draft.hidden:
        raise stopped("unreadable", source.name, reason="it holds no sheet")
    return draft


class _Reader:
    """Reads the sheets of one workbook; calamine and the shared strings are opened when first needed."""

    def __init__(self, archive: Archive, book: Book) -> None:
        self.archive, self.book = archive, book
        self.strings: list[str] | None = None
        self.calamine: CalamineWorkbook | None = None
        self.trusted = book.exact

    def sheets(self) -> Iterator[tuple[Listed, Marks, Sheet]]:
        formats = telling(self.book.formats)
        for listed in self.book.sheets:
            marks = scan(self.archive.chunks(listed.part), formats)
            read = self._by_calamine(listed) if self.trusted and is_safe(marks) else None
            if read is None:
                marks, grid, merges = self._by_stream(listed)
            else:
                grid, merges = read
            marks.placeholders = uncalculated(marks, grid) if self.book.recalculates else set()
            put(grid, {cell: Unvalued(marks.formulas[cell]) for cell in marks.unvalued | marks.placeholders})
            put(grid, {cell: ErrorValue(text) for cell, text in marks.errors.items()})
            yield listed, marks, _sheet(listed.name, grid, merges, marks)

    def _by_calamine(self, listed: Listed) -> tuple[list[Sequence[Value]], tuple[Merge, ...]] | None:
        """None where calamine can't read what the streaming reader may."""
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            if self.calamine is None:
                self.calamine = CalamineWorkbook.from_filelike(self.archive.source.open())
            sheet = self.calamine.get_sheet_by_name(listed.name)
            return rows_of(sheet), merges_of(sheet.merged_cell_ranges or ())
        except (CalamineError, ValueError, OSError):
            self.trusted = False
            return None

    def _by_stream(self, listed: Listed) -> tuple[Marks, list[Sequence[Value]], tuple[Merge, ...]]:
        if self.strings is None:
            self.strings = read_strings(self.archive, self.book.strings)
        read = read_sheet(self.archive, listed.part, self.strings, self.book.formats, since_1904=self.book.since_1904)
        merges = tuple(
            Merge(int(m[2]), column_number(m[1]), int(m[4]), column_number(m[3])) for text in read.merges if (m := _MERGE.fullmatch(text))
        )
        return read.marks, from_cells(read.cells, self.archive.source, listed.name), merges


def is_safe(marks: Marks) -> bool:
    """Whether calamine, which makes a cell of every address up to the corner, can hold the sheet."""
    area = marks.bottom * marks.right
    inside = marks.bottom <= LAST_ROW and marks.right <= LAST_COLUMN
    return marks.regular and inside and area <= MOST_CELLS and (area <= _DENSE or area <= _THINNEST * marks.cells)


def _sheet(name: str, grid: list[Sequence[Value]], merges: tuple[Merge, ...], marks: Marks) -> Sheet:
    return Sheet(
        name,
        grid,
        merges,
        frozenset(marks.hidden_rows),
        frozenset(marks.hidden_columns),
        marks.formats,
        frozenset(marks.formulas),
    )
