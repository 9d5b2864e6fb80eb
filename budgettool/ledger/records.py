"""What a ledger answers with: postings, submissions, records of the log, the state of each region and period."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from budgettool.findings import Fact, Finding
from budgettool.period import Period
from budgettool.terms import Entry
from budgettool.terms.place import Place


@dataclass(frozen=True, slots=True)
class Quarantined:
    """What an import held back: where it stands and why, never what it says. `cell` is None where the whole row was held."""

    sheet: str
    row: int
    cell: str | None
    code: str
    region: str | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Superseded:
    """One figure that no longer counts, and what counts now: `new_value` is None where nothing does."""

    measure: str
    version: str | None
    region: str | None
    programme: str | None
    provider: str | None
    period: Period
    cumulative: bool
    unit: str
    old: Place
    old_value: Decimal
    new: Place | None
    new_value: Decimal | None


@dataclass(frozen=True, slots=True)
class Posting:
    """What became of a submission. `number` is None where nothing was posted, and `same_as` names the file that states the same."""

    number: int | None
    entries: int = 0
    superseded: tuple[Superseded, ...] = ()
    same_as: str | None = None
    reread: bool = False
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Voiding:
    """What taking a record back did: `changed` lists each figure of it, and what counts again in its place."""

    number: int
    target: int
    file: str
    changed: tuple[Superseded, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SubmissionRecord:
    """One submission. `kept` says whether its source was stored, `counting` how many of its entries count today, `voided` which record took it back.

    `form` is the name of the form that it was read with.
    """

    number: int
    at: str
    file: str
    sha256: str
    kept: bool
    reporter: str | None
    entries: int
    counting: int
    content: str
    restate: str | None
    voided: int | None
    held: tuple[Quarantined, ...]
    form: str | None = None


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One record of the chain, oldest first; `facts` are what its kind has to say."""

    number: int
    kind: str
    at: str
    digest: str
    facts: tuple[tuple[str, Fact], ...]


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry as it stands in the ledger. `source` names the kept file in `sources/`, `counts` says whether it is part of a figure."""

    number: int
    submission: int
    file: str
    sha256: str
    source: str | None
    entry: Entry
    counts: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A region and a period: how many entries count, how many were superseded and held back, and whether it is closed.

    `region` or `period` is None where an import held a row back because it could not tell.
    """

    region: str | None
    period: Period | None
    entries: int
    superseded: int
    quarantined: int
    closed: bool
    files: tuple[str, ...]
