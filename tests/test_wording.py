"""A finding is place – fact – figure – what to do, in three languages, and no missing fact stops a sentence."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgettool.findings import Exit, Finding, Place, Refusal, catalogue
from budgettool.period import Period
from budgettool.terms import MEASURES
from budgettool.wording import LANGUAGES, Wording
from budgettool.wording.sheets import HEADINGS, TITLES
from budgettool.wording.sheets import MEASURES as SHORT
from budgettool.wording.template import fill
from budgettool.wording.translation import translations

NBSP = "\u00a0"
CELL = (Place("march.xlsx", "Отчет", "F20"),)
TOTAL = Finding("printed-total-differs", CELL, expected=Decimal("1234100.00"), actual=Decimal("1234600.00"), facts=(("unit", "KZT"),))


def said(finding: Finding, lang: str = "en") -> str:
    return Wording(lang).sentence(finding)[0]


# ---- sentences


def test_a_sentence_says_place_fact_figure_and_what_to_do() -> None:
    assert Wording("ru").sentence(TOTAL) == (
        f"Лист «Отчет», ячейка F20: итог – 1{NBSP}234{NBSP}600, сумма строк – 1{NBSP}234{NBSP}100, расхождение – 500 тенге.",
        "Просим исправить итог или строки.",
    )
    assert said(TOTAL, "kk").startswith("«Отчет» парағы, F20 ұяшығы: жиыны – ")
    assert said(TOTAL) == "Sheet “Отчет”, cell F20: the printed total is 1,234,600, its rows add up to 1,234,100, difference 500 tenge."


def test_a_finding_about_the_ledger_leads_with_region_and_period() -> None:
    finding = Finding(
        "receipt-differs",
        region="KZ-15",
        period=Period.of_months(2023, 1, 7),
        expected=Decimal(12500000),
        actual=Decimal(12350000),
    )
    assert said(finding, "ru").startswith(
        f"Регион: Актюбинская область, январь–июль 2023 года. Перечислено 12{NBSP}500{NBSP}000, поступило"
    )
    assert said(finding, "kk").startswith("Өңір: Ақтөбе облысы, 2023 жылғы қаңтар–шілде. Аударылды – ")


def test_a_cell_keeps_region_provider_and_period_in_brackets() -> None:
    finding = Finding("overspent", CELL, region="KZ-15", period=Period.of_month(2023, 7), facts=(("provider", "ОФ «Пример»"),))
    assert said(finding, "ru").startswith("Лист «Отчет», ячейка F20 (Актюбинская область, ОФ «Пример», июль 2023 года): ")


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        (("F20",), "Cell F20"),
        (("H12", "J12"), "Cells H12, J12"),
        (("17",), "Row 17"),
        (("8:27",), "Rows 8–27"),
        (("E",), "Column E"),
        (("C", "D"), "Columns C, D"),
        (("D4", "D5", "D6", "D7", "D8"), "Cells D4, D5, D6 and 2 more"),
    ],
)
def test_places(cells: tuple[str, ...], place: str) -> None:
    finding = Finding("row-held", tuple(Place("a.xlsx", "", cell) for cell in cells))
    assert said(finding) == f"{place}: the row was not accepted."


def test_a_file_is_named_where_nothing_finer_is_known_or_several_files_meet() -> None:
    assert said(Finding("rates-file-empty", (Place("in/rates.csv"),))).startswith("File “rates.csv”: ")
    two = Finding("same-row-twice", (Place("a.xlsx", "S", "2"), Place("b.xlsx", "S", "3")))
    assert said(two).startswith("File “a.xlsx”, sheet “S”, row 2; file “b.xlsx”, sheet “S”, row 3: ")


def test_a_missing_fact_leaves_its_part_out_or_a_mark() -> None:
    bare = Finding("printed-total-differs", CELL)
    assert said(bare) == "Sheet “Отчет”, cell F20: the printed total is …, its rows add up to …, difference …"
    assert "tolerance" not in said(TOTAL)


def test_figures_that_a_template_leaves_out_are_appended() -> None:
    finding = Finding("row-held", CELL, expected=Decimal(5), actual=Decimal(7), facts=(("line", 3),))
    assert said(finding).endswith("the row was not accepted (expected: 5; found: 7; line: 3).")


def test_a_code_that_the_catalogue_lacks_still_makes_a_sentence() -> None:
    own = Finding("our-own-check", region="KZ-15", expected=Decimal(5), actual=Decimal(7))
    assert Wording("en").sentence(own) == ("Region: Aktobe region. Our own check (expected: 5; found: 7).", "")


FACTS = st.one_of(
    st.text(max_size=8), st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.dates(), st.just(("KZ-15", "x")), st.just(())
)
NAMES = st.sampled_from(
    ["text", "value", "count", "line", "unit", "measure", "candidates", "dates", "numbers", "reason", "missing", "rate"]
)


@given(st.sampled_from(sorted(catalogue())), st.sampled_from(LANGUAGES), st.dictionaries(NAMES, FACTS), FACTS)
def test_no_facts_stop_a_sentence(code: str, lang: str, facts: dict[str, str], actual: str) -> None:
    message, hint = Wording(lang).sentence(Finding(code, CELL, expected=None, actual=actual, facts=tuple(facts.items())))
    assert message
    assert hint


# ---- facts


def test_facts_are_printed_as_what_they_are() -> None:
    words = Wording("ru")
    assert words.fact("dates", ("2019-05-03", "2019-03-05"), "or") == "03.05.2019 или 05.03.2019"
    assert words.fact("numbers", ("1234", "1.234"), "or") == f"1{NBSP}234 или 1,234"
    assert words.fact("candidates", ("KZ-15", "KZ-61")) == "Актюбинская область, Туркестанская область"
    assert words.fact("candidates", ("allocation", "transfer"), "or") == "план или перечислено"
    assert words.fact("names", ("ОФ 1", "ОФ 2"), "q") == "«ОФ 1», «ОФ 2»"
    assert words.fact("missing", ("2019-02", "2019-Q2")) == "февраль 2019 года, II квартал 2019 года"
    assert words.fact("unit", "KZT") == "тенге"
    assert words.fact("line", 2019) == "2019"
    assert words.fact("reason", "it is empty") == "файл пуст"
    assert words.fact("reason", "months-missing") == "нет данных за месяцы"


def test_what_stood_in_the_file_is_never_translated() -> None:
    words = Wording("ru")
    assert words.fact("text", "transfer") == "transfer"
    assert words.fact("text", "100.005") == "100.005"
    assert words.fact("header", "2019-03", "q") == "«2019-03»"


def test_a_printed_fact_is_no_template() -> None:
    finding = Finding("number-not-read", CELL, facts=(("text", "[{line}]"),))
    assert "“[{line}]” is no number" in said(finding)


def test_a_template_takes_the_first_fact_that_is_there() -> None:
    filled = fill("{one|two}[, {three}][ in {four}]", {"two": 2, "four": 4}, lambda name, value, way: f"{name}={value}")
    assert filled.text == "two=2 in four=4"
    assert filled.said == {"two", "four"}


# ---- refusals


def test_a_refusal_is_one_text() -> None:
    refusal = Refusal("period-closed", Exit.REFUSED, period=Period.of_month(2019, 12))
    assert (
        Wording("en")
        .refusal(refusal)
        .startswith("The period December 2019 is closed; nothing was imported. Give the reason with --restate")
    )
    assert Wording("ru").refusal(refusal).startswith("Период закрыт: декабрь 2019 года; ничего не импортировано. ")


def test_a_refusal_names_file_and_line() -> None:
    text = Wording("en").refusal(Refusal("settings-not-read", Exit.USAGE, file="budgettool.toml", line=1, reason="a bracket is open"))
    assert text.startswith("budgettool.toml can't be read, line 1: a bracket is open.")


# ---- figures


@pytest.mark.parametrize(
    ("value", "decimals", "en", "ru"),
    [
        (Decimal("1234567.5"), None, "1,234,567.5", "1 234 567,5"),
        (Decimal("1234567.5"), 2, "1,234,567.50", "1 234 567,50"),
        (Decimal("-0.005"), 2, "-0.01", "-0,01"),
        (Decimal("2.345"), 2, "2.35", "2,35"),
        (12000, None, "12,000", "12 000"),
        (Decimal("1E+6"), None, "1,000,000", "1 000 000"),
        (None, None, "–", "–"),
    ],
)
def test_numbers(value: Decimal | int | None, decimals: int | None, en: str, ru: str) -> None:
    assert Wording("en").number(value, decimals) == en
    assert Wording("ru").number(value, decimals) == Wording("kk").number(value, decimals) == ru.replace(" ", NBSP)


def test_money_and_people_with_their_words() -> None:
    assert Wording("kk").money(Decimal(420000), "KZT") == f"420{NBSP}000,00 теңге"
    assert Wording("ru").money(Decimal("1.5"), "USD") == "1,50 долл. США"
    assert Wording("ru").money(None, "KZT") == "–"
    assert Wording("ru").money(Decimal(2), "person") == "2 человека"


@pytest.mark.parametrize(("n", "ru"), [(1, "1 строка"), (3, "3 строки"), (5, "5 строк"), (11, "11 строк"), (21, "21 строка")])
def test_plurals(n: int, ru: str) -> None:
    assert Wording("ru").counted("row", n) == ru
    assert Wording("kk").counted("row", n) == f"{n} жол"


@pytest.mark.parametrize(
    ("period", "en", "ru", "kk"),
    [
        ("2019-03-05", "5 March 2019", "5 марта 2019 года", "2019 жылғы 5 наурыз"),
        ("2019-03", "March 2019", "март 2019 года", "2019 жылғы наурыз"),
        ("2019-Q1", "quarter I of 2019", "I квартал 2019 года", "2019 жылғы I тоқсан"),
        ("2019-01..2019-06", "January–June 2019", "январь–июнь 2019 года", "2019 жылғы қаңтар–маусым"),
        ("2019", "2019", "2019 год", "2019 жыл"),
        ("2016..2019", "2016–2019", "2016–2019 годы", "2016–2019 жылдар"),
        (
            "2018-11..2019-02",
            "November 2018 – February 2019",
            "ноябрь 2018 года – февраль 2019 года",
            "2018 жылғы қараша – 2019 жылғы ақпан",
        ),
        (
            "2019-03-05..2019-04-02",
            "5 March 2019 – 2 April 2019",
            "5 марта 2019 года – 2 апреля 2019 года",
            "2019 жылғы 5 наурыз – 2019 жылғы 2 сәуір",
        ),
    ],
)
def test_periods(period: str, en: str, ru: str, kk: str) -> None:
    assert [Wording(lang).period(Period.parse(period)) for lang in ("en", "ru", "kk")] == [en, ru, kk]


AS_OF = (
    *("қаңтардағы", "ақпандағы", "наурыздағы", "сәуірдегі", "мамырдағы", "маусымдағы"),
    *("шілдедегі", "тамыздағы", "қыркүйектегі", "қазандағы", "қарашадағы", "желтоқсандағы"),
)


@pytest.mark.parametrize("month", range(1, 13))
def test_as_of_in_kazakh(month: int) -> None:
    assert Wording("kk").as_of(date(2023, month, 1)) == f"2023 жылғы 1 {AS_OF[month - 1]} жағдай бойынша"


def test_as_of_in_russian() -> None:
    assert Wording("ru").as_of(date(2023, 8, 1)) == "по состоянию на 1 августа 2023 года"


# ---- sheets


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_measure_and_version_has_a_heading_and_a_short_name(lang: str) -> None:
    keys = [name if version is None else f"{name}.{version}" for name, each in MEASURES.items() for version in (None, *each.versions)]
    assert [key for key in keys if key not in HEADINGS or key not in SHORT] == []
    assert all(Wording(lang).heading(key) and Wording(lang).measure(key) for key in keys)


def test_levels_of_a_heading() -> None:
    words = Wording("kk")
    assert words.levels("allocation.plan_payments") == ("Есепті кезеңге қаржыландыру жоспары", "төлемдер бойынша")
    assert words.heading("allocation.plan_payments") == "төлемдер бойынша"
    assert words.heading("no.such.key") == "no.such.key"


def test_one_heading_never_heads_two_measures() -> None:
    measures = [key for key in HEADINGS if key.partition(".")[0] in MEASURES]
    for lang in LANGUAGES:
        levels = [Wording(lang).levels(key) for key in measures]
        assert len(levels) == len(set(levels)), lang


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_name_fits_a_spreadsheet(lang: str) -> None:
    names = [Wording(lang).sheet(name) for name in TITLES]
    assert [name for name in names if len(name) > 31 or set(name) & set("[]:*?/\\")] == []


def test_titles() -> None:
    assert (
        Wording("kk").title("dynamics", Period.of_years(2016, 2019))
        == "2016–2019 жылдардағы қаржыландыру және қызметтермен қамту динамикасы"
    )
    assert Wording("ru").title("dynamics", Period.of_years(2016, 2019)) == "Динамика финансирования и охвата услугами за 2016–2019 годы"
    assert Wording("ru").title("consolidated").startswith("Сводный отчет об исполнении целевых текущих трансфертов")


def test_lines_and_statuses() -> None:
    assert Wording("kk").line("form.when", day=5) == "Ұсыну мерзімі: есепті айдан кейінгі айдың 5-күніне дейін"
    assert Wording("ru").status("disputed") == "Данные расходятся"
    assert Wording("ru").status("no-such") == "no-such"


# ---- languages


def test_a_language_without_a_catalogue_speaks_english() -> None:
    assert translations("de").gettext("Total") == "Total"
    assert Wording("de").period(Period.of_month(2019, 3)) == "March 2019"


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_finding_is_explained_in_every_language(code: str) -> None:
    english = Wording("en")
    for lang in ("ru", "kk"):
        words = Wording(lang)
        assert words.why(code) != english.why(code)
        assert words.finding_title(code) != english.finding_title(code)
        assert words.hint(code) != english.hint(code)


def test_english_numbers_cost_neither_babel_nor_the_findings() -> None:
    code = (
        "import sys; from budgettool.wording import Wording; from budgettool.findings import catalogue; w = Wording('en'); w.number(5);"
        "print(catalogue.cache_info().currsize, 'babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "False"]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_count_that_is_no_number_stands_as_it_is(lang: str) -> None:
    message, _ = Wording(lang).sentence(Finding("supersedes", facts=(("other_file", "a.xlsx"), ("count", ":"))))
    assert "a.xlsx" in message
