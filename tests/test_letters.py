"""Two words that look the same compare as the same, and letters are never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgettool.letters import as_cyrillic, is_mixed, plain, tidy, unmixed, without_kazakh


@pytest.mark.parametrize(
    "text", ["Отчётный период", "отчетный\u00a0 период", "ОТЧЕТНЫЙ\nПЕРИОД", "отче\u00adтный пери\u200bод", "отчетныи\u0306 период"]
)
def test_one_plain_form(text: str) -> None:
    assert plain(text) == "отчетный период"


@pytest.mark.parametrize("dash", ["-", "–", "—", "−", "\u2010", "\u2011"])
def test_one_dash(dash: str) -> None:
    assert tidy(f"Нур{dash}Султан") == "Нур-Султан"


@pytest.mark.parametrize(
    ("mixed", "clean"),
    [
        ("Плaн", "План"),
        ("Aктюбинcкая", "Актюбинская"),
        ("Аlmaty", "Almaty"),
        ("тeңге", "теңге"),
        ("ТOO", "ТОО"),
        ("Oқу Almaty", "Оқу Almaty"),
    ],
)
def test_a_word_has_one_alphabet(mixed: str, clean: str) -> None:
    assert is_mixed(mixed)
    assert unmixed(mixed) == clean
    assert not is_mixed(clean)


@pytest.mark.parametrize("text", ["Plan", "План", "План Plan", "BKO", ""])
def test_what_is_not_mixed_or_not_alike_stays(text: str) -> None:
    assert unmixed(text) == text


def test_second_tries() -> None:
    assert as_cyrillic("BKO") == "ВКО"
    assert without_kazakh("Қызылорда, Ұлытау, Жетісу, қыркүйек, май") == "Кызылорда, Улытау, Жетису, кыркуйек, май"
    assert without_kazakh("Mańǵystaý") == "Mangystay"


@given(st.text())
def test_forms_are_stable_and_unmixing_keeps_the_length(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert tidy(tidy(text)) == tidy(text)
    assert len(unmixed(text)) == len(text)
