"""Forms: what they say is what is read, what they name and a file lacks is said, and a slip in them is refused with its line."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from budgettool.classification import Register
from budgettool.findings import Exit, Finding, Refusal
from budgettool.normalise import Hints, TableReading
from budgettool.period import Period
from budgettool.read.sheet import Sheet
from budgettool.recognise import form as forms
from budgettool.recognise.form import Form, parse, shipped
from budgettool.recognise.patterns import compared, fits
from budgettool.terms.units import read_unit
from sheet_kit import codes, read_sheet, sheet, told

DOCS = Path(__file__).parents[1] / "docs" / "forms.md"
HEAD = 'schema = "budgettool/form/1"\n'


def form(text: str, *, head: str = "") -> Form:
    return parse(HEAD + head + "[[table]]\n" + text, "made.toml")


def read(said: Form, *sheets: Sheet, file: str = "report.xlsx", **hints: object) -> tuple[list[TableReading], list[Finding]]:
    return read_sheet(*sheets, file=file, hints=Hints(form=said, **hints))  # type: ignore[arg-type]


PLAIN = form("""
unit = "тыс. тенге"
period = "2023-07"
[table.columns]
"Где" = "region"
"Касса" = "disbursement"
""")


def test_a_column_is_what_the_form_says() -> None:
    tables, found = read(PLAIN, sheet(["Отчет"], ["Где", "План", "Касса"], ["Павлодарская", 7, 5], ["Актюбинская", 8, 6.5]))
    assert told(tables[0].entries) == [
        ("C3", "KZ-55", "2023-07", "disbursement", Decimal("5000.00")),
        ("C4", "KZ-15", "2023-07", "disbursement", Decimal("6500.00")),
    ]
    assert tables[0].form == "made" and tables[0].header_rows == (2,)
    assert codes(found) == ["column-not-read", "form-applied"]
    assert next(f for f in found if f.code == "column-not-read").at[0].cell == "B"


def test_a_form_beats_the_vocabulary() -> None:
    """`Перечислено` is a transfer, unless a form says that it is what was paid."""
    said = form('unit = "KZT"\nperiod = "2023"\n[table.columns]\n"Регион" = "region"\n"Перечислено" = "disbursement"\n')
    tables, _ = read(said, sheet(["Регион", "Перечислено"], ["Павлодарская", 5]))
    assert [entry.measure for entry in tables[0].entries] == ["disbursement"]


def test_columns_by_letters_by_range_by_pattern_by_levels() -> None:
    rows = [
        ["Регион", "2019 год", None, "2020 год", None, "Итог"],
        [None, "План", "Факт", "План", "Факт", None],
        ["Павлодарская", 1, 2, 3, 4, 5],
    ]
    said = form(
        'unit = "KZT"\n[table.columns]\nA = "region"\n"2019* / План" = "allocation"\n"*/ факт" = "disbursement"\nD = "allocation"\n'
    )
    tables, _ = read(said, sheet(*rows, merges=[(1, 2, 1, 3), (1, 4, 1, 5)]))
    assert [(e.cell, str(e.period), e.measure) for e in tables[0].entries] == [
        ("B3", "2019", "allocation"), ("C3", "2019", "disbursement"), ("D3", "2020", "allocation"), ("E3", "2020", "disbursement"),
    ]  # fmt: skip


def test_a_range_takes_the_month_of_each_heading() -> None:
    said = form('header = 1\nperiod = "2023"\n[table.columns]\nA = "region"\n"B:D" = { is = "recipients", unit = "чел." }\n')
    tables, _ = read(said, sheet(["Өңір", "январь", "февраль", "март"], ["Павлодарская", 1, 2, 3]))
    assert [(e.cell, str(e.period)) for e in tables[0].entries] == [("B2", "2023-01"), ("C2", "2023-02"), ("D2", "2023-03")]


def test_what_a_form_leaves_open_is_read_from_the_title() -> None:
    said = form('[table.columns]\n"Где" = "region"\n"Касса" = "disbursement"\n')
    tables, _ = read(said, sheet(["за июль 2023 года"], ["тыс. тенге"], ["Где", "Касса"], ["Павлодарская", 5]))
    assert told(tables[0].entries) == [("B4", "KZ-55", "2023-07", "disbursement", Decimal("5000.00"))]


def test_a_missing_heading_is_named_and_nothing_is_read() -> None:
    tables, found = read(PLAIN, sheet(["Где", "Оплачено"], ["Павлодарская", 5]))
    assert tables == [] and codes(found) == ["form-does-not-fit"]
    assert dict(found[0].facts) == {"form": "made", "names": ("Касса",)}


def test_a_heading_that_stands_twice_is_missing_until_it_is_told_apart() -> None:
    tables, found = read(PLAIN, sheet(["Где", "Касса", "Касса"], ["Павлодарская", 5, 6]))
    assert tables == [] and dict(found[0].facts)["names"] == ("Касса (×2)",)


def test_a_missing_sheet_is_named() -> None:
    said = form('sheet = "Свод*"\nunit = "KZT"\nperiod = "2023"\n[table.columns]\n"Где" = "region"\n"Касса" = "disbursement"\n')
    tables, found = read(said, sheet(["Где", "Касса"], ["Павлодарская", 5], name="Лист1"))
    assert tables == [] and dict(found[0].facts)["names"] == ("Свод*",)


def test_an_optional_column_may_be_missing() -> None:
    said = form(
        'unit = "KZT"\nperiod = "2023"\n[table.columns]\n"Где" = "region"\n"Касса" = "disbursement"\n"План" = { is = "allocation", optional = true }\n'
    )
    tables, _ = read(said, sheet(["Где", "Касса"], ["Павлодарская", 5]))
    assert len(tables[0].entries) == 1


def test_a_sheet_that_the_form_does_not_name_is_said() -> None:
    one, other = sheet(["Где", "Касса"], ["Павлодарская", 5], name="А"), sheet(["Заметки"], ["x"], name="Б")
    tables, found = read(PLAIN, one, other)
    assert [table.sheet for table in tables] == ["А"]
    assert [f.at[0].sheet for f in found if f.code == "sheet-not-in-form"] == ["Б"]


def test_one_table_is_read_on_each_sheet_that_has_it() -> None:
    sheets = [sheet(["за июль 2023"], ["Где", "Касса"], ["Павлодарская", n], name=f"Лист{n}") for n in (1, 2)]
    said = form('sheet = ["Лист1", "лист2"]\nunit = "KZT"\n[table.columns]\n"Где" = "region"\n"Касса" = "disbursement"\n')
    tables, _ = read(said, *sheets)
    assert [(table.sheet, len(table.entries)) for table in tables] == [("Лист1", 1), ("Лист2", 1)]


def test_the_same_header_below_a_title_is_another_table() -> None:
    rows = [["за июнь 2023"], ["Где", "Касса"], ["Павлодарская", 1], ["за июль 2023"], ["Где", "Касса"], ["Павлодарская", 2]]
    tables, _ = read(form('unit = "KZT"\n[table.columns]\n"Где" = "region"\n"Касса" = "disbursement"\n'), sheet(*rows))
    assert [str(table.entries[0].period) for table in tables] == ["2023-06", "2023-07"]


def test_the_same_header_after_a_page_goes_on() -> None:
    rows = [["Где", "Касса"], ["Павлодарская", 1], ["Где", "Касса"], ["Актюбинская", 2], ["Итого", 3]]
    tables, _ = read(PLAIN, sheet(*rows))
    assert len(tables) == 1 and len(tables[0].entries) == 2 and tables[0].totals[0].verdict == "agrees"


def test_rows_until_skip_totals_data() -> None:
    rows = [["Где", "Касса"], ["Актюбинская", 1], ["Павлодарская", 2], ["Сводно", 3], ["Lisa", 9], ["Справочно", 8], ["Костанайская", 7]]
    said = form("""
