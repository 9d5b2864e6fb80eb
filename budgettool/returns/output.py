"""Bytes become a file: whole or not at all.

The new file is written beside the old one and takes its place in one step, so that a full disk or a
workbook that is open elsewhere leaves what was there before.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from budgettool.findings import Exit, Refusal


def write(path: Path, data: bytes) -> None:
    """Write `data` to `path`; raises Refusal where that can't be done, and then nothing has changed."""
    target = Path(os.path.realpath(path))
    _must_be_writable(path, target)
    aside = target.with_name(f".budgettool-{os.getpid()}.part")
    try:
        with aside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    except OSError as error:
        raise refused(path, error) from error
    finally:
        with suppress(OSError):
            aside.unlink()


def _must_be_writable(path: Path, target: Path) -> None:
    try:
        if target.is_dir():
            raise _refusal(path, "is-a-folder")
        if not target.parent.is_dir():
            raise _refusal(path, "no-such-folder")
        if target.exists() and not os.access(target, os.W_OK):
            raise _refusal(path, "not-permitted")
    except OSError as error:
        raise refused(path, error) from error


def refused(path: Path, error: OSError) -> Refusal:
    """The refusal to write a file for what the machine says."""
    return _refusal(path, error.strerror or type(error).__name__)


def _refusal(path: Path, reason: str) -> Refusal:
    return Refusal("output-not-writable", Exit.REFUSED, file=str(path), reason=reason)
