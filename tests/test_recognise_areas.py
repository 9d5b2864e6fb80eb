"""Several tables on a sheet, headers of several rows and pages, sheets of a month or a region: each test is a sheet as people send it."""

from __future__ import annotations

from datetime import datetime

import pytest

from budgettool.read.sheet import Sheet
from budgettool.recognise.header import is_number_row
from sheet_kit import codes, read_sheet, sheet, told

TITLE = ["Отчет за 2019 год, тыс. тенге"]


def ranges(*sheets: Sheet) -> list[str]:
    return [table.range for table in read_sheet(*sheets)[0]]


# ---- side by side


@pytest.mark.parametrize("shift", [0, 2])
def test_tables_side_by_side_parted_by_a_blank_column(shift: int) -> None:
    """The right table has its own header row, its own rows, and the title that stands above the left one."""
    left = [["Регион", "Перечислено", "Оплачено"], ["г. Алматы", 1, 2], ["г. Шымкент", 3, 4], ["Атырауская", 5, 6], ["Акмолинская", 7, 8]]
    right = [[]] * shift + [["Область", "Поступило"], ["г. Алматы", 9], ["г. Шымкент", 10]]
    rows = [[*one, None, *(right[n] if n < len(right) else [])] for n, one in enumerate(left)]
    tables, findings = read_sheet(sheet(TITLE, *rows))
    assert [table.range for table in tables] == ["A2:C6", f"E{2 + shift}:F{4 + shift}"]
    assert told(tables[1].entries) == [
        (f"F{3 + shift}", "KZ-75", "2019", "receipt", 9000),
        (f"F{4 + shift}", "KZ-79", "2019", "receipt", 10000),
    ]
    assert len(tables[0].entries) == 8
    assert findings == []


def test_each_of_two_tables_side_by_side_has_its_own_title() -> None:
    made = sheet(
        ["за 2018 год, тыс. тенге", None, None, "2019 жыл, мың теңге"],
        ["Регион", "Оплачено", None, "Өңір", "Төленді"],
        ["г. Алматы", 1, None, "Алматы қаласы", 2],
    )
    assert [line[2] for table in read_sheet(made)[0] for line in told(table.entries)] == ["2018", "2019"]


def test_a_header_that_begins_again_without_a_gap_opens_the_next_table() -> None:
    made = sheet(TITLE, ["№", "Регион", "План", "№", "Регион", "План"], [1, 2, 3, 4, 5, 6], [1, "г. Алматы", 1, 3, "Атырауская", 5], [2, "г. Шымкент", 3])
    tables, findings = read_sheet(made)
    assert [table.range for table in tables] == ["A2:C5", "D2:F4"]
    assert [(line[0], line[1], line[4]) for table in tables for line in told(table.entries)] == [("C4", "KZ-75", 1000), ("C5", "KZ-79", 3000), ("F4", "KZ-23", 5000)]
    assert findings == []


def test_a_spacer_column_parts_no_table() -> None:
    made = sheet(TITLE, ["Регион", "План", None, "Оплачено", None, "Поставщик"], ["г. Алматы", 1, None, 2, None, "ОФ «А»"])
    tables, _ = read_sheet(made)
    assert [table.range for table in tables] == ["A2:F3"]
    assert [entry.provider for entry in tables[0].entries] == ["ОФ «А»", "ОФ «А»"]


def test_two_columns_of_regions_in_two_languages_are_one_table() -> None:
    made = sheet(TITLE, ["Өңір", "Регион", "План"], ["Ақтөбе облысы", "Актюбинская область", 5])
    assert ranges(made) == ["A2:C3"]


# ---- one below another


