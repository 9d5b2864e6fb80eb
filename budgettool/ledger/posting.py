"""A submission becomes records: its slices, its entries, and the list of what it takes the place of.

    2-corrected.xlsx, 40 entries  ->  record 2, 38 new figures and 2 that replace those of 1-report.xlsx

Later is the order of posting. The same entries again post nothing, whatever became of them since: a report
that was corrected is not revived by its first version being sent once more.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from budgettool.findings import Fact, Finding, Place
from budgettool.ledger import chain
from budgettool.ledger.closing import restated
from budgettool.ledger.engine import text as sql
from budgettool.ledger.records import Posting, Quarantined, Superseded
from budgettool.ledger.rows import (
    ENTRY,
    HELD,
    SLICE,
    Row,
    days,
    digest,
    entry_row,
    minor_of,
    period_of,
    plain,
    plain_or_none,
    slice_key,
    slice_row,
)
from budgettool.ledger.supersession import counting, differences, stated_by
from budgettool.terms import Submission

_MOST_SHOWN = 3
_MOST_PLACES = 20
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Parcel:
    """The rows of a submission, each with what it is about, and the cells whose values can't be kept exactly."""

    rows: list[tuple[Row, Row]]
    left_out: list[Place]


def post(
    connection: sqlite3.Connection, submission: Submission, *, at: str, restate: str | None, source: str | None, held: Sequence[Quarantined]
) -> Posting:
    """Post inside of a transaction that the caller has begun; raises Refusal `period-closed`."""
    parcel, place = _parcel(submission), Place(submission.file)
    said = [Finding("number-not-read", (cell,), facts=(("text", "too large or too fine to be kept exactly"),)) for cell in parcel.left_out]
    content = chain.content_of(parcel.rows)
    if (same := _same(connection, content, submission.sha256)) is not None:
        finding = Finding("already-imported", (place,), facts=(("other_file", same), ("count", len(parcel.rows))))
        return Posting(None, same_as=same, findings=(*said, finding))
    asked = "SELECT number FROM record WHERE kind = 'submission' AND sha256 = ?"
    earlier = [number for (number,) in connection.execute(asked, (submission.sha256,))]
    slices = _slices(connection, [about for about, _ in parcel.rows])
    before = counting(connection, {*slices.found.values(), *stated_by(connection, earlier)})
    number = _append(connection, submission, parcel.rows, slices, at=at, content=content, source=source, restate=restate, held=held)
    superseded = differences(before, counting(connection, {slice_ for slice_, _ in before}))
    ends = {period_of(about[8], about[9]) for about in slices.keys} | {old.period for old in superseded}
    said += restated(connection, ends, place, restate)
    said += _said(superseded, submission, reread=bool(earlier))
    replaced = {old.submission for old in before.values()} - set(earlier)
    said += _not_restated(connection, replaced, {about[8:10] for about in slices.keys}, submission) if superseded and replaced else []
    return Posting(number, len(parcel.rows), superseded, reread=bool(earlier), findings=tuple(said))


def _parcel(submission: Submission) -> _Parcel:
    parcel = _Parcel([], [])
    for entry in submission.entries:
        minor = minor_of(entry)
        if minor is None:
            parcel.left_out.append(Place(submission.file, entry.sheet, entry.cell))
        else:
            parcel.rows.append((slice_row(entry), entry_row(entry, minor)))
    return parcel


def _same(connection: sqlite3.Connection, content: str, sha256: str) -> str | None:
    """The file that states the very same entries, as it was last read; of files without any entry only the same bytes are the same."""
    asked = sql("standing") + (
        " SELECT r.file FROM record r WHERE r.kind = 'submission' AND r.content = ? AND r.number IN (SELECT submission FROM readings)"
        " AND (r.entries > 0 OR r.sha256 = ?) ORDER BY r.number DESC LIMIT 1"
    )
    row = connection.execute(asked, (content, sha256)).fetchone()
    return str(row[0]) if row else None


