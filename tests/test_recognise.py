"""Recognition: each test is a sheet as people send it, and what its columns and rows are."""

from __future__ import annotations

import pytest

from budgettool.recognise.vocabulary import read_header, vocabulary
from budgettool.terms import MEASURES
from sheet_kit import codes, read_sheet, sheet, told


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Оплаченные обязательства (кассовые расходы), тыс. тенге", "disbursement"),
        ("Уточненный план на год", "allocation.revised"),
        ("Скорректированный план на год", "allocation.corrected"),
        ("Бекітілген жылдық жоспар", "allocation.approved"),
        ("План финансирования на отчетный период по платежам", "allocation.plan_payments"),
        ("Перечислено из республиканского бюджета", "transfer"),
        ("Республикалық бюджетке қайтарылды", "refund"),
        ("Жергілікті бюджетке түсті", "receipt"),
        ("Возвращено поставщиком (восстановлено)", "recovery"),
        ("Передано районам (городам)", "transfer.district"),
        ("Остаток плана", "balance"),
        ("Исполнение, % к плану на год", "percent"),
        ("Неоплаченные обязательства", "unpaid"),
        ("Расходы на одного получателя, тенге", "cost"),
        ("Көрсетілетін қызметті алушылар, адам", "recipients"),
        ("Плaн нa пepиод,\nтенге", "allocation"),
        ("Причины неисполнения", "note"),
        ("№ п/п", "number"),
    ],
)
def test_header_words(header: str, field: str) -> None:
    assert read_header(header).meanings[0].field == field


def test_every_measure_of_the_vocabulary_is_a_measure() -> None:
    named = {phrase.meaning.field for phrases in vocabulary().phrases.values() for phrase in phrases if phrase.meaning.kind == "measure"}
    for field in named:
        measure, _, version = field.partition(".")
        assert measure in MEASURES, field
        assert not version or version in MEASURES[measure].versions, field


def test_header_over_three_rows_with_merged_years_and_quarters() -> None:
    tables, _ = read_sheet(
        sheet(
            ["Сведения об использовании целевых текущих трансфертов"],
            [None, None, None, None, None, "тыс. тенге"],
            ["Регион", "2019 год", None, None, None, "Получатели услуг с начала года, чел."],
            [None, "I квартал", None, "II квартал"],
            [None, "План на период", "Оплачено", "План на период", "Оплачено"],
            ["Актюбинская область", 5000.5, 4800.2, 6000, 5900.1, 61],
            merges=[(1, 1, 1, 6), (3, 1, 5, 1), (3, 2, 3, 5), (4, 2, 4, 3), (4, 4, 4, 5), (3, 6, 5, 6)],
        )
    )
    assert told(tables[0].entries) == [
        ("B6", "KZ-15", "2019-Q1", "allocation", 5000500),
        ("C6", "KZ-15", "2019-Q1", "disbursement", 4800200),
        ("D6", "KZ-15", "2019-Q2", "allocation", 6000000),
        ("E6", "KZ-15", "2019-Q2", "disbursement", 5900100),
        ("F6", "KZ-15", "2019-01..2019-06 C", "recipients", 61),
    ]
    assert tables[0].header_rows == (3, 4, 5)


def test_group_heading_over_people_and_in_month_beside_cumulative() -> None:
    tables, _ = read_sheet(
        sheet(
            ["Отчет за январь–июль 2023 года, тыс. тенге"],
            ["Регион", "Утвержденный план на год", "Оплаченные обязательства (кассовые расходы)", None, "Получатели услуг, чел.", None],
            [None, None, "с начала года", "за отчетный месяц", "план", "с начала года"],
            [1, 2, 3, 4, 5, 6],
            ["Абайская область", 1000, 700, 100, 40, 31],
            ["Руководитель ________ А. Образцов", None, None, None, None, None],
            merges=[(2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 4), (2, 5, 2, 6)],
        )
    )
    assert told(tables[0].entries) == [
        ("B5", "KZ-10", "2023", "allocation.approved", 1000000),
        ("C5", "KZ-10", "2023-01..2023-07 C", "disbursement", 700000),
        ("D5", "KZ-10", "2023-07", "disbursement", 100000),
        ("E5", "KZ-10", "2023-01..2023-07 C", "recipients.planned", 40),
        ("F5", "KZ-10", "2023-01..2023-07 C", "recipients", 31),
    ]


