"""Folders: which files are reports, what a lock file tells, what is said of a path that gives nothing."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from budgettool.read import UNREADABLE, inbox, read


def fill(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"x")
    return folder


def test_what_is_no_report_is_passed_over(tmp_path: Path) -> None:
    others = ("._a.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini", "budgettool.toml", "ledger.sqlite", "прочти.txt", "скан.png", "a.json", "b.py", "c.MD")
    folder = fill(tmp_path / "inbox", "Отчёт.xlsx", "a.CSV", "без расширения", *others)
    (folder / "старые.xlsx").mkdir()
    there = inbox([folder])
    assert ([path.name for path in there.files], there.findings) == (["a.CSV", "Отчёт.xlsx", "без расширения"], ())


def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path: Path) -> None:
    fill(tmp_path, "rates.txt")
    assert inbox([tmp_path / "rates.txt"]).files == (tmp_path / "rates.txt",)


def test_lock_files_of_excel_and_libreoffice_tell_of_an_open_report(tmp_path: Path) -> None:
    folder = fill(tmp_path / "in", "Отчёт март.xlsx", "~$Отчёт март.xlsx", "b.ods", ".~lock.b.ods#", "long name.xlsx", "~$ng name.xlsx", "free.xlsx")
    found = inbox([folder])
    assert [(f.code, f.at[0].file, dict(f.facts)["name"]) for f in found.findings] == [
        ("file-open-elsewhere", str(folder / name), name) for name in ("b.ods", "long name.xlsx", "Отчёт март.xlsx")
    ]


def test_a_lock_file_left_behind_says_nothing(tmp_path: Path) -> None:
    assert inbox([fill(tmp_path / "in", "a.xlsx", "~$b.xlsx")]).findings == ()


def test_the_order_does_not_depend_on_how_letters_are_composed(tmp_path: Path) -> None:
    names = ["Й.xlsx", "И.xlsx", "К.xlsx"]
    folder = fill(tmp_path / "in", *(unicodedata.normalize("NFD", name) for name in names))
    assert [unicodedata.normalize("NFC", path.name) for path in inbox([folder]).files] == ["И.xlsx", "Й.xlsx", "К.xlsx"]


def test_an_empty_folder_and_a_missing_path(tmp_path: Path) -> None:
    empty, missing = fill(tmp_path / "in", "~$a.xlsx"), tmp_path / "nowhere.xlsx"
    there = inbox([empty, missing])
    assert [(f.code, f.at[0].file) for f in there.findings] == [("nothing-to-check", str(empty)), ("file-missing", str(missing))]
    assert there.findings[1].code in UNREADABLE


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    folder = fill(tmp_path / "in", "a.xlsx")
    assert inbox([folder, folder / "a.xlsx"]).files == (folder / "a.xlsx",)


def test_reading_what_is_not_there_is_a_finding(tmp_path: Path) -> None:
    assert [f.code for f in read(tmp_path / "nowhere.xlsx").findings] == ["file-missing"]
    assert dict(read(tmp_path).findings[0].facts) == {"reason": "it is a folder"}
