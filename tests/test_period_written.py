"""What people write for a period is read as that period, in three languages, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgettool.period import Period
from budgettool.period.written import find_periods, read_date, read_period, says_cumulative

RU = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()  # noqa: SIM905
RU_OF = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905
KK = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split()  # noqa: SIM905
KK_AT = "қаңтардағы ақпандағы наурыздағы сәуірдегі мамырдағы маусымдағы шілдедегі тамыздағы қыркүйектегі қазандағы қарашадағы желтоқсандағы".split()  # noqa: SIM905
KK_TO = "қаңтарға ақпанға наурызға сәуірге мамырға маусымға шілдеге тамызға қыркүйекке қазанға қарашаға желтоқсанға".split()  # noqa: SIM905
KK_LATIN = "qańtar aqpan naýryz sáýir mamyr maýsym shilde tamyz qyrkúıek qazan qarasha jeltoqsan".split()  # noqa: SIM905
EN = "January February March April May June July August September October November December".split()  # noqa: SIM905

years = st.integers(2000, 2049)
months = st.integers(1, 12)


def period_of(text: str, year: int | None = None) -> str | None:
    written = read_period(text, year=year)
    return str(written.period) if written else None


@pytest.mark.parametrize(
    "text",
    [
        "март 2019", "марта 2019 г.", "Март 2019 года", "МАРТ 2019", "мар. 2019", "мар.19", "за март 2019 года", "в марте 2019 г.",
        "март, 2019", "март (2019)", "2019, март", "2019 год, март", "за март месяц 2019 года", "март-2019", "март_2019", "мaрт 2019",
        "наурыз 2019", "Наурыз 2019 ж.", "2019 жылғы наурыз", "2019 жылғы наурызда", "2019 жылғы наурыз айы", "2019 жылдың наурызы",
        "2019 жылғы наурыз айында", "2019 ж. наурыз", "наурыз айы 2019 жыл", "2019 жылғы наурыздағы", "нау. 2019", "nauryz 2019", "naýryz 2019",
        "March 2019", "Mar 2019", "Mar-19", "MARCH, 2019", "March of 2019", "mart 2019",
        "03.2019", "3.2019", "03/2019", "2019-03", "2019/03", "2019.03", "201903", "март 2019*", "Отчетный период: март 2019 г.",
        "март\u00a02019", "март\u00a02019\u00a0г.", "марта\n2019 года", "март '19",
    ],
)  # fmt: skip
def test_march_2019(text: str) -> None:
    assert period_of(text) == "2019-03"


@pytest.mark.parametrize(("text", "month"), [("янаврь 2019", 1), ("ферваль 2019", 2), ("апрел 2019", 4), ("август 2019", 8), ("сентебрь 2019", 9), ("сентяюря 2019", 9), ("октябр 2019", 10), ("ноябюрь 2019", 11), ("декарбь 2019", 12), ("желтоксан 2019", 12), ("кыркуйек 2019", 9), ("шилде 2019", 7)])  # fmt: skip
def test_slips_of_the_hand(text: str, month: int) -> None:
    assert period_of(text) == f"2019-{month:02}"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("I квартал 2019 г.", "2019-Q1"), ("II кв. 2019", "2019-Q2"), ("III квартал 2019", "2019-Q3"), ("IV квартал 2019", "2019-Q4"),
        ("1 квартал 2019", "2019-Q1"), ("2-й квартал 2019", "2019-Q2"), ("3-ий квартал 2019 года", "2019-Q3"), ("4 кв. 2019", "2019-Q4"), ("1кв2019", "2019-Q1"),
        ("первый квартал 2019 года", "2019-Q1"), ("во втором квартале 2019 года", "2019-Q2"), ("2019 год, 3 квартал", "2019-Q3"), ("2019/1 квартал", "2019-Q1"),
        ("ІІІ тоқсан 2019", "2019-Q3"), ("2019 жылғы I тоқсан", "2019-Q1"), ("2019 жылдың 2-тоқсаны", "2019-Q2"), ("2019 жылғы 3-ші тоқсанда", "2019-Q3"),
        ("ІV тоқсан 2019 ж.", "2019-Q4"), ("2019 жылғы төртінші тоқсан", "2019-Q4"), ("бірінші тоқсан 2019", "2019-Q1"),
        ("Q1 2019", "2019-Q1"), ("2019 Q2", "2019-Q2"), ("2019-Q3", "2019-Q3"), ("Q4'19", "2019-Q4"), ("1Q 2019", "2019-Q1"), ("first quarter of 2019", "2019-Q1"),
        ("1st quarter 2019", "2019-Q1"), ("I-III кварталы 2019 года", "2019-01..2019-09"), ("Q1-Q2 2019", "2019-01..2019-06"), ("2019-Q1..2019-Q3", "2019-01..2019-09"),
        ("I полугодие 2019 года", "2019-01..2019-06"), ("1 полугодие 2019", "2019-01..2019-06"), ("1-е полугодие 2019", "2019-01..2019-06"),
        ("второе полугодие 2019 г.", "2019-07..2019-12"), ("2019 жылғы бірінші жартыжылдық", "2019-01..2019-06"), ("2019 жылдың 2-жартыжылдығы", "2019-07..2019-12"),
        ("бірінші жарты жылдық 2019", "2019-01..2019-06"), ("H1 2019", "2019-01..2019-06"), ("2019 H2", "2019-07..2019-12"), ("first half of 2019", "2019-01..2019-06"),
        ("first half-year 2019", "2019-01..2019-06"),
    ],
)  # fmt: skip
def test_quarters_and_halves(text: str, period: str) -> None:
    written = read_period(text)
    assert written is not None
    assert (str(written.period), written.cumulative) == (period, None)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("9 месяцев 2019 года", 9), ("9 мес. 2019", 9), ("за девять месяцев 2019 года", 9), ("по итогам 9 месяцев 2019 г.", 9), ("2 месяца 2019", 2), ("1-6 месяцев 2019", 6),
        ("2019 жылғы 9 ай", 9), ("2019 жылдың 9 айы", 9), ("9 ай 2019", 9), ("2019 жылғы тоғыз айда", 9), ("2019 жылғы он бір ай", 11), ("9М 2019", 9),
        ("nine months of 2019", 9), ("9 months 2019", 9), ("9M2019", 9), ("six months ended 30 June 2019", 6),
        ("январь-июнь 2019", 6), ("за январь – июнь 2019 года", 6), ("янв—июнь 2019", 6), ("с января по июнь 2019 года", 6), ("январь 2019 - июнь 2019", 6),
        ("2019 жылғы қаңтар–шілде", 7), ("қаңтар-маусым 2019", 6), ("2019 жылғы қаңтардан маусымға дейін", 6), ("2019 жылғы қаңтар-маусым аралығы", 6),
        ("January-June 2019", 6), ("January to June 2019", 6), ("Jan–Jun 2019", 6), ("01.2019-06.2019", 6), ("01-06.2019", 6),
        ("с 1 января по 30 июня 2019 года", 6), ("01.01.2019-30.06.2019", 6), ("за период с 01.01.2019 г. по 30.06.2019 г.", 6), ("01.01-30.06.2019", 6),
        ("2019 жылғы 1 қаңтар – 30 маусым", 6), ("2019 жылғы 1 қаңтардан 30 маусымға дейін", 6), ("март 2019 с начала года", 3), ("II квартал 2019 нарастающим итогом", 6),
    ],
)  # fmt: skip
def test_what_counts_from_january(text: str, last: int) -> None:
    written = read_period(text)
    assert written is not None
    assert (written.period, written.cumulative) == (Period.of_months(2019, 1, last), True)


@pytest.mark.parametrize(
    "text",
    [
        "на 1 июля 2019 года", "на 1 июля 2019", "на 1-е июля 2019 г.", "на 01.07.2019", "на 01.07.2019г.", "на 1.07.19", "по состоянию на 01.07.2019", "по состоянию на «01» июля 2019г.",
        "на\u00a01\u00a0июля 2019 года", "2019 жылғы 1 шілдедегі жағдай бойынша", "2019 жылғы 1 шілдеге", "2019 жылдың 1 шілдесіне", "1 шілде 2019 жағдайы бойынша",
        "01.07.2019 ж. жағдай бойынша", "as of 1 July 2019", "as at July 1, 2019", "as of 2019-07-01", "as of 30 June 2019", "на 30.06.2019",
    ],
)  # fmt: skip
def test_as_of_the_first_of_july_is_january_to_june(text: str) -> None:
    written = read_period(text)
    assert written is not None
    assert (str(written.period), written.cumulative) == ("2019-01..2019-06", True)
    assert written.as_of in (date(2019, 7, 1), date(2019, 6, 30))


@pytest.mark.parametrize("text", ["на 1 января 2020 года", "2020 жылғы 1 қаңтарға", "as of 1 January 2020", "на 31.12.2019"])
def test_as_of_the_first_of_january_is_the_year_before(text: str) -> None:
    assert period_of(text) == "2019"


@pytest.mark.parametrize("text", ["2019", "2019 год", "2019 г.", "2019г", "за 2019 год", "на 2019 год", "2019 жыл", "2019 жылы", "2019 ж.", "2019-го года", "год 2019", "FY2019", "2019.0", "12 месяцев 2019", "январь-декабрь 2019"])  # fmt: skip
def test_a_year(text: str) -> None:
    assert period_of(text) == "2019"


@pytest.mark.parametrize("text", ["2016–2019", "2016-2019 годы", "2016 - 2019 гг.", "2016..2019", "с 2016 по 2019 год", "2016-2019 жылдар", "2016–2019 жылдардағы", "2016 to 2019", "за 2016—2019 годы"])  # fmt: skip
def test_several_years(text: str) -> None:
    assert period_of(text) == "2016..2019"


@pytest.mark.parametrize(
    "text",
    [
        "прошлый месяц", "текущий месяц 2019", "предыдущий квартал 2019", "аналогичный период 2018 года", "өткен ай", "last month", "март", "1 полугодие", "2019-13", "13.2019", "2017, 2018",
        "2019-02-30", "31.02.2019", "03/05/2019", "43555", "1 234,5", "№ 12/2019", "12 чел.", "Итого", "", "-", "5 квартал 2019", "3 полугодие 2019", "14 месяцев 2019", "июнь-март 2019",
        "2019-2016", "карта 2019", "с начала 2019 года", "Наурызбай 2019", "там 2019", "2019 год (прогноз)", "договор 5 от 01.02.2019",
    ],
)  # fmt: skip
def test_no_period(text: str) -> None:
    assert period_of(text) is None


@pytest.mark.parametrize(
    ("text", "period"),
    [("март", "2019-03"), ("Наурыз", "2019-03"), ("I квартал", "2019-Q1"), ("H1", "2019-01..2019-06"), ("9 месяцев", "2019-01..2019-09"), ("на 1 июля", "2019-01..2019-06"), ("1 шілдеге", "2019-01..2019-06"), ("январь–июнь", "2019-01..2019-06"), ("2018 март", "2018-03"), ("1 марта", "2019-03-01")],
)  # fmt: skip
def test_a_given_year_is_for_phrases_without_one(text: str, period: str) -> None:
    assert period_of(text, 2019) == period


@given(
    years,
    months,
    st.sampled_from([RU, RU_OF, KK, KK_LATIN, EN]),
    st.sampled_from(["{m} {y}", "{m} {y} г.", "{m} {y} ж.", "за {m} {y} года", "{y} {m}", "{y} жылғы {m}", "{y}, {m}", "{m}-{y}"]),
)
def test_every_month_in_every_language(year: int, month: int, words: list[str], form: str) -> None:
    for word in (words[month - 1], words[month - 1].upper()):
        assert period_of(form.format(m=word, y=year)) == f"{year}-{month:02}"


@pytest.mark.parametrize(
    ("texts", "quarter"),
    [(("I", "І", "1", "Ⅰ", "первый"), 1), (("II", "ІІ", "П", "Ⅱ"), 2), (("III", "ІІІ", "Ш", "ПІ", "ІП", "Ⅲ"), 3), (("IV", "ІV", "1V", "Ⅳ"), 4)],
)
def test_quarters_in_every_letter_that_looks_like_a_roman_one(texts: tuple[str, ...], quarter: int) -> None:
    for text in texts:
        for form in ("{} квартал 2019 года", "{} кв. 2019", "2019 жылғы {} тоқсан"):
            assert period_of(form.format(text)) == f"2019-Q{quarter}", form.format(text)


@given(years, months)
def test_every_as_of_day(year: int, month: int) -> None:
    before = date(year, month, 1).toordinal() - 1
    expected = Period(date(date.fromordinal(before).year, 1, 1), date.fromordinal(before))
    for text in (
        f"на 1 {RU_OF[month - 1]} {year} года",
        f"{year} жылғы 1 {KK_AT[month - 1]} жағдай бойынша",
        f"{year} жылғы 1 {KK_TO[month - 1]}",
        f"as of 1 {EN[month - 1]} {year}",
        f"по состоянию на 01.{month:02}.{year}",
    ):
        written = read_period(text)
        assert written is not None, text
        assert (written.period, written.cumulative, written.as_of) == (expected, True, date(year, month, 1)), text


@given(years, months, months)
def test_every_range_of_months(year: int, one: int, other: int) -> None:
    first, last = min(one, other), max(one, other)
    if first == last:
        return
    for text in (f"{RU[first - 1]}–{RU[last - 1]} {year} г.", f"с {RU_OF[first - 1]} по {RU[last - 1]} {year} года", f"{year} жылғы {KK[first - 1]}–{KK[last - 1]}", f"{EN[first - 1]} to {EN[last - 1]} {year}"):  # fmt: skip
        written = read_period(text)
        assert written is not None, text
        assert (written.period, written.cumulative) == (Period.of_months(year, first, last), True if first == 1 else None), text


days = st.dates(date(2000, 1, 1), date(2049, 12, 31))


@given(days, days)
def test_whatever_is_printed_is_read(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    written = read_period(str(period))
    assert written is not None
    assert (written.period, written.cumulative) == (period, None)


@given(days)
def test_every_day(day: date) -> None:
    for text in (
        f"{day:%d.%m.%Y}",
        day.isoformat(),
        f"{day.day} {RU_OF[day.month - 1]} {day.year} года",
        f"{EN[day.month - 1]} {day.day}, {day.year}",
    ):
        assert read_date(text) == (day,)
        assert period_of(text) == day.isoformat()


@given(st.text(max_size=20))
def test_any_text_is_read_or_not(text: str) -> None:
    read_period(text)
    find_periods(text, year=2019)
    read_date(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("05.03.2019", "2019-03-05"), ("5.3.19", "2019-03-05"), ("5-03-2019", "2019-03-05"), ("2019-03-05 00:00:00", "2019-03-05"), ("05.03.2019 г.", "2019-03-05"),
        ("2019/03/05", "2019-03-05"), ("25/05/2019", "2019-05-25"), ("05/25/2019", "2019-05-25"), ("03/03/2019", "2019-03-03"), ("03/05/2019", "2019-05-03 2019-03-05"),
        ("13/13/2019", ""), ("31.02.2019", ""), ("2019", ""), ("март 2019", ""), ("05.03.2019 договор", ""), ("1 шілде 2019 ж.", "2019-07-01"),
    ],
)  # fmt: skip
def test_dates(text: str, found: str) -> None:
    assert " ".join(day.isoformat() for day in read_date(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Отчет за март 2019", "2019-03"),
        ("report_2019-03", "2019-03"),
        ("otchet_mart_2019.xlsx", "2019-03"),
        ("Aktobe_Q1_2019.csv", "2019-Q1"),
        ("201907_report.xlsx", "2019-07"),
        ("Отчет 2019 (март).xlsx", "2019-03"),
        ("Форма 3\nмарт 2019", "2019-03"),
        ("Приложение 1, 2019 год", "2019"),
        ("Оплачено за 2018 год, тенге", "2018"),
        ("План на 2019 год, освоено на 1 июля 2019 года", "2019 2019-01..2019-06"),
        ("в 2019 году: январь, февраль", "2019 2019-01 2019-02"),
        ("Приложение 1 к приказу от 5 января 2023 года № 12", ""),
        ("Министрдің 2023 жылғы 5 қаңтардағы № 12 бұйрығына 1-қосымша", ""),
        ("2010 жылғы 31 наурыздағы № 259 қаулысы", ""),
        ("договор № 12/2019", ""),
        ("БИН 201903999908", ""),
        ("Наурызбай ауданы", ""),
    ],
)
def test_titles_and_names(text: str, found: str) -> None:
    assert " ".join(str(written.period) for written in find_periods(text)) == found


@pytest.mark.parametrize(
    ("text", "period", "as_of"),
    [
        (
            "за январь–июль 2023 года (нарастающим итогом с начала года), по состоянию на 1 августа 2023 года",
            "2023-01..2023-07",
            date(2023, 8, 1),
        ),
        (
            "2023 жылғы қаңтар–шілде (жыл басынан бастап өспелі жиынтықпен), 2023 жылғы 1 тамыздағы жағдай бойынша",
            "2023-01..2023-07",
            date(2023, 8, 1),
        ),
        ("за июль 2023 года по состоянию на 1 августа 2023 года", "2023-07", date(2023, 8, 1)),
    ],
)
def test_one_statement_with_its_day(text: str, period: str, as_of: date) -> None:
    (written,) = find_periods(text)
    assert (str(written.period), written.as_of) == (period, as_of)
    assert written.cumulative is (True if "январь" in text or "қаңтар" in text else None)


def test_where_it_stands() -> None:
    text = "Отчет за март 2019 года, тыс. тенге"
    (written,) = find_periods(text)
    assert text[written.start : written.end] == "март 2019 года"


@pytest.mark.parametrize(("text", "said"), [("Оплачено с начала года", True), ("жыл басынан", True), ("нарастающим итогом", True), ("YTD", True), ("за отчетный месяц", False), ("есепті айда", False), ("Оплачено", None), ("9 месяцев", None)])  # fmt: skip
def test_words_of_cumulation(text: str, said: bool | None) -> None:
    assert says_cumulative(text) is said
