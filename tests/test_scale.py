"""Values in the wrong unit, and amounts that differ by the VAT."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgettool.check import run
from budgettool.findings import Finding
from budgettool.ledger.bench import workbench
from budgettool.read.sheet import Value
from reconcile_kit import Settings, figure
from sheet_kit import read_sheet, sheet

NAMES = ["г. Алматы", "г. Шымкент", "Актюбинская область", "Павлодарская область", "Костанайская область", "Атырауская область"]
CONTRACTS = ["Поставщик", "Регион", "Период", "Сумма договора, тенге", "Оплачено, тенге"]


def doubts(code: str, head: list[Value], *rows: list[Value]) -> list[Finding]:
    _, findings = read_sheet(sheet(head, *rows))
    return [finding for finding in findings if finding.code == code]


def table(plan: list[Value], paid: list[Value], unit: str = "тыс. тенге") -> list[Finding]:
    head: list[Value] = ["Регион", "Период", f"План на период, {unit}", f"Оплачено, {unit}"]
    return doubts("unit-looks-wrong", head, *([name, "2019-03", a, b] for name, a, b in zip(NAMES, plan, paid, strict=False)))


@pytest.mark.parametrize(("wrong", "factor"), [(19_000_000, 1000), (19_000_000_000, 1_000_000)])
def test_a_value_a_thousand_or_a_million_times_its_neighbours(wrong: int, factor: int) -> None:
    (one,) = table([20500, 18300, 23000, 21000], [19000, 18000, wrong, 20000])
    assert (one.at[0].cell, dict(one.facts)["factor"]) == ("D4", factor)


def test_ordinary_variation_is_silent() -> None:
    assert table([20500, 1800, 230000, 21000, 90], [1900, 1800, 23000, 20000, 4]) == []


def test_a_whole_column_of_tenge_among_thousands_is_said_once() -> None:
    (one,) = table([20500, 18300, 23000], [19_000_000, 9_000_000, 2_000_000])
    assert (one.at[0].cell, one.count, dict(one.facts)["factor"]) == ("D", 3, 1000)


def test_a_whole_column_of_thousands_among_tenge_is_said_once() -> None:
    plan: list[Value] = [20_500_000, 18_300_000, 23_000_000, 9_000_000, 4_000_000]
    (one,) = table(plan, [19000, 9000, 2000, 8800, 3999], unit="тенге")
    assert (one.at[0].cell, dict(one.facts)["factor"]) == ("D", "1/1000")
    assert table(plan, [190000, 9000, 2000, 8800, 3999], unit="тенге") == []


@pytest.mark.parametrize(("contract", "paid", "factor"), [(1_000_000, 1_120_000, "1.12"), (1_160_000.58, 1_000_000.5, "1.16")])
def test_amounts_apart_by_the_vat(contract: Value, paid: Value, factor: str) -> None:
    (one,) = doubts("vat-factor", CONTRACTS, ["ОФ А", "г. Алматы", "2019-03", contract, paid])
    assert dict(one.facts)["factor"] == factor
    assert {place.cell for place in one.at} == {"D2", "E2"}


def test_small_and_unlike_amounts_are_no_vat() -> None:
    assert doubts("vat-factor", CONTRACTS, ["ОФ А", "г. Алматы", "2019-03", 1_000_000, 1_119_990]) == []
    coarse = [text.replace("тенге", "тыс. тенге") for text in CONTRACTS]
    assert doubts("vat-factor", coarse, ["ОФ А", "г. Алматы", "2019-03", 25, 28]) == []


def found(code: str, *figures: object) -> list[Finding]:
    with workbench(figures) as bench:  # type: ignore[arg-type]
        return [one for one in run(bench, settings=Settings()) if one.code == code]


def test_a_month_a_thousand_times_the_one_before_is_said_beside_it() -> None:
    months = [figure(f"2019-0{n}", "disbursement", value) for n, value in enumerate([1_000_000, 1_200_000, 900_000_000, 1_100_000], 1)]
    (one,) = found("unit-looks-wrong", *months)
    assert (str(one.period), dict(one.facts)["value"], dict(one.facts)["neighbours"]) == ("2019-03", Decimal(900_000_000), Decimal(1_200_000))


def test_a_region_that_begins_to_pay_in_february_is_no_alarm() -> None:
    assert found("unit-looks-wrong", figure("2019-01", "disbursement", 12_000), figure("2019-02", "disbursement", 12_000_000)) == []
    steady = [figure(f"2019-0{n}", "disbursement", value) for n, value in enumerate([12_000, 12_000_000, 11_000_000], 1)]
    assert found("unit-looks-wrong", *steady) == []


def test_beyond_the_plan_one_month_before_is_enough() -> None:
    plan = figure("2019", "allocation", 200_000_000)
    assert found("unit-looks-wrong", plan, figure("2019-01", "disbursement", 1_000_000), figure("2019-02", "disbursement", 1_100_000_000))


def test_contract_and_payments_of_two_files_apart_by_the_vat() -> None:
    from budgettool.findings import Place

    contract = figure("2019", "commitment", 1_000_000, provider="X", places=(Place("a.xlsx", "S", "A1"),))
    paid = figure("2019", "disbursement", 1_120_000, provider="X", places=(Place("b.xlsx", "S", "A1"),))
    (one,) = found("vat-factor", contract, paid)
    assert (one.expected, one.actual, dict(one.facts)["factor"]) == (Decimal(1_000_000), Decimal(1_120_000), "1.12")
    assert found("vat-factor", contract, figure("2019", "disbursement", 1_130_000, provider="X")) == []
