"""Which rate a published pair implies, and which conventions give it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgettool.findings import Refusal
from budgettool.period import Period
from budgettool.rates import Explanation, Table, explain
from budgettool.rates.explaining import implied_by
from budgettool.terms import Qualifier
from budgettool.terms.rate import DAILY, Rate, to_step
from budgettool.terms.stated import Interval, Stated

FOUR_YEARS = Period.parse("2016..2019")
OVER_288 = Stated(Decimal(288300000), Qualifier.MORE_THAN)
OVER_720 = Stated(Decimal(720000), Qualifier.MORE_THAN)
OVER_252 = Stated(Decimal(252000), Qualifier.MORE_THAN)


def results(found: Explanation) -> dict[str, Decimal]:
    """basis or basis and span -> result."""
    return {outcome.basis if outcome.basis != "published" else str(outcome.span): outcome.result for outcome in found.outcomes}


@pytest.mark.parametrize(
    ("value", "qualifier", "low", "high"),
    [
        ("600", Qualifier.ABOUT, "550", "650"),
        ("720000", Qualifier.MORE_THAN, "720000", "730000"),
        ("288300000", Qualifier.MORE_THAN, "288300000", "288400000"),
        ("252000", Qualifier.LESS_THAN, "251000", "252000"),
        ("720000", None, "719999.5", "720000.5"),
        ("480500.00", None, "480499.995", "480500.005"),
        ("1.2E+6", None, "1199999.5", "1200000.5"),
        ("0", Qualifier.ABOUT, "-0.5", "0.5"),
    ],
)
def test_what_a_wording_leaves_open(value: str, qualifier: Qualifier | None, low: str, high: str) -> None:
    interval = Stated(Decimal(value), qualifier).interval
    assert (interval.low, interval.high) == (Fraction(low), Fraction(high))


def test_the_far_end_of_over_and_under_does_not_belong_to_it() -> None:
    assert Decimal(720000) in OVER_720.interval
    assert Decimal(730000) not in OVER_720.interval
    under = Stated(Decimal(720000), Qualifier.LESS_THAN).interval
    assert Decimal(710000) not in under
    assert Decimal(720000) in under


def test_the_overlap_of_intervals_keeps_open_ends() -> None:
    one, other = Interval(Fraction(1), Fraction(3), open_high=True), Interval(Fraction(2), Fraction(3))
    both = one.overlap(other)
    assert both == Interval(Fraction(2), Fraction(3), open_high=True)
    assert one.overlap(Interval(Fraction(3), Fraction(4))) is None
    assert other.overlap(Interval(Fraction(3), None)) == Interval(Fraction(3), Fraction(3))


def test_the_published_pair_of_four_years() -> None:
    found = explain(OVER_288, OVER_720, FOUR_YEARS)
    assert found.implied == Decimal("400.42")
    assert results(found) == {
        "average": Decimal("829133.12"),
        "end": Decimal("809812.42"),
        "mean-of-averages": Decimal("826299.42"),
        "last-day": Decimal("756335.59"),
        "span-mean": Decimal("826311.26"),
        "2020": Decimal("698147.48"),
        "2021": Decimal("676903.57"),
        "2022": Decimal("626507.60"),
        "2023": Decimal("632001.23"),
        "2024": Decimal("614764.59"),
    }
    assert not any(outcome.reproduces for outcome in found.outcomes)
    flat = found.flats[0]
    assert (flat.rate, flat.step, flat.result, flat.reproduces) == (Decimal("400.00"), 50, Decimal("720750.00"), True)


def test_only_one_official_day_gives_both_published_figures() -> None:
    one = explain(OVER_288, OVER_720, FOUR_YEARS)
    two = explain(Stated(Decimal(101000000)), OVER_252, Period.parse("2020"))
    assert (
        [(str(day.span), day.rate) for day in one.days]
        == [(str(day.span), day.rate) for day in two.days]
        == [("2020-03-13", Decimal("399.24"))]
    )
    assert results(two)["average"] == Decimal("244581.67")
    assert str(one.searched[0]) == "2015-03-30..2020-03-30"
    assert str(one.not_searched[0]) == "2020-03-31..2022-01-13"
    assert not any(gap.overlaps(run) for gap in one.not_searched for run in one.searched)


def test_a_pair_without_words_is_taken_as_written_else_as_rounded() -> None:
    found = explain(Decimal(288300000), Decimal(720000), FOUR_YEARS)
    assert (found.implied, found.reading) == (Decimal("400.42"), "rounded")
    assert found.flats[0].result == Decimal("720750.00")
    assert [str(average.span) for average in found.averages] == ["2020-06"]


def test_the_rate_of_a_day_is_found_by_every_convention_of_that_day() -> None:
    day = Period.parse("2019-03-05")
    official = Table.shipped().rates("USD", day)[0].value
    found = explain(Decimal(1000000), to_step(Fraction(1000000) / Fraction(official)), day)
    assert found.reading == "stated"
    assert [outcome.basis for outcome in found.outcomes if outcome.reproduces] == ["average", "end", "last-day", "span-mean"]
    assert day in [days.span for days in found.days]


def test_what_nothing_gives_is_said_with_the_nearest_round_rates() -> None:
    found = explain(Decimal(1000000), Stated(Decimal(800), Qualifier.ABOUT), Period.parse("2019"))
    assert not found.days
    assert all(not outcome.reproduces for outcome in found.outcomes)
    exact = explain(Decimal(1000000), Stated(Decimal("2497.11"), Qualifier.ABOUT), Period.parse("2019"))
    assert {flat.reproduces for flat in exact.flats} == {False}
    assert (exact.flats[0].rate, exact.flats[0].result) == (Decimal("400.00"), Decimal("2500.00"))


def test_days_in_a_row_with_one_rate_stand_together() -> None:
    days = {"2019-03-07": "377.10", "2019-03-08": "377.10", "2019-03-09": "377.10", "2019-03-11": "377.10", "2019-03-12": "377.80"}
    table = Table.of(Rate("USD", "KZT", Period.parse(day), DAILY, Decimal(value)) for day, value in days.items())
    found = explain(Decimal(1000000), Decimal("2651.82"), Period.parse("2019-03"), table=table)
    assert [str(day.span) for day in found.days] == ["2019-03-07..2019-03-09", "2019-03-11"]
    assert list(map(str, found.not_searched)) == ["2019-03-10"]


def test_a_pair_of_nothing_is_refused() -> None:
    with pytest.raises(Refusal, match="pair-not-positive"):
        explain(Decimal(1), Decimal(0), FOUR_YEARS)


amounts = st.decimals(min_value=1000, max_value=10**13, places=2)
rates = st.decimals(min_value="0.5", max_value=900, places=2)


@given(amounts, rates)
def test_the_true_rate_is_within_the_interval_and_the_implied_one_is_right(amount: Decimal, rate: Decimal) -> None:
    usd = to_step(Fraction(amount) / Fraction(rate))
    found = explain(amount, usd, Period.parse("2019"), table=Table())
    assert found.implied == to_step(Fraction(amount) / Fraction(usd))
    assert found.low <= rate
    assert found.high is None or rate <= found.high
    assert rate in implied_by(Stated(amount), Stated(usd))
    if found.high is not None and found.high - found.low < Decimal("0.001"):
        assert found.implied == rate


@given(amounts, rates, st.integers(1, 4), st.sampled_from(list(Qualifier)))
def test_rounding_away_digits_keeps_the_true_rate_within_the_interval(
    amount: Decimal, rate: Decimal, digits: int, qualifier: Qualifier
) -> None:
    """ "About", "over" and "under" are said of a figure of `digits` digits, rounded to the nearest, downwards or upwards."""
    exact = Fraction(amount) / Fraction(rate)
    unit = Fraction(10) ** (len(str(int(exact))) - digits)
    down = exact // unit
    units = {Qualifier.ABOUT: round(exact / unit), Qualifier.MORE_THAN: down, Qualifier.LESS_THAN: down + (exact % unit > 0)}[qualifier]
    said = Fraction(units) * unit
    published = Decimal(said.numerator) / Decimal(said.denominator)
    assert rate in implied_by(Stated(amount), Stated(published, qualifier))


@given(st.integers(100, 900), amounts)
def test_a_round_rate_is_found_again(rate: int, amount: Decimal) -> None:
    found = explain(amount, to_step(Fraction(amount) / rate), Period.parse("2019"), table=Table())
    assert any(flat.rate == rate and flat.reproduces for flat in found.flats) or (found.high or 0) - found.low > 3
