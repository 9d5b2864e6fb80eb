"""Rows of an xlsx sheet as every known program writes them become values, many at once, by regular expressions.

`<row r="2"><c r="A2" s="3" t="s"><v>0</v></c></row>`: each cell with its address, rows and cells in order, no comments,
no prefixes. A piece of which anything is different is not taken, and `stream` reads it by the rules of XML. Every
expression ends at the next tag and can match in one way only, so that the time grows with the length of the piece and no faster.
Only single characters are repeated possessively: Python 3.11 before 3.11.5 goes wrong where groups are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

from budgettool.read.grid import Rows
from budgettool.read.marks import Cell, Marks, Style, column_number
from budgettool.read.meaning import Meanings, number, text_of
from budgettool.read.sheet import Value

_CELL = re.compile(rb'<c r="([A-Z]++)([^"]++)"([^<>]*+)(?:><v>([-+.0-9eE]++)</v></c>|>(?:(?<=/>)|([^<]*+(?:<(?!/?c[ />])[^<]*+)*)</c>))')
_PARTS = 6
"""Of what a split at the cells gives: what stands before a cell, its column, its row, its other attributes, a plain number, or
else all that stands in it."""
_ROWS = re.compile(rb'(?:<row r="[0-9]{1,7}"[^<>]*+(?:(?<=/)>|(?<!/)></row>))*')
_BODY = re.compile(
    rb"(?:<f[^<>]*+(?:(?<=/)>|(?<!/)>([^<]*+)</f>))?(?:<v ?/>|<v(?: xml:space=\"preserve\")?>([^<]*+)</v>)?"
    rb"|<is><t(?: xml:space=\"preserve\")?>([^<]*+)</t></is>"
)
_ITEM = re.compile(rb"<si><t(?: xml:space=\"preserve\")?>([^<]*+)</t></si>")
_ATTRIBUTES = re.compile(rb'(?: (?:s="[0-9]{1,6}"|t="[A-Za-z]++"|(?!(?:s|t|r)=)[a-z]++="[^"<]*+"))* ?/?')
_ATTRIBUTE = re.compile(rb' ([st])="([^"]*)"')
_HIDDEN = re.compile(rb'<row r="([0-9]{1,7}+)"(?=[^<>]*?\s(?:hidden="(?:1|true)"|ht="0"))')
_LAST = re.compile(rb'<row r="([0-9]{1,7}+)"')
_ENCODING = re.compile(rb"encoding=[\"']([^\"']*)")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_LONGEST = 1_000_000
_MOST_LETTERS = 3
_MOST_KEPT = 20_000

_Texts = Sequence[bytes | None]


def pieces(chunks: Iterable[bytes], opening: bytes = b"<row ", closing: bytes = b"</sheetData>") -> Iterator[tuple[bool, bytes]]:
    """The XML of a part piece by piece, and whether the piece is whole rows, which end before the tag of another or of the end of all."""
    stream, rest, begun = iter(chunks), b"", False
    for chunk in stream:
        rest += chunk
        start = 0 if begun else rest.find(opening)
        if len(rest) > _LONGEST or (b"<!" in rest[start:] if begun or start < 0 else not _is_usual(rest, start)):
            break
        if start > 0:
            yield False, rest[:start]
            rest = rest[start:]
        begun = start >= 0
        end = rest.find(closing) if begun else -1
        if end >= 0:
            yield True, rest[:end]
            rest = rest[end:]
            break
        end = rest.rfind(opening) if begun else 0
        if end > 0:
            yield True, rest[:end]
            rest = rest[end:]
    yield False, rest
    for chunk in stream:
        yield False, chunk


def _is_usual(rest: bytes, start: int) -> bool:
    """Whether rows may be read as usual behind this head: it is UTF-8, its comments are at an end, and there are none behind it."""
    head = rest[:start]
    stated = _ENCODING.search(head[:200])
    closed = head.count(b"<!") == head.count(b"<!--") == head.count(b"-->") and head.rfind(b"<!--") <= head.rfind(b"-->")
    return closed and b"<!" not in rest[start:] and (stated is None or stated[1].lower() == b"utf-8")


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the cells of a row stand; the rows of a table have one plan. `gaps` are blanks to put in, `styles` tell something."""

    columns: tuple[int, ...]
    gaps: tuple[int, ...]
    styles: tuple[tuple[int, Style], ...]


