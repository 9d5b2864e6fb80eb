"""What counts for slices before and after a record becomes the list of what it changed.: 50,000 in old.xlsx -> 60,000 in new.xlsx."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from budgettool.ledger.engine import text as sql
from budgettool.ledger.records import Superseded
from budgettool.ledger.rows import period_of
from budgettool.terms.money import from_minor
from budgettool.terms.place import Place


@dataclass(frozen=True, slots=True)
class Counting:
    """What counts for a slice in one unit: what it is about, the submission that states it, its amount and its first cell."""

    about: tuple[Any, ...]
    submission: int
    amount: int
    place: Place


Slices: TypeAlias = Mapping[tuple[int, str], Counting]
"""By the number of the slice, and its unit."""


def counting(connection: sqlite3.Connection, slices: Iterable[int]) -> Slices:
    """What counts now for these slices."""
    wanted = [(number,) for number in slices]
    if not wanted:
        return {}
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (slice INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM wanted")
    connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", wanted)
    head = sql("standing").replace("/*asked*/", "AND e.slice IN (SELECT slice FROM wanted)")
    found = {}
    for slice_, unit, submission, amount, *rest in connection.execute(head + sql("counting")):
        found[slice_, unit] = Counting(tuple(rest[:11]), submission, amount, Place(*rest[11:]))
    return found


def stated_by(connection: sqlite3.Connection, numbers: Iterable[int]) -> set[int]:
    """The slices that submissions state."""
    found: set[int] = set()
    for number in numbers:
        found |= {slice_ for (slice_,) in connection.execute("SELECT slice FROM entry WHERE submission = ?", (number,))}
    return found


def differences(before: Slices, after: Slices) -> tuple[Superseded, ...]:
    """Each figure that another submission states now, or that nobody states any more, in the order of what it is about."""
    changed = [
        (old, unit, after.get((slice_, unit)))
        for (slice_, unit), old in before.items()
        if (now := after.get((slice_, unit))) is None or now.submission != old.submission
    ]
    return tuple(_superseded(old, unit, now) for old, unit, now in sorted(changed, key=lambda one: _order(one[0])))


def _order(old: Counting) -> tuple[str, ...]:
    _, region, programme, _, provider, measure, version, _, first, last, _ = old.about
    parts = (region, first, last, measure, version, programme, provider, old.place.file, old.place.sheet, old.place.cell)
    return tuple(part or "" for part in parts)


def _superseded(old: Counting, unit: str, now: Counting | None) -> Superseded:
    _, region, programme, _, provider, measure, version, _, first, last, cumulative = old.about
    return Superseded(
        measure=measure,
        version=version,
        region=region,
        programme=programme,
        provider=provider,
        period=period_of(first, last),
        cumulative=bool(cumulative),
        unit=unit,
        old=old.place,
        old_value=from_minor(old.amount, unit),
        new=now.place if now else None,
        new_value=from_minor(now.amount, unit) if now else None,
    )
