"""An xls, xlsb or ods becomes a draft, by calamine; an old xls without a code page is mended where its words become Russian or Kazakh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from budgettool.findings import Finding, Place
from budgettool.read.encoding import CANDIDATES, likely, looks_misread, raw
from budgettool.read.grid import from_rows, put
from budgettool.read.kinds import Kind
from budgettool.read.marks import Marks
from budgettool.read.oldexcel import is_encrypted, marks_of
from budgettool.read.sheet import ErrorValue, Merge, Sheet, Value
from budgettool.read.source import Draft, Source, stopped

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


def read_calamine(source: Source, kind: Kind) -> Draft:
    """All sheets as calamine gives them; raises Stop for a password and an encoding that can't be told, CalamineError for damage."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    draft = Draft()
    if kind is Kind.XLS and is_encrypted(source):
        raise stopped("password-protected", source.name)
    try:
        book = CalamineWorkbook.from_filelike(source.open())
    except PasswordError as error:
        raise stopped("password-protected", source.name) from error
    for about in book.sheets_metadata:
        if about.typ == SheetTypeEnum.WorkSheet:
            read = book.get_sheet_by_name(about.name)
            grid = rows_of(read)
            sheet = Sheet(about.name, grid, merges_of(read.merged_cell_ranges or ()))
            (draft.sheets if about.visible == SheetVisibleEnum.Visible else draft.hidden).append(sheet)
    if kind is Kind.XLS:
        _mark(draft, source, [about.name for about in book.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet])
        _mend(draft, source)
    return draft


def _mark(draft: Draft, source: Source, names: Sequence[str]) -> None:
    """Lay over the values what calamine leaves out, where the records name as many sheets as it does."""
    found = marks_of(source)
    if len(found) != len(names):
        return
    marks = dict(zip(names, found, strict=True))
    draft.sheets = [_marked(sheet, marks[sheet.name]) for sheet in draft.sheets]
    draft.hidden = [_marked(sheet, marks[sheet.name]) for sheet in draft.hidden]


def _marked(sheet: Sheet, marks: Marks) -> Sheet:
    grid = list(sheet.grid)
    put(grid, {cell: ErrorValue(text) for cell, text in marks.errors.items()})
    hidden_rows, hidden_columns = frozenset(marks.hidden_rows), frozenset(marks.hidden_columns)
    return Sheet(sheet.name, grid, sheet.merges, hidden_rows, hidden_columns, marks.formats, frozenset(marks.formulas))


def rows_of(sheet: CalamineSheet) -> list[Sequence[Value]]:
    """The grid of a sheet, row by row, so that no second copy of it is made; calamine leaves out the columns before the first filled one."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    return [*from_rows(before + row if before else row for row in sheet.iter_rows())]


def merges_of(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Merge, ...]:
    """Merged ranges of calamine, which counts from 0."""
    return tuple(Merge(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)


def _mend(draft: Draft, source: Source) -> None:
    """Put right what was read as Western since the file names no code page."""
    texts = [value for sheet in (*draft.sheets, *draft.hidden) for row in sheet.grid for value in row if isinstance(value, str)]
    if not looks_misread(texts):
        return
    encoding = likely(raw("\n".join(texts)))
    if encoding is None:
        raise stopped("encoding-not-stated", source.name, encodings=CANDIDATES)
    draft.sheets = [_mended(sheet, encoding) for sheet in draft.sheets]
    draft.hidden = [_mended(sheet, encoding) for sheet in draft.hidden]
    draft.findings.append(Finding("encoding", (Place(source.name),), facts=(("encoding", encoding),)))


def _mended(sheet: Sheet, encoding: str) -> Sheet:
    grid = [[raw(value).decode(encoding, "replace") if isinstance(value, str) else value for value in row] for row in sheet.grid]
    return replace(sheet, name=raw(sheet.name).decode(encoding, "replace"), grid=grid)
