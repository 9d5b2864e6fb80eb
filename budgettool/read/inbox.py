"""Which files of an inbox are to be read: in one order everywhere, without what programs leave beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from budgettool.findings import Finding, Place

_OTHERS = {".txt", ".md", ".toml", ".json", ".py", ".png", ".sqlite", ".log", ".pyc", ".jpg", ".svg"}
_LEFT_BY_PROGRAMS = {"thumbs.db", "desktop.ini", ".ds_store"}


@dataclass(frozen=True, slots=True)
class Inbox:
    """The files to read, in order, and what was found before any was opened."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def inbox(paths: Iterable[Path]) -> Inbox:
    """List the files of these paths: a file is itself, a folder what lies directly in it, sorted by name."""
    files: list[Path] = []
    findings: list[Finding] = []
    for path in paths:
        if path.is_dir():
            there, said = _in_folder(path)
            files += there
            findings += said
        elif path.exists():
            files.append(path)
        else:
            findings.append(Finding("file-missing", (Place(str(path)),)))
    return Inbox(tuple(dict.fromkeys(files)), tuple(findings))


def _in_folder(folder: Path) -> tuple[list[Path], list[Finding]]:
    entries = sorted(folder.iterdir(), key=lambda entry: unicodedata.normalize("NFC", entry.name))
    names = {unicodedata.normalize("NFC", entry.name): entry for entry in entries}
    files = [entry for entry in entries if entry.is_file() and _is_submission(entry.name)]
    open_elsewhere = dict.fromkeys(names[name] for entry in entries if (name := _locked(entry.name)) in names)
    findings = [Finding("file-open-elsewhere", (Place(str(path)),), facts=(("name", path.name),)) for path in open_elsewhere]
    if not files:
        findings.append(Finding("nothing-to-check", (Place(str(folder)),)))
    return files, findings


def _is_submission(name: str) -> bool:
    lower = name.lower()
    return not (lower.startswith((".", "~$")) or lower in _LEFT_BY_PROGRAMS or lower == "__init__.py" or Path(lower).suffix in _OTHERS)


def _locked(name: str) -> str:
    """The file that a lock file says is open: Excel's `~$report.xlsx` and LibreOffice's `.~lock.report.xlsx#`."""
    name = unicodedata.normalize("NFC", name)
    if name.startswith("~$"):
        return name[2:]
    return name[7:-1] if name.startswith(".~lock.") and name.endswith("#") else ""
