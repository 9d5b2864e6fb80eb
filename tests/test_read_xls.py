"""Old Excel, record by record: texts in pieces, formulas and what they gave, days of two epochs, far corners, the password that all know."""

from __future__ import annotations

import hashlib
import struct
from datetime import date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from budgettool.read import oldpassword, read
from budgettool.read.sheet import ErrorValue, Merge, Unvalued
from ole_kit import biff5, biff8, ole, place, record, wide
from read_kit import codes, only, refused

SST = record(0xFC, struct.pack("<II", 3, 3) + wide("Регион") + struct.pack("<HBH", 4, 9, 1) + "Абай".encode("utf-16-le") + bytes(4) + b"\x04\0\0Paid")
FORMATS = record(0x41E, struct.pack("<H", 164) + wide("#,##0,"))
STYLES = FORMATS + b"".join(record(0xE0, struct.pack("<HHHBBB11x", 0, number, 0, 0, 0, indent)) for number, indent in ((0, 0), (14, 0), (164, 0), (0, 2)))


def rk(number: int) -> bytes:
    return struct.pack("<i", number << 2 | 2)


def test_every_kind_of_cell(tmp_path: Path) -> None:
    cells = record(0xFD, place(2, 1) + struct.pack("<I", 1)) + record(0x27E, place(2, 2) + struct.pack("<i", -1234 << 2 | 3))
    cells += record(0x203, place(2, 3) + struct.pack("<d", 1.5)) + record(0x205, place(2, 4) + b"\x17\x01") + record(0x205, place(2, 5) + b"\x01\x00")
    cells += record(0xBD, struct.pack("<HH", 1, 5) + b"\0\0" + rk(7) + b"\0\0" + rk(8) + struct.pack("<H", 6)) + record(0x204, place(2, 8) + wide("қ"))
    path = ole(tmp_path / "a.xls", "Workbook", biff8(cells, tail=SST))
    found = only(read(path))
    assert (found.name, [list(held) for held in found.grid]) == ("Лист1", [[], ["Абай", -12.34, 1.5, ErrorValue("#REF!"), True, 7.0, 8.0, "қ"]])
    with path.open("rb") as file:
        theirs = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert theirs[1] == ["" if isinstance(value, ErrorValue) else value for value in found.grid[1]]


def test_a_text_that_goes_on_in_the_next_record_says_anew_how_wide_its_letters_are(tmp_path: Path) -> None:
    begin = struct.pack("<IIHB", 1, 1, 8, 0) + b"Akto"
    strings = record(0xFC, begin) + record(0x3C, b"\x01" + "бе".encode("utf-16-le")) + record(0x3C, b"\x00be")
    path = ole(tmp_path / "a.xls", "Workbook", biff8(record(0xFD, place(1, 1) + bytes(4)), tail=strings))
    assert only(read(path)).value(1, 1) == "Aktoбеbe"


def test_results_of_formulas(tmp_path: Path) -> None:
    def formula(column: int, result: bytes) -> bytes:
        return record(0x06, place(1, column) + result + bytes(8))

    cells = formula(1, struct.pack("<d", 2.5)) + formula(2, b"\x01\0\x01\0\0\0\xff\xff") + formula(3, b"\x02\0\x2a\0\0\0\xff\xff")
    cells += formula(4, b"\0\0\0\0\0\0\xff\xff") + record(0x4BC, bytes(8)) + record(0x207, wide("Итого")) + formula(5, b"\x03\0\0\0\0\0\xff\xff")
    found = only(read(ole(tmp_path / "a.xls", "Workbook", biff8(cells))))
    assert (list(found.grid[0]), len(found.formulas)) == ([2.5, True, ErrorValue("#N/A"), "Итого"], 5)


def test_formulas_that_no_program_ever_calculated(tmp_path: Path) -> None:
    """All of them gave an empty text: such a file comes from a library that stores no results."""
    cells = b"".join(record(0x06, place(1, column) + b"\x03\0\0\0\0\0\xff\xff" + bytes(8)) for column in (1, 2))
    assert list(only(read(ole(tmp_path / "a.xls", "Workbook", biff8(cells)))).grid[0]) == [Unvalued(), Unvalued()]


@pytest.mark.parametrize(("epoch", "day"), [(0, date(2019, 3, 31)), (1, date(2023, 4, 1))])
def test_days_formats_and_indents(tmp_path: Path, epoch: int, day: date) -> None:
    cells = record(0x203, place(1, 1, 1) + struct.pack("<d", 43555)) + record(0x27E, place(1, 2, 2) + rk(1000)) + record(0x204, place(1, 3, 3) + wide("в т.ч."))
    found = only(read(ole(tmp_path / "a.xls", "Workbook", biff8(cells, head=record(0x22, struct.pack("<H", epoch)) + STYLES))))
    assert list(found.grid[0]) == [day, 1000.0, "в т.ч."]
    assert (dict(found.formats), dict(found.indents)) == ({(1, 1): "dd.mm.yyyy", (1, 2): "#,##0,"}, {(1, 3): 2})


def test_merges_hidden_sheets_and_macros(tmp_path: Path) -> None:
    cells = record(0x203, place(1, 1) + struct.pack("<d", 1)) + record(0xE5, struct.pack("<HHHHH", 1, 0, 1, 0, 3))
    content = biff8(cells, sheets=(("Март", 0), ("Старый", 1), ("Ещё", 2))) + "_VBA_PROJECT_CUR".encode("utf-16-le")
    reading = read(ole(tmp_path / "a.xls", "Workbook", content))
    assert (only(reading).name, only(reading).merges) == ("Март", (Merge(1, 1, 2, 4),))
    assert codes(reading) == ["macros-not-run", "hidden-sheet-skipped", "hidden-sheet-skipped"]


