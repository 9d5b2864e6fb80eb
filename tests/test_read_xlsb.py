"""Binary workbooks: every kind of cell, what is hidden, far corners that cost nothing, damage that takes nothing along."""

from __future__ import annotations

import struct
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from budgettool.read import read
from budgettool.read.sheet import ErrorValue, Merge
from read_kit import codes, only, refused
from xlsb_kit import cell, number, record, row, shared, sheet, style, text, xlsb

FORMAT = record(615, struct.pack("<I", 1)) + record(44, struct.pack("<H", 164) + text("#,##0,")) + record(616)


def test_every_kind_of_cell(tmp_path: Path) -> None:
    cells = shared(1, 1) + cell(2, 2, struct.pack("<i", 1234 << 2 | 3)) + cell(3, 3, b"\x17") + cell(4, 4, b"\x01") + number(5, 1.5)
    cells += cell(6, 6, text("x")) + cell(8, 7, text("y") + bytes(6)) + cell(9, 8, struct.pack("<d", 2.5) + bytes(6)) + cell(11, 9, b"\x2a" + bytes(6))
    cells += cell(62, 10, b"\0" + text("rich")) + record(16, bytes(4) + struct.pack("<d", 7.0)) + cell(1, 12, b"")
    path = xlsb(tmp_path / "a.xlsb", {"Март": sheet(row(2), cells)}, strings=["нет", "Абай_x000D_"])
    found = only(read(path))
    expected = ["Абай\r", 12.34, ErrorValue("#REF!"), True, 1.5, "x", "y", 2.5, ErrorValue("#N/A"), "rich", 7.0]
    assert (found.name, [list(held) for held in found.grid]) == ("Март", [[], expected])
    assert set(found.formulas) == {(2, 7), (2, 8), (2, 9)}


def test_what_we_read_is_what_calamine_reads(tmp_path: Path) -> None:
    cells = shared(1, 0) + number(2, 43555.0, 1) + cell(2, 3, struct.pack("<i", -5 << 2 | 2)) + cell(4, 4, b"\0")
    path = xlsb(tmp_path / "a.xlsb", {"A": sheet(row(1), cells)}, strings=["Регион"], styles=style(0) + style(14))
    with path.open("rb") as file:
        theirs = CalamineWorkbook.from_filelike(file).get_sheet_by_name("A").to_python(skip_empty_area=False)
    assert [list(held) for held in only(read(path)).grid] == theirs


def test_formats_indents_merges_and_what_is_hidden(tmp_path: Path) -> None:
    held = row(1) + number(1, 43555, 1) + number(2, 1000, 2) + cell(6, 3, text("в том числе"), 3) + row(2, hidden=True) + number(1, 1)
    columns = record(390) + record(60, struct.pack("<IIIIH", 1, 1, 0, 0, 1)) + record(391)
    merges = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<IIII", 0, 1, 2, 3)) + record(178)
    styles = FORMAT + record(617) + style(0) + style(14) + style(164) + style(0, indent=2)
    sheets = {"Март": sheet(held, before=columns, after=merges), "Старый": sheet(row(1) + number(1, 1))}
    reading = read(xlsb(tmp_path / "a.xlsb", sheets, hidden=["Старый"], styles=styles))
    found = only(reading)
    assert list(found.grid[0]) == [date(2019, 3, 31), 1000.0, "в том числе"]
    assert (dict(found.formats), dict(found.indents)) == ({(1, 1): "dd.mm.yyyy", (1, 2): "#,##0,"}, {(1, 3): 2})
    assert (found.merges, set(found.hidden_rows), set(found.hidden_columns)) == ((Merge(1, 3, 2, 4),), {2}, {2})
    assert codes(reading) == ["hidden-sheet-skipped"]


def test_the_epoch_of_1904(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "a.xlsb", {"A": sheet(row(1) + number(1, 42093, 1))}, styles=style(0) + style(14), book=record(153, b"\x01" + bytes(7) + text("")))
    assert only(read(path)).value(1, 1) == date(2019, 3, 31)


def test_a_far_corner_costs_nothing(tmp_path: Path) -> None:
    found = only(read(xlsb(tmp_path / "a.xlsb", {"A": sheet(row(1) + number(1, 1) + row(1_048_576) + number(16_384, 2))})))
    assert (found.value(1, 1), found.value(1_048_576, 16_384), sum(map(len, found.grid))) == (1.0, 2.0, 16_385)


@pytest.mark.parametrize(("last", "column"), [(1_048_577, 1), (4_294_967_295, 1), (1, 16_385), (1, 4_294_967_295)])
def test_a_corner_beyond_the_sheet_is_refused(tmp_path: Path, last: int, column: int) -> None:
    assert refused(xlsb(tmp_path / "a.xlsb", {"A": sheet(row(last) + number(column, 1))})).code == "sheet-too-large"


@pytest.mark.parametrize(
    "damaged",
    [
        row(1) + shared(1, 99),
        row(1) + cell(6, 1, struct.pack("<I", 0xFFFFFF)),
        b"\x05\xff\xff\xff\x7f",
        row(1) + number(1, 1)[:-3],
    ],
)
def test_damage_is_said(tmp_path: Path, damaged: bytes) -> None:
    path = xlsb(tmp_path / "a.xlsb", {"A": record(129) + damaged})
    assert dict(refused(path).facts) == {"reason": "it is damaged"}


def test_personal_numbers_in_comments_are_found(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "a.xlsb", {"A": sheet(row(1) + number(1, 1))}, parts={"xl/comments1.bin": record(637, b"\0" + text("ИИН 850101300015"))})
    reading = read(path)
    assert codes(reading) == ["personal-data"]
    assert reading.workbook is not None and reading.workbook.source is None
