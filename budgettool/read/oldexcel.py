"""An xls (Excel 5.0 to 2003) becomes a draft, record by record: values, errors, formats, indents, and what is hidden.

Read here and not by calamine, which makes a cell of every address up to the last one, gives an error as a blank and knows no format.
A file without a code page, or with Cyrillic written as if it were Western, is mended where its words become Russian or Kazakh.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field, replace

from budgettool.findings import Finding, Place
from budgettool.read import biff
from budgettool.read.biff import Pieces
from budgettool.read.compound import stream
from budgettool.read.encoding import CANDIDATES, likely, looks_misread, raw, western
from budgettool.read.formats import BUILT_IN
from budgettool.read.growing import CellStyle, Growing, cell_style
from budgettool.read.kinds import WAY_OUT
from budgettool.read.marks import Cell
from budgettool.read.oldpassword import unlocked
from budgettool.read.sheet import Sheet, Unvalued, Value
from budgettool.read.source import Draft, Note, Source, stopped

_DIGITS = re.compile(rb"(?<![\d.,])\d{6}[ -]?\d{6}(?![\d.,])|(?<!\d\0)(?:\d\0){6}(?:[ -]\0)?(?:\d\0){6}(?!\d)")
_PLACE = struct.Struct("<HHH")
_MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")
_WIDE = 0x600


@dataclass(slots=True)
class _Book:
    """What the head of the stream says; `sheets` are name, begin and whether it is hidden, worksheets only."""

    wide: bool = True
    encoding: str = ""
    since_1904: bool = False
    formats: dict[int, bytes] = field(default_factory=dict)
    styles: list[CellStyle] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    sheets: list[tuple[str, int, bool]] = field(default_factory=list)

    def decoded(self, held: bytes) -> str:
        """A text of Excel 5.0/95."""
        return western(held) if self.encoding in ("", "cp1252") else held.decode(self.encoding, "replace")


def read_xls(source: Source) -> Draft:
    """All worksheets; raises Stop for a password, a version before 5.0 and an encoding that can't be told, ValueError and the like for damage."""
    with source.open() as file:
        whole = file.read()
    content = stream(whole, "Workbook", "Book")
    if content[:2] in (b"\x09\0", b"\x09\x02", b"\x09\x04"):
        raise stopped("unsupported-format", source.name, kind="Excel 2.1-4.0 worksheet (xls)", way_out=WAY_OUT)
    book = _head(content)
    if book is None:
        content = unlocked(content) or b""
        book = _head(content) if content else None
        if book is None:
            raise stopped("password-protected", source.name)
    if not book.sheets:
        raise stopped("unreadable", source.name, reason="it holds no sheet")
    draft = Draft(notes=[Note(digits.replace(b"\0", b"").decode("ascii")) for digits in sorted(set(_DIGITS.findall(content)))])
    if _MACROS in whole:
        draft.findings.append(Finding("macros-not-run", (Place(source.name),)))
    readers = [_Reader(book, Growing(name, source)).read(content, start) for name, start, _ in book.sheets]
    uncalculated = not any(reader.valued for reader in readers)
    for reader, (name, _, hidden) in zip(readers, book.sheets, strict=True):
        if uncalculated:
            reader.growing.markers |= dict.fromkeys(reader.unvalued, Unvalued())
        draft.notes += [Note(text, name) for text in reader.page_texts]
        (draft.hidden if hidden else draft.sheets).append(reader.growing.sheet())
    _mend(draft, source)
    return draft


def _head(content: bytes) -> _Book | None:
    """The records before the sheets; None where they are encrypted."""
    book = _Book()
    texts: list[bytes] = []
    last = 0
    for kind, held in biff.records(content, 0):
        if kind == biff.BOF:
            book.wide = struct.unpack_from("<H", held)[0] >= _WIDE
        elif kind == biff.FILEPASS:
            return None
        elif kind == biff.SST or (kind == biff.CONTINUE and last == biff.SST):
            texts.append(held)
            kind = biff.SST
        else:
            _note(book, kind, held)
        last = kind
    if texts:
        pieces = Pieces(texts)
        pieces.take(8)
        while not pieces.is_done():
            book.strings.append(pieces.text())
    return book


def _note(book: _Book, kind: int, held: bytes) -> None:
    if kind == biff.CODEPAGE:
        book.encoding = biff.page(struct.unpack_from("<H", held)[0])
    elif kind == biff.DATEMODE:
        book.since_1904 = bool(held[0])
    elif kind == biff.BOUNDSHEET and held[5] == 0:
        name = biff.short_text(held[6:]) if book.wide else book.decoded(held[7 : 7 + held[6]])
        book.sheets.append((name, struct.unpack_from("<I", held)[0], bool(held[4] & 3)))
    elif kind == biff.FORMAT:
        book.formats[struct.unpack_from("<H", held)[0]] = held[2:]
    elif kind == biff.XF:
        book.styles.append(_style(book, held))


def _style(book: _Book, held: bytes) -> CellStyle:
    number = struct.unpack_from("<H", held, 2)[0]
    indent = held[8] & 15 if book.wide and len(held) > 8 else 0
    own = book.formats.get(number)
    if own is None:
        return cell_style(BUILT_IN.get(str(number), ""), indent)
    return cell_style(Pieces([own]).text() if book.wide else book.decoded(own[1 : 1 + own[0]]), indent)


