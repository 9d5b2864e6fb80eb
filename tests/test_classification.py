"""A name means the unit that existed in the period, or it is said why not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgettool.classification import Match, Register, programme
from budgettool.classification.names import is_below_region
from budgettool.period import Period

REGISTER = Register.shipped()


def resolve(text: str, period: str | None = "2019") -> Match:
    return REGISTER.resolve(text, Period.parse(period) if period else None)


@pytest.mark.parametrize(
    ("text", "period", "region"),
    [
        ("Южно-Казахстанская область", "2017-05", "KZ-51"), ("г. Астана", "2018-05", "KZ-71"), ("г.Нур-Султан", "2020-05", "KZ-71"), ("Нұр-Сұлтан қ.", "2020-06", "KZ-71"),
        ("город Астана", "2022-10", "KZ-71"), ("г.Алматы", "2019-05", "KZ-75"), ("Алматинская обл.", "2019-05", "KZ-19"), ("Алматы облысы", "2019-06", "KZ-19"),
        ("Алматы қаласы", "2019-06", "KZ-75"), ("ВКО", "2019-05", "KZ-63"), ("СКО", "2019-05", "KZ-59"), ("ШҚО", "2019", "KZ-63"), ("ЗКО", "2019", "KZ-27"),
        ("Кзыл-Ординская область", "2019-05", "KZ-43"), ("Кустанайская обл.", "2019-05", "KZ-39"), ("Чимкент", "2019-05", "KZ-79"), ("Turkistan region", "2019-05", "KZ-61"),
        ("Ақтөбе облысы", "2019", "KZ-15"), ("Ақтөбе облысында", "2019", "KZ-15"), ("Ақтөбе облысы бойынша", "2019", "KZ-15"), ("по Актюбинской области", "2019", "KZ-15"),
        ("Западно-Казахстанкая", "2025", "KZ-27"), ("Туркистанская", "2025", "KZ-61"), ("Мангыстауская", "2025", "KZ-47"), ("Восточно – Казахстанская область", "2019", "KZ-63"),
        ("Восточно Казахстанская", "2019", "KZ-63"), ("СЕВЕРО-КАЗАХСТАНСКАЯ ОБЛ.", "2019", "KZ-59"), ("область Жетісу", "2023", "KZ-33"), ("Карагандинская область", "2022", "KZ-35"),
        ("Туркестанская 1", "2019", "KZ-61"), ("Туркестанская¹", "2019", "KZ-61"), ("Туркестанская область*)", "2019", "KZ-61"), ("г. Шымкент **", "2019", "KZ-79"),
        ("1. Акмолинская область", "2019", "KZ-11"), ("12) Павлодарская область", "2019", "KZ-55"), ("Akmola_region", "2019", "KZ-11"), ("Актюбинская обл-ть", "2019", "KZ-15"),
        ("  Костанайская\u00a0область ", "2019", "KZ-39"), ("«Атырауская область»", "2019", "KZ-23"), ("Атырауская\nобласть", "2019", "KZ-23"),
        ("15", "2019", "KZ-15"), ("150000000", "2019", "KZ-15"), ("KZ-15", "2019", "KZ-15"), ("KZ-AKT", "2019", "KZ-15"), ("510000000", "2017", "KZ-51"),
        ("Ақтөбе облысы / Актюбинская область", "2019", "KZ-15"), ("Алматы қаласы (город Алматы)", "2019", "KZ-75"), ("Алматы облысы | Алматинская область", "2019", "KZ-19"),
        ("г. Нур-Султан (Астана)", "2020", "KZ-71"), ("Туркестанская область (бывшая Южно-Казахстанская)", "2019", "KZ-61"),
    ],
)  # fmt: skip
def test_names_of_their_time(text: str, period: str, region: str) -> None:
    match = resolve(text, period)
    assert (match.verdict, match.region, match.named, match.presumed) == ("exact", region, region, False)


@pytest.mark.parametrize(
    ("text", "period", "region", "named"),
    [
        ("Туркестанская область", "2017", "KZ-51", "KZ-61"),
        ("Түркістан облысы", "2018-05", "KZ-51", "KZ-61"),
        ("Нур-Султан", "2017", "KZ-71", "KZ-71"),
        ("г. Нур-Султан", "2023", "KZ-71", "KZ-71"),
        ("Астана", "2020", "KZ-71", "KZ-71"),
    ],
)
def test_the_main_successor_stands_for_the_unit_of_the_time(text: str, period: str, region: str, named: str) -> None:
    match = resolve(text, period)
    assert (match.verdict, match.region, match.named) == ("successor", region, named)


@pytest.mark.parametrize(
    ("text", "period", "since", "until", "named"),
    [
        ("Абайская область", "2019", date(2022, 6, 8), None, "KZ-10"),
        ("Жетісу облысы", "2022-05", date(2022, 6, 8), None, "KZ-33"),
        ("Ұлытау облысы", "2021", date(2022, 6, 8), None, "KZ-62"),
        ("г. Шымкент", "2017", date(2018, 6, 19), None, "KZ-79"),
        ("Южно-Казахстанская область", "2019", None, date(2018, 6, 18), "KZ-51"),
        ("ЮКО", "2018-07", None, date(2018, 6, 18), "KZ-51"),
    ],
)
def test_a_unit_that_was_not_there(text: str, period: str, since: date | None, until: date | None, named: str) -> None:
    match = resolve(text, period)
    assert (match.verdict, match.region, match.named, match.since, match.until) == ("not-in-period", None, named, since, until)
    assert match.candidates


@pytest.mark.parametrize("text", ["Южно-Казахстанская область", "Туркестанская область", "г. Шымкент"])
def test_a_period_over_a_reform_takes_every_unit_of_a_part_of_it(text: str) -> None:
    assert resolve(text, "2018").verdict == "exact"
    assert resolve(text, "2016..2019").verdict == "exact"


@pytest.mark.parametrize("text", ["Южно-Казахстанская", "Нур-Султан", "Абай облысы"])
def test_without_a_period_a_name_is_its_unit(text: str) -> None:
    assert resolve(text, None).verdict == "exact"


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("БКО", ("KZ-27", "KZ-63")),
        ("BKO", ("KZ-27", "KZ-63")),
        ("SKO", ("KZ-51", "KZ-59")),
        ("КО", ("KZ-35", "KZ-39", "KZ-43")),
        ("Акмолинская/Актюбинская", ("KZ-11", "KZ-15")),
    ],
)
def test_what_may_be_several_is_not_decided(text: str, candidates: tuple[str, ...]) -> None:
    match = resolve(text)
    assert (match.verdict, match.region, match.candidates) == ("ambiguous", None, candidates)


def test_an_abbreviation_does_not_mean_what_was_not_founded_yet() -> None:
    assert resolve("ЖО", "2019").region == "KZ-31"
    assert resolve("ЖО", "2023").candidates == ("KZ-31", "KZ-33")


@pytest.mark.parametrize(
    ("text", "region"), [("Алматы", "KZ-75"), ("Almaty", "KZ-75"), ("алматы*", "KZ-75"), ("Павлодар", "KZ-55"), ("Акмола", "KZ-11")]
)
def test_a_bare_word_is_presumed(text: str, region: str) -> None:
    match = resolve(text)
    assert (match.verdict, match.region, match.presumed) == ("exact", region, True)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Aктюбинcкая облаcть", "KZ-15"),  # Latin A, c
        ("Кoстанайская oбласть", "KZ-39"),
        ("г. Aлмaты", "KZ-75"),
        ("Аlmaty region", "KZ-19"),  # Cyrillic А
        ("Кызылорда облысы (Кызылординская)", "KZ-43"),
    ],
)
def test_look_alike_letters(text: str, region: str) -> None:
    match = resolve(text)
    assert (match.verdict, match.region) == ("exact", region)
    assert match.folded or "(" in text


def test_clean_names_are_not_folded() -> None:
    assert not resolve("Актюбинская область").folded
    assert not resolve("Ақтөбе облысы").folded


@pytest.mark.parametrize(("text", "region"), [("?останай облысы", "KZ-39"), ("\ufffdостанай облысы", "KZ-39"), ("Ќостанай облысы", "KZ-39"), ("?ара?анды облысы", "KZ-35"), ("О?т?стік Қаза?стан облысы", "KZ-51"), ("Т?ркістан облысы", "KZ-61")])  # fmt: skip
def test_lost_letters_are_not_made_up(text: str, region: str) -> None:
    match = resolve(text)
    assert (match.verdict, match.region, match.candidates) == ("letters-lost", None, (region,))


@pytest.mark.parametrize(
    "text", ["Семипалатинская область", "Актюбинский", "Итого", "Всего по области", "г. Актобе", "г. Туркестан", "Алматинский район", "99", "990000000", "151010000", "", "?????", "-"]
)  # fmt: skip
def test_unknown(text: str) -> None:
    match = resolve(text)
    assert (match.verdict, match.region) == ("unknown", None)


@pytest.mark.parametrize(
    ("text", "near"),
    [("Актюбинский", "KZ-15"), ("Караганднская область", "KZ-35"), ("Костонайская обл.", "KZ-39"), ("Қостанаи облысы", "KZ-39")],
)
def test_an_unknown_name_names_its_neighbours(text: str, near: str) -> None:
    assert near in resolve(text).candidates


@pytest.mark.parametrize(
    "text",
    [
        "Республика Казахстан",
        "Республика Казахстан ",
        "по Республике Казахстан",
        "РК",
        "Қазақстан Республикасы",
        "Kazakhstan",
        "Republic of Kazakhstan",
        "KZ",
    ],
)
def test_the_country(text: str) -> None:
    assert (resolve(text).verdict, resolve(text).region) == ("country", "KZ")


def test_every_name_of_the_register_is_read_as_its_unit() -> None:
    """By the register alone: a name of a unit, said in its own time, is that unit or is said to be doubtful."""
    wrong = []
    for unit in REGISTER.units:
        day = unit.valid_from or unit.valid_to or date(2020, 1, 1)
        for name in (*unit.names.values(), *unit.aliases, unit.id):
            match = REGISTER.resolve(name, Period.of_day(day))
            if match.region != unit.id and not (match.verdict == "ambiguous" and unit.id in match.candidates):
                wrong.append((unit.unit, name, match))
    assert not wrong


names = st.sampled_from(
    [(unit.id, name, unit.valid_from or unit.valid_to or date(2020, 1, 1)) for unit in REGISTER.units for name in unit.names.values()]
)


@given(names, st.sampled_from([str.upper, str.lower, lambda t: t.replace(" ", "\u00a0"), lambda t: t.replace("-", " – "), lambda t: f" {t} 1)", lambda t: f"3. {t}*", lambda t: t.replace(" ", "_")]))  # fmt: skip
def test_typing_does_not_matter(named: tuple[str, str, date], retyped: object) -> None:
    region, name, day = named
    assert callable(retyped)
    match = REGISTER.resolve(retyped(name), Period.of_day(day))
    assert (match.verdict, match.region) == ("exact", region)


@given(st.text(max_size=15))
def test_any_text_is_resolved(text: str) -> None:
    match = REGISTER.resolve(text, Period.of_year(2019))
    assert match.verdict in {"exact", "country", "successor", "not-in-period", "ambiguous", "letters-lost", "unknown"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Отчет Актюбинской области за март 2019 года", ["KZ-15"]),
        ("otchet_pavlodar_2019.xlsx", ["KZ-55"]),
        ("Управление координации занятости и социальных программ ВКО", ["KZ-63"]),
        ("Ақтөбе облысы бойынша 2019 жылғы есеп", ["KZ-15"]),
        ("г. Алматы и Алматинская область", ["KZ-75", "KZ-19"]),
        ("Западно-Казахстанская область", ["KZ-27"]),
        ("Сводный отчет по Республике Казахстан", []),
        ("Приложение 15", []),
    ],
)
def test_regions_in_a_title(text: str, found: list[str]) -> None:
    assert [match.region for match in REGISTER.find(text, Period.of_year(2019))] == found


def test_names_as_of_a_period() -> None:
    then = Period.parse
    assert REGISTER.name("KZ-71", "ru", then("2018")) == "город Астана"
    assert REGISTER.name("KZ-71", "ru", then("2020")) == "город Нур-Султан"
    assert REGISTER.name("KZ-71", "en") == "Astana city"
    assert REGISTER.name("KZ-51", "en", then("2016..2019")) == "South Kazakhstan region"
    assert REGISTER.name("KZ-10", "ru", then("2019")) == "область Абай"
    assert REGISTER.name("KZ", "kk") == "Қазақстан Республикасы"
    assert REGISTER.name("KZ-99", "ru") == "KZ-99"


@pytest.mark.parametrize(("day", "units"), [("2016-06-30", 16), ("2018-12-31", 17), ("2022-06-08", 20), ("2025-01-01", 20)])
def test_units_in_force(day: str, units: int) -> None:
    assert len(REGISTER.in_force(Period.parse(day))) == units


def test_existence_and_order() -> None:
    assert REGISTER.existed("KZ-51", Period.parse("2018"))
    assert not REGISTER.existed("KZ-51", Period.parse("2019"))
    assert REGISTER.existed("KZ", Period.parse("2019"))
    assert REGISTER.order("KZ-11") < REGISTER.order("KZ-15") < REGISTER.order("KZ")


def test_comparable_territories() -> None:
    def of(regions: list[str], span: str) -> dict[str, tuple[str, ...]]:
        return REGISTER.territories(regions, Period.parse(span))

    assert of(["KZ-51", "KZ-61", "KZ-79", "KZ-15"], "2016..2019") == {"KZ-15": ("KZ-15",), "KZ-61": ("KZ-51", "KZ-61", "KZ-79")}
    assert of(["KZ-79"], "2018") == {"KZ-61": ("KZ-51", "KZ-61", "KZ-79")}
    assert of(["KZ-61", "KZ-79"], "2019..2021") == {"KZ-61": ("KZ-61",), "KZ-79": ("KZ-79",)}
    assert of(["KZ-10", "KZ-19", "KZ-62"], "2021..2023") == {
        "KZ-19": ("KZ-19", "KZ-33"),
        "KZ-35": ("KZ-35", "KZ-62"),
        "KZ-63": ("KZ-63", "KZ-10"),
    }
    assert of(["KZ-71", "KZ"], "2018..2023") == {"KZ-71": ("KZ-71",), "KZ": ("KZ",)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("27", "027"), ("027", "027"), (" 011 ", "011"), ("256-018-011-155", "256.018.011.155"), ("256.018.011", "256.018.011"), ("256/018", "256.018"), ("256 018 11", "256.018.011"),
        ("256018011155", "256.018.011.155"), ("256–018", "256.018"), ("027 Размещение государственного социального заказа", "027"), ("027 – Размещение", "027"), ("БП 027", "027"),
        ("Программа: 027", "027"),
        ("27,0", None), ("27.0", None), ("1234", None), ("256.018.011.155.001", None), ("", None), ("Размещение", None), ("2560.18", None), ("-27", None),
    ],
)  # fmt: skip
def test_programme_codes(text: str, code: str | None) -> None:
    assert programme(text) == code


def test_a_register_is_read_from_a_table_of_ones_own() -> None:
    head = "unit_id,code,kato9,iso_old,iso_new,name_en,name_ru,name_kk,kind,seat,valid_from,valid_to,predecessors,aliases,ambiguous_aliases,confidence,note"
    own = Register.from_csv(
        f"{head}\nKZ-01,01,010000000,,,North,Север,Солтүстік,region,,,2020-12-31,,Севера,,high,\nKZ-02,02,020000000,,,Pole,Полюс,Полюс,region,,2021-01-01,,KZ-01,,,high,\n"
    )
    assert own.resolve("Полюс", Period.of_year(2019)).region == "KZ-01"
    assert own.resolve("севера", Period.of_year(2019)).verdict == "exact"
    assert own.resolve("Север", Period.of_year(2022)).until == date(2020, 12, 31)


@pytest.mark.parametrize(
    ("text", "below"),
    [("Мугалжарский район", True), ("Бостандыкский р-н г. Алматы", True), ("г. Рудный", True), ("Ақсу ауданы", True), ("Актюбинская область", False), ("Семипалатинская обл.", False), ("Актбинская", False)],
)
def test_names_of_districts_and_towns_say_so_themselves(text: str, *, below: bool) -> None:
    assert is_below_region(text) is below
