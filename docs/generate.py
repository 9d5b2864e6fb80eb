"""Help texts become `docs/commands.md`: the manual is what the commands say of themselves.

python docs/generate.py            write docs/commands.md
python docs/generate.py --check    exit 1 if it is stale
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from budgettool.cli import cli

TARGET = Path(__file__).parent / "commands.md"
WIDTH = 100

INTRODUCTION = """# The commands

Made from the help texts by `python docs/generate.py`; a test fails where they differ. Every command
has the options of the last block of its help (`--format`, `--lang`, `--ledger` ...). Documents of
`--format json` are described by the schemas in `docs/schemas/`.
"""


def manual() -> str:
    """The whole manual."""
    top = click.Context(cli, info_name="budgettool", terminal_width=WIDTH, help_option_names=["-h", "--help"])
    return "\n".join([INTRODUCTION, *_sections(cli, top, level=2)])


def _sections(command: click.Command, context: click.Context, *, level: int) -> Iterator[str]:
    """A heading and the help of a command, then those of the commands in it."""
    yield f"{'#' * level} {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if not isinstance(command, click.Group):
        return
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        if inner is not None:
            yield from _sections(inner, click.Context(inner, info_name=name, parent=context, terminal_width=WIDTH), level=level + 1)


def main(arguments: list[str]) -> int:
    """Write the manual, or say whether the one that is there is stale."""
    text = manual()
    if "--check" not in arguments:
        TARGET.write_text(text, "utf-8")
        return 0
    stale = not TARGET.is_file() or TARGET.read_text("utf-8") != text
    if stale:
        print(f"{TARGET.name} is stale: run python docs/generate.py", file=sys.stderr)
    return int(stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
