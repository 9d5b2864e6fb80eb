"""Published claims beside the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pytest

from budgettool.claims import Figures, Verdict, judge
from budgettool.findings import Severity
from budgettool.period import Period
from budgettool.rates import Table
from budgettool.terms import Qualifier
from budgettool.terms.rate import YEAR, Rate

OVER, ABOUT, UNDER = Qualifier.MORE_THAN, Qualifier.ABOUT, Qualifier.LESS_THAN
SPAN = Period.parse("2016..2019")


@dataclass(frozen=True, slots=True)
class Published:
    """The fields of a claim as the settings give it."""

    name: str
    period: Period
    measure: str
    value: Decimal
    unit: str = "KZT"
    qualifier: Qualifier | None = None
    region: str | None = None
    of: str | None = None
    source: str | None = None


MONEY = Published("money", SPAN, "allocation", Decimal(288300000), qualifier=OVER)
DOLLARS = Published("dollars", SPAN, "allocation", Decimal(720000), "USD", OVER, of="money")
PEOPLE = Published("people", SPAN, "recipients", Decimal(600), "person", ABOUT)
MONEY_2020 = Published("money 2020", Period.parse("2020"), "allocation", Decimal(101000000))
DOLLARS_2020 = Published("dollars 2020", Period.parse("2020"), "allocation", Decimal(252000), "USD", OVER, of="money 2020")
ALL = (MONEY, DOLLARS, PEOPLE, MONEY_2020, DOLLARS_2020)

LEDGER = {("allocation", "2016..2019"): "288300000", ("allocation", "2020"): "101000000", ("recipients", "2016..2019"): "600"}


def ledger(said: Mapping[tuple[str, str], str]) -> Figures:
    def figures(measure: str, period: Period, region: str | None) -> tuple[Decimal | None, str | None]:
        value = said.get((measure, str(period))) if region is None else None
        return (None, "not-stated") if value is None else (Decimal(value), None)

    return figures


def judged(*claims: Published, said: Mapping[tuple[str, str], str] = LEDGER, table: Table | None = None) -> dict[str, Verdict]:
    return {verdict.claim.name: verdict for verdict in judge(claims, ledger(said), table=table)}  # type: ignore[arg-type]


def facts(verdict: Verdict) -> dict[str, object]:
    return dict(verdict.how.facts)


def test_the_published_case() -> None:
    found = judged(*ALL)
    assert {name: (verdict.verdict, verdict.computed, verdict.low, verdict.high) for name, verdict in found.items()} == {
        "money": ("confirmed", Decimal(288300000), Decimal(288300000), Decimal(288400000)),
        "dollars": ("contradicted", Decimal("829133.12"), Decimal(720000), Decimal(730000)),
        "people": ("confirmed", Decimal(600), Decimal(550), Decimal(650)),
        "money 2020": ("confirmed", Decimal(101000000), Decimal("100999999.50"), Decimal("101000000.50")),
        "dollars 2020": ("contradicted", Decimal("244581.67"), Decimal(252000), Decimal(253000)),
    }
    assert [verdict.how.code for verdict in found.values()] == [
        "claim-confirmed",
        "claim-dollars",
        "claim-confirmed",
        "claim-confirmed",
        "claim-dollars",
    ]


def test_the_reckoning_names_what_does_give_the_dollars() -> None:
    how = facts(judged(*ALL)["dollars"])
    assert (how["average"], how["flat"], how["flat_result"]) == (Decimal("829133.12"), Decimal("400.00"), Decimal("720750.00"))
    assert (how["implied"], how["off"], how["split"]) == (Decimal("400.42"), Decimal("15.16"), "equal")
    assert (how["days_together"], how["day_rates_together"], how["flats_together"]) == (("2020-03-13",), ("399.24",), ("400",))
    searched, not_searched = how["searched"], how["not_searched"]
    assert isinstance(searched, tuple)
    assert isinstance(not_searched, tuple)
    assert (searched[0], not_searched[0]) == ("2015-03-30..2020-03-30", "2020-03-31..2022-01-13")


def test_one_claim_alone_has_nothing_to_agree_with() -> None:
    assert "days_together" not in facts(judged(MONEY, DOLLARS)["dollars"])


@pytest.mark.parametrize(
    ("qualifier", "computed", "verdict"),
    [
        (ABOUT, "550", "confirmed"),
        (ABOUT, "651", "contradicted"),
        (OVER, "600", "confirmed"),
        (OVER, "599", "contradicted"),
        (OVER, "700", "contradicted"),
        (UNDER, "600", "confirmed"),
        (UNDER, "601", "contradicted"),
        (None, "600", "confirmed"),
        (None, "601", "contradicted"),
    ],
)
def test_people_within_what_the_wording_leaves_open(qualifier: Qualifier | None, computed: str, verdict: str) -> None:
    claim = Published("people", SPAN, "recipients", Decimal(600), "person", qualifier)
    found = judged(claim, said={("recipients", "2016..2019"): computed})["people"]
    assert (found.verdict, found.how.code) == (verdict, f"claim-{verdict}")
    assert found.how.grade is (Severity.INFO if verdict == "confirmed" else Severity.ERROR)
    assert facts(found)["difference"] == Decimal(computed) - 600


def test_a_figure_that_the_ledger_lacks_decides_nothing() -> None:
    found = judged(PEOPLE, said={})["people"]
    assert (found.verdict, found.computed, facts(found)["reason"]) == ("not-decidable", None, "not-stated")


def test_dollars_of_a_claim_that_is_not_there_decide_nothing() -> None:
    found = judged(DOLLARS)["dollars"]
    assert (found.verdict, facts(found)["reason"]) == ("not-decidable", "claim-named-not-found")


def test_dollars_without_rates_decide_nothing_but_say_what_they_imply() -> None:
    found = judged(MONEY, DOLLARS, table=Table())["dollars"]
    assert (found.verdict, facts(found)["reason"], facts(found)["implied"]) == ("not-decidable", "rate-not-in-table", Decimal("400.42"))


def test_dollars_at_the_years_own_average_are_confirmed() -> None:
    claim = Published("dollars", Period.parse("2020"), "allocation", Decimal(244000), "USD", OVER, of="money 2020")
    found = judged(MONEY_2020, claim)["dollars"]
    assert (found.verdict, found.how.grade, found.computed) == ("confirmed", Severity.INFO, Decimal("244581.67"))


def test_the_ledgers_own_years_go_before_an_equal_split() -> None:
    said = LEDGER | {
        ("allocation", "2016"): "288300000",
        ("allocation", "2017"): "0",
        ("allocation", "2018"): "0",
        ("allocation", "2019"): "0",
    }
    found = judged(MONEY, DOLLARS, said=said)["dollars"]
    assert (found.computed, facts(found)["split"]) == (Decimal("842588.26"), "by-year")
    assert facts(found)["average"] == Decimal("829133.12")


def test_years_that_do_not_make_up_the_whole_are_not_used() -> None:
    said = LEDGER | {("allocation", str(year)): "1" for year in range(2016, 2020)}
    assert facts(judged(MONEY, DOLLARS, said=said)["dollars"])["split"] == "equal"


def test_dollars_of_the_ledgers_own_money_where_no_claim_is_named() -> None:
    table = Table.of([Rate("USD", "KZT", Period.of_year(2020), YEAR, Decimal(400))])
    claim = Published("dollars", Period.parse("2020"), "allocation", Decimal(252500), "USD")
    assert judged(claim, table=table)["dollars"].verdict == "confirmed"
    assert judged(claim, said={}, table=table)["dollars"].verdict == "not-decidable"
