"""Normalisation: exact figures, keys that hold a row back, totals, and what gives cause to ask."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgettool.findings import Finding
from budgettool.read.sheet import ErrorValue, Sheet, Unvalued, Value
from budgettool.recognise import Hints
from budgettool.terms import Unit
from sheet_kit import codes, read_sheet, sheet, told

HEAD = ["Регион", "Период", "План на период, тенге", "Оплачено, тенге", "Получатели услуг, чел."]


def one(findings: list[Finding], code: str) -> Finding:
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, codes(findings)
    return found[0]


@pytest.mark.parametrize(
    ("value", "exact"),
    [(0.1 + 0.2, "0.30"), (1234567.8899999999, "1234567.89"), ("1\u00a0234,5", "1234.50"), ("(7,00)", "-7.00"), ("₸ 500 000,05", "500000.05"), (0, "0.00")],
)
def test_numbers_are_exact(value: Value, exact: str) -> None:
    tables, _ = read_sheet(sheet(["Регион", "Период", "Оплачено, тенге"], ["г. Алматы", "2019-03", value]))
    assert str(tables[0].entries[0].value) == exact


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (100.005, "more-than-two-decimals"),
        (ErrorValue("#REF!"), "error-value"),
        ("#ССЫЛКА!", "error-value"),
        (Unvalued("A1+1"), "formula-without-value"),
        ("сто тысяч", "number-not-read"),
        ("1,234", "ambiguous-number"),
        ("120,5 (в т.ч. возврат 3,2)", "number-not-read"),
    ],
)
def test_a_figure_that_cannot_be_read_holds_its_cell_only(value: Value, code: str) -> None:
    tables, findings = read_sheet(sheet(HEAD, ["г. Алматы", "2019-03", 10, value, 3]))
    assert code in codes(findings)
    assert [(h.row, h.cell, h.code) for h in tables[0].quarantined] == [(2, "D2", code)]
    assert [entry.cell for entry in tables[0].entries] == ["C2", "E2"]


def test_nothing_in_tenge_beside_thousands_is_nothing() -> None:
    tables, findings = read_sheet(sheet(["Регион", "Период", "Оплачено, тыс. тенге"], ["г. Алматы", "2019-03", "0 тенге"], ["г. Шымкент", "2019-03", "35,5"], ["Актюбинская", "2019-03", "2 тенге"]))
    assert [(entry.cell, entry.value) for entry in tables[0].entries] == [("C2", 0), ("C3", 35500)]
    assert "unit-in-cell-differs" in codes(findings)


@pytest.mark.parametrize("value", [-0.0, "-0", "- 0,00", "(0)"])
def test_nothing_has_no_sign(value: Value) -> None:
    tables, _ = read_sheet(sheet(["Регион", "Период", "Оплачено, тенге"], ["г. Алматы", "2019-03", value]))
    assert str(tables[0].entries[0].value) == "0.00"


def test_a_number_of_nineteen_digits_is_no_amount() -> None:
    tables, _ = read_sheet(sheet(["Регион", "Период", "Оплачено, тенге"], ["г. Алматы", "2019-03", "12345678901234567890"], ["г. Шымкент", "2019-03", 5]))
    assert [held.code for held in tables[0].quarantined] == ["number-not-read"]


def test_a_month_that_went_through_a_column_of_numbers_keeps_its_zero() -> None:
    tables, _ = read_sheet(sheet(["Регион", "Период", "Оплачено, тенге"], ["г. Алматы", 1.202, 5], ["г. Алматы", 6.2019, 6], ["г. Алматы", "06.2019", 7]))
    assert [str(entry.period) for entry in tables[0].entries] == ["2020-01", "2019-06", "2019-06"]


@pytest.mark.parametrize(("value", "code"), [(-2, "recipients-negative"), (2.5, "recipients-not-whole")])
def test_people_are_whole(value: float, code: str) -> None:
    tables, findings = read_sheet(sheet(HEAD, ["г. Алматы", "2019-03", 10, 10, value]))
    assert code in codes(findings)
    assert "recipients" not in {entry.measure for entry in tables[0].entries}


def test_resolution_is_the_finest_decimal_of_the_column_times_its_unit() -> None:
    tables, _ = read_sheet(sheet(["Регион", "Период", "Оплачено, тыс. тенге"], ["г. Алматы", "2019-03", "999,9"], ["г. Шымкент", "2019-03", 1000]))
    assert {entry.resolution for entry in tables[0].entries} == {Decimal("100.0")}


@pytest.mark.parametrize("mark", [None, " ", "-", "–", "х", "н/д"])
def test_absent_is_not_zero(mark: Value) -> None:
    tables, _ = read_sheet(sheet(HEAD, ["г. Алматы", "2019-03", 10, mark, None]))
    assert [entry.cell for entry in tables[0].entries] == ["C2"]


def test_a_total_off_by_what_rounding_explains_agrees() -> None:
    head = ["Регион", "Период", "Оплачено, тыс. тенге"]
    rows = [["г. Алматы", "2019-03", 1234.4], ["г. Шымкент", "2019-03", 2345.4], ["Костанайская область", "2019-03", 3456.4]]
    tables, findings = read_sheet(sheet(head, *rows, ["Итого", None, 7036.3]))
    assert one(findings, "printed-total-within-rounding").expected == Decimal("7036200.00")
    assert tables[0].totals[0].tolerance == Decimal("200.0")
    _, findings = read_sheet(sheet(head, *rows, ["Итого", None, 7037.2]))
    assert one(findings, "printed-total-differs").actual == Decimal("7037200.00")


def test_a_tiyn_is_a_difference_where_tiyn_are_stated() -> None:
    _, findings = read_sheet(
        sheet(["Регион", "Период", "Оплачено, тенге"], ["г. Алматы", "2019-03", 1000.1], ["г. Шымкент", "2019-03", 2000.2], ["Итого", None, 3000.31])
    )
    assert one(findings, "printed-total-differs").expected == Decimal("3000.30")


def test_subtotals_and_the_grand_total_each_sum_their_own() -> None:
    tables, findings = read_sheet(
        sheet(
            HEAD,
            ["Актюбинская область", "2019-03", 100, 90, 5],
            ["Павлодарская область", "2019-03", 300, 250, 9],
            ["Итого по областям", None, 400, 340, 14],
            ["г. Алматы", "2019-03", 50, 40, 1],
            ["Итого по городам", None, 50, 40, 1],
            ["Всего", None, 450, 380, 15],
        )
    )
    assert {total.verdict for total in tables[0].totals} == {"agrees"}
    assert codes(findings) == []
    assert len({entry.row for entry in tables[0].entries}) == 3


def test_a_total_over_a_held_cell_is_not_judged() -> None:
    tables, _ = read_sheet(sheet(HEAD, ["г. Алматы", "2019-03", 10, "x1", 1], ["г. Шымкент", "2019-03", 10, 5, 1], ["Итого", None, 20, 50, 2]))
    assert {total.cell: total.verdict for total in tables[0].totals} == {"C4": "agrees", "D4": "not-judged", "E4": "agrees"}


def test_an_unlabelled_row_that_equals_the_sum_is_no_data() -> None:
    tables, findings = read_sheet(sheet(HEAD, ["г. Алматы", "2019-03", 10, 5, 1], ["г. Шымкент", "2019-03", 20, 6, 1], [None, None, 30, 11, 2]))
    assert one(findings, "unlabelled-total-row").at[0].cell == "4"
    assert {entry.row for entry in tables[0].entries} == {2, 3}


def test_no_unit_is_asked_for_and_a_hint_gives_it() -> None:
    rows = (["Регион", "Период", "План на период"], ["г. Алматы", "2019-03", 20.5])
    tables, findings = read_sheet(sheet(*rows))
    assert codes(findings) == ["unit-not-stated"] and not tables[0].entries
    tables, findings = read_sheet(sheet(*rows), hints=Hints(unit=Unit("KZT", Decimal(1000), "тыс. тенге")))
    assert told(tables[0].entries) == [("C2", "KZ-75", "2019-03", "allocation", 20500)]


def test_a_header_unit_beats_the_title_and_a_thousandfold_value_is_said() -> None:
    tables, findings = read_sheet(
        sheet(
            ["Отчет за март 2019 года"],
            [None, None, None, "тыс. тенге"],
            ["Регион", "План на период", "Оплачено, тенге"],
            ["Актюбинская область", 20500.5, 19000000.25],
            ["Карагандинская область", 18300, 18300000],
            ["Костанайская область", 23456789, 23000000],
        )
    )
    assert one(findings, "unit-looks-wrong").at[0].cell == "B6"
    assert next(e.value for e in tables[0].entries if e.cell == "B6") == Decimal("23456789000.00")


@pytest.mark.parametrize(
    ("name", "code"),
    [("Абайская область", "region-not-in-period"), ("Семипалатинская область", "region-unknown"), ("", "row-without-region")],
)
def test_an_unreadable_region_holds_the_row(name: str, code: str) -> None:
    tables, findings = read_sheet(sheet(HEAD, [name, "2019-05", 10, 5, 1], ["г. Шымкент", "2019-05", 20, 6, 1]))
    assert code in codes(findings)
    assert [held.row for held in tables[0].quarantined] == [2]
    assert {entry.row for entry in tables[0].entries} == {3}


def test_towns_that_stand_for_regions_are_said_in_one_finding() -> None:
    _, findings = read_sheet(sheet(HEAD, ["Павлодар", "2019-05", 10, 5, 1], ["Караганда", "2019-05", 20, 6, 1]))
    assert [[at.cell for at in f.at] for f in findings if f.code == "region-by-town"] == [["A2", "A3"]]
    assert "region-by-town" not in codes(read_sheet(sheet(HEAD, ["Павлодарская область", "2019-05", 10, 5, 1], ["Абайская область", "2023-05", 20, 6, 1]))[1])


def test_a_district_says_that_it_is_one() -> None:
    _, findings = read_sheet(sheet(HEAD, ["Мугалжарский район", "2019-05", 10, 5, 1], ["г. Шымкент", "2019-05", 20, 6, 1], ["Актбинск", "2019-05", 20, 6, 1]))
    facts = {f.at[0].cell: dict(f.facts) for f in findings if f.code == "region-unknown"}
    assert facts["A2"]["district"] == "Мугалжарский район" and "district" not in facts["A4"]


def test_slashed_dates_need_a_proof_in_their_column() -> None:
    head = ["Region", "Date", "Transferred, KZT"]
    tables, _ = read_sheet(sheet(head, ["Aktobe region", "03/05/2019", 1], ["Pavlodar region", "25/05/2019", 2]))
    assert [str(entry.period) for entry in tables[0].entries] == ["2019-05-03", "2019-05-25"]
    tables, findings = read_sheet(sheet(head, ["Aktobe region", "03/05/2019", 1], ["Pavlodar region", "04/05/2019", 2]))
    assert codes(findings) == ["ambiguous-date", "ambiguous-date"]
    assert [held.row for held in tables[0].quarantined] == [2, 3]


def test_people_and_money_that_do_not_go_together_are_asked_about() -> None:
    _, findings = read_sheet(
        sheet(
            HEAD,
            ["Актюбинская область", "2019-03", None, 1500000, 0],
            ["Карагандинская область", "2019-03", None, 1500000, None],
            ["Костанайская область", "2019-03", None, 0, 5],
            ["Кызылординская область", "2019-03", None, 0, 0],
        )
    )
    assert codes(findings) == ["money-without-recipients", "no-recipients-figure", "recipients-without-money"]


def test_the_same_row_twice_is_said_and_different_contracts_are_not() -> None:
    head = ["Регион", "НПО", "№ договора", "Период", "Оплачено, тенге"]
    _, findings = read_sheet(sheet(head, ["г. Алматы", "ОФ", "12/2019", "2019-03", 5], ["г. Алматы", "ОФ", "13/2019", "2019-03", 5]))
    assert findings == []
    _, findings = read_sheet(sheet(head, ["г. Алматы", "ОФ", "7/2019", "2019-03", 5], ["г. Алматы", "ОФ", "7/2019", "2019-03", 5]))
    assert [at.cell for at in one(findings, "same-row-twice").at] == ["2", "3"]


def test_hidden_rows_count_and_are_listed() -> None:
    tables, findings = read_sheet(sheet(HEAD, ["г. Алматы", "2019-03", 10, 5, 1], ["г. Шымкент", "2019-03", 20, 6, 1], hidden=[3]))
    assert dict(one(findings, "hidden-rows").facts)["rows"] == ("3",)
    assert len(tables[0].entries) == 6


def test_a_scaling_number_format_shows_thousandths() -> None:
    grid: list[list[Value]] = [["Регион", "Период", "Оплачено, тыс. тенге"], ["г. Алматы", "2019-03", 1234600]]
    tables, findings = read_sheet(Sheet("Отчёт", grid, formats={(2, 3): "#,##0.0,"}))
    assert tables[0].entries[0].value == Decimal("1234600.00")
    assert codes(findings) == ["scaling-number-format"]


def test_every_body_row_is_accounted_for() -> None:
    tables, _ = read_sheet(
        sheet(HEAD, [1, 2, 3, 4, 5], ["г. Алматы", "2019-03", 10, 5, 1], ["Марс", "2019-03", 10, 5, 1], ["Итого", None, 20, 10, 2], ["Исполнитель: Образцова"])
    )
    control = tables[0].control
    assert (control.data, control.totals, control.held, control.ignored) == (1, 1, 1, 2)


def test_a_cell_with_a_unit_of_its_own_is_held_back_where_it_is_another() -> None:
    head = ["Регион", "Период", "План на период, тыс. тенге", "Оплачено, тыс. тенге"]
    tables, findings = read_sheet(sheet(head, ["г. Алматы", "2019-03", "100 тг", "2 млн тенге"], ["г. Шымкент", "2019-03", "5 тыс. тенге", 7]))
    assert [(h.cell, h.code) for h in tables[0].quarantined] == [("C2", "unit-in-cell-differs"), ("D2", "unit-in-cell-differs")]
    assert told(tables[0].entries) == [("C3", "KZ-79", "2019-03", "allocation", 5000), ("D3", "KZ-79", "2019-03", "disbursement", 7000)]
    assert codes(findings) == ["unit-in-cell-differs", "unit-in-cell-differs"]


def test_the_same_figures_on_two_sheets_or_under_two_spellings_count_twice_and_are_an_error() -> None:
    head = ["Регион", "Период", "Оплачено, тенге"]
    _, findings = read_sheet(sheet(head, ["Актюбинская область", "2019-03", 5]), sheet(head, ["Актюбинская область", "2019-03", 5], name="копия"))
    assert [at.sheet for at in one(findings, "same-row-twice").at] == ["Отчёт", "копия"]
    _, findings = read_sheet(sheet(head, ["Актюбинская область", "2019-03", 5], ["Актюбинская обл.", "2019-03", 5]))
    assert one(findings, "same-row-twice").grade == "error"


def test_two_columns_that_come_to_one_figure_of_one_month_are_read_once_or_not_at_all() -> None:
    head = ["Регион", "Оплачено, тенге", "Оплачено за отчетный месяц, тенге"]
    title = ["Отчет за октябрь 2023 года"]
    tables, findings = read_sheet(sheet(title, head, ["г. Шымкент", 5, 5], ["Абайская область", 7, 7]))
    assert [(e.cell, e.value) for e in tables[0].entries] == [("B3", 5), ("B4", 7)]
    assert one(findings, "column-repeats").at[1].cell == "C"
    tables, findings = read_sheet(sheet(title, head, ["г. Шымкент", 5, 5], ["Абайская область", 9, 7]))
    assert not tables[0].entries
    assert [at.cell for at in one(findings, "ambiguous-column").at] == ["B", "C"]
    assert [held.cell for held in tables[0].quarantined] == ["B3", "C3", "B4", "C4"]
