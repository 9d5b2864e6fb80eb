"""Recognised tables become the text of a form that reads them again, short enough for a person to change.

    column C, "Уточненный план", allocation.revised  ->  "Уточненный план" = "allocation.revised"

A column is named by its header's text where that is the only one, else by its letters; columns in a row that say the same
for one period after another are one range. What the header states by itself (month, unit) is not said again. How much
is pinned is the caller's choice: the looser form fits the next file of the kind, the tighter one reads this one at least.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from pathlib import PurePath

from budgettool.findings import Fact
from budgettool.read.sheet import Workbook, letters
from budgettool.recognise.columns import stated
from budgettool.recognise.form import SCHEMA
from budgettool.recognise.header import HeaderBlock, block_of
from budgettool.recognise.layout import Column, Hints, Table
from budgettool.recognise.patterns import compared
from budgettool.terms import Unit

_LETTERS = re.compile(r"[A-Z]{1,3}(?::[A-Z]{1,3})?|\d{1,7}(?::\d{1,7})?")
_BARE = re.compile(r"[A-Z]{1,3}")
_LONGEST = 120
_RUN = 3
"""So many columns that say the same become a range."""


class Pinning(IntEnum):
    """How much of a table's place a form states: nothing but headers, its header rows, its body's rows too, letters for all columns, and what its title states."""

    HEADERS = 0
    HEADER_ROWS = 1
    BODY = 2
    LETTERS = 3
    STATED = 4


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of [table.columns]."""

    key: str
    said: tuple[tuple[str, Fact | bool], ...]


def form_text(workbook: Workbook, tables: Sequence[Table], name: str, hints: Hints, pinning: Pinning) -> str:
    """The text of a form named `name` for these tables of a workbook; what the user said is pinned, with a remark."""
    lines = [
        f"# The layout of {' '.join(PurePath(workbook.name).name.split())}, as it was recognised. Change what is wrong, leave out what is not needed;",
        "# below [table.columns] a heading, or the letters of a column, stand before what it is. docs/forms.md describes every key.",
        f"schema = {_quoted(SCHEMA)}",
        f"name = {_quoted(name)}",
    ]
    for sheets, body in _grouped(workbook, tables, hints, pinning):
        lines += ["", "[[table]]", *([f"sheet = {sheets}"] if sheets else []), *body]
    return "\n".join(lines) + "\n"


# ---- which sheets


def _grouped(workbook: Workbook, tables: Sequence[Table], hints: Hints, pinning: Pinning) -> Iterator[tuple[str, list[str]]]:
    """The tables, those that say the same of several sheets once, each with the value of `sheet`, empty for every sheet."""
    bodies: dict[tuple[str, ...], list[str]] = {}
    for table in tables:
        body = tuple(_table(table, _window(workbook, tables, table), hints, pinning))
        bodies.setdefault(body, [])
        if table.sheet.name not in bodies[body]:
            bodies[body].append(table.sheet.name)
    filled = [sheet.name for sheet in workbook.sheets if any(map(any, sheet.grid))]
    for body, names in bodies.items():
        yield ("" if names == filled else _sheets(names, filled)), list(body)


def _sheets(names: Sequence[str], all_names: Sequence[str]) -> str:
    """One name, a pattern that fits these sheets and no other, or a list; names with marks of patterns in them fit themselves."""
    if len(names) == 1:
        return _quoted(names[0].replace("|", "*"))
    start = next(
        (names[0][:size] for size in range(len(min(names, key=len)), 0, -1) if all(n.startswith(names[0][:size]) for n in names)), ""
    )
    if len(start) >= 2 and [name for name in all_names if compared(name).startswith(compared(start))] == list(names):
        return _quoted(start.rstrip() + "*")
    return "[" + ", ".join(_quoted(name.replace("|", "*")) for name in names) + "]"


# ---- one table


def _window(workbook: Workbook, tables: Sequence[Table], table: Table) -> str:
    """The columns that are a table's own, where others stand beside it; empty where it may have all of its sheet."""
    whole = next(sheet for sheet in workbook.sheets if sheet.name == table.sheet.name)
    alone = sum(other.sheet.name == whole.name for other in tables) == 1
    if table.sheet.grid is whole.grid or (table.turned and alone):
        return ""
    if table.turned:
        filled = [number for number, cells in enumerate(table.sheet.grid, 1) if any(value is not None for value in cells)]
    else:
        filled = [index for row in range(1, len(table.sheet.grid) + 1) for index, _ in table.sheet.filled(row)]
    return f"{letters(min(filled))}:{letters(max(filled))}" if filled else ""


def _table(table: Table, window: str, hints: Hints, pinning: Pinning) -> Iterator[str]:
    if table.turned:
        yield "turned = true"
    if window:
        yield f"within = {_quoted(window)}"
    if table.header_rows and pinning >= Pinning.HEADER_ROWS:
        first, last = table.header_rows[0], table.header_rows[-1]
        yield f'header = "{letters(first)}:{letters(last)}"' if table.turned else f"header = [{', '.join(map(str, table.header_rows))}]"
    if pinning >= Pinning.BODY and table.rows:
        first, last = table.rows[0].number, table.bottom
        yield f'rows = "{letters(first)}:{letters(last)}"' if table.turned else f'rows = "{first}:{last}"'
    yield from _once(table, hints, pinning)
    yield "[table.columns]"
    for line in _lines(table, hints, pinning):
        said = dict(line.said)
        value = (
            _quoted(str(said["is"])) if len(said) == 1 else "{ " + ", ".join(f"{key} = {_value(fact)}" for key, fact in line.said) + " }"
        )
        yield f"{line.key if _BARE.fullmatch(line.key) else _quoted(line.key)} = {value}"


