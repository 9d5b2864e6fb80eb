"""Sheets of one file that state the same figures: `Всего`, `Мужчины` and `Женщины` must not be added to each other.

    Всего      2023 Shymkent 1 220        the first sheet is, figure by figure, the sum of the two others: these are its
    Мужчины    2023 Shymkent   590        breakdown and become categories, `sheet=Мужчины`; only the first counts
    Женщины    2023 Shymkent   630

Only sums prove that. Where sheets state the same slices and nothing proves one to hold the others, their figures are added,
as those of two contracts would be, and the reader is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, groupby
from typing import TypeAlias

from budgettool.findings import Finding, Place, Severity
from budgettool.letters import unmixed
from budgettool.normalise.reading import TableReading
from budgettool.normalise.totals import tolerance
from budgettool.recognise.vocabulary import folded, vocabulary
from budgettool.terms import Entry

Slice: TypeAlias = tuple[object, ...]
Stated: TypeAlias = Mapping[Slice, Decimal]

_MOST_SHEETS = 40
"""So many sheets are tried against each other; a file of more is one sheet a region or a provider, and each says its own."""
_FEWEST = 2
"""One figure that is the sum of two others proves nothing."""


def apart(tables: Sequence[TableReading], file: str) -> tuple[list[TableReading], list[Finding]]:
    """The tables, those on sheets that only break down another sheet as categories, and what was found."""
    sheets = {name: _stated(entry for table in of for entry in table.entries) for name, of in _by_sheet(tables)}
    if not 1 < len(sheets) <= _MOST_SHEETS:
        return list(tables), []
    steps = _steps(tables)
    alike = {name: [other for other in sheets if other != name and _repeats(sheets[name], sheets[other])] for name in sheets}
    parts: dict[str, str] = {}
    for whole, others in alike.items():
        for found in _sums(sheets, whole, [other for other in others if other not in parts], steps):
            parts |= dict.fromkeys(found, whole)
    left = [name for name, others in alike.items() if name not in parts and any(other not in parts for other in others)]
    findings = [*_said("sheets-as-breakdown", parts, file, tuple(dict.fromkeys(parts.values()))), *_said("sheets-added", left, file, (), _grade(left))]
    return [_as_part(table) if table.sheet in parts else table for table in tables], findings


def _by_sheet(tables: Iterable[TableReading]) -> Iterator[tuple[str, list[TableReading]]]:
    return ((name, list(of)) for name, of in groupby(sorted(tables, key=lambda table: table.sheet), lambda table: table.sheet))


def _slice(entry: Entry) -> Slice:
    who = (entry.region, entry.programme, entry.funding, entry.provider, entry.provider_bin, entry.contract, entry.category)
    return (*who, entry.period, entry.cumulative, entry.measure, entry.version, entry.unit)


def _stated(entries: Iterable[Entry]) -> Stated:
    sums: dict[Slice, Decimal] = defaultdict(Decimal)
    for entry in entries:
        sums[_slice(entry)] += entry.value
    return sums


def _steps(tables: Iterable[TableReading]) -> dict[str, Decimal]:
    """How coarsely each measure is stated anywhere in the file."""
    steps: dict[str, Decimal] = {}
    for table in tables:
        for entry in table.entries:
            steps[entry.measure] = max(steps.get(entry.measure, entry.resolution), entry.resolution)
    return steps


def _repeats(one: Stated, other: Stated) -> bool:
    """Whether two sheets state the same slices for the better part of the smaller one."""
    both = len(one.keys() & other.keys())
    return both >= _FEWEST and 2 * both > min(len(one), len(other))


def _sums(sheets: Mapping[str, Stated], whole: str, others: Sequence[str], steps: Mapping[str, Decimal]) -> Iterator[tuple[str, ...]]:
    """The sets of sheets that add up to a whole: all the others together, or any two of them."""
    sets = [tuple(others), *combinations(others, 2)] if len(others) > 1 else []
    return (found for found in dict.fromkeys(sets) if _adds_up(sheets[whole], [sheets[name] for name in found], steps))


def _adds_up(whole: Stated, parts: Sequence[Stated], steps: Mapping[str, Decimal]) -> bool:
    """Every slice that all state is the sum of its parts, within rounding, and there are enough of them that are not zero."""
    common = [key for key in whole if all(key in part for part in parts)]
    telling = sum(any(part[key] for part in parts) for key in common)
    return telling >= _FEWEST and 2 * len(common) > len(whole) and all(_is_sum(key, whole, parts, steps) for key in common)


def _is_sum(key: Slice, whole: Stated, parts: Sequence[Stated], steps: Mapping[str, Decimal]) -> bool:
    measure = str(key[9])
    return abs(whole[key] - sum(part[key] for part in parts)) <= tolerance(steps[measure], len(parts), measure)


def _as_part(table: TableReading) -> TableReading:
    return replace(table, entries=tuple(replace(entry, category=_category(entry, table.sheet)) for entry in table.entries))


def _category(entry: Entry, sheet: str) -> str:
    return f"{entry.category}, sheet={sheet}" if entry.category else f"sheet={sheet}"


def _grade(names: Iterable[str]) -> Severity:
    """A sheet that calls itself the total must not be added to others."""
    return Severity.ERROR if any(vocabulary().is_row("total", unmixed(folded(name))) for name in names) else Severity.WARNING


def _said(code: str, names: Iterable[str], file: str, wholes: tuple[str, ...], severity: Severity | None = None) -> list[Finding]:
    listed = tuple(names)
    at = tuple(Place(file, name) for name in listed)
    facts = (("names", listed), *((("text", wholes),) if wholes else ()))
    return [Finding(code, at, severity, facts=facts, count=len(at))] if listed else []
