"""The face of each return becomes a workbook: `python templates/make.py` writes `xlsx/*.xlsx`, the same bytes each run.

A template says how a return looks and in which order its columns stand; it holds no figure and no
sentence. Cells of the model row hold the names of the figures they show; a name that ends in `?`
is left out while no region has such a figure. Cells of the two header rows hold the keys of their
headings, a group above and its parts below. Defined names (`bt_title`, `bt_total`, `bt_row` ...) say
which line is which; lines below the model row are moved down by the filler, so nothing here has a
formula. A user's own template is a copy of such a workbook with other fonts, widths or columns.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FACE = "Times New Roman"
THIN = Side(style="thin", color="000000")
HAIR = Side(style="thin", color="808080")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
MONEY = "#,##0.0"
WHOLE = "#,##0"
EXACT = "#,##0.00"
DAY = "dd.mm.yyyy"
TEXT = "@"


class Column(NamedTuple):
    """One column of a model row: its figure, the headings above it, and how it is set."""

    figure: str
    group: str
    heading: str
    width: float
    format: str = "General"
    align: str = "right"


CONSOLIDATED = (
    Column("number", "", "number", 4.5, WHOLE, "center"),
    Column("region?", "", "region", 31, TEXT, "left"),
    Column("period?", "", "period", 14, TEXT, "left"),
    Column("programme?", "", "programme", 15, TEXT, "left"),
    Column("provider?", "", "provider", 24, TEXT, "left"),
    Column("allocation.approved?", "", "allocation.approved", 11.5, MONEY),
    Column("allocation.revised?", "", "allocation.revised", 11.5, MONEY),
    Column("allocation.corrected?", "", "allocation.corrected", 13, MONEY),
    Column("allocation?", "", "allocation", 11.5, MONEY),
    Column("transfer", "", "transfer", 13.5, MONEY),
    Column("receipt", "", "receipt", 11.5, MONEY),
    Column("commitment", "", "commitment", 12, MONEY),
    Column("disbursement", "", "disbursement", 12, MONEY),
    Column("recovery?", "", "recovery", 13, MONEY),
    Column("refund", "", "refund", 13.5, MONEY),
    Column("balance", "", "balance", 10.5, MONEY),
    Column("execution", "", "execution", 10, "0.0"),
    Column("recipients.planned?", "recipients", "recipients.planned", 9, WHOLE),
    Column("recipients", "recipients", "recipients.served", 10.5, WHOLE),
    Column("per_capita", "per_capita", "per_capita.KZT", 12.5, EXACT),
    Column("usd_per_capita?", "per_capita", "per_capita.USD", 10, EXACT),
    Column("usd?", "", "amount.USD", 12, EXACT),
)
FINDINGS = (
    Column("severity", "", "severity", 17, TEXT, "left"),
    Column("code", "", "code", 26, TEXT, "left"),
    Column("place", "", "place", 34, TEXT, "left"),
    Column("message", "", "message", 62, TEXT, "left"),
    Column("hint", "", "hint", 44, TEXT, "left"),
)
RATES = (
    Column("name", "", "region", 32, TEXT, "left"),
    Column("from", "", "from", 12, DAY, "center"),
    Column("to", "", "to", 12, DAY, "center"),
    Column("amount", "", "amount.KZT", 18, EXACT),
    Column("rate", "", "rate", 12, "#,##0.00##"),
    Column("usd", "", "amount.USD", 16, EXACT),
    Column("kind", "", "rate.kind", 26, TEXT, "left"),
    Column("source", "", "source", 36, TEXT, "left"),
    Column("rate_date", "", "rate.date", 12, DAY, "center"),
    Column("basis", "", "rate.basis", 20, TEXT, "left"),
)
SOURCES = (
    Column("file", "", "file", 60, TEXT, "left"),
    Column("sha256", "", "sha256", 72, TEXT, "left"),
    Column("entries", "", "entries", 12, WHOLE),
)


def named(book: Workbook, name: str, sheet: Worksheet, area: str) -> None:
    """Give an area of a sheet its name."""
    first, _, last = area.partition(":")
    corners = ":".join(
        f"${''.join(c for c in corner if c.isalpha())}${''.join(c for c in corner if c.isdigit())}" for corner in (first, last or first)
    )
    book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!{corners}")


def styled(cell: Cell, size: float = 10, *, bold: bool = False, align: str = "left", box: bool = False, wrap: bool = True) -> Cell:
    """One cell in the face of the return."""
    cell.font = Font(name=FACE, size=size, bold=bold)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=wrap)
    if box:
        cell.border = BOX
    return cell


def on_paper(sheet: Worksheet) -> None:
    """A4 landscape, one page wide, a binding margin at the left."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 25 / 25.4, 10 / 25.4, 15 / 25.4, 15 / 25.4
    margins.header = margins.footer = 7 / 25.4
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.showGridLines = False