def test_the_title_between_two_tables_belongs_to_the_lower_one() -> None:
    made = sheet(
        ["Отчет за 2019 год, тыс. тенге"],
        ["Актюбинская область"],
        ["Поставщик услуг", "Оплачено"],
        ["ОФ «А»", 5],
        [],
        ["Атырауская область, 2020 год, тенге"],
        ["Поставщик услуг", "Оплачено"],
        ["ОФ «Б»", 6],
    )
    tables, findings = read_sheet(made)
    assert [line for table in tables for line in told(table.entries)] == [("B4", "KZ-15", "2019", "disbursement", 5000), ("B8", "KZ-23", "2020", "disbursement", 6)]
    assert findings == []


def test_a_table_without_a_title_takes_what_the_sheet_says_once_and_that_is_said() -> None:
    tables, findings = read_sheet(sheet(TITLE, ["Регион", "План"], ["г. Алматы", 1], [], ["Получатели и оплата"], ["Регион", "Оплачено"], ["г. Шымкент", 2]))
    assert told(tables[1].entries) == [("B7", "KZ-79", "2019", "disbursement", 2000)]
    said = [finding for finding in findings if finding.code == "stated-above-first-table"]
    assert [(place.cell, dict(finding.facts)["values"]) for finding in said for place in finding.at] == [("6", ("тыс. тенге", "2019"))]


def test_what_two_titles_say_differently_is_taken_from_neither() -> None:
    made = sheet(
        *[["2018 год, тыс. тенге"], ["Регион", "План"], ["г. Алматы", 1], []],
        *[["2019 год, тыс. тенге"], ["Регион", "План"], ["г. Алматы", 2], []],
        *[["Справка"], ["Регион", "Оплачено"], ["г. Алматы", 3]],
    )
    tables, findings = read_sheet(made)
    assert [line[2] for table in tables for line in told(table.entries)] == ["2018", "2019"]
    assert "period-not-stated" in codes(findings)


def test_figures_above_and_between_tables_are_said() -> None:
    made = sheet(["Всего выделено", 5000], TITLE, ["Регион", "План"], ["г. Алматы", 1], [], ["Справочно: договоров", 12], ["Регион", "Оплачено"], ["г. Шымкент", 2])
    said = [finding for finding in read_sheet(made)[1] if finding.code == "figures-outside-tables"]
    assert [place.cell for finding in said for place in finding.at] == ["B1"]
    only = [finding for finding in read_sheet(sheet(["Код", "Имя"], ["Алматы", 75]))[1] if finding.code == "figures-outside-tables"]
    assert [(finding.grade.value, finding.at[0].cell) for finding in only] == [("info", "B2")]


# ---- pages


@pytest.mark.parametrize(
    "again",
    [
        ["Регион", "Принятые обязательства", "Оплачено"],
        ["РЕГИОН ", "Принятые\nобяза-\nтельства", "оплачено*"],
        ["Регион", "Принятые  обязательства", "Оплачено"],
    ],
)
@pytest.mark.parametrize("numbers", [[1, 2, 3], ["А", 1, 2], ["(1)", "(2)", "(3)"], ["гр.1", "гр.2", "гр.3"], ["1", "2", "3=2-1"], None])
def test_a_header_printed_again_on_the_next_page_goes_on(again: list[str], numbers: list[object] | None) -> None:
    rows = [[*numbers]] if numbers else []
    made = sheet(TITLE, ["Регион", "Принятые обязательства", "Оплачено"], *rows, ["г. Алматы", 1, 2], TITLE, again, *rows, ["г. Шымкент", 3, 4], ["Итого", 4, 6])  # type: ignore[list-item]
    tables, findings = read_sheet(made)
    assert len(tables) == 1
    assert [(line[1], line[4]) for line in told(tables[0].entries)] == [("KZ-75", 1000), ("KZ-75", 2000), ("KZ-79", 3000), ("KZ-79", 4000)]
    assert {total.verdict for total in tables[0].totals} == {"agrees"}
    assert findings == []


def test_small_counts_below_a_merged_region_are_no_column_numbers() -> None:
    made = sheet(
        ["за март 2019 года"],
        ["Регион", "Поставщик", "Получатели услуг, чел.", "из них впервые", "повторно"],
        ["г. Алматы", "ОФ «А»", 9, 8, 1],
        [None, "ОФ «Б»", 1, 2, 3],
        merges=[(3, 1, 4, 1)],
    )
    assert len(read_sheet(made)[0][0].entries) == 6
    assert not is_number_row(sheet([None, None, 4, 5, 7]), 1)


