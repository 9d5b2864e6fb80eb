"""Personal numbers and marks of official use: what is one, and what only looks like one. All numbers here are made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgettool.privacy import is_personal_number, official_use, personal_numbers
from budgettool.terms.bin import has_check_digit


def with_check(eleven: str) -> str | None:
    """Eleven digits with the twelfth that makes them check, if there is one."""
    return next((eleven + str(digit) for digit in range(10) if has_check_digit(eleven + str(digit))), None)


IIN = next(number for serial in range(9000, 9100) if (number := with_check(f"850101{3}{serial}")))
BIN = next(number for serial in range(90000, 90100) if (number := with_check(f"1603400{serial}"[:11])))


@pytest.mark.parametrize("text", [IIN, f"ИИН {IIN}", f"Иванов И.И. ({IIN})", f"{IIN[:6]} {IIN[6:]}", f"{IIN}.0", f"№{IIN},"])
def test_found_in_text(text: str) -> None:
    assert personal_numbers(text)


@pytest.mark.parametrize(
    "text",
    [BIN, f"БИН {BIN}", f"1{IIN}", f"{IIN}7", f"{IIN}.55", f"{IIN[:3]} {IIN[3:6]} {IIN[6:9]} {IIN[9:]}", "000000000000", "", "850101"],
)
def test_not_found(text: str) -> None:
    assert not personal_numbers(text)


@pytest.mark.parametrize(
    "eleven",
    ["85130130001", "85023030001", "85010170001", "85000130001"],
    ids=["month 13", "30 February", "century 7", "month 0"],
)
def test_an_impossible_birth_is_no_person(eleven: str) -> None:
    number = with_check(eleven)
    assert number is not None
    assert not is_personal_number(number)


@given(st.integers(0, 9))
def test_only_one_check_digit_is_right(digit: int) -> None:
    assert has_check_digit(f"{IIN[:11]}{digit}") == (str(digit) == IIN[11])


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 9999))
def test_a_bin_never_is_a_person(day: date, serial: int) -> None:
    """A BIN has 4, 5 or 6 in the place where a day has its tens."""
    for fifth in "456":
        number = with_check(f"{day:%y%m}{fifth}0{serial:05d}"[:11])
        assert number is None or not is_personal_number(number)


@pytest.mark.parametrize(
    "text",
    [
        "ДСП",
        "дсп",
        "Д.С.П.",
        "ДСП экз. № 2",
        "(ДСП)",
        "ҚБП",
        "Для служебного пользования",
        "ДЛЯ СЛУЖЕБНОГО  ПОЛЬЗОВАНИЯ\nЭкз. № 1",
        "Гриф: «Для служебного пользования»",
        "Қызмет бабында пайдалану үшін",
        "«ҚЫЗМЕТ БАБЫНДА ПАЙДАЛАНУ ҮШІН», дана № 1",
        "Экз. № 1 ДСП",
        "Отчёт за март 2019 года (для служебного пользования)",
        "Отчёт об освоении средств для служебного пользования",
        "Для служебного пользования. Отчёт об освоении",
        "Для служебного пользования (п. 12 Перечня)",
    ],
)
def test_marks(text: str) -> None:
    assert official_use(text)


@pytest.mark.parametrize(
    "text",
    [
        "Стол из ДСП",
        "ДСП 16 мм",
        "№ 15-дсп",
        "Отчёт ДСП-3 цех",
        "Не для служебного пользования",
        "Отчёт (не для служебного пользования)",
        "Автомобиль для служебного пользования",
        "",
        "пользования",
    ],
)
def test_no_marks(text: str) -> None:
    assert not official_use(text)
