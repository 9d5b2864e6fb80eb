"""Where a command's figures come from: files that are read, a ledger on disk, or one in memory made of plain files.

A folder of plain files is taken as it stands: its spreadsheets (those of its `inbox` folder where it has
one) with its own `budgettool.toml`, and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgettool.commands._output import is_watched

if TYPE_CHECKING:
    from budgettool.classification import Register
    from budgettool.commands._asked import Options
    from budgettool.findings import Finding
    from budgettool.ledger import Ledger
    from budgettool.normalise import FileReading
    from budgettool.period import Period
    from budgettool.rates import Table
    from budgettool.read import File
    from budgettool.recognise import Hints
    from budgettool.settings import Settings
    from budgettool.terms.figure import Figure

WATCHED_FROM = 4
"""So many files make it worth to show how far the reading is."""

_CLEAR = "\r\x1b[K"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Files that were read, and what was found before any of them was opened."""

    readings: tuple[FileReading, ...]
    findings: tuple[Finding, ...]
    register: Register

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        return (*self.findings, *(finding for reading in self.readings for finding in reading.findings))


@dataclass(frozen=True, slots=True)
class Source:
    """A ledger to ask, with its settings and their folder, and what was found while it was made."""

    ledger: Ledger
    settings: Settings
    findings: tuple[Finding, ...] = ()
    folder: Path | None = None
    on_disk: bool = False

    @property
    def head(self) -> str | None:
        """The ledger's head as it is now; None for one in memory, whose head is of this moment only."""
        return self.ledger.head() if self.on_disk else None

    def figures(self) -> list[Figure]:
        return list(self.ledger.figures())

    def table(self) -> Table:
        """The shipped rates, with those that were imported into the ledger."""
        from budgettool.rates import Table

        return Table.shipped().with_rows(self.ledger.rates())


def gather(paths: Sequence[Path], options: Options, hints: Hints | None = None, settings: Settings | None = None) -> Gathered:
    """Read all files of these paths, one after the other; folders stand for what lies in them. Their regions are those of the settings."""
    from budgettool.normalise import read_file
    from budgettool.read import inbox
    from budgettool.recognise import Hints

    register = (settings or settings_for(options, paths)).register
    there = inbox(paths)
    said = hints or Hints()
    readings = tuple(read_file(path, hints=said, register=register) for path in watched(there.files, options))
    return Gathered(readings, there.findings, register)


def settings_for(options: Options, paths: Sequence[Path]) -> Settings:
    """The settings by which files are read: those of the ledger that is named or stood in, else of the folder that they lie in."""
    from budgettool.settings import load

    return load(home(options, paths))


def home(options: Options, paths: Sequence[Path]) -> Path | None:
    """The folder whose settings and forms hold for these files: the ledger's, else the one that they lie in."""
    from budgettool.ledger import Ledger

    folders = [path if path.is_dir() else path.parent for path in paths]
    beside = having_settings(folders) or having_settings([folder.parent for folder in folders if folder.name == "inbox"])
    return options.ledger or Ledger.find(Path.cwd()) or beside


def watched(files: Sequence[File], options: Options) -> Iterator[File]:
    """The files one by one, with progress on stderr where somebody sees it."""
    if options.quiet or not is_watched() or len(files) < WATCHED_FROM:
        yield from files
        return
    for number, path in enumerate(files, start=1):
        click.echo(f"{_CLEAR}{number}/{len(files)} {path.name}", nl=False, err=True)
        yield path
    click.echo(_CLEAR, nl=False, err=True)


def folder_of(options: Options) -> Path:
    """The ledger's folder: as asked, else found by walking up; refused where there is none."""
    from budgettool.findings import Exit, Refusal
    from budgettool.ledger import Ledger

    folder = options.ledger or Ledger.find(Path.cwd())
    if folder is None:
        raise Refusal("ledger-missing", Exit.LEDGER, folder=str(Path.cwd()))
    return folder


