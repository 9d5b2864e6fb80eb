"""Archives as inboxes: names in every encoding, what is passed over, what is refused, and each member a file of its own."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from budgettool.cli import main
from budgettool.read import UNREADABLE, inbox, read, zipped
from read_kit import codes, only, rows, xlsx


class RawName(zipfile.ZipInfo):
    """An entry whose name is written as these bytes, without the mark of UTF-8, as Windows does."""

    raw = b""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 the name that zipfile asks for
        return self.raw, 0


def entry(raw: bytes, extra: bytes = b"") -> RawName:
    made = RawName("x")
    made.raw, made.extra = raw, extra
    return made


def packed(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


@pytest.fixture
def book(tmp_path: Path) -> bytes:
    return xlsx(tmp_path / "book.xlsx", rows('<c r="A1"><v>1</v></c>')).read_bytes()


def said(path: Path) -> list[tuple[str, str]]:
    return [(finding.code, finding.at[0].file.removeprefix(str(path))) for finding in inbox([path]).findings]


def test_each_member_is_a_file_of_its_own(tmp_path: Path, book: bytes) -> None:
    path = packed(tmp_path / "reports.zip", ("2019/март/Отчёт.xlsx", book), ("а.csv", "Регион;План\nАбай;1\n".encode()))
    there = inbox([path])
    assert ([str(file) for file in there.files], there.findings) == ([f"{path}/2019/март/Отчёт.xlsx", f"{path}/а.csv"], ())
    reading = read(there.files[0])
    assert reading.workbook is not None
    assert (only(reading).value(1, 1), reading.workbook.name, there.files[0].name) == (1.0, f"{path}/2019/март/Отчёт.xlsx", "Отчёт.xlsx")
    assert (reading.workbook.source, reading.workbook.sha256) == (book, hashlib.sha256(book).hexdigest())
    assert only(read(there.files[1])).value(2, 1) == "Абай"


def test_a_folder_may_hold_archives_and_files(tmp_path: Path, book: bytes) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "б.xlsx").write_bytes(book)
    packed(folder / "а.zip", ("в.xlsx", book))
    assert [str(file) for file in inbox([folder]).files] == [f"{folder}/а.zip/в.xlsx", f"{folder}/б.xlsx"]


def test_content_decides_what_an_archive_is(tmp_path: Path, book: bytes) -> None:
    (workbook := tmp_path / "book.zip").write_bytes(book)
    reports = packed(tmp_path / "reports.xlsx", ("a.xlsx", book))
    assert [str(file) for file in inbox([workbook, reports]).files] == [str(workbook), f"{reports}/a.xlsx"]


def test_what_is_no_report_is_passed_over(tmp_path: Path, book: bytes) -> None:
    others = ("__MACOSX/._a.xlsx", "~$a.xlsx", "x/Thumbs.db", ".DS_Store", ".git/b.xlsx", "прочти.txt", "папка/")
    path = packed(tmp_path / "a.zip", ("a.xlsx", book), *((name, b"") for name in others))
    assert [file.name for file in inbox([path]).files] == ["a.xlsx"]


@pytest.mark.parametrize(
    ("raw", "extra", "name"),
    [
        ("март/Отчёт Абай.xlsx".encode("cp866"), b"", "март/Отчёт Абай.xlsx"),
        ("март/Отчёт Абай.xlsx".encode("cp1251"), b"", "март/Отчёт Абай.xlsx"),
        ("Есеп Ақтөбе.xlsx".encode(), b"", "Есеп Ақтөбе.xlsx"),
        (b"march\\a.xlsx", b"", "march/a.xlsx"),
        (b"/../a\x1b[2J.xlsx", b"", "../a\ufffd[2J.xlsx"),
        (b"????.xlsx", b"\x75\x70\x1a\0\x01\xbc\x8a\x6c\x24" + "Өңір есебі.xlsx".encode(), "Өңір есебі.xlsx"),
    ],
)
def test_names(tmp_path: Path, book: bytes, raw: bytes, extra: bytes, name: str) -> None:
    if extra:
        held = b"\x01" + zipfile.crc32(raw).to_bytes(4, "little") + extra[9:]
        extra = extra[:2] + len(held).to_bytes(2, "little") + held
    path = packed(tmp_path / "a.zip", (entry(raw, extra), book))
    assert [str(file) for file in inbox([path]).files] == [f"{path}/{name}"]


def test_two_members_of_one_name_are_told_apart(tmp_path: Path, book: bytes) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = packed(tmp_path / "a.zip", ("a.xlsx", book), ("a.xlsx", book))
    assert [file.name for file in inbox([path]).files] == ["a.xlsx", "a.xlsx (2)"]


def test_one_damaged_member_takes_no_other_along(tmp_path: Path, book: bytes) -> None:
    path = packed(tmp_path / "a.zip", ("a.csv", b"A;B\n1;2\n" * 50), ("b.xlsx", book))
    content = bytearray(path.read_bytes())
    content[36:42] = b"\xff" * 6
    path.write_bytes(content)
    first, second = (read(file) for file in inbox([path]).files)
    assert (dict(first.findings[0].facts), only(second).value(1, 1)) == ({"reason": "it is damaged"}, 1.0)


def test_archives_within_are_not_opened(tmp_path: Path, book: bytes) -> None:
    inner = packed(tmp_path / "inner.zip", ("a.xlsx", book)).read_bytes()
    path = packed(tmp_path / "a.zip", ("b.zip", inner), ("c.rar", b"Rar!\x1a\x07\0"), ("d.xlsx", book))
    readings = [read(file) for file in inbox([path]).files]
    assert [codes(reading) for reading in readings] == [["archive-not-read"], ["archive-not-read"], []]
    assert "archive-not-read" in UNREADABLE


def locked(path: Path, name: str) -> Path:
    """Set the mark of a password on a member, in both of its heads."""
    content = bytearray(path.read_bytes())
    for signature, flags, length, begin in ((b"PK\x03\x04", 6, 26, 30), (b"PK\x01\x02", 8, 28, 46)):
        at = content.find(signature)
        while at >= 0:
            if content[at + begin :].startswith(name.encode()) and content[at + length] == len(name):
                content[at + flags] |= 1
            at = content.find(signature, at + 4)
    path.write_bytes(content)
    return path


def test_passwords(tmp_path: Path, book: bytes) -> None:
    one = locked(packed(tmp_path / "a.zip", ("a.xlsx", book), ("b.xlsx", book)), "a.xlsx")
    assert ([file.name for file in inbox([one]).files], said(one)) == (["b.xlsx"], [("password-protected", "/a.xlsx")])
    all_of_them = locked(packed(tmp_path / "b.zip", ("a.xlsx", book)), "a.xlsx")
    assert (inbox([all_of_them]).files, said(all_of_them)) == ((), [("password-protected", "")])


def test_bombs_are_refused_before_they_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = packed(tmp_path / "many.zip", *((f"{number}.csv", b"a") for number in range(zipped.MOST_FILES + 1)))
    assert (inbox([many]).files, said(many)) == ((), [("archive-not-read", "")])
    monkeypatch.setattr(zipped, "_EVEN", 2**20)
    one = packed(tmp_path / "one.zip", ("a.csv", bytes(2**21)), ("b.csv", b"A;B\n"))
    assert ([file.name for file in inbox([one]).files], said(one)) == (["b.csv"], [("unpacks-too-large", "/a.csv")])
    monkeypatch.setattr(zipped, "_EVEN_SUM", 2**20)
    assert (inbox([one]).files, said(one)) == ((), [("unpacks-too-large", "")])
    monkeypatch.setattr(zipped, "_LONGEST_LIST", 60)
    assert said(one) == [("archive-not-read", "")]


def test_an_archive_without_reports_is_said(tmp_path: Path) -> None:
    assert said(packed(tmp_path / "a.zip", ("a.txt", b"x"))) == [("nothing-to-check", "")]


def test_a_damaged_archive_is_said_when_it_is_read(tmp_path: Path, book: bytes) -> None:
    path = packed(tmp_path / "a.zip", ("a.xlsx", book))
    path.write_bytes(path.read_bytes()[:-30])
    (file,) = inbox([path]).files
    assert dict(read(file).findings[0].facts) == {"reason": "it is cut short"}


def test_a_member_packed_in_an_unknown_way(tmp_path: Path, book: bytes) -> None:
    path = packed(tmp_path / "a.zip", ("a.xlsx", book))
    content = bytearray(path.read_bytes())
    content[8] = content[content.find(b"PK\x01\x02") + 10] = 9
    path.write_bytes(content)
    (file,) = inbox([path]).files
    assert dict(read(file).findings[0].facts) == {"reason": "it is packed by a method that is not read"}


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, dict[str, Any]]]:
    """Run a command in a folder of its own; its exit code and document."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BUDGETTOOL_LEDGER", raising=False)

    def asked(*words: str) -> tuple[int, dict[str, Any]]:
        code = main([*words, "--format", "json"])
        return code, json.loads(capsys.readouterr().out or "{}")

    return asked


