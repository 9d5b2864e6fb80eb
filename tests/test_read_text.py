"""Text tables: encodings that nothing states, delimiters beside decimal commas, quotes that never close, lines that count."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgettool.read import read
from budgettool.read.encoding import likely
from budgettool.read.text import find_delimiter
from read_kit import codes, only, refused

REPORT = "Регион;Период;Оплачено, тенге\nАқтөбе облысы;2019-03;1,5\n"
RUSSIAN = "Регион;Период;Оплачено, тенге\nАктюбинская область;2019-03;1,5\n"


def table(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "report.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_unicode_needs_no_word(file: Path, encoding: str) -> None:
    reading = read(table(file, REPORT, encoding))
    assert (list(only(reading).grid[1]), codes(reading)) == (["Ақтөбе облысы", "2019-03", "1,5"], [])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, encoding) for text in (RUSSIAN, RUSSIAN.lower()) for encoding in ("cp1251", "cp866", "koi8-r", "mac-cyrillic")),
        *((RUSSIAN.upper(), encoding) for encoding in ("cp1251", "cp866", "koi8-r")),
        (REPORT, "kz1048"),
        ("Сумма;План\n1;2\n", "cp1251"),
        ("Id;Name\n" + "1;x\n" * 50_000 + "2;Область\n", "cp866"),
        ("Función;Gasto\nGobernación;1,5\n", "cp1252"),
        ("Förderung;Betrag\nMÜNCHEN;1\n", "cp1252"),
    ],
)
def test_the_encoding_is_found_by_its_words_and_named(file: Path, text: str, encoding: str) -> None:
    reading = read(table(file, text, encoding))
    assert ";".join(str(value) for value in only(reading).grid[-1]) == text.split("\n")[-2]
    assert [(f.code, dict(f.facts)) for f in reading.findings] == [("encoding", {"encoding": encoding})]


def test_an_encoding_that_makes_no_words_is_not_guessed(file: Path) -> None:
    assert refused(table(file, b"\x90\xc0\xdf\xff;\xa1\xd7\n\xf0\xb1\x8f\xde;1\n")).code == "encoding-not-stated"


@pytest.mark.parametrize("content", [REPORT.encode()[:-20], REPORT.encode().replace("ө".encode(), b"\xd3", 1)])
def test_broken_letters_are_not_read_in_another_encoding(file: Path, content: bytes) -> None:
    finding = refused(table(file, content[:-1] + "ы".encode()[:1]))
    assert dict(finding.facts) == {"reason": "its letters are UTF-8, and some of them are broken"}


@pytest.mark.parametrize("content", [RUSSIAN.encode("cp1251") + bytes(600), RUSSIAN.encode() * 100 + bytes(5000)])
def test_a_file_that_was_filled_up_with_zero_bytes_is_not_taken_for_whole(file: Path, content: bytes) -> None:
    assert dict(refused(table(file, content)).facts) == {"reason": "zero bytes stand in its text: it was not written to the end"}


def test_a_hard_space_alone_decides_nothing_and_harms_nothing(file: Path) -> None:
    assert only(read(table(file, b"Region;Paid\nAktobe region;1\xa0234,50\n"))).value(2, 2) == "1\xa0234,50"
    assert likely(b"1\xa0234") == "cp1251"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Регион;НПО;Оплачено, тенге\nАбай;ОФ «А», филиал, г. Семей;1,50\nАлматы;ОФ «Б», центр, г. Алматы;2,25\n", ";"),
        ("Регион;Оплачено, тенге\nАбай;1,5\n", ";"),
        ("Регион\tОплачено, тенге\nАбай\t1234,56\n", "\t"),
        ('Region,Paid\nAktobe region,"1,234.56"\n', ","),
        ("Region,Provider,Paid\nAktobe,A; B,1.5\nAtyrau,C; D,2.5\n", ","),
        ("Region|Paid\nAktobe|1,5\n", "|"),
        ("Отчёт за март, 2019\n\nРегион;План, тенге;Факт, тенге\nАбай;1,5;2,5\nИтого;1,5;2,5\n", ";"),
        ("Регион,План,Факт\nАбай,100,200\n", ","),
        ("Отчёт, март\nРегион|План\nАбай|1,5\nАлматы|2,5\n", "|"),
    ],
)
def test_the_delimiter_parts_rows_and_no_numbers(text: str, mark: str) -> None:
    assert find_delimiter(text.splitlines(keepends=True)) == mark


def test_a_sep_line_names_the_delimiter_and_counts_as_a_line(file: Path) -> None:
    sheet = only(read(table(file, "sep=|\r\nРегион|План; тенге\r\nАбай|1;5\r\n")))
    assert [list(row) for row in sheet.grid] == [[], ["Регион", "План; тенге"], ["Абай", "1;5"]]


def test_columns_of_a_print_out_stand_below_one_another(file: Path) -> None:
    """Fields that are blank keep their place, and a title is one cell."""
    text = "   Отчёт за март 2019 года, тыс. тенге\n\nРегион          План     Факт\nАбай облысы  1 000,5      2,5\nАлматы                    3,5\nИтого        1 000,5      6,0\n"
    expected = [["Отчёт за март 2019 года, тыс. тенге"], [], ["Регион", "План", "Факт"], ["Абай облысы", "1 000,5", "2,5"]]
    assert [list(row) for row in only(read(table(file, text))).grid] == [*expected, ["Алматы", None, "3,5"], ["Итого", "1 000,5", "6,0"]]


def test_decimal_commas_part_nothing_where_nothing_else_does(file: Path) -> None:
    assert [list(row) for row in only(read(table(file, "Факт\n1,5\n2,25\n"))).grid] == [["Факт"], ["1,5"], ["2,25"]]


def test_line_ends_of_every_system(file: Path) -> None:
    for end in ("\r\n", "\r", "\n"):
        sheet = only(read(table(file, f'Регион;Факт{end}{end}"Абай{end}облысы";1{end}Алматы;2')))
        assert [list(row) for row in sheet.grid] == [["Регион", "Факт"], [], [f"Абай{end}облысы", "1"], [], ["Алматы", "2"]]


def test_rows_stand_in_the_line_where_they_begin(file: Path) -> None:
    sheet = only(read(table(file, 'Регион;Факт\n\n"Абай\nобласть";1\nАлматы;2\n')))
    assert (sheet.value(3, 1), sheet.value(4, 1), sheet.value(5, 1)) == ("Абай\nобласть", None, "Алматы")


def test_blank_fields_are_blank_and_trailing_ones_are_cut(file: Path) -> None:
    assert [list(row) for row in only(read(table(file, "Регион;План;Факт;;\nАбай;;2;;\n;;;;\n"))).grid] == [["Регион", "План", "Факт"], ["Абай", None, "2"]]


@pytest.mark.parametrize(
    "text",
    [
        'Регион;НПО;Факт\nАбай;"ОФ А;1\nАлматы;ОФ Б;2\n',
        'Регион;НПО;Факт\nАбай;"ОФ А;1\nАлматы;"ОФ Б";2\n',
        'Регион;НПО;Факт\nАбай;"ОФ ""А"";1\n',
        'Регион;НПО;Факт\nАбай;"ОФ А";"1\n',
    ],
)
def test_a_quote_that_never_closes_swallows_nothing(file: Path, text: str) -> None:
    finding = refused(table(file, text))
    assert (finding.code, finding.at[0].cell, dict(finding.facts)["line"]) == ("quote-not-closed", "2", 2)


def test_quotes_within_a_name_are_its_own(file: Path) -> None:
    assert only(read(table(file, 'НПО;Факт\nОФ "А";1\n"ОФ ""Б""";2\n'))).grid[1:] == [['ОФ "А"', "1"], ['ОФ "Б"', "2"]]


@pytest.mark.parametrize("content", [b"", b"\n\n \n", b"\xef\xbb\xbf", b"\0\0\0\0"])
def test_nothing_is_nothing(file: Path, content: bytes) -> None:
    assert dict(refused(table(file, content)).facts) == {"reason": "it is empty"}


FIELD = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\x85\u2028\u2029"), max_size=12).map(str.strip)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(FIELD, FIELD, FIELD), min_size=1, max_size=8))
def test_what_was_written_is_read(tmp_path: Path, data: list[tuple[str, str, str]]) -> None:
    made = io.StringIO()
    csv.writer(made, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("Регион", "НПО", "Факт"), *data])
    sheet = only(read(table(tmp_path / "any.csv", made.getvalue())))
    for row, fields in enumerate(data, 2):
        assert [sheet.value(row, column) or "" for column in (1, 2, 3)] == list(fields)
