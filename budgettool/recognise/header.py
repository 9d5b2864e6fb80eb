"""Where the tables of a sheet are: header rows are found by their words, over one to five rows, merged or not.

An anchor row holds words of several columns and no figures. Rows above it join where they group
columns ("2019 год" over "План" and "Оплачено"), rows below where they divide them, say them again in another
language, or tag them. A title, a unit in the corner and a row of column numbers are no header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from budgettool.classification import Register
from budgettool.letters import unmixed
from budgettool.period.written import Written, read_period
from budgettool.read.sheet import Merge, Sheet, Value
from budgettool.recognise.layout import RowKind
from budgettool.recognise.spread import YEAR, Level, levels_of, merge_at, repeated, text_of
from budgettool.recognise.tags import is_tag, is_tag_row
from budgettool.recognise.vocabulary import Meaning, folded, read_header, vocabulary, without_footnote
from budgettool.terms.units import whole_unit
from budgettool.terms.written import is_no_figure, read_number

__all__ = [
    "MOST_LEVELS", "HeaderBlock", "Level", "block_of", "find_headers", "is_anchor", "is_figure", "is_label", "is_number_row", "is_period", "kind_of", "period_alone",
    "text_of", "widened",
]

MOST_LEVELS = 5
_LONGEST = 250
"""No header is longer: prose is."""
_TWO_NUMBERS = frozenset((("1", "2"), ("А", "1"), ("A", "1"), ("А", "Б"), ("A", "B")))
_HALVES = re.compile(r"\s*[/|\n()]\s*")
_ORDINAL = re.compile(r"\(?(?:гр(?:афа)?\.? ?)?(\d{1,3})[).]?|[A-ZА-Я]|(\d{1,3}) ?= ?[\d +\-*/x×:%().гр]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """The header of one table: its rows, and per column the texts from top to bottom.

    `tags` are the hashtags of columns. `known` holds the rows of the body whose kind the header tells: its repetitions on
    further pages, and column numbers below it.
    """

    rows: tuple[int, ...]
    levels: Mapping[int, tuple[Level, ...]]
    tags: Mapping[int, str] = field(default_factory=dict)
    known: Mapping[int, RowKind] = field(default_factory=dict)


def find_headers(sheet: Sheet, register: Register | None = None) -> Iterator[HeaderBlock]:
    """Each header block of a sheet, from the top; with a register, a row of its names may head columns too."""
    row = 1
    while row <= len(sheet.grid):
        if is_anchor(sheet, row, register):
            block = block_of(sheet, _rows_of_block(sheet, row))
            yield block
            row = max((*block.rows, *block.known)) + 1
        else:
            row += 1


def block_of(sheet: Sheet, rows: tuple[int, ...]) -> HeaderBlock:
    """The header that these rows hold, whoever has chosen them."""
    worded = tuple(row for row in rows if not is_tag_row(sheet, row)) or rows
    tags = {index: text_of(value) for row in rows if row not in worded or len(rows) == 1 for index, value in sheet.filled(row) if is_tag(value)}
    below = next((row for row in range(rows[-1] + 1, rows[-1] + 5) if next(sheet.filled(row), None)), 0) if rows else 0
    known = {below: RowKind.NUMBERS} if below and (is_number_row(sheet, below) or _are_two_numbers(sheet, rows[-1], below)) else {}
    return HeaderBlock(rows, levels_of(sheet, worded) if rows else {}, tags, known)


# ---- cells


def is_figure(value: Value) -> bool:
    """Whether a cell holds a number that is no year: such a cell belongs to a body, not to a header."""
    if isinstance(value, str):
        return _is_written_figure(value) if value else False
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, (int, float)):
        return not (1900 <= value <= 2100 and float(value).is_integer())
    return False


@lru_cache(maxsize=4096)
def _is_written_figure(text: str) -> bool:
    return any(ch.isdigit() for ch in text) and not YEAR.fullmatch(text) and read_number(text) is not None


def is_period(value: Value) -> bool:
    """Whether a header cell is nothing but a period: a year, a month, a quarter."""
    if isinstance(value, date):
        return True
    text = text_of(value)
    return bool(text) and len(text) < _LONGEST and (bool(YEAR.fullmatch(text)) or period_alone(without_footnote(text), 2000) is not None)


def period_alone(text: str, year: int) -> Written | None:
    """The period that a header text is and nothing else; one that is said in two languages (`қаңтар / январь`) is one."""
    if (written := read_period(text, year=year)) is not None:
        return written
    parts = [part for part in _HALVES.split(text) if part.strip()]
    found = [read_period(part, year=year) for part in parts] if len(parts) > 1 else []
    same = {one.period if one else None for one in found}
    return found[0] if len(same) == 1 else None


def kind_of(value: Value) -> str:
    """What a cell would be in a header: period, tag, the kind of its strongest meaning, or nothing."""
    if not isinstance(value, str):
        return "period" if is_period(value) else ""
    return _kind_of_text(value) if len(value) <= _LONGEST else ""


@lru_cache(maxsize=8192)
def _kind_of_text(text: str) -> str:
    if is_period(text):
        return "period"
    if is_tag(text):
        return "tag"
    meaning = _strong(text)
    return meaning.kind if meaning else ""


def _strong(text: str) -> Meaning | None:
    return next((m for m in read_header(text).meanings if m.strength), None)


# ---- rows


def is_anchor(sheet: Sheet, row: int, register: Register | None = None) -> bool:
    """Whether a row holds the words of several columns: a dimension beside anything else, two measures, or periods side by side."""
    values: list[Value] = []
    for _, value in sheet.filled(row):
        if is_figure(value):
            return False
        values.append(value)
    if len(values) < 2:
        return False
    kinds = ["" if register is not None and _is_name(value, register) else kind_of(value) for value in values]
    known = sum(kind in ("measure", "ambiguous", "dimension") for kind in kinds)
    if kinds.count("measure") + kinds.count("ambiguous") == 0 and _signs(values[0]):
        return False
    if kinds.count("tag") >= 2 and kinds.count("tag") == len(kinds):
        return True
    if (kinds.count("dimension") and known >= 2) or (kinds.count("measure") and known >= 2):
        return True
    if kinds.count("period") >= 3 or (kinds.count("period") >= 2 and kinds.count("dimension")):
        return True
    if not _figures_follow(sheet, row):
        return False
    return kinds.count("dimension") == 1 or (register is not None and _heads_regions(values, kinds, register))


def _is_name(value: Value, register: Register) -> bool:
    """Whether a cell is the name of a region, which may hold the word: `Zhambyl region`."""
    return isinstance(value, str) and kind_of(value) == "dimension" and register.resolve(value).verdict in ("exact", "country")


def _signs(value: Value) -> bool:
    """Whether a row begins as one of signatures does: `Исполнитель`, `Руководитель`."""
    return isinstance(value, str) and vocabulary().is_row("ends", unmixed(folded(value)))


def _heads_regions(values: Sequence[Value], kinds: Sequence[str], register: Register) -> bool:
    """Whether all cells but a label before them name regions, two of them at least, or qualify them."""
    told = [(value, kind) for value, kind in zip(values, kinds, strict=True) if isinstance(value, str) and len(value) <= 80]
    named = [region for value, kind in told if not kind and (region := register.resolve(value).region)]
    others = sum(bool(kind) or vocabulary().has("total", folded(value)) for value, kind in told)
    return len(set(named)) >= 2 and len(named) + others >= len(values) - 1


def _figures_follow(sheet: Sheet, row: int) -> bool:
    return any(is_figure(value) for below in range(row + 1, row + 5) for _, value in sheet.filled(below))


def is_number_row(sheet: Sheet, row: int) -> bool:
    """Whether a row is the printed numbers of the columns: 1 2 3, А Б 1 2, (1) (2), гр.1, 4=2-3."""
    numbers: list[int] = []
    filled = first = 0
    for column, value in sheet.filled(row):
        first = first or column
        text = text_of(value)
        match = _ORDINAL.fullmatch(text) if len(text) < 40 else None
        if match is None:
            return False
        filled += 1
        numbers += [int(match[1] or match[2])] if match[1] or match[2] else []
        if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            return False
    return filled >= 3 and len(numbers) >= 2 and (numbers[0] in (1, 2, 3) or numbers[0] == first)


def _are_two_numbers(sheet: Sheet, header: int, row: int) -> bool:
    """Whether the row below a header of two columns holds their numbers, which are two only there: no row of a list is `№ 1`, `2 tenge`."""
    heads, cells = list(sheet.filled(header)), list(sheet.filled(row))
    if len(heads) != 2 or [column for column, _ in heads] != [column for column, _ in cells]:
        return False
    return tuple(text_of(value) for _, value in cells) in _TWO_NUMBERS and kind_of(heads[0][1]) != "beside"


def _rows_of_block(sheet: Sheet, anchor: int) -> tuple[int, ...]:
    rows = [anchor]
    width = _extent(sheet, anchor)
    while len(rows) < MOST_LEVELS and _divides_columns(sheet, rows[-1] + 1):
        rows.append(rows[-1] + 1)
    while len(rows) < MOST_LEVELS and _groups_columns(sheet, rows[0] - 1, width):
        rows.insert(0, rows[0] - 1)
    return tuple(rows)


def widened(sheet: Sheet, rows: tuple[int, ...]) -> tuple[int, ...]:
    """The chosen rows with those above that group their columns, and those below into which their cells reach."""
    width = _extent(sheet, rows[-1])
    while len(rows) < MOST_LEVELS and _groups_columns(sheet, rows[0] - 1, width):
        rows = (rows[0] - 1, *rows)
    bottom = max((m.bottom for m in sheet.merges if rows[0] <= m.top <= rows[-1]), default=rows[-1])
    return (*rows, *range(rows[-1] + 1, min(bottom, rows[0] + MOST_LEVELS - 1) + 1))


def _extent(sheet: Sheet, row: int) -> tuple[int, int]:
    columns = [column for column, _ in sheet.filled(row)]
    columns += [edge for m in sheet.merges if m.top <= row <= m.bottom for edge in (m.left, m.right)]
    return min(columns), max(columns)


def _groups_columns(sheet: Sheet, row: int, width: tuple[int, int]) -> bool:
    """Whether the row above is part of the header: it groups columns, or a cell of it reaches down into the header."""
    cells = list(sheet.filled(row))
    if row < 1 or not cells or any(is_figure(value) for _, value in cells) or is_tag_row(sheet, row):
        return False
    spans = [merge for column, _ in cells if (merge := merge_at(sheet, row, column))]
    if any(m.bottom > row for m in spans):
        return True
    if any(m.left <= width[0] and (m.right >= width[1] or _is_title(sheet, row, m)) for m in spans):
        return False
    grouping = [bool(kind_of(value)) or _qualifies(value) for _, value in cells]
    if any(m.right > m.left for m in spans):
        return any(grouping) or len(cells) >= 2
    if all(grouping):
        return len(cells) >= 2 or cells[0][0] > width[0]
    return _tells_apart(sheet, row, [column for column, value in cells if not _is_unit(value)])


def _is_title(sheet: Sheet, row: int, merge: Merge) -> bool:
    """Whether a merged text stands over what rows are about and over their figures alike: it is of the whole table, if it ends before its last column."""
    kinds = [kind_of(value) for column, value in sheet.filled(row + 1) if merge.left <= column <= merge.right]
    labels = bool(kinds) and kinds[0] in ("dimension", "beside")
    return merge.bottom == row and labels and (len(kinds) >= 3 or any(kind not in ("dimension", "beside") for kind in kinds))


def _qualifies(value: Value) -> bool:
    """Whether a text says since when or for what a group of columns counts: `с начала года`, `всего`."""
    text = unmixed(folded(value)) if isinstance(value, str) and len(value) <= _LONGEST else ""
    return bool(text) and any(vocabulary().has(modifier, text) for modifier in ("cumulative", "month", "quarter", "year", "total"))


def _is_unit(value: Value) -> bool:
    return isinstance(value, str) and len(value) < 40 and whole_unit(value.strip(" ()")) is not None


def _tells_apart(sheet: Sheet, row: int, groups: Sequence[int]) -> bool:
    """Whether texts in the row above stand over columns of which several have one header: one text over each run of them."""
    runs = repeated([(column, folded(text)) for column, value in sheet.filled(row + 1) if (text := text_of(value))])
    return len(groups) >= 2 and bool(runs) and all(any(column in run for run in runs) for column in groups)


def _divides_columns(sheet: Sheet, row: int) -> bool:
    """Whether the row below still belongs to the header: words or periods only, and no label of a body row."""
    cells = list(sheet.filled(row))
    if not cells or any(is_figure(value) or (isinstance(value, str) and is_no_figure(value)) for _, value in cells) or is_number_row(sheet, row):
        return False
    if is_tag_row(sheet, row) or _says_again(sheet, row, cells) or _divides_all(sheet, row, cells):
        return True
    if is_label(text_of(cells[0][1])) or any(_ends_above(sheet, row, column) for column, _ in cells):
        return False
    kinds = [kind_of(value) for _, value in cells]
    inside = [column for column, _ in cells if _is_below_group(sheet, row, column)]
    weak = [isinstance(value, str) and bool(read_header(value).meanings) for _, value in cells]
    return (any(kinds) and (len(cells) > 1 or bool(inside))) or (bool(inside) and any(weak))


def _divides_all(sheet: Sheet, row: int, cells: Sequence[tuple[int, Value]]) -> bool:
    """Whether several cells divide what stands above them: each below a merged group, or each saying since when it counts, and none a label."""
    if len(cells) < 2:
        return False
    if all(_is_below_group(sheet, row, column) for column, _ in cells):
        return True
    first = min((column for column, _ in sheet.filled(row - 1)), default=0)
    return cells[0][0] > first and all(_qualifies(value) and not is_label(text_of(value)) for _, value in cells)


def _is_below_group(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a cell stands right below one that is merged over several columns."""
    merge = merge_at(sheet, row - 1, column)
    return merge is not None and merge.right > merge.left and merge.bottom < row


def _says_again(sheet: Sheet, row: int, cells: Sequence[tuple[int, Value]]) -> bool:
    """Whether a row says the header above in another language: each of its words means what stands above it, all but a few do."""
    same = other = 0
    for column, value in cells:
        above = sheet.value(row - 1, column)
        own, over = (_strong(text) if isinstance(text, str) and len(text) <= _LONGEST else None for text in (value, above))
        if not (isinstance(value, str) and isinstance(above, str)) or folded(value) == folded(above):
            return False
        same += own is not None and over is not None and own.field == over.field
        other += own is None or over is None or own.field != over.field
    return same >= 2 and same >= 2 * other


def _ends_above(sheet: Sheet, row: int, column: int) -> bool:
    """Whether the header of a column is complete in the row above: a region or a period is not divided further."""
    above = sheet.value(row - 1, column)
    merge = merge_at(sheet, row - 1, column)
    return isinstance(above, str) and kind_of(above) == "dimension" and (merge is None or merge.right == merge.left)


def is_label(text: str) -> bool:
    """Whether a text labels a row of totals, the country, a signature or a note."""
    straight = unmixed(folded(text))
    return any(vocabulary().is_row(kind, straight) for kind in ("total", "country", "ends"))
