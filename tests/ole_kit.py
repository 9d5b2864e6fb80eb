"""Compound files and old Excel streams for tests: as little of both formats as a reader asks for."""

from __future__ import annotations

import struct
from pathlib import Path

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def ole(path: Path, stream: str, content: bytes) -> Path:
    """A compound file with one stream, of at least 4096 bytes so that it lies in whole sectors."""
    content = content.ljust(4096, b"\0")
    content += b"\0" * (-len(content) % _SECTOR)
    count = len(content) // _SECTOR
    fat = [_FAT, _END, *range(3, count + 2), _END]
    fat += [_FREE] * (128 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0)
    head += struct.pack("<IIIII", 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry(stream, 2, _FREE, 2, len(content)) + _entry("", 0, _FREE, 0, 0) * 2
    path.write_bytes(head + struct.pack("<128I", *fat) + directory + content)
    return path


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0" if name else b""
    return text.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(text), kind, 1, _FREE, _FREE, child, start, size)


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def biff5(rows: list[list[str | float]], *, sheet: bytes = b"Sheet1", encoding: str = "cp1251", extra: bytes = b"", cells: bytes = b"") -> bytes:
    """A workbook of Excel 5.0/95 with one sheet and without a code page; `extra` are further records of its head, `cells` of its sheet."""
    body = record(0x809, struct.pack("<HHHH", 0x500, 0x10, 3515, 1996)) + record(0x200, struct.pack("<HHHHH", 0, len(rows), 0, len(rows[0]), 0))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(value, str):
                text = value.encode(encoding)
                body += record(0x204, place + struct.pack("<H", len(text)) + text)
            else:
                body += record(0x203, place + struct.pack("<d", value))
    body += cells + record(0x0A, b"")
    head = record(0x809, struct.pack("<HHHH", 0x500, 5, 3515, 1996)) + extra
    start = len(head) + 4 + 7 + len(sheet) + 4
    return head + record(0x85, struct.pack("<IHB", start, 0, len(sheet)) + sheet) + record(0x0A, b"") + body


def biff8(cells: bytes, *, head: bytes = b"", sheets: tuple[tuple[str, int], ...] = (("Лист1", 0),), tail: bytes = b"") -> bytes:
    """A workbook of Excel 97-2003 whose sheets, named and hidden (1) or not (0), all hold the same records; `tail` stands behind its texts."""
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + head
    names = [(name.encode("utf-16-le"), hidden) for name, hidden in sheets]
    body = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + record(0x0A, b"")
    at = len(start) + sum(12 + len(name) for name, _ in names) + len(tail) + 4
    for number, (name, hidden) in enumerate(names):
        start += record(0x85, struct.pack("<IBBBB", at + number * len(body), hidden, 0, len(name) // 2, 1) + name)
    return start + tail + record(0x0A, b"") + body * len(names)


def wide(value: str) -> bytes:
    """A text as BIFF8 writes it: its length, its flags, its letters in two bytes each."""
    return struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")


def place(row: int, column: int, style: int = 0) -> bytes:
    """Where a cell stands, counted from 1."""
    return struct.pack("<HHH", row - 1, column - 1, style)
