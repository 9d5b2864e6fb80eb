"""A BIN survives what spreadsheets do to twelve digits, or it is said what was lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgettool.terms.bin import has_check_digit, read_bin

RIGHT = ("160340000011", "190540000014", "080450000012", "041261000010", "120341000023", "120341000011", "850101300015", "000229500018")


@pytest.mark.parametrize("number", RIGHT)
def test_right_check_digits_of_both_passes(number: str) -> None:
    assert read_bin(number).verdict == "valid"


@pytest.mark.parametrize("start", ["16034000026", "04126100017", "19054000059", "85010130069"])
def test_double_ten_has_no_check_digit(start: str) -> None:
    assert not any(has_check_digit(start + digit) for digit in "0123456789")


@pytest.mark.parametrize("value", [50340999917, 50340999917.0, "50340999917", "50340999917.0", " 50340999917 "])
def test_lost_zeros_come_back_if_the_check_digit_agrees(value: str | float) -> None:
    found = read_bin(value)
    assert (found.number, found.verdict) == ("050340999917", "zeros-restored")


def test_three_zeros_come_back() -> None:
    assert read_bin(640999929).number == "000640999929"


@pytest.mark.parametrize("value", ["140940999909", 140940999909, 5034099991])
def test_a_wrong_check_digit_is_said_and_the_number_kept(value: str | int) -> None:
    found = read_bin(value)
    assert (found.number, found.verdict) == (str(value).zfill(12), "check-digit")


@pytest.mark.parametrize("text", ["1,41E+11", "1.41E+11", "1,40941E+11", "5,034Е+10", "1e11"])
def test_an_exponent_loses_digits(text: str) -> None:
    found = read_bin(text)
    assert (found.number, found.verdict, found.written) == (None, "digits-lost", text)


def test_an_exponent_with_all_digits_loses_none() -> None:
    assert read_bin("1.40940999908E+11").number == "140940999908"


@pytest.mark.parametrize(
    "text", ["140940 999908", "1409-4099-9908", "БИН 140940999908", "БСН: 140940999908", "'140940999908", "140\u00a0940\u00a0999\u00a0908"]
)
def test_marks_and_labels_are_passed_over(text: str) -> None:
    assert read_bin(text).number == "140940999908"


@pytest.mark.parametrize("value", ["ОФ «Образец»", "12345678", "1409409999081", 27, "12,5", "-140940999908"])
def test_no_bin(value: str | int) -> None:
    assert read_bin(value).verdict == "not-a-bin"


@pytest.mark.parametrize("value", [None, "", "  ", "\u00a0"])
def test_blank(value: str | None) -> None:
    assert read_bin(value).verdict == "blank"


def test_a_persons_number_is_told_apart() -> None:
    assert read_bin("850101300015").is_person
    assert not read_bin("160340000011").is_person
    assert not read_bin("x").is_person


@given(st.integers(0, 10**11 - 1), st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_but_the_eleventh_is_nearly_always_found(start: int, place: int, change: int) -> None:
    """In the first pass a changed digit is found unless its weight times the change is 0 modulo 11, which is the eleventh only."""
    digits = f"{start:011}"
    check = sum(int(digit) * weight for weight, digit in enumerate(digits, 1)) % 11
    if check == 10 or place == 10:
        return
    wrong = digits[:place] + str((int(digits[place]) + change) % 10) + digits[place + 1 :]
    again = sum(int(digit) * weight for weight, digit in enumerate(wrong, 1)) % 11
    assert has_check_digit(digits + str(check))
    assert again == 10 or not has_check_digit(wrong + str(check))
