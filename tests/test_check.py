"""Each shipped check finds its fault and nothing beside it; a user's own check is asked like ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from decimal import Decimal

import pytest

from budgettool import check
from budgettool.findings import Refusal, catalogue
from budgettool.terms import Qualifier
from budgettool.terms.figure import Figure
from budgettool.terms.money import to_minor
from reconcile_kit import UNITS, Settings, Tolerance, ask, codes, fact, figure

COLUMNS = (
    "number, reporter, region, programme, funding, provider, measure, version, category, period_first, period_last, cumulative, unit,"
    " amount, resolution, entries, as_of, qualifier, submission"
)


def workbench(figures: Iterable[Figure]) -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    made.execute(f"CREATE TABLE figure ({COLUMNS})")
    made.execute("CREATE TABLE place (figure, file, sheet, cell)")
    made.execute("CREATE TABLE region (id, valid_from, valid_to)")
    made.executemany("INSERT INTO region VALUES (?, ?, ?)", [(r, a.isoformat(), b.isoformat()) for r, (a, b) in UNITS.items()])
    for number, f in enumerate(figures):
        about = (number, f.reporter, f.region, f.programme, f.funding, f.provider, f.measure, f.version, f.category)
        when = (f.period.first.isoformat(), f.period.last.isoformat(), int(f.cumulative), f.unit)
        says = (to_minor(f.value, f.unit), to_minor(f.resolution, f.unit), f.entries, f.as_of and f.as_of.isoformat(), f.qualifier, 1)
        made.execute(f"INSERT INTO figure VALUES ({', '.join('?' * 19)})", (*about, *when, *says))
        made.executemany("INSERT INTO place VALUES (?, ?, ?, ?)", [(number, p.file, p.sheet, p.cell) for p in f.places])
    return made


def found(*figures: Figure, settings: Settings | None = None):
    return check.run(workbench(figures), settings=settings or Settings())


def test_what_a_shipped_check_says_of_itself_is_what_the_catalogue_says():
    for each in check.shipped():
        assert each.name == f"{each.code}.sql"
        known = catalogue()[each.code]
        assert (each.title, each.why, each.remedy, each.severity) == (known["title"], known["why"], known["hint"], known["severity"])


def test_a_clean_ledger_finds_nothing():
    figures = [
        figure("2019-03", name, value, region)
        for region in ("KZ-15", "KZ-39")
        for name, value in [("allocation", 900), ("transfer", 500), ("receipt", 500), ("disbursement", 400), ("recipients", 4)]
    ]
    assert found(*figures) == []
    assert found() == []


def test_receipt_differs():
    (one,) = found(figure("2019-03", "transfer", 500, reporter="KZ"), figure("2019-03", "receipt", 480))
    assert (one.code, one.expected, one.actual, one.region, str(one.period)) == ("receipt-differs", 500, 480, "KZ-15", "2019-03")
    assert [place.cell for place in one.at] == ["receipt 2019-03", "transfer 2019-03"]
    assert fact(one, "difference") == Decimal("20.00")


def test_receipt_differs_within_rounding_or_what_the_settings_allow_is_no_finding():
    rough = {"resolution": Decimal(100)}
    assert found(figure("2019", "transfer", 1100, **rough), figure("2019", "receipt", 1000, **rough)) == []
    assert codes(found(figure("2019", "transfer", 1101, **rough), figure("2019", "receipt", 1000, **rough))) == ["receipt-differs"]
    assert codes(found(figure("2019", "transfer", "1000.01"), figure("2019", "receipt", 1000))) == ["receipt-differs"]
    allowed = Settings(tolerances={"KZT": Tolerance(absolute=Decimal(20))})
    assert found(figure("2019", "transfer", 500), figure("2019", "receipt", 480), settings=allowed) == []
    relative = Settings(tolerances={"KZT": Tolerance(relative=Decimal("0.05"))})
    assert found(figure("2019", "transfer", 500), figure("2019", "receipt", 480), settings=relative) == []


def test_receipt_of_providers_is_added_before_it_is_compared():
    parts = [figure("2019", "receipt", 250, provider=name) for name in ("A", "B")]
    assert found(figure("2019", "transfer", 500), *parts) == []


def test_overspent_holds_the_latest_figure_since_january_against_the_plan_of_the_year():
    plan = [figure("2019", "allocation.approved", 900), figure("2019", "allocation.revised", 400)]
    counted = [figure(f"2019-01..2019-0{m} cumulative", "disbursement", 100 * m) for m in (3, 5, 6)]
    (one,) = found(*plan, *counted)
    assert (one.code, one.expected, one.actual, str(one.period)) == ("overspent", 400, 600, "2019-01..2019-06")
    assert fact(one, "measure") == "disbursement"
    assert found(plan[0], *counted) == []


def test_overspent_adds_up_months_and_takes_off_what_was_paid_back():
    months = [figure(f"2019-0{month}", "disbursement", 150) for month in (1, 2, 3)]
    assert codes(found(figure("2019", "allocation", 400), *months)) == ["overspent"]
    back = [figure(f"2019-0{month}", "recovery", 20) for month in (1, 2, 3)]
    assert found(figure("2019", "allocation", 400), *months, *back) == []


def test_disbursed_over_received():
    pair = figure("2019-01..2019-06 cumulative", "receipt", 100), figure("2019-01..2019-06 cumulative", "disbursement", 130)
    (one,) = found(*pair)
    assert (one.code, one.expected, one.actual, str(one.grade)) == ("disbursed-over-received", 100, 130, "error")


def test_a_month_by_itself_is_compared_only_where_nothing_earlier_is_known():
    pair = figure("2019-06", "receipt", 100), figure("2019-06", "disbursement", 130)
    assert [(one.code, str(one.grade)) for one in found(*pair)] == [("disbursed-over-received", "warning")]
    assert found(*pair, figure("2019-05", "receipt", 100), figure("2019-05", "disbursement", 50)) == []


def test_cumulative_differs_is_the_same_finding_as_that_of_reconcile():
    months = [figure(f"2019-0{month}", "disbursement", f"{value}.00") for month, value in ((1, 100), (2, 150), (3, 200))]
    counted = [figure(f"2019-01..2019-0{month} cumulative", "disbursement", f"{value}.00") for month, value in ((3, 460), (2, 250))]
    (one,) = found(*months, *counted)
    assert (one.code, one.expected, one.actual, one.at) == ("cumulative-differs-from-months", 450, 460, counted[0].places)
    (other,) = ask([*months, *counted], "2019-Q1").findings
    assert (one.region, one.period, one.facts, one.id) == (other.region, other.period, other.facts, other.id)
    assert found(*months, *counted[1:], figure("2019-01..2019-03 cumulative", "disbursement", 450)) == []


def test_a_difference_that_carries_on_is_said_once():
    months = [figure(f"2019-0{month}", "disbursement", 100) for month in (1, 2, 3)]
    counted = [figure("2019-01..2019-02 cumulative", "disbursement", 205), figure("2019-01..2019-03 cumulative", "disbursement", 305)]
    (one,) = found(*months, *counted)
    assert (one.expected, one.actual) == (200, 205)


def test_statements_differ_is_the_same_finding_as_that_of_reconcile():
    pair = figure("2019", "receipt", "90.00"), figure("2019", "receipt", "100.00", reporter="KZ")
    (one,) = found(*pair)
    (other,) = ask(pair, "2019").findings
    assert (one.code, one.expected, one.actual, one.at, one.facts) == (other.code, 90, 100, other.at, other.facts)
    assert one.id == other.id
    assert found(pair[0], figure("2019", "receipt", "90.00", reporter="KZ")) == []


def test_parts_differ():
    parts = [figure("2019", "disbursement", value, provider=name) for name, value in (("A", 30), ("B", 60))]
    (one,) = found(figure("2019", "disbursement", 100), *parts)
    assert (one.code, one.expected, one.actual) == ("parts-differ", 90, 100)
    assert found(figure("2019", "disbursement", 90), *parts) == []
    people = [figure("2019", "recipients", 5, provider=name) for name in ("A", "B")]
    assert found(figure("2019", "recipients", 8), *people) == []
    assert codes(found(figure("2019", "recipients", 11), *people)) == ["parts-differ"]


def test_money_and_people():
    rows = {"KZ-15": (1500, 0), "KZ-35": (1500, None), "KZ-39": (0, 5), "KZ-43": (0, 0), "KZ-55": (1000, 3)}
    money = [figure("2019-03", "disbursement", paid, region) for region, (paid, _) in rows.items()]
    people = [figure("2019-03", "recipients", n, region) for region, (_, n) in rows.items() if n is not None]
    assert [(one.code, one.region) for one in found(*money, *people)] == [
        ("money-without-recipients", "KZ-15"),
        ("no-recipients-figure", "KZ-35"),
        ("recipients-without-money", "KZ-39"),
    ]


def test_money_and_people_of_providers_are_held_against_each_other_by_provider():
    figures = [figure("2019-03", "disbursement", 10, provider="A"), figure("2019-03", "recipients", 0, provider="A")]
    figures += [figure("2019-03", "disbursement", 10, provider="B"), figure("2019-03", "recipients", 2, provider="B")]
    (one,) = found(*figures)
    assert (one.code, fact(one, "provider"), fact(one, "paid")) == ("money-without-recipients", "A", Decimal("10.00"))
    assert found(*figures[2:], figure("2019-03", "recipients", 2)) == []


def test_people_counted_for_the_quarter_are_a_figure_for_its_months():
    assert found(figure("2019-02", "disbursement", 10), figure("2019-01..2019-03 cumulative", "recipients", 2)) == []


def test_about_so_many_people_are_a_figure():
    people = [figure("2019", "recipients", 600, region, qualifier=Qualifier.ABOUT) for region in ("KZ-15", "KZ-39")]
    assert found(figure("2019", "disbursement", 10), *people) == []


def test_a_region_that_speaks_for_its_providers_is_asked_once():
    figures = [figure("2019", "disbursement", 5, provider=provider) for provider in (None, "A", "B")]
    (one,) = found(*figures[:1], figures[1], figure("2019", "recipients", 3, "KZ-39"), figure("2019", "disbursement", 3, "KZ-39"))
    assert (one.code, "provider" in dict(one.facts)) == ("no-recipients-figure", False)


def test_nobody_is_asked_for_people_where_nobody_counts_them():
    assert found(figure("2019-02", "disbursement", 10)) == []


def test_region_missing():
    figures = [figure(f"2019-0{month}", "disbursement", 1, region) for month in (5, 6) for region in ("KZ-15", "KZ-39")]
    figures.append(figure("2017", "disbursement", 1, "KZ-51"))
    assert found(*figures) == []
    (one,) = found(*figures[:3])
    assert (one.code, one.region, str(one.period)) == ("region-missing", "KZ-39", "2019-06")
    named = Settings(regions=("KZ-15", "KZ-39", "KZ-55", "KZ-51"))
    assert [(f.code, f.region) for f in found(*figures, settings=named)] == [("region-missing", "KZ-55")]


def test_other_funds_breakdowns_and_approximate_figures_are_not_compared():
    sent = figure("2019", "transfer", 500)
    assert found(sent, figure("2019", "receipt", 480, funding="local")) == []
    assert found(sent, figure("2019", "receipt", 480, category="kind=shelter")) == []


OWN = """-- code: too-much
-- title: Too much
-- severity: warning
SELECT region, amount AS actual_minor, 'x' AS note, number AS figure FROM told WHERE amount > 100
"""


def test_a_check_of_the_users_own(tmp_path):
    (tmp_path / "too-much.sql").write_text(OWN, "utf-8")
    (mine,) = check.of_folder(tmp_path)
    (one,) = check.ask(workbench([figure("2019", "transfer", 5)]), mine, Settings())
    assert (one.code, one.region, one.actual, one.facts) == ("too-much", "KZ-15", Decimal("5.00"), (("note", "x"),))
    assert one in check.run(workbench([figure("2019", "transfer", 5)]), settings=Settings(), own=[mine])
    assert check.of_folder(tmp_path / "absent") == ()


@pytest.mark.parametrize(("text", "code"), [("SELECT 1", "check-not-read"), (OWN.replace("warning", "bad"), "check-not-read")])
def test_a_check_without_its_header_is_refused(text, code):
    with pytest.raises(Refusal) as refused:
        check.parsed("own.sql", text)
    assert refused.value.code == code


def test_a_check_that_the_engine_refuses_is_named():
    with pytest.raises(Refusal) as refused:
        check.ask(workbench([]), check.parsed("own.sql", OWN.replace("told", "nowhere")), Settings())
    assert (refused.value.code, dict(refused.value.facts)["file"]) == ("check-not-run", "own.sql")


@pytest.mark.parametrize("factor", [1000, "0.001"])
def test_a_receipt_a_thousand_times_its_transfer_is_a_question_of_the_unit(factor):
    received = Decimal(500000) * Decimal(factor)
    (one,) = found(figure("2019", "transfer", 500000), figure("2019", "receipt", received))
    assert (one.code, fact(one, "value"), fact(one, "neighbours")) == ("unit-looks-wrong", received, Decimal(500000))


def test_what_the_ministry_sent_is_no_report_of_the_region():
    sent = [figure("2019-06", "transfer", 1, region, reporter="KZ") for region in ("KZ-15", "KZ-39")]
    named = Settings(regions=("KZ-15", "KZ-39"))
    assert [(f.code, f.region) for f in found(*sent, figure("2019-06", "receipt", 1, "KZ-15"), settings=named)] == [("region-missing", "KZ-39")]
