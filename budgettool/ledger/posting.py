"""A submission becomes records: its slices, its entries, and the list of what it takes the place of.

    March 2019, Aktobe, disbursement: 50,000 in old.xlsx  ->  60,000 in new.xlsx

Later is the order of posting. The same entries again post nothing while they all still count.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from budgettool.findings import Exit, Fact, Finding, Place, Refusal
from budgettool.ledger import chain
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
    fits,
    period_of,
    plain,
    plain_or_none,
    slice_key,
    slice_row,
)
from budgettool.period import Period
from budgettool.terms import Submission
from budgettool.terms.money import from_minor

_MOST_SHOWN = 3
Standing: TypeAlias = tuple[Row, int, int, str, Place]
"""What counts for a slice: what it is about, the submission that states it, its amount and unit, its first cell."""


def post(
    connection: sqlite3.Connection, submission: Submission, *, at: str, restate: str | None, source: str | None, held: Sequence[Quarantined]
) -> Posting:
    """Post inside of a transaction that the caller has begun; raises Refusal `period-closed`."""
    place = (Place(submission.file),)
    entries = [entry for entry in submission.entries if fits(entry)]
    rows = [(slice_row(entry), entry_row(entry)) for entry in entries]
    left_out = [Place(submission.file, e.sheet, e.cell) for e in submission.entries if not fits(e)]
    said = [Finding("number-not-read", (at_,), facts=(("text", "too large or too fine to be kept exactly"),)) for at_ in left_out]
    content = chain.content_of(rows)
    if (same := _same(connection, content, submission.sha256)) is not None:
        finding = Finding("already-imported", place, facts=(("other_file", same), ("count", len(rows))))
        return Posting(None, same_as=same, findings=(*said, finding))
    said += _closed(connection, rows, submission.file, restate)
    reread = connection.execute("SELECT 1 FROM record WHERE kind = 'submission' AND sha256 = ?", (submission.sha256,)).fetchone() is not None
    keys = [slice_key(about) for about, _ in rows]
    before = _standing(connection, keys, submission.sha256)
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
        held=digest(_held_rows(held)),
    )
    _insert(connection, number, keys, rows)
    marks = ", ".join("?" * 9)
    connection.executemany(
        f"INSERT INTO held (submission, position, {HELD}) VALUES ({marks})", [(number, i, *row) for i, row in enumerate(_held_rows(held))]
    )
    superseded = differences(before, _standing(connection, list(before), submission.sha256))
    return Posting(number, len(rows), superseded, reread=reread, findings=(*said, *_said(superseded, submission, reread=reread)))


def _same(connection: sqlite3.Connection, content: str, sha256: str) -> str | None:
    """The file that states the very same entries, as it was last read; of files without any entry only the same bytes are the same."""
    asked = sql("standing") + (
        " SELECT r.file FROM record r WHERE r.kind = 'submission' AND r.content = ? AND r.number IN (SELECT submission FROM readings)"
        " AND (r.entries > 0 OR r.sha256 = ?) ORDER BY r.number DESC LIMIT 1"
    )
    row = connection.execute(asked, (content, sha256)).fetchone()
    return str(row[0]) if row else None


def _insert(connection: sqlite3.Connection, number: int, keys: Sequence[str], rows: Sequence[tuple[Row, Row]]) -> None:
    marks = ", ".join("?" * 12)
    slices = dict(zip(keys, (about for about, _ in rows), strict=True))
    connection.executemany(f"INSERT OR IGNORE INTO slice (key, {SLICE}) VALUES ({marks})", [(key, *about) for key, about in slices.items()])
    found: dict[str, int] = {}
    wanted = list(slices)
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found |= dict(connection.execute(f"SELECT key, number FROM slice WHERE key IN ({', '.join('?' * len(part))})", part).fetchall())
    marks = ", ".join("?" * 13)
    connection.executemany(
        f"INSERT INTO entry (submission, slice, {ENTRY}) VALUES ({marks})",
        [(number, found[key], *says) for key, (_, says) in zip(keys, rows, strict=True)],
    )


def _held_rows(held: Iterable[Quarantined]) -> list[Row]:
    return [
        (plain(h.sheet), h.row, h.cell, h.code, h.region, *(days(h.period) if h.period else (None, None)))
        for h in held
    ]


# ---- closed periods


def closed(connection: sqlite3.Connection) -> list[Period]:
    """The periods that are closed now."""
    state: dict[Period, bool] = {}
    asked = "SELECT kind, period_first, period_last FROM record WHERE kind IN ('closing', 'reopening') ORDER BY number"
    for kind, first, last in connection.execute(asked):
        state[period_of(first, last)] = kind == "closing"
    return [period for period, is_closed in state.items() if is_closed]


def _closed(connection: sqlite3.Connection, rows: Sequence[tuple[Row, Row]], file: str, restate: str | None) -> list[Finding]:
    frozen = closed(connection)
    ends = {period_of(about[8], about[9]) for about, _ in rows} if frozen else set()
    touched = sorted({period for period in frozen for own in ends if own.last in period})
    if touched and not restate:
        raise Refusal("period-closed", Exit.REFUSED, file=file, period=touched[0])
    return [Finding("period-restated", (Place(file),), period=period, facts=(("reason", restate or ""),)) for period in touched]


# ---- supersession


def _standing(connection: sqlite3.Connection, keys: Sequence[str], sha256: str) -> dict[str, Standing]:
    """What counts now for slices, and for those that an older reading of the same bytes states."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (key TEXT PRIMARY KEY)")
    connection.execute("DELETE FROM wanted")
    connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", [(key,) for key in keys])
    connection.execute(
        "INSERT OR IGNORE INTO wanted SELECT s.key FROM slice s JOIN entry e ON e.slice = s.number JOIN record r ON r.number = e.submission"
        " WHERE r.kind = 'submission' AND r.sha256 = ?",
        (sha256,),
    )
    condition = "AND s.key IN (SELECT key FROM wanted)"
    columns = ", ".join(f"s.{name.strip()}" for name in SLICE.split(","))
    asked = sql("standing").replace("/*asked*/", condition) + (
        f" SELECT s.key, {columns}, e.submission, SUM(e.amount), MIN(e.unit), r.file, MIN(e.sheet), MIN(e.cell) FROM entry e"
        " JOIN standing c ON c.slice = e.slice AND c.submission = e.submission JOIN slice s ON s.number = e.slice"
        " JOIN record r ON r.number = e.submission GROUP BY s.key"
    )
    found = {}
    for key, *row in connection.execute(asked):
        about, (submission, amount, unit, file, sheet, cell) = tuple(row[:11]), row[11:]
        found[key] = (about, submission, amount, unit, Place(file, sheet, cell))
    return found