def test_a_far_corner_costs_nothing(tmp_path: Path) -> None:
    cells = record(0x203, place(1, 1) + struct.pack("<d", 1)) + record(0x203, place(65536, 256) + struct.pack("<d", 2))
    found = only(read(ole(tmp_path / "a.xls", "Workbook", biff8(cells))))
    assert (found.value(65536, 256), sum(map(len, found.grid))) == (2.0, 257)


@pytest.mark.parametrize("code", [1251, 10007])
def test_a_stated_code_page_is_believed(tmp_path: Path, code: int) -> None:
    encoding = {1251: "cp1251", 10007: "mac-cyrillic"}[code]
    content = biff5([["Актюбинская область", 1.0]], sheet="Март".encode(encoding), encoding=encoding, extra=record(0x42, struct.pack("<H", code)))
    reading = read(ole(tmp_path / "a.xls", "Book", content))
    assert (only(reading).name, only(reading).value(1, 1), codes(reading)) == ("Март", "Актюбинская область", [])


def test_a_stream_that_lies_bare_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(biff8(record(0x203, place(1, 1) + struct.pack("<d", 1))))
    assert only(read(path)).value(1, 1) == 1.0


def test_a_stream_that_is_cut_short_is_said(tmp_path: Path) -> None:
    content = biff8(record(0x203, place(1, 1) + struct.pack("<d", 1)) * 400)
    path = ole(tmp_path / "a.xls", "Workbook", content)
    path.write_bytes(path.read_bytes()[:-1024])
    assert dict(refused(path).facts) == {"reason": "it is damaged"}


def test_a_version_before_5_is_called_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(record(0x409, bytes([0, 4, 16, 0, 0, 0])) + record(0x0A, b""))
    assert (refused(path).code, dict(refused(path).facts)["kind"]) == ("unsupported-format", "Excel 2.1-4.0 worksheet (xls)")


def encrypted(content: bytes, filepass: bytes, key: object) -> bytes:
    """The stream with its FilePass, bodies of records under the key but for those that stay open."""
    assert callable(key)
    stream = b"".join(oldpassword._stream(key(block), 1024) for block in range(len(content) // 1024 + 1))
    found, at = bytearray(content), 0
    while at + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        begin = at + 4 + (4 if kind == 0x85 else 0)
        if kind not in (0x809, 0x2F):
            for index in range(begin, at + 4 + length):
                found[index] ^= stream[index]
        at += 4 + length
    assert filepass in found
    return bytes(found)


def of_rc4(password: str, salt: bytes) -> tuple[bytes, object]:
    base = hashlib.md5((hashlib.md5(password.encode("utf-16-le")).digest()[:5] + salt) * 16).digest()[:5]

    def key(block: int) -> bytes:
        return hashlib.md5(base + struct.pack("<I", block)).digest()

    plain = b"v" * 16 + hashlib.md5(b"v" * 16).digest()
    hidden = bytes(a ^ b for a, b in zip(plain, oldpassword._stream(key(0), 32), strict=True))
    return struct.pack("<HHH", 1, 1, 1) + salt + hidden, key


def of_cryptoapi(password: str, salt: bytes) -> tuple[bytes, object]:
    base = hashlib.sha1(salt + password.encode("utf-16-le")).digest()

    def key(block: int) -> bytes:
        return hashlib.sha1(base + struct.pack("<I", block)).digest()[:16]

    plain = b"v" * 16 + hashlib.sha1(b"v" * 16).digest()
    hidden = bytes(a ^ b for a, b in zip(plain, oldpassword._stream(key(0), 36), strict=True))
    header = struct.pack("<IIIIIIII", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + "x\0".encode("utf-16-le")
    return struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header + struct.pack("<I", 16) + salt + hidden[:16] + struct.pack("<I", 20) + hidden[16:], key


@pytest.mark.parametrize("way", [of_rc4, of_cryptoapi])
@pytest.mark.parametrize(("password", "opens"), [("VelvetSweatshop", True), ("secret", False)])
def test_a_protected_workbook_that_excel_opens_without_a_word_is_read(tmp_path: Path, way: object, password: str, *, opens: bool) -> None:
    assert callable(way)
    filepass, key = way(password, b"0123456789abcdef")
    cells = record(0x204, place(1, 1) + wide("Регион")) * 100 + record(0x203, place(2, 1) + struct.pack("<d", 1.5))
    path = ole(tmp_path / "a.xls", "Workbook", encrypted(biff8(cells, head=record(0x2F, filepass)), filepass, key))
    if opens:
        found = only(read(path))
        assert (found.name, found.value(1, 1), found.value(2, 1)) == ("Лист1", "Регион", 1.5)
    else:
        assert refused(path).code == "password-protected"


def test_a_text_as_a_day_stays_a_text(tmp_path: Path) -> None:
    cells = record(0x204, place(1, 1, 1) + wide("31.03.2019")) + record(0x203, place(1, 2, 1) + struct.pack("<d", 43555.5))
    found = only(read(ole(tmp_path / "a.xls", "Workbook", biff8(cells, head=STYLES))))
    assert list(found.grid[0]) == ["31.03.2019", datetime(2019, 3, 31, 12)]
