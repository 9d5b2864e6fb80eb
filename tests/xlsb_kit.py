"""Workbooks in Excel's binary form for tests: records written one by one, so that every trouble can be put in."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from read_kit import zipped

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, content: bytes = b"") -> bytes:
    """Kind and length in groups of seven bits, then the content."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    while length >= 0x80:
        head += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + bytes([length]) + content


def text(value: str) -> bytes:
    return struct.pack("<I", len(value.encode("utf-16-le")) // 2) + value.encode("utf-16-le")


def row(number: int, *, hidden: bool = False) -> bytes:
    """The head of a row, counted from 1."""
    return record(0, struct.pack("<IIHBBB", number - 1, 0, 300, 0, 0x10 if hidden else 0, 0) + struct.pack("<I", 0))


def cell(kind: int, column: int, content: bytes, style: int = 0) -> bytes:
    """A cell of a column counted from 1; kinds: 2 packed number, 3 error, 4 truth value, 5 double, 6 text, 7 shared text, 8 to 11 results of formulas."""
    return record(kind, struct.pack("<II", column - 1, style) + content)


def number(column: int, value: float, style: int = 0) -> bytes:
    return cell(5, column, struct.pack("<d", value), style)


def shared(column: int, index: int) -> bytes:
    return cell(7, column, struct.pack("<I", index))


def sheet(*rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """The part of a sheet; its stated extent is always one cell, since nobody may trust it."""
    extent = record(148, struct.pack("<IIII", 0, 0, 0, 0))
    return record(129) + extent + before + record(145) + b"".join(rows) + record(146) + after + record(130)


def style(number_format: int, indent: int = 0) -> bytes:
    return record(47, struct.pack("<HHHHHBB4x", 0, number_format, 0, 0, 0, 0, indent))


def xlsb(
    path: Path,
    sheets: Mapping[str, bytes],
    *,
    hidden: Sequence[str] = (),
    strings: Sequence[str] = (),
    styles: bytes = b"",
    book: bytes = b"",
    parts: Mapping[str, bytes] | None = None,
) -> Path:
    names = list(sheets)
    bundle = b"".join(
        record(156, struct.pack("<II", int(name in hidden), n) + text(f"rId{n}") + text(name)) for n, name in enumerate(names, 1)
    )
    kinds = [*((f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(names) + 1))]
    kinds += [("rIdS", "styles", "styles.bin"), ("rIdT", "sharedStrings", "sharedStrings.bin")]
    relations = "".join(f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in kinds)
    package = {
        "xl/workbook.bin": record(131) + (book or record(153, bytes(8) + text(""))) + record(143) + bundle + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'.encode(),
        "xl/styles.bin": record(278) + record(617, struct.pack("<I", styles.count(b"\x2f\x10") or 1)) + (styles or style(0)) + record(618) + record(279),
        "xl/sharedStrings.bin": record(159, struct.pack("<II", len(strings), len(strings))) + b"".join(record(19, b"\0" + text(value)) for value in strings) + record(160),
        **{f"xl/worksheets/sheet{n}.bin": content for n, content in enumerate(sheets.values(), 1)},
        **(parts or {}),
    }
    return zipped(path, package)