# ---- headers of several rows


def test_a_header_of_five_levels() -> None:
    made = sheet(
        ["тыс. тенге"],
        ["Регион", "Расходы"],
        [None, "2019 год"],
        [None, "I полугодие"],
        [None, "I квартал", None, "II квартал"],
        [None, "План", "Оплачено", "План", "Оплачено"],
        ["г. Алматы", 1, 2, 3, 4],
        merges=[(2, 1, 6, 1), (2, 2, 2, 5), (3, 2, 3, 5), (4, 2, 4, 5), (5, 2, 5, 3), (5, 4, 5, 5)],
    )
    tables, _ = read_sheet(made)
    assert tables[0].header_rows == (2, 3, 4, 5, 6)
    assert [line[2:4] for line in told(tables[0].entries)] == [("2019-Q1", "allocation"), ("2019-Q1", "disbursement"), ("2019-Q2", "allocation"), ("2019-Q2", "disbursement")]


@pytest.mark.parametrize(
    ("group", "merges"),
    [
        ([None, "2018 год", None, None, "2019 год", None, None], []),
        ([None, None, "2018 год", None, None, "2019 год", None], []),
        ([None, "2018 год", None, None, "2019 год", None, None], [(2, 2, 2, 4), (2, 5, 2, 7)]),
        ([None, "2018 год", None, None, "2019 год", None, None], [(2, 2, 2, 4)]),
    ],
)
def test_one_header_told_apart_by_the_row_above_merged_or_not(group: list[str | None], merges: list[tuple[int, int, int, int]]) -> None:
    made = sheet(["тыс. тенге"], group, ["Регион", "План", "Факт", "%", "План", "Факт", "%"], ["г. Алматы", 1, 2, 200, 3, 4, 133], merges=merges)
    assert [line[2:] for line in told(read_sheet(made)[0][0].entries)] == [
        ("2018", "allocation", 1000),
        ("2018", "disbursement", 2000),
        ("2019", "allocation", 3000),
        ("2019", "disbursement", 4000),
    ]


def test_groups_within_groups_written_over_their_first_column_only() -> None:
    made = sheet(
        ["тыс. тенге"],
        ["Регион", "2018 год", None, None, None, "2019 год", None],
        [None, "План", None, "Оплачено", None, "План", "Оплачено"],
        [None, "I квартал", "II квартал", "I квартал", "II квартал", None, None],
        ["г. Алматы", 1, 2, 3, 4, 5, 6],
    )
    assert [line[2:4] for line in told(read_sheet(made)[0][0].entries)] == [
        *[("2018-Q1", "allocation"), ("2018-Q2", "allocation"), ("2018-Q1", "disbursement"), ("2018-Q2", "disbursement")],
        *[("2019", "allocation"), ("2019", "disbursement")],
    ]


def test_unknown_titles_above_one_header_make_breakdowns() -> None:
    made = sheet(TITLE, [None, "Республиканский бюджет", None, "Местный бюджет", None], ["Регион", "План", "Оплачено", "План", "Оплачено"], ["г. Алматы", 1, 2, 3, 4])
    tables, findings = read_sheet(made)
    assert [(entry.cell, entry.category) for entry in tables[0].entries] == [
        ("B4", "column=Республиканский бюджет"),
        ("C4", "column=Республиканский бюджет"),
        ("D4", "column=Местный бюджет"),
        ("E4", "column=Местный бюджет"),
    ]
    assert codes(findings) == ["columns-as-categories"]


def test_a_total_without_parts_is_the_figure_itself() -> None:
    tables, findings = read_sheet(sheet(TITLE, ["Регион", "Получатели услуг, всего, чел.", "из них впервые", "Всего оплачено"], ["г. Алматы", 3, 1, 5]))
    assert [line[3:] for line in told(tables[0].entries)] == [("recipients", 3), ("recipients.new", 1), ("disbursement", 5000)]
    assert findings == []


