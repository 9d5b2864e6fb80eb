"""Names of sheets, texts of cells, the bytes of a workbook and how they come to lie on a disk."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from budgettool.findings import Exit, Refusal
from budgettool.returns import sheet_name, write
from budgettool.returns.names import cell_text
from budgettool.returns.stored import number_text, settled

# ---- names of sheets

PROVIDERS = (
    "ОФ «Центр/приют: Образец-1»",
    "Общественный фонд «Образец-2» по оказанию специальных услуг",
    "Общественный фонд «Образец-2» по оказанию специальных услуг (филиал)",
    "оф «пример-3»",
    "ОФ «ПРИМЕР-3»",
    "'Пример-4'",
    "History",
    "ОФ 🎬 Образец с очень длинным названием-5",
)


def named(texts: tuple[str, ...]) -> list[str]:
    taken: list[str] = []
    for text in texts:
        taken.append(sheet_name(text, taken))
    return taken


def test_names_that_excel_refuses_are_mended_the_same_way_each_time() -> None:
    assert named(PROVIDERS) == [
        "ОФ «Центр приют Образец-1»",
        "Общественный фонд «Образец-2» п",
        "Общественный фонд «Образец- (2)",
        "оф «пример-3»",
        "ОФ «ПРИМЕР-3» (2)",
        "Пример-4",
        "History (2)",
        "ОФ 🎬 Образец с очень длинным н",
    ]


@given(st.lists(st.text(), max_size=12))
def test_every_text_gets_a_name_that_excel_accepts(texts: list[str]) -> None:
    names = named(tuple(texts))
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'") and not name.endswith("'") and name.casefold() != "history"


def test_a_text_is_written_as_it_is_but_for_what_no_workbook_holds() -> None:
    assert cell_text("=1+1 «Ё» _x004") == "=1+1 «Ё» _x004"
    assert cell_text("_x0041_ \x07") == "_x005F_x0041_ \ufffd"
    assert len(cell_text("я" * 40_000)) == 32_767


# ---- stored values


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1234600.00", "1234600"),
        ("0.1", "0.1"),
        ("-0.00", "0"),
        ("1E+3", "1000"),
        ("829133.12345678901234", "829133.123456789"),
        ("0.000001", "0.000001"),
        ("999999999999999.5", "1000000000000000"),
    ],
)
def test_numbers_are_written_as_a_spreadsheet_keeps_them(value: str, text: str) -> None:
    assert number_text(Decimal(value)) == text


def test_a_formula_gets_its_value_and_the_clock_leaves() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"], sheet["A3"] = 0.1, "=A1*3", '=IF(A1>0,"a<b","")'
    saved = BytesIO()
    book.save(saved)
    shown = {"A1": Decimal("0.1"), "A2": Decimal("0.3"), "A3": "a<b"}
    content = settled(saved.getvalue(), [shown], on=date(2019, 8, 1))
    values = load_workbook(BytesIO(content), data_only=True)
    assert [values.worksheets[0][at].value for at in shown] == [0.1, 0.3, "a<b"]
    assert load_workbook(BytesIO(content)).worksheets[0]["A2"].value == "=A1*3"
    assert values.properties.created is not None and values.properties.created.date() == date(2019, 8, 1)


def test_the_shipped_template_is_what_its_maker_makes() -> None:
    from budgettool.templates.make import consolidated

    saved = BytesIO()
    consolidated().save(saved)
    shipped = Path(__file__).parents[1] / "templates" / "xlsx" / "consolidated.xlsx"
    assert settled(saved.getvalue(), (), on=date(2026, 1, 1)) == shipped.read_bytes()


# ---- on disk


def test_a_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "return.xlsx"
    write(file, b"old")
    write(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.xlsx", tmp_path / "link.xlsx"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write(link, b"new")
    assert link.is_symlink() and real.read_bytes() == b"new"


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "return.xlsx"
    file.write_bytes(b"old")

    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refusal) as refused:
        write(file, b"new")
    assert refused.value.code == "output-not-writable" and refused.value.exit_code == Exit.REFUSED
    assert dict(refused.value.facts) == {"file": str(file), "reason": "No space left on device"}
    assert file.read_bytes() == b"old" and list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(("path", "reason"), [("", "is-a-folder"), ("none/return.xlsx", "no-such-folder")])
def test_where_nothing_can_be_written_it_is_refused(tmp_path: Path, path: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        write(tmp_path / path, b"new")
    assert dict(refused.value.facts)["reason"] == reason
    assert list(tmp_path.iterdir()) == []
