"""Content decides what a file is: old Excel, OpenDocument, and all that is no spreadsheet, each said in its own words."""

from __future__ import annotations

import ast
import struct
import unicodedata
from collections.abc import Mapping
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from budgettool.read import UNREADABLE, kinds, read
from budgettool.read.sheet import ErrorValue, Merge, Unvalued
from budgettool.wording.words import REASONS
from ole_kit import biff5, ole, record
from read_kit import codes, only, refused, rows, xlsx, zipped

ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NS = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"), ("draw", "drawing"), ("fo", "xsl-fo-compatible"))
)
_NS += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods(path: Path, tables: str, styles: str = "", parts: Mapping[str, str | bytes] | None = None) -> Path:
    body = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{_NS}>{body}</office:document-content>'
    return zipped(path, {"mimetype": ODS, "content.xml": content, **(parts or {})})


def table(*held: str, name: str = "Март", style: str = "", columns: str = "") -> str:
    lines = "".join(row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>" for row in held)
    return f'<table:table table:name="{name}" table:style-name="{style}">{columns}{lines}</table:table>'


def cell(text: str = "", **said: object) -> str:
    attributes = "".join(f' {name.replace("__", ":").replace("_", "-")}="{value}"' for name, value in said.items())
    return f"<table:table-cell{attributes}>" + (f"<text:p>{text}</text:p>" if text else "") + "</table:table-cell>"


def number(value: float, **said: object) -> str:
    return cell("x", office__value_type="float", office__value=value, **said)


def test_values_of_an_ods(tmp_path: Path) -> None:
    held = number(1.5) + cell("a<text:s text:c='2'/>b") + cell("31.03.2019", office__value_type="date", office__date_value="2019-03-31")
    held += cell("ИСТИНА", office__value_type="boolean", office__boolean_value="true") + cell(office__value_type="time", office__time_value="PT30H00M00S")
    held += cell(office__value_type="time", office__time_value="PT12H30M00S") + cell("#ССЫЛКА!", office__value_type="string", calcext__value_type="error")
    held += cell(table__formula="of:=[.A1]*2") + number(3, table__formula="of:=1+2")
    sheet = only(read(ods(tmp_path / "a.ods", table(held))))
    expected = [1.5, "a  b", date(2019, 3, 31), True, timedelta(hours=30), time(12, 30), ErrorValue("#ССЫЛКА!"), Unvalued("[.A1]*2"), 3.0]
    assert list(sheet.grid[0]) == expected
    assert sheet.formulas == {(1, 8), (1, 9)}


def test_repeats_merges_and_what_is_hidden_in_an_ods(tmp_path: Path) -> None:
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    first = number(1, table__number_columns_spanned=2, table__number_rows_spanned=3) + "<table:covered-table-cell/>" + number(7, table__number_columns_repeated=2)
    repeated = f'<table:table-row table:number-rows-repeated="2" table:visibility="filter">{cell(table__number_columns_repeated=3)}{number(8)}</table:table-row>'
    blank = f'<table:table-row table:number-rows-repeated="1048573">{cell(table__number_columns_repeated=16384)}</table:table-row>'
    sheet = only(read(ods(tmp_path / "a.ods", table(first, repeated, blank, columns=columns))))
    assert [list(row) for row in sheet.grid] == [[1.0, None, 7.0, 7.0], [None, None, None, 8.0], [None, None, None, 8.0]]
    assert (sheet.merges, set(sheet.hidden_rows), set(sheet.hidden_columns)) == ((Merge(1, 1, 3, 2),), {2, 3}, {3})


@pytest.mark.parametrize("across", [1, 16384])
def test_figures_repeated_without_end_are_refused(tmp_path: Path, across: int) -> None:
    held = f'<table:table-row table:number-rows-repeated="1048576">{number(1, table__number_columns_repeated=across)}{number(2) * 20}</table:table-row>'
    assert refused(ods(tmp_path / "a.ods", table(held))).code == "sheet-too-large"


def test_formats_and_hidden_sheets_of_an_ods(tmp_path: Path) -> None:
    styles = '<number:date-style style:name="N1"><number:month number:style="long" number:textual="true"/><number:year number:style="long"/></number:date-style>'
    styles += '<number:number-style style:name="N2"><number:number number:display-factor="1000"/></number:number-style>'
    styles += "".join(f'<style:style style:name="ce{n}" style:family="table-cell" style:data-style-name="N{n}"/>' for n in (1, 2))
    styles += '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    held = number(1, table__style_name="ce1") + number(2, table__style_name="ce2") + cell("5%", office__value_type="percentage", office__value="0.05")
    reading = read(ods(tmp_path / "a.ods", table(held) + table(number(1), name="Старый", style="ta2"), styles))
    assert only(reading).formats == {(1, 1): "mmmm.yyyy", (1, 2): "#,##0,", (1, 3): "0%"}
    assert codes(reading) == ["hidden-sheet-skipped"]


def test_indents_of_an_ods(tmp_path: Path) -> None:
    styles = '<style:style style:name="ce1" style:family="table-cell"><style:paragraph-properties fo:margin-left="0.706cm"/></style:style>'
    styles += '<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce1"/>'
    held = cell("в том числе", table__style_name="ce1") + cell("оның ішінде", table__style_name="ce2") + number(1, table__style_name="ce1")
    assert dict(only(read(ods(tmp_path / "a.ods", table(held), styles))).indents) == {(1, 1): 2, (1, 2): 2}


def test_a_million_hidden_rows_below_a_table_are_not_kept(tmp_path: Path) -> None:
    blank = f'<table:table-row table:number-rows-repeated="1048570" table:visibility="collapse">{cell()}</table:table-row>'
    hidden = f'<table:table-row table:visibility="collapse">{number(1)}</table:table-row>'
    assert set(only(read(ods(tmp_path / "a.ods", table(number(1), hidden, blank)))).hidden_rows) == {2}


def test_flat_opendocument_is_read_as_an_ods(tmp_path: Path) -> None:
    body = f"<office:body><office:spreadsheet>{table(cell('Регион') + number(1.5))}</office:spreadsheet></office:body>"
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    (path := tmp_path / "a.fods").write_text(f'<?xml version="1.0" encoding="UTF-8"?><office:document{_NS} office:mimetype="{mime}">{body}</office:document>', "utf-8")
    reading = read(path)
    assert ([list(row) for row in only(reading).grid], codes(reading)) == ([["Регион", 1.5]], [])


def test_an_encrypted_ods(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", "", parts={"META-INF/manifest.xml": "<manifest:encryption-data/>"})
    assert refused(path).code == "password-protected"


@pytest.mark.parametrize(("encoding", "word"), [("cp1251", "Актюбинская область"), ("kz1048", "Ақтөбе облысы")])
def test_old_excel_without_a_code_page(tmp_path: Path, encoding: str, word: str) -> None:
    content = biff5([["Регион", "Оплачено, тенге"], [word, 1.5]], sheet="Отчёт".encode(encoding), encoding=encoding)
    reading = read(ole(tmp_path / "a.xls", "Book", content))
    sheet = only(reading)
    assert (sheet.name, [list(row) for row in sheet.grid]) == ("Отчёт", [["Регион", "Оплачено, тенге"], [word, 1.5]])
    assert [(f.code, dict(f.facts)) for f in reading.findings] == [("encoding", {"encoding": encoding})]


def test_old_excel_with_a_code_page_or_in_english_is_left_alone(tmp_path: Path) -> None:
    stated = biff5([["Регион", 1.0]], extra=record(0x42, (1251).to_bytes(2, "little")))
    assert (only(reading := read(ole(tmp_path / "a.xls", "Book", stated))).value(1, 1), codes(reading)) == ("Регион", [])
    english = biff5([["Region", 1.0]])
    assert codes(read(ole(tmp_path / "b.xls", "Book", english))) == []


def test_what_calamine_hides_in_old_excel(tmp_path: Path) -> None:
    """An error value, a formula with an error, a formula with a result, a hidden row, a hidden column, a percentage."""
    cells = record(0x205, struct.pack("<HHHBB", 1, 0, 0, 42, 1))
    cells += record(0x06, struct.pack("<HHH", 1, 1, 0) + b"\x02\0\x07\0\0\0\xff\xff" + bytes(8))
    cells += record(0x06, struct.pack("<HHHd", 1, 2, 1, 0.5) + bytes(8))
    cells += record(0x208, struct.pack("<HHHHHHHH", 1, 0, 3, 255, 0, 0, 0x20, 0)) + record(0x7D, struct.pack("<HHHHH", 1, 1, 9, 0, 1))
    styles = record(0xE0, struct.pack("<HHHH8x", 0, 0, 0, 0)) + record(0xE0, struct.pack("<HHHH8x", 0, 9, 0, 0))
    sheet = only(read(ole(tmp_path / "a.xls", "Book", biff5([["Region", 1.0, 2.0]], extra=styles, cells=cells))))
    assert list(sheet.grid[1]) == [ErrorValue("#N/A"), ErrorValue("#DIV/0!"), 0.5]
    assert (set(sheet.formulas), set(sheet.hidden_rows), set(sheet.hidden_columns)) == ({(2, 2), (2, 3)}, {2}, {2})
    assert sheet.formats == {(2, 3): "0%"}


def test_western_letters_that_become_no_words_are_refused(tmp_path: Path) -> None:
    content = biff5([["ÐÀßÞÝ×", 1.0]], encoding="cp1252")
    assert refused(ole(tmp_path / "a.xls", "Book", content.replace("ÐÀßÞÝ×".encode("cp1252"), b"\x90\xc0\xdf\xff\xa1\xd7"))).code == "encoding-not-stated"


@pytest.mark.parametrize(("stream", "code"), [("EncryptedPackage", "password-protected"), ("WordDocument", "unreadable"), ("Other", "unreadable")])
def test_other_compound_files(tmp_path: Path, stream: str, code: str) -> None:
    assert refused(ole(tmp_path / "a.xlsx", stream, b"x")).code == code


def test_a_workbook_of_another_kind_than_its_name_says_is_read(tmp_path: Path) -> None:
    reading = read(xlsx(tmp_path / "a.xls", rows('<c r="A1"><v>1</v></c>')))
    assert only(reading).value(1, 1) == 1.0
    (finding,) = reading.findings
    assert (finding.code, finding.expected, finding.actual) == ("extension-differs-from-content", ".xls", "Excel workbook (xlsx)")


@pytest.mark.parametrize(
    ("content", "code", "fact"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "unreadable", "it is a PDF document"),
        (b"{\\rtf1\\ansi", "unreadable", "it is a Word document (rtf)"),
        (b"\x89PNG\r\n\x1a\n", "unreadable", "it is a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "unreadable", "it is a picture"),
        (b"PK\x03\x04 and no more", "unreadable", "it is cut short"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "unreadable", "it is a picture"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "unreadable", "it is a picture"),
        (b"AT&TFORM\0\0", "unreadable", "it is a scan (djvu)"),
        (b"\x4c\0\0\0\x01\x14\x02\0" + bytes(60), "unreadable", "it is a shortcut to a file, not the file"),
        (b"Rar!\x1a\x07\0", "archive-not-read", "it is of a kind that is not opened (rar, 7z, gz, tar)"),
        (b"7z\xbc\xaf\x27\x1c\0", "archive-not-read", "it is of a kind that is not opened (rar, 7z, gz, tar)"),
        (b"\x1f\x8b\x08\0", "archive-not-read", "it is of a kind that is not opened (rar, 7z, gz, tar)"),
        (b"a.xlsx".ljust(257, b"\0") + b"ustar\x0000", "archive-not-read", "it is of a kind that is not opened (rar, 7z, gz, tar)"),
        (b"MOXCEL\0\x08\0\x01", "unsupported-format", "1C document (mxl)"),
        (b'{"rows": [1, 2]}', "unsupported-format", "JSON"),
        (b'<?xml version="1.0"?><report><row/></report>', "unsupported-format", "XML"),
        (b"From: a@b\nTo: c@d\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n", "unreadable", "it is a message (eml)"),
        (b"\x01\x02\0\x03" * 50, "unreadable", "it is no spreadsheet"),
    ],
)
def test_what_is_no_spreadsheet_is_called_by_its_name(tmp_path: Path, content: bytes, code: str, fact: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    finding = refused(path)
    assert (finding.code, dict(finding.facts).get("reason") or dict(finding.facts).get("kind")) == (code, fact)
    assert code in UNREADABLE


@pytest.mark.parametrize(
    ("parts", "reason"),
    [({"word/document.xml": "x"}, "it is a Word document (docx)"), ({"ppt/presentation.xml": "x"}, "it is a presentation"), ({"a.txt": "x"}, "it lies within another archive, or holds no reports")],
)
def test_other_archives(tmp_path: Path, parts: dict[str, str], reason: str) -> None:
    assert dict(refused(zipped(tmp_path / "a.xlsx", parts)).facts) == {"reason": reason}


@pytest.mark.parametrize(("name", "content"), [("~$Отчёт.xlsx", b"\x04User".ljust(165)), (".~lock.Отчёт.ods#", b",user,host,25.11.2026 10:00;")])
def test_a_lock_file_that_is_given_by_name_is_called_one(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert dict(refused(tmp_path / name).facts) == {"reason": "it is the lock file of a workbook that somebody has open"}


@pytest.mark.parametrize("name", ["Отчёт № 1 #2 100%.xlsx", unicodedata.normalize("NFD", "Йод ёж.xlsx"), "a b  c.XLSX", "без расширения", "a.xlsx.xlsx"])
def test_awkward_names_are_names(tmp_path: Path, name: str) -> None:
    path = xlsx(tmp_path / name, rows('<c r="A1"><v>1</v></c>'))
    reading = read(path)
    assert (only(reading).value(1, 1), reading.workbook and reading.workbook.name) == (1.0, str(path))


def test_an_old_workbook_under_a_password_is_not_called_damaged(tmp_path: Path) -> None:
    path = ole(tmp_path / "a.xls", "Workbook", record(0x809, bytes([0, 6, 5, 0, 0, 0, 0, 0])) + record(0x2F, bytes(6)) + record(0x0A, b""))
    assert refused(path).code == "password-protected"


def test_every_reason_for_not_reading_a_file_can_be_said_in_other_languages() -> None:
    """Names of formats that are the same everywhere (HTML, JSON, XML, Apple Numbers) need no translation."""
    said = set()
    for path in sorted((Path(__file__).parents[1] / "budgettool" / "read").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg in ("reason", "kind") and isinstance(node.value, ast.Constant):
                said.add(node.value.value)
    said |= {reason for _, reason in (*kinds._MAGIC, *kinds._STREAMS)} | {kinds.FILLED} | {kind.value for kind in kinds.Kind}
    assert sorted(said - REASONS.keys()) == ["Apple Numbers", "HTML", "JSON", "XML"]
