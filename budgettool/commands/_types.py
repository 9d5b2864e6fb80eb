"""Words of the command line become values: languages, periods, exact amounts; wrong usage for what has no meaning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from decimal import Decimal

    from budgettool.period import Period

LANGUAGES = ("kk", "ru", "en")

PATH = click.Path(path_type=Path)
"""A path as given: whether it exists is for the street to say, so that the files beside it are still read."""


class LanguageType(click.ParamType):  # type: ignore[type-arg]
    """A language, or, where that is allowed, several with commas between; click asks for a subclass here."""

    name = "language"

    def __init__(self, *, several: bool) -> None:
        self.several = several

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "LANG,..." if self.several else f"[{'|'.join(LANGUAGES)}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        asked = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
        for name in asked:
            if name not in LANGUAGES:
                self.fail(f"{name!r} is none of {', '.join(LANGUAGES)}", param, ctx)
        if len(asked) > 1 and not self.several:
            self.fail("one language, please", param, ctx)
        return asked


def parsed_period(text: str) -> Period:
    """The period of an option, `2016..2019`; wrong usage for anything else."""
    from budgettool.period import Period

    try:
        return Period.parse(text)
    except ValueError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--period") from wrong


class PeriodType(click.ParamType):  # type: ignore[type-arg]
    """A period on the command line; click asks for a subclass here."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        return parsed_period(value) if isinstance(value, str) else value


PERIOD = PeriodType()


class AmountType(click.ParamType):  # type: ignore[type-arg]
    """An exact amount on the command line, `288300000` or `288 300 000,50`."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        from budgettool.terms.written import read_number

        read = read_number(value)
        if read is None or read.other is not None:
            self.fail(f"{value!r} is no amount that can be read in one way only", param, ctx)
        return read.value * read.scale


AMOUNT = AmountType()
