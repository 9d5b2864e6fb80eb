"""Tables that lie on their side: measures down, regions or periods across; each answer stands at the cells of the sheet."""

from __future__ import annotations

import pytest

from budgettool.recognise.turned import back
from sheet_kit import codes, read_sheet, sheet, told

REGIONS = sheet(
    ["Отчет за март 2019 года"],
    ["№", "Показатель", "Актюбинская область", "Атырауская область", "Итого", "Примечание"],
    [1, 2, 3, 4, 5, 6],
    [1, "План, тыс. тенге", 100, 200, 300],
    [2, "Оплачено, тыс. тенге", 90, 150, 241, "по актам"],
    [3, "Исполнение, %", 90, 75, 80],
    [4, "Получатели услуг, чел.", 5, "шесть", 11],
    [None, "Руководитель", "А. Образцов"],
)


def test_measures_down_and_regions_across() -> None:
    tables, findings = read_sheet(REGIONS)
    table = tables[0]
    assert told(table.entries) == [
        ("C4", "KZ-15", "2019-03", "allocation", 100000),
        ("D4", "KZ-23", "2019-03", "allocation", 200000),
        ("C5", "KZ-15", "2019-03", "disbursement", 90000),
        ("D5", "KZ-23", "2019-03", "disbursement", 150000),
        ("C7", "KZ-15", "2019-03", "recipients", 5),
    ]
    assert [entry.row for entry in table.entries] == [4, 4, 5, 5, 7]
    assert (table.range, table.header_rows) == ("B2:F7", (2,))
    assert [(column.column, column.field) for column in table.columns] == [("2", "region"), ("4", "allocation"), ("5", "disbursement"), ("6", "percent"), ("7", "recipients")]
    assert [(total.cell, total.verdict) for total in table.totals] == [("E4", "agrees"), ("E5", "agrees"), ("E7", "not-judged")]
    assert [(held.row, held.cell, held.code, held.cells) for held in table.quarantined] == [(7, "D7", "number-not-read", ("D7",))]
    assert ("number-not-read", "D7") in [(finding.code, finding.at[0].cell) for finding in findings]


@pytest.mark.parametrize(
    ("head", "plan", "paid"),
    [
        ([None, "январь", "февраль", "март", "Итого"], "План", "Оплачено"),
        (["Көрсеткіштер", "қаңтар", "ақпан", "наурыз", "Барлығы"], "Бекітілген жоспар", "Төленді"),
        (["Indicator", "January", "February", "March", "Total"], "Approved plan", "Paid"),
    ],
)
def test_measures_down_and_months_across_of_the_region_that_the_sheet_is_named_after(head: list[str | None], plan: str, paid: str) -> None:
    tables, findings = read_sheet(sheet(["2019, тыс. тенге"], head, [plan, 1, 2, 3, 6], [paid, 1, 1, 2, 4], name="Актюбинская"))
    assert [(line[0], line[1], line[2]) for line in told(tables[0].entries)] == [
        *[("B3", "KZ-15", "2019-01"), ("C3", "KZ-15", "2019-02"), ("D3", "KZ-15", "2019-03")],
        *[("B4", "KZ-15", "2019-01"), ("C4", "KZ-15", "2019-02"), ("D4", "KZ-15", "2019-03")],
    ]
    assert [(total.cell, total.verdict) for total in tables[0].totals] == [("E3", "agrees"), ("E4", "agrees")]
    assert findings == []


def test_units_in_a_column_of_their_own_and_years_under_merged_regions() -> None:
    made = sheet(
        ["Отчет"],
        ["Показатель", "Ед. изм.", "Актюбинская область", None, "Атырауская область", None],
        [None, None, "2018", 2019, "2018", 2019],
        ["План", "тыс. тенге", 1, 2, 3, 4],
        ["Оплачено", "тенге", 1000, 2000, 3000, 4000],
        merges=[(2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 4), (2, 5, 2, 6)],
    )
    tables, findings = read_sheet(made)
    assert [line for line in told(tables[0].entries) if line[0][0] in "DE"] == [
        ("D4", "KZ-15", "2019", "allocation", 2000),
        ("E4", "KZ-23", "2018", "allocation", 3000),
        ("D5", "KZ-15", "2019", "disbursement", 2000),
        ("E5", "KZ-23", "2018", "disbursement", 3000),
    ]
    assert tables[0].header_rows == (2, 3)
    assert findings == []


def test_titles_of_groups_down_the_labels() -> None:
    """A label without figures is the title of what follows: people over their plan, a region over its measures."""
    made = sheet(
        ["2019 год, тыс. тенге"],
        ["Показатель", "январь", "февраль"],
        ["Актюбинская область"],
        ["Оплачено", 1, 2],
        ["Получатели услуг, чел."],
        ["план", 5, 6],
        ["факт", 4, 5],
        ["Атырауская область"],
        ["Оплачено", 3, 4],
    )
    entries = told(read_sheet(made)[0][0].entries)
    assert [(line[0], line[1], line[3]) for line in entries if line[0].startswith("B")] == [
        ("B4", "KZ-15", "disbursement"),
        ("B6", "KZ-15", "recipients.planned"),
        ("B7", "KZ-15", "recipients"),
        ("B9", "KZ-23", "disbursement"),
    ]