unit = "KZT"
period = "2023"
until = "Справочно*"
skip = ["Lisa"]
totals = ["Сводно"]
[table.columns]
"Где" = "region"
"Касса" = "disbursement"
""")
    tables, _ = read(said, sheet(*rows))
    assert [e.cell for e in tables[0].entries] == ["B2", "B3"]
    assert [(total.cell, total.verdict) for total in tables[0].totals] == [("B4", "agrees")]


def test_rows_of_the_body_are_pinned() -> None:
    said = form('rows = "2:2"\nunit = "KZT"\nperiod = "2023"\n[table.columns]\nA = "region"\nB = "disbursement"\n')
    tables, found = read(said, sheet(["Павлодарская", 1], ["Актюбинская", 2], ["Костанайская", 3]))
    assert [e.cell for e in tables[0].entries] == ["B2"] and tables[0].range == "A2:B2"
    assert [(f.at[0].cell, f.count) for f in found if f.code == "rows-not-chosen"] == [("3", 1)], "a row that came later is not lost unseen"


def test_only_the_rows_that_are_asked_for_count() -> None:
    """A tree with parents and leaves in one table states the money once for each level."""
    said = form("""
unit = "KZT"
period = "2025"
[table.only]
isLeaf = "true"
[table.columns]
region = "region"
sum = "disbursement"
""")
    tables, found = read(
        said, sheet(["region", "isLeaf", "sum"], ["Павлодарская", False, 5], ["Павлодарская", True, 2], ["Павлодарская", True, 3])
    )
    assert [e.value for e in tables[0].entries] == [Decimal("2.00"), Decimal("3.00")]
    assert [f.count for f in found if f.code == "rows-not-chosen"] == [1]


def test_what_is_stated_nowhere_is_pinned() -> None:
    said = form("""
