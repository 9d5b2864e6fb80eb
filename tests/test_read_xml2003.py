"""XML Spreadsheet 2003: positions that are left out, merges, kinds of values, hidden rows, columns and sheets, entities refused."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from budgettool.read import read
from budgettool.read.sheet import ErrorValue, Merge, Unvalued
from read_kit import codes, only, refused

HEAD = """<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">"""
STYLES = """<Styles><Style ss:ID="Default" ss:Name="Normal"/><Style ss:ID="day"><NumberFormat ss:Format="Short Date"/></Style>
<Style ss:ID="below" ss:Parent="day"/><Style ss:ID="part"><NumberFormat ss:Format="Percent"/></Style>
<Style ss:ID="hours"><NumberFormat ss:Format="[h]:mm"/></Style><Style ss:ID="set"><Alignment ss:Indent="2"/></Style></Styles>"""


def book(path: Path, *tables: str, options: str = "", encoding: str = "utf-8", declared: str | None = None, before: str = "") -> Path:
    sheets = "".join(f'<Worksheet ss:Name="Лист{number}"><Table>{table}</Table>{options}</Worksheet>' for number, table in enumerate(tables, 1))
    declaration = f'<?xml version="1.0" encoding="{declared or encoding}"?>'
    path.write_bytes(f"{declaration}{before}{HEAD}{STYLES}{sheets}</Workbook>".encode(encoding))
    return path


def cell(value: object = None, kind: str = "String", **said: object) -> str:
    attributes = "".join(f' ss:{name}="{text}"' for name, text in said.items())
    return f"<Cell{attributes}/>" if value is None else f'<Cell{attributes}><Data ss:Type="{kind}">{value}</Data></Cell>'


def test_every_kind_of_value(tmp_path: Path) -> None:
    held = cell("А &amp; Б&#10;в") + cell("1.5", "Number") + cell("2019-03-31T00:00:00.000", "DateTime") + cell("2019-03-31T12:30:00.000", "DateTime")
    held += cell("1899-12-31T12:30:00.000", "DateTime") + cell("1900-01-01T06:00:00.000", "DateTime", StyleID="hours") + cell("1", "Boolean")
    held += cell("#ССЫЛКА!", "Error") + cell(Formula="=R[-1]C*2") + cell("3", "Number", Formula="=1+2") + cell("  ") + cell("7", "Number", StyleID="part")
    found = only(read(book(tmp_path / "a.xml", f"<Row>{held}</Row>")))
    moments = [date(2019, 3, 31), datetime(2019, 3, 31, 12, 30), time(12, 30), timedelta(hours=30)]
    assert list(found.grid[0]) == ["А & Б\nв", 1.5, *moments, True, ErrorValue("#ССЫЛКА!"), Unvalued("R[-1]C*2"), 3.0, None, 7.0]
    assert (set(found.formulas), dict(found.formats)) == ({(1, 9), (1, 10)}, {(1, 6): "[h]:mm", (1, 12): "0.00%"})


def test_positions_that_are_stated_only_where_something_is_left_out(tmp_path: Path) -> None:
    table = '<Column/><Column ss:Index="3" ss:Span="1" ss:Hidden="1"/>'
    table += f'<Row ss:Index="2">{cell("a", MergeAcross=1, MergeDown=1)}{cell("b")}{cell("c", Index=6)}</Row>'
    table += f'<Row ss:Span="1" ss:Hidden="1">{cell("d", Index=3)}</Row><Row>{cell("e")}</Row>'
    found = only(read(book(tmp_path / "a.xml", table)))
    assert [list(row) for row in found.grid] == [[], ["a", None, "b", None, None, "c"], [None, None, "d"], [], ["e"]]
    assert (found.merges, set(found.hidden_rows), set(found.hidden_columns)) == ((Merge(2, 1, 3, 2),), {3, 4}, {3, 4})


def test_styles_come_from_the_cell_its_row_its_column_or_what_they_are_made_from(tmp_path: Path) -> None:
    table = f'<Column ss:StyleID="part"/><Row>{cell("1", "Number")}{cell("2", "Number", StyleID="below")}{cell("x", StyleID="set")}</Row>'
    table += f'<Row ss:StyleID="day">{cell("3", "Number")}</Row>'
    found = only(read(book(tmp_path / "a.xml", table)))
    assert dict(found.formats) == {(1, 1): "0.00%", (1, 2): "dd.mm.yyyy", (2, 1): "dd.mm.yyyy"}
    assert dict(found.indents) == {(1, 3): 2}


