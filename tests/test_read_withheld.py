"""What must not enter: personal numbers, wherever in a file they stand, and documents marked for official use. All numbers are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgettool.read import Reading, read
from budgettool.read.sheet import Withheld
from budgettool.terms.bin import has_check_digit
from read_kit import MAIN, codes, only, refused, rows, xlsx

IIN = next(number for serial in range(90000, 99999) if has_check_digit(number := f"850101{3}{serial}"))
EARLY = next(number for serial in range(90000, 99999) if has_check_digit(number := f"010203{5}{serial}"))
BIN = next(number for serial in range(90000, 99999) if has_check_digit(number := f"1603400{serial}"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "report.xlsx"


def text(address: str, content: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{content}</t></is></c>'


def assert_withheld(reading: Reading, *cells: str) -> None:
    assert reading.workbook is not None
    assert (reading.workbook.personal, reading.workbook.source) == (True, None)
    assert [place.cell for finding in reading.findings if finding.code == "personal-data" for place in finding.at] == list(cells)
    assert IIN not in repr(reading)


def test_a_personal_number_is_withheld_and_its_file_is_not_kept(file: Path) -> None:
    reading = read(xlsx(file, rows(text("A1", f"Иванова А.А., {IIN}") + f'<c r="B1"><v>{IIN}</v></c>', text("A2", f"{IIN}"))))
    assert_withheld(reading, "A1", "A2", "B1")
    assert [f.count for f in reading.findings] == [2, 1]
    assert list(only(reading).grid[0]) == [Withheld(), Withheld()]


def test_in_a_hidden_sheet(file: Path) -> None:
    reading = read(xlsx(file, rows(text("A1", "Регион")), rows(text("A1", IIN)), names=("Март", "Список"), hidden=("Список",)))
    assert_withheld(reading, "A1")
    assert next(f for f in reading.findings if f.code == "personal-data").at[0].sheet == "Список"


def test_in_a_comment(file: Path) -> None:
    parts = {
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList><comment ref="B2"><text><r><t>ИИН </t></r><r><t>{IIN}</t></r></text></comment></commentList></comments>',
        "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="../comments1.xml"/></Relationships>',
    }
    assert_withheld(read(xlsx(file, rows(text("A1", "Регион")), parts=parts)), "B2")


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>ИИН {IIN}</t></si></sst>'),
        ("xl/pivotCache/pivotCacheRecords1.xml", f'<pivotCacheRecords xmlns="{MAIN}"><r><s v="{IIN}"/></r></pivotCacheRecords>'),
        ("xl/externalLinks/externalLink1.xml", f'<externalLink xmlns="{MAIN}"><v>{IIN}</v></externalLink>'),
    ],
)
def test_out_of_sight(file: Path, part: str, content: str) -> None:
    """A text that no cell shows any more, the source of a pivot table, a cell of another workbook: the file is not kept."""
    reading = read(xlsx(file, rows(text("A1", "Регион")), parts={part: content}))
    assert_withheld(reading, "")
    assert list(only(reading).grid[0]) == ["Регион"]


def test_in_a_shared_string_is_said_once(file: Path) -> None:
    parts = {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>ИИН {IIN}</t></si></sst>'}
    assert_withheld(read(xlsx(file, rows('<c r="A1" t="s"><v>0</v></c>'), parts=parts)), "A1")


def test_in_a_formula(file: Path) -> None:
    assert_withheld(read(xlsx(file, rows(f'<c r="A1"><f>IF(B1="{IIN}",1,0)</f><v>0</v></c>'))), "A1")


def test_in_the_name_of_a_sheet(file: Path) -> None:
    reading = read(xlsx(file, rows(text("A1", "Регион")), names=(IIN,)))
    assert_withheld(reading, "")
    assert only(reading).name == "•" * 12


def test_far_down_a_long_sheet(file: Path) -> None:
    """Rows are looked through in blocks; the heading of one counts for the later ones."""
    down = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(2, 12001))
    cells = f'<row r="1">{text("A1", "ИИН")}</row>{down}<row r="12001"><c r="A12001"><v>{int(EARLY)}</v></c></row>'
    assert_withheld(read(xlsx(file, f"<sheetData>{cells}</sheetData>")), "A12001")


def test_in_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Регион;ИИН\nАбай;{IIN}\n", "utf-8")
    assert_withheld(read(path), "B2")


def test_a_number_that_lost_its_zeros_counts_below_its_heading_only(file: Path) -> None:
    short = EARLY.lstrip("0")
    reading = read(xlsx(file, rows(text("A1", "ИИН получателя") + text("B1", "Сумма"), f'<c r="A2"><v>{short}</v></c><c r="B2"><v>{short}</v></c>')))
    assert_withheld(reading, "A2")
    assert only(reading).value(2, 2) == float(short)


def test_organisations_and_amounts_are_no_persons(file: Path) -> None:
    reading = read(xlsx(file, rows(text("A1", f"БИН {BIN}") + f'<c r="B1"><v>{BIN}</v></c><c r="C1"><v>{IIN[:-2]}.5</v></c>')))
    assert (codes(reading), reading.workbook and reading.workbook.personal) == ([], False)
    assert reading.workbook is not None
    assert reading.workbook.source == file.read_bytes()


@pytest.mark.parametrize("hidden", [(), ("Гриф",)])
def test_a_marked_document_is_not_read(file: Path, hidden: tuple[str, ...]) -> None:
    finding = refused(xlsx(file, rows(text("A1", "Регион")), rows(text("A1", "Для служебного пользования")), names=("Март", "Гриф"), hidden=hidden))
    assert finding.code == "marked-for-official-use"


def test_a_mark_in_the_head_of_the_page(file: Path) -> None:
    page = "<headerFooter><oddHeader>&amp;RДСП&amp;C&amp;P</oddHeader></headerFooter>"
    assert refused(xlsx(file, rows(text("A1", "Регион")) + page)).code == "marked-for-official-use"


def test_a_board_of_wood_is_no_mark(file: Path) -> None:
    assert codes(read(xlsx(file, rows(text("A1", "Стол из ДСП") + text("B1", "ДСП 16 мм"))))) == []