def test_dates_across_are_months_where_they_end_one() -> None:
    made = sheet(["Оплачено, тыс. тенге"], ["Регион", datetime(2019, 1, 31), datetime(2019, 2, 28), datetime(2019, 3, 5)], ["г. Алматы", 1, 2, 3])
    assert [line[2] for line in told(read_sheet(made)[0][0].entries)] == ["2019-01", "2019-02", "2019-03-05"]


# ---- two languages


def test_headers_and_regions_in_two_languages() -> None:
    made = sheet(
        TITLE,
        ["Өңір / Регион", "Бекітілген жоспар / Утвержденный план", "Төленді\nОплачено", "Алушылар саны (Получатели услуг), чел."],
        ["Ақтөбе облысы / Актюбинская область", 1, 2, 3],
        ["Атырау облысы\nАтырауская область", 4, 5, 6],
        ["Алматы қаласы (город Алматы)", 7, 8, 9],
    )
    tables, findings = read_sheet(made)
    assert [column.field for column in tables[0].columns] == ["region", "allocation.approved", "disbursement", "recipients"]
    assert [entry.region for entry in tables[0].entries][::3] == ["KZ-15", "KZ-23", "KZ-75"]
    assert findings == []


@pytest.mark.parametrize("header", ["Бекітілген жоспар / Уточненный план", "Нақтыланған жоспар\nУтвержденный план", "Төленді (Перечислено)", "Перечислено / Оплачено", "Қалдық / Оплачено"])
def test_halves_that_contradict_each_other_are_refused(header: str) -> None:
    tables, findings = read_sheet(sheet(TITLE, ["Регион", header, "Принятые обязательства"], ["г. Алматы", 1, 2]))
    assert [(finding.code, finding.at[0].cell) for finding in findings] == [("ambiguous-measure", "B")]
    assert [line[3] for line in told(tables[0].entries)] == ["commitment"]


def test_the_second_language_in_a_second_row() -> None:
    tables, findings = read_sheet(sheet(TITLE, ["Регион", "Утвержденный план", "Оплачено"], ["Өңір", "Бекітілген жоспар", "Төленді"], ["Ақтөбе облысы", 1, 2]))
    assert tables[0].header_rows == (2, 3)
    assert len(tables[0].entries) == 2
    assert findings == []
    _, findings = read_sheet(sheet(TITLE, ["Регион", "Утвержденный план", "Оплачено", "Перечислено"], ["Өңір", "Нақтыланған жоспар", "Төленді", "Аударылды"], ["Ақтөбе облысы", 1, 2, 3]))
    assert [(finding.code, finding.at[0].cell) for finding in findings] == [("ambiguous-measure", "B")]


def test_halves_of_a_region_that_contradict_each_other_hold_the_row() -> None:
    tables, findings = read_sheet(sheet(TITLE, ["Регион", "План"], ["Ақтөбе облысы / Атырауская область", 1]))
    assert [(held.row, held.code) for held in tables[0].quarantined] == [(3, "region-ambiguous")]
    assert codes(findings) == ["region-ambiguous"]


# ---- footnotes


def test_footnote_marks_glued_to_names_and_years() -> None:
    made = sheet(["Оплачено, тыс. тенге"], ["Регион¹", "2018", "2019 *", "2020²", "2021 1)"], ["Шымкент1)", 1, 2, 3, 4], ["г. Алматы*", 5, 6, 7, 8])
    entries = told(read_sheet(made)[0][0].entries)
    assert [line[2] for line in entries] == ["2018", "2019", "2020", "2021"] * 2
    assert {line[1] for line in entries} == {"KZ-79", "KZ-75"}


# ---- sheets of a month, a year, a region


