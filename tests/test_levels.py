"""Levels: rows that repeat the money of others, as people type them, and what each is read as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgettool.findings import Finding, Severity
from budgettool.normalise.reading import TableReading
from budgettool.read.sheet import Value
from budgettool.recognise.labels import after_of_which, funding_of, is_place, is_provider, marked, without_opening
from budgettool.recognise.sections import states_measure
from sheet_kit import codes, read_sheet, sheet

TITLE = ["за 2019 год, тыс. тенге"]
HEAD = ["Регион", "План на год", "Оплачено"]
NAMED = ["Наименование", "План на год", "Оплачено"]


def about(tables: Sequence[TableReading]) -> list[tuple[str, ...]]:
    """Entries as (cell, region, what they are about beside it, value in thousands)."""
    told = []
    for entry in (entry for table in tables for entry in table.entries):
        parts = [entry.version, entry.programme, entry.funding, entry.provider, entry.category]
        told.append((entry.cell, entry.region or "", *(part for part in parts if part), f"{entry.value / 1000:f}".rstrip("0").rstrip(".")))
    return told


def first(tables: Sequence[TableReading], column: str = "B") -> list[tuple[str, ...]]:
    """Those of one column, without its letter."""
    return [(one[0].removeprefix(column), *one[1:]) for one in about(tables) if one[0].startswith(column)]


def verdicts(tables: Sequence[TableReading]) -> dict[str, str]:
    return {total.cell: total.verdict for table in tables for total in table.totals}


def held(tables: Sequence[TableReading]) -> list[tuple[int, str]]:
    return [(one.row, one.code) for table in tables for one in table.quarantined]


def places(findings: Sequence[Finding], code: str) -> list[str]:
    return [at.cell for finding in findings if finding.code == code for at in finding.at]


# ---- labels


@pytest.mark.parametrize(
    ("label", "rest"),
    [
        ("в том числе:", ""),
        ("В т.ч. за счет РБ", "за счет РБ"),
        ("1.2. из них женщины", "женщины"),
        ("оның ішінде алғаш рет", "алғаш рет"),
        ("о.і. республикалық бюджет", "республикалық бюджет"),
        ("Of which: new", "new"),
        ("including", ""),
        ("изнеженные", None),
        ("Инклюзивный центр", None),
    ],
)
def test_of_which_is_known_in_three_languages(label: str, rest: str | None) -> None:
    assert after_of_which(label) == rest


@pytest.mark.parametrize(
    ("label", "funding"),
    [
        ("за счет РБ", "republic"),
        ("Республикалық бюджет есебінен", "republic"),
        ("за счет средств местного бюджета", "local"),
        ("жергілікті бюджет", "local"),
        ("Republican budget", "republic"),
        ("Бюджетная программа", None),
        ("РБ и местный бюджет", None),
    ],
)
def test_whose_money_a_label_names(label: str, funding: str | None) -> None:
    assert funding_of(label) == funding


def test_numbers_before_labels_and_codes_that_are_none() -> None:
    assert [marked(text)[1] for text in ("1.2. ОФ «А»", "- дети", "а) женщины", "II. Север", "018 Размещение")] == [
        *("ОФ «А»", "дети", "женщины", "Север", "018 Размещение"),
    ]
    assert without_opening("Всего, в том числе:") == "Всего"


def test_names_of_providers_and_of_places() -> None:
    assert all(map(is_provider, ("ОФ «Образец»", "ҚҚ Үміт", "Public foundation Hope", "Кризисный центр")))
    assert all(map(is_place, ("Айтекебийский район", "Алға ауданы", "г. Актобе", "Burabay district")))
    assert not any(map(is_provider, ("Аренда", "Айтекебийский район"))) and not any(map(is_place, ("Аренда", "ОФ «Город»")))


@pytest.mark.parametrize("text", ["Утверждено", "II. Исполнено", "Количество получателей, чел.", "Бекітілген жоспар", "Утверждено на 2019 год, тыс. тенге", "Остаток"])
def test_titles_that_state_a_measure(text: str) -> None:
    assert states_measure(text)


@pytest.mark.parametrize("text", ["Оплата услуг связи", "Городское население", "Итого", "2019 год", "Актюбинская область", "в том числе", "Фонд компенсации вреда"])
def test_titles_that_state_none(text: str) -> None:
    assert not states_measure(text)


# ---- of which


@pytest.mark.parametrize(
    ("title", "first_part", "second_part"),
    [
        ("тыс. тенге", "в т.ч. за счет РБ", "за счет МБ"),
        ("мың теңге", "оның ішінде республикалық бюджет", "жергілікті бюджет"),
        ("thousand tenge", "of which republican budget", "local budget"),
    ],
)
def test_of_which_by_source_is_a_dimension_and_counts_once(title: str, first_part: str, second_part: str) -> None:
    rows = [["Актюбинская область", 1000, 900], [first_part, 800, 700], [second_part, 200, 200], ["г. Алматы", 500, 400], ["Итого", 1500, 1300]]
    tables, findings = read_sheet(sheet([f"2019, {title}"], HEAD, *rows))
    assert first(tables) == [("3", "KZ-15", "1000"), ("4", "KZ-15", "republic", "800"), ("5", "KZ-15", "local", "200"), ("6", "KZ-75", "500")]
    assert verdicts(tables) == {"B7": "agrees", "C7": "agrees", "B3": "agrees", "C3": "agrees"}
    assert findings == []


def test_of_which_as_a_title_opens_parts_that_need_not_add_up() -> None:
    rows = [["Актюбинская область", 1000, 900], ["в том числе:"], ["Аренда", 300, 300], ["Зарплата", 200, 100], ["г. Алматы", 500, 400], ["Итого", 1500, 1300]]
    tables, findings = read_sheet(sheet(TITLE, HEAD, *rows))
    assert first(tables) == [("3", "KZ-15", "1000"), ("5", "KZ-15", "item=Аренда", "300"), ("6", "KZ-15", "item=Зарплата", "200"), ("7", "KZ-75", "500")]
    assert verdicts(tables) == {"B8": "agrees", "C8": "agrees"}
    assert codes(findings) == ["rows-as-breakdown"]


def test_the_end_of_the_parts_is_where_their_sum_is_reached() -> None:
    rows = [["Актюбинская область", 1000, 900], ["в т.ч. аренда", 300, 300], ["Прочее", 700, 600], ["Марс", 50, 50]]
    tables, _ = read_sheet(sheet(TITLE, HEAD, *rows))
    assert [one[2:] for one in first(tables)] == [("1000",), ("item=аренда", "300"), ("item=Прочее", "700")]
    assert held(tables) == [(6, "region-unknown")]


def test_parts_whose_end_nothing_tells_are_refused() -> None:
    rows = [["Актюбинская область", 1000, 900], ["в т.ч. аренда", 300, 300], ["Прочее", 200, 100], ["г. Алматы", 500, 400]]
    tables, findings = read_sheet(sheet(TITLE, HEAD, *rows))
    assert held(tables) == [(5, "of-which-unclear")]
    assert [one[0] for one in first(tables)] == ["3", "4", "6"]
    assert "of-which-unclear" in codes(findings)


def test_a_blank_row_ends_the_parts() -> None:
    rows = [["Актюбинская область", 1000, 900], ["в том числе:"], ["Аренда", 300, 300], [], ["Прочее", 200, 100], ["г. Алматы", 500, 400]]
    tables, _ = read_sheet(sheet(TITLE, HEAD, *rows))
    assert held(tables) == [(7, "region-unknown")]


def test_a_name_that_may_be_a_misspelt_region_is_no_part() -> None:
    rows = [["Актюбинская область", 1000, 900], ["в том числе:"], ["Аренда", 300, 300], ["Караганд", 200, 100]]
    tables, _ = read_sheet(sheet(TITLE, HEAD, *rows))
    assert held(tables) == [(6, "of-which-unclear")]


def test_of_which_without_a_whole_is_refused() -> None:
    tables, _ = read_sheet(sheet(TITLE, HEAD, ["в т.ч. аренда", 300, 300], ["Актюбинская область", 1000, 900]))
    assert held(tables) == [(3, "of-which-unclear")]


@pytest.mark.parametrize(("new", "repeat"), [("из них впервые", "повторно"), ("оның ішінде алғаш рет", "қайталап"), ("of whom first time", "repeat")])
def test_people_of_which_new_and_repeat(new: str, repeat: str) -> None:
    tables, findings = read_sheet(sheet(["2019"], ["Регион", "Получатели услуг, чел."], ["Актюбинская область", 100], [new, 60], [repeat, 40], ["г. Алматы", 50]))
    assert [(e.region, e.version, e.value) for e in tables[0].entries] == [("KZ-15", None, 100), ("KZ-15", "new", 60), ("KZ-15", "repeat", 40), ("KZ-75", None, 50)]
    assert findings == []


def test_a_part_greater_than_its_whole_is_said() -> None:
    _, findings = read_sheet(sheet(TITLE, HEAD, ["Актюбинская область", 100, 90], ["в т.ч. за счет РБ", 120, 90]))
    said = next(finding for finding in findings if finding.code == "part-exceeds-whole")
    assert ([at.cell for at in said.at], said.actual, said.expected) == (["B4", "B3"], Decimal("120000.00"), Decimal("100000.00"))


def test_sources_below_all_providers_are_those_of_the_region() -> None:
    rows = [["Актюбинская область", 1000, 900], ["ОФ «А»", 600, 500], ["ОФ «Б»", 400, 400], ["в т.ч. РБ", 700, 650], ["МБ", 300, 250]]
    tables, _ = read_sheet(sheet(TITLE, HEAD, *rows))
    assert first(tables)[3:] == [("6", "KZ-15", "republic", "700"), ("7", "KZ-15", "local", "300")]


def test_sources_below_each_provider_are_his() -> None:
    rows = [["Актюбинская область", 1000, 900], ["ОФ «А»", 600, 500], ["РБ", 500, 450], ["МБ", 100, 50], ["ОФ «Б»", 400, 400], ["РБ", 400, 400]]
    tables, _ = read_sheet(sheet(TITLE, HEAD, *rows))
    assert [one[2:-1] for one in first(tables)] == [(), ("ОФ «А»",), ("republic", "ОФ «А»"), ("local", "ОФ «А»"), ("ОФ «Б»",), ("republic", "ОФ «Б»")]


def test_shymkent_of_which_is_a_place_within_its_region() -> None:
    tables, _ = read_sheet(sheet(TITLE, HEAD, ["Туркестанская область", 500, 400], ["в т.ч. г. Шымкент", 100, 100], ["Итого", 500, 400]))
    assert first(tables) == [("3", "KZ-61", "500"), ("4", "KZ-61", "place=г. Шымкент", "100")]
    assert set(verdicts(tables).values()) == {"agrees"}


# ---- levels


PARTS = [["Актюбинская область", 1000, 900], ["Аренда", 300, 300], ["Зарплата", 700, 600], ["г. Алматы", 500, 400], ["Итого", 1500, 1300]]
READ = [("3", "KZ-15", "1000"), ("4", "KZ-15", "item=Аренда", "300"), ("5", "KZ-15", "item=Зарплата", "700"), ("6", "KZ-75", "500")]


@pytest.mark.parametrize("mark", ["   ", "\t", "\u00a0\u00a0", "- ", "1.1. "])
def test_names_set_in_are_parts_of_the_row_above(mark: str) -> None:
    number = "1. " if mark == "1.1. " else ""
    rows = [[f"{mark if row[0] in ('Аренда', 'Зарплата') else number}{row[0]}", *row[1:]] for row in PARTS]
    tables, findings = read_sheet(sheet(TITLE, HEAD, *rows))
    assert first(tables) == READ
    assert verdicts(tables) == {"B7": "agrees", "C7": "agrees", "B3": "agrees", "C3": "agrees"}
    assert codes(findings) == ["rows-as-breakdown"]


def test_cells_set_in_are_parts_of_the_row_above() -> None:
    made = replace(sheet(TITLE, HEAD, *PARTS), indents={(4, 1): 1, (5, 1): 1})
    assert first(read_sheet(made)[0]) == READ


def test_a_column_of_numbers_tells_levels() -> None:
    numbers = [1, "1.1", "1.2", 2, None]
    tables, _ = read_sheet(sheet(TITLE, ["№", *HEAD], *([number, *row] for number, row in zip(numbers, PARTS, strict=True))))
    assert first(tables, "C") == READ


def test_without_any_level_a_sum_in_all_columns_proves_the_parts_and_small_counts_prove_nothing() -> None:
    assert first(read_sheet(sheet(TITLE, HEAD, *PARTS))[0]) == READ
    rows = [["Актюбинская область", 3], ["Рога", 1], ["Копыта", 2]]
    tables, _ = read_sheet(sheet(["2019"], ["Регион", "Получатели услуг, чел."], *rows))
    assert held(tables) == [(4, "region-unknown"), (5, "region-unknown")]


def test_a_sum_that_its_parts_do_not_have_is_said() -> None:
    rows = [["Актюбинская область", 1000], ["  Аренда", 300], ["  Зарплата", 600]]
    tables, findings = read_sheet(sheet(TITLE, HEAD[:2], *rows))
    assert verdicts(tables) == {"B3": "differs"}
    assert places(findings, "printed-total-differs") == ["B3"]


def test_names_that_move_right_with_their_level() -> None:
    rows: list[list[Value]] = [
        ["Республика Казахстан", None, None, 150],
        [None, "Актюбинская область", None, 100],
        [None, None, "ОФ «А»", 60],
        [None, None, "ОФ «Б»", 40],
        [None, "г. Алматы", None, 50],
    ]
    tables, findings = read_sheet(sheet(TITLE, ["Наименование", None, None, "План на год"], *rows, merges=[(2, 1, 2, 3)]))
    assert first(tables, "D") == [("4", "KZ-15", "100"), ("5", "KZ-15", "ОФ «А»", "60"), ("6", "KZ-15", "ОФ «Б»", "40"), ("7", "KZ-75", "50")]
    assert verdicts(tables) == {"D3": "agrees", "D4": "agrees"}
    assert findings == []


def test_districts_and_towns_are_places_of_the_region_above() -> None:
    rows = [["Ақтөбе облысы", 1000, 900], ["Ақтөбе", 600, 600], ["Алға ауданы", 400, 300], ["Барлығы", 1000, 900]]
    tables, _ = read_sheet(sheet(["2019 жыл, мың теңге"], ["Өңір", "Бекітілген жоспар", "Төленді"], *rows))
    assert [one[1:] for one in first(tables)] == [("KZ-15", "approved", "1000"), ("KZ-15", "approved", "place=Ақтөбе", "600"), ("KZ-15", "approved", "place=Алға ауданы", "400")]
    assert set(verdicts(tables).values()) == {"agrees"}


def test_districts_of_the_region_in_the_title_add_up_to_it() -> None:
    rows = [["Айтекебийский район", 60, 50], ["Алгинский район", 40, 40], ["Итого", 100, 90]]
    tables, _ = read_sheet(sheet(["Актюбинская область, 2019 год, тыс. тенге"], NAMED, *rows))
    assert first(tables) == [("3", "KZ-15", "60"), ("4", "KZ-15", "40")]
    assert set(verdicts(tables).values()) == {"agrees"}


def test_groups_of_regions_are_totals_of_those_below_them() -> None:
    rows = [["Западные регионы", 300, 200], ["Актюбинская область", 100, 90], ["Атырауская область", 200, 110], ["Южные", 50, 40], ["г. Шымкент", 50, 40], ["Всего", 350, 240]]
    tables, findings = read_sheet(sheet(TITLE, HEAD, *rows))
    assert first(tables) == [("4", "KZ-15", "100"), ("5", "KZ-23", "200"), ("7", "KZ-79", "50")]
    assert set(verdicts(tables).values()) == {"agrees"}
    assert codes(findings) == ["row-as-total"]


# ---- regions over their providers


def test_a_region_as_a_title_over_its_providers() -> None:
    rows: list[list[Value]] = [
        *(["Актюбинская область"], ["ОФ «А»", 60], ["ОФ «Б»", 40], ["Итого по области", 100]),
        *(["г. Алматы"], ["ОФ «В»", 50], ["Итого по городу", 50], ["Всего по республике", 150]),
    ]
    tables, findings = read_sheet(sheet(TITLE, HEAD[:2], *rows))
    assert first(tables) == [("4", "KZ-15", "ОФ «А»", "60"), ("5", "KZ-15", "ОФ «Б»", "40"), ("8", "KZ-75", "ОФ «В»", "50")]
    assert verdicts(tables) == {"B6": "agrees", "B9": "agrees", "B10": "agrees"}
    assert [(finding.code, dict(finding.facts)["names"]) for finding in findings] == [("section-read", ("Актюбинская область", "г. Алматы"))]


def test_a_regions_own_figure_and_its_providers_in_one_column() -> None:
    rows = [["Актюбинская область", 100.5], ["ОФ «А»", 60.5], ["ОФ «Б»", 40], ["г. Алматы", 50], ["ОФ «В»", 50], ["Итого", 150.5]]
    tables, findings = read_sheet(sheet(TITLE, HEAD[:2], *rows))
    assert [one[1:-1] for one in first(tables)] == [("KZ-15",), ("KZ-15", "ОФ «А»"), ("KZ-15", "ОФ «Б»"), ("KZ-75",), ("KZ-75", "ОФ «В»")]
    assert verdicts(tables) == {"B3": "agrees", "B6": "agrees", "B8": "agrees"}
    assert findings == []


@pytest.mark.parametrize("below", [False, True])
def test_a_region_merged_over_its_providers_with_its_total_first_or_last(below: bool) -> None:
    own: list[Value] = ["Всего", 100]
    providers: list[list[Value]] = [["ОФ А", 60], ["ОФ Б", 40]]
    body = [*providers, own] if below else [own, *providers]
    rows = [["Актюбинская область" if not at else None, *row] for at, row in enumerate(body)]
    tables, _ = read_sheet(sheet(TITLE, ["Регион", "НПО", "План на год"], *rows, ["г. Алматы", "ОФ В", 50], ["Итого", None, 150], merges=[(3, 1, 5, 1)]))
    assert [one[1:] for one in first(tables, "C")] == [("KZ-15", "ОФ А", "60"), ("KZ-15", "ОФ Б", "40"), ("KZ-75", "ОФ В", "50")]
    assert sorted(verdicts(tables).values()) == ["agrees", "agrees"]


def test_a_region_written_once_with_its_own_figure_and_providers_below() -> None:
    rows: list[list[Value]] = [["Актюбинская область", None, 100], [None, "ОФ А", 60], [None, "ОФ Б", 40], ["г. Алматы", None, 50], ["Итого", None, 150]]
    tables, findings = read_sheet(sheet(TITLE, ["Регион", "НПО", "План на год"], *rows))
    assert [one[1:-1] for one in first(tables, "C")] == [("KZ-15",), ("KZ-15", "ОФ А"), ("KZ-15", "ОФ Б"), ("KZ-75",)]
    assert verdicts(tables) == {"C3": "agrees", "C7": "agrees"}
    assert places(findings, "region-carried-down") == ["A4", "A5"]


def test_a_region_without_figures_of_its_own_is_carried_from_its_row() -> None:
    rows: list[list[Value]] = [["Актюбинская область", "ОФ А", None], [None, "ОФ Б", 40]]
    tables, _ = read_sheet(sheet(TITLE, ["Регион", "НПО", "План на год"], *rows))
    assert first(tables, "C") == [("4", "KZ-15", "ОФ Б", "40")]


def test_totals_of_regions_without_any_line_are_their_figures() -> None:
    rows = [["Итого по Актюбинской области", 100], ["Всего: г. Алматы", 50], ["Итого", 150]]
    tables, _ = read_sheet(sheet(TITLE, HEAD[:2], *rows))
    assert first(tables) == [("3", "KZ-15", "100"), ("4", "KZ-75", "50")]
    assert verdicts(tables) == {"B5": "agrees"}


def test_a_total_whose_only_lines_are_its_breakdown_is_the_figure() -> None:
    rows: list[list[Value]] = [["Всего", 1000], ["в том числе:"], ["Аренда", 300], ["Зарплата", 200]]
    tables, _ = read_sheet(sheet(["Актюбинская область, за 2019 год, тыс. тенге"], NAMED[:2], *rows))
    assert first(tables) == [("3", "KZ-15", "1000"), ("5", "KZ-15", "item=Аренда", "300"), ("6", "KZ-15", "item=Зарплата", "200")]


def test_the_parts_of_a_printed_total_are_sums_like_it_and_make_no_entries() -> None:
    rows: list[list[Value]] = [
        *(["Актюбинская область"], ["ОФ «А»", 60], ["ОФ «Б»", 40], ["Итого", 100], ["г. Алматы"], ["ОФ «В»", 50], ["Итого", 50]),
        *(["Всего", 150], ["в т.ч. РБ", 100], ["МБ", 50]),
    ]
    tables, _ = read_sheet(sheet(TITLE, HEAD[:2], *rows))
    assert [one[0] for one in first(tables)] == ["4", "5", "8"]
    assert verdicts(tables) == {"B6": "agrees", "B9": "agrees", "B10": "agrees", "B11": "not-judged", "B12": "not-judged"}


# ---- titles that state something


def test_titles_that_state_a_programme_or_a_period_hold_for_the_regions_below() -> None:
    body = [["Актюбинская область", 100], ["г. Алматы", 50], ["Итого", 150]]
    tables, _ = read_sheet(sheet(TITLE, HEAD[:2], ["018 Размещение госзаказа"], *body, ["054 Прочее"], *body, ["Всего", 300]))
    assert [one[1:3] for one in first(tables)] == [("KZ-15", "018"), ("KZ-75", "018"), ("KZ-15", "054"), ("KZ-75", "054")]
    assert verdicts(tables) == {"B6": "agrees", "B10": "agrees", "B11": "agrees"}
    tables, _ = read_sheet(sheet(["тыс. тенге"], ["Регион", "Оплачено"], ["2018 год"], *body, ["I квартал 2019 года"], *body))
    assert [(entry.region, str(entry.period)) for entry in tables[0].entries] == [
        *(("KZ-15", "2018"), ("KZ-75", "2018"), ("KZ-15", "2019-Q1"), ("KZ-75", "2019-Q1")),
    ]


def test_months_below_each_region() -> None:
    rows: list[list[Value]] = [["Актюбинская область"], ["январь", 10], ["февраль", 20], ["г. Алматы"], ["январь", 5]]
    tables, _ = read_sheet(sheet(TITLE, ["Регион", "Оплачено"], *rows))
    assert [(entry.region, str(entry.period)) for entry in tables[0].entries] == [("KZ-15", "2019-01"), ("KZ-15", "2019-02"), ("KZ-75", "2019-01")]


def test_titles_that_state_a_measure_are_levels_of_the_header() -> None:
    rows: list[list[Value]] = [
        *(["Утверждено"], ["Актюбинская область", 100, 90], ["Итого", 100, 90]),
        *(["Исполнено"], ["Актюбинская область", 99, 80]),
        *(["Количество получателей, чел."], ["Актюбинская область", 9, 8]),
    ]
    tables, findings = read_sheet(sheet(["тыс. тенге"], ["Регион", 2018, 2019], *rows))
    assert [(e.cell, e.measure, e.version, e.unit) for table in tables for e in table.entries if e.cell.startswith("B")] == [
        *(("B4", "allocation", "approved", "KZT"), ("B7", "disbursement", None, "KZT"), ("B9", "recipients", None, "person")),
    ]
    assert verdicts(tables) == {"B5": "agrees", "C5": "agrees"}
    assert "measure-skipped" not in codes(findings)


# ---- codes


def test_maslikhat_annex_with_a_code_on_the_row_of_its_level() -> None:
    rows: list[list[Value]] = [
        *(["06", None, None, None, "Социальная помощь", 1000], [None, 2, None, None, "Социальная помощь", 1000]),
        *([None, None, 256, None, "Управление", 1000], [None, None, None, "018", "Размещение", 400], [None, None, None, 54, "Прочее", 600]),
        *(["10", None, None, None, "Сельское хозяйство", 50], [None, 1, None, None, "Сельское хозяйство", 50]),
        *([None, None, 255, None, "Управление", 50], [None, None, None, "001", "Услуги", 50], ["Всего", None, None, None, None, 1050]),
    ]
    head = ["Функциональная группа", "Функциональная подгруппа", "Администратор", "Программа", "Наименование", "Утверждено"]
    tables, findings = read_sheet(sheet(["Бюджет Актюбинской области на 2019 год, тыс. тенге"], head, *rows))
    assert [one[3] for one in first(tables, "F")] == ["256", "256.018", "256.054", "255", "255.001"]
    assert set(verdicts(tables).values()) == {"agrees"}
    assert [(finding.code, finding.at[0].cell) for finding in findings] == [("code-zeros-restored", "D")]


def test_treasury_form_with_four_code_columns() -> None:
    rows: list[list[Value]] = [
        *([256, None, None, None, "Управление", 1000], [None, 18, None, None, "Размещение", 1000]),
        *([None, None, 11, None, "За счет РБ", 800], [None, None, None, 155, "Оплата услуг", 800]),
        *([None, None, 15, None, "За счет МБ", 200], [None, None, None, 155, "Оплата услуг", 200], ["Итого", None, None, None, None, 1000]),
    ]
    head = ["Администратор", "Программа", "Подпрограмма", "Специфика", "Наименование", "План финансирования на год"]
    tables, findings = read_sheet(sheet(["Актюбинская область, 2019 год, тыс. тенге"], head, *rows))
    assert [(e.programme, e.funding) for e in tables[0].entries] == [
        *(("256", None), ("256.018", None), ("256.018.011", "republic"), ("256.018.011.155", "republic")),
        *(("256.018.015", "local"), ("256.018.015.155", "local")),
    ]
    assert set(verdicts(tables).values()) == {"agrees"}
    assert places(findings, "code-zeros-restored") == ["B", "C"]


def test_codes_that_a_spreadsheet_damaged() -> None:
    rows: list[list[Value]] = [["Актюбинская область", 256.01, 100], ["г. Алматы", date(2018, 6, 1), 5], ["Костанайская область", 27, 5]]
    tables, findings = read_sheet(sheet(TITLE, ["Регион", "Программа", "План на год"], *rows))
    assert [(e.cell, e.programme) for e in tables[0].entries] == [("C3", "256.010"), ("C5", "027")]
    assert held(tables) == [(4, "date-in-code")]
    assert places(findings, "date-in-code") == ["B4"]
    assert places(findings, "code-zeros-restored") == ["B"]


# ---- totals and what is passed over


def test_three_levels_of_totals_of_which_some_stand_last() -> None:
    rows: list[list[Value]] = [
        *(["Актюбинская область", 100], ["Атырауская область", 200], ["Итого по западу", 300], ["Костанайская область", 10], ["Итого по северу", 10]),
        *(["Итого по областям", 310], ["г. Алматы", 50], ["г. Шымкент", 60], ["Итого по городам", 110], ["Всего", 420]),
    ]
    tables, findings = read_sheet(sheet(TITLE, HEAD[:2], *rows))
    assert set(verdicts(tables).values()) == {"agrees"} and len(verdicts(tables)) == 5
    assert findings == []


def test_subtotals_above_their_rows_and_the_country_first() -> None:
    rows: list[list[Value]] = [
        *(["Всего по республике", 420], ["Итого по областям", 310], ["Актюбинская область", 100], ["Атырауская область", 210]),
        *(["Итого по городам", 110], ["г. Алматы", 50], ["г. Шымкент", 60]),
    ]
    tables, _ = read_sheet(sheet(TITLE, HEAD[:2], *rows))
    assert set(verdicts(tables).values()) == {"agrees"} and len(verdicts(tables)) == 3


def test_a_total_over_a_row_that_was_held_back_is_still_its_sum() -> None:
    rows = [["Актюбинская область", 100], ["Марс", 50], ["Итого", 150]]
    tables, _ = read_sheet(sheet(TITLE, HEAD[:2], *rows))
    assert verdicts(tables) == {"B5": "agrees"}
    assert held(tables) == [(4, "region-unknown")]


def test_a_note_with_figures_is_listed_and_a_numbered_row_is_none() -> None:
    rows = [["1) Актюбинская область", 100], ["Справочно: остаток на счете", 7]]
    tables, findings = read_sheet(sheet(TITLE, HEAD[:2], *rows))
    assert first(tables) == [("3", "KZ-15", "100")]
    assert places(findings, "rows-passed-over") == ["4"]


def test_many_totals_cost_no_more_than_their_rows() -> None:
    """Each block has its total, and each total is found without looking at all others."""
    block: list[list[Value]] = [["Актюбинская область", 1], ["Итого", 1]]
    small, large = (sheet(TITLE, HEAD[:2], *block * count) for count in (20, 400))
    assert len(read_sheet(small)[0][0].totals) == 20
    assert len(read_sheet(large)[0][0].totals) == 400


# ---- lists without any level


LIST = [["Содержание центра", 1250.4], ["Аренда", 400.1], ["Зарплата", 850.3]]


def test_a_total_proves_that_a_list_repeats_itself() -> None:
    title = ["Актюбинская область, за 2019 год, тыс. тенге"]
    tables, findings = read_sheet(sheet(title, NAMED[:2], *LIST, ["Итого", 1250.4]))
    assert [one[2:-1] for one in first(tables)] == [(), ("item=Аренда",), ("item=Зарплата",)]
    assert set(verdicts(tables).values()) == {"agrees"}
    assert codes(findings) == ["rows-as-breakdown"]


@pytest.mark.parametrize(("total", "said"), [([["Итого", 2500.8]], []), ([], ["rows-may-repeat"])])
def test_without_that_proof_all_rows_of_a_list_count(total: list[list[Value]], said: list[str]) -> None:
    tables, findings = read_sheet(sheet(["Актюбинская область, за 2019 год, тыс. тенге"], NAMED[:2], *LIST, *total))
    assert [one[2:-1] for one in first(tables)] == [(), (), ()]
    assert codes(findings) == said


def test_a_list_of_things_under_a_region_written_once_or_in_each_row() -> None:
    head = ["Регион", "Наименование", "План на год"]
    merged = sheet(TITLE, head, ["Актюбинская область", "Аренда", 60], [None, "Зарплата", 40], ["г. Алматы", "Аренда", 50], merges=[(3, 1, 4, 1)])
    flat = sheet(TITLE, head, ["Актюбинская область", "Аренда", 60], ["Актюбинская область", "Зарплата", 40], ["г. Алматы", "Аренда", 50])
    once = sheet(TITLE, head, ["Актюбинская область", "Аренда", 60], [None, "Зарплата", 40], ["г. Алматы", "Аренда", 50])
    for made in (merged, flat, once):
        assert first(read_sheet(made)[0], "C") == [("3", "KZ-15", "60"), ("4", "KZ-15", "40"), ("5", "KZ-75", "50")]


def test_a_region_merged_over_its_total_and_its_sources() -> None:
    rows: list[list[Value]] = [["Актюбинская область", "Всего", 100], [None, "в т.ч. РБ", 80], [None, "МБ", 20], ["г. Алматы", "Всего", 50], ["Итого", None, 150]]
    tables, _ = read_sheet(sheet(TITLE, ["Регион", "Наименование", "План на год"], *rows, merges=[(3, 1, 5, 1)]))
    assert first(tables, "C") == [("3", "KZ-15", "100"), ("4", "KZ-15", "republic", "80"), ("5", "KZ-15", "local", "20"), ("6", "KZ-75", "50")]
    assert verdicts(tables)["C7"] == "agrees"


def test_people_are_broken_down_in_several_ways_below_one_of_which() -> None:
    rows: list[list[Value]] = [["Всего", 1000], ["из них:"], ["женщины", 600], ["мужчины", 400], ["дети", 100]]
    tables, _ = read_sheet(sheet(["Актюбинская область, 2019"], ["Наименование", "Получатели услуг, чел."], *rows))
    assert [(entry.category, int(entry.value)) for entry in tables[0].entries] == [
        *((None, 1000), ("item=женщины", 600), ("item=мужчины", 400), ("item=дети", 100)),
    ]


def test_a_programme_inside_a_region_and_its_providers() -> None:
    rows: list[list[Value]] = [
        *(["Актюбинская область", 1000], ["256.018 Размещение", 600], ["ОФ «А»", 350], ["ОФ «Б»", 250], ["256.054 Прочее", 400], ["ОФ «А»", 400]),
        *(["г. Алматы", 50], ["Итого", 1050]),
    ]
    tables, _ = read_sheet(sheet(TITLE, HEAD[:2], *rows))
    assert [one[2:-1] for one in first(tables)] == [
        *((), ("256.018",), ("256.018", "ОФ «А»"), ("256.018", "ОФ «Б»"), ("256.054",), ("256.054", "ОФ «А»"), ()),
    ]
    assert verdicts(tables) == {"B3": "agrees", "B4": "agrees", "B7": "agrees", "B10": "agrees"}


def test_a_period_as_a_title_among_regions_holds_for_those_below() -> None:
    rows: list[list[Value]] = [["Актюбинская область", 10], ["2020 год"], ["Атырауская область", 20]]
    tables, _ = read_sheet(sheet(TITLE, ["Регион", "Оплачено"], *rows))
    assert [(entry.region, str(entry.period)) for entry in tables[0].entries] == [("KZ-15", "2019"), ("KZ-23", "2020")]


def test_regions_across_are_those_of_their_columns() -> None:
    """The header names the region; a wrong name holds the cells of its column only."""
    head = ["Показатель", "Актюбинская область", "г. Алматы"]
    tables, _ = read_sheet(sheet(["Оплачено за 2019 год, тыс. тенге"], head, ["ОФ «А»", 10, 20]))
    assert [(entry.cell, entry.region, entry.provider) for table in tables for entry in table.entries] == [("B3", "KZ-15", "ОФ «А»"), ("C3", "KZ-75", "ОФ «А»")]


# ---- whatever the layout, money counts once


WORDS = {
    "ru": ("Регион", "НПО", "Оплачено, тыс. тенге", ("Актюбинская область", "г. Алматы", "Костанайская область"), "ОФ «{}»", "Итого", "в том числе:"),
    "kk": ("Өңір", "Өнім беруші", "Төленді, мың теңге", ("Ақтөбе облысы", "Алматы қаласы", "Қостанай облысы"), "«{}» ҚҚ", "Барлығы", "оның ішінде:"),
    "en": ("Region", "Provider", "Paid, thousand tenge", ("Aktobe region", "Almaty city", "Kostanay region"), "Foundation «{}»", "Total", "of which:"),
}
Blocks = list[list[Decimal]]


def laid_out(layout: str, lang: str, blocks: Blocks) -> tuple[list[list[Value]], list[tuple[int, int, int, int]]]:
    """Rows of regions and their providers in one of the ways in which people set them out, with merged cells."""
    region, provider, paid, names, called, total, of_which = WORDS[lang]
    wide, moved = layout in ("column", "merged"), layout == "moved"
    head: list[Value] = [region, provider, paid] if wide else [region, None, paid] if moved else [region, paid]
    rows: list[list[Value]] = [["2019"], head]
    merges: list[tuple[int, int, int, int]] = [(2, 1, 2, 2)] if moved else []
    for name, block in zip(names, blocks, strict=False):
        own = float(sum(block))
        listed = [(called.format(f"Н{at}"), float(value)) for at, value in enumerate(block)]
        if wide:
            body: list[list[Value]] = [[None, one, value] for one, value in listed]
            body = [[None, total, own], *body] if layout == "merged" else [[None, None, own], *body]
            body[0][0] = name
            merges += [(len(rows) + 1, 1, len(rows) + len(body), 1)] if layout == "merged" else []
        elif layout == "title":
            body = [[name], *([one, value] for one, value in listed), [f"{total}", own]]
        elif moved:
            body = [[name, None, own], *([None, one, value] for one, value in listed)]
        else:
            opening = [[of_which]] if layout == "of which" else []
            body = [[name, own], *opening, *([f"   {one}" if layout == "indent" else one, value] for one, value in listed)]
        rows += body
    everything = float(sum(value for block in blocks for value in block))
    return [*rows, [total, *([None] * (len(head) - 2)), everything]], merges


AMOUNT = st.decimals(min_value=Decimal("1000.1"), max_value=Decimal("99999.9"), places=1)


@settings(max_examples=60, deadline=None)
@given(
    layout=st.sampled_from(["column", "merged", "title", "moved", "plain", "indent", "of which"]),
    lang=st.sampled_from(["ru", "kk", "en"]),
    blocks=st.lists(st.lists(AMOUNT, min_size=2, max_size=4), min_size=2, max_size=3),
)
def test_whatever_the_layout_money_counts_once(layout: str, lang: str, blocks: Blocks) -> None:
    rows, merges = laid_out(layout, lang, blocks)
    tables, findings = read_sheet(sheet(*rows, merges=merges))
    assert [finding.code for finding in findings if finding.grade == "error"] == []
    assert set(verdicts(tables).values()) == {"agrees"}
    entries = [entry for table in tables for entry in table.entries]
    for region, block in zip(("KZ-15", "KZ-75", "KZ-39"), blocks, strict=False):
        own = [entry.value for entry in entries if entry.region == region and entry.provider is None]
        parts = [entry.value for entry in entries if entry.region == region and entry.provider is not None]
        assert sum(parts) == sum(block) * 1000
        assert own in ([], [sum(block) * 1000])


@pytest.mark.parametrize("opening", ["из них", "оның ішінде", "of which"])
def test_one_provider_named_of_which_need_not_make_up_its_region(opening: str) -> None:
    rows = (["Алматинская область", 2000], [f"{opening} ОФ «Надежда»", 700], ["Итого", 2000])
    tables, findings = read_sheet(sheet(["Оплачено за 2023 год"], ["Регион", "Оплачено, тыс. тенге"], *rows))
    assert [(e.provider, e.value) for e in tables[0].entries] == [(None, 2_000_000), ("ОФ «Надежда»", 700_000)]
    assert not [finding for finding in findings if finding.grade is Severity.ERROR]


def test_the_capital_of_another_region_is_no_part_of_the_region_above() -> None:
    tables, findings = read_sheet(sheet(TITLE, HEAD, ["Карагандинская область", 900, 500], ["г. Костанай", 300, 200], ["г. Темиртау", 100, 90]))
    assert [(e.cell, e.region, e.category) for e in tables[0].entries if e.measure == "disbursement"] == [
        ("C3", "KZ-35", None),
        ("C5", "KZ-35", "place=г. Темиртау"),
    ]
    assert "region-unknown" in codes(findings)


def test_a_city_that_is_a_region_is_no_part_of_itself() -> None:
    tables, _ = read_sheet(sheet(TITLE, ["Регион", "Оплачено"], ["г. Алматы", 1000], ["Алматы", 400]))
    assert [(e.cell, e.region, e.category) for e in tables[0].entries] == [("B3", "KZ-75", None), ("B4", "KZ-75", None)]