def single_lines(book: Workbook, sheet: Worksheet) -> None:
    """The lines above and below the table: one model cell for each."""
    lines = (
        ("organisation", 1, 10, True, "left"),
        ("appendix", 2, 10, False, "right"),
        ("form", 3, 9, False, "right"),
        ("title", 4, 12, True, "center"),
        ("period", 5, 11, False, "center"),
        ("received", 6, 10, False, "left"),
        ("unit", 7, 10, False, "right"),
        ("note", 15, 9, False, "left"),
        ("signs", 16, 10, False, "left"),
        ("signed", 17, 10, False, "center"),
        ("under", 18, 8, False, "center"),
    )
    for name, row, size, bold, align in lines:
        cell = styled(sheet.cell(row, 1, name), size, bold=bold, align=align)
        named(book, f"bt_{name}", sheet, cell.coordinate)
    sheet["A16"].alignment = Alignment(horizontal="left", vertical="bottom", wrap_text=True)
    sheet["A17"].border = Border(bottom=THIN)
    sheet["A17"].alignment = Alignment(horizontal="center", vertical="bottom", wrap_text=True)
    sheet["A18"].alignment = Alignment(horizontal="center", vertical="top", wrap_text=True)
    sheet["A15"].alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    named(book, "bt_mark", sheet, styled(sheet.cell(1, 2, "mark"), 10, bold=True, align="right").coordinate)


def table(book: Workbook, sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    """The model rows of the table: two header rows, numbers, total, total of what was stated, one region."""
    last = get_column_letter(len(columns))
    for name, area in (("header", "8:9"), ("number", "10:10"), ("total", "11:11"), ("partial", "12:12"), ("row", "13:13")):
        first, _, end = area.partition(":")
        named(book, f"bt_{name}", sheet, f"A{first}:{last}{end}")
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        styled(sheet.cell(8, place, column.group or column.heading), 8, align="center", box=True)
        styled(sheet.cell(9, place, column.heading), 8, align="center", box=True)
        styled(sheet.cell(10, place, place), 8, align="center", box=True)
        for row, bold in ((11, True), (12, False), (13, False)):
            cell = styled(sheet.cell(row, place, column.figure), bold=bold, align=column.align, box=True, wrap=column.align != "right")
            cell.number_format = column.format
            if row == 12:
                cell.font = Font(name=FACE, size=10, italic=True)
            if row == 11:
                cell.fill = PatternFill("solid", start_color="EDEDED")


def listing(book: Workbook, name: str, columns: tuple[Column, ...]) -> None:
    """A sheet of plain lines: a title, a header, a model row."""
    sheet = book.create_sheet(name)
    on_paper(sheet)
    named(book, f"bt_{name}", sheet, f"A3:{get_column_letter(len(columns))}3")
    styled(sheet.cell(1, 1, name), 12, bold=True, wrap=False)
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        head = styled(sheet.cell(2, place, column.heading), 10, bold=True, align="center", box=True)
        head.fill = PatternFill("solid", start_color="EDEDED")
        cell = styled(sheet.cell(3, place, column.figure), align=column.align, box=True)
        cell.alignment = Alignment(horizontal=column.align, vertical="top", wrap_text=True)
        cell.number_format = column.format


def consolidated() -> Workbook:
    """The template of the consolidated return."""
    book = Workbook()
    # the font that column widths are counted in
    normal = book._named_styles["Normal"]  # type: ignore[attr-defined]
    normal.font = Font(name=FACE, size=10)
    sheet = book.worksheets[0]
    sheet.title = "consolidated"
    on_paper(sheet)
    single_lines(book, sheet)
    table(book, sheet, CONSOLIDATED)
    for name, columns in (("findings", FINDINGS), ("rates", RATES), ("sources", SOURCES)):
        listing(book, name, columns)
    asks = book.create_sheet("_return")
    asks.sheet_state = "veryHidden"
    for line in (("return", "consolidated"), ("by", "region"), ("unit", "thousand")):
        asks.append(line)
    return book


def main() -> None:
    """Write each template beside this file."""
    from budgettool.returns.stored import settled

    here = Path(__file__).resolve().parent
    saved = BytesIO()
    consolidated().save(saved)
    (here / "xlsx" / "consolidated.xlsx").write_bytes(settled(saved.getvalue(), (), on=date(2026, 1, 1)))


if __name__ == "__main__":
    main()