@contextmanager
def opened(options: Options, *, write: bool = False) -> Iterator[Source]:
    """The ledger on disk, with its settings."""
    from budgettool.ledger import Ledger
    from budgettool.settings import load

    folder = folder_of(options)
    with Ledger.open(folder, write=write) as ledger:
        yield Source(ledger, load(folder), folder=folder, on_disk=True)


def rate_table(options: Options) -> Table:
    """The rates that are known: the shipped ones, and those of the ledger where one is named or stood in."""
    from budgettool.ledger import Ledger
    from budgettool.rates import Table

    if options.ledger is None and Ledger.find(Path.cwd()) is None:
        return Table.shipped()
    with opened(options) as there:
        return there.table()


@contextmanager
def source(options: Options, paths: Sequence[Path]) -> Iterator[Source]:
    """The ledger on disk, or, where paths are given, one in memory made of the files there."""
    if not paths:
        with opened(options) as there:
            yield replace(there, findings=held_back_in(there.ledger))
        return
    with in_memory(options, paths) as made:
        yield made


def held_back_in(ledger: Ledger) -> tuple[Finding, ...]:
    """What was held back of the files that still count, once a file: figures made without it must not look whole."""
    from budgettool.findings import Finding, Place, Severity

    found = []
    for sent in ledger.submissions():
        if sent.held and sent.voided is None and (sent.counting or not sent.entries):
            at = tuple(dict.fromkeys(Place(sent.file, held.sheet, held.cell or str(held.row)) for held in sent.held))
            found.append(Finding("row-held", at, Severity.WARNING, count=len(at)))
    return tuple(found)


@contextmanager
def in_memory(options: Options, paths: Sequence[Path]) -> Iterator[Source]:
    """A ledger in memory of these files, posted in their order."""
    from budgettool.commands._forms import own
    from budgettool.ledger import Ledger
    from budgettool.recognise import Hints
    from budgettool.settings import load

    settings = load(having_settings(paths))
    gathered = gather([inbox_in(path) for path in paths], options, Hints(forms=own(having_settings(paths))), settings)
    found = list(gathered.all_findings)
    with Ledger.memory() as ledger:
        for reading in gathered.readings:
            if reading.entries:
                found += ledger.post(reading.submission()).findings
        yield Source(ledger, settings, tuple(found), folder=having_settings(paths))


def inbox_in(path: Path) -> Path:
    """The folder where the spreadsheets lie: `inbox` inside a folder that has one, else the path itself."""
    inner = path / "inbox"
    return inner if inner.is_dir() else path


@contextmanager
def checked_source(options: Options, path: Path | None) -> Iterator[Source]:
    """What `check` looks at: a ledger, by its folder or the one that is stood in, or plain files."""
    from budgettool.ledger import FILE

    if path is None or (path / FILE).is_file():
        with opened(replace(options, ledger=path or options.ledger)) as there:
            yield replace(there, findings=held_back_in(there.ledger))
        return
    with in_memory(options, [path]) as made:
        yield made


def having_settings(paths: Sequence[Path]) -> Path | None:
    """The one folder that has settings, among the given folders and those of the given files; wrong usage where two have."""
    from budgettool.settings import FILE

    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    having = [folder for folder in folders if (folder / FILE).is_file()]
    if len(having) > 1:
        raise click.UsageError(f"two of these folders have a {FILE}: {having[0]} and {having[1]}")
    return having[0] if having else None


def span(figures: Iterable[Figure]) -> Period | None:
    """The period that the figures cover: that of money that moved and of people, else of whatever there is."""
    from budgettool.period import Period
    from budgettool.terms import MEASURES

    there = list(figures)
    moved = [figure for figure in there if not MEASURES[figure.measure].plan] or there
    if not moved:
        return None
    return Period(min(figure.period.first for figure in moved), max(figure.period.last for figure in moved))
