"""Web pages as reports: tables in every state, exact numbers beside the text, hidden rows, titles above, archives of pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from budgettool.read import read
from budgettool.read.sheet import ErrorValue, Merge, Sheet, Unvalued
from read_kit import codes, only, refused

RUSSIAN = "<table><tr><td>Регион<td>Оплачено, тенге<tr><td>Актюбинская область<td>1&nbsp;234,5</table>"
KAZAKH = "<table><tr><td>Өңір<td>Төленді<tr><td>Ақтөбе облысы<td>1</table>"


def page(path: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def sheet(tmp_path: Path, text: str) -> Sheet:
    return only(read(page(tmp_path / "a.html", text)))


def rows(tmp_path: Path, text: str) -> list[list[object]]:
    return [list(row) for row in sheet(tmp_path, text).grid]


def test_lines_above_a_table_are_rows_above_it(tmp_path: Path) -> None:
    """A title, two lines of a paragraph, a caption, text that strayed into the table; the page's own title is not displayed."""
    text = "<html><head><title>T</title></head><h1>Отчёт</h1><p>за март<br>2019&nbsp;года</p><table><caption>тыс. тенге</caption>"
    text += "<tr><td>Регион<td>План</tr>стр. 1<tr><td>Абай<td>1</table><p>Исполнитель"
    expected = [["Отчёт"], ["за март"], ["2019\xa0года"], ["тыс. тенге"], ["стр. 1"], ["Регион", "План"], ["Абай", "1"], ["Исполнитель"]]
    assert rows(tmp_path, text) == expected


def test_spans_are_merged_cells(tmp_path: Path) -> None:
    text = "<table><tr><td rowspan=2>a<td colspan=2>b<td rowspan=9>c<tr><td>d<td>e<tr><td>f</table>"
    found = sheet(tmp_path, text)
    assert [list(row) for row in found.grid] == [["a", "b", None, "c"], [None, "d", "e"], ["f"]]
    assert found.merges == (Merge(1, 1, 2, 1), Merge(1, 2, 1, 3), Merge(1, 4, 3, 4))


def test_cells_hold_lines_entities_and_marks(tmp_path: Path) -> None:
    text = "<table><tr><td> а \n б<br>в<p>г</p><td>&laquo;А&amp;Б&raquo; &#8470;<td>120<sup>1)</sup><td>м<sup>2</sup><td>&nbsp;</table>"
    assert rows(tmp_path, text) == [["а б\nв\nг", "«А&Б» №", "120¹⁾", "м²"]]


def test_tables_that_follow_each_other_are_parted(tmp_path: Path) -> None:
    assert rows(tmp_path, "<table><tr><td>a<td>b</table><table><tr><td>c<td>d</table>") == [["a", "b"], [], ["c", "d"]]


def test_tables_that_only_arrange_others(tmp_path: Path) -> None:
    """A frame of one cell, a column of navigation beside the data, a data table whose first row holds a logo's table."""
    inner = "<table><tr><td>Регион<td>План<tr><td>Абай<td>1</table>"
    text = f"<table><tr><td><table><tr><td>Отчёт</table><td>меню<br>вход</tr><tr><td>{inner}</td><td></td></tr></table>"
    assert rows(tmp_path, text) == [["Отчёт", "меню\nвход"], ["Регион", "План"], ["Абай", "1"]]
    text = "<table><tr><td colspan=2><table><tr><td>x<td>y</table><tr><td>Регион<td>План<tr><td>Абай<td>1</table>"
    assert rows(tmp_path, text) == [["x", "y"], ["Регион", "План"], ["Абай", "1"]]


def test_tags_that_nobody_closed(tmp_path: Path) -> None:
    text = "<TABLE><THEAD><TR><TH>Регион<TH>План<TFOOT><TR><TD>Итого<TD>1<TBODY><TR><TD>Абай<TD>1</TABLE></td></table>"
    assert rows(tmp_path, text) == [["Регион", "План"], ["Абай", "1"], ["Итого", "1"]]