def test_region_once_in_the_title_and_period_in_the_file_name() -> None:
    tables, _ = read_sheet(
        sheet(
            ["Управление координации занятости и социальных программ Актюбинской области"],
            ["Поставщик услуг (НПО)", "БИН", "Оплачено, тенге", "Получатели услуг, чел."],
            ["ОФ «Образец»", "140940999908", 100000, 3],
        ),
        file="отчет_2019-03.xlsx",
    )
    assert told(tables[0].entries) == [("C3", "KZ-15", "2019-03", "disbursement", 100000), ("D3", "KZ-15", "2019-03", "recipients", 3)]
    assert tables[0].entries[0].reporter == "KZ-15"
    assert tables[0].entries[0].provider_bin == "140940999908"


def test_as_of_date_counts_from_january() -> None:
    tables, _ = read_sheet(sheet(["на 1 июля 2019 года, тыс. тенге"], ["Регион", "Оплачено"], ["г. Алматы", 10]))
    assert told(tables[0].entries) == [("B3", "KZ-75", "2019-01..2019-06 C", "disbursement", 10000)]


def test_ambiguous_word_is_decided_by_the_other_columns_or_refused() -> None:
    tables, findings = read_sheet(sheet(["Регион", "Период", "Выделено, тенге", "Перечислено, тенге"], ["г. Алматы", "2019-03", 5, 4]))
    assert [entry.measure for entry in tables[0].entries] == ["allocation", "transfer"]
    _, findings = read_sheet(sheet(["Регион", "Период", "Выделено, тенге", "Оплачено, тенге"], ["г. Алматы", "2019-03", 5, 4]))
    assert "ambiguous-measure" in codes(findings)


def test_two_columns_that_say_the_same_are_refused() -> None:
    tables, findings = read_sheet(sheet(["Регион", "Период", "Оплачено, тенге", "Оплачено, тенге"], ["г. Алматы", "2019-03", 5, 4]))
    assert "ambiguous-column" in codes(findings)
    assert not [entry for table in tables for entry in table.entries]


def test_years_across_with_a_blank_corner() -> None:
    tables, findings = read_sheet(
        sheet(
            ["Израсходовано НПО, тыс. тенге"],
            [None, 2016.0, 2017.0, 2019.0],
            ["Республика Казахстан", 3, 3, 6],
            ["Акмолинская", 1, 1, 2],
            ["Туркестанская", 2, "-", 3],
            ["г.Шымкент", "-", 2, 1],
        )
    )
    entries = told(tables[0].entries)
    assert ("B5", "KZ-51", "2016", "expenditure", 2000) in entries
    assert ("D6", "KZ-79", "2019", "expenditure", 1000) in entries
    assert [(t.cell, t.verdict) for t in tables[0].totals] == [("B3", "agrees"), ("C3", "differs"), ("D3", "agrees")] or tables[0].quarantined
    assert "region-read-as" in codes(findings)


def test_back_cast_series_keep_their_own_units() -> None:
    tables, findings = read_sheet(
        sheet(["Получатели услуг"], [None, 2015, 2016, 2019], ["Туркестанская", 5, 6, 7], ["г.Шымкент", 1, 2, 3], ["Акмолинская", 1, 1, 1])
    )
    assert {(e.region, str(e.period)) for e in tables[0].entries} >= {("KZ-61", "2015"), ("KZ-79", "2015")}
    assert "back-cast" in codes(findings)


def test_sections_that_repeat_the_regions_are_breakdowns() -> None:
    tables, findings = read_sheet(
        sheet(
            ["Получатели услуг"],
            [None, 2018, 2019, 2020],
            ["Акмолинская", 5, 6, 7],
            ["Павлодарская", 5, 6, 7],
            ["Городское население"],
            ["Акмолинская", 2, 3, 4],
            ["Павлодарская", 2, 3, 4],
        )
    )
    whole = [e.value for e in tables[0].entries if str(e.period) == "2018" and e.category is None]
    assert whole == [5, 5]
    assert "section-as-category" in codes(findings)


def test_ledger_csv() -> None:
    tables, findings = read_sheet(
        sheet(["period", "region", "measure", "value", "unit"], ["2019-03", "KZ-15", "disbursement", "100.50", "KZT"], ["2019", "KZ", "recipients", "5", "person"])
    )
    assert told(tables[0].entries) == [("D2", "KZ-15", "2019-03", "disbursement", tables[0].entries[0].value), ("D3", "KZ", "2019", "recipients", 5)]
    assert str(tables[0].entries[0].value) == "100.50"
    assert findings == []


