"""A light look at a sheet's XML before its values are read: what the fast reader hides or dies of.

    <c r="D4" t="e"><f>1/0</f><v>#DIV/0!</v></c>    an error value, which it would give as a blank
    <c r="D5"><f>C5-5000</f></c>                    a formula without a stored result, likewise

Each sheet is streamed once through expat, in constant memory. Cells far outside of the rest are collected
here, since the fast reader allocates the whole rectangle up to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from budgettool.read.sheet import ErrorValue, Unvalued, Value

DENSE = 4_000_000
"""So many cells may a sheet's rectangle have before its cells are taken one by one."""
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_COLUMNS: dict[str, int] = {}


@dataclass(slots=True)
class Scan:
    """What was seen of one sheet; rows and columns are 1-based. `last` is the extent of cells that hold anything."""

    errors: dict[tuple[int, int], ErrorValue] = field(default_factory=dict)
    unvalued: dict[tuple[int, int], Unvalued] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    far_row: int = 0
    far_column: int = 0
    last_row: int = 0
    last_column: int = 0
    cells: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    """Every filled cell as (type, text), kept only while there are few; `kept` says whether all are there."""
    kept: bool = True


_MOST_KEPT = 200_000


class Scanner:
    """Feeds expat; `noted` are the style indexes whose number format matters."""

    def __init__(self, noted: frozenset[int]) -> None:
        self.scan = Scan()
        self._noted = noted
        self._row = 0
        self._column = 0
        self._type = ""
        self._style = 0
        self._text: list[str] = []
        self._formula: list[str] | None = None
        self._value: str | None = None
        self._inside = ""
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._entity

    def feed(self, chunks: Iterable[bytes]) -> Scan:
        """Scan a whole sheet; raises expat.ExpatError for damage and ValueError for entities, which no honest sheet declares."""
        for chunk in chunks:
            self._parser.Parse(chunk, False)
        self._parser.Parse(b"", True)
        return self.scan

    def _entity(self, *_: object) -> None:
        raise ValueError("a sheet declares entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "c":
            self._open_cell(attributes)
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdigit() else self._row + 1
            self._column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.scan.hidden_rows.add(self._row)
        elif tag in ("v", "t", "f"):
            self._inside, self._text = tag, []
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self.scan.hidden_columns.update(range(first, min(last, first + 1000) + 1))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        match = _REF.match(attributes.get("r", ""))
        if match:
            self._row, self._column = int(match[2]), _column(match[1])
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self._style = int(style) if style.isdigit() else 0
        self._formula, self._value = None, None
        self.scan.far_row = max(self.scan.far_row, self._row)
        self.scan.far_column = max(self.scan.far_column, self._column)

    def _characters(self, text: str) -> None:
        if self._inside:
            self._text.append(text)

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == self._inside:
            text = "".join(self._text)
            if tag == "f":
                self._formula = [text]
            else:
                self._value = (self._value or "") + text
            self._inside = ""
        elif tag == "c":
            self._close_cell()

    def _close_cell(self) -> None:
        at, scan = (self._row, self._column), self.scan
        filled = self._value is not None and (self._value.strip() != "" or self._type == "s")
        if self._formula is not None:
            scan.formulas.add(at)
            if not filled and self._type != "str":
                scan.unvalued[at] = Unvalued(self._formula[0])
        if self._type == "e" and self._value is not None:
            scan.errors[at] = ErrorValue(self._value)
        if filled or self._formula is not None:
            scan.last_row, scan.last_column = max(scan.last_row, self._row), max(scan.last_column, self._column)
            if self._style in self._noted:
                scan.styles[at] = self._style
            self._keep(at)

    def _keep(self, at: tuple[int, int]) -> None:
        scan = self.scan
        if scan.kept and len(scan.cells) < _MOST_KEPT:
            scan.cells[at] = (self._type, self._value or "")
        elif scan.kept:
            scan.kept, scan.cells = False, {}


def _column(text: str) -> int:
    """The number of a column by its letters: A is 1, XFD is 16384."""
    number = _COLUMNS.get(text)
    if number is None:
        number = 0
        for letter in text:
            number = 26 * number + ord(letter) - 64
        _COLUMNS[text] = number
    return number


def rectangle(scan: Scan, shared: list[str]) -> tuple[list[list[Value]], tuple[int, int] | None]:
    """The cells of a scanned sheet as a grid, blanks and lone spaces cut off at the far edges; the corner where it is still too large."""
    filled = {at: value for at, (kind, text) in scan.cells.items() if not _is_blank(value := _value(kind, text, shared))}
    filled.update(scan.errors)
    filled.update(scan.unvalued)
    if not filled:
        return [], None
    bottom, right = max(row for row, _ in filled), max(column for _, column in filled)
    if bottom * right > DENSE:
        return [], (bottom, right)
    grid: list[list[Value]] = [[] for _ in range(bottom)]
    for (row, column), value in sorted(filled.items()):
        line = grid[row - 1]
        line.extend([None] * (column - 1 - len(line)))
        line.append(value)
    return grid, None


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _value(kind: str, text: str, shared: list[str]) -> Value:
    if kind == "s":
        return shared[int(text)] if text.isdigit() and int(text) < len(shared) else None
    if kind == "b":
        return text.strip() == "1"
    if kind in ("n", ""):
        try:
            return float(text)
        except ValueError:
            return None
    return text
