"""`rates`: the group of commands about exchange rates, one a file."""

from __future__ import annotations

import click

from budgettool.commands.rates import convert, explain, import_, list_


@click.group("rates")
def command() -> None:
    """List, import, apply and explain exchange rates."""


for _part in (convert, explain, import_, list_):
    command.add_command(_part.command)
