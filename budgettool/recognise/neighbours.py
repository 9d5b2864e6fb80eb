"""What a short header means by the columns beside it and the title above it.

Below `Получатели услуг за 2022 год, чел.` the columns `план` and `факт` are planned and served people, no money; behind
`I кв. … IV кв.` the column `Год` sums the quarters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgettool.period import Period
from budgettool.period.written import Written
from budgettool.recognise.layout import Column, Context
from budgettool.recognise.vocabulary import read_header
from budgettool.terms import MEASURES, Kind

_OF_PEOPLE = {"allocation": ("recipients", "planned"), "disbursement": ("recipients", None)}
"""What `план` and `факт` are where people are spoken of."""
_PARTS = 2


def of_people(columns: list[Column], context: Context) -> list[Column]:
    """Columns of weak words (план, факт) count people where their own title speaks of people and of no money."""
    weak = [column for column in columns if column.weak and column.unit is None and (column.measure, column.version) in _plain()]
    if not weak or context.unit is not None or not _is_about_people(context.title):
        return columns
    if any(column.is_money and column not in weak for column in columns):
        return columns
    return [_counted(column) if column in weak else column for column in columns]


def _plain() -> set[tuple[str, None]]:
    return {(measure, None) for measure in _OF_PEOPLE}


def _counted(column: Column) -> Column:
    measure, version = _OF_PEOPLE[column.measure or ""]
    return replace(column, field=measure, measure=measure, version=version)


def _is_about_people(title: str) -> bool:
    named = [m.field.partition(".")[0] for m in read_header(title).meanings if m.kind == "measure"]
    return bool(named) and all(MEASURES[name].kind is Kind.PEOPLE for name in named)


def of_year(columns: list[Column]) -> list[Column]:
    """A column `Год` beside at least two columns of parts of one year is that year's sum, and no column of years."""
    parts = [column.written.period for column in columns if column.written is not None and not column.written.period.is_year]
    years = {period.first.year for period in parts if period.is_within_year}
    if len(parts) < _PARTS or len(years) != 1:
        return columns
    whole = Written(Period.of_year(years.pop()), None, None, 0, 0)
    return [replace(c, field=None, written=whole, total=True) if _is_bare_year(c, columns) else c for c in columns]


def _is_bare_year(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column of periods stands behind the parts of a year: one before them holds the year of each row."""
    first = min(c.index for c in columns if c.written is not None)
    return column.field == "period" and column.index > first
