"""An xlsb becomes a draft, record by record, in memory that grows with the filled cells.

Read here and not by calamine, which makes a cell of every address up to the last one and dies of a far one, gives an error as a
blank and knows no format. Record numbers and layouts: [MS-XLSB] 2.3 and 2.4.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from budgettool.findings import Finding, Place
from budgettool.read.archive import Archive, opened
from budgettool.read.biff import error_of, number_of
from budgettool.read.formats import BUILT_IN
from budgettool.read.grid import LAST_COLUMN
from budgettool.read.growing import CellStyle, Growing, cell_style
from budgettool.read.meaning import unescaped
from budgettool.read.parts import relations
from budgettool.read.sheet import Value
from budgettool.read.source import Draft, Note, Source, stopped

_ROW, _BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = range(8)
_RICH, _COLUMN, _MERGE, _PAGE_TEXTS = 62, 60, 176, 479
_ITEM, _FORMAT, _STYLE, _BEGIN_STYLES, _END_STYLES, _SHEET, _BOOK = 19, 44, 47, 617, 618, 156, 153
_SAME = {8: _TEXT, 9: _REAL, 10: _BOOL, 11: _ERROR, 12: _BLANK, 13: _RK, 14: _ERROR, 15: _BOOL, 16: _REAL, 17: _TEXT, 18: _SHARED}
"""Results of formulas (8 to 11), and cells that stand right of the one before them (12 to 18), by the kind of their value."""

_NUMBER = struct.Struct("<IId")
_LONGEST = 2**24
_NOTHING = 0xFFFFFFFF
_DIGITS = re.compile(rb"(?<!\d\0)(?:\d\0){6}(?:[ -]\0)?(?:\d\0){6}(?!\d)|(?<![\d.,])\d{6}[ -]?\d{6}(?![\d.,])")


@dataclass(slots=True)
class _Book:
    """What the parts beside the sheets say; `sheets` are name, part and whether it is hidden, worksheets only."""

    since_1904: bool = False
    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    styles: list[CellStyle] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)


def read_xlsb(source: Source) -> Draft:
    """All worksheets; raises Stop where one reaches further than is safe, ValueError and the like for damage."""
    draft = Draft()
    with opened(source) as archive:
        book = _book(archive)
        if not book.sheets:
            raise stopped("unreadable", source.name, reason="it holds no sheet")
        if archive.named("xl/vbaproject.bin") or archive.named("xl/macrosheets/"):
            draft.findings.append(Finding("macros-not-run", (Place(source.name),)))
        for name, part, hidden in book.sheets:
            reader = _Reader(book, Growing(name, source))
            reader.read(records(archive.chunks(part)))
            (draft.hidden if hidden else draft.sheets).append(reader.growing.sheet())
            draft.notes += [Note(text, name) for text in reader.page_texts]
        draft.notes += _stored(archive)
    return draft


def records(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record; raises ValueError where the part ends within one, or one is longer than any can be."""
    held, at = b"", 0
    for chunk in chunks:
        held, at = held[at:] + chunk, 0
        size = len(held) - 2
        while True:
            if at < size and held[at] < 0x80 and held[at + 1] < 0x80:
                kind, begin, length = held[at], at + 2, held[at + 1]
            elif (head := _head(held, at)) is not None:
                kind, begin, length = head
            else:
                break
            if begin + length > len(held):
                break
            at = begin + length
            yield kind, held[begin:at]
    if at < len(held):
        raise ValueError("a record without its end")


def _head(held: bytes, at: int) -> tuple[int, int, int] | None:
    """Kind, begin and length of the record that begins here; None where its head has not arrived yet. Seven bits of each byte count."""
    if at + 6 > len(held) and not any(byte < 0x80 for byte in held[at + 1 : at + 6]):
        return None
    kind = held[at]
    if kind & 0x80:
        if at + 2 >= len(held):
            return None
        kind, at = kind & 0x7F | (held[at + 1] & 0x7F) << 7, at + 1
    length = 0
    for shift in range(0, 28, 7):
        at += 1
        if at >= len(held):
            return None
        length |= (held[at] & 0x7F) << shift
        if not held[at] & 0x80:
            break
    if length > _LONGEST:
        raise ValueError("a record longer than any")
    return kind, at + 1, length


