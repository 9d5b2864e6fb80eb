"""What the property tests and the fuzzer once found, each as the smallest sheet, text or number that shows it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgettool.classification import Register
from budgettool.letters import is_mixed, unmixed
from budgettool.period.written import find_periods, read_date, read_period
from budgettool.read.text import find_delimiter
from budgettool.recognise.spread import repeated
from budgettool.terms.units import read_unit
from sheet_kit import codes, read_sheet, sheet, told

AKMOLA, KOSTANAY = "Акмолинская область", "Костанайская область"


def values(*rows: list[object], merges: tuple[tuple[int, int, int, int], ...] = ()) -> dict[str, Decimal]:
    """The entries of a sheet, by region and measure, periods told apart where several are there."""
    tables, _ = read_sheet(sheet(*rows, merges=merges))
    return {f"{region} {period} {measure}": value for table in tables for _, region, period, measure, value in told(table.entries)}


# ---- wrong, and nothing was said


def test_a_service_before_thousands_of_tenge_takes_nothing_of_them() -> None:
    unit = read_unit("Принято по актам оказанных услуг, тыс. тенге")
    assert unit is not None and unit.factor == 1000


def test_two_column_numbers_are_no_figures() -> None:
    read = values(["за март 2019 года"], [AKMOLA], ["НПО", "Оплачено, тенге"], [1, 2], ["Родник", 50])
    assert read == {"KZ-11 2019-03 disbursement": 50}


def test_a_title_merged_over_all_but_the_last_column_groups_none() -> None:
    rows = (["Use of transfers, March 2019 (tenge)"], ["No", "Region", "Paid", "Note"], [1, AKMOLA, 50, None])
    assert values(*rows, merges=((1, 1, 1, 3),)) == {"KZ-11 2019-03 disbursement": 50}


def test_a_row_of_a_region_without_a_figure_is_no_header() -> None:
    rows = (["Region", "Period", "Paid, tenge"], ["Akmola region", "July 2017", 1], ["Akmola region", "May 2017", None], ["Aktobe region", "July 2017", 3])
    assert values(*rows) == {"KZ-11 2017-07 disbursement": 1, "KZ-15 2017-07 disbursement": 3}


def test_a_lying_table_goes_on_below_its_header_printed_again() -> None:
    head = ["Показатель", AKMOLA, KOSTANAY]
    read = values(["за март 2019 года"], head, ["Оплачено, тенге", 1, 2], head, ["Поступило, тенге", 3, 4])
    assert sorted(read.values()) == [1, 2, 3, 4]


def test_people_are_no_title_of_the_money_below_them() -> None:
    read = values(["за март 2019 года"], ["Показатель", AKMOLA, KOSTANAY], ["Получатели услуг, чел.", 7, 8], ["План на период, тенге", 3, 4])
    assert read["KZ-11 2019-03 allocation"] == 3


def test_the_total_of_all_is_not_that_of_a_last_region_without_a_figure() -> None:
    rows = (["за март 2019 года"], ["Регион", "Оплачено, тенге"], [AKMOLA, 5], [KOSTANAY, 6], ["Мангистауская область", None], ["Итого", 11])
    assert values(*rows) == {"KZ-11 2019-03 disbursement": 5, "KZ-39 2019-03 disbursement": 6}


def test_a_remark_does_not_keep_a_row_from_being_a_title() -> None:
    rows = (["за март 2019 года"], ["НПО", "Оплачено, тенге", "Примечание"], [AKMOLA], ["А", 5], [KOSTANAY, None, "договор заключен позже"], ["Б", 6])
    assert values(*rows) == {"KZ-11 2019-03 disbursement": 5, "KZ-39 2019-03 disbursement": 6}


# ---- refused, and there was no need


def test_a_version_in_a_title_is_its_measure_too() -> None:
    read = values(["План финансирования по платежам, тенге"], ["Регион", "I квартал 2019 года", "II квартал 2019 года"], [AKMOLA, 5, 6])
    assert set(read) == {"KZ-11 2019-Q1 allocation.plan_payments", "KZ-11 2019-Q2 allocation.plan_payments"}


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["Регион\tПлан", "А\t7,086,000.99\t", "Б\t2,275,930.91"], "\t"),
        (["Region,Paid,Received", '"А",1 876 960 000.66,2 696 170 000.44', '"Б",7 723 120 000.42,6 368 460 000.3'], ","),
    ],
)
def test_commas_of_figures_part_no_columns(lines: list[str], delimiter: str) -> None:
    assert find_delimiter(lines) == delimiter


# ---- a mistake of the tool, or hours of work


@pytest.mark.parametrize("text", ["9" * 320, "1" + "0" * 20, "5,5" + "9" * 40, 1e300])
def test_numbers_that_no_figure_has_are_held(text: object) -> None:
    tables, findings = read_sheet(sheet(["за март 2019 года"], ["Регион", "Оплачено, тенге"], [AKMOLA, 5], [KOSTANAY, text]))
    assert [entry.value for entry in tables[0].entries] == [5]
    assert "number-not-read" in codes(findings)


def test_dust_beside_billions_is_the_same_on_both_sides() -> None:
    tables, findings = read_sheet(sheet(["за март 2019 года"], ["Регион", "Оплачено, тенге"], [AKMOLA, 12345678901234.5], [KOSTANAY, 1.23456789012345e-19]))
    assert (len(tables[0].entries), codes(findings)) == (1, ["more-than-two-decimals"])


@pytest.mark.parametrize("text", ["7" * 5000, "тенге " * 5_000, "январь 2019 " * 5_000, "x" * 40_000 + " да"])
def test_texts_without_end_are_nothing(text: str) -> None:
    assert (read_period(text), find_periods(text), read_date(text)) == (None, [], ())
    assert (Register.shipped().resolve(text).verdict, Register.shipped().find(text)) == ("unknown", [])
    assert read_unit(text) is None or text.startswith("тенге")
    assert (unmixed(text), is_mixed(text)) == (text, False)


def test_a_header_of_ten_thousand_columns_is_looked_through() -> None:
    assert len(repeated([(column, "План" if column % 2 else "Факт") for column in range(1, 10_001)])) == 250
