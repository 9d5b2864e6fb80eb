"""A register of the user's own: another country from its lists to its return, and every slip of the lists refused with line and column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from budgettool.classification import Register
from budgettool.cli import main
from budgettool.findings import Exit, Refusal
from budgettool.period import Period
from budgettool.settings import FILE, lists, load

REGIONS = """id,name_en,kind,aliases,ambiguous,valid_from,valid_to,predecessors
FR,Freeland,country,Republic of Freeland,,,,
FR-NO,Northern province,region,North,,,,
FR-SO,Southern province,region,South,,,2019-06-30,
FR-SE,Southeast province,region,,Port,2019-07-01,,FR-SO
FR-SW,Southwest province,region,,Port,2019-07-01,,FR-SO
FR-CA,Capital,city,,,,,
"""
PROGRAMMES = "code;name_en;aliases\n256.018;Social orders;NGO orders\n"
SETTINGS = '[register]\nregions = "regions.csv"\nprogrammes = "programmes.csv"\ncurrency = "EUR"\n\n[tolerance.EUR]\nabsolute = "1"\n'


@pytest.fixture
def land(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of an invented country: its lists, its settings, one workbook of 2018."""
    (tmp_path / "regions.csv").write_text(REGIONS, "utf-8")
    (tmp_path / "programmes.csv").write_text(PROGRAMMES, "utf-8")
    (tmp_path / FILE).write_text(SETTINGS, "utf-8")
    (tmp_path / "inbox").mkdir()
    book = Workbook()
    for row in (
        ["Report for 2018, thousand EUR"],
        [],
        ["Region", "Programme", "Plan", "Received", "Paid", "Recipients, persons"],
        ["Northern province", "256.018", 100, 90, 80.5, 10],
        ["South", "NGO orders", 50, 50, 45, 5],
        ["Capital", "256.081", 20, 20, 20, 4],
        ["Republic of Freeland", None, 170, 160, 145.5, 19],
    ):
        book.active.append(row)
    book.save(tmp_path / "inbox" / "report.xlsx")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    capsys.readouterr()
    assert main([*arguments, "--format", "json"]) == 0
    made: dict[str, object] = json.loads(capsys.readouterr().out)
    return made


def test_another_country_from_import_to_return(land: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "."]) == 0
    assert main(["import", "inbox"]) == 0
    chain = document(capsys, "reconcile", "--period", "2018")
    assert chain["currency"] == "EUR"
    assert [(row["region"], row["region_name"], row["disbursement"]) for row in chain["rows"]] == [  # type: ignore[attr-defined,index]
        ("FR-NO", "Northern province", "80500.00"),
        ("FR-SO", "Southern province", "45000.00"),
        ("FR-CA", "Capital", "20000.00"),
    ]
    assert (chain["total"]["territory"], chain["total"]["disbursement"]) == (["FR"], "145500.00")  # type: ignore[index]
    cost = document(capsys, "percapita", "--period", "2018")
    assert cost["total"]["per_capita"] == "7657.89"  # type: ignore[index]
    assert main(["return", "consolidated", "-o", "out.xlsx", "--period", "2018", "--lang", "en"]) == 0
    texts = [str(cell.value) for row in load_workbook("out.xlsx").worksheets[0] for cell in row if cell.value is not None]
    assert "Northern province" in texts and any("thousand euros" in text for text in texts)
    assert not any("tenge" in text or "dollar" in text for text in texts)
    assert main(["check", "."]) == 0


