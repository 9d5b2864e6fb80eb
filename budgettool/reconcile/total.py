"""Rows of all regions become the country's: money and people added, None while a part is missing.

A total over the complete parts stands beside it in a finding. The country's own figure is held against
the sum of the regions, and is the figure only where no region has one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from budgettool.findings import Finding
from budgettool.period import Period
from budgettool.terms import Home

from .answer import NO_COUNT, NOT_STATED, PARTS_MISSING, UNSTATED, ZERO, Amount, Row, added
from .contrasts import DISPUTES, PARTS_DIFFER, Subject, contrast, unique
from .parts import PEOPLE_ADDED
from .people import weakest
from .rows import MONEY, Line
from .status import STATUSES
from .tolerance import Limit


def total(rows: Sequence[Row], country: Row | None, limits: Mapping[str, Limit], line: Line) -> Row:
    """The total of rows that tell regions apart, beside what is stated for the country itself; `line` says what it is about."""
    home = line.ground.register.home
    if not rows and country is not None:
        return _as_total(country, home)
    about = Subject("", home.country, None, None, home.currency, home.country)
    measures = dict.fromkeys(measure for row in (*rows, *([country] if country else [])) for measure in row.amounts)
    findings: list[Finding] = []
    amounts: dict[str, Amount] = {}
    for measure in measures:
        parts = {row.region or home.country: row.amounts.get(measure, UNSTATED) for row in rows}
        own = country.amounts.get(measure, UNSTATED) if country else UNSTATED
        amounts[measure], said = _sum(replace(about, measure=measure), parts, own, line.period, limits)
        findings += said
    return _row(rows, country, amounts, findings, line)


def _as_total(country: Row, home: Home) -> Row:
    return replace(country, region=None, territory=(home.country,))


def _sum(
    about: Subject, parts: Mapping[str, Amount], own: Amount, period: Period, limits: Mapping[str, Limit]
) -> tuple[Amount, list[Finding]]:
    """One measure of the total; a measure that no region states is the country's own."""
    missing = tuple(name for name, part in parts.items() if part.value is None)
    if len(missing) == len(parts):
        reasons = {part.reason for part in parts.values()}
        nothing = parts[missing[0]] if len(reasons) == 1 and NOT_STATED in reasons else Amount(reason=PARTS_MISSING, missing=missing)
        return (own if own.value is not None else nothing), []
    known = added(part for part in parts.values() if part.value is not None)
    said = about.measure in MONEY
    if missing:
        facts = (("measure", about.measure), ("unit", about.unit), ("value", known.value or ZERO), ("missing", missing))
        return Amount(reason=PARTS_MISSING, missing=missing), [Finding(PARTS_MISSING, (), None, None, period, facts=facts)] if said else []
    found = contrast(PARTS_DIFFER, period, known, own, limits) if said else None
    return known, [found.finding(about, limits)] if found else []


def _row(rows: Sequence[Row], country: Row | None, amounts: Mapping[str, Amount], findings: Iterable[Finding], line: Line) -> Row:
    own = [country] if country else []
    people, reason = _people(rows, own, lambda row: row.recipients)
    yearly, _ = _people(rows, own, lambda row: row.yearly_counts)
    planned, _ = _people(rows, own, lambda row: row.planned)
    bases = [row.recipients_basis for row in rows if row.recipients is not None] or [row.recipients_basis for row in own]
    basis = weakest(bases) if people is not None else None
    told = unique([*(finding for row in own for finding in row.findings), *findings, *_added(people, rows)])
    place = (None, (line.ground.register.home.country,), line.period, line.programme, line.provider)
    return Row(*place, amounts, people, basis, reason, yearly, planned, _status(rows, told), told)


def _people(rows: Sequence[Row], own: Sequence[Row], of: Callable[[Row], int | None]) -> tuple[int | None, str | None]:
    """People added over regions; None while one count is missing; the country's own where no region has one."""
    counts = [of(row) for row in rows]
    known = [value for value in counts if value is not None]
    if rows and len(known) == len(counts):
        return sum(known), None
    if known:
        return None, PARTS_MISSING
    stated = next((value for value in map(of, own) if value is not None), None)
    reasons = dict.fromkeys(row.recipients_reason for row in (*rows, *own) if row.recipients_reason)
    return stated, None if stated is not None else next(iter(reasons), NO_COUNT)


def _added(people: int | None, rows: Sequence[Row]) -> list[Finding]:
    return [Finding(PEOPLE_ADDED, actual=people)] if people is not None and len(rows) > 1 else []


def _status(rows: Sequence[Row], findings: Iterable[Finding]) -> str:
    """The first status in order that holds for any row, or for the country itself."""
    statuses = {row.status for row in rows} | ({"disputed"} if any(finding.code in DISPUTES for finding in findings) else set())
    return next((status for status in STATUSES if status in statuses), "matched")
