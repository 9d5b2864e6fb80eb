"""Reforms as the shipped register knows them: Abai out of East Kazakhstan on 8 June 2022, Astana renamed twice."""

from __future__ import annotations

from budgettool.classification import Register
from budgettool.period import Period
from budgettool.reconcile import Query, reconcile
from reconcile_kit import Settings, figure


def rows(figures, period, territory="comparable"):
    query = Query(Period.parse(period), territory=territory)
    answer = reconcile(figures, query, register=Register.shipped(), settings=Settings())
    return [(row.region, row.territory, row.value("disbursement")) for row in answer.rows], answer


def test_a_year_with_a_reform_in_it():
    figures = [figure(f"2022-{month:02}", "disbursement", 10, "KZ-63") for month in range(1, 13)]
    figures += [figure(f"2022-{month:02}", "disbursement", 1, "KZ-10") for month in range(7, 13)]
    told, answer = rows(figures, "2022")
    assert told == [("KZ-63", ("KZ-63", "KZ-10"), 126)]
    assert answer.findings == ()
    assert [line[0] for line in rows(figures, "2022", "reported")[0]] == ["KZ-63", "KZ-10"]


def test_a_renamed_city_keeps_its_row():
    figures = [figure(str(year), "disbursement", 5, "KZ-71") for year in (2018, 2019, 2020)]
    assert rows(figures, "2018..2020")[0] == [("KZ-71", ("KZ-71",), 15)]


def test_a_region_that_was_larger_is_not_todays():
    told, answer = rows([figure("2021", "disbursement", 5, "KZ-63")], "2021", "today")
    assert told == [("KZ-63", ("KZ-63",), 5)]
    assert [(f.code, dict(f.facts)["regions"]) for f in answer.findings] == [("territory-not-divisible", ("KZ-63", "KZ-10"))]
    assert rows([figure("2023", "disbursement", 5, "KZ-63")], "2023", "today")[1].findings == ()


def test_rows_stand_in_the_order_of_the_register():
    figures = [figure("2023", "disbursement", 5, region) for region in ("KZ-79", "KZ-15", "KZ-10", "KZ-71")]
    order = [line[0] for line in rows(figures, "2023")[0]]
    assert order == sorted(order, key=Register.shipped().order)


def test_a_count_over_several_years_asks_no_money_of_a_unit_before_its_time() -> None:
    figures = [
        *(figure("2016", name, 100, "KZ-51") for name in ("transfer", "receipt")),
        *(figure("2019", name, 200, "KZ-61") for name in ("transfer", "receipt")),
        figure("2016..2019", "recipients", 7, "KZ-61"),
    ]
    query = Query(period=Period.of_years(2016, 2019), by=("region", "year"))
    rows = {str(row.period): row.value("transfer") for row in reconcile(figures, query, register=Register.shipped(), settings=Settings()).rows}
    assert (rows["2016"], rows["2019"]) == (100, 200)
