"""The commands, one a file: `commands/inspect.py` holds `budgettool inspect`, as `command`.

A command computes a page and its findings; printing and the exit code are the same for all (`_output`),
the options that every command has too (`_options`), and so are the steps before a result: files that
are read, a ledger that is opened, or a ledger in memory from plain files (`_sources`). A name that is a
word of Python carries an underscore at its end (`import_`). The modules load nothing but click at their
top, so that `--help` costs nothing.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click


def names() -> list[str]:
    """The names of all commands, sorted: one file each."""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name.rstrip("_") for name in found if not name.startswith("_"))


def load(name: str) -> click.Command | None:
    """The command of this name, loaded now; None where there is none."""
    if name not in names():
        return None
    stem = f"{name}_" if iskeyword(name) else name
    command: click.Command = import_module(f"{__name__}.{stem}").command
    return command