@pytest.mark.parametrize("label", ["Республика бойынша барлығы", "Облыс бойынша барлығы", "Итого по республике", "ВСЕГО:", "Жиыны", "Grand total", "Республика Казахстан"])
def test_total_rows_in_three_languages(label: str) -> None:
    tables, findings = read_sheet(sheet(["Регион", "Период", "Оплачено, тенге"], [label, None, 30], ["г. Алматы", "2019-03", 10], ["г. Шымкент", "2019-03", 20]))
    assert [(total.cell, total.verdict) for total in tables[0].totals] == [("C2", "agrees")]
    assert not findings


def test_the_first_body_row_is_no_header_even_without_a_number() -> None:
    tables, _ = read_sheet(sheet(["Регион", "Период", "Оплачено, тенге"], ["г. Алматы", "2019-03", "сто тысяч"], ["г. Шымкент", "2019-03", "5"]))
    assert tables[0].header_rows == (1,)
    assert [held.cell for held in tables[0].quarantined] == ["C2"]


def test_a_targeted_transfer_is_no_form_and_an_order_gives_no_period() -> None:
    tables, _ = read_sheet(
        sheet(
            ["2023 жылғы 5 қаңтардағы № 12 бұйрығына 1-қосымша"],
            ["Ағымдағы нысаналы трансферттердің атқарылуы туралы есеп: Ақтөбе облысы"],
            ["2023 жылғы қаңтар–шілде", None, "мың теңге"],
            ["Өнім беруші (ҮЕҰ)", "Төлемдер", "Төленген міндеттемелер (кассалық шығыстар)"],
            ["ҚҚ «Үлгі»", None, 10],
        )
    )
    assert told(tables[0].entries) == [("C5", "KZ-15", "2023-01..2023-07 C", "disbursement", 10000)]


def test_a_table_of_names_and_values_is_read_by_its_names() -> None:
    tables, findings = read_sheet(
        sheet(
            ["за март 2019 года"],
            ["Регион", "Показатель", "Ед. изм.", "Значение"],
            ["г. Алматы", "Перечислено", "тыс. тенге", 10],
            ["г. Алматы", "Получатели услуг", "чел.", 3],
        )
    )
    assert told(tables[0].entries) == [("D3", "KZ-75", "2019-03", "transfer", 10000), ("D4", "KZ-75", "2019-03", "recipients", 3)]
    assert findings == []


def test_a_column_of_numbers_that_no_word_fits_is_said_with_and_without_a_header() -> None:
    head = ["№", "Регион", "Период", "Оплачено, тенге", "Индекс бодрости", None, "Ответственный"]
    tables, findings = read_sheet(sheet(head, [1, "г. Алматы", "2019-03", 5, 7.5, 9, "Образцова"], [2, "г. Шымкент", "2019-03", 6, 8, None, None]))
    assert [(f.code, f.at[0].cell, dict(f.facts)) for f in findings] == [
        ("column-not-recognised", "E", {"header": "Индекс бодрости"}),
        ("column-not-recognised", "F", {}),
    ]
    assert [entry.cell for entry in tables[0].entries] == ["D2", "D3"]


@pytest.mark.parametrize("where", ["title", "sheet", "file"])
def test_months_across_are_of_the_year_that_is_stated_once(where: str) -> None:
    rows = [
        ["Регион", "Оплачено", None, None, "Получатели услуг, чел.", None],
        [None, "январь", "февраль", "Итого", "январь", "февраль"],
        ["г. Алматы", 10, 20, 30, 1, 2],
    ]
    title = "Отчет за 2023 год, тыс. тенге" if where == "title" else "Отчет, тыс. тенге"
    merges = [(2, 1, 3, 1), (2, 2, 2, 4), (2, 5, 2, 6)]
    made = sheet([title], *rows, merges=merges, name="2023" if where == "sheet" else "Лист1")
    tables, findings = read_sheet(made, file="отчет 2023.xlsx" if where == "file" else "отчет.xlsx")
    assert told(tables[0].entries) == [
        ("B4", "KZ-75", "2023-01", "disbursement", 10000),
        ("C4", "KZ-75", "2023-02", "disbursement", 20000),
        ("E4", "KZ-75", "2023-01", "recipients", 1),
        ("F4", "KZ-75", "2023-02", "recipients", 2),
    ]
    assert [(total.cell, total.verdict) for total in tables[0].totals] == [("D4", "agrees")]
    assert findings == []


