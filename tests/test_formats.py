"""The output formats: exact figures and plain texts become text that aligns, round-trips, and runs nowhere."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from budgettool import formats
from budgettool.formats import Column, Kind, Lines, Page, Table, fitted, on_one_line
from budgettool.wording import Wording

COLUMNS = (
    Column("region", "Region"),
    Column("paid", "Paid", Kind.MONEY),
    Column("people", "People", Kind.PEOPLE),
    Column("rate", "Rate", Kind.RATE),
)
ROWS = (
    ("Қызылорда", Decimal("1234567.5"), 12, Decimal("342.1600")),
    ("Алматы", None, None, None),
    ("Итого", Decimal(0), 0, Decimal(400)),
)


def page(*rows: tuple[object, ...], document: dict[str, object] | None = None, **more: object) -> Page:
    table = Table(COLUMNS, rows or ROWS, **more)  # type: ignore[arg-type]
    return Page(document or {"schema": "budgettool/test/1"}, (table,), remarks=(Lines(("  one",), title="error: code (1)"),))


def rendered(name: str, made: Page, lang: str = "en", encoding: str = "utf-8") -> str:
    return formats.renderer(name)(made, Wording(lang), encoding)


def test_each_file_of_the_drawer_is_a_format() -> None:
    assert formats.names() == ("csv", "json", "markdown", "table")
    for name in formats.names():
        assert rendered(name, page()).endswith("\n")


def test_table_aligns_numbers_right_and_parts_thousands() -> None:
    lines = rendered("table", page()).splitlines()
    assert lines[0] == "Region             Paid  People      Rate"
    assert lines[2] == "Қызылорда  1,234,567.50      12  342.1600"
    assert lines[3] == "Алматы                –       –         –"


def test_table_speaks_the_language_in_its_numbers() -> None:
    assert "1\u00a0234\u00a0567,50" in rendered("table", page(), "ru")


def test_table_rules_off_the_total_and_shows_notes() -> None:
    lines = rendered("table", page(title="Title", total=True, notes=("", "A note."))).splitlines()
    assert lines[0] == "Title"
    assert lines[6].startswith("─────") and lines[7].startswith("Итого")
    assert lines[9] == "A note."


def test_table_wraps_long_headings() -> None:
    column = Column("refund", "Returned to the republican budget", Kind.MONEY)
    text = rendered("table", Page({}, (Table((column,), ((Decimal(1),),)),)))
    assert max(map(len, text.splitlines())) <= 16


def test_table_never_reads_numbers_into_texts() -> None:
    text = rendered("table", Page({}, (Table((Column("bin", "BIN"),), (("000140000018",), ("1E5",))),)))
    assert "000140000018" in text and "1E5" in text


def test_what_stood_in_a_cell_can_not_steer_the_terminal() -> None:
    assert "\x1b" not in rendered("table", page(("a\x1b[31mred\nb", None, None, None)))
    assert on_one_line("a\x1b[2J\r\nb\u00a0c") == "a [2J  b\u00a0c"


def test_csv_holds_exact_figures_and_empty_fields() -> None:
    rows = list(csv.reader(io.StringIO(rendered("csv", page(), "ru"))))
    assert rows[0] == ["region", "paid", "people", "rate"]
    assert rows[1] == ["Қызылорда", "1234567.50", "12", "342.1600"]
    assert rows[2] == ["Алматы", "", "", ""]
    assert rows[3] == ["Итого", "0.00", "0", "400"]


@pytest.mark.parametrize("text", ["=1+2", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_csv_disarms_formulas(text: str) -> None:
    rows = list(csv.reader(io.StringIO(rendered("csv", page((text, None, None, None))), newline="")))
    assert rows[1][0] == "'" + text.replace("\r", "\n")


@pytest.mark.parametrize("text", ["-35", "+7", "-35.00", "plain", "a=b"])
def test_csv_leaves_numbers_and_plain_texts_alone(text: str) -> None:
    rows = list(csv.reader(io.StringIO(rendered("csv", page((text, None, None, None))))))
    assert rows[1][0] == text


def test_csv_gives_the_rows_that_the_page_names() -> None:
    data = Table((Column("cell", "Cell"),), (("F14",),))
    made = Page({}, (Table(COLUMNS, ROWS),), data=data)
    assert rendered("csv", made) == "cell\nF14\n"
    assert rendered("csv", Page({}, (Lines(("said",)),))) == ""


def test_markdown_escapes_its_own_marks() -> None:
    text = rendered("markdown", page(("a|b_*<i>", Decimal(1), 2, None), title="T", total=True))
    assert "### T" in text
    assert "| ---" in text and "---: |" in text
    assert "**a\\|b\\_\\*\\<i\\>**" in text
    assert "- one" in text


def test_json_keeps_order_and_is_ascii_where_the_stream_is_not_utf8() -> None:
    document: dict[str, object] = {"schema": "x", "b": "₸ Қ", "a": None}
    made = page(document=document)
    assert list(json.loads(rendered("json", made))) == ["schema", "b", "a"]
    assert "₸ Қ" in rendered("json", made)
    for encoding in ("cp1251", "cp866", "ascii"):
        text = rendered("json", made, encoding=encoding)
        assert text.isascii() and json.loads(text) == document


def test_json_survives_half_a_character() -> None:
    text = rendered("json", page(document={"file": "\udcff.xlsx"}))
    text.encode("utf-8")
    assert json.loads(text)["file"] == "\udcff.xlsx"


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "ascii", "utf-8"])
@pytest.mark.parametrize("name", ["table", "csv", "markdown", "json"])
def test_no_console_is_too_narrow(name: str, encoding: str) -> None:
    rendered(name, page(total=True, notes=("± 5 ₸ … «Қ»",)), "kk", encoding).encode(encoding)


def test_typography_becomes_plain_before_anything_is_lost() -> None:
    assert fitted("1\u00a0234 – 5 ₸", "ascii") == "1 234 - 5 KZT"
    assert fitted("Қ", "cp1251") == "?"
    assert fitted("Қ – ₸", "utf-8") == "Қ – ₸"
