"""A drawer of commands becomes a group that knows each of them by its file's name, and loads it when it is called."""

from __future__ import annotations

import click

from budgettool import commands


class Drawer(click.Group):
    """The commands of a drawer; click asks for a subclass here. `within` names the group inside of which it lies."""

    within = ""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return commands.names(self.within)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return commands.load(cmd_name, self.within)


class RatesDrawer(Drawer):
    """The commands about exchange rates."""

    within = "rates"
