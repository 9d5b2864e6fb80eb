"""The records of an old Excel stream (BIFF5 and BIFF8) become numbers and texts.

Record numbers and layouts: [MS-XLS] 2.4; the same records serve Excel 5.0/95, whose texts are bytes in the code page that the file names.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from budgettool.read.sheet import ErrorValue

FORMULA, EOF, HEADER, FOOTER, DATEMODE, FILEPASS, CODEPAGE, COLINFO, BOUNDSHEET = 0x06, 0x0A, 0x14, 0x15, 0x22, 0x2F, 0x42, 0x7D, 0x85
MULRK, RSTRING, XF, MERGED, SST, LABELSST = 0xBD, 0xD6, 0xE0, 0xE5, 0xFC, 0xFD
NUMBER, LABEL, BOOLERR, STRING, ROW, RK, FORMAT, BOF, CONTINUE = 0x203, 0x204, 0x205, 0x207, 0x208, 0x27E, 0x41E, 0x809, 0x3C
BLANKED = 0xFFFE
"""A kind that no program writes, for a record that was dealt with."""

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA"}
_PAGES = {367: "ascii", 10000: "mac-roman", 10007: "mac-cyrillic", 32768: "mac-roman", 32769: "cp1252"}
_HEAD = struct.Struct("<HH")


def records(content: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Records from a BOF to its EOF; what lies between, like a chart with its own BOF and EOF, is left out.

    Raises ValueError where the stream ends before the EOF does.
    """
    depth, size = 0, len(content)
    unpack = _HEAD.unpack_from
    while start + 4 <= size:
        kind, length = unpack(content, start)
        if kind == BOF:
            depth += 1
        elif kind == EOF:
            depth -= 1
        if depth == 1:
            yield kind, content[start + 4 : start + 4 + length]
        if depth <= 0:
            return
        start += 4 + length
    raise ValueError("no end of the records")


def number_of(rk: int) -> float:
    """A number of thirty bits: a whole one, or the upper half of a double, and perhaps a hundredth of it."""
    if rk & 2:
        value = float((rk >> 2) - (1 << 30) if rk & 0x80000000 else rk >> 2)
    else:
        value = float(struct.unpack("<d", struct.pack("<II", 0, rk & 0xFFFFFFFC))[0])
    return value / 100 if rk & 1 else value


def error_of(code: int) -> ErrorValue:
    return ErrorValue(_ERRORS.get(code, "#?"))


def page(code: int) -> str:
    """The encoding of a code page; "" for one that Python does not know."""
    name = _PAGES.get(code, f"cp{code}")
    try:
        b"x".decode(name)
    except (LookupError, ValueError):
        return ""
    return name


class Pieces:
    """Texts of BIFF8 that go on from a record into the records that continue it; a continued text says anew how wide its letters are."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self.pieces, self.at, self.index = pieces, 0, 0

    def is_done(self) -> bool:
        while self.index < len(self.pieces) and self.at >= len(self.pieces[self.index]):
            self.index, self.at = self.index + 1, 0
        return self.index >= len(self.pieces)

    def take(self, count: int) -> bytes:
        """So many bytes, wherever the pieces end; raises ValueError where there are fewer."""
        found = b""
        while count:
            if self.is_done():
                raise ValueError("a text without its end")
            part = self.pieces[self.index][self.at : self.at + count]
            self.at += len(part)
            count -= len(part)
            found += part
        return found

    def text(self) -> str:
        """A text with its length, its flags, and what stands behind it: marks of letters, reading aids."""
        length, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self.take(4))[0] if flags & 4 else 0
        found = self._letters(length, wide=bool(flags & 1))
        self._skip(4 * runs + extra)
        return found

    def _letters(self, length: int, *, wide: bool) -> str:
        found = ""
        while True:
            held = self.pieces[self.index]
            room = (len(held) - self.at) // (2 if wide else 1)
            count = min(room, length)
            end = self.at + count * (2 if wide else 1)
            found += held[self.at : end].decode("utf-16-le" if wide else "latin-1", "replace")
            self.at, length = end, length - count
            if not length:
                return found
            self.index, self.at = self.index + 1, 0
            if self.index >= len(self.pieces):
                raise ValueError("a text without its end")
            wide = bool(self.take(1)[0] & 1)

    def _skip(self, count: int) -> None:
        while count and not self.is_done():
            step = min(count, len(self.pieces[self.index]) - self.at)
            self.at += step
            count -= step


def short_text(held: bytes) -> str:
    """The name of a sheet in BIFF8: one byte of length, one of flags."""
    length, flags = held[0], held[1]
    return held[2 : 2 + 2 * length].decode("utf-16-le", "replace") if flags & 1 else held[2 : 2 + length].decode("latin-1")
