"""Paths become files to read: folders and archives stand for the reports that lie in them; lock files and system files are passed over."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from budgettool.findings import Fact, Finding, Place
from budgettool.read.reports import is_report
from budgettool.read.zipped import Member, members

File: TypeAlias = Path | Member
"""Something to read: a file on the disk, or one within an archive. Both have a `name`, and as text how findings call them."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Files in the order of the paths, within a folder by name; each once."""

    files: tuple[File, ...]
    findings: tuple[Finding, ...]


def inbox(paths: Iterable[Path]) -> Inbox:
    """What is to be read of these files, folders and archives; folders within a folder are not entered, those within an archive are."""
    files: dict[File, None] = {}
    findings: list[Finding] = []
    for path in paths:
        if path.is_dir():
            found, said = _folder(path)
        elif path.exists():
            found, said = _file(path)
        else:
            found, said = [], [Finding("file-missing", (Place(str(path)),))]
        files.update(dict.fromkeys(found))
        findings += said
    return Inbox(tuple(files), tuple(findings))


def _file(path: Path) -> tuple[list[File], list[Finding]]:
    inner = members(path)
    return ([path], []) if inner is None else ([*inner[0]], inner[1])


def _folder(folder: Path) -> tuple[list[File], list[Finding]]:
    try:
        entries = sorted(folder.iterdir(), key=lambda path: (unicodedata.normalize("NFC", path.name), path.name))
    except OSError:
        return [], [Finding("unreadable", (Place(str(folder)),), facts=(("reason", "it can't be opened"),))]
    files = [path for path in entries if is_report(path.name) and path.is_file()]
    findings = list(_open_elsewhere(entries, files))
    if not files:
        findings.append(Finding("nothing-to-check", (Place(str(folder)),)))
    found: list[File] = []
    for path in files:
        held, said = _file(path)
        found += held
        findings += said
    return found, findings


def _open_elsewhere(entries: Sequence[Path], files: Sequence[Path]) -> Iterator[Finding]:
    """One finding for each report that a lock file speaks of."""
    locks = {name for path in entries if (name := _locked(path.name))}
    for path in files:
        name = unicodedata.normalize("NFC", path.name)
        if any(name == lock or (len(lock) >= 4 and name.endswith(lock) and len(name) - len(lock) <= 2) for lock in locks):
            facts: tuple[tuple[str, Fact], ...] = (("name", path.name),)
            yield Finding("file-open-elsewhere", (Place(str(path)),), facts=facts)


def _locked(name: str) -> str:
    """The name of the file that a lock file is about; Excel cuts the first two letters of long names off."""
    name = unicodedata.normalize("NFC", name)
    if name.startswith("~$"):
        return name[2:]
    return name[7:-1] if name.startswith(".~lock.") and name.endswith("#") else ""
