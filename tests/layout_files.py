"""Pages of a made workbook become a file, by writers that are not ours: openpyxl, XlsxWriter, csv; OpenDocument, HTML and XML 2003 by hand."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
from openpyxl import Workbook
from openpyxl.styles import Alignment

from budgettool.read.sheet import Merge
from layout_kit import Case, Page


def _stored(value: object) -> object:
    """A figure as a workbook stores it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def by_openpyxl(case: Case, folder: Path) -> Path:
    book = Workbook()
    for sheet in list(book):
        book.remove(sheet)
    for page in case.pages:
        sheet = book.create_sheet(page.name)
        for (row, column), value in page.cells.items():
            sheet.cell(row, column, _stored(value)).data_type = "s" if isinstance(value, str) else "n"
        for (row, column), indent in page.indents.items():
            sheet.cell(row, column).alignment = Alignment(indent=indent)
        for merge in page.merges:
            sheet.merge_cells(start_row=merge.top, start_column=merge.left, end_row=merge.bottom, end_column=merge.right)
    path = folder / f"{case.name}.xlsx"
    book.save(path)
    return path


def by_xlsxwriter(case: Case, folder: Path) -> Path:
    path = folder / f"{case.name}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for page in case.pages:
            sheet = book.add_worksheet(page.name)
            for merge in page.merges:
                sheet.merge_range(merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1, "")
            for (row, column), value in page.cells.items():
                style = book.add_format({"indent": page.indents[(row, column)]}) if (row, column) in page.indents else None
                write = sheet.write_string if isinstance(value, str) else sheet.write_number
                write(row - 1, column - 1, _stored(value), style)
    return path


def by_csv(delimiter: str, encoding: str) -> Callable[[Case, Path], Path]:
    """A writer of a csv, which has one sheet only; utf-8 where the encoding lacks a letter."""

    def write(case: Case, folder: Path) -> Path:
        (page,) = case.pages
        text = io.StringIO()
        rows = [["" if value is None else str(value) for value in row] for row in page.rows()]
        csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
        path = folder / f"{case.name}.csv"
        try:
            path.write_bytes(text.getvalue().encode(encoding))
        except UnicodeEncodeError:
            path.write_bytes(text.getvalue().encode("utf-8"))
        return path

    return write


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_MIME = "application/vnd.oasis.opendocument.spreadsheet"


def by_hand_ods(case: Case, folder: Path) -> Path:
    sheets = "".join(f"<table:table table:name={quoteattr(page.name)}>{_ods_rows(page)}</table:table>" for page in case.pages)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_OFFICE}:office:1.0" xmlns:table="{_OFFICE}:table:1.0" '
        f'xmlns:text="{_OFFICE}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>'
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    path = folder / f"{case.name}.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", _MIME)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def _ods_rows(page: Page) -> str:
    return "".join(f"<table:table-row>{''.join(_ods_cell(page, row, column) for column in range(1, page.right + 1))}</table:table-row>" for row in range(1, page.bottom + 1))


def _ods_cell(page: Page, row: int, column: int) -> str:
    merge = _merge_at(page, row, column)
    value = page.cells.get((row, column))
    if merge and (merge.top, merge.left) != (row, column):
        return "<table:covered-table-cell/>"
    spans = ""
    if merge:
        spans = f' table:number-columns-spanned="{merge.right - merge.left + 1}" table:number-rows-spanned="{merge.bottom - merge.top + 1}"'
    if value is None:
        return f"<table:table-cell{spans}/>"
    if isinstance(value, str):
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
        return f'<table:table-cell{spans} office:value-type="string">{lines}</table:table-cell>'
    return f'<table:table-cell{spans} office:value-type="float" office:value="{_stored(value)}"><text:p>{value}</text:p></table:table-cell>'


def _merge_at(page: Page, row: int, column: int) -> Merge | None:
    return next((m for m in page.merges if m.top <= row <= m.bottom and m.left <= column <= m.right), None)


def by_hand_html(case: Case, folder: Path) -> Path:
    """A page with a table, named as old Excel files are; one sheet only."""
    (page,) = case.pages
    rows = "".join("<tr>" + "".join(_html_cell(page, row, column) for column in range(1, page.right + 1)) + "</tr>" for row in range(1, page.bottom + 1))
    path = folder / f"{case.name}.xls"
    path.write_text(f'<html><head><meta charset="utf-8"></head><body><table border=1>{rows}</table></body></html>', "utf-8")
    return path


def _html_cell(page: Page, row: int, column: int) -> str:
    merge = _merge_at(page, row, column)
    if merge and (merge.top, merge.left) != (row, column):
        return ""
    spans = f' colspan="{merge.right - merge.left + 1}" rowspan="{merge.bottom - merge.top + 1}"' if merge else ""
    value = page.cells.get((row, column))
    return f"<td{spans}>{escape(str(value)).replace(chr(10), '<br>') if value is not None else ''}</td>"


def by_hand_xml2003(case: Case, folder: Path) -> Path:
    sheets = "".join(f"<Worksheet ss:Name={quoteattr(page.name)}><Table>{_xml2003_rows(page)}</Table></Worksheet>" for page in case.pages)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    path = folder / f"{case.name}.xml"
    path.write_text(f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">{sheets}</Workbook>', "utf-8")
    return path


def _xml2003_rows(page: Page) -> str:
    rows = []
    for row in range(1, page.bottom + 1):
        cells = "".join(_xml2003_cell(page, row, column) for column in range(1, page.right + 1))
        rows.append(f'<Row ss:Index="{row}">{cells}</Row>')
    return "".join(rows)


def _xml2003_cell(page: Page, row: int, column: int) -> str:
    merge, value = _merge_at(page, row, column), page.cells.get((row, column))
    if value is None or (merge and (merge.top, merge.left) != (row, column)):
        return ""
    spans = f' ss:MergeAcross="{merge.right - merge.left}" ss:MergeDown="{merge.bottom - merge.top}"' if merge else ""
    kind, text = ("String", escape(value).replace("\n", "&#10;")) if isinstance(value, str) else ("Number", str(_stored(value)))
    return f'<Cell ss:Index="{column}"{spans}><Data ss:Type="{kind}">{text}</Data></Cell>'


WRITERS: Mapping[str, Callable[[Case, Path], Path]] = {
    "openpyxl": by_openpyxl,
    "xlsxwriter": by_xlsxwriter,
    "ods": by_hand_ods,
    "html": by_hand_html,
    "xml2003": by_hand_xml2003,
    "csv-semicolon": by_csv(";", "utf-8-sig"),
    "csv-comma": by_csv(",", "utf-8"),
    "csv-tab": by_csv("\t", "utf-16"),
    "csv-cp1251": by_csv(";", "cp1251"),
    "csv-kz1048": by_csv(";", "kz1048"),
}
"""Writers by name."""
ONE_SHEET = frozenset(("html", "csv-semicolon", "csv-comma", "csv-tab", "csv-cp1251", "csv-kz1048"))
"""Those that write one sheet only."""