def test_numbers_that_the_page_states_exactly(tmp_path: Path) -> None:
    style = '<style>.n{mso-number-format:"\\#\\,\\#\\#0\\0022 тыс\\.\\0022";} .d, .e{mso-number-format:"Short Date"} .t{mso-number-format:"\\@"}</style>'
    cells = '<td x:num="1234567.891">1 234 567,89<td class=n x:num="5">5 тыс.<td class=d x:num="43555">31.03.2019<td x:num>61<td class=t>0012'
    cells += '<td x:err="#REF!">#ССЫЛКА!<td x:bool="TRUE">ИСТИНА<td x:fmla="=A1*2"></td><td x:num="6" x:fmla="=A1*2">6'
    cells += '<td sdval="7.25" sdnum="1049;0;0.0">7,3<td data-sheets-value=\'{"1":3,"3":8.125}\'>8,13<td data-value="1234.5">1 234,50<td data-value="3">1 234'
    found = sheet(tmp_path, f'<html xmlns:x="urn:schemas-microsoft-com:office:excel">{style}<table><tr>{cells}</table>')
    values = [1234567.891, 5.0, date(2019, 3, 31), 61.0, "0012", ErrorValue("#ССЫЛКА!"), True, Unvalued("A1*2"), 6.0, 7.25, 8.125, 1234.5, "1 234"]
    assert list(found.grid[0]) == values
    assert (dict(found.formats), set(found.formulas)) == ({(1, 2): '#,##0"тыс."', (1, 3): "dd.mm.yyyy"}, {(1, 8), (1, 9)})


def test_what_is_displayed_stays_text(tmp_path: Path) -> None:
    """Without an exact number the format was applied already: `5` under thousands left out is not five thousandths of what it says."""
    found = sheet(tmp_path, "<table><tr><td style='mso-number-format:\"\\#\\,\\#\\#0\\,\"'>5<td>1,234.50<td>01.06.2019</table>")
    assert (list(found.grid[0]), dict(found.formats)) == (["5", "1,234.50", "01.06.2019"], {})


def test_what_is_not_displayed(tmp_path: Path) -> None:
    """Rows, columns and tables are kept and marked; a hidden sort key within a cell, scripts and menus are no text of it."""
    text = "<style>.x{display:none} @media print{.p{display:none}}</style><div class=x>меню</div><script>var a='<td>';</script>"
    text += "<table><col><col class=x><tr><td>a<td>b<td class=p>c<tr class=x><td>d<td>e<td>f</tr><tr hidden><td>g</tr>"
    text += '<tr><td><span style="display: none">20190301</span>01.03.2019<td><input value="7"><input type=hidden value="9">'
    text += "<td><select><option>x<option selected>y</select></table>"
    text += "<table style='display:none'><tr><td>q<td>r</table>"
    found = sheet(tmp_path, text)
    assert [list(row) for row in found.grid] == [["a", "b", "c"], ["d", "e", "f"], ["g"], ["01.03.2019", "7", "y"], [], ["q", "r"]]
    assert (set(found.hidden_rows), set(found.hidden_columns)) == ({2, 3, 6}, {2})


@pytest.mark.parametrize(
    ("text", "stated", "encoding", "said"),
    [
        (RUSSIAN, "windows-1251", "cp1251", []),
        (RUSSIAN, "utf-8", "utf-8", []),
        (RUSSIAN, "", "utf-8-sig", []),
        (RUSSIAN, "", "utf-16", []),
        (RUSSIAN, "koi8-r", "koi8-r", []),
        (RUSSIAN, "", "cp1251", ["cp1251"]),
        (RUSSIAN, "utf-8", "cp1251", ["cp1251"]),
        (RUSSIAN, "iso-8859-1", "cp1251", ["cp1251"]),
        (RUSSIAN, "windows-1251", "utf-8", ["utf-8"]),
        (KAZAKH, "windows-1251", "kz1048", ["kz1048"]),
        (RUSSIAN, "no-such", "cp1251", ["cp1251"]),
    ],
)
def test_the_encoding_is_believed_unless_the_bytes_prove_it_wrong(tmp_path: Path, text: str, stated: str, encoding: str, said: list[str]) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={stated}">' if stated else ""
    reading = read(page(tmp_path / "a.html", f"<html>{meta}{text}", encoding))
    assert str(only(reading).value(2, 1)).startswith(("Актюбинская", "Ақтөбе"))
    assert [dict(finding.facts)["encoding"] for finding in reading.findings] == said


