"""What a file does not state itself, said on the command line: `--unit "тыс. тенге"` becomes a hint for the reading."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from budgettool.commands._options import Body
from budgettool.commands._types import parsed_period

if TYPE_CHECKING:
    from budgettool.classification import Register
    from budgettool.commands._asked import Options
    from budgettool.formats import Page
    from budgettool.period import Period
    from budgettool.recognise import Hints
    from budgettool.terms import Unit

_HINTS = (
    click.option("--form", metavar="NAME", help="The form that the files follow: a name, a FILE.toml, or none: by their headings alone."),
    click.option("--region", metavar="REGION", help="The region of all figures, by name or code: Актюбинская, KZ-15."),
    click.option("--period", metavar="PERIOD", help="Their period, where none is stated: 2023-07, 2023-Q3, 2023, 2016..2019."),
    click.option("--unit", metavar="UNIT", help='Their unit, where none is stated: "тыс. тенге", KZT.'),
    click.option("--measure", metavar="MEASURE", help="What a column without a known heading measures: disbursement."),
    click.option("--reporter", metavar="REPORTER", help="Who states the figures: a region's code, ministry, a BIN."),
)
_HINT_NAMES = ("form", "region", "period", "unit", "measure", "reporter")


def hints(body: Body) -> Body:
    """Add the options that state what a file leaves out; the function gets them as `hints`."""

    @functools.wraps(body)
    def run(*given: Any, **named: Any) -> Page:
        options: Options = given[0]
        paths: tuple[Path, ...] = named.get("files") or named.get("paths") or ()
        return body(*given, hints=stated(options, paths, {name: named.pop(name) for name in _HINT_NAMES}), **named)

    for option in reversed(_HINTS):
        run = option(run)
    return run


def stated(options: Options, paths: Sequence[Path], said: Mapping[str, str | None]) -> Hints:
    """What was said beside these files, by the name of its option, understood; wrong usage for what has no meaning."""
    from budgettool.commands._forms import HEADINGS, named, own
    from budgettool.commands._sources import home, settings_for
    from budgettool.recognise import Hints

    form, region, period, unit, measure, reporter = (said.get(name) for name in _HINT_NAMES)
    forms = own(home(options, paths))
    span = parsed_period(period) if period else None
    register = settings_for(options, paths).register if region or reporter else None
    return Hints(
        region=_region(region, span, register) if region and register else None,
        period=span,
        unit=_unit(unit) if unit else None,
        measure=_measure(measure) if measure else None,
        reporter=_region(reporter, span, register, strict=False) if reporter and register else None,
        form=named(form, forms) if form and form != HEADINGS else None,
        forms=None if form == HEADINGS else forms,
    )


def _region(text: str, period: Period | None, register: Register, *, strict: bool = True) -> str:
    """The code of a region named on the command line; with `strict` off, a text that is none stays as it is (a reporter)."""
    match = register.resolve(text, period)
    if match.region is not None:
        return match.region
    if not strict:
        return text
    likely = ", ".join(match.candidates)
    raise click.BadParameter(f"{text!r} is no region" + (f"; nearest: {likely}" if likely else ""), param_hint="--region")


def _unit(text: str) -> Unit:
    from budgettool.terms.units import read_unit

    unit = read_unit(text)
    if unit is None:
        raise click.BadParameter(f'{text!r} is no unit: write KZT, "тыс. тенге", "млн тенге", person', param_hint="--unit")
    return unit


def _measure(text: str) -> str:
    """A measure, or a measure with its version: `recipients.planned`."""
    from budgettool.terms import MEASURES

    name, dot, version = text.partition(".")
    if name not in MEASURES or (dot and version not in MEASURES[name].versions):
        raise click.BadParameter(f"{text!r} is no measure: write one of {', '.join(MEASURES)}", param_hint="--measure")
    return text
