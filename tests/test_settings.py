"""Settings: read strictly, refused with the line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from budgettool.findings import Exit, Refusal
from budgettool.settings import FILE, Settings, Tolerance, load, parse, template
from budgettool.terms import Qualifier

CLAIM = """\
[[claims]]
name = "paid"
measure = "disbursement"
period = "2019"
value = "1"
"""


def test_the_template_says_what_is_so_without_it() -> None:
    assert parse(template()) == Settings()


def test_every_commented_setting_of_the_template_can_be_made_ones_own(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("id,name_en\nKZ-15,Aktobe\nKZ-35,Karaganda\n", "utf-8")
    (tmp_path / "programmes.csv").write_text("code,name_ru\n256.018,Соцзаказ\n", "utf-8")
    lines = [
        line[2:] if line.startswith("# ") and ("=" in line or line.startswith("# [")) and "A published" not in line else line
        for line in template().splitlines()
    ]
    settings = parse("\n".join(lines), folder=tmp_path)
    assert settings.language == "ru"
    assert settings.regions == ("KZ-15", "KZ-35")
    assert settings.claims[0].qualifier is Qualifier.MORE_THAN
    assert settings.tolerances["KZT"] == Tolerance(Decimal("0.00"), Decimal(0))


def test_a_claim_about_people_is_in_persons_and_may_name_a_version() -> None:
    (claim,) = parse(CLAIM.replace("disbursement", "recipients.planned")).claims
    assert (claim.measure, claim.unit) == ("recipients.planned", "person")


def test_programmes_are_kept_under_their_full_code() -> None:
    settings = parse('[programmes."256-18"]\nru = "Соцзаказ"')
    assert settings.programmes == {"256.018": {"ru": "Соцзаказ"}}


def test_a_mark_of_byte_order_and_windows_lines_are_read(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes('\ufefflanguage = "kk"\r\n[rates]\r\nbasis = "end"\r\n'.encode())
    assert (load(tmp_path).language, load(tmp_path).basis) == ("kk", "end")


def test_bytes_of_another_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes('language = "ru" # журнал'.encode("cp1251"))
    with pytest.raises(Refusal) as refused:
        load(tmp_path)
    assert refused.value.code == "settings-not-read"


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
        ("[rates]\nmax_age = true", 2, "whole number"),
        ('[rates]\nbasis = "on:2020-02-30"', 2, "average"),
        ('[rates]\nbasis = "fixed:0"', 2, "average"),
        ("[chain]\nsubmission_day = 0", 2, "whole number"),
        ('[tolerance.KZT]\nabsolute = "many"', 2, "no number"),
        ('[tolerance.KZT]\nabsolute = "-1"', 2, "from 0"),
        ("[tolerance.KZT]\nabsolute = 0.5", 2, "quotation marks"),
        ('\n[tolerance.kzt]\nabsolute = "1"', 2, "capitals"),
        ('language = "ru"\ntolerance.KZT.absolut = "1"', 2, "absolut"),
        ('[programmes."018"]\nru = "а"\n\n[programmes."256.018"]\nde = "x"', 5, "kk, ru, en"),
        ('[programmes."27"]\nru = "а"\n[programmes."027"]\nru = "б"', 3, "twice"),
        ('[programmes.food]\nru = "а"', 1, "no programme"),
        ('[rates]\nbasis = "end"\n[return]\nbasis = "x"', 4, "organisation"),
        ('[chain]\nregions = [\n  "KZ-15",\n  "Марс",\n]', 2, "Марс"),
        ('[[claims]]\nname = "a"\nmeasure = "allocation"\nvalue = "1"', 1, "period"),
        ('[[claims]]\nname = "a"\nperiod = "20x"\nmeasure = "allocation"\nvalue = "1"', 3, "period"),
        ('[[claims]]\nname = "a"\nperiod = "2019"\nmeasure = "allocation"\nvalue = "1"\nof = "b"', 6, "no claim"),
        (f"{CLAIM}{CLAIM}", 7, "two claims"),
        (f"{CLAIM}{CLAIM.replace('paid', 'spent')}# a remark\nunit = 'tenge'", 12, "capitals"),
        (f"{CLAIM}{CLAIM.replace('paid', 'spent').replace('disbursement', 'recipients')}unit = 'KZT'", 11, "person"),
        (f"{CLAIM.replace('measure', 'mesure')}", 3, "mesure"),
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
