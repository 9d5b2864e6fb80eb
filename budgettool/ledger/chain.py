"""The chain: each record holds the digest of the one before it, of its source and of its entries.

A digest covers what was recorded and not when: the same imports in the same order, made on another day,
give the same head. `verify` computes everything anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from budgettool.findings import Finding, Place
from budgettool.ledger.rows import ENTRY, HELD, RATE, SLICE, Row, digest, slice_key

START = hashlib.sha256(b"budgettool ledger 1").hexdigest()
"""The head of a ledger in which nothing happened yet."""

_LINKED = (
    "number, kind, file, sha256, source, reporter, entries, target, period_first, period_last, reason, content, held, previous, form, form_text"
)
_LATER = 2
"""So many of these, at the end, came with schema 2: where a record has none of them, its digest is that of schema 1."""

EMPTY = digest(())


def head(connection: sqlite3.Connection) -> str:
    """The digest of the last record."""
    row = connection.execute("SELECT digest FROM record ORDER BY number DESC LIMIT 1").fetchone()
    return str(row[0]) if row else START


def link(said: Sequence[Any]) -> str:
    """The digest of a record: all that `_LINKED` names, in that order."""
    told = list(said) if any(part is not None for part in said[-_LATER:]) else list(said[:-_LATER])
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode("ascii")).hexdigest()


def append(connection: sqlite3.Connection, kind: str, at: str, **said: Any) -> int:
    """Add a record to the chain, inside of a transaction; returns its number."""
    number = 1 + int(connection.execute("SELECT COALESCE(MAX(number), 0) FROM record").fetchone()[0])
    names = [name.strip() for name in _LINKED.split(",")]
    given = {"number": number, "kind": kind, "entries": 0, "content": EMPTY, "held": EMPTY, "previous": head(connection), **said}
    values = [given.get(name) for name in names]
    marks = ", ".join("?" * (len(names) + 2))
    connection.execute(f"INSERT INTO record ({_LINKED}, at, digest) VALUES ({marks})", (*values, at, link(values)))
    return number


def verify(connection: sqlite3.Connection, folder: Path | None) -> list[Finding]:
    """Recompute the chain, the digests of all entries, rates and what was held back, and of the sources that were kept."""
    found: list[Finding] = []
    previous = START
    stated, held = _contents(connection, _STATED), _contents(connection, _HELD)
    wrong = _wrong_keys(connection)
    for place_in_chain, row in enumerate(connection.execute(f"SELECT {_LINKED}, digest FROM record ORDER BY number").fetchall(), 1):
        *said, stored = row
        number, kind, file, sha256, source = said[:5]
        content, kept_back, before = said[-_LATER - 3 : -_LATER]
        place = (Place(file or ""),)
        facts = (("number", number), ("kind", kind))
        if before != previous or link(said) != stored or number != place_in_chain:
            found.append(Finding("chain-broken", place, facts=facts))
        own = (stated.pop(number, EMPTY), held.pop(number, EMPTY))
        if own != (content, kept_back) or number in wrong:
            found.append(Finding("entries-changed", place, facts=facts))
        if source and folder:
            found += _source(folder / "sources" / source, str(sha256), place)
        previous = stored
    strays = sorted({*stated, *held})
    return found + [Finding("entries-changed", facts=(("number", number),)) for number in strays]


_ABOUT = ", ".join(f"s.{name.strip()}" for name in SLICE.split(","))
_SAYS = ", ".join(f"e.{name.strip()}" for name in ENTRY.split(","))
_STATED = (
    f"SELECT e.submission, {_ABOUT}, {_SAYS} FROM entry e LEFT JOIN slice s ON s.number = e.slice ORDER BY e.number",
    f"SELECT record, {RATE} FROM rate ORDER BY record, position",
)
_HELD = (f"SELECT submission, {HELD} FROM held ORDER BY submission, position",)


def _contents(connection: sqlite3.Connection, questions: Iterable[str]) -> dict[int, str]:
    """The digest of what each record holds. Its rows stand together; a record that has more of them elsewhere gets no digest that fits."""
    found: dict[int, str] = {}
    for asked in questions:
        for number, rows in groupby(connection.execute(asked), key=itemgetter(0)):
            made = digest(row[1:] for row in rows)
            found[number] = f"{found[number]} {made}" if number in found else made
    return found


def _wrong_keys(connection: sqlite3.Connection) -> set[int]:
    """Submissions with a slice that is kept under another one's key: a later statement would not find it, and both would count."""
    asked = connection.execute(f"SELECT number, key, {SLICE} FROM slice")
    wrong = [number for number, key, *about in asked if slice_key(tuple(about)) != key]
    return {n for slice_ in wrong for (n,) in connection.execute("SELECT submission FROM entry WHERE slice = ?", (slice_,))}


def _source(path: Path, sha256: str, place: tuple[Place, ...]) -> list[Finding]:
    if not path.is_file():
        return [Finding("source-missing", place, facts=(("name", path.name),))]
    with path.open("rb") as file:
        same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    return [] if same else [Finding("source-changed", place, facts=(("name", path.name),))]


def content_of(rows: Sequence[tuple[Row, Row]]) -> str:
    """The digest of entries, as verify computes it from the tables."""
    return digest((*about, *says) for about, says in rows)
