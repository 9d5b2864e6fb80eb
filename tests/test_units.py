"""A unit is found in whatever words surround it, and what only looks like one is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgettool.terms.units import read_unit, read_units, whole_unit


@pytest.mark.parametrize(
    ("text", "code", "factor"),
    [
        ("тыс. тенге", "KZT", 1000),
        ("тысяч тенге", "KZT", 1000),
        ("тысяча тенге", "KZT", 1000),
        ("в тысячах тенге", "KZT", 1000),
        ("тыс.тг", "KZT", 1000),
        ("т.тенге", "KZT", 1000),
        ("мың теңге", "KZT", 1000),
        ("мың теңгемен", "KZT", 1000),
        ("МЫҢ ТЕҢГЕ", "KZT", 1000),
        ("мын тенге", "KZT", 1000),
        ("KZT thousand", "KZT", 1000),
        ("KZT, thousand", "KZT", 1000),
        ("KZT'000", "KZT", 1000),
        ("thousand tenge", "KZT", 1000),
        ("(in thousands of tenge)", "KZT", 1000),
        ("тенге, тыс.", "KZT", 1000),
        ("тыс.тeнге", "KZT", 1000),  # a Latin e
        ("тыс.\u00a0тенге", "KZT", 1000),
        ("млн тенге", "KZT", 10**6),
        ("миллион теңге", "KZT", 10**6),
        ("KZT mln", "KZT", 10**6),
        ("млрд. тенге", "KZT", 10**9),
        ("тенге", "KZT", 1),
        ("теңге", "KZT", 1),
        ("тг.", "KZT", 1),
        ("тнг", "KZT", 1),
        ("₸", "KZT", 1),
        ("долл. США", "USD", 1),
        ("АҚШ доллары", "USD", 1),
        ("US$ million", "USD", 10**6),
        ("тыс. долл. США", "USD", 1000),
        ("млн. рублей", "RUB", 10**6),
        ("чел.", "person", 1),
        ("человек", "person", 1),
        ("адам", "person", 1),
        ("persons", "person", 1),
        ("тыс. чел.", "person", 1000),
        ("койко-дней", "day", 1),
        ("чел.-дни", "day", 1),
        ("төсек-күн", "day", 1),
        ("адам-күн", "day", 1),
        ("bed days", "day", 1),
        ("%", "percent", 1),
    ],
)
def test_a_unit_alone_and_in_a_header(text: str, code: str, factor: int) -> None:
    for said in (text, f"Оплачено, {text}", f"Сумма ({text})", f"Единица измерения: {text}"):
        unit = read_unit(said)
        assert unit is not None, said
        assert (unit.code, unit.factor) == (code, Decimal(factor)), said


@pytest.mark.parametrize(
    "text",
    [
        "Көрсетілген қызметтер: адам саудасының құрбандары",
        "Services for victims of trafficking in persons",
        "Права человека",
        "Выбросы, тыс. тонн",
        "Оплачено",
        "Тенгиз",
        "тыс.",
        "",
    ],
)
def test_no_unit(text: str) -> None:
    assert read_unit(text) is None


@pytest.mark.parametrize(
    "text", ["Расходы на одного получателя, тенге", "Стоимость на 1 чел., тенге", "Cost per person, KZT", "На одного чел., тенге"]
)
def test_what_divides_is_no_unit(text: str) -> None:
    assert [unit.code for unit in read_units(text)] == ["KZT"]


def test_money_goes_before_people_and_all_are_listed() -> None:
    text = "Число получателей (чел.), сумма (тыс. тенге)"
    assert [(unit.code, unit.factor) for unit in read_units(text)] == [("person", Decimal(1)), ("KZT", Decimal(1000))]
    assert read_unit(text) == read_units(text)[1]


def test_the_unit_keeps_its_words() -> None:
    unit = read_unit("План на год, Тыс. Тенге (уточненный)")
    assert unit is not None
    assert unit.text == "Тыс. Тенге"


def test_a_scale_alone_is_whole_but_no_unit_of_a_header() -> None:
    whole = whole_unit("тыс.")
    assert whole is not None
    assert (whole.code, whole.factor) == ("", Decimal(1000))
    assert whole_unit("тыс. тенге за месяц") is None
