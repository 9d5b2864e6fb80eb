"""A draft becomes a workbook: personal numbers are taken out, marked documents are stopped, hidden sheets are left out and named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from budgettool.findings import Fact, Finding, Place
from budgettool.privacy import is_personal_number, official_use, personal_numbers
from budgettool.read.grid import put
from budgettool.read.marks import Cell
from budgettool.read.sheet import Sheet, Unvalued, Value, Withheld, Workbook, address, letters
from budgettool.read.source import Draft, Note, Source, stopped

_NAMED = re.compile(r"\b(?:иин|жсн|iin|бин|бсн|bin)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_PAGE_CODE = re.compile(r"&(?:[LCRPNDTAF]|\"[^\"]*\"|\d+)")
_LONGEST_HEADING = 200
_SHORTEST, _TWELVE_DIGITS = 10_000_000, 100_000_000_000
_DIGITS_OF_IIN = 12
_MOST_PLACES, _BLOCK = 1000, 5000


def workbook_of(draft: Draft, source: Source) -> tuple[Workbook, list[Finding]]:
    """The workbook without what must not enter, and the findings about that; raises Stop for a marked document."""
    draft = _nameless(draft)
    everything = [*draft.sheets, *draft.hidden]
    if any(official_use(text) for text in _texts(draft)):
        raise stopped("marked-for-official-use", source.name)
    findings = list(draft.findings)
    found = {index: personal_cells(sheet) for index, sheet in enumerate(everything)}
    placed = [note for note in draft.notes if note.sheet and personal_numbers(note.text)]
    hidden_away = not placed and not any(found.values()) and any(personal_numbers(note.text) for note in draft.notes)
    notes = placed or [Note("")] * hidden_away
    for index, cells in found.items():
        findings += _said(Place(source.name, everything[index].name), cells)
    findings += [Finding("personal-data", (Place(source.name, note.sheet, note.cell),), facts=(("count", 1),)) for note in notes]
    findings += [Finding("hidden-sheet-skipped", (Place(source.name, s.name),), facts=(("name", s.name),)) for s in draft.hidden if s.grid]
    sheets = tuple(_without(sheet, found[index]) for index, sheet in enumerate(draft.sheets))
    personal = bool(notes) or any(found.values())
    return Workbook(source.name, source.sha256, sheets, None if personal else source.content, personal), findings


def _nameless(draft: Draft) -> Draft:
    """The same draft, in which a sheet that is named by a personal number counts as holding it, and has its digits struck out."""
    marked = {s.name: _DIGIT.sub("•", s.name) for s in (*draft.sheets, *draft.hidden) if personal_numbers(s.name)}
    if not marked:
        return draft
    sheets, hidden = ([replace(s, name=marked.get(s.name, s.name)) for s in some] for some in (draft.sheets, draft.hidden))
    notes = [*(replace(n, sheet=marked.get(n.sheet, n.sheet)) for n in draft.notes), *(Note(name, new) for name, new in marked.items())]
    findings = [replace(f, at=tuple(replace(p, sheet=marked.get(p.sheet, p.sheet)) for p in f.at)) for f in draft.findings]
    return Draft(sheets, hidden, notes, findings)


def _texts(draft: Draft) -> Iterator[str]:
    """Every text that may be a mark, none of which is in plain Latin letters; those of a block of rows as lines of one, which is searched faster."""
    for sheet in (*draft.sheets, *draft.hidden):
        for first in range(0, len(sheet.grid), _BLOCK):
            values = _distinct(sheet.grid[first : first + _BLOCK])
            yield "\n".join(value for value in values if isinstance(value, str) and not value.isascii())
    yield from (_PAGE_CODE.sub("\n", note.text) for note in draft.notes)


def _distinct(rows: Sequence[Sequence[Value]]) -> set[Value]:
    return set(chain.from_iterable(rows))


def personal_cells(sheet: Sheet) -> set[Cell]:
    """The cells that hold a personal number, as text or as a number of twelve digits.

    A number that lost leading zeros counts only below a heading that speaks of IIN or BIN: by itself it may be an amount.
    Blocks of rows in which nothing looks like one, nearly all, are not looked through cell by cell.
    """
    found: set[Cell] = set()
    named: set[int] = set()
    for first in range(0, len(sheet.grid), _BLOCK):
        block = sheet.grid[first : first + _BLOCK]
        verdicts = {value: verdict for value in _suspects(_distinct(block)) if (verdict := _verdict(value)) != "neither"}
        if not verdicts or not (named or {"personal", "heading"} & set(verdicts.values())):
            continue
        for row, values in enumerate(block, first + 1):
            for column, value in enumerate(values, 1):
                verdict = verdicts.get(value, "neither")
                if verdict == "personal" or (verdict == "shortened" and column in named):
                    found.add((row, column))
                elif verdict == "heading":
                    named.add(column)
    return found


def _suspects(values: Collection[Value]) -> Iterator[Value]:
    """The values that may be personal numbers, or speak of them; texts are looked at one by one only where together they hold any such."""
    texts = [value for value in values if isinstance(value, str)]
    words = "\n".join(text for text in texts if not text.isascii() or text.lower() != text.upper())
    if _NAMED.search(words) or personal_numbers("\n".join(text for text in texts if len(text) >= _DIGITS_OF_IIN)):
        yield from texts
    yield from (value for value in values if type(value) is not str and (type(value) is not float or (value >= _SHORTEST and not value % 1)))


def _verdict(value: Value) -> str:
    """Whether a value is personal, is so if zeros were lost at its front, is a heading of such numbers, or neither."""
    if isinstance(value, (int, float)):
        if not _SHORTEST <= value < 10 * _TWELVE_DIGITS or value % 1 or not is_personal_number(f"{int(value):012d}"):
            return "neither"
        return "personal" if value >= _TWELVE_DIGITS else "shortened"
    if isinstance(value, str):
        if personal_numbers(value):
            return "personal"
        return "heading" if len(value) < _LONGEST_HEADING and _NAMED.search(value) else "neither"
    return "personal" if isinstance(value, Unvalued) and personal_numbers(value.formula) else "neither"


def _said(place: Place, cells: Iterable[Cell]) -> Iterator[Finding]:
    """One finding a column, with its places; the numbers are repeated nowhere."""
    columns: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted(cells):
        columns[column].append(row)
    for column, rows in sorted(columns.items()):
        at = tuple(replace(place, cell=address(row, column)) for row in rows[:_MOST_PLACES])
        facts: tuple[tuple[str, Fact], ...] = (("column", letters(column)), ("count", len(rows)))
        yield Finding("personal-data", at, facts=facts, count=len(rows))


def _without(sheet: Sheet, cells: set[Cell]) -> Sheet:
    if not cells:
        return sheet
    grid: list[Sequence[Value]] = list(sheet.grid)
    put(grid, {cell: Withheld() for cell in cells})
    return replace(sheet, grid=grid)
