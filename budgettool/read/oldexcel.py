"""What calamine hides in an xls: error values, formulas, number formats, hidden rows and columns, from the records of its stream.

Record numbers and layouts: [MS-XLS] 2.4; the same records serve Excel 5.0/95, whose texts are bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from budgettool.read.compound import stream
from budgettool.read.formats import BUILT_IN, telling
from budgettool.read.marks import Cell, Marks
from budgettool.read.source import Source

_FORMULA, _EOF, _COLINFO, _BOUNDSHEET, _XF, _MULRK = 0x06, 0x0A, 0x7D, 0x85, 0xE0, 0xBD
_NUMBER, _BOOLERR, _ROW, _RK, _FORMAT, _BOF = 0x203, 0x205, 0x208, 0x27E, 0x41E, 0x809
_FILEPASS = 0x2F
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def is_encrypted(source: Source) -> bool:
    """Whether the records of a workbook are under a password, a known one ("read-only recommended") included."""
    with source.open() as file:
        content = file.read()
    try:
        return any(kind == _FILEPASS for kind, _ in _records(stream(content, "Workbook", "Book"), 0))
    except (struct.error, ValueError, IndexError):
        return False


def marks_of(source: Source) -> list[Marks]:
    """The marks of each sheet, in the order of their tabs; none where the stream is of another make than expected."""
    with source.open() as file:
        content = file.read()
    try:
        records = stream(content, "Workbook", "Book")
        starts, formats = _head(records)
        return [_sheet(records, start, formats) for start in starts]
    except (struct.error, ValueError, IndexError):
        return []


def _records(content: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Records from a BOF to its EOF; what lies between, like a chart with its own BOF and EOF, is left out."""
    depth = 0
    while start + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, start)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, content[start + 4 : start + 4 + length]
        if depth <= 0:
            return
        start += 4 + length


def _head(content: bytes) -> tuple[list[int], dict[int, str]]:
    """Where each worksheet begins, and the formats that matter by style."""
    starts: list[int] = []
    own: dict[int, str] = {}
    styles: list[int] = []
    wide = False
    for kind, held in _records(content, 0):
        if kind == _BOF:
            wide = struct.unpack_from("<H", held)[0] >= 0x600
        elif kind == _BOUNDSHEET and held[5] == 0:
            starts.append(struct.unpack_from("<I", held)[0])
        elif kind == _FORMAT:
            own[struct.unpack_from("<H", held)[0]] = _text(held, wide=wide)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", held, 2)[0])
    return starts, telling([own.get(number, BUILT_IN.get(str(number), "")) for number in styles])


def _text(held: bytes, *, wide: bool) -> str:
    if not wide:
        return held[3 : 3 + held[2]].decode("latin-1")
    length, flags = struct.unpack_from("<HB", held, 2)
    return held[5 : 5 + 2 * length].decode("utf-16-le", "replace") if flags & 1 else held[5 : 5 + length].decode("latin-1")


def _sheet(content: bytes, start: int, formats: dict[int, str]) -> Marks:
    marks = Marks()
    for kind, held in _records(content, start):
        if kind == _ROW and struct.unpack_from("<H", held, 12)[0] & 0x20:
            marks.hidden_rows.add(struct.unpack_from("<H", held)[0] + 1)
        elif kind == _COLINFO and struct.unpack_from("<H", held, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", held)
            marks.hidden_columns.update(range(first + 1, min(last, 255) + 2))
        elif kind in (_NUMBER, _RK, _BOOLERR, _FORMULA):
            row, column, style = struct.unpack_from("<HHH", held)
            _cell(marks, (row + 1, column + 1), kind, held)
            if style in formats:
                marks.formats[row + 1, column + 1] = formats[style]
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", held)
            for index in range((len(held) - 6) // 6):
                style = struct.unpack_from("<H", held, 4 + 6 * index)[0]
                if style in formats:
                    marks.formats[row + 1, first + index + 1] = formats[style]
    return marks


def _cell(marks: Marks, cell: Cell, kind: int, held: bytes) -> None:
    if kind == _BOOLERR and held[7]:
        marks.errors[cell] = _ERRORS.get(held[6], "#?")
    elif kind == _FORMULA:
        marks.formulas[cell] = ""
        if held[12:14] == b"\xff\xff" and held[6] == 2:
            marks.errors[cell] = _ERRORS.get(held[8], "#?")