def test_plain_files_are_read_with_the_register_beside_them(land: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = document(capsys, "inspect", "inbox/report.xlsx")
    (table,) = made["files"][0]["tables"]  # type: ignore[index]
    assert {entry["region"] for entry in table["entries"]} == {"FR-NO", "FR-SO", "FR-CA"}
    assert {entry["programme"] for entry in table["entries"]} == {"256.018", "256.081"}
    assert [total["verdict"] for total in table["totals"]] == ["agrees"] * 4
    (unknown,) = [one for one in made["files"][0]["findings"] if one["code"] == "programme-unknown"]  # type: ignore[index]
    assert unknown["at"][0]["cell"] == "6"
    assert document(capsys, "reconcile", ".", "--period", "2018")["total"]["recipients"] == 19  # type: ignore[index]
    assert main(["inspect", "inbox/report.xlsx", "--region", "Aktobe"]) == 2


def test_tenge_rates_are_not_taken_for_another_currency(land: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["percapita", ".", "--period", "2018", "--currency", "USD"]) == 2
    assert "EUR" in capsys.readouterr().err


@pytest.fixture
def own(land: Path) -> Register:
    return load(land).register


@pytest.mark.parametrize(
    ("text", "period", "verdict", "region"),
    [
        ("Northern province*", "2018", "exact", "FR-NO"),
        ("fr-no", "2018", "exact", "FR-NO"),
        ("South", "2019", "exact", "FR-SO"),
        ("South", "2020", "not-in-period", None),
        ("Southeast province", "2018", "successor", "FR-SO"),
        ("Freeland", "2018", "country", "FR"),
        ("Казахстан", "2018", "unknown", None),
        ("KZ-15", "2018", "unknown", None),
        ("Port", "2020", "ambiguous", None),
    ],
)
def test_names_of_an_own_register_follow_the_same_rules(own: Register, text: str, period: str, verdict: str, region: str | None) -> None:
    match = own.resolve(text, Period.parse(period))
    assert (match.verdict, match.region) == (verdict, region)


def test_lineage_is_that_of_the_file(own: Register) -> None:
    assert own.territories(["FR-SO", "FR-NO"], Period.parse("2018..2020")) == {"FR-NO": ("FR-NO",), "FR-SE": ("FR-SO", "FR-SE", "FR-SW")}
    assert (own.name("FR", "kk"), own.home.country, own.home.currency) == ("Freeland", "FR", "EUR")


SLIPS = [
    ("id,naem_en\nFR-NO,North\n", 1, "naem_en", "did you mean 'name_en'"),
    ("name_en\nNorth\n", 1, "id", "must name the columns"),
    ("id,name_en\nNO,North\nXX-A,Y\n", 3, "id", "country's NO"),
    ("id,name_en\nfr-no,North\n", 2, "id", "no id"),
    ("id,name_en\nFR-NO,\n", 2, "name_en", "a name is missing"),
    ("id,name_en,kind\nFR-NO,North,regoin\n", 2, "kind", "did you mean 'region'"),
    ("id,name_en,valid_from\nFR-NO,North,\nFR-SO,South,1.7.2019\n", 3, "valid_from", "no day"),
    ("id,name_en,valid_from,valid_to\nFR-NO,North,2019-07-01,2019-06-30\n", 2, "valid_to", "before"),
    ("id,name_en\nFR-NO,North\nFR-NO,Nord\n", 3, "id", "line 2"),
    ("id,name_en,predecessors\nFR-NO,North,FR-NN\n", 2, "predecessors", "no unit"),
    ("id,name_en,aliases\nFR-NO,North,N\nFR-SO,South,N\n", 3, "aliases", "FR-NO"),
    ("id,name_en\nFR-NO,North,x\n", 2, "", "3 cells"),
    ('id,name_en\n"FR-NO,North\n', 2, "", ""),
    ("id,name_en\n", 1, "id", "not one region"),
]


@pytest.mark.parametrize(("text", "line", "column", "reason"), SLIPS)
def test_a_slip_in_the_list_of_regions_is_refused_with_its_place(tmp_path: Path, text: str, line: int, column: str, reason: str) -> None:
    path = tmp_path / "regions.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(Refusal) as refused:
        lists.regions(path)
    facts = dict(refused.value.facts)
    assert (refused.value.code, refused.value.exit_code, facts["line"], facts["column"]) == ("register-not-read", Exit.USAGE, line, column)
    assert reason in str(facts["reason"])


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("code,name_en\n27,0,x\n", 2, ""), ("code,name_en\nabc,x\n", 2, "code"), ("code,name_en\n027,A\n27,B\n", 3, "code"), ("code,name_en\n1,A\n2,A\n", 3, "aliases")],
)
def test_a_slip_in_the_list_of_programmes_is_refused_with_its_place(tmp_path: Path, text: str, line: int, column: str) -> None:
    path = tmp_path / "programmes.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(Refusal) as refused:
        lists.programmes(path)
    facts = dict(refused.value.facts)
    assert (facts["line"], facts["column"]) == (line, column)


def test_a_list_that_is_not_there_stops_every_command(land: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (land / "regions.csv").unlink()
    assert main(["reconcile", ".", "--period", "2018"]) == 2
    assert "regions.csv" in capsys.readouterr().err


def test_codes_above_and_below_a_listed_one_are_known(land: Path) -> None:
    programmes = load(land).register.programmes
    assert [programmes.knows(code) for code in ("256", "256.018", "256.018.011", "256.081", "257")] == [True, True, True, False, False]
    assert programmes.code("ngo ORDERS") == "256.018"
    assert Register.shipped().programmes.knows("999")


def test_an_own_currency_alone_keeps_the_regions(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('[register]\ncurrency = "USD"\n', "utf-8")
    register = load(tmp_path).register
    assert (register.home.country, register.home.currency, register.resolve("Актюбинская область").region) == ("KZ", "USD", "KZ-15")


@pytest.mark.parametrize(("settings", "reason"), [('[register]\nregion = "x"', "did you mean 'regions'"), ('[register]\ncurrency = "euro"', "three capitals"), ('[register]\ncountry = "XX"', "register of your own")])
def test_a_slip_in_the_settings_names_the_right_key(tmp_path: Path, settings: str, reason: str) -> None:
    (tmp_path / FILE).write_text(settings, "utf-8")
    with pytest.raises(Refusal) as refused:
        load(tmp_path)
    assert reason in str(dict(refused.value.facts)["reason"]) and dict(refused.value.facts)["line"] == 2
