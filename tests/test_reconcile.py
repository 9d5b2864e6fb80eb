"""The rules by which figures become the chain, one test a rule; money is in tenge."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from budgettool.period import Period
from budgettool.reconcile import Query
from budgettool.terms import Qualifier
from reconcile_kit import Settings, Tolerance, ask, codes, fact, figure

MONTHS = [figure("2019-01", "disbursement", 100), figure("2019-02", "disbursement", 150), figure("2019-03", "disbursement", 200)]
MONTHLY_PEOPLE = [figure("2019-01", "recipients", 10), figure("2019-02", "recipients", 12), figure("2019-03", "recipients", 11)]


def paid(figures, period, **kwargs):
    return ask(figures, period, **kwargs).rows[0].value("disbursement")


# money in a period


def test_months_add_up_to_a_quarter():
    assert paid(MONTHS, "2019-Q1") == 450


def test_cumulative_and_months_are_never_added():
    counted = figure("2019-01..2019-03 cumulative", "disbursement", 450)
    answer = ask([*MONTHS, counted], "2019-Q1")
    assert (answer.rows[0].value("disbursement"), answer.rows[0].status, answer.findings) == (450, "matched", ())


def test_cumulative_that_differs_disputes_the_row_and_the_months_are_shown():
    counted = figure("2019-01..2019-03 cumulative", "disbursement", 460)
    answer = ask([*MONTHS, counted], "2019-Q1")
    (found,) = answer.findings
    assert (found.code, found.expected, found.actual, found.at) == ("cumulative-differs-from-months", 450, 460, counted.places)
    assert (answer.rows[0].value("disbursement"), answer.rows[0].status) == (450, "disputed")
    assert (fact(found, "difference"), fact(found, "limit")) == (10, 0)


def test_cumulative_of_another_reporter_that_differs_is_the_same_finding():
    answer = ask([*MONTHS, figure("2019-01..2019-03 cumulative", "disbursement", 460, reporter=None)], "2019-Q1")
    assert codes(answer.findings) == ["cumulative-differs-from-months"]


def test_a_difference_that_carries_on_is_said_once():
    counted = [figure("2019-01..2019-02 cumulative", "disbursement", 255), figure("2019-01..2019-03 cumulative", "disbursement", 455)]
    (found,) = ask([*MONTHS, *counted], "2019-Q1").findings
    assert (found.expected, found.actual, str(found.period)) == (250, 255, "2019-01..2019-02")


def test_two_cumulative_figures_leave_what_lies_between_them():
    counted = [figure("2019-01..2019-03 cumulative", "disbursement", 450), figure("2019-01..2019-06 cumulative", "disbursement", 1000)]
    assert paid(counted, "2019-Q2") == 550
    assert paid(counted, "2019-01..2019-06") == 1000


def test_a_falling_cumulative_figure_gives_a_negative_month():
    counted = [figure("2019-01..2019-03 cumulative", "disbursement", 450), figure("2019-01..2019-04 cumulative", "disbursement", 400)]
    assert paid(counted, "2019-04") == -50


def test_january_in_period_serves_as_counted_since_january():
    figures = [figure("2019-01", "disbursement", 100), figure("2019-01..2019-02 cumulative", "disbursement", 250)]
    assert paid(figures, "2019-02") == 150


def test_missing_months_are_named():
    answer = ask([MONTHS[0], MONTHS[2]], "2019-Q1")
    amount = answer.rows[0].amounts["disbursement"]
    assert (amount.value, amount.reason, amount.missing) == (None, "months-missing", ("2019-02",))
    assert codes(answer.findings) == ["months-missing"]


def test_the_finest_complete_set_is_used_and_held_against_the_coarse_one():
    answer = ask([*MONTHS, figure("2019-Q1", "disbursement", 470)], "2019-Q1")
    assert answer.rows[0].value("disbursement") == 450
    assert [(f.code, f.expected, f.actual) for f in answer.findings] == [("cumulative-differs-from-months", 450, 470)]


def test_days_are_dated_events_and_add_up():
    days = [figure("2019-03-05", "disbursement", 40), figure("2019-03-20", "disbursement", 60), figure("2019-05-02", "disbursement", 7)]
    assert paid(days, "2019-03") == 100
    amount = ask(days, "2019").rows[0].amounts["disbursement"]
    assert amount.value == 107
    assert [(str(period), value) for period, value in amount.parts] == [("2019-03-05", 40), ("2019-03-20", 60), ("2019-05-02", 7)]


def test_days_do_not_stand_for_months_that_others_state():
    assert paid([MONTHS[0], figure("2019-03-05", "disbursement", 40)], "2019-Q1") is None
    assert paid([*MONTHS[:2], figure("2019-03-05", "disbursement", 40)], "2019-Q1") == 290


def test_a_span_over_years_is_made_year_by_year_with_its_parts():
    figures = [
        figure("2016", "disbursement", 10),
        figure("2017 cumulative", "disbursement", 20),
        *(figure(f"2018-Q{q}", "disbursement", q) for q in (1, 2, 3, 4)),
    ]
    amount = ask(figures, "2016..2018").rows[0].amounts["disbursement"]
    assert amount.value == 40
    assert [(str(period), value) for period, value in amount.parts] == [("2016", 10), ("2017", 20), ("2018", 10)]


def test_a_span_stated_as_a_whole_is_one_part():
    amount = ask([figure("2016..2019", "disbursement", 70)], "2016..2019").rows[0].amounts["disbursement"]
    assert (amount.value, [str(period) for period, _ in amount.parts]) == (70, ["2016..2019"])


def test_a_figure_outside_of_the_span_is_no_part_of_it():
    assert paid([figure("2019", "disbursement", 900)], "2019-Q1") is None


# allocation


def plan(figures, period):
    return ask(figures, period).rows[0].value("allocation")


def test_the_corrected_plan_counts_before_the_revised_and_the_approved_one():
    versions = {"approved": 1, "revised": 2, "corrected": 3}
    figures = [figure("2019", f"allocation.{version}", value) for version, value in versions.items()]
    assert [plan(figures[:n], "2019") for n in (1, 2, 3)] == [1, 2, 3]
    assert plan([figure("2019", "allocation", 9), *figures[:1]], "2019") == 1


def test_a_later_revision_counts_before_an_earlier_correction():
    revised = figure("2019", "allocation.revised", 2, as_of=date(2019, 9, 1))
    corrected = figure("2019", "allocation.corrected", 3, as_of=date(2019, 5, 1))
    assert plan([revised, corrected], "2019") == 2


def test_each_year_has_its_own_version():
    figures = [figure(year, "allocation.approved", 1) for year in ("2018", "2019")] + [figure("2019", "allocation.revised", 5)]
    assert plan(figures, "2018..2019") == 6


def test_monthly_plans_of_an_older_version_do_not_outdo_the_newer_plan():
    months = [figure(f"2019-{month:02}", "allocation.approved", 1) for month in range(1, 13)]
    assert plan([*months, figure("2019", "allocation.revised", 15)], "2019") == 15


def test_the_plan_of_the_year_is_shown_for_a_part_of_it_and_said():
    answer = ask([figure("2019", "allocation", 1200), figure("2019-03", "disbursement", 80)], "2019-03")
    row = answer.rows[0]
    assert row.value("allocation") == 1200
    assert "allocation-of-year" in codes(answer.findings)
    assert (row.amounts["plan_unpaid"].value, row.amounts["plan_unpaid"].reason) == (None, "allocation-of-year")


def test_the_versions_of_the_year_stand_beside_its_plan():
    figures = [figure("2019", "allocation.approved", 1000), figure("2019", "allocation.revised", 1200)]
    row = ask(figures, "2019-03").rows[0]
    assert [row.value(name) for name in ("allocation", "allocation.approved", "allocation.revised")] == [1200, 1000, 1200]


def test_what_is_unpaid_of_the_year_is_told_from_january_on():
    row = ask([figure("2019", "allocation", 1200), figure("2019-01..2019-03 cumulative", "disbursement", 450)], "2019-Q1").rows[0]
    assert row.value("plan_unpaid") == 750


def test_plan_of_payments_is_used_only_where_nothing_else_is():
    payments = figure("2019-03", "allocation.plan_payments", 90)
    answer = ask([payments], "2019-03")
    assert (answer.rows[0].value("allocation"), codes(answer.findings)) == (90, ["plan-of-payments-used"])
    assert plan([payments, figure("2019", "allocation", 1200)], "2019-03") == 1200
    assert ask([payments], "2019-03").rows[0].value("allocation.plan_payments") == 90
    assert ask([figure("2019-03", "allocation.plan_obligations", 90)], "2019-03").rows[0].value("allocation") is None


# None means all of it


def test_providers_add_up_to_the_region():
    figures = [figure("2019-03", "disbursement", 30, provider="A"), figure("2019-03", "disbursement", 70, provider="B")]
    assert paid(figures, "2019-03") == 100


def test_the_regions_own_figure_is_used_and_its_providers_held_against_it():
    figures = [figure("2019-03", "disbursement", 100), *(figure("2019-03", "disbursement", v, provider=p) for p, v in (("A", 30), ("B", 60)))]
    answer = ask(figures, "2019-03")
    (found,) = answer.findings
    assert (answer.rows[0].value("disbursement"), answer.rows[0].status) == (100, "disputed")
    assert (found.code, found.expected, found.actual, found.region) == ("parts-differ", 90, 100, "KZ-15")


def test_programmes_are_a_tree_of_codes():
    figures = [
        figure("2019", "disbursement", 100, programme="256.018"),
        figure("2019", "disbursement", 100, programme="256.018.011"),
        figure("2019", "disbursement", 7, programme="256.0181"),
    ]
    answer = ask(figures, "2019")
    assert (answer.rows[0].value("disbursement"), answer.findings) == (107, ())


def test_programme_and_provider_together_are_counted_once():
    figures = [figure("2019", "disbursement", v, programme=g, provider=p) for g, p, v in (("027", "A", 1), ("027", "B", 2), ("028", "A", 4))]
    assert paid(figures, "2019") == 7
    rows = ask(figures, "2019", "region", "programme", "provider").rows
    assert [(r.programme, r.provider, r.value("disbursement")) for r in rows] == [("027", "A", 1), ("027", "B", 2), ("028", "A", 4)]
    assert [(r.provider, r.value("disbursement")) for r in ask(figures, "2019", "region", "provider").rows] == [("A", 5), ("B", 2)]


def test_a_sum_is_null_while_a_part_of_it_is():
    figures = [figure("2019-03", "disbursement", 30, provider="A"), figure("2019-03", "recipients", 3, provider="A")]
    figures += [figure("2019-03", "recipients", 4, provider="B"), figure("2019-03", "disbursement", 9, provider="C")]
    row = ask(figures, "2019-03").rows[0]
    assert (row.value("disbursement"), row.amounts["disbursement"].reason, row.amounts["disbursement"].missing) == (None, "parts-missing", ("B",))
    assert (row.recipients, row.recipients_reason) == (None, "parts-missing")


def of_months(values, provider, **other):
    return [figure(f"2019-{month:02}", "disbursement", value, provider=provider, **other) for month, value in values.items()]


def test_a_provider_that_joins_later_leaves_no_gap_before():
    steady, late = of_months({1: 1, 2: 1, 3: 1, 4: 1}, "A"), of_months({3: 5, 4: 5}, "B")
    answer = ask([*steady, *late], "2019-Q1")
    assert answer.rows[0].value("disbursement") == 8
    assert [(f.code, fact(f, "provider"), fact(f, "missing")) for f in answer.findings] == [
        ("part-not-all-months", "B", ("2019-01", "2019-02"))
    ]
    assert (paid([*steady, *late], "2019-02"), ask([*steady, *late], "2019-02").findings) == (1, ())


def test_a_provider_with_a_gap_between_or_of_another_reporter_is_missed():
    steady = of_months({1: 1, 2: 1, 3: 1}, "A")
    assert paid([*steady, *of_months({1: 5, 3: 5}, "B")], "2019-Q1") is None
    assert paid([*steady, *of_months({3: 5}, "B", reporter="NGO")], "2019-Q1") is None
    assert paid([*steady[1:], *of_months({3: 5}, "B")], "2019-Q1") is None


def test_breakdowns_by_category_are_left_out():
    figures = [figure("2019", "disbursement", 100), figure("2019", "disbursement", 60, category="exploitation=labour", provider="A")]
    assert (paid(figures, "2019"), ask(figures, "2019").findings) == (100, ())


# several reporters


def test_two_reporters_who_agree_are_one_figure():
    figures = [figure("2019", "transfer", 100), figure("2019", "transfer", 100, reporter="KZ")]
    answer = ask(figures, "2019")
    assert (answer.rows[0].value("transfer"), answer.findings) == (100, ())


@pytest.mark.parametrize(("measure", "shown"), [("transfer", 100), ("allocation", 100), ("disbursement", 90), ("receipt", 90)])
def test_the_ministry_is_believed_on_what_it_sends_and_the_region_on_the_rest(measure, shown):
    figures = [figure("2019", measure, 90, submission=2), figure("2019", measure, 100, reporter="KZ", submission=3)]
    answer = ask(figures, "2019")
    (found,) = answer.findings
    assert (answer.rows[0].value(measure), answer.rows[0].status, found.code) == (shown, "disputed", "statements-differ")
    assert (found.expected, found.actual) == (shown, 190 - shown)


def test_of_others_the_latest_is_shown():
    figures = [figure("2019", "disbursement", 1, reporter="NGO", submission=2), figure("2019", "disbursement", 2, reporter="X", submission=3)]
    assert paid(figures, "2019") == 2


def test_months_of_two_reporters_make_the_quarter_together():
    assert paid([*MONTHS[:2], figure("2019-03", "disbursement", 200, reporter="KZ")], "2019-Q1") == 450


# what is no link of the chain


def test_money_of_other_funds_is_apart_and_said():
    figures = [
        figure("2019", "disbursement", 100, funding="republic"),
        figure("2019", "disbursement", 30, funding="local"),
        figure("2019", "disbursement", 5, programme="256.018.015"),
    ]
    answer = ask(figures, "2019")
    (found,) = answer.findings
    assert answer.rows[0].value("disbursement") == 100
    assert (found.code, fact(found, "funding"), found.actual) == ("other-funding-apart", "local", 35)


def test_money_passed_on_to_districts_is_counted_apart():
    row = ask([figure("2019", "transfer", 100), figure("2019", "transfer.district", 60)], "2019").rows[0]
    assert (row.value("transfer"), row.value("transfer.district")) == (100, 60)


def test_another_currency_is_no_tenge():
    assert paid([figure("2019", "disbursement", 100), figure("2019", "disbursement", 9, unit="USD", provider="A")], "2019") == 100


# people


def people(figures, period, **kwargs):
    row = ask(figures, period, **kwargs).rows[0]
    return row.recipients, row.recipients_basis, row.recipients_reason


def test_people_of_months_are_not_added():
    assert people(MONTHLY_PEOPLE, "2019-Q1") == (None, None, "counts-of-parts-only")


def test_a_cumulative_count_for_exactly_the_span_is_the_number():
    figures = [*MONTHLY_PEOPLE, figure("2019-01..2019-03 cumulative", "recipients", 15)]
    assert people(figures, "2019-Q1") == (15, "cumulative", None)
    assert people(figures, "2019-01..2019-02") == (None, None, "counts-of-parts-only")


def test_cumulative_counts_are_not_subtracted():
    counted = [figure("2019-01..2019-03 cumulative", "recipients", 15), figure("2019-01..2019-06 cumulative", "recipients", 20)]
    assert people(counted, "2019-Q2")[0] is None


def test_a_single_period_has_its_own_count_and_a_span_what_is_stated_for_it():
    assert people(MONTHLY_PEOPLE, "2019-02") == (12, "single-period", None)
    yearly = [figure(str(year), "recipients", 20) for year in (2016, 2017, 2018, 2019)]
    assert people([*yearly, figure("2016..2019", "recipients", 61)], "2016..2019") == (61, "stated", None)
    row = ask(yearly, "2016..2019").rows[0]
    assert (row.recipients, row.yearly_counts, row.recipients_reason) == (None, 80, "counts-of-parts-only")
    assert ask(yearly[1:], "2016..2019").rows[0].yearly_counts is None


def test_no_count_and_nobody_are_different():
    assert people([figure("2019-03", "disbursement", 5)], "2019-03") == (None, None, "no-count")
    assert people([figure("2019-03", "recipients", 0)], "2019-03") == (0, "single-period", None)


def test_people_are_added_over_regions_and_that_is_said_once():
    figures = [figure("2019-03", "recipients", 3, region) for region in ("KZ-15", "KZ-39")]
    figures += [figure("2019-03", "recipients", n, "KZ-55", provider=p) for p, n in (("A", 1), ("B", 2))]
    answer = ask(figures, "2019-03")
    assert answer.total.recipients == 9
    assert [(f.code, f.actual) for f in answer.findings] == [("people-added-over-regions", 9)]
    assert not any(row.findings for row in answer.rows)


def test_planned_people_stand_beside_those_served():
    row = ask([figure("2019", "recipients.planned", 20), figure("2019", "recipients", 17)], "2019").rows[0]
    assert (row.recipients, row.planned) == (17, 20)
    assert ask([figure("2019", "recipients.planned", 20), figure("2019-03", "recipients", 3)], "2019-03").rows[0].planned == 20


def test_two_counts_that_differ_dispute_the_row_unless_about_explains_it():
    about = figure("2019", "recipients", 600, reporter="KZ", qualifier=Qualifier.ABOUT)
    assert ask([figure("2019", "recipients", 560), about], "2019").rows[0].status == "matched"
    assert ask([figure("2019", "recipients", 540), about], "2019").rows[0].status == "disputed"


# totals


def test_a_total_is_null_while_a_region_is_missing_and_names_it():
    figures = [figure("2019-03", "disbursement", 10), figure("2019-03", "disbursement", 20, "KZ-39"), figure("2019-03", "receipt", 20, "KZ-55")]
    answer = ask(figures, "2019-03")
    total = answer.total.amounts["disbursement"]
    (found,) = [f for f in answer.findings if f.code == "parts-missing" and fact(f, "measure") == "disbursement"]
    assert (total.value, total.reason, total.missing) == (None, "parts-missing", ("KZ-55",))
    assert (fact(found, "value"), fact(found, "missing")) == (30, ("KZ-55",))


def test_the_country_is_held_against_its_regions_and_the_regions_win():
    figures = [figure("2019", "disbursement", 10), figure("2019", "disbursement", 20, "KZ-39"), figure("2019", "disbursement", 31, "KZ")]
    answer = ask(figures, "2019")
    assert (answer.total.value("disbursement"), answer.total.status) == (30, "disputed")
    assert [row.region for row in answer.rows] == ["KZ-15", "KZ-39"]
    assert [(f.code, f.expected, f.actual, f.region) for f in answer.findings] == [("parts-differ", 30, 31, "KZ")]


def test_what_only_the_country_states_is_the_total():
    figures = [figure("2019", "disbursement", 10), figure("2019", "recipients", 6, None)]
    assert ask(figures, "2019").total.recipients == 6
    alone = ask([figure("2019", "recipients", 6, None)], "2019")
    assert ([row.region for row in alone.rows], alone.total.recipients) == (["KZ"], 6)


def test_an_expected_region_without_figures_has_a_row_and_the_total_waits_for_it():
    answer = ask([figure("2019", "disbursement", 10)], "2019", settings=Settings(regions=("KZ-15", "KZ-39", "KZ-51")))
    assert [(row.region, row.status) for row in answer.rows] == [("KZ-15", "matched"), ("KZ-39", "incomplete")]
    assert answer.total.value("disbursement") is None


def test_a_region_that_spoke_in_another_month_of_the_year_is_missed():
    answer = ask([figure("2019-03", "disbursement", 10), figure("2019-02", "disbursement", 10, "KZ-39")], "2019-03")
    assert answer.total.amounts["disbursement"].missing == ("KZ-39",)


# balances and statuses


def test_balances():
    figures = [
        figure("2019", name, value)
        for name, value in [("allocation", 600), ("receipt", 450), ("commitment", 500), ("disbursement", 470), ("recovery", 30), ("refund", 4)]
    ]
    row = ask(figures, "2019").rows[0]
    assert (row.value("balance"), row.value("plan_unpaid"), row.value("plan_uncommitted")) == (6, 130, 100)
    assert ask([figure("2019", "transfer", 50), figure("2019", "disbursement", 20)], "2019").rows[0].value("balance") == 30


def status(*pairs, **kwargs):
    return ask([figure("2019", name, value) for name, value in pairs], "2019", **kwargs).rows[0].status


def test_statuses():
    assert status(("transfer", 100), ("receipt", 100), ("disbursement", 60)) == "matched"
    assert status(("transfer", 100), ("receipt", 90)) == "under"
    assert status(("transfer", 100), ("receipt", 110)) == "over"
    assert status(("allocation", 100), ("disbursement", 110)) == "over"
    assert status(("receipt", 100), ("disbursement", 110), ("recovery", 10)) == "matched"
    assert status(("receipt", 100), settings=Settings(expected=("transfer",))) == "incomplete"
    assert status(("receipt", 100), settings=Settings(expected=("recipients",))) == "incomplete"


def test_a_link_that_other_regions_report_is_missed():
    figures = [figure("2019", "disbursement", 1), figure("2019", "disbursement", 1, "KZ-39"), figure("2019", "receipt", 1, "KZ-39")]
    assert [row.status for row in ask(figures, "2019").rows] == ["incomplete", "matched"]


def test_money_received_in_march_may_be_paid_in_may():
    figures = [figure("2019-03", "receipt", 100), figure("2019-04", "receipt", 0), figure("2019-05", "receipt", 10)]
    figures += [figure(f"2019-{month}", "disbursement", value) for month, value in (("03", 0), ("04", 0), ("05", 60))]
    early = [figure(f"2019-0{month}", name, 0) for month in (1, 2) for name in ("receipt", "disbursement")]
    assert ask([*figures, *early], "2019-05").rows[0].status == "matched"
    assert ask(figures[2:3] + figures[5:], "2019-05").rows[0].status == "over"


# tolerance


def test_resolutions_explain_half_of_themselves_and_tiyn_explains_nothing():
    rough = {"resolution": Decimal(100)}
    assert status_of(figure("2019", "transfer", 1100, **rough), figure("2019", "receipt", 1000, **rough)) == "matched"
    assert status_of(figure("2019", "transfer", 1101, **rough), figure("2019", "receipt", 1000, **rough)) == "under"
    assert status_of(figure("2019", "transfer", "1000.01"), figure("2019", "receipt", 1000)) == "under"


def status_of(*figures, **kwargs):
    return ask(figures, "2019", **kwargs).rows[0].status


def test_the_settings_allow_more():
    figures = figure("2019", "transfer", 1000), figure("2019", "receipt", 990)
    assert status_of(*figures, settings=Settings(tolerances={"KZT": Tolerance(absolute=Decimal(10))})) == "matched"
    assert status_of(*figures, settings=Settings(tolerances={"KZT": Tolerance(relative=Decimal("0.01"))})) == "matched"
    assert status_of(*figures, settings=Settings(tolerances={"KZT": Tolerance(absolute=Decimal(9))})) == "under"


# rows


def test_rows_by_year_and_month():
    figures = [figure("2018", "disbursement", 5), *MONTHS]
    assert [(str(r.period), r.value("disbursement")) for r in ask(figures, "2018..2019", "region", "year").rows] == [("2018", 5), ("2019", None)]
    months = ask(figures, "2019-Q1", "region", "period").rows
    assert [(str(r.period), r.value("disbursement")) for r in months] == [("2019-01", 100), ("2019-02", 150), ("2019-03", 200)]
    assert ask(figures, "2019-Q1", "region", "period").total.value("disbursement") == 450


def test_rows_by_period_are_as_fine_as_what_is_stated():
    quarters = [figure("2019-01..2019-03 cumulative", "disbursement", 3), figure("2019-01..2019-06 cumulative", "disbursement", 8)]
    answer = ask(quarters, "2019-01..2019-06", "region", "period")
    assert [(str(r.period), r.value("disbursement")) for r in answer.rows] == [("2019-Q1", 3), ("2019-Q2", 5)]
    years = [figure(year, "disbursement", 5) for year in ("2017", "2019")]
    answer = ask(years, "2017..2019", "region", "period")
    assert [(str(r.period), r.value("disbursement")) for r in answer.rows] == [("2017", 5), ("2019", 5)]


def test_the_people_of_a_total_are_null_while_a_region_has_no_count():
    figures = [figure("2019", "recipients", 5), figure("2019", "disbursement", 5), figure("2019", "disbursement", 5, "KZ-39")]
    total = ask(figures, "2019").total
    assert (total.recipients, total.recipients_reason) == (None, "parts-missing")


def test_rows_of_the_country_by_year():
    figures = [figure(year, "disbursement", 5, region) for year in ("2018", "2019") for region in ("KZ-15", "KZ-39")]
    answer = ask(figures, "2018..2019", "year")
    assert [(r.region, str(r.period), r.value("disbursement")) for r in answer.rows] == [("KZ", "2018", 10), ("KZ", "2019", 10)]


def test_a_query_refuses_what_it_does_not_know():
    with pytest.raises(ValueError, match="provider"):
        Query(Period.of_year(2019), ("colour",))
    with pytest.raises(ValueError, match="comparable"):
        Query(Period.of_year(2019), territory="old")


# territories


def test_a_reform_is_one_row_over_a_span_that_has_it():
    figures = [
        figure("2017", "disbursement", 10, "KZ-51"),
        *(figure(f"2018-{month:02}", "disbursement", 1, "KZ-51") for month in range(1, 7)),
        *(figure(f"2018-{month:02}", "disbursement", 2, region) for month in range(7, 13) for region in ("KZ-61", "KZ-79")),
        *(figure("2019", "disbursement", 20, region) for region in ("KZ-61", "KZ-79")),
    ]
    (row,) = ask(figures, "2017..2019").rows
    assert (row.region, row.territory, row.value("disbursement")) == ("KZ-61", ("KZ-51", "KZ-61", "KZ-79"), 80)
    assert [(str(period), value) for period, value in row.amounts["disbursement"].parts if period.is_within_year] == [
        ("2017", 10), ("2018-01..2018-06", 6), ("2018-07..2018-12", 24), ("2019", 40),
    ]  # fmt: skip
    reported = ask(figures, "2017..2019", territory="reported")
    assert [row.region for row in reported.rows] == ["KZ-51", "KZ-61", "KZ-79"]


def test_a_month_that_nobody_of_a_territory_states_is_missing():
    figures = [
        *(figure(f"2018-{month:02}", "disbursement", 1, "KZ-51") for month in range(1, 6)),
        *(figure(f"2018-{month:02}", "disbursement", 2, region) for month in range(7, 13) for region in ("KZ-61", "KZ-79")),
    ]
    amount = ask(figures, "2018").rows[0].amounts["disbursement"]
    assert (amount.value, amount.missing) == (None, ("2018-06",))


def test_a_series_recomputed_for_later_units_is_not_added_to_that_of_the_time():
    figures = [figure("2017", "disbursement", v, r) for r, v in (("KZ-51", 10), ("KZ-61", 7), ("KZ-79", 3))]
    figures += [figure(y, "disbursement", 5, r) for y in ("2018", "2019") for r in ("KZ-61", "KZ-79")]
    assert paid(figures, "2017..2019") == 30
    assert paid(figures[1:], "2017..2019") == 30
    assert ask(figures, "2017", territory="reported").total.value("disbursement") == 10


def test_people_of_a_territory_are_counted_for_exactly_the_span():
    figures = [figure("2017", "recipients", 9, "KZ-51"), *(figure("2017..2019", "recipients", 30, r) for r in ("KZ-61", "KZ-79"))]
    assert people(figures, "2017..2019") == (60, "stated", None)
    assert people(figures[:1], "2017..2019") == (None, None, "counts-of-parts-only")


def test_territories_of_today_only_where_the_data_allow():
    figures = [figure("2017", "disbursement", 10, "KZ-51"), figure("2017", "disbursement", 1)]
    answer = ask(figures, "2017", territory="today")
    assert [row.region for row in answer.rows] == ["KZ-15", "KZ-51"]
    assert [(f.code, f.region) for f in answer.findings] == [("territory-not-divisible", "KZ-51")]


def test_a_recomputed_series_shows_the_territories_of_today():
    figures = [figure("2017", "disbursement", v, r) for r, v in (("KZ-51", 10), ("KZ-61", 7), ("KZ-79", 3))]
    answer = ask(figures, "2017", territory="today")
    assert [(row.region, row.value("disbursement")) for row in answer.rows] == [("KZ-61", 7), ("KZ-79", 3)]
    assert answer.findings == ()
    partly = ask(figures[:2], "2017", territory="today")
    assert [(row.region, row.value("disbursement")) for row in partly.rows] == [("KZ-51", 10)]
    assert codes(partly.findings) == ["territory-not-divisible"]