unit = "млн тенге"
period = "на 1 июля 2023 года"
region = "Павлодарская"
reporter = "ministry"
programme = "256.018"
funding = "republic"
category = "residence=urban"
[table.columns]
"Статья" = "name"
"Касса" = "disbursement"
""")
    tables, _ = read(said, sheet(["Статья", "Касса"], ["Питание", 5]))
    (entry,) = tables[0].entries
    assert (entry.region, entry.reporter, entry.programme, entry.funding, entry.category) == (
        "KZ-55",
        "ministry",
        "256.018",
        "republic",
        "residence=urban",
    )
    assert (str(entry.period), entry.cumulative, entry.value) == ("2023-01..2023-06", True, Decimal(5_000_000))


def test_what_a_column_pins_beats_what_the_table_pins() -> None:
    said = form("""
unit = "KZT"
period = "2023-07"
[table.columns]
"Где" = "region"
"Касса" = { is = "disbursement", unit = "тыс. тенге", period = "2023-06", category = "kind=food", programme = "256.018" }
"План" = { is = "allocation", version = "approved", of = "year" }
""")
    tables, _ = read(said, sheet(["Где", "Касса", "План"], ["Павлодарская", 5, 6]))
    paid, planned = tables[0].entries
    assert (str(paid.period), paid.value, paid.category, paid.programme) == ("2023-06", Decimal(5000), "kind=food", "256.018")
    assert (str(planned.period), planned.version, planned.value) == ("2023", "approved", Decimal(6))


def test_a_column_that_is_named_alone_counts_and_one_of_a_range_as_its_heading_says() -> None:
    rows = [["Где", "Всего расходов, 2023", "январь", "февраль", "Всего"], ["Павлодарская", 5, 1, 2, 3]]
    said = form('unit = "KZT"\nperiod = "2023"\n[table.columns]\n"Где" = "region"\n"Всего расходов*" = "disbursement"\n"C:E" = "receipt"\n')
    tables, _ = read(said, sheet(*rows))
    assert [e.cell for e in tables[0].entries] == ["B2", "C2", "D2"]
    assert [(total.cell, total.verdict) for total in tables[0].totals] == [("E2", "agrees")]


def test_only_leaves_count_and_what_sums_them_is_checked() -> None:
    """Form 4-20: a code stands on the row of its level; the deepest rows are the money, the others sum it."""
    rows = [
        ["Прог", "Спец", "Имя", "Касса"],
        ["018", None, "Заказ", 30],
        [None, "155", "Услуги", 20],
        [None, "159", "Прочее", 10],
    ]
    columns = '"Прог" = "programme"\n"Спец" = "specific"\n"Имя" = "name"\n"Касса" = "disbursement"\n'
    said = form(f'leaves = true\nunit = "KZT"\nperiod = "2023"\nregion = "KZ-55"\n[table.columns]\n{columns}')
    tables, _ = read(said, sheet(*rows))
    assert [(e.cell, e.programme, e.value) for e in tables[0].entries] == [("D3", "018.155", Decimal(20)), ("D4", "018.159", Decimal(10))]
    assert [(total.cell, total.verdict) for total in tables[0].totals] == [("D2", "agrees")]


def test_a_table_beside_another_is_read_within_its_columns() -> None:
    rows = [["за июль 2023, тенге"], ["Где", "Сумма", None, "Где", "Сумма"], ["Павлодарская", 1, None, "Актюбинская", 2]]
    head = '[[table]]\nwithin = "{}"\n[table.columns]\n"Где" = "region"\n"Сумма" = "{}"\n'
    said = parse(HEAD + head.format("A:B", "transfer") + head.format("D:E", "receipt"), "made.toml")
    tables, _ = read(said, sheet(*rows))
    assert [(e.cell, e.region, e.measure) for table in tables for e in table.entries] == [
        ("B3", "KZ-55", "transfer"),
        ("E3", "KZ-15", "receipt"),
    ]


def test_a_turned_table_is_answered_as_it_lies() -> None:
    rows = [["за июль 2023, тыс. тенге"], ["Показатель", "Павлодарская", "Актюбинская"], ["Положено", 10, 20], ["Отдано", 9, 8]]
    said = form('turned = true\n[table.columns]\n"2" = "region"\n"Положено" = "allocation"\n"Отдано" = "disbursement"\n')
    tables, found = read(said, sheet(*rows))
    assert [(e.cell, e.region, e.measure, str(e.period), e.value) for e in tables[0].entries] == [
        ("B3", "KZ-55", "allocation", "2023-07", Decimal(10_000)),
        ("C3", "KZ-15", "allocation", "2023-07", Decimal(20_000)),
        ("B4", "KZ-55", "disbursement", "2023-07", Decimal(9_000)),
        ("C4", "KZ-15", "disbursement", "2023-07", Decimal(8_000)),
    ]
    assert tables[0].range == "A2:C4" and codes(found) == ["form-applied"]


def test_the_columns_and_rows_of_a_turned_table_are_pinned() -> None:
    rows = [["Показатель", "Павлодарская", "Актюбинская", "Костанайская"], ["Положено", 10, 20, 30]]
    said = form(
        'turned = true\nunit = "KZT"\nperiod = "2023"\nheader = "A"\nrows = "B:C"\n[table.columns]\n"1" = "region"\n"2" = "allocation"\n'
    )
    tables, _ = read(said, sheet(*rows))
    assert [e.cell for e in tables[0].entries] == ["B2", "C2"]


def test_regions_across_are_named_by_the_headings() -> None:
    rows = [["Месяц", "Павлодарская", "Актюбинская"], ["2023-07", 1, 2]]
    said = form('unit = "KZT"\n[table.columns]\n"Месяц" = "period"\n"B:C" = { is = "receipt", region = "*" }\n')
    tables, _ = read(said, sheet(*rows))
    assert [(e.cell, e.region) for e in tables[0].entries] == [("B2", "KZ-55"), ("C2", "KZ-15")]


def test_slashed_dates_are_as_the_form_says() -> None:
    said = form(
        'unit = "EUR"\nregion = "country"\ndates = "{}"\n[table.columns]\n"Tag" = "date"\n"Betrag" = "receipt"\n'.format("month-first")
    )
    tables, _ = read(said, sheet(["Tag", "Betrag"], ["03/05/2023", 5]))
    assert [str(e.period) for e in tables[0].entries] == ["2023-03-05"]


def test_letters_beyond_the_sheet_may_have_been_a_heading() -> None:
    """NOM is a column in the thousands; the heading is written nom."""
    said = form('unit = "EUR"\nperiod = "2023"\nregion = "country"\n[table.columns]\nNOM = "provider"\n"Betrag" = "receipt"\n')
    tables, found = read(said, sheet(["NOM", "Betrag"], ["A", 5]))
    assert tables == [] and dict(found[0].facts)["names"] == ("NOM",)


def test_a_footnote_mark_tells_headings_apart_only_where_it_must() -> None:
    said = form('unit = "KZT"\nperiod = "2023"\nregion = "country"\n[table.columns]\n"сумма" = "receipt"\n"сумма2" = "refund"\n')
    tables, _ = read(said, sheet(["сумма", "сумма2"], [5, 6]))
    assert [(e.cell, e.measure) for e in tables[0].entries] == [("A2", "receipt"), ("B2", "refund")]
    lone = form('unit = "KZT"\nperiod = "2023"\nregion = "country"\n[table.columns]\n"сумма" = "receipt"\n')
    assert len(read(lone, sheet(["№", "сумма2)"], [1, 6]))[0][0].entries) == 1


def test_several_breakdowns_are_one_category() -> None:
    said = form(
        'unit = "USD"\nperiod = "2014"\nregion = "KZ"\n[table.columns]\n"Dept" = "category"\n"Class" = { is = "category", category = "cl" }\n"Paid" = "disbursement"\n'
    )
    tables, _ = read(said, sheet(["Dept", "Class", "Paid"], ["Police", 100, 5]))
    assert [e.category for e in tables[0].entries] == ["Dept=Police; cl=100"]


def test_a_value_is_what_the_table_measures() -> None:
    said = form('unit = "EUR"\nperiod = "2011"\nmeasure = "allocation"\n[table.columns]\n"Где" = "region"\n"Betrag" = "value"\n')
    tables, _ = read(said, sheet(["Где", "Betrag"], ["Павлодарская", 5]))
    assert [(e.measure, e.unit) for e in tables[0].entries] == [("allocation", "EUR")]


def test_hints_beat_the_form_and_that_is_said() -> None:
    unit = read_unit("KZT")
    tables, found = read(PLAIN, sheet(["Где", "Касса"], ["Павлодарская", 5]), unit=unit, period=Period.parse("2023-08"))
    assert [(e.value, str(e.period)) for e in tables[0].entries] == [(Decimal(5), "2023-08")]
    assert {"unit-from-hint", "form-overruled"} <= set(codes(found))


def test_foreign_currencies_are_units() -> None:
    for code in ("EUR", "GBP", "USD", "MDL", "ZAR", "CHF", "MXN"):
        assert form(f'unit = "{code} thousand"\nheader = 1\n[table.columns]\nA = "disbursement"\n').tables[0].unit == read_unit(
            f"{code} thousand"
        )


# ---- known without being asked for


MATCHED = form(
    'unit = "KZT"\nperiod = "2023"\n[table.columns]\n"Где" = "region"\n"Касса" = "disbursement"\n',
    head='name = "own"\n[match]\nwords = ["отчет * отдела"]\n',
)


def test_a_form_with_match_is_applied_and_said() -> None:
    rows = [["Отчет первого отдела"], ["Где", "Касса"], ["Павлодарская", 5]]
    tables, found = read_sheet(sheet(*rows), hints=Hints(forms=(MATCHED,)))
    assert tables[0].form == "own" and "form-applied" in codes(found)
    assert read_sheet(sheet(*rows), hints=Hints(forms=None))[1][0].code != "form-applied"


def test_a_form_whose_words_stand_there_but_that_does_not_fit_leaves_the_file_to_its_headings() -> None:
    tables, found = read_sheet(
        sheet(["Отчет первого отдела за 2023 год, тенге"], ["Регион", "Оплачено"], ["Павлодарская", 5]), hints=Hints(forms=(MATCHED,))
    )
    assert tables[0].form is None and len(tables[0].entries) == 1 and "form-applied" not in codes(found)


def test_two_forms_that_know_a_file_are_refused_by_name() -> None:
    other = parse(MATCHED.text.replace('"own"', '"other"'), "x.toml")
    tables, found = read_sheet(sheet(["Отчет первого отдела"], ["Где", "Касса"], ["Павлодарская", 5]), hints=Hints(forms=(MATCHED, other)))
    assert tables == [] and dict(found[0].facts) == {"candidates": ("own", "other")}


# ---- texts


@pytest.mark.parametrize(
    ("wanted", "text", "is_it"),
    [
        ("План*", "план на год", True),
        ("План", "план на год", False),
        ("План на год|Жылдық жоспар", "ЖЫЛДЫҚ ЖОСПАР", True),
        ("* / факт", "2019 год / Факт", True),
        ("Касса", "Кас-\nса*", True),
        ("Отчёт", "отчет", True),
        ("(всего)", "(всего)", True),
        ("a.c", "abc", False),
    ],
)
def test_texts_are_compared_folded(wanted: str, text: str, is_it: bool) -> None:
    assert fits([wanted], text) is is_it


def test_a_text_fits_itself() -> None:
    text = "Принятые  обязательства\nс начала года (тыс. тг)"
    assert fits([text], text) and compared(text) == compared(text.upper())


# ---- slips


COLUMNS = '[table.columns]\n"Где" = "region"\n"Касса" = "disbursement"\n'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (HEAD + '[[table]]\nwithin = "F:A"\n' + COLUMNS, 3, "'within' must be the first and the last column"),
        (HEAD + '[[table]]\ndates = "american"\n' + COLUMNS, 3, "'dates' can't be 'american'; known are day-first, month-first"),
        (HEAD + "[[table]]\nturned = true\nheader = [1]\n" + COLUMNS, 4, "'header' of a turned table is its columns of labels"),
        (HEAD + '[[table]]\nturned = true\nrows = "2:5"\n' + COLUMNS, 4, "'rows' of a turned table are the columns of its figures"),
        ("[[table]]\n" + COLUMNS, 1, 'a form begins with schema = "budgettool/form/1"'),
        (HEAD, 1, "a form has at least one [[table]] with its [table.columns]"),
        (HEAD + "titel = 1\n[[table]]\n" + COLUMNS, 2, "'titel' is no key; did you mean 'title'?"),
        (HEAD + "[[table]]\nunits = 1\n" + COLUMNS, 3, "'units' is no key of [table]; did you mean 'unit'?"),
        (HEAD + '[[table]]\nunit = "попугаи"\n' + COLUMNS, 3, "'попугаи' is no unit: "),
        (HEAD + '[[table]]\nperiod = "скоро"\n' + COLUMNS, 3, "'скоро' is no period: "),
        (HEAD + '[[table]]\nprogramme = "x"\n' + COLUMNS, 3, "'x' is no code of a budget programme"),
        (HEAD + '[[table]]\nmeasure = "disbursment"\n' + COLUMNS, 3, "'measure' can't be 'disbursment'; did you mean 'disbursement'?"),
        (HEAD + "[[table]]\nheader = [7, 9]\n" + COLUMNS, 3, "the rows of 'header' follow each other"),
        (HEAD + '[[table]]\nheader = "7"\n' + COLUMNS, 3, "'header' must be the rows of the header"),
        (HEAD + '[[table]]\nrows = "40:9"\n' + COLUMNS, 3, "'rows' must be the first and the last row"),
        (HEAD + "[[table]]\ncumulative = 1\n" + COLUMNS, 3, "'cumulative' must be true or false, not 1"),
        (HEAD + "[[table]]\nskip = [1]\n" + COLUMNS, 3, "'skip' must be a list of texts"),
        (HEAD + "[[table]]\n[table.columns]\nA = 'region'\n", 3, "no column measures anything"),
        (HEAD + "[[table]]\n", 2, "a table names its columns"),
        (
            HEAD + "[[table]]\n[table.columns]\nA = 'region'\nB = 'allocation.aproved'\n",
            5,
            "'allocation.aproved' is no field; did you mean 'allocation.approved'?",
        ),
        (
            HEAD + "[[table]]\n[table.columns]\nA = 'region'\nB = { is = 'receipt', untis = 'KZT' }\n",
            5,
            "'untis' is no key of [table.columns.B]; did you mean 'unit'?",
        ),
        (HEAD + "[[table]]\n[table.columns]\nA = 'region'\nB = 5\n", 5, "the value of 'B' must be a field or a table"),
        (HEAD + "[[table]]\n[table.columns]\nA = 'region'\n'D:B' = 'receipt'\n", 5, "the columns D:B run backwards"),
        (HEAD + "[[table]]\n[table.columns]\nA = 'region'\nB = 'region'\nC = 'receipt'\n", 5, "two columns are 'region'"),
        (HEAD + "[[table]]\n[table.columns]\nA = 'region'\nB = 'value'\n", 3, "a column is 'value': say what it measures"),
        (HEAD + "[[table]]\n[table.columns]\nA = 'region'\nB = 'receipt'\n", 3, "say where the table begins"),
        (HEAD + "[match]\nword = ['x']\n[[table]]\n" + COLUMNS, 3, "'word' is no key of [match]; did you mean 'words'?"),
        (HEAD + "[match]\nwords = []\n[[table]]\n" + COLUMNS, 3, "[match] says by which words"),
        (HEAD + "name = 'a/b'\n[[table]]\n" + COLUMNS, 2, "'a/b' can't be the name of a form"),
        (HEAD + "[[table]]\n" + COLUMNS + "[table.only]\nX = 5\n", 7, "the value of 'X' must be a text or a list of texts, not 5"),
        (HEAD + "[table]\n" + COLUMNS, 2, "'table' must be written as [[table]]"),
        (HEAD + "[[table]\n", 2, ""),
        (HEAD + "[[table]]\n" + COLUMNS + "[[table]]\nunit = 'x'\n" + COLUMNS, 7, "'x' is no unit: "),
    ],
)
def test_a_slip_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(text, "made.toml")
    facts = dict(refused.value.facts)
    assert refused.value.exit_code is Exit.USAGE and facts["file"] == "made.toml"
    assert said in str(facts["reason"])
    assert facts["line"] == line


def test_a_region_that_nobody_knows_is_missing() -> None:
    said = form('unit = "KZT"\nperiod = "2023"\nregion = "Атлантида"\n[table.columns]\n"Касса" = "disbursement"\n')
    tables, found = read(said, sheet(["Касса", "Х"], [5, 6]))
    assert tables == [] and dict(found[0].facts)["names"] == ("Атлантида",)


# ---- the drawer and the manual


def test_every_shipped_form_has_a_title_and_is_known_by_words() -> None:
    assert all(one.title != one.name and one.words for one in shipped())
    assert len({one.name for one in shipped()}) == len(shipped())


def test_the_manual_names_every_key_and_every_field() -> None:
    text = DOCS.read_text("utf-8")
    rows = set(re.findall(r"^\| `([^`]+)`", text, re.MULTILINE))
    keys = {*forms.FORM_KEYS, *forms.MATCH_KEYS, *forms.TABLE_KEYS, *forms.COLUMN_KEYS}
    assert keys <= rows, f"missing in docs/forms.md: {sorted(keys - rows)}"
    said = set(re.findall(r"`([a-z_]+(?:\.[a-z_]+)?)`", text))
    missing = {*forms.kinds(), *forms.measures()} - said
    assert not missing, f"missing in docs/forms.md: {sorted(missing)}"


def test_the_example_of_the_manual_is_a_form() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert parse(example, "manual.toml").words
    assert Register.shipped().resolve("Актюбинская").region == "KZ-15"