def test_rich_text_keeps_a_raised_mark_apart(tmp_path: Path) -> None:
    rich = '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>120</B><Sup>1</Sup></ss:Data></Cell>'
    assert only(read(book(tmp_path / "a.xml", f"<Row>{rich}</Row>"))).value(1, 1) == "120¹"


def test_hidden_sheets_page_texts_and_comments(tmp_path: Path) -> None:
    hidden = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>'
    reading = read(book(tmp_path / "a.xml", f"<Row>{cell('x')}</Row>", options=hidden))
    assert (reading.workbook and reading.workbook.sheets, codes(reading)) == ((), ["hidden-sheet-skipped"])
    marked = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><PageSetup><Header x:Data="&amp;RДСП"/></PageSetup></WorksheetOptions>'
    assert refused(book(tmp_path / "b.xml", f"<Row>{cell('x')}</Row>", options=marked)).code == "marked-for-official-use"
    noted = '<Row><Cell><Data ss:Type="String">x</Data><Comment><ss:Data>ИИН 850101300015</ss:Data></Comment></Cell></Row>'
    (finding,) = read(book(tmp_path / "c.xml", noted)).findings
    assert (finding.code, finding.at[0].cell) == ("personal-data", "A1")


def test_values_from_another_workbook_are_named(tmp_path: Path) -> None:
    linked = cell("1", "Number", Formula="='[План.xls]Март'!R1C1")
    (finding,) = read(book(tmp_path / "a.xml", f"<Row>{linked}</Row>")).findings
    assert (finding.code, dict(finding.facts)["other_file"]) == ("value-from-another-workbook", "План.xls")


@pytest.mark.parametrize(
    ("encoding", "declared", "said"),
    [("utf-8", None, []), ("utf-16", None, []), ("cp1251", "windows-1251", []), ("cp1251", "utf-8", ["cp1251"]), ("utf-8", "windows-1251", ["utf-8"])],
)
def test_encodings(tmp_path: Path, encoding: str, declared: str | None, said: list[str]) -> None:
    reading = read(book(tmp_path / "a.xml", f"<Row>{cell('Актюбинская область')}</Row>", encoding=encoding, declared=declared))
    assert (only(reading).value(1, 1), [dict(f.facts)["encoding"] for f in reading.findings]) == ("Актюбинская область", said)


@pytest.mark.parametrize(
    ("before", "table", "code", "reason"),
    [
        ('<!DOCTYPE x [<!ENTITY a "1"><!ENTITY b "&a;&a;">]>', "<Row/>", "unreadable", "it declares entities of its own, which may grow without end"),
        ("", "<Row><Cell>", "unreadable", "it is damaged"),
        ("", '<Row><Cell><Data ss:Type="Number">x</Data></Cell></Row>', "unreadable", "it is damaged"),
        ("", '<Row ss:Index="-1"><Cell/></Row>', "unreadable", "it is damaged"),
        ("", '<Row ss:Index="1048577"><Cell><Data ss:Type="String">x</Data></Cell></Row>', "sheet-too-large", None),
        ("", '<Row><Cell ss:MergeAcross="20000"/></Row>', "sheet-too-large", None),
    ],
)
def test_what_is_not_read(tmp_path: Path, before: str, table: str, code: str, reason: str | None) -> None:
    finding = refused(book(tmp_path / "a.xml", table, before=before))
    assert (finding.code, dict(finding.facts).get("reason")) == (code, reason)


def test_a_book_without_sheets(tmp_path: Path) -> None:
    assert dict(refused(book(tmp_path / "a.xml")).facts) == {"reason": "it holds no sheet"}


def test_a_far_corner_costs_nothing(tmp_path: Path) -> None:
    found = only(read(book(tmp_path / "a.xml", f'<Row>{cell("a")}</Row><Row ss:Index="1048576">{cell("b", Index=16384)}</Row>')))
    assert (found.value(1_048_576, 16_384), sum(map(len, found.grid))) == ("b", 16_385)