def test_commands_take_an_archive_as_they_take_a_folder(tmp_path: Path, ask: Callable[..., tuple[int, dict[str, Any]]]) -> None:
    """Each member is a submission of its own, kept as it came; one that can't be read takes no other along."""
    header = "Регион;Период;План на период, тенге;Оплачено, тенге;Получатели услуг, чел.\n"
    first = f"{header}Актюбинская область;2019-03;100000;90000;3\n".encode()
    second = f"{header}Павлодарская область;2019-03;50000;40000,50;2\n".encode()
    packed(tmp_path / "reports.zip", ("Ақтөбе.csv", first), ("март/Павлодар.csv", second), ("скан.pdf", b"%PDF-1.7"))
    code, document = ask("inspect", "reports.zip")
    assert (code, [file["file"] for file in document["files"]]) == (3, [f"reports.zip/{name}" for name in ("Ақтөбе.csv", "март/Павлодар.csv", "скан.pdf")])
    assert ask("init", "ledger")[0] == 0
    assert ask("import", "reports.zip", "--ledger", "ledger")[0] == 3
    kept = {path.read_bytes() for path in (tmp_path / "ledger" / "sources").rglob("*") if path.is_file()}
    assert kept == {first, second}
    code, document = ask("reconcile", "reports.zip", "--period", "2019-03", "--by", "region")
    assert [(row["region"], row["disbursement"]) for row in document["rows"]] == [("KZ-15", "90000.00"), ("KZ-55", "40000.50")]
