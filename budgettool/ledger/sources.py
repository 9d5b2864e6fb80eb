"""The files behind the figures, kept by their digest and never changed: written aside, renamed, read-only."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from budgettool.findings import Exit, Refusal

FOLDER = "sources"


def name_of(file: str, sha256: str) -> str:
    """The name of a kept file: its digest, with the ending that it came with."""
    ending = PurePath(file).suffix.lower()
    return sha256 + (ending if ending.isascii() and ending[1:].isalnum() and len(ending) <= 6 else "")


def keep(folder: Path, name: str, content: bytes) -> None:
    """Keep a file, unless it is there already; raises Refusal where the folder can't be written."""
    path = folder / FOLDER / name
    if path.exists():
        return
    aside = path.with_name(f".{name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(exist_ok=True)
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(0o444)
        aside.replace(path)
        _settle(path.parent)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise Refusal("ledger-not-writable", Exit.LEDGER, folder=str(folder), reason=error.strerror or "it can't be written") from error


def _settle(folder: Path) -> None:
    """Have the new name itself on the disk before a record speaks of it; not every system lets a folder be opened for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
