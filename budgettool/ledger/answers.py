"""Rows of answers become what callers know: figures, records of the log, rates, and the state of each region and period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from budgettool.findings import Fact
from budgettool.ledger.closing import is_closed
from budgettool.ledger.records import LogRecord, Quarantined, Standing, SubmissionRecord
from budgettool.ledger.rows import period_of
from budgettool.period import Period
from budgettool.terms import Qualifier
from budgettool.terms.figure import Figure
from budgettool.terms.money import from_minor
from budgettool.terms.place import Place
from budgettool.terms.rate import Rate

_Key: TypeAlias = tuple[str | None, Period | None]


def figure_of(row: Sequence[Any], places: Sequence[Place]) -> Figure:
    """A line of figures.sql, with its cells."""
    _, reporter, region, programme, funding, provider, measure, version, category, *said = row
    first, last, cumulative, unit, amount, resolution, entries, as_of, qualifier, submission = said
    return Figure(
        reporter=reporter,
        region=region,
        programme=programme,
        funding=funding,
        provider=provider,
        measure=measure,
        version=version,
        category=category,
        period=period_of(first, last),
        cumulative=bool(cumulative),
        unit=unit,
        value=from_minor(amount, unit),
        resolution=from_minor(resolution, unit),
        qualifier=Qualifier(qualifier) if qualifier else None,
        as_of=date.fromisoformat(as_of) if as_of else None,
        entries=entries,
        places=tuple(places),
        submission=submission,
    )


def log_record_of(row: Sequence[Any]) -> LogRecord:
    """A record as the log tells it."""
    number, kind, at, link, file, entries, target, first, last, reason, form = row
    facts: list[tuple[str, Fact]] = []
    facts += [("file", file)] if file else []
    facts += [("entries", entries)] if kind in ("submission", "rates") else []
    facts += [("form", form)] if form else []
    facts += [("target", target)] if target else []
    facts += [("period", period_of(first, last))] if first else []
    facts += [("reason", reason)] if reason else []
    return LogRecord(number, kind, at, link, tuple(facts))


def rate_of(row: Sequence[Any]) -> Rate:
    """A rate as it was imported."""
    base, quote, first, last, kind, value, nominal, source = row
    return Rate(base, quote, period_of(first, last), kind, Decimal(value), nominal, source)


def held_of(row: Sequence[Any]) -> Quarantined:
    """What was held back, without its submission."""
    sheet, line, cell, code, region, first, last = row
    return Quarantined(sheet, line, cell, code, region, period_of(first, last) if first else None)


def standings(rows: Iterable[Sequence[Any]], submissions: Iterable[SubmissionRecord], frozen: Sequence[Period]) -> list[Standing]:
    """The lines of status.sql and what was held back, by region and period."""
    counted: dict[_Key, list[int]] = defaultdict(lambda: [0, 0, 0])
    files: dict[_Key, dict[str, None]] = defaultdict(dict)
    for region, first, last, file, entries, counting in rows:
        key = (region, period_of(first, last))
        counted[key][0] += counting
        counted[key][1] += entries - counting
        files[key] |= {file: None} if counting else {}
    for submission in submissions:
        for held in submission.held if submission.voided is None else ():
            counted[held.region, held.period][2] += 1
            files[held.region, held.period][submission.file] = None
    keys = sorted(counted, key=lambda key: (key[0] or "", key[1] or Period(date.min, date.min)))
    return [
        Standing(region, period, counting, superseded, kept_back, is_closed(period, frozen), tuple(files[region, period]))
        for region, period in keys
        for counting, superseded, kept_back in [counted[region, period]]
    ]
