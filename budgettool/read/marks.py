"""What stands in a sheet beside its values: errors, formulas, number formats, what is hidden, how far it reaches.

A fast pass over the XML of an xlsx sheet, piece by piece in constant memory, for files that are written the way
every known program writes them (`<c r="A1" s="3" t="s">`). Any other makes `regular` False, and the sheet is then read
by `stream`, which is slower and takes any valid XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

Cell = tuple[int, int]

_HIDDEN_ROW = re.compile(rb'<row (?=[^>]*?\b(?:hidden="(?:1|true)"|ht="0"))[^>]*?\br="(\d+)"|<row (?=[^>]*?\bhidden="(?:1|true)")()')
_COLUMN = re.compile(rb"<col (?=[^>]*?\bhidden=\"(?:1|true)\")[^>]*>")
_LIMITS = re.compile(rb'\b(min|max)="(\d+)"')
_CELL = re.compile(rb'<c r="([A-Z]++)(\d++)"([^>/]*+)>(.*?)</c>', re.DOTALL)
_STYLED = rb'<c r="([A-Z]++)(\d++)"(?: t="[A-Za-z]++")?+ s="(%s)"[^>/]*+>(?=<v>[^<]|<is>|<f)'
_IS_FORMULA, _IS_ERROR = re.compile(b"><f"), re.compile(b' t="e"')
_FAR = re.compile(rb'<c r="[A-Z]{3}')
_REFERENCE = re.compile(rb'<c r="([A-Z]+)(\d+)"')
_FORMULA = re.compile(rb"<f\b([^>]*?)(?:/>|>([^<]*)</f>)")
_VALUE = re.compile(rb"<v[^>/]*>([^<]*)</v>")
_TRUSTED = 20_000
_LONGEST_ROW = 32 * 2**20
_HEAD = re.compile(rb"<(?:worksheet|dialogsheet)[\s>]")
_PAGE_TEXT = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)>([^<]*)<")


@dataclass(slots=True)
class Marks:
    """Cells are (row, column), 1-based. `bottom` and `right` may reach further than the last value, never less far."""

    regular: bool = True
    bottom: int = 0
    right: int = 0
    cells: int = 0
    errors: dict[Cell, str] = field(default_factory=dict)
    formulas: dict[Cell, str] = field(default_factory=dict)
    unvalued: set[Cell] = field(default_factory=set)
    zeros: set[Cell] = field(default_factory=set)
    placeholders: set[Cell] = field(default_factory=set)
    formats: dict[Cell, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    page_texts: list[str] = field(default_factory=list)


def column_number(letters: bytes | str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for char in letters if isinstance(letters, bytes) else letters.encode():
        number = number * 26 + char - 64
    return number


def scan(chunks: Iterable[bytes], formats: dict[int, str]) -> Marks:
    """Read the marks of one sheet; `formats` are the number formats that matter, by style."""
    marks = Marks()
    styled = re.compile(_STYLED % b"|".join(b"%d" % style for style in formats)) if formats else None
    rest, first = b"", True
    for chunk in chunks:
        rest += chunk
        if first and not _HEAD.search(rest[:4096]):
            return Marks(regular=False)
        first = False
        end = rest.rfind(b"<row ")
        if end > 0:
            _take(marks, rest[:end], styled, formats)
            rest = rest[end:]
        if not marks.regular or len(rest) > _LONGEST_ROW:
            return Marks(regular=False)
    _take(marks, rest, styled, formats)
    return marks


def _take(marks: Marks, piece: bytes, styled: re.Pattern[bytes] | None, formats: dict[int, str]) -> None:
    count = piece.count(b"<c ")
    if count != piece.count(b'<c r="') or b"<!" in piece:
        marks.regular = False
        return
    if b"</c>" in piece:
        marks.cells += piece.count(b"</c>")
        _reach(marks, piece)
        _note_all(marks, piece)
        found = styled.findall(piece) if styled else []
        columns = {letters: column_number(letters) for letters in {letters for letters, _, _ in found}}
        for letters, row, style in found:
            marks.formats[int(row), columns[letters]] = formats[int(style)]
    if b'hidden="' in piece or b'ht="0"' in piece:
        _note_hidden(marks, piece)
    if b"<headerFooter" in piece:
        marks.page_texts += [unescape(text.decode("utf-8", "replace")) for text in _PAGE_TEXT.findall(piece)]


def _note_hidden(marks: Marks, piece: bytes) -> None:
    for match in _HIDDEN_ROW.finditer(piece):
        if match[1] is None:
            marks.regular = False
            return
        marks.hidden_rows.add(int(match[1]))
    for match in _COLUMN.finditer(piece):
        limits = {name: int(number) for name, number in _LIMITS.findall(match[0])}
        marks.hidden_columns.update(range(limits.get(b"min", 1), min(limits.get(b"max", 0), 16384) + 1))


def _reach(marks: Marks, piece: bytes) -> None:
    """The last filled cell of each row tells how far it reaches, unless a far one stands before it; a small sheet is not trusted in this."""
    if marks.cells <= _TRUSTED or _FAR.search(piece):
        cells = set(_REFERENCE.findall(piece))
        marks.bottom = max(marks.bottom, *(int(row) for _, row in cells))
        marks.right = max(marks.right, *(column_number(letters) for letters, _ in cells))
        return
    ends: set[bytes] = set()
    bottom, match = marks.bottom, _REFERENCE.match
    for row in piece.split(b"</row>"):
        end = row.rfind(b"</c>")
        if end >= 0 and (found := match(row, row.rfind(b'<c r="', 0, end))):
            ends.add(found[1])
            bottom = max(bottom, int(found[2]))
    marks.bottom, marks.right = bottom, max([marks.right, *map(column_number, ends)])


def _note_all(marks: Marks, piece: bytes) -> None:
    """Find the sign of an error or a formula at the speed of a search, and only then the cell around it."""
    for sign in (*_IS_FORMULA.finditer(piece), *_IS_ERROR.finditer(piece)):
        match = _CELL.match(piece, piece.rfind(b'<c r="', 0, sign.start() + 1))
        if match:
            letters, row, attributes, body = match.groups()
            _note(marks, (int(row), column_number(letters)), attributes, body)


def _note(marks: Marks, cell: Cell, attributes: bytes, body: bytes) -> None:
    is_error = b't="e"' in attributes
    if not is_error and not body.startswith(b"<f"):
        return
    value = _VALUE.search(body)
    stored = value[1].strip() if value else b""
    if is_error:
        marks.errors[cell] = unescape(stored.decode("utf-8", "replace")) or "#?"
    if formula := _FORMULA.search(body):
        marks.formulas[cell] = unescape((formula[2] or b"").decode("utf-8", "replace"))
        if not stored and not (b't="str"' in attributes and b"<v" in body):
            marks.unvalued.add(cell)
        if stored in (b"0", b"0.0"):
            marks.zeros.add(cell)