def _text(held: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends; one that is not there is empty."""
    length = struct.unpack_from("<I", held, at)[0]
    if length == _NOTHING:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(held):
        raise ValueError("a text without its end")
    return held[at + 4 : end].decode("utf-16-le", "replace"), end


def _book(archive: Archive) -> _Book:
    book = _Book()
    related = relations(archive, "xl/workbook.bin")
    parts = {kind.rpartition("/")[2]: target for kind, target in related.values()}
    for kind, held in records(archive.chunks("xl/workbook.bin")):
        if kind == _BOOK:
            book.since_1904 = bool(held[0] & 1)
        elif kind == _SHEET:
            key, at = _text(held, 8)
            about, target = related.get(key, ("", ""))
            if about.endswith("/worksheet") and target in archive:
                book.sheets.append((_text(held, at)[0], target, held[0] != 0))
    styles, strings = parts.get("styles", "xl/styles.bin"), parts.get("sharedstrings", "xl/sharedStrings.bin")
    if styles in archive:
        book.styles = _styles(records(archive.chunks(styles)))
    if strings in archive:
        book.strings = [unescaped(_text(held, 1)[0]) for kind, held in records(archive.chunks(strings)) if kind == _ITEM]
    return book


def _styles(parts: Iterator[tuple[int, bytes]]) -> list[CellStyle]:
    own: dict[int, str] = {}
    found: list[CellStyle] = []
    within = False
    for kind, held in parts:
        if kind == _FORMAT:
            own[struct.unpack_from("<H", held)[0]] = _text(held, 2)[0]
        elif kind in (_BEGIN_STYLES, _END_STYLES):
            within = kind == _BEGIN_STYLES
        elif kind == _STYLE and within:
            number = struct.unpack_from("<H", held, 2)[0]
            found.append(cell_style(own.get(number, BUILT_IN.get(str(number), "")), held[11]))
    return found


class _Reader:
    """Reads the records of one sheet."""

    def __init__(self, book: _Book, growing: Growing) -> None:
        self.book, self.growing = book, growing
        self.row = self.column = 0
        self.page_texts: list[str] = []

    def read(self, parts: Iterator[tuple[int, bytes]]) -> None:
        for kind, held in parts:
            if kind == _ROW:
                self._start_row(held)
            elif 1 <= kind <= 18 or kind == _RICH:
                self._cell(kind, held)
            elif kind == _COLUMN and held[16] & 1:
                first, last = struct.unpack_from("<II", held)
                self.growing.hidden_columns.update(range(first + 1, min(last + 1, LAST_COLUMN) + 1))
            elif kind == _MERGE:
                top, bottom, left, right = struct.unpack_from("<IIII", held)
                self.growing.merge((top + 1, left + 1), bottom - top + 1, right - left + 1)
            elif kind == _PAGE_TEXTS:
                self.page_texts += [text for text in _texts(held, 2) if text]

    def _start_row(self, held: bytes) -> None:
        self.row, self.column = struct.unpack_from("<I", held)[0] + 1, 0
        if held[11] & 0x10:
            self.growing.check(self.row, 1)
            self.growing.hide(self.row)

    def _cell(self, kind: int, held: bytes) -> None:
        if kind == _REAL:
            column, style, value = _NUMBER.unpack_from(held)
            self.column = column + 1
            self._put((self.row, self.column), style & 0xFFFFFF, value)
            return
        follows = 12 <= kind <= 18
        self.column = self.column + 1 if follows else struct.unpack_from("<I", held)[0] + 1
        style = struct.unpack_from("<I", held, 0 if follows else 4)[0] & 0xFFFFFF
        place = (self.row, self.column)
        if 8 <= kind <= 11:
            self.growing.formulas[place] = ""
        self._put(place, style, self._value(kind, held, 4 if follows else 8))

    def _value(self, kind: int, held: bytes, at: int) -> Value:
        same = _SAME.get(kind, kind)
        if same == _REAL:
            return float(struct.unpack_from("<d", held, at)[0])
        if same == _RK:
            return number_of(struct.unpack_from("<I", held, at)[0])
        if same == _SHARED:
            return self.book.strings[int.from_bytes(held[at : at + 4], "little")]
        if same == _TEXT:
            return unescaped(_text(held, at)[0])
        if same == _RICH:
            return unescaped(_text(held, at + 1)[0])
        if same == _ERROR:
            return error_of(held[at])
        return bool(held[at]) if same == _BOOL else None

    def _put(self, place: tuple[int, int], number: int, value: Value) -> None:
        style = self.book.styles[number] if number < len(self.book.styles) else CellStyle()
        self.growing.put_styled(place, value, style, since_1904=self.book.since_1904)


def _texts(held: bytes, at: int) -> Iterator[str]:
    while at + 4 <= len(held):
        text, at = _text(held, at)
        yield text


def _stored(archive: Archive) -> Sequence[Note]:
    """What stands in parts beside the cells, and may be a personal number: comments, drawings, sources of pivot tables, left-over texts."""
    found: set[bytes] = set()
    for part in archive.named("xl/"):
        rest = b""
        for chunk in archive.chunks(part):
            found.update(_DIGITS.findall(rest + chunk))
            rest = chunk[-26:]
    return [Note(digits.replace(b"\0", b"").decode("ascii")) for digits in sorted(found)]
