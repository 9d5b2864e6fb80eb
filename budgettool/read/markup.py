"""The text of a web page becomes lines and tables in their order, whatever state its tags are in.

Tags that are not closed are closed where browsers close them: a cell by the next cell, a row by the next row, and a
table that is met outside of a cell closes the one before it. Texts within a table but outside of its cells stand before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from budgettool.read.pagestyles import PageStyles

DEEPEST, MOST_CELLS = 60, 3_000_000
_SKIPPED = frozenset(("noscript", "object", "script", "style", "svg", "template", "title", "xml"))
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "ul"),
    )
)
_PARTS = frozenset(("td", "th", "tr", "table", "col", "colgroup"))
_ALONE = frozenset(("br", "input", "hr", "img", "link", "meta"))
_GROUPS = frozenset(("thead", "tbody", "tfoot", "caption"))
_BUTTONS = frozenset(("hidden", "checkbox", "radio", "submit", "button", "image", "reset", "file", "password"))
_TOLD = frozenset(
    (
        *("class", "colspan", "rowspan", "style", "hidden", "sdnum", "sdval", "x:bool", "x:err", "x:fmla", "x:num"),
        *("data-number", "data-order", "data-sheets-numberformat", "data-sheets-value", "data-sort", "data-value"),
    )
)
"""What a cell says of itself that is kept."""

_NOTHING: Mapping[str, str] = MappingProxyType({})
_SPACES = re.compile(r"[ \t\r\n\f]+")
RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")


@dataclass(slots=True)
class Box:
    """What holds text: a cell or the page; `parts` are its lines and tables in their order."""

    parts: list[str | Table] = field(default_factory=list)

    def text(self) -> str:
        return "\n".join(part for part in self.parts if isinstance(part, str))


@dataclass(slots=True)
class Cell(Box):
    tag: str = "td"
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Row:
    cells: list[Cell] = field(default_factory=list)
    hidden: bool = False


@dataclass(slots=True)
class Table:
    """A table; `hidden_columns` count from 1."""

    rows: list[Row] = field(default_factory=list)
    hidden: bool = False
    hidden_columns: set[int] = field(default_factory=set)
    columns: int = 0

    def lines(self) -> Sequence[str | Table] | None:
        """The content of a table that only frames one cell; None for a table of several."""
        cells = [cell for row in self.rows for cell in row.cells]
        framed = len(cells) <= 1 and not self.hidden and not any(row.hidden for row in self.rows)
        return [part for cell in cells for part in cell.parts] if framed else None


@dataclass(slots=True)
class _Frame:
    """A table that is being read: rows of its foot come last, whenever they were written."""

    table: Table
    before: Box = field(default_factory=Box)
    foot: list[Row] = field(default_factory=list)
    row: Row | None = None
    cell: Cell | None = None
    in_foot: bool = False


class TooDeep(Exception):
    """Tables within tables beyond all sense."""


class TooMany(Exception):
    """Cells beyond what memory holds, or a tag that never ends."""


class Page:
    """What `pagetags.read` calls; `box` holds what stands on the page, `styles` and `remarks` what it says beside."""

    def __init__(self, styles: PageStyles) -> None:
        self.styles = styles
        self.box = Box()
        self.line: list[str] = []
        self.cells = 0
        self.remarks: list[str] = []
        self.frames: list[_Frame] = []
        self.veil = ""
        self.veils = self.veiled_at = self.raised = self.preformatted = 0
        self.unpicked = self.in_style = False

    def finish(self) -> bool:
        """Close what is open, and tell whether no table was."""
        whole = not self.frames
        while self.frames:
            self._close_table()
        self._break_line()
        return whole

    def _here(self) -> Box:
        if not self.frames:
            return self.box
        frame = self.frames[-1]
        return frame.cell or frame.before

    def _break_line(self) -> None:
        """Put the line that is being read where it belongs; only one is at a time."""
        if not self.line:
            return
        line = _SPACES.sub(" ", "".join(self.line)).strip(" ")
        self.line.clear()
        if line:
            self._here().parts.append(line)

    def _is_veiled(self) -> bool:
        return bool(self.veil) and len(self.frames) == self.veiled_at

    def remark(self, text: str) -> None:
        self.remarks.append(text)

    def text(self, text: str) -> None:
        if self.in_style:
            self.styles.take(text)
        elif not self._is_veiled() and not self.unpicked:
            text = text.translate(RAISED) if self.raised and not text.isalpha() else text
            first, *others = text.split("\n") if self.preformatted else (text,)
            self.line.append(first)
            for line in others:
                self._break_line()
                self.line.append(line)

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        if tag in _PARTS:
            self._start_of_table(tag, said)
            return
        self.in_style = tag == "style"
        if tag == "option":
            self.unpicked = "selected" not in said
        if self.veil:
            self.veils += tag == self.veil
        elif tag in _SKIPPED or (tag not in _ALONE and self.styles.hides(tag, said)):
            self.veil, self.veils, self.veiled_at = tag, 1, len(self.frames)
        self._start_of_text(tag, said)

    def _start_of_text(self, tag: str, said: Mapping[str, str]) -> None:
        if tag == "br" or tag in _BLOCKS:
            self._break_line()
        elif tag in _GROUPS and self.frames:
            self._close_row()
            self.frames[-1].in_foot = tag == "tfoot"
        elif tag == "input" and said.get("type", "text").lower() not in _BUTTONS:
            self.text(said.get("value", ""))
        self.raised += tag == "sup"
        self.preformatted += tag == "pre"

    def _start_of_table(self, tag: str, said: Mapping[str, str]) -> None:
        if tag == "table":
            self._open_table(said)
            return
        if not self.frames:
            self._break_line()
            return
        frame = self.frames[-1]
        hidden = self.styles.hides(tag, said)
        if tag in ("col", "colgroup"):
            self._column(frame.table, tag, said, hidden=hidden)
        elif tag == "tr":
            self._close_row()
            frame.row = Row(hidden=hidden or frame.table.hidden)
        else:
            self._close_cell()
            frame.row = frame.row or Row(hidden=frame.table.hidden)
            self._break_line()
            frame.cell = Cell(tag=tag, said={name: value for name, value in said.items() if name in _TOLD} or _NOTHING)
            frame.row.cells.append(frame.cell)
            self.cells += 1
            if self.cells > MOST_CELLS:
                raise TooMany

    def _open_table(self, said: Mapping[str, str]) -> None:
        if self.frames and self.frames[-1].cell is None:
            self._close_table()
        self._break_line()
        if len(self.frames) >= DEEPEST:
            raise TooDeep
        within = any(frame.table.hidden or (frame.row and frame.row.hidden) for frame in self.frames)
        self.frames.append(_Frame(Table(hidden=bool(self.veil or within) or self.styles.hides("table", said))))

    @staticmethod
    def _column(table: Table, tag: str, said: Mapping[str, str], *, hidden: bool) -> None:
        if tag == "colgroup" and "span" not in said:
            return
        times = min(number(said.get("span", "")), 1000)
        if hidden:
            table.hidden_columns.update(range(table.columns + 1, table.columns + times + 1))
        table.columns = min(table.columns + times, 16_384)

    def end(self, tag: str) -> None:
        if tag in _PARTS:
            self._end_of_table(tag)
            return
        if tag == self.veil:
            self.veils -= 1
            if self.veils <= 0:
                self.veil = ""
        if tag in _BLOCKS or tag in _GROUPS:
            self._break_line()
            if tag in _GROUPS and self.frames:
                self._close_row()
                self.frames[-1].in_foot = False
        self.in_style = self.in_style and tag != "style"
        self.unpicked = self.unpicked and tag not in ("option", "select")
        self.raised = max(0, self.raised - (tag == "sup"))
        self.preformatted = max(0, self.preformatted - (tag == "pre"))

    def _end_of_table(self, tag: str) -> None:
        if not self.frames:
            return
        if tag == "table":
            self._close_table()
        elif tag == "tr":
            self._close_row()
        elif tag in ("td", "th"):
            self._close_cell()

    def _close_cell(self) -> None:
        frame = self.frames[-1]
        if frame.cell is not None:
            self._break_line()
            self._unveil()
        frame.cell = None
        self.raised = self.preformatted = 0

    def _unveil(self) -> None:
        """What was hidden within a cell, and never closed, ends with the cell."""
        if self.veil and self.veiled_at >= len(self.frames):
            self.veil = ""

    def _close_row(self) -> None:
        frame = self.frames[-1]
        self._close_cell()
        if frame.row is not None:
            (frame.foot if frame.in_foot else frame.table.rows).append(frame.row)
        frame.row = None

    def _close_table(self) -> None:
        self._close_row()
        self._break_line()
        frame = self.frames.pop()
        frame.table.rows += frame.foot
        here = self._here()
        here.parts += frame.before.parts
        inner = frame.table.lines()
        here.parts += [frame.table] if inner is None else inner


def number(text: str) -> int:
    """How many columns or rows a tag spans; one where it says nothing sensible."""
    match = re.match(r"\s*(\d{1,6})", text)
    return max(1, int(match[1])) if match else 1
