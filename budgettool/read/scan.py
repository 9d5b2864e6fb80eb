"""The pre-scan: what a sheet's XML holds that the fast reader hides, or dies of.

A stream of XML becomes a `Scan`: how far the cells reach, error texts, formulas and whether their
results are stored, hidden rows and columns, number formats that matter, merged ranges. It is a
search for patterns, block by block in constant memory, over XML in the form that every common
program writes; a sheet in any other form is reported as `irregular` and walked in full instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

_LARGEST_ROW = 64 * 2**20
_LARGEST_TAIL = 8 * 2**20

_COLUMNS = re.compile(rb'<c r="([A-Z]{1,3})\d')
_CORNERS = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"')
_ROW_NUMBER = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*?\s(?:hidden="(?:1|true)"|ht="0"))[^>]*?\br="(\d+)"')
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*? t="e"[^>]*>(.*?)</c>', re.DOTALL)
_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*)>\s*<f\b([^>]*)>(.*?)</c>', re.DOTALL)
_RESULT = re.compile(rb"<v\b[^>]*>([^<]*)</v>|<v\s*/>")
_COL = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_PAGE_TEXT = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]*>([^<]*)<")
_EXTERNAL = re.compile(r"\[(\d+)\][^\[\]!]*!")
_SHARED = re.compile(rb'\bsi="(\d+)"')


@dataclass(slots=True)
class Scan:
    """What a scan of one sheet found; `rows` and `columns` bound all cells, blank ones included. Addresses are 1-based."""

    rows: int = 0
    columns: int = 0
    irregular: bool = False
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unvalued: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    external: dict[tuple[int, int], int] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    page_texts: list[str] = field(default_factory=list)
    zeros: dict[tuple[int, int], str] = field(default_factory=dict)
    shared: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    edge: bytes = b""


def number(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value


def scan(chunks: Iterable[bytes], formats: dict[int, str]) -> Scan:
    """Scan a sheet; `formats` maps the style numbers whose format matters to the format."""
    found = Scan()
    styles = _style_pattern(formats)
    for block in _blocks(chunks, found):
        if not found.irregular:
            _scan_block(block, found)
            _scan_styles(block, found, styles, formats)
    return found


def corner(chunks: Iterable[bytes]) -> tuple[int, int]:
    """The exact last row and last column of any cell of a regular sheet, whatever its rows claim."""
    rows, columns = 0, 0
    for block in _blocks(chunks, Scan()):
        cells = _CORNERS.findall(block)
        rows = max(rows, max((int(row) for _, row in cells), default=0))
        columns = max(columns, max((number(letters.decode()) for letters in {letters for letters, _ in cells}), default=0))
    return rows, columns


def reaches_beyond(block: bytes, rows: int) -> bool:
    """Whether a cell's own address lies in a row with more digits than the last row's number."""
    return bool(re.search(rb'<c r="[A-Z]{1,3}\d{%d}' % (len(str(rows)) + 1), block))


def _blocks(chunks: Iterable[bytes], found: Scan) -> Iterator[bytes]:
    """Whole rows, a block at a time; what stands before and after the rows is taken in on the way."""
    rest, started, ended = b"", False, False
    for chunk in chunks:
        rest = rest + chunk if not (ended and len(rest) > _LARGEST_TAIL) else rest
        if not started:
            started = b"<sheetData" in rest
            if not started and (len(rest) > _LARGEST_TAIL or not _plain(rest)):
                found.irregular, rest = True, b""
            continue_at = rest.find(b"<sheetData")
            if started:
                _scan_start(rest[:continue_at], found)
                rest = rest[continue_at:]
        if started and not ended:
            end = rest.find(b"</sheetData>")
            ended = end >= 0
            cut = end if ended else rest.rfind(b"<row")
            if cut > 0:
                yield rest[:cut]
                rest = rest[cut:]
            elif len(rest) > _LARGEST_ROW:
                found.irregular, rest = True, b""
    if not started:
        found.irregular = True
    elif not ended:
        yield rest
    scan_end(rest, found)


def _plain(start: bytes) -> bool:
    return not start.startswith((b"\xff\xfe", b"\xfe\xff")) and b"<!DOCTYPE" not in start and b":sheetData" not in start


def _scan_start(start: bytes, found: Scan) -> None:
    """Hidden columns stand before the rows."""
    if b"<!DOCTYPE" in start or b'encoding="UTF-16"' in start[:200] or start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found.irregular = True
    for (attributes,) in ((match,) for match in _COL.findall(start)):
        given = dict(_ATTRIBUTE.findall(attributes))
        if given.get(b"hidden") in (b"1", b"true") or given.get(b"width") == b"0":
            first, last = int(given.get(b"min", b"0")), int(given.get(b"max", b"0"))
            found.hidden_columns.update(range(max(1, first), min(last, 16384) + 1))


def scan_end(end: bytes, found: Scan) -> None:
    """Merged ranges and the texts of the page's header and footer stand after the rows."""
    for left, top, right, bottom in _MERGE.findall(end):
        found.merges.append((int(top), number(left.decode()), int(bottom), number(right.decode())))
    found.page_texts += [_text(text) for text in _PAGE_TEXT.findall(end)]


