"""Lines become judged rows: each is made alone, then held against what the other regions report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from budgettool.period import Period
from budgettool.terms import CHAIN

from .answer import Query, Row
from .book import Book, touches
from .lines import country, lines, periods
from .reform import Lineage
from .rows import MONEY, Line, row, since_january
from .status import status
from .territory import Ground
from .tolerance import Limit
from .total import total


@dataclass(frozen=True, slots=True)
class Desk:
    """What every row is made with; `expected` are links that may not be null, whoever else reports them."""

    book: Book
    register: Lineage
    limits: Mapping[str, Limit]
    expected: tuple[str, ...]

    @property
    def measures(self) -> tuple[str, ...]:
        """All money measures, and the further versions of them that are stated."""
        versions = sorted(name for name in self.book.by_measure if "." in name and name.partition(".")[0] in MONEY)
        return (*MONEY, *versions)

    def rows(self, asked: Sequence[Line]) -> list[Row]:
        """The rows of these lines, each judged beside the others."""
        measures = self.measures
        made = [row(line, measures, self.limits) for line in asked]
        return [self._judged(line, each, made) for line, each in zip(asked, made, strict=True)]

    def _judged(self, line: Line, made: Row, others: Sequence[Row]) -> Row:
        """The row with its status: links that other regions report for the period, or that are expected, may not be null."""
        peers = [other for other in others if other.region != made.region and _stands_beside(other, made)]
        wanted = {link for link in CHAIN if link in self.expected or any(peer.value(link) is not None for peer in peers)}
        found = status(made.amounts, made.findings, wanted, self.limits, since_january(line, self.limits))
        is_silent = "recipients" in self.expected and made.recipients is None and found != "disputed"
        return replace(made, status="incomplete" if is_silent else found)

    def asked(self, query: Query, own: Sequence[Ground]) -> list[Row]:
        """The rows that the query asks for, by region, then period, programme and provider."""
        made = [each for period in periods(self.book, query) for each in self._of_period(query, own, period)]
        order = {ground.group.region: place for place, ground in enumerate(own)}
        return sorted(made, key=lambda r: (order.get(r.region or "", -1), r.period, r.programme or "", r.provider or ""))

    def _of_period(self, query: Query, own: Sequence[Ground], period: Period) -> list[Row]:
        """The rows of one period; none where nobody says anything about it."""
        if not any(touches(figure, period) for figure in self.book.figures):
            return []
        made = self.rows([line for ground in own for line in lines(query, ground, period)])
        return made if "region" in query.by else list(self._over_regions(made, period))

    def _over_regions(self, made: Sequence[Row], period: Period) -> Iterator[Row]:
        """The country's rows, by programme and provider."""

        def key(each: Row) -> tuple[str, str]:
            return each.programme or "", each.provider or ""

        for (programme, provider), rows in groupby(sorted(made, key=key), key):
            yield replace(self.total(list(rows), Line(self._country, period, programme or None, provider or None)), region=self.register.home.country)

    @property
    def _country(self) -> Ground:
        return country(self.book, self.register)

    def total(self, rows: Sequence[Row], line: Line) -> Row:
        """The total of rows that tell regions apart, beside what is stated for the country itself."""
        own = self.of_country(line)
        return total(rows, own[0] if own else None, self.limits, line)

    def of_country(self, line: Line) -> list[Row]:
        """The row of what is stated for the country itself, if anything is."""
        said = any(touches(figure, line.period) for figure in self.book.by_region.get(self.register.home.country, ()))
        return self.rows([line]) if said else []


def _stands_beside(one: Row, other: Row) -> bool:
    return (one.period, one.programme, one.provider is None) == (other.period, other.programme, other.provider is None)
