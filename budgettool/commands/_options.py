"""The options that every command has, gathered into one value, and the decorators that add them.

`@as_command(NAME)` stands above each command's function: it makes the click command, adds `--format`,
`--lang`, `--ledger` ..., hands them over as one `Options`, prints the page that the function returns and
makes the exit code.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from budgettool.commands import drawer
from budgettool.commands._types import PATH, LanguageType

if TYPE_CHECKING:
    from budgettool.formats import Page

SEVERITIES = ("error", "warning", "info")
Body: TypeAlias = Callable[..., "Page"]


_LANG = "The language of sentences and headings."
_LANG_OF_SHEETS = "The languages of the workbook, a sheet each: kk,ru."


def _common(*, several: bool) -> list[click.Option]:
    """The options of every command, listed after its own."""
    return [
        click.Option(["--format"], type=click.Choice(drawer("formats")), default="table", show_default=True, help="How the result is printed."),
        click.Option(["--lang", "langs"], type=LanguageType(several=several), default="", help=_LANG_OF_SHEETS if several else _LANG),
        click.Option(["--ledger"], type=PATH, envvar="BUDGETTOOL_LEDGER", metavar="DIR", help="The ledger; else the one that you stand in."),
        click.Option(["--fail-on"], type=click.Choice(SEVERITIES), default="error", show_default=True, help="What makes exit code 1."),
        click.Option(["-q", "--quiet"], is_flag=True, help="Only the result: no talk, no progress."),
        click.Option(["-v", "--verbose"], is_flag=True, help="More detail for people."),
    ]


_COMMON_NAMES = ("format", "langs", "ledger", "fail_on", "quiet", "verbose")


def as_command(name: str, *, several_languages: bool = False) -> Callable[[Body], click.Command]:
    """Make a click command of a function `(options, …) -> Page`; its page is printed, its findings make the exit code."""

    def decorate(body: Body) -> click.Command:
        @functools.wraps(body)
        def run(**given: Any) -> int:
            from budgettool.commands._asked import Options
            from budgettool.commands._output import finish

            options = Options(**{name: given.pop(name) for name in _COMMON_NAMES})
            return finish(options, body(options, **given))

        made = click.command(name)(run)
        made.params += _common(several=several_languages)
        return made

    return decorate