def _scan_block(block: bytes, found: Scan) -> None:
    cells = _COLUMNS.findall(block)
    if len(cells) != block.count(b"<c ") + block.count(b"<c>") + block.count(b"<c\n") or b"<![CDATA[" in block or b"<!--" in block:
        found.irregular = True
        return
    found.columns = max(found.columns, max((number(letters.decode()) for letters in set(cells)), default=0))
    found.rows = max(found.rows, max((int(row) for row in _ROW_NUMBER.findall(block)), default=0))
    if reaches_beyond(block, found.rows):
        found.rows = max(found.rows, max(int(row) for _, row in _CORNERS.findall(block)))
    if b"hidden=" in block or b'ht="0"' in block:
        found.hidden_rows.update(int(row) for row in _HIDDEN_ROW.findall(block))
    if b't="e"' in block:
        for letters, row, body in _ERROR.findall(block):
            found.errors[int(row), number(letters.decode())] = error_text(body)
    if b"<f" in block:
        _scan_formulas(block, found)


def _scan_formulas(block: bytes, found: Scan) -> None:
    for letters, row, attributes, of_formula, body in _FORMULA.findall(block):
        cell = int(row), number(letters.decode())
        written, _, rest = (b"", b"", body) if of_formula.endswith(b"/") else body.partition(b"</f>")
        result = _RESULT.search(rest)
        stored = result[1] if result else None
        formula = _text(written)
        link = outside(formula)
        if shared := _SHARED.search(of_formula):
            formula, link = found.shared.setdefault(shared[1].decode(), (formula, link))
        note_formula(found, cell, formula, link, (stored, b't="str"' in attributes))


def note_formula(found: Scan, cell: tuple[int, int], formula: str, link: int | None, stored: tuple[bytes | None, bool]) -> None:
    """Keep what matters of a formula: its result may be missing, a placeholder, or from another workbook."""
    result, text = stored
    found.formulas.add(cell)
    if not result and not (text and result is not None) and cell not in found.errors:
        found.unvalued[cell] = formula
    elif link is not None:
        found.external[cell] = link
    if result == b"0" and not text:
        found.zeros[cell] = formula


def outside(formula: str) -> int | None:
    """The number of the other workbook that a formula reads, None where it reads none."""
    match = _EXTERNAL.search(formula) if "[" in formula else None
    return int(match[1]) if match else None


def error_text(body: bytes) -> str:
    result = _RESULT.search(body)
    return _text(result[1] or b"") if result else ""


def _text(written: bytes) -> str:
    return unescape(written.decode("utf-8", "replace"))


def _style_pattern(formats: dict[int, str]) -> re.Pattern[bytes] | None:
    if not formats:
        return None
    numbers = b"|".join(str(style).encode() for style in sorted(formats))
    return re.compile(rb'<c r="([A-Z]+)(\d+)"(?=[^>]*? s="(' + numbers + rb')")[^>]*(?<!/)>')


def _scan_styles(block: bytes, found: Scan, styles: re.Pattern[bytes] | None, formats: dict[int, str]) -> None:
    if styles is None:
        return
    for letters, row, style in styles.findall(block):
        found.formats[int(row), number(letters.decode())] = formats[int(style)]