class Usual:
    """Takes rows of one sheet that are written as usual."""

    def __init__(self, meanings: Meanings, rows: Rows, marks: Marks) -> None:
        self.meanings, self.rows, self.marks = meanings, rows, marks
        self.plans: dict[tuple[tuple[bytes, ...], tuple[bytes, ...]], _Plan] = {}
        self.kinds: dict[bytes, Callable[[bytes], Value]] = {}
        self.told: dict[bytes, tuple[str, int]] = {}
        self.texts: dict[bytes, Value] = {}
        self.row = 0

    def take(self, piece: bytes) -> bool:
        """Read whole rows; False where anything about them is unusual: nothing of them counts as read then."""
        parts = _CELL.split(piece)
        if not _ROWS.fullmatch(b"".join(parts[::_PARTS])):
            return False
        try:
            if not self.rows.take(self._lines(parts)):
                return False
        except (ValueError, LookupError):
            return False
        last = _LAST.match(piece, piece.rfind(b"<row "))
        self.row = int(last[1]) if last else self.row
        self.rows.count(len(parts) // _PARTS, 0, self.row, 1)
        if b' hidden="' in piece or b' ht="0"' in piece:
            self.marks.hidden_rows.update(map(int, _HIDDEN.findall(piece)))
        return True

    def _lines(self, parts: list[bytes]) -> list[tuple[int, Sequence[Value]]]:
        """The rows that hold anything, with their numbers; raises ValueError or LookupError for what can't be understood."""
        before, letters, rows, attributes, stored, bodies = (parts[first::_PARTS] for first in range(_PARTS))
        if len(self.kinds) > _MOST_KEPT:
            self.kinds.clear()
        for unknown in set(attributes) - self.kinds.keys():
            self.kinds[unknown] = self._kind(unknown)
        values = [kind(text) if text else None for kind, text in zip(map(self.kinds.__getitem__, attributes), stored, strict=True)]
        lines: list[tuple[int, Sequence[Value]]] = []
        for start, end in pairwise(index for index, text in enumerate(before) if text):
            digits = rows[start]
            if not digits.isdigit() or rows[start:end].count(digits) != end - start:
                raise ValueError(digits)
            row = int(digits)
            plan = self._plan(row, tuple(letters[start:end]), tuple(attributes[start:end]))
            line = values[start:end]
            if any(found := bodies[start:end]):
                self._fill(line, (row, plan.columns), attributes[start:end], found)
            self._shape(line, row, plan)
            if line:
                lines.append((row, tuple(line)))
        return lines

    def _plan(self, row: int, letters: tuple[bytes, ...], attributes: tuple[bytes, ...]) -> _Plan:
        if plan := self.plans.get((letters, attributes)):
            return plan
        if max(map(len, letters)) > _MOST_LETTERS:
            raise ValueError(letters)
        columns = tuple(column_number(one.decode("ascii")) for one in letters)
        if any(right <= left for left, right in pairwise(columns)):
            raise ValueError(letters)
        self.rows.check(row, columns[-1])
        shown = zip(columns, (self.meanings.styles.get(self.told[one][1]) for one in attributes), strict=True)
        gaps = tuple(sorted({*range(columns[-1])} - {column - 1 for column in columns}))
        plan = _Plan(columns, gaps, tuple((column, style) for column, style in shown if style is not None))
        if len(self.plans) > _MOST_KEPT:
            self.plans.clear()
        self.plans[letters, attributes] = plan
        return plan

    def _shape(self, line: list[Value], row: int, plan: _Plan) -> None:
        """Put blanks before values, take those behind them away, and note what styles tell."""
        for gap in plan.gaps:
            line.insert(gap, None)
        for column, style in plan.styles:
            if (value := line[column - 1]) is not None:
                self.marks.show((row, column), value, style)
        while line and line[-1] is None:
            line.pop()
        if plan.gaps:
            self.rows.count(0, len(plan.gaps), row, 1)

    def _kind(self, attributes: bytes) -> Callable[[bytes], Value]:
        """What a plain number in a cell with these attributes becomes; raises ValueError for attributes that are not written as usual."""
        if not _ATTRIBUTES.fullmatch(attributes):
            raise ValueError(attributes)
        stated = dict(_ATTRIBUTE.findall(attributes))
        kind, style = stated.get(b"t", b"n").decode("ascii"), int(stated.get(b"s", b"0"))
        self.told[attributes] = kind, style
        meaning = self.meanings.of(kind, style)
        if meaning is number:
            return float
        if kind == "s" and self.meanings.by_number:
            return self.meanings.by_number.__getitem__
        return lambda stored: meaning(stored.decode("ascii"))

    def _fill(self, values: list[Value], places: tuple[int, tuple[int, ...]], attributes: Sequence[bytes], bodies: _Texts) -> None:
        """Put the values of cells with a formula or a text of their own into a row; texts repeat down a column."""
        row, columns = places
        for index, body in enumerate(bodies):
            if not body:
                continue
            told, value = self.told[attributes[index]], self.texts.get(body)
            if value is None or told[0] != "inlineStr":
                value = self._unusual((row, columns[index]), told, body)
                if told[0] == "inlineStr" and len(self.texts) < _MOST_KEPT and body.startswith(b"<is>"):
                    self.texts[body] = value
            values[index] = value

    def _unusual(self, place: Cell, told: tuple[str, int], body: bytes) -> Value:
        match = _BODY.fullmatch(body)
        if match is None:
            raise ValueError(body)
        formula, value, inline = match.groups()
        if body.startswith(b"<f") and formula is None:
            formula = b""
        return self.meanings.cell(self.marks, place, told, (_text(formula), _text(inline if told[0] == "inlineStr" else value)))


def items(piece: bytes) -> list[str | None] | None:
    """Shared strings without a format of their own, blank ones None; no list where anything about them is unusual."""
    parts = _ITEM.split(piece)
    if any(parts[::2]):
        return None
    try:
        return [text_of(_text(part) or "") for part in parts[1::2]]
    except ValueError:
        return None


def _text(stored: bytes | None) -> str | None:
    """A text of XML; raises ValueError for one that is none."""
    if stored is None:
        return None
    text = stored.decode("utf-8")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in text:
        return text
    if _REFERENCE.search(text):
        raise ValueError(text)
    return unescape(text)
