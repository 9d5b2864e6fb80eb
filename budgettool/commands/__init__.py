"""The commands, one a file: `commands/inspect.py` holds `budgettool inspect`, as `command`.

A command computes a page and its findings; printing and the exit code are the same for all (`_output`),
the options that every command has too (`_options`), and so are the steps before a result: files that
are read, a ledger that is opened, or a ledger in memory from plain files (`_sources`). A name that is a
word of Python carries an underscore at its end (`import_`). The modules load nothing but click at their
top, so that `--help` costs nothing.
"""

from __future__ import annotations

import builtins
import pkgutil
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click


def names(within: str = "") -> list[str]:
    """The names of all commands, or of those within a group, sorted: one file each."""
    return [name.rstrip("_") for name in drawer(f"commands/{within}")]


def load(name: str, within: str = "") -> click.Command | None:
    """The command of this name, loaded now; None where there is none."""
    if name not in names(within):
        return None
    stem = f"{name}_" if iskeyword(name) or hasattr(builtins, name) else name
    command: click.Command = import_module(".".join(part for part in (__name__, within, stem) if part)).command
    return command


def drawer(folder: str) -> list[str]:
    """What lies in a drawer of the package, by name, without loading it."""
    found = (module.name for module in pkgutil.iter_modules([str(Path(__file__).parents[1] / folder)]))
    return sorted(name for name in found if not name.startswith("_"))
