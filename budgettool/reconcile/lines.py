"""Which rows an answer has: the regions that speak of the span or should, times the asked periods, programmes, providers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from budgettool.period import Period
from budgettool.terms.figure import Figure

from .answer import Query
from .book import Book, is_told_in, touches
from .parts import is_under, roots
from .reform import Lineage
from .rows import Line
from .spans import is_since_january
from .territory import Ground, Group, groups


def regions(book: Book, span: Period, expected: Iterable[str], register: Lineage) -> list[str]:
    """The regions that speak of the span, and those of the book and the expected ones that existed then."""
    known = {*book.by_region, *expected}
    return sorted(r for r in known if r == register.home.country or register.existed(r, span) or _speaks(book, r, span))


def _speaks(book: Book, region: str, span: Period) -> bool:
    return any(touches(figure, span) for figure in book.by_region.get(region, ()))


def grounds(book: Book, span: Period, expected: Iterable[str], register: Lineage, territory: str) -> list[Ground]:
    """The ground of each row's regions, in the order of the register."""
    return [Ground(book, register, group) for group in groups(regions(book, span, expected, register), span, register, territory)]


def country(book: Book, register: Lineage) -> Ground:
    """The figures that are stated for the country itself."""
    whole = register.home.country
    return Ground(book, register, Group(whole, (whole,), (whole,)))


def periods(book: Book, query: Query) -> list[Period]:
    """The spans of the rows: the asked one, its years, or the finest regular ones (months, quarters, years) that are stated."""
    if "period" in query.by:
        return _finest(book, query.period)
    years = (year.clipped_to(query.period) for year in query.period.years())
    return [year for year in years if year is not None] if "year" in query.by else [query.period]


def _finest(book: Book, span: Period) -> list[Period]:
    within = [figure for figure in book.figures if is_told_in(figure, span)]
    months = [month.clipped_to(span) or month for month in span.months()]
    if any(_is_monthly(figure) for figure in within):
        return months
    if any(_is_quarterly(figure) for figure in within):
        quarters = dict.fromkeys(Period.of_quarter(month.first.year, (month.first.month + 2) // 3) for month in months)
        return [quarter.clipped_to(span) or quarter for quarter in quarters]
    return [year.clipped_to(span) or year for year in span.years()]


def _is_monthly(figure: Figure) -> bool:
    period = figure.period
    return period.is_day or period.is_month or (is_since_january(figure) and period.last.month % 3 != 0)


def _is_quarterly(figure: Figure) -> bool:
    period = figure.period
    return period.is_quarter or (period.is_whole_months and period.is_within_year and not period.is_year)


def lines(query: Query, ground: Ground, period: Period) -> Iterator[Line]:
    """The lines of one ground and period: one for each programme and provider that is asked for and speaks of it."""
    figures = [figure for region in ground.group.members for figure in ground.book.by_region.get(region, ()) if touches(figure, period)]
    for programme in _programmes(figures) if "programme" in query.by else [None]:
        providers = _providers(figures, programme) if "provider" in query.by else [None]
        for provider in providers:
            yield Line(ground, period, programme, provider)


def _programmes(figures: Sequence[Figure]) -> list[str | None]:
    return [*roots(figure.programme for figure in figures if figure.programme is not None)] or [None]


def _providers(figures: Sequence[Figure], programme: str | None) -> list[str | None]:
    names = {f.provider for f in figures if f.provider is not None and is_under(f.programme, programme)}
    return [*sorted(names)] or [None]
