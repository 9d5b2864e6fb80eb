"""Closed periods: which days no figure may end in any more, from the records of closing and reopening.

    closed 2019-Q1, reopened 2019-03  ->  2019-01..2019-02

Closing is about days: reopening a part of a closed period leaves the rest of it closed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import timedelta

from budgettool.findings import Exit, Finding, Place, Refusal
from budgettool.ledger.rows import period_of
from budgettool.period import Period

_DAY = timedelta(days=1)


def closed(connection: sqlite3.Connection) -> list[Period]:
    """The periods that are closed now, in the order of their closing."""
    spans: list[Period] = []
    asked = "SELECT kind, period_first, period_last FROM record WHERE kind IN ('closing', 'reopening') ORDER BY number"
    for kind, first, last in connection.execute(asked):
        period = period_of(first, last)
        spans = [left for span in spans for left in _without(span, period)]
        spans += [period] if kind == "closing" else []
    return spans


def _without(span: Period, taken: Period) -> list[Period]:
    """What is left of a span when another one is taken out of it."""
    if taken.last < span.first or span.last < taken.first:
        return [span]
    before = [Period(span.first, taken.first - _DAY)] if span.first < taken.first else []
    after = [Period(taken.last + _DAY, span.last)] if taken.last < span.last else []
    return before + after


def is_closed(period: Period | None, frozen: Iterable[Period]) -> bool:
    """Whether a figure of this period may no longer change: it ends in one that is closed."""
    return period is not None and any(period.last in one for one in frozen)


def restated(connection: sqlite3.Connection, ends: Iterable[Period], place: Place, reason: str | None) -> list[Finding]:
    """What is to be said of figures that change in closed periods; raises Refusal `period-closed` where there is no reason for it."""
    frozen = closed(connection)
    touched = sorted({one for own in set(ends) for one in frozen if own.last in one}) if frozen else []
    if touched and not reason:
        raise Refusal("period-closed", Exit.REFUSED, file=place.file, period=touched[0])
    return [Finding("period-restated", (place,), period=period, facts=(("reason", reason or ""),)) for period in touched]
