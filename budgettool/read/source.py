"""The bytes of a file, once: a path becomes a source with its digest, which every reader opens anew without copying.

Files of ordinary size are kept in memory, since the ledger keeps them too; larger ones are read from the disk.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from budgettool.findings import Fact, Finding, Place
from budgettool.read.sheet import Sheet

KEPT_IN_MEMORY = 200 * 2**20
_HEAD = 4096


class Stop(Exception):
    """Nothing of the file can be read; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def stopped(code: str, name: str, *, sheet: str = "", cell: str = "", **facts: Fact) -> Stop:
    """The reason to stop, placed at a file, with its facts sorted by name."""
    return Stop(Finding(code, (Place(name, sheet, cell),), facts=tuple(sorted(facts.items()))))


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it lies on the disk: `content` is None where it is too large to be kept in memory."""

    name: str
    path: Path
    sha256: str
    head: bytes
    size: int
    content: bytes | None = field(default=None, repr=False)

    def open(self) -> BinaryIO:
        return self.path.open("rb") if self.content is None else BytesIO(self.content)


@dataclass(frozen=True, slots=True)
class Note:
    """A text beside the cells: a comment, a header line of the page, the text of a drawing."""

    text: str
    sheet: str = ""
    cell: str = ""


@dataclass(slots=True)
class Draft:
    """What a reader made of a file, before personal numbers are taken out: visible and hidden sheets, texts beside cells."""

    sheets: list[Sheet] = field(default_factory=list)
    hidden: list[Sheet] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def load(path: Path, name: str) -> Source:
    """Read a file; raises Stop where it is missing, empty or can't be opened."""
    try:
        return _loaded(path, name)
    except FileNotFoundError as error:
        raise stopped("file-missing", name) from error
    except IsADirectoryError as error:
        raise stopped("unreadable", name, reason="it is a folder") from error
    except OSError as error:
        raise stopped("unreadable", name, reason="it can't be opened") from error


def _loaded(path: Path, name: str) -> Source:
    size = path.stat().st_size
    if size > KEPT_IN_MEMORY:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            file.seek(0)
            return Source(name, path, hashlib.file_digest(file, "sha256").hexdigest(), head, size)
    return of_bytes(path.read_bytes(), path, name)


def of_bytes(content: bytes, path: Path, name: str) -> Source:
    """A file whose bytes are at hand, such as one of an archive at this path; raises Stop where it is empty."""
    if not content.strip(b"\0"):
        raise stopped("unreadable", name, reason="it is empty")
    return Source(name, path, hashlib.sha256(content).hexdigest(), content[:_HEAD], len(content), content)
