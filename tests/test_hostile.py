"""Files that lie, attack or only look like it: refused with a finding or read, in bounded memory, and the process lives."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from budgettool.read import UNREADABLE, comments, parts, read, stream
from budgettool.read.grid import Rows
from budgettool.read.marks import Marks
from budgettool.read.meaning import Meanings
from budgettool.read.parts import Book
from budgettool.read.source import Source
from budgettool.read.usual import Usual, items, pieces
from read_kit import MAIN, codes, only, refused, rows, xlsx, zipped

resource = pytest.importorskip("resource")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ONE = rows('<c r="A1"><v>7</v></c>')
SHEET, STRINGS, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
ASIDE = "xl/worksheets/_rels/sheet1.xml.rels"
TOO_MUCH = {"reason": "it holds more than any program writes"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "report.xlsx"


def sheet(body: str) -> str:
    return f'<worksheet xmlns="{MAIN}">{body}</worksheet>'


def related(kind: str, target: str, count: int = 1) -> str:
    """The relations of a sheet to this many parts, all the same."""
    return (
        f'<Relationships xmlns="{PACKAGE}">'
        + "".join(f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>' for n in range(count))
        + "</Relationships>"
    )


# --- bombs --------------------------------------------------------------------------------------------------------

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
BOMBS = {
    SHEET: LAUGHS + sheet(rows('<c r="A1" t="str"><v>&j;</v></c>')),
    STRINGS: f'{LAUGHS}<sst xmlns="{MAIN}"><si><t>&j;</t></si></sst>',
    STYLES: f'{LAUGHS}<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="1" formatCode="&j;"/></numFmts></styleSheet>',
    BOOK: f'{LAUGHS}<workbook xmlns="{MAIN}"><sheets><sheet name="&j;"/></sheets></workbook>',
    "xl/comments1.xml": f'{LAUGHS}<comments xmlns="{MAIN}"><comment ref="A1"><t>&j;</t></comment></comments>',
    "xl/drawings/drawing1.xml": f'{LAUGHS}<x xmlns:a="a"><a:p><a:t>&j;</a:t></a:p></x>',
}


@pytest.mark.parametrize("part", BOMBS)
def test_entities_are_refused_in_every_part(file: Path, part: str) -> None:
    aside = {ASIDE: related("comments" if "comments" in part else "drawing", f"/{part}")}
    finding = refused(xlsx(file, ONE, parts={**aside, part: BOMBS[part]}))
    assert (finding.code, dict(finding.facts)) == ("unreadable", {"reason": "it declares entities of its own, which may grow without end"})


def test_what_stands_outside_of_the_file_is_not_fetched(file: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("тайна")
    body = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]>' + sheet(rows('<c r="A1" t="str"><v>&a;</v></c>'))
    assert refused(xlsx(file, "", parts={SHEET: body})).code == "unreadable"


@pytest.mark.parametrize("part", [SHEET, STRINGS, STYLES, BOOK])
def test_an_even_part_that_is_read_is_a_bomb_at_16_mb_and_a_picture_is_none(file: Path, part: str) -> None:
    assert refused(xlsx(file, ONE, parts={part: " " * 17 * 2**20})).code == "unpacks-too-large"
    assert only(read(xlsx(file, ONE, parts={"xl/media/white.bmp": b"\xff" * 17 * 2**20}))).value(1, 1) == 7


def test_a_part_that_is_larger_than_the_directory_says_is_damage(file: Path) -> None:
    content = xlsx(file, "", parts={SHEET: b"0" * 2**20}).read_bytes()
    file.write_bytes(content.replace(struct.pack("<L", 2**20), struct.pack("<L", 1000)))
    assert dict(refused(file).facts) == {"reason": "it is damaged"}


def test_methods_that_unpack_gigabytes_in_one_step_are_not_tried(file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 2**20)
    assert dict(refused(file).facts) == {"reason": "it is packed by a method that is not read"}


def test_a_directory_of_too_many_parts_is_not_read(file: Path) -> None:
    name = b"x" * 60_000
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 80, 80, 80 * len(entry), 4, 0)
    file.write_bytes(b"PK\x03\x04" + entry * 80 + end)
    assert dict(refused(file).facts) == TOO_MUCH


# --- more than any program writes ---------------------------------------------------------------------------------


def of_one_part(sheets: int) -> str:
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, sheets + 1))
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'


HIDDEN = '<col min="1" max="16384" hidden="1"/>'
FLOODS = {
    "sheets": ("", {BOOK: of_one_part(2001)}),
    "one part as two sheets": (ONE, {BOOK: of_one_part(2)}),
    "styles": (ONE, {STYLES: f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 1001}</cellXfs></styleSheet>'}),
    "columns": (f"<cols>{'<col/>' * 66_000}</cols>{ONE}", {}),
    "hidden columns": (f"<cols>{HIDDEN * 5}</cols>{ONE}", {}),
    "headers": (f"{ONE}<headerFooter>{'<oddHeader>x</oddHeader>' * 101}</headerFooter>", {}),
    "tags within tags": ("<a>" * 2000, {}),
    "tags within cells": (rows('<c r="A1">' + "<a>" * 2000), {}),
    "tags within styles": (ONE, {STYLES: f'<styleSheet xmlns="{MAIN}">{"<a>" * 2000}'}),
    "a tag without end": (f'<sheetData><row r="1" x="{"a" * 3 * 2**20}"/></sheetData>', {}),
    "a comment without end": (f"<!--{'<a>' * 2**20}-->{ONE}", {}),
    "a text of its own": (rows(f'<c r="A1" t="inlineStr"><is><t>{"a" * 1_000_001}</t></is></c>'), {}),
    "a shared text": (rows('<c r="A1" t="s"><v>0</v></c>'), {STRINGS: f'<sst xmlns="{MAIN}"><si><t>{"a" * 1_000_001}</t></si></sst>'}),
    "a comment's text": (
        ONE,
        {ASIDE: related("comments", "/xl/c.xml"), "xl/c.xml": f"<comments><comment><t>{'a' * 1_300_000}</t></comment></comments>"},
    ),
    "comments": (
        ONE,
        {ASIDE: related("comments", "/xl/c.xml"), "xl/c.xml": f"<comments>{'<comment><t>a</t></comment>' * 1001}</comments>"},
    ),
    "relations": (ONE, {ASIDE: related("hyperlink", "x", 1001)}),
}


@pytest.mark.parametrize("what", FLOODS)
def test_more_than_any_program_writes_is_refused(file: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_MOST", 1000)
    monkeypatch.setattr(comments, "_MOST", 1000)
    body, others = FLOODS[what]
    finding = refused(xlsx(file, body, parts=others))
    assert (finding.code, dict(finding.facts)) == ("unreadable", TOO_MUCH)


def test_merged_ranges_and_shared_strings_have_a_most(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_MOST_MERGES", 10)
    monkeypatch.setattr(stream, "_MOST_STRINGS", 10)
    merges = "<mergeCells>" + '<mergeCell ref="A1:B1"/>' * 11 + "</mergeCells>"
    strings = f'<sst xmlns="{MAIN}">{"<si/>" * 11}</sst>'
    assert dict(refused(xlsx(file, ONE + merges)).facts) == TOO_MUCH
    assert dict(refused(xlsx(file, ONE, parts={STRINGS: strings})).facts) == TOO_MUCH


def test_what_only_looks_like_too_much_is_read(file: Path) -> None:
    """Programs write long texts, many names, blank formatted rows and claims that mean nothing."""
    names = "".join(f'<definedName name="n{n}">A1</definedName>' for n in range(3000))
    text = "я" * 40_000
    data = '<cols><col min="1" max="4294967296" hidden="1"/></cols><sheetData><row r="1"><c r="A1" s="4294967296" t="s"><v>0</v></c></row>'
    data += "".join(f'<row r="{n}" s="5" customFormat="1" ht="15"><c r="A{n}" s="5"/></row>' for n in range(2, 3000))
    data += '<row r="2147483648" hidden="1"/></sheetData><mergeCells count="4294967296"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    strings = f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="18446744073709551615"><si><t>{text}</t></si></sst>'
    found = only(read(xlsx(file, data, book=f"<definedNames>{names}</definedNames>", parts={STRINGS: strings})))
    assert ([list(line) for line in found.grid], len(found.hidden_columns)) == ([[text]], 16384)


@pytest.mark.parametrize("value", ["-1", "1e400", "nan", "9" * 400, "", "x"])
def test_attributes_that_are_no_numbers_are_damage_or_nothing(file: Path, value: str) -> None:
    for body in (
        f'<cols><col min="{value}" max="{value}" hidden="1"/></cols>{ONE}',
        f'<sheetData><row r="{value}" hidden="1"><c><v>1</v></c></row></sheetData>',
        f'<sheetData><row r="1"><c r="A1" s="{value}"><v>1</v></c></row></sheetData>',
        f'<sheetData><row r="1"><c r="A1" t="s"><v>{value}</v></c></row></sheetData>',
        f'<sheetData><row r="1"><c r="A{value}"><v>1</v></c></row></sheetData>',
    ):
        reading = read(xlsx(file, body))
        assert reading.workbook is not None or UNREADABLE & set(codes(reading))


# --- expressions that must not look again -------------------------------------------------------------------------

PIECES = (
    b'<row r="1">' + b'<c r="A1"><is>' * 70_000,
    b'<row r="1">' + b'<c r="A1" ' * 90_000,
    b'<row r="1" ' * 90_000,
    b'<row r="1"><c r="A1">' + b"<x>" * 300_000,
    b'<row r="1">' + b'<c r="A1"><f ' * 70_000 + b"/></c></row>",
    b'<row r="1"><c r="A1"><f>' + b"&" * 900_000 + b"</f></c></row>",
    b'<row r="1"><c r="A1"' + b' a="1"' * 150_000 + b"/></row>",
    b'<row r="1" ' + b" hidden" * 120_000 + b' hidden="1"/>',
    b'<row r="1"><c r="' + b"A" * 900_000 + b'1"/></row>',
    b'<row r="1"><c r="A' + b"1" * 900_000 + b'"/></row>',
    b'<row r="1"><c r="A1"><v>' + b"1" * 900_000 + b"</v></c></row>",
)


@pytest.mark.parametrize("piece", PIECES, ids=range(len(PIECES)))
def test_time_grows_with_the_length_of_a_piece_and_no_faster(piece: bytes) -> None:
    """A million letters: an expression that went back would take minutes here."""
    book = Book((), (), {}, "", since_1904=False, recalculates=False, macros=False, links=())
    source = Source("a", Path("a"), "", b"", 0)
    Usual(Meanings([], book), Rows(source, "a"), Marks()).take(piece)
    items(b"<si><t>" * 100_000)
    assert b"".join(part for _, part in pieces([piece[at : at + 2**18] for at in range(0, len(piece), 2**18)])) == piece


# --- bounded memory -----------------------------------------------------------------------------------------------

LIMIT = """
import json, resource, sys
from pathlib import Path
from budgettool.read import read
read(Path(sys.argv[1]))
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + 100 * 1024
found = {}
for path in sys.argv[2:]:
    found[Path(path).stem] = [finding.code for finding in read(Path(path)).findings]