class _Reader:
    """Reads the records of one sheet; `unvalued` are formulas whose result is an empty text or was never stored, `valued` counts the others."""

    def __init__(self, book: _Book, growing: Growing) -> None:
        self.book, self.growing = book, growing
        self.unvalued: set[Cell] = set()
        self.valued = 0
        self.page_texts: list[str] = []
        self.awaited: Cell | None = None
        self.text: list[bytes] = []

    def read(self, content: bytes, start: int) -> _Reader:
        for kind, held in biff.records(content, start):
            if self.text and kind == biff.CONTINUE:
                self.text.append(held)
                continue
            if self.text:
                self._end_text()
            if kind in (biff.NUMBER, biff.RK, biff.LABELSST, biff.LABEL, biff.RSTRING, biff.BOOLERR, biff.FORMULA):
                row, column, style = _PLACE.unpack_from(held)
                self._cell((row + 1, column + 1), style, kind, held)
            elif kind == biff.MULRK:
                self._numbers(held)
            elif kind == biff.STRING and self.awaited is not None:
                self.text.append(held)
            else:
                self._other(kind, held)
        if self.text:
            self._end_text()
        return self

    def _other(self, kind: int, held: bytes) -> None:
        growing = self.growing
        if kind == biff.ROW and struct.unpack_from("<H", held, 12)[0] & 0x20:
            growing.hide(struct.unpack_from("<H", held)[0] + 1)
        elif kind == biff.COLINFO and struct.unpack_from("<H", held, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", held)
            growing.hidden_columns.update(range(first + 1, min(last, 255) + 2))
        elif kind == biff.MERGED:
            for index in range(struct.unpack_from("<H", held)[0]):
                top, bottom, left, right = struct.unpack_from("<HHHH", held, 2 + 8 * index)
                growing.merge((top + 1, left + 1), bottom - top + 1, right - left + 1)
        elif kind in (biff.HEADER, biff.FOOTER) and held:
            self.page_texts.append(Pieces([held]).text() if self.book.wide else self.book.decoded(held[1 : 1 + held[0]]))

    def _numbers(self, held: bytes) -> None:
        row, first = struct.unpack_from("<HH", held)
        for index in range((len(held) - 6) // 6):
            style, packed = struct.unpack_from("<HI", held, 4 + 6 * index)
            self._put((row + 1, first + index + 1), style, biff.number_of(packed))

    def _cell(self, cell: Cell, style: int, kind: int, held: bytes) -> None:
        if kind == biff.NUMBER:
            self._put(cell, style, struct.unpack_from("<d", held, 6)[0])
        elif kind == biff.RK:
            self._put(cell, style, biff.number_of(struct.unpack_from("<I", held, 6)[0]))
        elif kind == biff.LABELSST:
            self._put(cell, style, self.book.strings[struct.unpack_from("<I", held, 6)[0]])
        elif kind == biff.BOOLERR:
            self._put(cell, style, biff.error_of(held[6]) if held[7] else bool(held[6]))
        elif kind == biff.FORMULA:
            self._formula(cell, style, held)
        else:
            self._put(cell, style, self._text(held[6:]))

    def _formula(self, cell: Cell, style: int, held: bytes) -> None:
        self.growing.formulas[cell] = ""
        self.awaited = None
        if held[12:14] != b"\xff\xff":
            self._put(cell, style, struct.unpack_from("<d", held, 6)[0])
        elif held[6] == 0:
            self.awaited = cell
        elif held[6] in (1, 2):
            self._put(cell, style, bool(held[8]) if held[6] == 1 else biff.error_of(held[8]))
        else:
            self.unvalued.add(cell)
            return
        self.valued += 1

    def _end_text(self) -> None:
        """The text that a formula gave, from the record behind it."""
        if self.awaited is not None:
            value = Pieces(self.text).text() if self.book.wide else self._text(self.text[0])
            self.growing.put(self.awaited, value)
        self.awaited, self.text = None, []

    def _text(self, held: bytes) -> str:
        if self.book.wide:
            return Pieces([held]).text()
        return self.book.decoded(held[2 : 2 + struct.unpack_from("<H", held)[0]])

    def _put(self, cell: Cell, number: int, value: Value) -> None:
        style = self.book.styles[number] if number < len(self.book.styles) else CellStyle()
        self.growing.put_styled(cell, value, style, since_1904=self.book.since_1904)


def _mend(draft: Draft, source: Source) -> None:
    """Put right what was read as Western since the file names no code page, or a wrong one."""
    texts = [value for sheet in (*draft.sheets, *draft.hidden) for row in sheet.grid for value in row if isinstance(value, str)]
    if not looks_misread(texts):
        return
    encoding = likely(raw("\n".join(texts)))
    if encoding is None:
        raise stopped("encoding-not-stated", source.name, encodings=CANDIDATES)
    if encoding == "cp1252":
        return
    draft.sheets = [_mended(sheet, encoding) for sheet in draft.sheets]
    draft.hidden = [_mended(sheet, encoding) for sheet in draft.hidden]
    draft.findings.append(Finding("encoding", (Place(source.name),), facts=(("encoding", encoding),)))


def _mended(sheet: Sheet, encoding: str) -> Sheet:
    grid = [[raw(value).decode(encoding, "replace") if isinstance(value, str) else value for value in row] for row in sheet.grid]
    return replace(sheet, name=raw(sheet.name).decode(encoding, "replace"), grid=grid)