def test_a_region_across_that_is_none_is_held_back_by_its_column() -> None:
    made = sheet(["за март 2019 года, тыс. тенге"], ["Показатель", "Актюбинская", "Атырауская", "Абайская", "Итого"], ["План", 1, 2, 3, 6], ["Оплачено", 1, 2, 3, 6])
    tables, findings = read_sheet(made)
    assert {(held.row, held.cell, held.code) for held in tables[0].quarantined} == {(2, "D", "region-not-in-period")}
    assert [(finding.at[0].cell) for finding in findings if finding.code == "region-not-in-period"] == ["D2"]
    assert len(tables[0].entries) == 4


def test_regions_across_with_measures_as_the_second_row_of_the_header() -> None:
    made = sheet(
        ["2019 год, тыс. тенге"],
        ["Период", "Актюбинская область", None, "Атырауская область", None],
        [None, "План", "Оплачено", "План", "Оплачено"],
        ["январь", 1, 2, 3, 4],
        ["февраль", 5, 6, 7, 8],
        ["Итого", 6, 8, 10, 12],
    )
    tables, findings = read_sheet(made)
    assert told(tables[0].entries)[:4] == [
        ("B4", "KZ-15", "2019-01", "allocation", 1000),
        ("C4", "KZ-15", "2019-01", "disbursement", 2000),
        ("D4", "KZ-23", "2019-01", "allocation", 3000),
        ("E4", "KZ-23", "2019-01", "disbursement", 4000),
    ]
    assert {total.verdict for total in tables[0].totals} == {"agrees"}
    assert findings == []


def test_periods_down_regions_across_and_the_measure_in_the_title() -> None:
    tables, findings = read_sheet(sheet(["Оплачено, 2019 год, тыс. тенге"], ["Месяц", "Актюбинская", "Атырауская", "Итого"], ["январь", 1, 2, 3], ["февраль", 5, 6, 11]))
    assert [line[:3] for line in told(tables[0].entries)] == [("B3", "KZ-15", "2019-01"), ("C3", "KZ-23", "2019-01"), ("B4", "KZ-15", "2019-02"), ("C4", "KZ-23", "2019-02")]
    assert [(total.cell, total.verdict) for total in tables[0].totals] == [("D3", "agrees"), ("D4", "agrees")]
    assert findings == []


def test_regions_down_and_measures_by_period_across_stand_already() -> None:
    made = sheet(["2019 год, тыс. тенге"], ["Регион", "План", None, "Оплачено", None], [None, "январь", "февраль", "январь", "февраль"], ["г. Алматы", 1, 2, 3, 4])
    assert [line[:3] for line in told(read_sheet(made)[0][0].entries)] == [("B4", "KZ-75", "2019-01"), ("C4", "KZ-75", "2019-02"), ("D4", "KZ-75", "2019-01"), ("E4", "KZ-75", "2019-02")]


def test_labels_that_measure_nothing_are_not_turned() -> None:
    _, findings = read_sheet(sheet(["2019 год"], ["Показатель", "январь", "февраль"], ["Площадь, кв. м", 1, 2], ["Высота, м", 3, 4]))
    assert "measure-skipped" in codes(findings)


@pytest.mark.parametrize(("there", "here"), [("C2", "B3"), ("17", "Q"), ("AA", "27"), ("A4:G19", "D1:S7"), ("AA3", "C27")])
def test_addresses_turn_both_ways(there: str, here: str) -> None:
    assert back(there) == here
    assert back(here) == there


def test_the_word_for_the_year_behind_its_quarters_is_their_total() -> None:
    made = sheet(["2019 год, тыс. тенге, Актюбинская область"], ["Показатель", "I кв.", "II кв.", "III кв.", "IV кв.", "Год"], ["План", 1, 2, 3, 4, 10], ["Оплачено", 1, 2, 3, 4, 20])
    tables, findings = read_sheet(made)
    assert [line[2] for line in told(tables[0].entries)] == ["2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4"] * 2
    assert [(total.cell, total.verdict) for total in tables[0].totals] == [("F3", "agrees"), ("F4", "differs")]
    assert codes(findings) == ["printed-total-differs"]


def test_parts_down_without_a_word_of_their_own_are_refused_and_the_whole_is_read() -> None:
    made = sheet(
        ["2019 год, тыс. тенге"],
        ["Показатель", "Актюбинская", "Атырауская"],
        ["План, всего", 10, 20],
        ["в том числе: республиканский бюджет", 6, 12],
        ["местный бюджет", 4, 8],
        ["Факт", "-", "-"],
    )
    tables, findings = read_sheet(made)
    assert [line[0] for line in told(tables[0].entries)] == ["B3", "C3"]
    assert [[place.cell for place in finding.at] for finding in findings if finding.code == "ambiguous-column"] == [["4", "5"]]


def test_plan_and_fact_alone_are_labels_enough() -> None:
    tables, _ = read_sheet(sheet(["2019 год, тыс. тенге, Актюбинская область"], ["Показатель", "январь", "февраль"], ["План", 1, 2], ["Факт", 3, 4]))
    assert [line[:4] for line in told(tables[0].entries)] == [
        *[("B3", "KZ-15", "2019-01", "allocation"), ("C3", "KZ-15", "2019-02", "allocation")],
        *[("B4", "KZ-15", "2019-01", "disbursement"), ("C4", "KZ-15", "2019-02", "disbursement")],
    ]
