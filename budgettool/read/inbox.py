"""Paths become files to read: folders stand for the reports that lie in them; lock files and system files are passed over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from budgettool.findings import Fact, Finding, Place

_SYSTEM = frozenset(("thumbs.db", "desktop.ini", "ehthumbs.db", "budgettool.toml"))
_OTHER = re.compile(
    r"\.(?:txt|md|toml|jsonl?|ya?ml|ini|cfg|log|py|sql|sh|bat|cmd|ps1|png|jpe?g|gif|bmp|svg|tiff?|webp|sqlite3?|db|lock|tmp|bak|part|crdownload"
    r"|lnk|url|eml|msg|exe|dll|msi|mp3|mp4|zip|rar|7z|gz|tar)"
)


@dataclass(frozen=True, slots=True)
class Inbox:
    """Files in the order of the paths, within a folder by name; each once."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def inbox(paths: Iterable[Path]) -> Inbox:
    """What is to be read of these files and folders; sub-folders are not entered."""
    files: dict[Path, None] = {}
    findings: list[Finding] = []
    for path in paths:
        if path.is_dir():
            found, said = _folder(path)
            files.update(dict.fromkeys(found))
            findings += said
        elif path.exists():
            files[path] = None
        else:
            findings.append(Finding("file-missing", (Place(str(path)),)))
    return Inbox(tuple(files), tuple(findings))


def _folder(folder: Path) -> tuple[list[Path], list[Finding]]:
    try:
        entries = sorted(folder.iterdir(), key=lambda path: (unicodedata.normalize("NFC", path.name), path.name))
    except OSError:
        return [], [Finding("unreadable", (Place(str(folder)),), facts=(("reason", "it can't be opened"),))]
    files = [path for path in entries if is_report(path.name) and path.is_file()]
    findings = list(_open_elsewhere(entries, files))
    if not files:
        findings.append(Finding("nothing-to-check", (Place(str(folder)),)))
    return files, findings


def is_report(name: str) -> bool:
    """Whether a file of this name in a folder may be a report: no lock, system, hidden or plainly other file."""
    lower = name.lower()
    return not (lower.startswith((".", "~$")) or lower in _SYSTEM or lower.endswith(("#", "~")) or _OTHER.fullmatch(Path(lower).suffix))


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
