"""Rows and the rows that they hold: how deep each stands, whether the parts add up to their whole, and parts that are greater than it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from budgettool.findings import Fact, Finding
from budgettool.normalise.codes import Coded
from budgettool.normalise.figures import ColumnFigures
from budgettool.normalise.keys import text_of
from budgettool.normalise.parts import adds_up
from budgettool.normalise.reading import Total
from budgettool.normalise.standing import Standing, Standings
from budgettool.normalise.totals import judged
from budgettool.normalise.work import Work
from budgettool.read.sheet import address
from budgettool.recognise.header import is_figure
from budgettool.recognise.layout import RowKind
from budgettool.terms import MEASURES, Kind

_ASIDE = (RowKind.NOTE, RowKind.SECTION)
_DEEPEST = 5
About = tuple[str | None, ...]
"""What a row is about: region, period, programme, provider, funding, version, category."""


def depths(work: Work, stood: Standings, coded: Coded) -> dict[int, int]:
    """How many rows of the table hold each data row's figures as well; rows that none holds are left out.

    A row holds another one of the same region and period if it is about all of what the other is about a part of.
    """
    about = _abouts(work, stood, coded)
    there = set(about.values())
    found: dict[int, int] = {}
    for number, what in about.items():
        wider = sum(one in there for one in _wider(what))
        whole = stood.rows[number].whole if number in stood.rows else None
        wider = max(wider, found.get(whole, 0) + 1) if whole is not None else wider
        if wider:
            found[number] = min(wider, _DEEPEST)
    return found


def _abouts(work: Work, stood: Standings, coded: Coded) -> dict[int, About]:
    provider, funding = work.table.column("provider"), work.table.column("funding")
    found: dict[int, About] = {}
    for row in work.table.rows:
        if row.kind is not RowKind.DATA:
            continue
        standing = stood.rows.get(row.number, Standing())
        own = text_of(work.cells.value(row.number, provider.index)) if provider else ""
        fund = text_of(work.cells.value(row.number, funding.index)) if funding else coded.subprogrammes.get(row.number, "")
        period = work.keys.periods.get(row.number)
        when = str(period.period) if period else str(standing.written.period) if standing.written else None
        programme = coded.programmes.get(row.number) or standing.programme
        region = standing.region[0] if standing.region else None
        if not coded.programmes.get(row.number):
            fund = fund or standing.funding or ""
        found[row.number] = (region, when, programme, own or standing.provider, fund or None, standing.version, standing.category)
    return found


def _wider(what: About) -> Iterable[About]:
    """Everything that holds what a row is about: the same without its provider, its funding, parts of its programme's code, its breakdown."""
    region, when, programme, *rest = what
    codes = programme.split(".") if programme else []
    programmes: list[str | None] = [".".join(codes[:count]) or None for count in range(len(codes), -1, -1)] if codes else [None]
    places = [index for index, value in enumerate(rest) if value is not None]
    for code in programmes:
        for chosen in range(1 << len(places)):
            kept = list(rest)
            for bit, index in enumerate(places):
                if chosen >> bit & 1:
                    kept[index] = None
            if code != programme or chosen:
                yield (region, when, code, *kept)


def judge_wholes(work: Work, stood: Standings) -> None:
    """Hold each row against the rows directly below it that are its parts: a sum is judged like a printed total."""
    judged_already = {total.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for total in work.totals if total.verdict == "agrees"}
    for whole, groups in sorted(_grouped(work, stood).items()):
        if str(whole) in judged_already:
            continue
        for parts in groups:
            _judge(work, whole, parts, partial=any(part in stood.partial for part in parts))


def _grouped(work: Work, stood: Standings) -> dict[int, list[list[int]]]:
    """By whole, the parts that divide it in one way: by provider, by programme, by funding, by breakdown."""
    ways: dict[int, dict[object, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, whole in stood.under.items():
        period = work.keys.periods.get(number)
        if (period and period.period) != ((above := work.keys.periods.get(whole)) and above.period):
            continue
        ways[whole][stood.ways[number]].append(number)
    return {whole: list(groups.values()) for whole, groups in ways.items()}


def _judge(work: Work, whole: int, parts: Sequence[int], *, partial: bool) -> None:
    complete = not partial or adds_up(whole, parts, work)
    for spec, column in work.columns:
        printed = column.figures.get(whole)
        if printed is None or spec.total or not any(part in column.figures for part in parts):
            continue
        greater = [part for part in parts if part in column.figures and _exceeds(column, part, printed.value, work)]
        if greater:
            _say_greater(work, column, whole, greater)
        elif complete:
            _compare(work, column, whole, parts)


def _exceeds(column: ColumnFigures, part: int, whole: Decimal, work: Work) -> bool:
    return column.figures[part].value > whole + work.tolerance(column, 1) and whole >= 0


def _say_greater(work: Work, column: ColumnFigures, whole: int, parts: Sequence[int]) -> None:
    for part in parts:
        at = tuple(replace(work.place, cell=address(row, column.index)) for row in (part, whole))
        facts: tuple[tuple[str, Fact], ...] = (("measure", column.measure), ("unit", column.unit.code))
        finding = Finding("part-exceeds-whole", at, expected=column.figures[whole].value, actual=column.figures[part].value, facts=facts)
        work.findings.append(finding)


def _compare(work: Work, column: ColumnFigures, whole: int, parts: Sequence[int]) -> None:
    there = [column.figures[part].value for part in parts if part in column.figures]
    printed, computed = column.figures[whole].value, sum(there, Decimal(0))
    cell = address(whole, column.index)
    held = {held.row for held in column.held} & set(parts)
    people = MEASURES[column.measure].kind is Kind.PEOPLE and computed >= printed and computed != printed
    if held or people:
        work.totals.append(Total(cell, column.measure, printed, None, None, "not-judged"))
        return
    total, said = judged(cell, column, printed, computed, work.tolerance(column, len(there)), work.place)
    work.totals.append(total)
    work.findings += said


def told_of_rows(work: Work, stood: Standings) -> list[Finding]:
    """What is to be said of the rows of a table: titles that were read for the rows below them, breakdowns, and rows passed over."""
    labels = {row.number: row.label for row in work.table.rows}
    found = []
    for kind in sorted(set(stood.titles.values())):
        rows = [number for number, of in stood.titles.items() if of == kind]
        found.append(_listed(work, "section-read", rows, ("names", tuple(dict.fromkeys(labels[row] for row in rows)))))
    posted = {entry.row for entry in work.entries}
    parts = [number for number, standing in stood.rows.items() if standing.whole is not None and standing.category is not None and number in posted]
    if parts:
        names = tuple(dict.fromkeys(stood.rows[number].category or "" for number in parts))
        found.append(_listed(work, "rows-as-breakdown", parts, ("names", names)))
    passed = [row.number for row in work.table.rows if row.kind in _ASIDE and _holds_numbers(work, row.number)]
    if passed:
        found.append(_listed(work, "rows-passed-over", passed, ("names", tuple(dict.fromkeys(labels[row] for row in passed if labels[row])))))
    return found


def _listed(work: Work, code: str, rows: Sequence[int], *facts: tuple[str, Fact]) -> Finding:
    return Finding(code, tuple(replace(work.place, cell=str(row)) for row in rows), facts=facts, count=len(rows))


def _holds_numbers(work: Work, row: int) -> bool:
    return any(is_figure(work.table.sheet.value(row, column.index)) for column in work.table.figures)