def test_measures_over_quarters_and_quarters_over_measures_read_alike() -> None:
    under = sheet(
        ["2023 год, тыс. тенге"],
        ["Регион", "Перечислено", None, "Поступило", None],
        [None, "I квартал", "II квартал", "I квартал", "II квартал"],
        ["г. Алматы", 1, 2, 3, 4],
        merges=[(2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 2, 5)],
    )
    over = sheet(
        ["2023 год, тыс. тенге"],
        ["Регион", "I квартал", None, "II квартал", None],
        [None, "Перечислено", "Поступило", "Перечислено", "Поступило"],
        ["г. Алматы", 1, 3, 2, 4],
        merges=[(2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 2, 5)],
    )
    one, other = ({line[1:] for line in told(read_sheet(made)[0][0].entries)} for made in (under, over))
    assert one == other
    assert ("KZ-75", "2023-Q2", "receipt", 4000) in one


def test_months_without_any_year_are_held_back_and_not_called_the_same() -> None:
    tables, findings = read_sheet(sheet(["Регион", "Оплачено, тенге", None], [None, "январь", "февраль"], ["г. Алматы", 1, 2], merges=[(1, 1, 2, 1), (1, 2, 1, 3)]))
    assert codes(findings) == ["period-not-stated"]
    assert [held.row for held in tables[0].quarantined] == [3]


@pytest.mark.parametrize("title", ["Получатели услуг за 2022 год, чел.", "2022 жылғы көрсетілетін қызметті алушылар, адам", "Recipients served in 2022"])
def test_plan_and_fact_below_a_title_of_people_are_people(title: str) -> None:
    tables, _ = read_sheet(
        sheet(
            ["Финансирование за 2022 год, тыс. тенге"],
            ["Регион", "Перечислено", "Оплачено"],
            ["г. Шымкент", 50, 40],
            [],
            [title],
            ["Регион", "план", "факт"],
            ["г. Шымкент", 5, 4],
        )
    )
    assert [told(table.entries) for table in tables] == [
        [("B3", "KZ-79", "2022", "transfer", 50000), ("C3", "KZ-79", "2022", "disbursement", 40000)],
        [("B7", "KZ-79", "2022", "recipients.planned", 5), ("C7", "KZ-79", "2022", "recipients", 4)],
    ]


@pytest.mark.parametrize("year", ["Год", "Жыл", "Всего за год", "Year"])
def test_the_year_behind_its_quarters_is_their_sum(year: str) -> None:
    head = ["Регион", "І кв.", "II кв.", "Ш кв.", "ІV кв.", year]
    tables, findings = read_sheet(sheet(["Оплачено за 2023 год, тыс. тенге"], head, ["г. Шымкент", 1, 2, 3, 4, 10], ["Абайская область", 1, 1, 1, 1, 5]))
    assert [(e.cell, str(e.period)) for e in tables[0].entries][:4] == [("B3", "2023-Q1"), ("C3", "2023-Q2"), ("D3", "2023-Q3"), ("E3", "2023-Q4")]
    assert [(total.cell, total.value) for total in tables[0].totals] == [("F3", 10000), ("F4", 5000)]
    assert not [finding for finding in findings if finding.code == "period-not-read"]


@pytest.mark.parametrize("period", ["Кезең / Период", "Период/Кезең", "Кезең\nПериод", "Кезең (период)", "Ай / Месяц", "Период/Кезең/Period"])
def test_a_bare_header_in_two_languages_is_what_each_half_is(period: str) -> None:
    tables, _ = read_sheet(sheet(["Өңір / Регион", period, "Оплачено, тенге"], ["Ақтөбе облысы / Актюбинская область", "2019-03", 5]))
    assert told(tables[0].entries) == [("C2", "KZ-15", "2019-03", "disbursement", 5)]


@pytest.mark.parametrize("header", ["Төленді, мың теңге / Оплачено, тенге", "Оплачено, тенге (тыс. тенге)"])
def test_two_units_in_one_header_are_refused(header: str) -> None:
    tables, findings = read_sheet(sheet(["Регион", "Период", header], ["Актюбинская область", "2019-03", 1.5]))
    assert not [entry for table in tables for entry in table.entries]
    assert {finding.code for finding in findings if finding.grade == "error"} == {"ambiguous-measure"}