def test_the_name_of_the_sheet_and_of_the_kind(tmp_path: Path) -> None:
    remark = "<!--[if gte mso 9]><xml><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>Март &amp; апрель</x:Name></x:ExcelWorksheet></xml><![endif]-->"
    reading = read(page(tmp_path / "export.xls", f"<html>{remark}{RUSSIAN}"))
    assert only(reading).name == "Март & апрель"
    assert [(f.code, f.expected, f.actual) for f in reading.findings] == [("extension-differs-from-content", ".xls", "HTML")]


def test_a_page_under_a_warning_of_its_program_is_a_page(tmp_path: Path) -> None:
    assert rows(tmp_path, "Warning: mysql_query() in x.php\n<table><tr><td>a<td>b</table>") == [["Warning: mysql_query() in x.php"], ["a", "b"]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html><body>Войдите в систему</body></html>", "it is a web page without a table"),
        ("<html><frameset><frame src='sheet001.htm'></frameset></html>", "it is a web page without a table"),
        ("<html><table><tr><td>a<td>b<tr><td>c", "it is cut short"),
        ("<html><table><tr><td>a<td>b</table><td class='", "it is cut short"),
        ("<html><table><tr><td>a<td>b</table>" + "<!--" * 100_000, "it is cut short"),
        ("<html><table>" + "<tr><td><table>" * 1000, "its tables stand within each other too deep"),
    ],
)
def test_pages_that_are_not_read(tmp_path: Path, text: str, reason: str) -> None:
    assert dict(refused(page(tmp_path / "a.html", text)).facts) == {"reason": reason}


@pytest.mark.parametrize("text", ["<td colspan=1000>a" * 20, "<td rowspan=65000 colspan=1000>a" * 16 + "<tr><td>b" * 2000])
def test_spans_without_end_are_refused(tmp_path: Path, text: str) -> None:
    assert refused(page(tmp_path / "a.html", f"<table><tr>{text}</table>")).code == "sheet-too-large"


def test_personal_numbers_beside_the_cells_are_found(tmp_path: Path) -> None:
    reading = read(page(tmp_path / "a.html", f"<!-- 850101300015 -->{RUSSIAN}"))
    assert codes(reading) == ["personal-data"]
    assert reading.workbook is not None and reading.workbook.source is None


def archive(*parts: tuple[str, str, str]) -> str:
    """A web archive of parts: kind, place, content in plain UTF-8."""
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="=_b"\n\n'
    body = "".join(f"--=_b\nContent-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\nContent-Location: file:///C:/x/{place}\n\n{text}\n" for kind, place, text in parts)
    return f"{head}{body}--=_b--\n"


def test_an_archive_of_pages_gives_a_sheet_each(tmp_path: Path) -> None:
    names = "".join(
        f'<x:ExcelWorksheet><x:Name>{name}</x:Name><x:WorksheetSource HRef="x_files/{place}"/></x:ExcelWorksheet>'
        for name, place in (("Март", "sheet001.htm"), ("Апрель", "sheet002.htm"))
    )
    text = archive(
        ("text/html", "book.htm", f"<html><!--[if gte mso 9]><xml>{names}</xml><![endif]--><frameset></frameset>"),
        ("text/css", "x_files/stylesheet.css", '.d{mso-number-format:"Short Date"}'),
        ("text/html", "x_files/tabstrip.htm", "<table><tr><td>1<td>2</table>"),
        ("text/html", "x_files/sheet001.htm", RUSSIAN),
        ("text/html", "x_files/sheet002.htm", '<table><tr><td>a<td class=d x:num="43555">x</table>'),
    )
    reading = read(page(tmp_path / "a.mht", text))
    assert reading.workbook is not None
    first, second = reading.workbook.sheets
    assert (first.name, first.value(2, 1), second.name, second.value(1, 2)) == ("Март", "Актюбинская область", "Апрель", date(2019, 3, 31))


def test_an_archive_of_a_page_without_a_table(tmp_path: Path) -> None:
    assert dict(refused(page(tmp_path / "a.mht", archive(("text/html", "a", "<p>x")))).facts) == {"reason": "it is a web page without a table"}