print(json.dumps({"within": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < most, "found": found}))
"""


def far(cells: int) -> str:
    return "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1_048_577 - cells, 1_048_577))


def test_hostile_files_take_less_than_100_mb_more_than_an_ordinary_one(tmp_path: Path) -> None:
    """In one process of its own, whose memory has a limit: where it is reached, the process ends and the test fails."""
    ordinary = xlsx(tmp_path / "ordinary.xlsx", ONE)
    many = {
        "far": (f"<sheetData>{far(2)}</sheetData>", {}),
        "far-in-many-rows": (f"<sheetData>{far(1000)}</sheetData>", {}),
        "bomb": ("", {SHEET: " " * 100 * 2**20}),
        "long": (ONE, {STRINGS: f'<sst xmlns="{MAIN}"><si><t>{"a" * 15 * 2**20}</t></si></sst>'}),
        "deep": ("<a>" * 5 * 2**20, {}),
        "claims": (ONE, {STRINGS: f'<sst xmlns="{MAIN}" uniqueCount="4294967295"/>'}),
    }
    paths = [str(xlsx(tmp_path / f"{name}.xlsx", body, parts=parts)) for name, (body, parts) in many.items()]
    run = subprocess.run(
        [sys.executable, "-c", LIMIT, str(ordinary), *paths],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30)),
    )
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert told["found"] == {
        "far": [],
        "far-in-many-rows": ["sheet-too-large"],
        "bomb": ["unpacks-too-large"],
        "long": ["unreadable"],
        "deep": ["unreadable"],
        "claims": [],
    }
    assert told["within"]


def test_a_file_that_is_refused_takes_no_other_with_it(tmp_path: Path) -> None:
    """The rest of an inbox is read, and the exit code says that one was not."""
    xlsx(tmp_path / "1.xlsx", f"<sheetData>{far(1000)}</sheetData>")
    xlsx(tmp_path / "2.xlsx", ONE)
    zipped(tmp_path / "3.xlsx", {"xl/workbook.xml": LAUGHS})
    run = subprocess.run(
        [sys.executable, "-m", "budgettool", "inspect", *(str(tmp_path / f"{n}.xlsx") for n in (1, 2, 3)), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (run.returncode, run.stderr) == (3, "")
    assert len({Path(each["file"]).name for each in json.loads(run.stdout)["files"]}) == 3
