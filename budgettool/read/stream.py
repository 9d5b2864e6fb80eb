"""An xlsx sheet cell by cell: any valid XML, in memory that grows with the filled cells and not with the sheet's reach.

Slower than calamine, and the way out where calamine is not safe: far corners, part names in odd letters, foreign prefixes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from budgettool.read.archive import Archive, damaged
from budgettool.read.formats import is_date, is_duration, telling
from budgettool.read.grid import LAST_COLUMN, LAST_ROW, MOST_CELLS, is_blank, too_large
from budgettool.read.marks import Marks, column_number
from budgettool.read.sheet import Value

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TEXTS = frozenset(("v", "f", "t"))
_PAGE = frozenset(("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"))


@dataclass(slots=True)
class Streamed:
    cells: dict[int, dict[int, Value]] = field(default_factory=dict)
    merges: list[str] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)


class _Sheet:
    """The state between two tags of a sheet; expat calls it."""

    def __init__(self, strings: list[str], formats: tuple[str, ...], *, since_1904: bool) -> None:
        self.strings, self.formats, self.since_1904 = strings, formats, since_1904
        self.dates = {index for index, text in enumerate(formats) if is_date(text)}
        self.marked = telling(formats)
        self.result = Streamed()
        self.row = self.column = 0
        self.attributes: dict[str, str] = {}
        self.said: dict[str, str] = {}
        self.inside = ""
        self.within_cell = self.phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
                self.result.marks.hidden_rows.add(self.row)
        elif name == "c":
            self._start_cell(attributes)
        elif self.within_cell:
            self.phonetic = self.phonetic or name == "rPh"
            self.inside = name if name in _TEXTS and not self.phonetic else ""
            if self.inside:
                self.said.setdefault(name, "")
        else:
            self._start_other(name, attributes)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.column += 1
        if match := _REFERENCE.fullmatch(attributes.get("r", "")):
            self.column, self.row = column_number(match[1]), int(match[2])
        self.attributes, self.said, self.within_cell = attributes, {}, True

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if name == "mergeCell":
            self.result.merges.append(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            last = min(int(attributes.get("max", "0")), 16384)
            self.result.marks.hidden_columns.update(range(int(attributes.get("min", "1")), last + 1))
        elif name in _PAGE:
            self.inside = name
            self.said = {name: ""}

    def text(self, text: str) -> None:
        if self.inside:
            self.said[self.inside] += text

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        self.inside = ""
        if name == "rPh":
            self.phonetic = False
        elif name == "c":
            self.within_cell = False
            if self.said:
                self._end_cell()
        elif name in _PAGE:
            self.result.marks.page_texts.append(self.said.get(name, ""))

    def _end_cell(self) -> None:
        place, marks, kind = (self.row, self.column), self.result.marks, self.attributes.get("t", "n")
        stored = self.said.get("v", "").strip()
        if "f" in self.said:
            marks.formulas[place] = self.said["f"]
            if not stored and not (kind == "str" and "v" in self.said):
                marks.unvalued.add(place)
            if stored in ("0", "0.0"):
                marks.zeros.add(place)
        if kind == "e":
            marks.errors[place] = stored or "#?"
            return
        value = self._value(kind)
        if is_blank(value):
            return
        style = int(self.attributes.get("s", "0"))
        if style in self.marked:
            marks.formats[place] = self.marked[style]
        marks.cells += 1
        self.result.cells.setdefault(self.row, {})[self.column] = value

    def _value(self, kind: str) -> Value:
        stored = self.said.get("v", "")
        if kind == "inlineStr":
            return unescaped(self.said.get("t", stored))
        if kind == "s":
            return self.strings[int(stored)] if stored.strip() and int(stored) < len(self.strings) else None
        if kind == "str":
            return unescaped(stored)
        if not stored.strip():
            return None
        if kind == "b":
            return stored.strip() in ("1", "true")
        if kind == "d":
            return _iso(stored.strip())
        return self._number(float(stored))

    def _number(self, number: float) -> Value:
        style = int(self.attributes.get("s", "0"))
        if style not in self.dates:
            return number
        return as_date(number, duration=is_duration(self.formats[style]), since_1904=self.since_1904)


def as_date(number: float, *, duration: bool, since_1904: bool) -> date | datetime | time | timedelta | float:
    """The day that a day number means; a number that is no day stays a number."""
    if duration:
        return timedelta(days=number)
    if 0 <= number < 1:
        return (datetime(1900, 1, 1) + timedelta(seconds=round(number * 86400))).time() if number else time(0)
    if not 0 < number < 2_958_466:
        return number
    epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if number >= 60 else 31)
    moment = epoch + timedelta(milliseconds=round(number * 86_400_000))
    return moment.date() if moment.time() == time(0) else moment


def _iso(text: str) -> Value:
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return text
    return moment.date() if "T" not in text or moment.time() == time(0) else moment


def unescaped(text: str) -> str:
    """Text with characters that XML can't hold put back: `_x000D_` is a carriage return."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def read_sheet(archive: Archive, part: str, strings: list[str], formats: tuple[str, ...], *, since_1904: bool) -> Streamed:
    """Values, merges and marks of one sheet; raises Stop where it is damaged or holds too many cells."""
    state = _Sheet(strings, formats, since_1904=since_1904)
    for _ in _parsed(archive, part, state):
        if state.result.marks.cells > MOST_CELLS:
            raise too_large(archive.source, "", state.row, state.column)
    marks = state.result.marks
    held = [*state.result.cells, *(row for row, _ in (*marks.unvalued, *marks.errors))]
    marks.bottom = max(held, default=0)
    marks.right = max(
        max((max(row) for row in state.result.cells.values()), default=0),
        max((column for _, column in (*marks.unvalued, *marks.errors)), default=0),
    )
    if marks.bottom > LAST_ROW or marks.right > LAST_COLUMN:
        raise too_large(archive.source, "", marks.bottom, marks.right)
    return state.result


def _parsed(archive: Archive, part: str, state: Any) -> Iterator[None]:
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = state.start, state.end
    parser.CharacterDataHandler = state.text
    try:
        for chunk in archive.chunks(part):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
    except (ExpatError, ValueError, OverflowError) as error:
        raise damaged(archive.source) from error


class _Strings:
    """Shared strings: the texts of each item joined, without the reading aids of East Asian scripts."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.pieces: list[str] = []
        self.inside = self.phonetic = False

    def start(self, name: str, _: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self.phonetic = self.phonetic or name == "rPh"
        self.inside = name == "t" and not self.phonetic

    def text(self, text: str) -> None:
        if self.inside:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        self.inside = False
        if name == "rPh":
            self.phonetic = False
        elif name == "si":
            self.found.append(unescaped("".join(self.pieces)))
            self.pieces = []


def read_strings(archive: Archive, part: str) -> list[str]:
    """The shared strings of a workbook, in order; none where it has no such part."""
    state = _Strings()
    if part in archive:
        for _ in _parsed(archive, part, state):
            pass
    return state.found
