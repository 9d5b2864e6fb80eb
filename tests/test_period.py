"""A period is a span of whole days, printed in one way and read back from it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgettool.period import Period

days = st.dates(date(1990, 1, 1), date(2099, 12, 31))
periods = st.builds(lambda one, other: Period(min(one, other), max(one, other)), days, days)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2016..2019", "2016-01-01", "2019-12-31"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2019-01..2019-06", "2019-01-01", "2019-06-30"),
        ("2019-03-05", "2019-03-05", "2019-03-05"),
        ("2019-03-05..2019-04-01", "2019-03-05", "2019-04-01"),
    ],
)
def test_each_printed_form_is_its_days(text: str, first: str, last: str) -> None:
    period = Period.parse(text)
    assert (period.first.isoformat(), period.last.isoformat(), str(period)) == (first, last, text)


@given(periods)
def test_what_is_printed_is_read_back(period: Period) -> None:
    assert Period.parse(str(period)) == period


def test_the_same_days_are_the_same_period() -> None:
    assert str(Period.parse("2019-01..2019-03")) == "2019-Q1"
    assert str(Period.parse("2019-01..2019-12")) == "2019"


@pytest.mark.parametrize("text", ["", "2019-13", "2019-00", "19", "2019-Q5", "2019-02-30", "март 2019", "2019..", "2019..2018"])
def test_nothing_else_is_read(text: str) -> None:
    with pytest.raises(ValueError):
        Period.parse(text)


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError):
        Period(date(2019, 2, 1), date(2019, 1, 31))


@given(periods, periods)
def test_overlapping_is_sharing_days(one: Period, other: Period) -> None:
    shared = one.clipped_to(other)
    assert one.overlaps(other) == other.overlaps(one) == (shared is not None)
    if shared is not None:
        assert shared in one
        assert shared in other


@given(periods)
def test_months_and_years_cover_a_period(period: Period) -> None:
    months, years = list(period.months()), list(period.years())
    assert months[0].first <= period.first
    assert months[-1].last >= period.last
    assert all(one.last < other.first and (other.first - one.last).days == 1 for one, other in pairwise(months))
    assert [year.first.year for year in years] == list(range(period.first.year, period.last.year + 1))


def test_kinds_of_period_exclude_each_other() -> None:
    kinds = ("is_day", "is_month", "is_quarter", "is_year")
    for text, kind in (("2019-03-05", "is_day"), ("2019-03", "is_month"), ("2019-Q1", "is_quarter"), ("2019", "is_year")):
        assert [name for name in kinds if getattr(Period.parse(text), name)] == [kind]
    assert not any(getattr(Period.parse("2018-12..2019-02"), name) for name in kinds)
