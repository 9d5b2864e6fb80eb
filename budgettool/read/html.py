"""A web page named xls or html becomes a draft: what portals and accounting programs export, and Excel's own web pages.

One sheet, numbered as the page is read from top to bottom:

- a line of text outside of the tables is a row of its own, in column A;
- a row of a table is a row, `colspan` and `rowspan` are merged cells, a table begins in column A;
- a table that follows another directly is parted from it by one empty row;
- where tables stand within a cell, the row that holds it only arranges them: each of its lines and tables is laid out below the
  one before it; a table that frames a single cell is that cell's text.

So the rows of a page with one table have the numbers that they have in Excel. What is not displayed is kept and marked as hidden if
it stands in a table, and passed over elsewhere. Texts stay as they are displayed, unless the cell states its exact number.
"""

from __future__ import annotations

import re
from html import unescape

from budgettool.findings import Finding, Place
from budgettool.read import pagetags
from budgettool.read.encoding import encoding_of, pieces
from budgettool.read.grid import LAST_COLUMN, too_large
from budgettool.read.growing import Growing, cell_style
from budgettool.read.markup import Box, Cell, Page, Row, Table, TooDeep, TooMany, number
from budgettool.read.pagecells import value_of
from budgettool.read.pagestyles import PageStyles
from budgettool.read.sheet import Sheet
from budgettool.read.source import Draft, Note, Source, stopped

_CHARSET = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']?([\w.:-]+)|<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:ExcelWorksheet>\s*<x:Name>([^<]*)</x:Name>", re.IGNORECASE)
_STEPS, _STEPS_A_CELL = 1_000_000, 50
_LARGEST = 100 * 2**20
DIGITS = re.compile(r"(?<![\d.,])\d{6}[ -]?\d{6}(?![\d.,])")


def read_html(source: Source) -> Draft:
    """The one sheet of a page; raises Stop for a page without a table, one that is cut short, and tables without end."""
    encoding, guessed = encoding_of(source, charset(source.head))
    draft = Draft()
    text = text_of(source, encoding)
    page = parse(text, PageStyles(), source)
    sheet = sheet_of(page, sheet_name(page), source)
    if not sheet.grid or not any(isinstance(part, Table) for part in page.box.parts):
        raise stopped("unreadable", source.name, reason="it is a web page without a table")
    draft.sheets.append(sheet)
    draft.notes += [Note(digits) for digits in DIGITS.findall(text)]
    if guessed:
        draft.findings.append(Finding("encoding", (Place(source.name),), facts=(("encoding", guessed),)))
    return draft


def charset(head: bytes) -> str:
    """The encoding that a page states."""
    match = _CHARSET.search(head)
    return (match[1] or match[2]).decode("ascii", "replace") if match else ""


def parse(text: str, styles: PageStyles, source: Source) -> Page:
    """Read a page; raises Stop where it ends within a table or a tag."""
    page = Page(styles)
    try:
        whole = pagetags.read(text, page)
    except TooDeep as error:
        raise stopped("unreadable", source.name, reason="its tables stand within each other too deep") from error
    except TooMany as error:
        raise too_large(source, "", sum(len(frame.table.rows) for frame in page.frames), 1) from error
    if not page.finish() or not whole:
        raise stopped("unreadable", source.name, reason="it is cut short")
    return page


def text_of(source: Source, encoding: str) -> str:
    """A whole page; raises Stop where it is larger than any that people read."""
    if source.size > _LARGEST:
        raise stopped("unpacks-too-large", source.name, size=f"{source.size // 2**20} MB", limit=f"{_LARGEST // 2**20} MB")
    return "".join(pieces(source, encoding))


def sheet_name(page: Page) -> str:
    """The name of the sheet that Excel saved as a page; "" for any other page."""
    names = [unescape(name) for remark in page.remarks for name in _SHEET_NAME.findall(remark)]
    return names[0] if len(names) == 1 else ""


def sheet_of(page: Page, name: str, source: Source) -> Sheet:
    """Lay the lines and tables of a page out as one sheet."""
    layout = _Layout(page.styles, name, source)
    layout.lay(page.box)
    layout.growing.hidden_columns |= layout.veiled - layout.shown
    return layout.growing.sheet()


class _Layout:
    """A sheet while it is laid out; `row` is the last one that is used."""

    def __init__(self, styles: PageStyles, name: str, source: Source) -> None:
        self.styles, self.growing = styles, Growing(name, source)
        self.row = self.work = 0
        self.after_table = False
        self.veiled: set[int] = set()
        self.shown: set[int] = set()

    def lay(self, box: Box, *, hidden: bool = False) -> None:
        for part in box.parts:
            if isinstance(part, Table):
                self.row += self.after_table
                self._lay_table(part)
                self.after_table = True
            else:
                self._next_row(hidden=hidden)
                self.growing.put((self.row, 1), part)
                self.after_table = False

    def _next_row(self, *, hidden: bool) -> None:
        self.row += 1
        self.growing.check(self.row, 1)
        if hidden:
            self.growing.hide(self.row)

    def _lay_table(self, table: Table) -> None:
        self.growing.hidden_columns |= table.hidden_columns
        taken: dict[int, int] = {}
        for index, row in enumerate(table.rows):
            if any(isinstance(part, Table) for cell in row.cells for part in cell.parts):
                self.after_table = False
                for cell in row.cells:
                    self.lay(cell, hidden=row.hidden)
                taken.clear()
            else:
                self._next_row(hidden=row.hidden)
                self._lay_row(row, taken, len(table.rows) - index)

    def _lay_row(self, row: Row, taken: dict[int, int], left: int) -> None:
        """Put the cells of a row beside what reaches down into it; `left` rows are there for a cell to reach over, its own one included."""
        column = 1
        for cell in row.cells:
            while taken.get(column, 0) >= self.row:
                column += 1
                self._work(1, column)
            across, down = min(number(cell.said.get("colspan", "")), 1000), _down(cell, left)
            self._work(across, column + across - 1)
            if down > 1:
                taken.update(dict.fromkeys(range(column, column + across), self.row + down - 1))
            self.growing.merge((self.row, column), down, across)
            self._put(cell, (self.row, column))
            (self.veiled if self.styles.hides(cell.tag, cell.said) else self.shown).add(column)
            column += across

    def _work(self, steps: int, column: int) -> None:
        """Count what it takes to find the place of a cell, since spans that reach far down can make it as long as wished."""
        self.work += steps
        if self.work > _STEPS + _STEPS_A_CELL * self.growing.filled or column > LAST_COLUMN:
            raise too_large(self.growing.source, self.growing.name, self.row, column)

    def _put(self, cell: Cell, place: tuple[int, int]) -> None:
        value, number_format = value_of(cell, self.styles)
        if "x:fmla" in cell.said:
            self.growing.formulas[place] = cell.said["x:fmla"]
        self.growing.put_styled(place, value, cell_style(number_format, 0))


def _down(cell: Cell, left: int) -> int:
    """Over how many rows a cell reaches; 0 means all that are left, and no cell reaches out of its table."""
    said = cell.said.get("rowspan", "").strip()
    return left if said == "0" else min(number(said), left)
