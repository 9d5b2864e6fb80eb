"""The workbench: figures in an in-memory SQLite, read-only, on which checks are asked, whatever the ledger's engine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from budgettool.classification import Register
from budgettool.ledger.rows import days
from budgettool.terms.figure import Figure
from budgettool.terms.money import to_minor

_TABLES = """
CREATE TABLE figure (
    number INTEGER PRIMARY KEY, reporter TEXT, region TEXT, programme TEXT, funding TEXT, provider TEXT, measure TEXT NOT NULL, version TEXT,
    category TEXT, period_first TEXT NOT NULL, period_last TEXT NOT NULL, cumulative INTEGER NOT NULL, unit TEXT NOT NULL, amount INTEGER NOT NULL,
    resolution INTEGER NOT NULL, entries INTEGER NOT NULL, as_of TEXT, qualifier TEXT, submission INTEGER NOT NULL
) STRICT;
CREATE TABLE place (figure INTEGER NOT NULL, file TEXT NOT NULL, sheet TEXT NOT NULL, cell TEXT NOT NULL) STRICT;
CREATE TABLE region (id TEXT NOT NULL, valid_from TEXT, valid_to TEXT) STRICT;
CREATE INDEX place_figure ON place (figure);
CREATE INDEX figure_about ON figure (region, measure, period_first, period_last);
"""


@contextmanager
def workbench(figures: Iterable[Figure], register: Register | None = None) -> Iterator[sqlite3.Connection]:
    """The tables `figure`, `place` and `region` of `budgettool.check`, for the time of a `with`."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript(_TABLES)
        units = (register or Register.shipped()).units
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO region VALUES (?, ?, ?)", [(u.id, _day(u.valid_from), _day(u.valid_to)) for u in units])
        for number, figure in enumerate(figures, 1):
            connection.execute(f"INSERT INTO figure VALUES ({', '.join('?' * 19)})", _row(number, figure))
            connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?)", [(number, p.file, p.sheet, p.cell) for p in figure.places])
        connection.execute("COMMIT")
        connection.execute("PRAGMA query_only = ON")
        yield connection
    finally:
        connection.close()


def _row(number: int, f: Figure) -> tuple[object, ...]:
    about = (number, f.reporter, f.region, f.programme, f.funding, f.provider, f.measure, f.version, f.category)
    amounts = (to_minor(f.value, f.unit), to_minor(f.resolution, f.unit))
    return (*about, *days(f.period), int(f.cumulative), f.unit, *amounts, f.entries, _day(f.as_of), f.qualifier and f.qualifier.value, f.submission)


def _day(day: object) -> str | None:
    return None if day is None else str(day)
