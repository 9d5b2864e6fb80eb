"""The question of `reconcile`, `percapita`, `check` and `return`: which span, by what, over which territories, at which rates."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click

from budgettool.commands._options import Body
from budgettool.commands._types import PERIOD

if TYPE_CHECKING:
    from budgettool.commands._asked import Question
    from budgettool.commands._sources import Source
    from budgettool.formats import Page
    from budgettool.period import Period
    from budgettool.reconcile import Reconciliation

DIMENSIONS = ("region", "period", "year", "programme", "provider")
MONEY = ("disbursement", "receipt", "transfer", "allocation")
TERRITORIES = ("comparable", "reported", "today")


def _dimensions(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    """`region,year` as a tuple; wrong usage for what is no dimension."""
    asked = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    for name in asked:
        if name not in DIMENSIONS:
            raise click.BadParameter(f"{name!r} is none of {', '.join(DIMENSIONS)}", ctx, param)
    return asked


_BY = f"One row for each of these, commas between: {', '.join(DIMENSIONS)}."
_TERRITORY = "Regions over a reform: united so that they can be compared, as reported, or as today."


def question(body: Body) -> Body:
    """Add `--period`, `--by` and `--territory`; the function gets them as `asked`."""
    return click.option("--by", default="region", show_default=True, callback=_dimensions, metavar="WHAT,...", help=_BY)(question_of_regions(body))


def question_of_regions(body: Body) -> Body:
    """The same for what is always by region: without `--by`."""

    @click.option("--period", type=PERIOD, help="The span: 2023-07, 2023-Q3, 2023, 2016..2019; else all there is.")
    @click.option("--territory", type=click.Choice(TERRITORIES), default="comparable", show_default=True, help=_TERRITORY)
    @functools.wraps(body)
    def run(*given: Any, period: Period | None, territory: str, by: tuple[str, ...] = ("region",), **named: Any) -> Page:
        from budgettool.commands._asked import Question

        return body(*given, asked=Question(period, by, territory), **named)

    return run


def conversion(body: Body) -> Body:
    """Add `--currency` and `--basis`; the function gets them as `rates`."""

    @click.option("--currency", metavar="CODE", help="Also in this currency: USD, EUR.")
    @click.option("--basis", metavar="BASIS", help="average, end, date, on:DATE or fixed:RATE; else that of the settings.")
    @functools.wraps(body)
    def run(*given: Any, currency: str | None, basis: str | None, **named: Any) -> Page:
        from budgettool.commands._asked import Conversion

        return body(*given, rates=Conversion(currency, basis), **named)

    return run


def reconciled(there: Source, asked: Question) -> Reconciliation | None:
    """The reconciliation of a source; None where there is not one figure and no span was named."""
    from budgettool.commands._sources import span
    from budgettool.reconcile import Query, reconcile

    figures = there.figures()
    period = asked.period or span(figures)
    if period is None:
        return None
    query = Query(period=period, by=asked.by, territory=asked.territory)
    return reconcile(figures, query, register=there.settings.register, settings=there.settings)