@pytest.mark.parametrize(
    ("title", "name", "file", "period", "said"),
    [
        ("Отчет за 2019 год, тыс. тенге", "март", "f.xlsx", "2019-03", []),
        ("тыс. тенге", "март", "отчет 2019.xlsx", "2019-03", []),
        ("мың теңге", "наурыз", "есеп 2019.xlsx", "2019-03", []),
        ("KZT thousand", "March", "report 2019.xlsx", "2019-03", []),
        ("тыс. тенге", "Март 2019", "f.xlsx", "2019-03", []),
        ("тыс. тенге", "01.2019", "f.xlsx", "2019-01", []),
        ("тыс. тенге", "2019 (2)", "f.xlsx", "2019", []),
        ("за март, тыс. тенге", "2019", "f.xlsx", "2019-03", []),
        ("2019 год, тыс. тенге", "Лист1 (2)", "f.xlsx", "2019", []),
        ("на 1 апреля 2019 года, тыс. тенге", "апрель", "f.xlsx", "2019-01..2019-03 C", []),
        ("за январь-март 2019 года, тыс. тенге", "март", "f.xlsx", "2019-01..2019-03 C", []),
        ("за апрель 2019 года, тыс. тенге", "март", "f.xlsx", "2019-04", [("март", "2019-03", "2019-04")]),
        ("2019 жылғы наурыз, мың теңге", "2020", "f.xlsx", "2019-03", [("2020", "2020", "2019-03")]),
    ],
)
def test_the_period_of_a_sheet_by_its_title_its_name_and_its_file(title: str, name: str, file: str, period: str, said: list[tuple[str, str, str]]) -> None:
    tables, findings = read_sheet(sheet([title], ["Регион", "Оплачено"], ["г. Алматы", 5], name=name), file=file)
    stated = told(tables[0].entries)[0][2]
    assert stated.replace("2019-Q1", "2019-01..2019-03") == period or stated == period.removesuffix(" C").replace("2019-01..2019-03", "2019-Q1")
    assert [tuple(dict(finding.facts)[key] for key in ("text", "other", "read")) for finding in findings] == said


@pytest.mark.parametrize(
    ("name", "region", "code"),
    [
        ("Актюбинская", "KZ-15", None),
        ("АКТЮБИНСКАЯ ОБЛ.", "KZ-15", None),
        ("Актюбинская (2)", "KZ-15", None),
        ("Ақтөбе март", "KZ-15", None),
        ("Aktobe region", "KZ-15", None),
        ("Алматы", "KZ-75", "region-presumed"),
        ("РК", "KZ", None),
        ("БКО", None, "region-ambiguous"),
        ("Лист1", None, None),
    ],
)
def test_the_region_of_a_sheet_by_its_name(name: str, region: str | None, code: str | None) -> None:
    tables, findings = read_sheet(sheet(TITLE, ["Поставщик услуг", "Оплачено"], ["ОФ «А»", 5], name=name))
    assert [entry.region for entry in tables[0].entries] == ([region] if region else [])
    assert (code in codes(findings)) if code else not any(found.startswith("region-") for found in codes(findings))


def test_a_sheet_named_after_another_region_than_its_title_is_said() -> None:
    made = sheet(["Атырауская область, 2019 год, тыс. тенге"], ["Поставщик услуг", "Оплачено"], ["ОФ «А»", 5], name="Актюбинская")
    tables, findings = read_sheet(made)
    assert [entry.region for entry in tables[0].entries] == ["KZ-23"]
    assert [(finding.code, dict(finding.facts)["other"], dict(finding.facts)["read"]) for finding in findings] == [("sheet-name-differs", "KZ-15", "KZ-23")]


# ---- hashtags


def test_tags_under_unknown_words_pin_what_columns_are() -> None:
    made = sheet(["Where", "When", "Money", "Help"], ["#adm1 +name", "#date", "#value +disbursed+kzt", "#reached"], ["Aktobe region", "2019-03", 100, 5])
    tables, findings = read_sheet(made)
    assert told(tables[0].entries) == [("C3", "KZ-15", "2019-03", "disbursement", 100), ("D3", "KZ-15", "2019-03", "recipients", 5)]
    assert findings == []


