"""A sheet becomes areas: one a table, with its own header, its own title rows, and the columns that are its own.

    Актюбинская область          |        | Получатели услуг
    Регион | План    | Оплачено  |        | Месяц  | Чел.        two areas side by side

Tables stand one below another (the title between two belongs to the lower one), or side by side: parted by blank columns,
or by a header that begins again. An area's sheet has the addresses of the whole one, with blank cells outside of it.
A header that is printed again on the next page opens nothing: it goes on with the table before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from budgettool.classification import Register
from budgettool.letters import unmixed
from budgettool.read.sheet import Sheet, Value
from budgettool.recognise.header import HeaderBlock, find_headers, is_figure, is_label, is_number_row, is_period, kind_of, text_of
from budgettool.recognise.layout import RowKind
from budgettool.recognise.vocabulary import folded, read_header, vocabulary
from budgettool.terms.written import is_no_figure

_SAMPLE = 300
"""Blank columns are looked for in so many rows first; only those that are blank there are followed to the end."""
_LABELS = frozenset({"region", "kato", "name", "period", "date", "number"})
_NAMED = _LABELS | {"provider", "programme"}
_WIDE = frozenset({"region", "kato"})
_REACH = 40
"""So many rows above a header may hold its title."""


@dataclass(frozen=True, slots=True)
class Area:
    """One table's part of a sheet: `sheet` is blank outside of it, `title` are the rows above its header, `end` its last row at most.

    `columns` are the first and the last column that are its own; `shared` the texts of the title rows that stand beside them.
    """

    sheet: Sheet
    block: HeaderBlock
    title: range
    end: int
    columns: tuple[int, int]
    shared: tuple[str, ...] = ()


Said: TypeAlias = tuple[object, object, object]
"""Unit, period and region, each None where it is not stated."""
States = Callable[[Sheet, range], Said | None]
"""What title rows state as far as it can differ from table to table; None for nothing."""


def areas(sheet: Sheet, register: Register, states: States) -> list[Area]:
    """Every area of a sheet that has a header: window by window from the left, in each from the top."""
    whole = (1, max((len(row) for row in sheet.grid[:_SAMPLE]), default=0))
    found: list[Area] = []
    for window in _windows(sheet, range(1, len(sheet.grid) + 1), register) or [whole]:
        inner = sheet if window == whole or (window[0] == 1 and window[1] >= whole[1]) else within(sheet, window, None)
        for block, title, end in _bands(inner, register, states):
            found += _divided(Area(inner, block, title, end, window), register, states)
    width = max((len(row) for row in sheet.grid), default=0)
    return [area if area.columns[0] == 1 and area.columns[1] >= width else replace(area, shared=_beside(sheet, area)) for area in found]


def _divided(area: Area, register: Register, states: States) -> list[Area]:
    """An area that holds several tables side by side becomes one for each; most hold one."""
    rows = range(area.title.start, area.end + 1)
    columns = sorted({column for row in area.block.rows for column, _ in area.sheet.filled(row)})
    gap = any(right - left > 1 for left, right in pairwise(columns))
    windows = (_windows(area.sheet, rows, register) if gap else []) or _begun_again(area)
    if len(windows) < 2:
        return [area]
    parts: list[Area] = []
    for window in windows:
        inner = within(area.sheet, window, rows)
        parts += [Area(inner, block, title, end, window) for block, title, end in _bands(inner, register, states, rows)]
    return parts


def within(sheet: Sheet, columns: tuple[int, int], rows: range | None) -> Sheet:
    """The sheet with nothing but these columns and rows, all rows for None."""
    left, right = columns
    before: list[Value] = [None] * (left - 1)
    grid: list[Sequence[Value]] = [
        [*before, *cells[left - 1 : right]] if (rows is None or number in rows) and len(cells) >= left else [] for number, cells in enumerate(sheet.grid, 1)
    ]
    kept = tuple(m for m in sheet.merges if left <= m.left <= right and (rows is None or m.top in rows))
    return replace(sheet, grid=grid, merges=kept)


def _beside(sheet: Sheet, area: Area) -> tuple[str, ...]:
    """The texts that stand in the title rows of an area, outside of its columns."""
    left, right = area.columns
    rows = range(1, area.block.rows[0])
    return tuple(v.strip() for row in rows for c, v in sheet.filled(row) if isinstance(v, str) and not left <= c <= right)[: 4 * _REACH]


# ---- side by side


def _windows(sheet: Sheet, rows: range, register: Register) -> list[tuple[int, int]]:
    """The columns of tables side by side, parted by columns that are blank in all these rows; none where there is one table."""
    runs = _runs(sheet, rows)
    if len(runs) < 2:
        return []
    joined: list[tuple[int, int]] = []
    alone: list[bool] = []
    tops: set[int] = set()
    for run in runs:
        top = _stands_alone(sheet, run, rows, (register, tops))
        if joined and not (top and alone[-1]):
            joined[-1], alone[-1] = (joined[-1][0], run[1]), alone[-1] or bool(top)
        else:
            joined.append(run)
            alone.append(bool(top))
        tops |= {top} if top else set()
    return joined if len(joined) > 1 else []


def _runs(sheet: Sheet, rows: range) -> list[tuple[int, int]]:
    """The runs of columns between blank ones."""
    sample = rows[:_SAMPLE]
    filled = sorted({column for row in sample for column, _ in sheet.filled(row)})
    if not filled:
        return []
    blank = set(range(filled[0], filled[-1])) - set(filled)
    for row in rows[_SAMPLE:] if blank else ():
        cells = sheet.grid[row - 1]
        blank -= {column for column in blank if column <= len(cells) and cells[column - 1] is not None}
        if not blank:
            break
    if not blank:
        return [(filled[0], filled[-1])]
    taken = [column for column in range(filled[0], filled[-1] + 1) if column not in blank]
    starts = [column for column in taken if column - 1 not in taken]
    ends = [column for column in taken if column + 1 not in taken]
    return list(zip(starts, ends, strict=True))


def _stands_alone(sheet: Sheet, run: tuple[int, int], rows: range, given: tuple[Register, set[int]]) -> int:
    """The header row of a run of columns that is a table by itself: its header has a label, or regions or periods stand below; else 0.

    `given` holds the header rows of the tables left of it: in one of these, a provider or a programme alone may belong to the left.
    """
    register, tops = given
    if run[1] - run[0] < 1:
        return 0
    inner = within(sheet, run, rows)
    block = next(find_headers(inner, register), None)
    if block is None:
        return 0
    fields = {m.field for levels in block.levels.values() for level in levels for m in read_header(level.text).meanings[:1]}
    labels = _LABELS if block.rows[-1] in tops else _NAMED
    first = next((column for row in block.rows for column, _ in inner.filled(row)), run[0])
    below = [value for row in range(block.rows[-1] + 1, min(block.rows[-1] + 6, rows.stop)) if (value := inner.value(row, min(first, run[0])))]
    named = [value for value in below if isinstance(value, str) and (is_period(value) or register.resolve(value).region)]
    return block.rows[-1] if fields & labels or (named and len(named) * 2 >= len(below)) else 0


def _begun_again(area: Area) -> list[tuple[int, int]]:
    """The columns of tables whose header begins again without a gap: Регион План Оплачено | Регион План Оплачено."""
    texts = [(index, folded(levels[-1].text)) for index, levels in sorted(area.block.levels.items()) if levels]
    if len(texts) < 4:
        return []
    starts = [index for index, text in texts if text == texts[0][1]]
    ends = [*(start - 1 for start in starts[1:]), max(area.columns[1], texts[-1][0])]
    windows = list(zip(starts, ends, strict=True))
    told = [[text for index, text in texts if start <= index <= end] for start, end in windows]
    first = next(iter(read_header(texts[0][1]).meanings), None)
    if len(windows) < 2 or not (first and first.field in _NAMED) or any(not _measures(one[1:]) for one in told):
        return []
    return windows


def _measures(texts: Iterable[str]) -> bool:
    return any(kind_of(text) in ("measure", "ambiguous", "period") or any(m.kind == "measure" for m in read_header(text).meanings) for text in texts)


# ---- one below another


def _bands(sheet: Sheet, register: Register, states: States, rows: range | None = None) -> list[tuple[HeaderBlock, range, int]]:
    """Each header of a window with its title rows and its last row; one that is printed again goes on with the table before it."""
    last = rows.stop - 1 if rows else len(sheet.grid)
    opened: list[tuple[HeaderBlock, range]] = []
    floor = rows.start if rows else 1
    for block in find_headers(sheet, register):
        top = _title_top(sheet, block.rows[0], floor) if opened else floor
        title = range(top, block.rows[0])
        before = opened[-1][0] if opened else None
        if before is not None and _is_same(block, before) and _says_nothing_new(block, states(sheet, title), states(sheet, opened[-1][1])):
            opened[-1] = (_gone_on(sheet, before, block, (title, opened[-1][1])), opened[-1][1])
        else:
            opened.append((block, title))
        floor = max((*block.rows, *block.known)) + 1
    ends = [*(title.start - 1 for _, title in opened[1:]), last]
    return [(block, title, end) for (block, title), end in zip(opened, ends, strict=False)]


def _says_nothing_new(block: HeaderBlock, said: Said | None, before: Said | None) -> bool:
    """Whether the rows above a repeated header state nothing else than the title; where the rows name their regions, one without figures is no title."""
    if said is None or said == before:
        return True
    fields = {m.field for levels in block.levels.values() for level in levels for m in read_header(level.text).meanings[:1]}
    return bool(fields & _WIDE) and all(part is None or (before is not None and part == before[place]) for place, part in enumerate(said[:2]))


def _is_same(block: HeaderBlock, other: HeaderBlock) -> bool:
    """Whether two headers say the same over the same columns, but for case, spaces, line breaks and footnote marks; a level may be missing."""
    one, two = ({index: [_compared(lv.text) for lv in levels] for index, levels in b.levels.items() if levels} for b in (block, other))
    if one == two:
        return True
    return one.keys() == two.keys() and all(one[index][-1] == two[index][-1] for index in one) and len(block.rows) <= len(other.rows)


def _compared(text: str) -> str:
    return unmixed(folded(text)).replace(" ", "")


def _gone_on(sheet: Sheet, block: HeaderBlock, again: HeaderBlock, titles: tuple[range, range]) -> HeaderBlock:
    """The header of a table that goes on below the same header again: the rows of that one are no data, nor is its title said again."""
    title, first = titles
    said = {_compared(str(value)) for row in first for _, value in sheet.filled(row)}
    notes = [row for row in title if (cells := list(sheet.filled(row))) and all(_compared(str(value)) in said for _, value in cells)]
    known = {**dict.fromkeys(notes, RowKind.NOTE), **dict.fromkeys(again.rows, RowKind.HEADER), **again.known}
    return replace(block, known={**block.known, **known})


def _title_top(sheet: Sheet, header: int, floor: int) -> int:
    """The first row of the title above a header: texts without figures, up to the body of the table before."""
    top = below = header
    for row in range(header - 1, max(floor, header - _REACH) - 1, -1):
        cells = [value for _, value in sheet.filled(row)]
        if not cells:
            below = top
            continue
        if any(map(_is_of_body, cells)) or _closes(text_of(cells[0])) or is_number_row(sheet, row):
            return below if below < header else top  # texts that hang on the body, with a blank row below them, are its own
        top = row
    return top


def _is_of_body(value: Value) -> bool:
    return is_figure(value) or (isinstance(value, str) and is_no_figure(value))


def _closes(text: str) -> bool:
    """Whether a text closes a table: a total without figures, a signature, a note."""
    return is_label(text) or vocabulary().is_row("note", unmixed(folded(text))) or text.lstrip().startswith("*")


def rows_of(areas_: Iterable[Area]) -> Iterator[tuple[range, tuple[int, int]]]:
    """The rows and columns that areas take up, from their headers on."""
    for area in areas_:
        yield range(area.block.rows[0], area.end + 1), area.columns
