"""The options that every command has, gathered into one value, and the decorators that add them.

`@as_command(NAME)` stands above each command's function: it makes the click command, adds `--format`,
`--lang`, `--ledger` ..., hands them over as one `Options`, prints the page that the function returns and
makes the exit code.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from budgettool import formats
from budgettool.commands._types import PATH, LanguageType

if TYPE_CHECKING:
    from budgettool.formats import Page
    from budgettool.settings import Settings
    from budgettool.wording import Wording

SEVERITIES = ("error", "warning", "info")
MACHINE = ("json", "csv")
"""Formats that programs read: their language is `--lang` or English, whatever a folder's settings say."""

Body: TypeAlias = Callable[..., "Page"]


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked beside the command's own question; several languages only where a command writes them side by side."""

    format: str = "table"
    langs: tuple[str, ...] = ()
    quiet: bool = False
    verbose: bool = False
    fail_on: str = "error"
    ledger: Path | None = None

    @property
    def lang(self) -> str | None:
        """The language that was asked for, the first of several; None: none was."""
        return self.langs[0] if self.langs else None

    def words(self, settings: Settings | None = None) -> Wording:
        """The language of the answer: as asked, else as the settings say (for people only), else English."""
        from budgettool.wording import Wording

        said = settings.language if settings is not None and self.format not in MACHINE else None
        return Wording(self.lang or said or "en")


_LANG = "The language of sentences and headings."
_LANG_OF_SHEETS = "The languages of the workbook, a sheet each: kk,ru."


def _common(*, several: bool) -> list[click.Option]:
    """The options of every command, listed after its own."""
    return [
        click.Option(["--format"], type=click.Choice(formats.names()), default="table", show_default=True, help="How the result is printed."),
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
            from budgettool.commands._output import finish

            options = Options(**{name: given.pop(name) for name in _COMMON_NAMES})
            return finish(options, body(options, **given))

        made = click.command(name)(run)
        made.params += _common(several=several_languages)
        return made

    return decorate