def test_columns_beside_their_total_are_its_parts() -> None:
    tables, _ = read_sheet(
        sheet(
            ["Регион", "Период", "Оплачено, тенге", None, None, "Получатели услуг, чел.", None, None],
            [None, None, "Всего", "в том числе РБ", "МБ", "Всего", "дети", "взрослые"],
            ["Актюбинская область", "2019-03", 100, 80, 20, 9, 4, 5],
            merges=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 5), (1, 6, 1, 8)],
        )
    )
    assert [(e.cell, e.measure, e.category, e.value) for e in tables[0].entries] == [
        ("C3", "disbursement", None, 100),
        ("D3", "disbursement", "column=в том числе РБ", 80),
        ("E3", "disbursement", "column=МБ", 20),
        ("F3", "recipients", None, 9),
        ("G3", "recipients", "column=дети", 4),
        ("H3", "recipients", "column=взрослые", 5),
    ]


JULY = "Отчет за июль 2023 года, тыс. тенге"
ALL_YEAR = ("2023-01..2023-07 C", 40000)
IN_JULY = ("2023-07", 5000)


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    ("title", "paid", "lower", "expected"),
    [
        (JULY, "Оплачено", ["с начала года", "за месяц"], [ALL_YEAR, IN_JULY]),
        ("2023 жылғы шілдедегі есеп, мың теңге", "Төленді", ["жыл басынан бері", "есепті айда"], [ALL_YEAR, IN_JULY]),
        ("2023 жылғы шілдедегі есеп, мың теңге", "Төленді", ["жыл басынан", "бір айда"], [ALL_YEAR, IN_JULY]),
        ("Report for July 2023, thousand tenge", "Cash execution", ["year to date", "this month"], [ALL_YEAR, IN_JULY]),
        ("Report for Q2 2023, thousand tenge", "Paid", ["since the start of the year", "for the quarter"], [("2023-01..2023-06 C", 40000), ("2023-Q2", 5000)]),
    ],
)
def test_a_second_header_row_says_since_when_a_column_counts(
    title: str, paid: str, lower: list[str], expected: list[tuple[str, int]], *, merged: bool
) -> None:
    rows = ([title], ["Регион", paid, None], [None, *lower], ["Актюбинская область", 40, 5])
    tables, _ = read_sheet(sheet(*rows, merges=[(2, 2, 2, 3)] if merged else []))
    assert [(line[2], line[4]) for line in told(tables[0].entries)] == expected


@pytest.mark.parametrize("fact", ["факт", "освоено"])
def test_the_lower_header_row_decides_between_weak_words(fact: str) -> None:
    tables, _ = read_sheet(sheet([JULY], ["Регион", "Исполнение", None], [None, "план", fact], ["Актюбинская область", 100, 40], merges=[(2, 2, 2, 3)]))
    assert [line[3] for line in told(tables[0].entries)] == ["allocation", "disbursement"]


def test_paid_in_the_reporting_period_is_no_period() -> None:
    tables, _ = read_sheet(sheet(["Отчет за 2 квартал 2023 года, тыс. тенге"], ["Регион", "Оплачено за отчетный период"], ["Актюбинская область", 5]))
    assert told(tables[0].entries) == [("B3", "KZ-15", "2023-Q2", "disbursement", 5000)]


def test_a_signature_beside_a_column_of_numbers_is_no_row_of_figures() -> None:
    rows = ([JULY], ["№", "Регион", "План", "Оплачено"], [1, "Актюбинская область", 100, 40], [], ["Руководитель", "______", "Иванов И.И."])
    tables, findings = read_sheet(sheet(*rows))
    assert len(tables[0].entries) == 2
    assert not tables[0].quarantined and "number-not-read" not in codes(findings)


def test_women_of_the_recipients_across_are_a_part_of_them() -> None:
    rows = (
        ["Показатель", "Ед. изм.", "Актюбинская область", "Костанайская область", "Итого"],
        ["Кассовые расходы", "тыс. тенге", 90, 190, 280],
        ["Количество получателей", "чел.", 5, 6, 11],
        ["в том числе женщины", "чел.", 3, 4, 7],
    )
    tables, _ = read_sheet(sheet([JULY], *rows))
    assert [(e.cell, bool(e.category)) for e in tables[0].entries if e.measure == "recipients"] == [("C4", False), ("D4", False), ("C5", True), ("D5", True)]
