"""`rates`: the group of commands about exchange rates, one a file."""

from __future__ import annotations

import click

from budgettool.commands._drawer import RatesDrawer


@click.command("rates", cls=RatesDrawer)
def command() -> None:
    """List, import, apply and explain exchange rates."""
