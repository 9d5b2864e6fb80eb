"""What one recipient cost, and when there is no such figure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from budgettool.findings import Exit, Refusal
from budgettool.period import Period
from budgettool.rates import Table, read_basis
from budgettool.reconcile.answer import Amount, Query, Reconciliation, Row
from budgettool.terms.rate import YEAR, Rate, to_step
from budgettool.value import per_head, percapita

MARCH = Period.parse("2019-03")


def row(
    region: str | None, paid: str | None, people: int | None, period: Period = MARCH, parts: tuple[tuple[Period, Decimal], ...] = ()
) -> Row:
    value = None if paid is None else Decimal(paid)
    amount = Amount(value, parts=parts or (() if value is None else ((period, value),)))
    territory = (region,) if region else ()
    return Row(
        region,
        territory,
        period,
        None,
        None,
        {"disbursement": amount},
        people,
        "stated" if people is not None else None,
        None,
        None,
        None,
        "matched",
    )


def answer(*rows: Row, total: Row, period: Period = MARCH, by: tuple[str, ...] = ("region",)) -> Reconciliation:
    return Reconciliation(Query(period, by), rows, total, ())


ZERO_OR_NONE = answer(
    row("KZ-15", "1500000.00", 0),
    row("KZ-35", "1500000.00", None),
    row("KZ-39", "0.00", 5),
    row("KZ-43", "0.00", 0),
    row("KZ-55", "1000000.00", 3),
    row("KZ-59", "500000.00", None),
    row("KZ-61", None, 4),
    total=row(None, "4500000.00", None),
)


def test_zero_and_missing_are_different_and_never_a_number() -> None:
    found = percapita(ZERO_OR_NONE)
    assert {line.region: (line.per_capita, line.reason) for line in found.rows} == {
        "KZ-15": (None, "nobody-served"),
        "KZ-35": (None, "no-count"),
        "KZ-39": (Decimal("0.00"), None),
        "KZ-43": (None, "nobody-served"),
        "KZ-55": (Decimal("333333.33"), None),
        "KZ-59": (None, "no-count"),
        "KZ-61": (None, "no-amount"),
    }
    assert str(found.rows[2].per_capita) == "0.00"


def test_the_total_is_null_while_one_count_is_missing_and_names_it() -> None:
    found = percapita(ZERO_OR_NONE)
    assert (found.total.per_capita, found.total.reason, found.total.missing) == (None, "incomplete", ("KZ-35", "KZ-59"))


def test_a_total_over_the_complete_regions_stands_beside_it_and_names_them() -> None:
    complete = percapita(ZERO_OR_NONE).complete
    assert complete is not None
    assert complete.territory == ("KZ-15", "KZ-39", "KZ-43", "KZ-55")
    assert (complete.amount, complete.recipients, complete.per_capita) == (Decimal("2500000.00"), 8, Decimal("312500.00"))


def test_people_are_never_added_over_periods_for_it() -> None:
    years = [row("KZ-15", "1.00", people, Period.of_year(year)) for year, people in ((2018, 1), (2019, None))]
    found = percapita(answer(*years, total=row(None, "2.00", None), by=("region", "year")))
    assert (found.total.reason, found.complete) == ("incomplete", None)


def test_a_total_without_any_count_has_no_count() -> None:
    found = percapita(answer(row("KZ-15", "1.00", None), total=row(None, "1.00", None)))
    assert (found.total.reason, found.complete) == ("no-count", None)


def test_the_total_is_all_money_for_all_people_and_no_mean_of_the_rows() -> None:
    """1.00 for 3 is 0.33, 2.00 for 1 is 2.00; together 3.00 for 4 is 0.75, and not the 1.17 between them."""
    found = percapita(answer(row("KZ-15", "1.00", 3), row("KZ-35", "2.00", 1), total=row(None, "3.00", 4)))
    assert [line.per_capita for line in found.rows] == [Decimal("0.33"), Decimal("2.00")]
    assert found.total.per_capita == Decimal("0.75")


@pytest.mark.parametrize(
    ("amount", "people", "expected"),
    [("288300000", 600, "480500.00"), ("1", 8, "0.13"), ("-1", 8, "-0.13"), ("0.01", 3, "0.00"), ("100", 3, "33.33")],
)
def test_a_quotient_is_rounded_once_halves_away_from_zero(amount: str, people: int, expected: str) -> None:
    assert per_head(Decimal(amount), people) == (Decimal(expected), None)


def test_dollars_of_each_year_and_their_reckoning() -> None:
    span = Period.parse("2017..2018")
    parts = tuple((Period.of_year(year), Decimal(100000)) for year in (2017, 2018))
    recon = answer(row("KZ-15", "200000", 3, span, parts), total=row(None, "200000", 3, span, parts), period=span)
    line = percapita(recon, currency="usd").rows[0]
    exact = Fraction(100000) / Fraction("326.00") + Fraction(100000) / Fraction("344.71")
    assert line.usd is not None
    assert (line.usd.amount, line.usd.rate) == (to_step(exact), None)
    assert line.usd_per_capita == to_step(exact / 3)
    assert [(str(part.span), part.amount, part.rate) for part in line.usd.parts] == [
        ("2017", Decimal("100000.00"), Decimal("326.00")),
        ("2018", Decimal("100000.00"), Decimal("344.71")),
    ]


def test_dollars_a_head_come_from_the_exact_amount_not_the_rounded_one() -> None:
    """2.00 tenge at 300 are 0.00666..., rounded 0.01; for one person 0.01, and for two 0.00333..., 0.00 and not 0.01."""
    table = Table.of([Rate("USD", "KZT", Period.of_year(2019), YEAR, Decimal(300))])
    span = Period.of_year(2019)
    recon = answer(row("KZ-15", "2.00", 2, span), total=row(None, "2.00", 2, span), period=span)
    line = percapita(recon, currency="USD", table=table).rows[0]
    assert line.usd is not None
    assert (line.usd.amount, line.usd_per_capita) == (Decimal("0.01"), Decimal("0.00"))


def test_no_rate_leaves_every_tenge_figure_and_one_finding() -> None:
    recon = answer(row("KZ-15", "90000.00", 3), row("KZ-35", "1.00", 1), total=row(None, "90001.00", 4))
    found = percapita(recon, currency="USD", table=Table())
    assert [(line.amount, line.per_capita, line.usd) for line in found.rows] == [
        (Decimal("90000.00"), Decimal("30000.00"), None),
        (Decimal("1.00"), Decimal("1.00"), None),
    ]
    assert [(finding.code, finding.count) for finding in found.findings] == [("rate-not-in-table", 2)]


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        percapita(ZERO_OR_NONE, currency="USX")
    assert (refused.value.code, refused.value.exit_code) == ("currency-unknown", Exit.USAGE)


def test_tenge_and_no_currency_convert_nothing() -> None:
    assert {line.usd for currency in (None, "KZT") for line in percapita(ZERO_OR_NONE, currency=currency).rows} == {None}


def test_parts_that_do_not_make_up_the_amount_are_not_used() -> None:
    span = Period.parse("2018..2019")
    odd = row("KZ-15", "200000", 3, span, ((Period.of_year(2018), Decimal(1)),))
    line = percapita(answer(odd, total=odd, period=span), currency="USD", basis=read_basis("average")).rows[0]
    assert line.usd is not None
    assert [part.amount for part in line.usd.parts] == [Decimal("100000.00")] * 2


def test_what_is_not_stated_has_no_amount() -> None:
    assert {line.reason for line in percapita(ZERO_OR_NONE, "transfer").rows} == {"no-amount"}