def _once(table: Table, hints: Hints, pinning: Pinning) -> Iterator[str]:
    """What the user stated beside the file, and, where nothing less will do, what the title states."""
    given = {
        "unit": _unit(hints.unit) if hints.unit else None,
        "period": str(hints.period) if hints.period else None,
        "region": hints.region,
        "reporter": hints.reporter,
    }
    yield from (f"{key} = {_quoted(value)}  # as given with --{key}" for key, value in given.items() if value)
    context = table.context
    title = {
        "unit": _unit(context.unit) if context.unit else None,
        "period": str(context.written.period) if context.written else None,
        "region": context.region,
    }
    if pinning is Pinning.STATED:
        yield from (f"{key} = {_quoted(value)}  # as the title says" for key, value in title.items() if value and not given[key])
        if context.written and not hints.period and context.written.cumulative is not None:
            yield f"cumulative = {str(context.written.cumulative).lower()}"


def _lines(table: Table, hints: Hints, pinning: Pinning) -> Iterator[_Line]:
    block = block_of(table.sheet, table.header_rows)
    context = table.context.written
    said = hints.period or (context.period if context else None)
    year = said.first.year if said and said.is_within_year else None
    named = [(column, tuple(_said(column, block, year, hints).items())) for column in table.columns if column.field]
    keys = {column.index: _key(column, block, pinning) or _name(column.index, table) for column, _ in named}
    by_run = groupby(enumerate(named), key=lambda one: (one[1][0].index - one[0], one[1][1], one[1][0].measure is not None))
    for (_, facts, measured), members in by_run:
        columns = [column for _, (column, _) in members]
        if measured and len(columns) >= _RUN:
            yield _Line(f"{_name(columns[0].index, table)}:{_name(columns[-1].index, table)}", facts)
            continue
        for column in columns:
            yield _Line(keys[column.index], facts)


def _said(column: Column, block: HeaderBlock, year: int | None, hints: Hints) -> dict[str, Fact | bool]:
    """What a form must say of a column, beside what its header states."""
    field = f"{column.measure}.{column.version}" if column.measure and column.version else column.field or ""
    found: dict[str, Fact | bool] = {"is": field}
    if column.category is not None:
        found["category"] = column.category
    if column.measure is None:
        return found
    alone = stated(column.index, block.levels.get(column.index, ()), year)
    unit = hints.unit if hints.unit and column.is_money and column.unit else column.unit
    if unit is not None and (alone.unit is None or (unit.code, unit.factor) != (alone.unit.code, alone.unit.factor)):
        found["unit"] = _unit(unit)
    if column.written is not None and (alone.written is None or alone.written.period != column.written.period):
        found["period"] = str(column.written.period)
    if column.cumulative is not None and column.cumulative != alone.cumulative:
        found["cumulative"] = column.cumulative
    if column.span is not None and column.span != alone.span:
        found["of"] = column.span.value
    if column.total or alone.total:
        found["total"] = column.total
    if column.region is not None:
        found["region"] = "*" if any(level.text == column.region for level in block.levels.get(column.index, ())) else column.region
    if column.programme is not None:
        found["programme"] = column.programme
    return found


def _name(index: int, table: Table) -> str:
    """A column by its letters; in a turned table it is a row, by its number."""
    return str(index) if table.turned else letters(index)


def _key(column: Column, block: HeaderBlock, pinning: Pinning) -> str:
    """The header's text where it is the only one like it, the last level alone where that is enough; else nothing."""
    levels = block.levels.get(column.index, ())
    if not levels or pinning >= Pinning.LETTERS:
        return ""
    whole = {index: compared(" / ".join(level.text for level in own)) for index, own in block.levels.items() if own}
    last = {index: compared(own[-1].text) for index, own in block.levels.items() if own}
    for text, told in ((levels[-1].text, last), (" / ".join(level.text for level in levels), whole)):
        text = " ".join(text.split())
        fits = compared(text) and list(told.values()).count(compared(text)) == 1 and told[column.index] == compared(text)
        other = any(value == compared(text) for index, value in (whole if told is last else last).items() if index != column.index)
        if fits and not other and "|" not in text and "*" not in text and len(text) <= _LONGEST and not _LETTERS.fullmatch(text):
            return text
    return ""


# ---- how it is written


def _unit(unit: Unit) -> str:
    """A unit in words that are read as it: as it was written, else its code with the scale."""
    scales = {3: " thousand", 6: " million", 9: " billion", 12: " trillion"}
    power = len(str(int(unit.factor))) - 1
    return unit.text or f"{unit.code}{scales.get(power, '')}"


def _value(fact: object) -> str:
    return str(fact).lower() if isinstance(fact, bool) else _quoted(str(fact))


def _quoted(text: str) -> str:
    """A text of TOML; its basic strings have the escapes of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
