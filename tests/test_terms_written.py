"""Numbers in every style that sheets hold are exact, and what is no number is never half of one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgettool.terms import Qualifier
from budgettool.terms.written import Style, is_error_text, is_no_figure, proven_style, read_number

COMMA, POINT = Style.COMMA, Style.POINT


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234567,89", "1234567.89"),
        ("1 234 567,89", "1234567.89"),
        ("1\u00a0234\u00a0567,89", "1234567.89"),
        ("1\u202f200\u202f000,00", "1200000.00"),
        ("987\u2009654,30", "987654.30"),
        ("987\u2007654,30", "987654.30"),
        ("12'345'678.90", "12345678.90"),
        ("12\u2019345\u2019678,90", "12345678.90"),
        ("12,345,678.90", "12345678.90"),
        ("12.345.678,90", "12345678.90"),
        (" 7 ", "7"),
        ("0", "0"),
        ("0,00", "0.00"),
        (",5", "0.5"),
        ("4061116,9", "4061116.9"),
        ("7 247,0", "7247.0"),
        ("₸ 500 000,05", "500000.05"),
        ("₸500 000,05", "500000.05"),
        ("500 000,05 тг.", "500000.05"),
        ("500 000,05 теңге", "500000.05"),
        ("KZT 1,234.50", "1234.50"),
        ("$1,234.50", "1234.50"),
        ("тг.500", "500"),
        ("'1 234,5", "1234.5"),
        ("\ufeff1 234,5", "1234.5"),
        ("12 чел.", "12"),
        ("1.2345678E7", "12345678"),
        ("+5,0", "5.0"),
    ],
)
def test_styles(text: str, value: str) -> None:
    number = read_number(text)
    assert number is not None
    assert str(number.value) == value
    assert number.other is None


@pytest.mark.parametrize(
    "text",
    [
        "(1 234,56)",
        "( 1 234,56 )",
        "1 234,56-",
        "1 234,56 –",
        "−1 234,56",
        "–1 234,56",
        "—1 234,56",
        "-1 234,56",
        "- 1 234,56",
        "– - 1 234,56",
        "(-1 234,56)",
        "-1 234,56 тг",
        "-₸1 234,56",
        "₸ (1 234,56)",
        "1 234,56- тг",
    ],
)
def test_signs(text: str) -> None:
    number = read_number(text)
    assert number is not None
    assert number.value == Decimal("-1234.56")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "тенге",
        "120,5*",
        "120,5 *",
        "120,5¹",
        "120,5 (в т.ч. возврат 3,2)",
        "120,5 в т.ч. 3,2",
        "1,41E+11",
        "1e5",
        "12 34 567",
        "1234 567",
        "1.234.56",
        "1,23,456",
        "1 234'567",
        "12\n345",
        "12; 345",
        "1 234-00",
        "2019-03",
        "01.02.2019",
        "№ 5",
        "5 тонн",
        "5+",
        "--5",
        "(5",
        "5)",
        "-5-",
        "KZT - 500",
        "KZT 5 USD",
        "0 123 456",
    ],
)
def test_no_numbers(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "fine", "thousands"), [("1,234", "1.234", "1234"), ("12.345", "12.345", "12345"), ("-1,234", "-1.234", "-1234")]
)
def test_one_mark_before_three_digits_is_read_twice(text: str, fine: str, thousands: str) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.value, number.other, number.style) == (Decimal(fine), Decimal(thousands), None)
    mark = COMMA if "," in text else POINT
    for style, value in ((mark, fine), (POINT if mark is COMMA else COMMA, thousands)):
        decided = read_number(text, style)
        assert decided is not None
        assert (decided.value, decided.other) == (Decimal(value), None)


@pytest.mark.parametrize("text", ["0,123", "1234,567", "1 234,567", "1,2345", "1,2"])
def test_other_commas_part_decimals_whatever_the_style(text: str) -> None:
    for style in (None, COMMA, POINT):
        number = read_number(text, style)
        assert number is not None
        assert (number.other, number.style) == (None, COMMA)


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["3408215,64", "118300", "7,00"], COMMA),
        (["1,234.56", "1,234"], POINT),
        (["1,234,567"], POINT),
        (["1.234.567"], COMMA),
        (["1 234,5", "1,234.5"], "mixed"),
        (["1,234", "5,678", "100"], None),
        (["н/д", "Итого", ""], None),
        (["(1 234,56)"], COMMA),
    ],
)
def test_what_a_column_proves(texts: list[str], style: str | None) -> None:
    assert proven_style(texts) == style


@pytest.mark.parametrize(
    ("text", "value", "scale", "unit"),
    [
        ("172 102 158,8 тысяч тенге", "172102158.8", 1000, "KZT"),
        ("- 35 161 мың теңге", "-35161", 1000, "KZT"),
        ("2,5 млн", "2.5", 10**6, None),
        ("1,2 млрд. тг", "1.2", 10**9, "KZT"),
        ("$ 5 million", "5", 10**6, "USD"),
        ("12 чел.", "12", 1, "person"),
        ("100", "100", 1, None),
    ],
)
def test_what_the_text_itself_says_of_its_unit(text: str, value: str, scale: int, unit: str | None) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.value, number.scale, number.unit) == (Decimal(value), Decimal(scale), unit)


@pytest.mark.parametrize("text", ["95,3 %", "95,3%", "95,3 процентов", "95,3 пайыз"])
def test_percent(text: str) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.value, number.percent, number.unit) == (Decimal("95.3"), True, None)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("около 600", Qualifier.ABOUT),
        ("≈600", Qualifier.ABOUT),
        ("about 600 persons", Qualifier.ABOUT),
        ("шамамен 600 адам", Qualifier.ABOUT),
        ("600-ге жуық", Qualifier.ABOUT),
        ("более 600", Qualifier.MORE_THAN),
        ("свыше 600 тг", Qualifier.MORE_THAN),
        ("> 600", Qualifier.MORE_THAN),
        ("over 600", Qualifier.MORE_THAN),
        ("600-ден астам", Qualifier.MORE_THAN),
        ("менее 600", Qualifier.LESS_THAN),
        ("<600", Qualifier.LESS_THAN),
        ("600", None),
    ],
)
def test_qualifiers(text: str, qualifier: Qualifier | None) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.value, number.qualifier) == (Decimal(600), qualifier)


def test_decimals_are_counted_as_written() -> None:
    for text, decimals in (("1 234,50", 2), ("1 234", 0), ("1,2345", 4), ("12'000.5", 1)):
        number = read_number(text)
        assert number is not None
        assert number.decimals == decimals


amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False)
spaces = st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", "'", "\u2019"])
minuses = st.sampled_from(["-", "\u2212", "\u2013", "\u2014", "- "])


def _written(amount: Decimal, group: str, mark: str, minus: str) -> str:
    whole, decimals = f"{abs(amount):.2f}".split(".")
    grouped = f"{int(whole):,}".replace(",", group)
    return f"{minus if amount.is_signed() and amount else ''}{grouped}{mark}{decimals}"


@given(amounts, spaces, st.sampled_from(",."), minuses)
def test_whatever_is_written_is_read_back(amount: Decimal, group: str, mark: str, minus: str) -> None:
    number = read_number(_written(amount, group, mark, minus))
    assert number is not None
    assert number.value == amount
    assert number.style == (COMMA if mark == "," else POINT)


@given(amounts, st.sampled_from([(",", "."), (".", ",")]))
def test_both_marks_prove_each_other(amount: Decimal, marks: tuple[str, str]) -> None:
    number = read_number(_written(amount, marks[0], marks[1], "-"))
    assert number is not None
    assert (number.value, number.other) == (amount, None)


@given(amounts, st.sampled_from(["({})", "{}-", "₸ ({})", "({}) тг"]))
def test_accountants_minuses(amount: Decimal, form: str) -> None:
    number = read_number(form.format(_written(abs(amount), " ", ",", "")))
    assert number is not None
    assert number.value == -abs(amount)


WORDS_BEFORE = {"около": "about", "шамамен": "about", "почти": "about", "более": "more-than", "не менее чем": "more-than", "кем дегенде": "more-than", "свыше": "more-than", "не более": "less-than"}
WORDS_BEHIND = {"-ден астам": "more-than", " астам": "more-than", "-ге жуық": "about", "-ден кем емес": "more-than", "-ден кем": "less-than"}
UNITS = {"": (1, None), " тг": (1, "KZT"), " тыс. тенге": (1000, "KZT"), " млн ₸": (10**6, "KZT"), " чел.": (1, "person")}


@settings(max_examples=60)
@given(amounts, st.sampled_from(sorted(WORDS_BEFORE)), st.sampled_from(sorted(UNITS)))
def test_a_word_before_and_a_unit_behind_are_kept(amount: Decimal, word: str, unit: str) -> None:
    number = read_number(f"{word} {_written(abs(amount), ' ', ',', '')}{unit}")
    assert number is not None
    assert (number.value, number.qualifier, number.scale, number.unit) == (abs(amount), WORDS_BEFORE[word], *UNITS[unit])


@settings(max_examples=40)
@given(amounts, st.sampled_from(sorted(WORDS_BEHIND)))
def test_a_word_behind_is_kept(amount: Decimal, word: str) -> None:
    number = read_number(f"{_written(abs(amount), ' ', ',', '')}{word}")
    assert number is not None
    assert (number.value, number.qualifier) == (abs(amount), WORDS_BEHIND[word])


@pytest.mark.parametrize("text", ["10-15", "10–15", "от 10 до 15", "до 5", "5 (пять)", "120,5¹", "1 млн 200 тыс.", "5 тыс. 200 тенге", "№5", "±5", "5 000,-", "1/2", "½", "1,2E+05", "12 34", "5 -6"])
def test_ranges_notes_and_halves_of_numbers_are_none(text: str) -> None:
    assert read_number(text) is None


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = read_number(text)
    assert number is None or number.value.is_finite()
    is_no_figure(text)
    is_error_text(text)


@pytest.mark.parametrize(
    "text", ["", " ", "-", "–", "—", "−", "- -", "--", "х", "Х", "x", "X", "н/д", "Н/Д", "н.д.", "n/a", "N/A", "...", "…", "нет данных", "нет", "мәлімет жоқ", "- тг", "no data", "nan"]
)  # fmt: skip
def test_marks_that_are_no_figure(text: str) -> None:
    assert is_no_figure(text)
    assert read_number(text) is None


@pytest.mark.parametrize("text", ["0", "0,00", "0.0", "-0", "5", "Итого", "0 чел."])
def test_figures_and_words_are_not_marks(text: str) -> None:
    assert not is_no_figure(text)


@pytest.mark.parametrize(
    "text", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#ССЫЛКА!", "#Н/Д", "#ДЕЛ/0!", "#ЗНАЧ!", "#ИМЯ?", "#ЧИСЛО!", "#ПУСТО!", " #REF! ", "Err:502"]
)  # fmt: skip
def test_error_values_in_both_languages(text: str) -> None:
    assert is_error_text(text)
    assert not is_no_figure(text)
    assert read_number(text) is None


@pytest.mark.parametrize("text", ["#", "####", "#5", "REF!", "н/д", "№ 5!"])
def test_other_texts_are_no_errors(text: str) -> None:
    assert not is_error_text(text)
