"""The ledger: entries are kept and never changed; what counts today is asked anew each time.

A ledger is a folder with one SQLite file, the sources by digest, and its settings. Nothing else in the
program knows the engine. A submission is posted in one transaction or not at all.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from budgettool.classification import Register
from budgettool.findings import Exit, Finding, Refusal
from budgettool.ledger import chain, engine, sources
from budgettool.ledger.answers import figure_of, held_of, log_record_of, rate_of, standings
from budgettool.ledger.bench import workbench
from budgettool.ledger.closing import closed, restated
from budgettool.ledger.engine import FILE
from budgettool.ledger.engine import text as sql
from budgettool.ledger.posting import post
from budgettool.ledger.records import LogRecord, Posted, Posting, Quarantined, Standing, SubmissionRecord, Superseded, Voiding
from budgettool.ledger.rows import HELD, RATE, days, digest, entry_of
from budgettool.ledger.senders import Remembered, Sender, last_form
from budgettool.ledger.supersession import counting, differences, stated_by
from budgettool.period import Period
from budgettool.settings import FILE as SETTINGS
from budgettool.settings import template
from budgettool.terms import Submission
from budgettool.terms.figure import Figure
from budgettool.terms.place import Place
from budgettool.terms.rate import Rate

__all__ = [
    "FILE",
    "Ledger",
    "LogRecord",
    "Posted",
    "Posting",
    "Quarantined",
    "Remembered",
    "Sender",
    "Standing",
    "SubmissionRecord",
    "Superseded",
    "Voiding",
]


def _now(at: datetime | None) -> str:
    return (at or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Ledger:
    """One ledger, on disk or in memory; a context manager that closes it."""

    def __init__(self, connection: sqlite3.Connection, folder: Path | None) -> None:
        self._connection = connection
        self._folder = folder
        self._path = folder / FILE if folder else None

    # ---- open and close

    @classmethod
    def create(cls, folder: Path) -> Ledger:
        """Make a ledger in a folder, with commented settings where it has none; raises Refusal where one is there."""
        file = folder / FILE
        if file.is_file() and (file.stat().st_size or any((folder / sources.FOLDER).glob("*"))):
            raise Refusal("ledger-exists", Exit.REFUSED, folder=str(folder))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / SETTINGS).exists():
                (folder / SETTINGS).write_text(template(), "utf-8", newline="\n")
        except OSError as error:
            reason = error.strerror or "it can't be written"
            raise Refusal("ledger-not-writable", Exit.LEDGER, folder=str(folder), reason=reason) from error
        return cls(engine.create(folder / FILE), folder)

    @classmethod
    def open(cls, folder: Path, *, write: bool = False) -> Ledger:
        """Open the ledger of a folder; raises Refusal where it is missing, damaged, newer or locked."""
        return cls(engine.open_file(folder / FILE, write=write), folder)

    @classmethod
    def memory(cls) -> Ledger:
        """The same in memory, for plain files."""
        return cls(engine.in_memory(), None)

    @staticmethod
    def find(start: Path) -> Path | None:
        """The nearest folder upwards that holds a ledger, as git finds its own."""
        return next((folder for folder in (start, *start.absolute().parents) if (folder / FILE).is_file()), None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close_file()

    def close_file(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # ---- record

    def post(
        self, submission: Submission, *, at: datetime | None = None, restate: str | None = None, held: Sequence[Quarantined] = ()
    ) -> Posting:
        """Post a submission, all of it or nothing; raises Refusal for a closed period without `restate`."""
        source = sources.name_of(submission.file, submission.sha256) if self._folder and submission.source is not None else None
        with engine.writing(self._connection, self._path):
            posting = post(self._connection, submission, at=_now(at), restate=restate, source=source, held=held)
            self._keep(source, submission.source)
            return posting

    def _keep(self, source: str | None, content: bytes | None) -> None:
        """Keep the source where a record names it, before it is committed; one that was lost is put back when its file comes again."""
        if self._folder is None or source is None or content is None:
            return
        if self._connection.execute("SELECT 1 FROM record WHERE source = ?", (source,)).fetchone():
            sources.keep(self._folder, source, content)

    def void(self, number: int, reason: str, *, at: datetime | None = None) -> Voiding:
        """Take a submission back; what it had replaced counts again."""
        with engine.writing(self._connection, self._path):
            row = self._connection.execute(_NOT_VOIDED, (number,)).fetchone()
            if row is None:
                raise Refusal("submission-missing", Exit.USAGE, number=number)
            slices = stated_by(self._connection, [number])
            before = counting(self._connection, slices)
            made = chain.append(self._connection, "voiding", _now(at), target=number, reason=reason)
            changed = differences(before, counting(self._connection, slices))
            said = restated(self._connection, {old.period for old in changed}, Place(str(row[0])), reason)
            return Voiding(made, number, str(row[0]), changed, tuple(said))

    def close(self, period: Period, *, at: datetime | None = None) -> None:
        """Freeze a period: no entry that ends in it is posted any more without a reason."""
        self._freeze("closing", period, None, at)

    def reopen(self, period: Period, reason: str, *, at: datetime | None = None) -> None:
        """Unfreeze a period, for a reason that stays on record."""
        self._freeze("reopening", period, reason, at)

    def _freeze(self, kind: str, period: Period, reason: str | None, at: datetime | None) -> None:
        first, last = days(period)
        with engine.writing(self._connection, self._path):
            chain.append(self._connection, kind, _now(at), period_first=first, period_last=last, reason=reason)

    def add_rates(self, rates: Iterable[Rate], *, file: str | None = None, at: datetime | None = None) -> None:
        """Keep rates that a user imported."""
        rows = [(r.base, r.quote, *days(r.period), r.kind, str(r.value), r.nominal, r.source) for r in rates]
        with engine.writing(self._connection, self._path):
            number = chain.append(self._connection, "rates", _now(at), file=file, entries=len(rows), content=digest(rows))
            marks = ", ".join("?" * 10)
            self._connection.executemany(
                f"INSERT INTO rate (record, position, {RATE}) VALUES ({marks})",
                [(number, i, *row) for i, row in enumerate(rows)],
            )

    # ---- ask

    def head(self) -> str:
        """The digest of the last record."""
        with engine.reading(self._connection, self._path):
            return chain.head(self._connection)

    def verify(self) -> list[Finding]:
        """Recompute the whole chain; nothing found means that nothing was changed. Raises Refusal where the file itself is damaged."""
        with engine.reading(self._connection, self._path):
            engine.prove_whole(self._connection, self._path)
            return chain.verify(self._connection, self._folder)

    def figures(self, *, within: Period | None = None) -> list[Figure]:
        """The figures that count: one for each slice and unit, with up to five of its cells."""
        condition = ""
        if within:
            first, last = days(within)
            condition = f"AND e.slice IN (SELECT s.number FROM slice s WHERE s.period_last >= '{first}' AND s.period_first <= '{last}')"
        head = sql("standing").replace("/*asked*/", condition)
        with engine.reading(self._connection, self._path):
            files = dict(self._connection.execute("SELECT number, file FROM record WHERE kind = 'submission'"))
            places: dict[tuple[int, str], list[Place]] = defaultdict(list)
            for slice_, unit, submission, sheet, cell in self._connection.execute(head + sql("places")):
                places[slice_, unit].append(Place(files[submission], sheet, cell))
            return [figure_of(row, places[row[0], row[12]]) for row in self._connection.execute(head + sql("figures"))]

    def entries(self, *, counting: bool = True) -> Iterator[Posted]:
        """Entries with where they came from, in the order of posting; those that no longer count as well, if asked."""
        wanted = "AND c.slice IS NOT NULL" if counting else ""
        with engine.reading(self._connection, self._path):
            rows = self._connection.execute(sql("standing") + sql("entries").replace("/*wanted*/", wanted)).fetchall()
        for row in rows:
            number, submission, file, sha256, source = row[:5]
            yield Posted(number, submission, file, sha256, source, entry_of(row[5:16], row[16:27]), bool(row[27]))

    def submissions(self) -> list[SubmissionRecord]:
        """All submissions, oldest first, voided ones too."""
        with engine.reading(self._connection, self._path):
            counts = dict(self._connection.execute(sql("standing") + _COUNTING))
            voided = dict(self._connection.execute("SELECT target, number FROM record WHERE kind = 'voiding'"))
            held = self._held()
            rows = self._connection.execute(_SUBMISSIONS).fetchall()
            return [
                SubmissionRecord(
                    n, at, file, sha, kept is not None, who, count, counts.get(n, 0), content, reason, voided.get(n), tuple(held[n]), form
                )
                for n, at, file, sha, kept, who, count, content, reason, form in rows
            ]

    def form_of(self, sender: Sender) -> Remembered | None:
        """The form that the last file of a sender was read with; None where it had none, or nothing came from there."""
        with engine.reading(self._connection, self._path):
            return last_form(self._connection, sender)

    def _held(self) -> dict[int, list[Quarantined]]:
        found: dict[int, list[Quarantined]] = defaultdict(list)
        for number, *row in self._connection.execute(f"SELECT submission, {HELD} FROM held ORDER BY submission, position"):
            found[number].append(held_of(row))
        return found

    def log(self) -> list[LogRecord]:
        """Everything that happened, oldest first."""
        with engine.reading(self._connection, self._path):
            asked = "SELECT number, kind, at, digest, file, entries, target, period_first, period_last, reason, form FROM record ORDER BY number"
            return [log_record_of(row) for row in self._connection.execute(asked)]

    def rates(self) -> list[Rate]:
        """The rates that the user imported, in their order."""
        with engine.reading(self._connection, self._path):
            asked = f"SELECT {RATE} FROM rate WHERE record IN (SELECT number FROM record WHERE kind = 'rates') ORDER BY record, position"
            rows = self._connection.execute(asked).fetchall()
        return [rate_of(row) for row in rows]

    def closed(self) -> list[Period]:
        """The periods that are closed now."""
        with engine.reading(self._connection, self._path):
            return closed(self._connection)

    def status(self) -> list[Standing]:
        """Regions and periods: how many entries count, were superseded, were held back."""
        with engine.reading(self._connection, self._path):
            rows = self._connection.execute(sql("standing") + sql("status")).fetchall()
            return standings(rows, self.submissions(), closed(self._connection))

    def workbench(self, figures: Iterable[Figure], register: Register | None = None) -> AbstractContextManager[sqlite3.Connection]:
        """An in-memory, read-only SQLite on which checks are asked."""
        return workbench(figures, register)


_COUNTING = (
    " SELECT e.submission, COUNT(*) FROM entry e JOIN standing c ON c.slice = e.slice AND c.submission = e.submission GROUP BY e.submission"
)
_SUBMISSIONS = "SELECT number, at, file, sha256, source, reporter, entries, content, reason, form FROM record WHERE kind = 'submission' ORDER BY number"
_NOT_VOIDED = (
    "SELECT file FROM record WHERE number = ? AND kind = 'submission' AND number NOT IN (SELECT target FROM record WHERE kind = 'voiding')"
)