def _append(
    connection: sqlite3.Connection,
    submission: Submission,
    rows: Sequence[tuple[Row, Row]],
    slices: _Slices,
    *,
    at: str,
    content: str,
    source: str | None,
    restate: str | None,
    held: Sequence[Quarantined],
) -> int:
    """Add the record of a submission, with its slices, its entries and what was held back; returns its number."""
    kept_back = [_held_row(one) for one in held]
    number = chain.append(
        connection,
        "submission",
        at,
        file=plain(submission.file),
        sha256=submission.sha256,
        source=source,
        reporter=plain_or_none(submission.reporter),
        entries=len(rows),
        reason=restate,
        content=content,
        held=digest(kept_back),
        form=plain_or_none(submission.form),
        form_text=plain_or_none(submission.form_text),
    )
    numbers = _add(connection, slices)
    _insert(connection, "entry", f"submission, slice, {ENTRY}", ((number, numbers[about], *says) for about, says in rows))
    _insert(connection, "held", f"submission, position, {HELD}", ((number, i, *row) for i, row in enumerate(kept_back)))
    return number


def _insert(connection: sqlite3.Connection, table: str, columns: str, rows: Iterable[Row]) -> None:
    marks = ", ".join("?" for _ in columns.split(","))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def _held_row(held: Quarantined) -> Row:
    first, last = days(held.period) if held.period else (None, None)
    return plain(held.sheet), held.row, held.cell, held.code, held.region, first, last


# ---- slices


@dataclass(frozen=True, slots=True)
class _Slices:
    """What a submission is about: the numbers of the slices that are known already, and the keys of all of them."""

    keys: dict[Row, str]
    found: dict[str, int]


def _slices(connection: sqlite3.Connection, abouts: Iterable[Row]) -> _Slices:
    keys = {about: slice_key(about) for about in dict.fromkeys(abouts)}
    wanted, found = list(keys.values()), dict[str, int]()
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        found |= dict(connection.execute(f"SELECT key, number FROM slice WHERE key IN ({', '.join('?' * len(part))})", part).fetchall())
    return _Slices(keys, found)


def _add(connection: sqlite3.Connection, slices: _Slices) -> dict[Row, int]:
    """Add the slices that are new, numbered in the order of the entries; returns the number of each."""
    after = 1 + int(connection.execute("SELECT COALESCE(MAX(number), 0) FROM slice").fetchone()[0])
    new = [(about, key) for about, key in slices.keys.items() if key not in slices.found]
    _insert(connection, "slice", f"number, key, {SLICE}", ((number, key, *about) for number, (about, key) in enumerate(new, after)))
    added = {key: number for number, (_, key) in enumerate(new, after)}
    return {about: slices.found.get(key) or added[key] for about, key in slices.keys.items()}


def _not_restated(connection: sqlite3.Connection, replaced: set[int], spans: Collection[Row], submission: Submission) -> list[Finding]:
    """Figures of the same periods that the replaced submissions state and this one does not: a correction may have lost them, and they still count."""
    standing = counting(connection, stated_by(connection, replaced))
    left = [one for one in standing.values() if one.submission in replaced and one.about[8:10] in spans]
    if not left:
        return []
    regions = tuple(sorted({str(one.about[1]) for one in left if one.about[1]}))
    at = (Place(submission.file), *sorted({one.place for one in left}, key=lambda place: (place.file, place.sheet, len(place.cell), place.cell)))
    return [Finding("figures-not-restated", at[: 1 + _MOST_PLACES], facts=(("other_file", left[0].place.file), ("regions", regions)), count=len(left))]


def _said(superseded: Sequence[Superseded], submission: Submission, *, reread: bool) -> list[Finding]:
    place = (Place(submission.file),)
    said = [Finding("source-not-kept", place)] if submission.source is None else []
    if not superseded:
        return said
    files = tuple(dict.fromkeys(one.old.file for one in superseded))
    facts: tuple[tuple[str, Fact], ...] = (("other_file", ", ".join(files[:_MOST_SHOWN])), ("count", len(superseded)))
    return [*said, Finding("re-read" if reread and files == (submission.file,) else "supersedes", place, facts=facts)]
