"""A heap of figures becomes a book: the transfer's money and the people, by measure, region, programme and provider.

Breakdowns (`category`), other currencies and the money of other funds are no links of the chain. A
figure without funding speaks of the transfer's money unless the same slice is stated for the republic's alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from budgettool.findings import Finding
from budgettool.period import Period
from budgettool.terms import KAZAKHSTAN, MEASURES, Home, Kind, Measure
from budgettool.terms.figure import Figure

from .answer import ZERO
from .contrasts import Subject
from .parts import Cells
from .spans import is_since_january, since_january
from .told import Asked, money

REPUBLIC = ("republic", "011")
BY_SUBPROGRAMME = {"011": "republic", "015": "local"}
"""The fund that the third part of a programme's code names, where no funding is stated."""

OTHER_FUNDING = "other-funding-apart"
_COUNTERPART = {"disbursement": "recipients", "recipients": "disbursement"}


@dataclass(frozen=True)
class Book:
    """The figures of the asked years by measure (`allocation`, `transfer.district`) and region; `apart` is money of other funds."""

    figures: tuple[Figure, ...]
    apart: tuple[Figure, ...]
    home: Home = KAZAKHSTAN

    @cached_property
    def by_measure(self) -> Mapping[str, Mapping[str, Cells]]:
        """Each measure's cells by region; `allocation` holds all versions that can be the allocation."""
        pages: dict[str, dict[str, dict[tuple[str | None, str | None], list[Figure]]]] = {}
        for figure in self.figures:
            for name in names(figure):
                cells = pages.setdefault(name, {}).setdefault(figure.region or self.home.country, {})
                cells.setdefault((figure.programme, figure.provider), []).append(figure)
        return pages

    @cached_property
    def by_region(self) -> Mapping[str, Sequence[Figure]]:
        """All figures of each region."""
        regions: dict[str, list[Figure]] = {}
        for figure in self.figures:
            regions.setdefault(figure.region or self.home.country, []).append(figure)
        return regions

    def cells(self, measure: str, region: str) -> Cells:
        return self.by_measure.get(measure, {}).get(region, {})

    def with_silent(self, measure: str, region: str, span: Period) -> Cells:
        """The cells of a region, with an empty one for each provider that paid for people whom it does not count, or the reverse.

        Left out, such a provider would make the cost of a recipient too high or too low without a word.
        """
        cells = self.cells(measure, region)
        counted = {provider for _, provider in cells if provider is not None}
        if (other := _COUNTERPART.get(measure)) is None or not any(_speaks(cells, name, span) for name in counted):
            return cells
        theirs = self.cells(other, region)
        named = {provider for _, provider in theirs if provider is not None} - counted
        return {**cells, **{(None, name): () for name in sorted(named) if _speaks(theirs, name, span)}}


def _speaks(cells: Cells, provider: str, span: Period) -> bool:
    """Whether a provider has a figure other than zero in the span."""
    return any(f.value != 0 and is_told_in(f, span) for (_, name), said in cells.items() if name == provider for f in said)


def names(figure: Figure) -> tuple[str, ...]:
    """The names under which a figure is asked for: its measure with its version, and plain `allocation` for a plan's versions."""
    name = figure.measure if figure.version is None else f"{figure.measure}.{figure.version}"
    if figure.measure == "allocation" and figure.version in ("approved", "revised", "corrected"):
        return ("allocation", name)
    return (name,)


def opened(figures: Iterable[Figure], home: Home) -> Book:
    """The book of these figures, the same for whatever order they come in."""
    chain: list[Figure] = []
    apart: list[Figure] = []
    for figure in sorted(figures, key=_order):
        measure = MEASURES.get(figure.measure)
        if measure is None or figure.category is not None or measure.kind is Kind.VOLUME or figure.unit != _unit(measure, home):
            continue
        (chain if funding(figure) in (None, *REPUBLIC) else apart).append(figure)
    return Book(tuple(_without_doubles(chain)), tuple(apart), home)


def _unit(measure: Measure, home: Home) -> str:
    return home.currency if measure.kind is Kind.MONEY else measure.unit


def _order(figure: Figure) -> tuple[object, ...]:
    texts = (figure.region, figure.measure, figure.version, figure.programme, figure.provider, figure.reporter, figure.funding)
    return (*(text or "" for text in texts), figure.period, figure.cumulative, figure.submission, figure.value, figure.places)


def funding(figure: Figure) -> str | None:
    """The fund that a figure speaks of: as stated, else as its subprogramme says."""
    if figure.funding is not None:
        return figure.funding
    codes = (figure.programme or "").split(".")
    return BY_SUBPROGRAMME.get(codes[2]) if len(codes) > 2 else None


def _without_doubles(figures: Iterable[Figure]) -> Iterable[Figure]:
    """Of a slice stated with and without its fund, the one with it."""
    slices: dict[Figure, Figure] = {}
    for figure in figures:
        key = replace(figure, funding=None, value=ZERO, resolution=ZERO, qualifier=None, as_of=None, entries=0, places=(), submission=0)
        if key not in slices or (slices[key].funding is None and figure.funding is not None):
            slices[key] = figure
    return slices.values()


def touches(figure: Figure, span: Period) -> bool:
    """Whether a figure says anything about days of the span."""
    period = since_january(figure.period.last) if is_since_january(figure) else figure.period
    return period.overlaps(span)


def is_told_in(figure: Figure, span: Period) -> bool:
    """Whether a figure is of the span: stated within it, or counted up to a day of it."""
    return figure.period.last in span if is_since_january(figure) else figure.period in span


def other_funding(book: Book, asked: Asked) -> list[Finding]:
    """The money of other funds in the span, one finding a fund and measure, with its sum where all of it can be made."""
    groups: dict[tuple[str, str], dict[tuple[str | None, ...], list[Figure]]] = {}
    for figure in book.apart:
        if is_told_in(figure, asked.span):
            cell = (figure.region, figure.programme, figure.provider, figure.version)
            groups.setdefault((funding(figure) or "", figure.measure), {}).setdefault(cell, []).append(figure)
    return [_apart(book, (fund, measure), cells, asked) for (fund, measure), cells in sorted(groups.items())]


def _apart(book: Book, about: tuple[str, str], cells: Mapping[tuple[str | None, ...], Sequence[Figure]], asked: Asked) -> Finding:
    fund, measure = about
    subject = Subject(measure, unit=book.home.currency, country=book.home.country)
    amounts = [money(cells[cell], subject, asked).amount.value for cell in sorted(cells, key=str)]
    known = [amount for amount in amounts if amount is not None]
    places = tuple(place for figures in cells.values() for figure in figures for place in figure.places)[:5]
    total = sum(known, ZERO) if len(known) == len(amounts) else None
    return Finding(OTHER_FUNDING, places, None, None, asked.span, None, total, (("funding", fund), *subject.facts()))
