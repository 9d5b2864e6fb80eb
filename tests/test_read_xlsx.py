"""Excel workbooks: values as openpyxl sees them, and everything beside the values that changes what they mean."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgettool.read import read
from budgettool.read.sheet import ErrorValue, Merge, Sheet, Unvalued
from read_kit import MAIN, codes, only, refused, rows, xlsx, zipped


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "report.xlsx"


def written(path: Path, values: list[list[Any]]) -> Path:
    """A workbook as openpyxl writes it."""
    from openpyxl import Workbook

    book = Workbook()
    for row, line in enumerate(values, 1):
        for column, value in enumerate(line, 1):
            if value is not None:
                book["Sheet"].cell(row, column, value)
    book.save(path)
    return path


CELL = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**12),
    st.floats(-1e12, 1e12, allow_nan=False).filter(lambda x: not 0 < abs(x) < 1e-300),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=20).filter(
        lambda t: t.strip() == t and t[0] not in "=+-@" and "_x" not in t
    ),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2099, 12, 31)),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=6))
def test_every_value_is_what_openpyxl_reads(tmp_path: Path, values: list[list[Any]]) -> None:
    from openpyxl import load_workbook

    path = written(tmp_path / "any.xlsx", values)
    sheet, seen = only(read(path)), load_workbook(path, data_only=True)["Sheet"]
    for row in range(1, len(values) + 1):
        for column in range(1, 7):
            value = seen.cell(row, column).value
            assert sheet.value(row, column) == (value.date() if isinstance(value, datetime) else value)
    assert not sheet.grid or sheet.grid[-1]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=6))
def test_the_streaming_reader_sees_what_calamine_sees(tmp_path: Path, values: list[list[Any]]) -> None:
    """A file of which nothing differs but the order of attributes goes the other way."""
    path = written(tmp_path / "any.xlsx", values)
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"<sheetData>", b"<sheetData><!-- strange -->")
    expected, found = only(read(path)), only(read(zipped(other, parts)))
    assert [list(row) for row in found.grid] == [list(row) for row in expected.grid]
    assert (found.formats, found.formulas) == (expected.formats, expected.formulas)


def test_blank_rows_and_columns_before_the_first_value_keep_their_addresses(file: Path) -> None:
    assert only(read(xlsx(file, '<sheetData><row r="5"><c r="C5"><v>7</v></c></row></sheetData>'))).value(5, 3) == 7


def test_error_values_keep_their_text(file: Path) -> None:
    sheet = only(read(xlsx(file, rows('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1" t="e"><v>#REF!</v></c>'))))
    assert list(sheet.grid[0]) == [ErrorValue("#DIV/0!"), ErrorValue("#REF!")]


def test_a_formula_without_result_is_neither_blank_nor_zero(file: Path) -> None:
    cells = '<c r="A1"><f>B1&amp;"x"</f></c><c r="B1"><f>2*2</f><v></v></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>2*2</f><v>4</v></c>'
    sheet = only(read(xlsx(file, rows(cells))))
    assert list(sheet.grid[0]) == [Unvalued('B1&"x"'), Unvalued("2*2"), None, 4.0]
    assert sheet.formulas == {(1, 1), (1, 2), (1, 3), (1, 4)}


def test_hidden_rows_and_columns(file: Path) -> None:
    data = '<cols><col min="2" max="3" width="9" hidden="1"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    data += '<row r="2" hidden="1"><c r="A2"><v>2</v></c></row><row hidden="true" r="3"/><row r="4" ht="0" customHeight="1"/></sheetData>'
    sheet = only(read(xlsx(file, data)))
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns)) == ({2, 3, 4}, {2, 3})


def test_merged_ranges_are_one_based(file: Path) -> None:
    data = rows('<c r="B1"><v>1</v></c>') + '<mergeCells count="1"><mergeCell ref="B1:D2"/></mergeCells>'
    assert only(read(xlsx(file, data))).merges == (Merge(1, 2, 2, 4),)


def test_formats_are_kept_where_they_matter(file: Path) -> None:
    cells = "".join(f'<c r="{letter}1" s="{style}"><v>43555</v></c>' for style, letter in enumerate("ABCDEFGH"))
    sheet = only(read(xlsx(file, rows(cells))))
    assert sheet.formats == {(1, 2): "#,##0,", (1, 3): "mmmm yyyy", (1, 4): '0" тыс."', (1, 5): "0" * 12, (1, 6): "0%", (1, 7): "dd.mm.yyyy"}
    assert sheet.value(1, 3) == date(2019, 3, 31)


def test_days_counted_from_1904(file: Path) -> None:
    sheet = only(read(xlsx(file, rows('<c r="A1" s="6"><v>42093</v></c>'), book='<workbookPr date1904="1"/>')))
    assert sheet.value(1, 1) == date(2019, 3, 31)


def test_dates_and_times_by_the_streaming_reader(file: Path) -> None:
    cells = '<c s="6" r="A1"><v>43555</v></c><c s="6" r="B1"><v>43555.75</v></c><c s="6" r="C1"><v>0.5</v></c><c s="6" r="D1"><v>60.0</v></c>'
    assert only(read(xlsx(file, rows(cells)))).grid[0][:3] == [date(2019, 3, 31), datetime(2019, 3, 31, 18), time(12)]


def test_a_stray_space_in_the_last_cell_costs_nothing(file: Path) -> None:
    data = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t> </t></is></c></row></sheetData>'
    assert [list(row) for row in only(read(xlsx(file, data))).grid] == [[1.0]]


def test_a_stray_figure_far_away_is_read_without_the_cells_between(file: Path) -> None:
    data = '<sheetData><row r="1"><c r="A1" t="s"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>5</v></c></row></sheetData>'
    sheet = only(read(xlsx(file, data)))
    assert (sheet.value(1, 1), sheet.value(1_048_576, 16_384), len(sheet.grid[1])) == ("Область", 5.0, 0)


def test_far_cells_in_any_order_never_reach_calamine(file: Path) -> None:
    data = '<sheetData><row r="1048576"><c r="XFD1048576"><v>5</v></c><c r="A1048576"><v>5</v></c></row><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    assert only(read(xlsx(file, data))).value(1_048_576, 1) == 5.0


@pytest.mark.parametrize(("row", "cell"), [(1, "ZZ1048576"), (1, "A1048576"), (1048576, "ZY1048576")])
def test_a_cell_out_of_its_row_or_order_is_found(file: Path, row: int, cell: str) -> None:
    """Calamine would make every cell up to that corner, and end the process."""
    body = f'<sheetData><row r="{row}"><c r="{cell}"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>'
    sheet = only(read(xlsx(file, body)))
    assert (sheet.value(1, 2), len(sheet.grid), len(sheet.grid[2])) == (2, 1048576, 0)


@pytest.mark.parametrize("cell", ["A1048577", "XFE1", "A9999999"])
def test_a_cell_that_no_sheet_has_is_refused(file: Path, cell: str) -> None:
    body = f'<sheetData><row r="1"><c r="{cell}"><v>1</v></c></row></sheetData>'
    assert refused(xlsx(file, body)).code == "sheet-too-large"


def test_cells_without_addresses_and_with_prefixes(file: Path) -> None:
    body = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert list(only(read(xlsx(file, "", parts={"xl/worksheets/sheet1.xml": body}))).grid[0]) == ["Регион", 5.0]


def test_part_names_in_odd_letters(file: Path) -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>План</t></si></sst>'
    path = xlsx(file, rows('<c r="A1" t="s"><v>0</v></c>'))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "xl/sharedStrings.xml"}
    assert only(read(zipped(path, {**parts, "xl/SharedStrings.xml": strings}))).value(1, 1) == "План"


def test_a_hidden_sheet_is_named_and_left_out(file: Path) -> None:
    reading = read(xlsx(file, rows('<c r="A1"><v>1</v></c>'), rows('<c r="A1"><v>2</v></c>'), names=("Март", "Февраль"), hidden=("Февраль",)))
    assert only(reading).name == "Март"
    assert [(f.code, dict(f.facts)) for f in reading.findings] == [("hidden-sheet-skipped", {"name": "Февраль"})]


def test_macros_are_said(file: Path) -> None:
    assert codes(read(xlsx(file, rows('<c r="A1"><v>1</v></c>'), parts={"xl/vbaProject.bin": b"x"}))) == ["macros-not-run"]


PLACEHOLDERS = rows('<c r="A1"><v>5</v></c>', '<c r="A2"><v>7</v></c>', '<c r="A3"><f>SUM(A1:A2)</f><v>0</v></c>')


def test_placeholders_of_a_program_that_never_calculated(file: Path) -> None:
    reading = read(xlsx(file, PLACEHOLDERS, book='<calcPr calcId="124519" fullCalcOnLoad="1"/>'))
    assert only(reading).value(3, 1) == Unvalued("SUM(A1:A2)")
    assert [(f.code, f.at[0].cell) for f in reading.findings] == [("formulas-not-calculated", "A3")]


@pytest.mark.parametrize(
    ("data", "book"),
    [(PLACEHOLDERS, ""), (PLACEHOLDERS.replace("<v>5<", "<v>0<").replace("<v>7<", "<v>0<"), '<calcPr fullCalcOnLoad="1"/>')],
    ids=["a program that calculates", "a true zero"],
)
def test_a_stored_zero_that_may_be_one_stays(file: Path, data: str, book: str) -> None:
    reading = read(xlsx(file, data, book=book))
    assert (only(reading).value(3, 1), codes(reading)) == (0.0, [])


def test_values_from_another_workbook_are_named(file: Path) -> None:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = '<Relationship Id="rId{}" Type="' + kinds + '/{}" Target="{}"{}/>'
    external = ' TargetMode="External"'
    parts = {
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{relation.format(1, "worksheet", "worksheets/sheet1.xml", "")}'
        f"{relation.format(9, 'externalLink', 'externalLinks/externalLink1.xml', '')}</Relationships>",
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": f'<Relationships xmlns="{package}">'
        f"{relation.format(1, 'externalLinkPath', 'file:///C:/%D0%9F%D0%BB%D0%B0%D0%BD%202019.xlsx', external)}</Relationships>",
    }
    book = f'<externalReferences><externalReference xmlns:r="{kinds}" r:id="rId9"/></externalReferences>'
    reading = read(xlsx(file, rows('<c r="A1"><f>[1]Лист1!C5</f><v>8</v></c>'), book=book, parts=parts))
    assert only(reading).value(1, 1) == 8.0
    assert [(f.code, f.at[0].cell, dict(f.facts)["other_file"]) for f in reading.findings] == [("value-from-another-workbook", "A1", "План 2019.xlsx")]


def test_a_bomb_is_refused_before_it_is_unpacked(file: Path) -> None:
    assert refused(xlsx(file, " " * 70 * 2**20)).code == "unpacks-too-large"


def test_an_even_part_of_moderate_size_is_no_bomb(file: Path) -> None:
    assert only(read(xlsx(file, rows('<c r="A1"><v>1</v></c>'), parts={"xl/media/white.bmp": b"\xff" * 2**21}))).value(1, 1) == 1.0


def test_damage_is_said_in_plain_words(file: Path) -> None:
    content = xlsx(file, rows('<c r="A1"><v>1</v></c>')).read_bytes()
    file.write_bytes(content[: len(content) * 2 // 3])
    assert dict(refused(file).facts) == {"reason": "it is cut short"}


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_broken_xml_is_damage(file: Path, part: str) -> None:
    finding = refused(xlsx(file, "", parts={part: "<worksheet><sheetData><row"}))
    assert (finding.code, dict(finding.facts)) == ("unreadable", {"reason": "it is damaged"})


def test_entities_do_not_grow(file: Path) -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)) + "]>"
    body = f'{entities}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><v>&j;</v></c></row></sheetData></worksheet>'
    assert refused(xlsx(file, "", parts={"xl/worksheets/sheet1.xml": body})).code == "unreadable"


def test_durations_stay_durations(file: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book["Sheet"]["A1"] = timedelta(hours=30)
    book.save(file)
    sheet: Sheet = only(read(file))
    assert sheet.value(1, 1) == timedelta(hours=30)


INDENTED = f"""<styleSheet xmlns="{MAIN}"><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="0"><alignment horizontal="left" indent="2"/></xf>
<xf numFmtId="9"><alignment indent="1"/></xf><xf numFmtId="0"><alignment horizontal="left"/></xf></cellXfs></styleSheet>"""


@pytest.mark.parametrize("comment", ["", "<!-- by the streaming reader -->"])
def test_how_far_a_text_is_set_in_is_kept(file: Path, comment: str) -> None:
    cells = '<c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"><v>1</v></c><c r="C1" s="3"><v>1</v></c><c r="D1" s="1"/><c r="E1" s="1" t="s"><v>1</v></c>'
    sheet = only(read(xlsx(file, comment + rows(cells), parts={"xl/styles.xml": INDENTED})))
    assert sheet.indents == {(1, 1): 2, (1, 2): 1, (1, 5): 2}
    assert sheet.formats == {(1, 2): "0%"}
