"""Tables that lie on their side: measures down, regions or periods across. They are read standing, and answered as they lie.

    Показатель           | Акмолинская | Абайская | Итого                | A           | B           | C
    План, тыс. тенге     | 100         | 200      | 300        ->    1 |             | План, тыс.. | Оплачено, ..
    Оплачено, тыс. тенге | 90          | 150      | 240              2 | Акмолинская | 100         | 90

The view exchanges rows and columns, so that the ordinary way reads it: cell B3 of the sheet is C2 of the view. Whether a table
lies is decided where it is clear: its labels are measures, its header holds regions or periods and no measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from budgettool.classification import Register
from budgettool.findings import Fact, Finding, Place
from budgettool.read.sheet import Merge, Sheet, Value, address, letters
from budgettool.recognise.areas import Area
from budgettool.recognise.form import number_of
from budgettool.recognise.header import HeaderBlock, is_figure, is_number_row, is_period, kind_of
from budgettool.recognise.layout import Column, RowKind
from budgettool.recognise.spread import Level, levels_of, text_of
from budgettool.recognise.vocabulary import Meaning, folded, read_header, vocabulary
from budgettool.terms import MEASURES, Kind

_SAMPLE = 400
_LONGEST = 80
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)")
_HIDDEN = {"hidden-rows": "hidden-columns", "hidden-columns": "hidden-rows"}
_OTHER = {"rows": "columns", "columns": "rows"}


@dataclass(frozen=True, slots=True)
class View:
    """A lying table made to stand: `block` is its header of measures, `keys` the columns that hold its regions and periods."""

    sheet: Sheet
    block: HeaderBlock
    keys: tuple[Column, ...]
    end: int


@dataclass(frozen=True, slots=True)
class _Lying:
    """What is known of an area that may lie: the columns of labels, those across, and by header row what it holds."""

    labels: tuple[int, ...]
    across: tuple[int, ...]
    fields: Mapping[int, str]
    body: tuple[int, ...]


def view_of(area: Area, register: Register) -> View | None:
    """The standing view of an area that lies, or None where it stands already or nothing tells."""
    lying = _lying(area, register)
    if lying is None or not _measured(area.sheet, lying):
        return None
    sheet = _view(area, lying)
    rows = tuple(index for index in lying.labels if index == lying.across[0] - 1 or not _is_numbering(area, index, lying.body))
    levels = levels_of(sheet, rows)
    own = {row: levels.get(row, ()) for row in lying.body if levels.get(row)}
    block = HeaderBlock(rows, _grouped(area.sheet, lying, own, register), known=_passed(area, lying))
    keys = tuple(Column(row, "", field) for row, field in sorted(lying.fields.items()))
    return View(sheet, block, keys, lying.across[-1])


def _lying(area: Area, register: Register) -> _Lying | None:
    levels = area.block.levels
    texts = [level.text for listed in levels.values() for level in listed]
    if any(_strong(text, "measure", "ambiguous") for text in texts):
        return None
    kinds = {index: {level.row: _across(level.text, register) for level in listed} for index, listed in levels.items() if listed}
    across = [index for index, found in kinds.items() if {"region", "period"} & set(found.values())]
    if not across or min(across) < 2:
        return None
    wide = tuple(index for index in sorted(kinds) if index >= min(across))
    if sum("" not in kinds[index].values() for index in wide) * 2 <= len(wide):
        return None
    rows = sorted({row for index in wide for row in kinds[index]})
    fields = {row: field for row in rows if (field := _of_row(row, wide, kinds))}
    body = tuple(row for row in range(area.block.rows[-1] + 1, area.end + 1) if row not in area.block.known)
    return _Lying(tuple(range(1, min(across))), wide, fields, body)


def _across(text: str, register: Register) -> str:
    """What a header text is across a lying table: a region, a period, a total of them, a thing beside, or nothing known."""
    if is_period(text):
        return "period"
    if vocabulary().has("total", folded(text)) or _is_whole(text):
        return "total"
    if meaning := _strong(text, "beside"):
        return "beside" if meaning.field != "note" else "note"
    return "region" if len(text) <= _LONGEST and register.resolve(text).verdict in ("exact", "country") else ""


def _of_row(row: int, across: Iterable[int], kinds: Mapping[int, Mapping[int, str]]) -> str:
    """The field of one header row: that of most of its texts."""
    found = [kinds[index][row] for index in across if row in kinds[index]]
    return max(("region", "period"), key=found.count) if {"region", "period"} & set(found) else ""


def _measured(sheet: Sheet, lying: _Lying) -> bool:
    """Whether the labels of rows with figures measure something: one at least, and most of them that or something beside.

    Where none says it strongly (план, факт), all of them must say something.
    """
    measured = beside = rows = 0
    for row in lying.body[:_SAMPLE]:
        if any(is_figure(sheet.value(row, index)) for index in lying.across):
            label = " ".join(text for index in lying.labels if (text := text_of(sheet.value(row, index))))
            rows += 1
            measured += _strong(label, "measure", "ambiguous") is not None
            beside += _strong(label, "beside") is not None or any(not m.strength for m in read_header(label).meanings)
    return (measured + beside) * 2 > rows if measured else 0 < rows == beside


def _strong(text: str, *kinds: str) -> Meaning | None:
    meaning = next((m for m in read_header(text).meanings if m.strength), None)
    return meaning if meaning is not None and meaning.kind in kinds else None


def _is_numbering(area: Area, index: int, body: Sequence[int]) -> bool:
    """Whether a column of labels only numbers them: № п/п, 1, 2, 2.1."""
    return kind_of(" ".join(level.text for level in area.block.levels.get(index, ()))) == "beside" and not any(
        isinstance(value, str) and any(ch.isalpha() for ch in value) for row in body[:_SAMPLE] if (value := area.sheet.value(row, index))
    )


# ---- the view


def transposed(sheet: Sheet, rows: Sequence[int]) -> Sheet:
    """The sheet with rows and columns exchanged; only these rows are kept."""
    kept = set(rows)
    width = max((len(sheet.grid[row - 1]) for row in kept if row <= len(sheet.grid)), default=0)
    last = max(kept, default=0)
    grid = [[sheet.value(row, column) if row in kept else None for row in range(1, last + 1)] for column in range(1, width + 1)]
    return replace(
        sheet,
        grid=grid,
        merges=tuple(Merge(m.left, m.top, m.right, m.bottom) for m in sheet.merges if m.top in kept),
        hidden_rows=sheet.hidden_columns,
        hidden_columns=sheet.hidden_rows,
        formats={(column, row): text for (row, column), text in sheet.formats.items()},
        formulas=frozenset((column, row) for row, column in sheet.formulas),
        indents={(column, row): depth for (row, column), depth in sheet.indents.items()},
    )


def _view(area: Area, lying: _Lying) -> Sheet:
    """The transposed area, its regions and periods written over each column as the header spreads them."""
    sheet = transposed(area.sheet, [*lying.fields, *lying.body])
    grid: list[list[Value]] = [list(row) for row in sheet.grid]
    for index in lying.across:
        for level in area.block.levels.get(index, ()):
            if level.row in lying.fields and index <= len(grid):
                grid[index - 1][level.row - 1] = level.text
    keys = set(lying.fields)
    return replace(sheet, grid=grid, merges=tuple(m for m in sheet.merges if m.left not in keys))


def _passed(area: Area, lying: _Lying) -> dict[int, RowKind]:
    """The rows of the view that are no data: percents and notes across."""
    told = {index: [level.text for level in area.block.levels.get(index, ())] for index in lying.across}
    passed = {index: RowKind.NOTE for index, texts in told.items() if any(_strong(text, "beside") for text in texts)}
    return passed | {index: RowKind.TOTAL for index, texts in told.items() if any(_is_whole(text) for text in texts)}


def _is_whole(text: str) -> bool:
    """Whether a text across is the word for the whole span, behind its parts: `Год`."""
    meaning = _strong(text, "dimension")
    return meaning is not None and meaning.field == "period"


def _grouped(sheet: Sheet, lying: _Lying, own: Mapping[int, Sequence[Level]], register: Register) -> dict[int, tuple[Level, ...]]:
    """The header of each measure, with the title of the group that it stands in above it: a label without figures, or people with them.

    `Получатели услуг` over `план` is the plan of people; a region over measures is theirs.
    """
    grouped: dict[int, tuple[Level, ...]] = {}
    region: Level | None = None
    title: Level | None = None
    alone = False
    for row in lying.body:
        levels = tuple(own.get(row, ()))
        text = " ".join(level.text for level in levels)
        if not levels or is_number_row(sheet, row) or vocabulary().is_row("ends", folded(text)):
            continue
        strong = _strong(text, "measure", "ambiguous", "beside")
        if not any(sheet.value(row, index) is not None for index in lying.across):
            if strong:
                title, alone = levels[-1], True
            elif len(levels) == 1 and _across(text, register) == "region":
                region, title = levels[0], None
            continue
        if title is not None and strong is not None:
            over = title if strong.kind == "measure" and not _differ(strong, title.text) else None
        else:
            over = title if alone or _qualifies(text) else None
        grouped[row] = tuple(dict.fromkeys(level for level in (region, over, *levels) if level is not None))
        if strong and strong.kind == "measure" and (over is None or not alone):
            alone = False
            title = levels[-1] if MEASURES[strong.field.partition(".")[0]].kind is Kind.PEOPLE and not _is_part(strong) else None
    return grouped


def _qualifies(text: str) -> bool:
    """Whether a label only qualifies what stands above it: план, факт, с начала года."""
    return bool(read_header(text).meanings) or any(vocabulary().has(word, folded(text)) for word in ("cumulative", "month", "year"))


def _differ(strong: Meaning, title: str) -> bool:
    """Whether a measure is another one than that of the rows above it, which then is no title of it."""
    above = _strong(title, "measure")
    return above is not None and above.field.partition(".")[0] != strong.field.partition(".")[0]


def _is_part(meaning: Meaning) -> bool:
    return "." in meaning.field


# ---- back


def back(cell: str) -> str:
    """The address on the sheet of an address in the view: C2 is B3, row 17 is column Q, column C is row 3, A4:G19 is D1:S7."""
    if ":" in cell:
        return ":".join(back(part) for part in cell.split(":"))
    if match := _ADDRESS.fullmatch(cell):
        return address(number_of(match[1]), int(match[2]))
    if cell.isdigit():
        return letters(int(cell))
    return str(number_of(cell)) if cell.isalpha() and cell.isascii() and cell.isupper() else cell


def turned_back(findings: Iterable[Finding], sheet: str) -> list[Finding]:
    """Findings about a view, at the places of the sheet."""
    return [_finding(finding, sheet) for finding in findings]


def _finding(finding: Finding, sheet: str) -> Finding:
    at = tuple(_place(place, sheet) for place in finding.at)
    facts = tuple((_OTHER.get(name, name) if finding.code in _HIDDEN else name, _fact(name, value)) for name, value in finding.facts)
    return replace(finding, code=_HIDDEN.get(finding.code, finding.code), at=at, facts=facts)


def _place(place: Place, sheet: str) -> Place:
    return replace(place, cell=back(place.cell)) if place.cell and place.sheet in (None, "", sheet) else place


def _fact(name: str, value: Fact) -> Fact:
    """A fact that holds addresses of the view: rows, columns, cells."""
    if name not in ("rows", "columns", "cells", "row", "column", "cell"):
        return value
    if isinstance(value, tuple):
        return tuple(chain(back(str(one)) for one in value))
    return back(str(value)) if isinstance(value, (str, int)) else value
