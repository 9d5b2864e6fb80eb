"""The engine: opens the one file of a ledger, and turns what SQLite says into refusals that name the ledger.

Everything that is particular to SQLite's files stands here: how a connection is set up, how long it waits
for another command, and which of its errors mean locked, damaged, missing, newer or not writable.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

from budgettool.findings import Exit, Refusal

SCHEMA = 2
"""The schema that this version reads and writes; an older one is brought up to it when it is opened."""

_STEPS = {
    2: (
        "ALTER TABLE record ADD COLUMN form TEXT",
        "ALTER TABLE record ADD COLUMN form_text TEXT",
        "CREATE INDEX IF NOT EXISTS entry_submission ON entry (submission, slice)",
    )
}
"""What brings a ledger to each schema. Steps only add: no record, and no digest of one, is changed."""

FILE = "ledger.sqlite"
WAIT = 5.0
"""Seconds that a command waits for another one that is writing."""

_CACHE = 65536
"""KiB of pages in memory: a submission of 100,000 entries fits in, and reaches the disk once, when it is whole."""

_APPLICATION = 0x42544C31  # "BTL1": marks the file as a ledger for whoever asks what it is


@cache
def text(name: str) -> str:
    """A text of SQL that stands beside this module."""
    return files("budgettool.ledger").joinpath(f"{name}.sql").read_text("utf-8")


def in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _build(connection)
    return connection


def create(path: Path) -> sqlite3.Connection:
    """Make a new ledger file; one that holds anything is refused. A killed creation leaves an empty file, which may be filled."""
    with answering(path):
        connection = _connect(path, "rwc")
        connection.execute("BEGIN IMMEDIATE")
        try:
            if connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
                raise Refusal("ledger-exists", Exit.REFUSED, folder=str(path.parent))
            _build(connection)
            connection.execute("COMMIT")
        except BaseException:
            _abandon(connection)
            connection.close()
            raise
        return connection


def open_file(path: Path, *, write: bool) -> sqlite3.Connection:
    """Open a ledger that is there. A reading connection can change nothing, but may roll back what a killed command left half done."""
    if not path.is_file():
        raise Refusal("ledger-missing", Exit.LEDGER, folder=str(path.parent))
    with answering(path):
        connection = _connect(path, "rw")
        try:
            _prove_schema(connection, path)
            if not write:
                connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
        return connection


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=WAIT, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    return connection


def _build(connection: sqlite3.Connection) -> None:
    """Make the tables, statement by statement: executescript would commit a transaction that is open."""
    statement = ""
    for line in text("schema").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")


def _prove_schema(connection: sqlite3.Connection, path: Path) -> None:
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    if mark != _APPLICATION or found < 1:
        raise Refusal("ledger-damaged", Exit.LEDGER, folder=str(path.parent), reason=f"{path.name} is no ledger")
    if found > SCHEMA:
        raise Refusal("ledger-newer", Exit.LEDGER, folder=str(path.parent), found=found, known=SCHEMA)
    if found < SCHEMA:
        _bring_up(connection)


def _bring_up(connection: sqlite3.Connection) -> None:
    """Bring an older ledger up to the schema of this version, in one transaction; another command may have done so meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        for number in range(found + 1, SCHEMA + 1):
            for statement in _STEPS[number]:
                connection.execute(statement)
        connection.execute(f"UPDATE schema_number SET number = {SCHEMA}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")
    except BaseException:
        _abandon(connection)
        raise


@contextmanager
def reading(connection: sqlite3.Connection, path: Path | None) -> Iterator[None]:
    """See one state of the ledger throughout, whatever others post meanwhile."""
    with answering(path):
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            _abandon(connection)


@contextmanager
def writing(connection: sqlite3.Connection, path: Path | None) -> Iterator[None]:
    """Do all of it or nothing; waits for another command that is writing, then refuses."""
    with answering(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            _abandon(connection)
            raise


def _abandon(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


@contextmanager
def answering(path: Path | None) -> Iterator[None]:
    """Turn the engine's errors about the file into refusals; errors of our own SQL stay what they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        refusal = _refusal(error, path)
        if refusal is None:
            raise
        raise refusal from error


def prove_whole(connection: sqlite3.Connection, path: Path | None) -> None:
    """Refuse a file whose tables and indices contradict each other: figures are answered from an index, and proven from a table."""
    said = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if said != "ok":
        raise Refusal("ledger-damaged", Exit.LEDGER, folder=str(path.parent) if path else "", reason=said.splitlines()[-1])


def _refusal(error: sqlite3.DatabaseError, path: Path | None) -> Refusal | None:
    name = getattr(error, "sqlite_errorname", "")
    folder = str(path.parent) if path else ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        holder = _holder(path)
        reason = f"PID {holder}" if holder else ""
        return Refusal("ledger-locked", Exit.LEDGER, folder=folder, **({"reason": reason} if reason else {}))
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")) or "decode to UTF-8" in str(error):
        return Refusal("ledger-damaged", Exit.LEDGER, folder=folder, reason=str(error))
    if name.startswith("SQLITE_CANTOPEN") and path and not path.parent.is_dir():
        return Refusal("ledger-missing", Exit.LEDGER, folder=folder)
    if name.startswith(("SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return Refusal("ledger-not-writable", Exit.LEDGER, folder=folder, reason=str(error))
    return None


def _holder(path: Path | None) -> int | None:
    """The process that holds a lock on the file, where the system tells it (Linux); the file is not opened, which would end locks of our own."""
    try:
        inode = str(path.stat().st_ino) if path else ""
        lines = Path("/proc/locks").read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    for line in lines:
        fields = line.split()  # "1: POSIX ADVISORY WRITE 4711 08:01:131074 1073741824 1073741824"
        if len(fields) >= 6 and fields[3] == "WRITE" and fields[5].rpartition(":")[2] == inode:
            return int(fields[4])
    return None
