"""An xlsx sheet becomes values and marks, piece by piece, in memory that grows with the filled cells and not with the sheet's reach.

The XML parser reads whatever is valid: any prefix, cells without addresses, rows in any order. Rows that are written as
every known program writes them, nearly all, are taken faster by `usual`, and mean the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from budgettool.read.archive import Archive, too_much
from budgettool.read.grid import LAST_COLUMN, Rows
from budgettool.read.marks import Marks, column_number
from budgettool.read.meaning import Meanings, text_of
from budgettool.read.parts import Listed
from budgettool.read.sheet import Merge
from budgettool.read.source import Source
from budgettool.read.tags import DEEPEST, Parser
from budgettool.read.usual import Usual, items, pieces

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_MERGE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_TEXTS = frozenset(("v", "f", "t"))
_PAGE = frozenset(("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"))
LONGEST_TEXT = 1_000_000
_MOST_MERGES = 200_000
_MOST_STRINGS = 5_000_000
_MOST_PAGE_TEXTS = 100
_MOST_COLUMNS = 4 * LAST_COLUMN


@dataclass(slots=True)
class Streamed:
    rows: Rows
    merges: list[Merge] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)


class _Sheet:
    """The state between two tags of a sheet; expat calls it."""

    def __init__(self, meanings: Meanings, result: Streamed) -> None:
        self.meanings, self.result = meanings, result
        self.row = self.column = self.length = self.columns = self.depth = 0
        self.place = (0, 0)
        self.attributes: dict[str, str] = {}
        self.said: dict[str, str] = {}
        self.inside = ""
        self.within_row = self.within_cell = self.phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        name = name.rpartition(":")[2]
        if name == "c" and self.within_row:
            self._start_cell(attributes)
        elif self.within_cell:
            self._start_within(name)
        elif name == "row":
            self.row = _whole(attributes["r"]) if "r" in attributes else self.row + 1
            self.column, self.within_row = 0, True
            if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
                self.result.marks.hidden_rows.add(self.row)
        else:
            self._start_other(name, attributes)

    def _start_within(self, name: str) -> None:
        self.phonetic = self.phonetic or name == "rPh"
        again = name in self.said and name != "t"
        self.inside = name if name in _TEXTS and not self.phonetic and not again else ""
        if self.inside:
            self.said.setdefault(name, "")
        if self.depth > DEEPEST:
            raise too_much(self.result.rows.source)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        """An address of its own places a cell, and those without one that follow it in the row."""
        self.column += 1
        self.place = self.row, self.column
        if match := _REFERENCE.fullmatch(attributes.get("r", "")):
            self.column = column_number(match[1].upper())
            self.place = int(match[2]), self.column
        self.attributes, self.said, self.within_cell, self.length = attributes, {}, True, 0

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col":
            self._hide(attributes)
        elif name in _PAGE:
            self.inside, self.said, self.length = name, {name: ""}, 0
        if self.depth > DEEPEST:
            raise too_much(self.result.rows.source)

    def _hide(self, attributes: dict[str, str]) -> None:
        first, last = int(attributes.get("min", "1")), min(int(attributes.get("max", "0")), LAST_COLUMN)
        hidden = attributes.get("hidden") in ("1", "true")
        self.columns += max(1, last - first + 1) if hidden else 1
        if self.columns > _MOST_COLUMNS:
            raise too_much(self.result.rows.source)
        if hidden:
            self.result.marks.hidden_columns.update(range(first, last + 1))

    def _merge(self, reference: str) -> None:
        if match := _MERGE.fullmatch(reference):
            left, right = sorted((column_number(match[1].upper()), column_number(match[3].upper())))
            top, bottom = sorted((int(match[2]), int(match[4])))
            self.result.merges.append(Merge(top, left, bottom, right))
        if len(self.result.merges) > _MOST_MERGES:
            raise too_much(self.result.rows.source)

    def text(self, text: str) -> None:
        if self.inside:
            self.length += len(text)
            if self.length > LONGEST_TEXT:
                raise too_much(self.result.rows.source)
            self.said[self.inside] += text

    def end(self, name: str) -> None:
        self.depth -= 1
        name = name.rpartition(":")[2]
        self.inside = ""
        if name == "c" and self.within_cell:
            self.within_cell = False
            if self.said:
                self._end_cell()
        elif name == "row":
            self.within_row = False
        elif name == "rPh":
            self.phonetic = False
        elif name in _PAGE:
            self.result.marks.page_texts.append(self.said.get(name, ""))
            if len(self.result.marks.page_texts) > _MOST_PAGE_TEXTS:
                raise too_much(self.result.rows.source)

    def _end_cell(self) -> None:
        said = self.said
        kind, style = self.attributes.get("t", "n"), int(self.attributes.get("s", "0"))
        stored = said.get("t") if kind == "inlineStr" else said.get("v")
        if min(self.place) < 1:
            raise ValueError(self.place)
        value = self.meanings.cell(self.result.marks, self.place, (kind, style), (said.get("f"), stored))
        if value is not None:
            self.result.rows.put(*self.place, value)


def _whole(text: str) -> int:
    """A whole number, which some programs write as `1.0`."""
    number = float(text)
    if not number.is_integer():
        raise ValueError(text)
    return int(number)


def read_sheet(archive: Archive, listed: Listed, meanings: Meanings) -> Streamed:
    """Values, merges and marks of one sheet; raises Stop where it is damaged or holds too many cells."""
    result = Streamed(Rows(archive.source, listed.name))
    state = _Sheet(meanings, result)
    usual, parser = Usual(meanings, result.rows, result.marks), Parser(archive.source, state, counts=True)
    for whole_rows, piece in pieces(archive.chunks(listed.part)):
        if whole_rows and usual.take(piece):
            state.row = usual.row
        else:
            parser.feed(piece)
    parser.feed(b"", last=True)
    return result


class _Strings:
    """Shared strings: the texts of each item joined, without the reading aids of East Asian scripts."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[str | None] = []
        self.pieces: list[str] = []
        self.length = 0
        self.inside = self.phonetic = False

    def start(self, name: str, _: dict[str, str]) -> None:
        self.phonetic = self.phonetic or name == "rPh"
        self.inside = name == "t" and not self.phonetic

    def text(self, text: str) -> None:
        if self.inside:
            self.length += len(text)
            if self.length > LONGEST_TEXT:
                raise too_much(self.source)
            self.pieces.append(text)

    def end(self, name: str) -> None:
        self.inside = False
        if name == "rPh":
            self.phonetic = False
        elif name == "si":
            self.found.append(text_of("".join(self.pieces)))
            self.pieces, self.length = [], 0


def read_strings(archive: Archive, part: str) -> list[str | None]:
    """The shared strings of a workbook, in order, blank ones None; no strings where it has no such part."""
    state = _Strings(archive.source)
    if part not in archive:
        return state.found
    parser = Parser(archive.source, state)
    for whole, piece in pieces(archive.chunks(part), b"<si>", b"</sst>"):
        found = items(piece) if whole else None
        if found is None:
            parser.feed(piece)
        state.found += found or ()
        if len(state.found) > _MOST_STRINGS:
            raise too_much(archive.source)
    parser.feed(b"", last=True)
    return state.found
