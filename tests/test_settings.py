"""Settings: read strictly, refused with the line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from budgettool.findings import Exit, Refusal
from budgettool.settings import FILE, Settings, Tolerance, load, parse, template
from budgettool.terms import Qualifier


def test_the_template_says_what_is_so_without_it() -> None:
    assert parse(template()) == Settings()


def test_every_commented_setting_of_the_template_can_be_made_ones_own() -> None:
    lines = [line[2:] if line.startswith("# ") and ("=" in line or line.startswith("# [")) and "A published" not in line else line for line in template().splitlines()]
    settings = parse("\n".join(lines))
    assert settings.language == "ru"
    assert settings.regions == ("KZ-15", "KZ-35")
    assert settings.claims[0].qualifier is Qualifier.MORE_THAN
    assert settings.tolerances["KZT"] == Tolerance(Decimal("0.00"), Decimal(0))


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path) == load(None) == Settings()


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("language = ", 1, "value"),
        ('\nlanguage = "fr"', 2, "kk, ru, en"),
        ("[rates]\nmax_age = -1", 2, "whole number"),
        ('[rates]\nbasis = "today"', 2, "average"),
        ("[chain]\nexpcted = []", 2, "expcted"),
        ('[chain]\nregions = ["Марс"]', 2, "Марс"),
        ('[tolerance.KZT]\nabsolute = "many"', 2, "no number"),
        ('[[claims]]\nname = "a"\nmeasure = "allocation"\nvalue = "1"', 1, "period"),
        ('[[claims]]\nname = "a"\nperiod = "20x"\nmeasure = "allocation"\nvalue = "1"', 3, "period"),
        ('[[claims]]\nname = "a"\nperiod = "2019"\nmeasure = "allocation"\nvalue = "1"\nof = "b"', 6, "no claim"),
    ],
)
def test_a_slip_is_refused_with_its_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(Refusal) as refused:
        load(tmp_path)
    facts = dict(refused.value.facts)
    assert refused.value.exit_code is Exit.USAGE
    assert facts["line"] == line
    assert word in str(facts["reason"])
    assert str(facts["file"]).endswith(FILE)