def test_tags_instead_of_a_header() -> None:
    tables, _ = read_sheet(sheet(["#adm1+name", "#date", "#value+transferred+usd", "#affected"], ["Aktobe region", "2019-03", 100, 7]))
    assert [(entry.cell, entry.measure, entry.unit) for entry in tables[0].entries] == [("C2", "transfer", "USD")]


def test_parts_of_people_by_tag_are_breakdowns() -> None:
    tables, findings = read_sheet(sheet(["Region", "Month", "Women", "Men"], ["#adm1", "#date", "#reached+f", "#reached+m"], ["Aktobe region", "2019-03", 5, 6]))
    assert [(entry.value, entry.category) for entry in tables[0].entries] == [(5, "column=Women"), (6, "column=Men")]
    assert findings == []


def test_a_tag_against_the_words_is_refused_and_plain_words_stand_where_a_tag_says_nothing() -> None:
    made = sheet(["Регион", "Период", "Перечислено, тенге", "Оплачено, тенге"], ["#adm1", "#date", "#value+disbursed", "#value"], ["г. Алматы", "2019-03", 100, 90])
    tables, findings = read_sheet(made)
    assert [(finding.code, finding.at[0].cell) for finding in findings] == [("ambiguous-measure", "C")]
    assert told(tables[0].entries) == [("D3", "KZ-75", "2019-03", "disbursement", 90)]


# ---- no tables


@pytest.mark.parametrize(
    "rows",
    [
        [["Записка"], ["В 2019 году перечислено 288,3 млн тенге, оплачено 200 млн тенге."], ["Получатели услуг: 600 человек", "всего"]],
        [["Контакты"], ["Регион", "Организация", "БИН", "Телефон"], ["г. Алматы", "ОФ «А»", "140940999908", 87770001122]],
        [["ФИО", "Организация", "Телефон"], ["Образцов", "ОФ «А»", 87770001122], ["Примеров", "ОФ «Б»", 87770001123]],
        [["Календарь 2019"], ["январь", "февраль", "март"], ["Пн", "Пн", "Пн"], [1, 4, 4], [7, 11, 11]],
        [["Руководитель", None, "А. Образцов"], ["Исполнитель", "Дата"], ["тел. 70-00-00", "05.01.2020"]],
        [["Исполнитель", "Период"], ["Б. Примеров", 12]],
        [["Примечание: оплачено 5 договоров"], ["* в том числе 3 акта"], ["1) перечислено 12 марта"]],
    ],
)
def test_what_is_no_table_gives_no_figures_and_no_error(rows: list[list[str | int | None]]) -> None:
    tables, findings = read_sheet(sheet(*rows))
    assert tables == []
    assert "no-table-found" in codes(findings)
    assert not [finding for finding in findings if finding.grade == "error"]


def test_signatures_and_notes_under_a_table_are_no_table() -> None:
    made = sheet(TITLE, ["Регион", "Оплачено"], ["г. Алматы", 5], [], ["Руководитель", None, "А. Образцов"], ["Исполнитель", "Дата"], ["тел. 70-00-00", "05.01.2020"])
    tables, findings = read_sheet(made)
    assert [len(table.entries) for table in tables] == [1]
    assert findings == []


def test_a_row_without_figures_above_a_repeated_header_is_no_title() -> None:
    head = ["Регион", "Оплачено, тыс. тенге"]
    tables, findings = read_sheet(
        sheet(["за февраль 2021 года"], head, ["Акмолинская область", 5], ["Костанайская область", None], head, ["Павлодарская область", 8], ["Всего", 13])
    )
    assert [(e.region, str(e.period), e.value) for table in tables for e in table.entries] == [("KZ-11", "2021-02", 5000), ("KZ-55", "2021-02", 8000)]
    assert not [finding for finding in findings if finding.code == "printed-total-differs"]
