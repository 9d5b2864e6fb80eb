"""An xlsx becomes a draft: its sheets, the texts beside their cells, and what its formulas tell."""

from __future__ import annotations

from collections.abc import Iterator

from budgettool.findings import Finding, Place
from budgettool.privacy import personal_numbers
from budgettool.read.archive import Archive, opened
from budgettool.read.comments import comments, stored
from budgettool.read.formulas import linked, placeholders, uncalculated
from budgettool.read.grid import put
from budgettool.read.marks import Marks
from budgettool.read.meaning import Meanings
from budgettool.read.parts import Book, Listed, read_book
from budgettool.read.sheet import Sheet, Unvalued, address
from budgettool.read.source import Draft, Note, Source, stopped
from budgettool.read.stream import read_sheet, read_strings


def read_workbook(source: Source) -> Draft:
    """All sheets of a workbook; raises Stop where it is damaged, too large or has none."""
    with opened(source) as archive:
        book = read_book(archive)
        draft = Draft()
        if book.macros:
            draft.findings.append(Finding("macros-not-run", (Place(source.name),)))
        for listed, marks, sheet in _sheets(archive, book):
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


def _sheets(archive: Archive, book: Book) -> Iterator[tuple[Listed, Marks, Sheet]]:
    meanings = Meanings(read_strings(archive, book.strings), book)
    for listed in book.sheets:
        read = read_sheet(archive, listed, meanings)
        marks, grid = read.marks, read.rows.grid
        if book.recalculates:
            marks.placeholders = uncalculated(marks, grid)
            put(grid, {cell: Unvalued(marks.formulas[cell]) for cell in marks.placeholders})
        hidden = frozenset(marks.hidden_rows), frozenset(marks.hidden_columns)
        sheet = Sheet(listed.name, grid, tuple(read.merges), *hidden, marks.formats, frozenset(marks.formulas), marks.indents)
        yield listed, marks, sheet