def differences(before: Mapping[str, Standing], after: Mapping[str, Standing]) -> tuple[Superseded, ...]:
    """Each figure that another submission states now, or that nobody states any more."""
    changed = []
    for key, (about, submission, amount, unit, old) in before.items():
        now = after.get(key)
        if now is not None and now[1] == submission:
            continue
        _, region, programme, _, provider, measure, version, _, first, last, cumulative = about
        value = from_minor(now[2], now[3]) if now else None
        period = period_of(first, last)
        new = now[4] if now else None
        changed.append(
            Superseded(measure, version, region, programme, provider, period, bool(cumulative), unit, old, from_minor(amount, unit), new, value)
        )
    return tuple(sorted(changed, key=lambda s: (s.region or "", s.period, s.measure, s.version or "", s.provider or "", s.old)))


def _said(superseded: Sequence[Superseded], submission: Submission, *, reread: bool) -> list[Finding]:
    place = (Place(submission.file),)
    said = [Finding("source-not-kept", place)] if submission.source is None else []
    if not superseded:
        return said
    files = tuple(dict.fromkeys(one.old.file for one in superseded))
    facts: tuple[tuple[str, Fact], ...] = (("other_file", ", ".join(files[:_MOST_SHOWN])), ("count", len(superseded)))
    return [*said, Finding("re-read" if reread and files == (submission.file,) else "supersedes", place, facts=facts)]


def standing_of(connection: sqlite3.Connection, number: int) -> Mapping[str, Standing]:
    """What counts now for every slice that a submission states."""
    asked = "SELECT DISTINCT s.key FROM slice s JOIN entry e ON e.slice = s.number WHERE e.submission = ?"
    return _standing(connection, [key for (key,) in connection.execute(asked, (number,))], "")
