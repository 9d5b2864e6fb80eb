"""The documents of `--format json` against their schemas in `docs/schemas/`: real output, strict keys, order, bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from budgettool import commands
from budgettool.cli import main

SCHEMAS = Path(__file__).parents[1] / "docs" / "schemas"
REPORT = """reporter,region,period,measure,version,value,unit
KZ-15,KZ-15,2019-03,allocation,,100000.00,KZT
KZ-15,KZ-15,2019-03,transfer,,100000.00,KZT
KZ-15,KZ-15,2019-03,receipt,,90000.50,KZT
KZ-15,KZ-15,2019-03,disbursement,,90000.50,KZT
KZ-15,KZ-15,2019-03,recipients,,3,person
KZ-55,KZ-55,2019-03,disbursement,,50000.00,KZT
KZ-55,KZ-55,2019-03,recipients,,сто,person
"""
SETTINGS = """
[[claims]]
name = "paid in March"
period = "2019-03"
measure = "disbursement"
value = "140000.50"
unit = "KZT"
"""


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    return loaded


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A ledger with one submission, stood in."""
    folder = tmp_path / "ledger"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (tmp_path / "report.csv").write_text(REPORT, "utf-8")
    (folder / "budgettool.toml").write_text(SETTINGS, "utf-8")
    assert main(["init"]) == 0
    assert main(["import", "../report.csv"]) == 1
    capsys.readouterr()
    return folder


ASKED = {
    "inspect": ["inspect", "../report.csv"],
    "validate": ["validate", "../report.csv"],
    "import": ["import", "../report.csv"],
    "status": ["status"],
    "reconcile": ["reconcile", "--by", "region,period"],
    "percapita": ["percapita", "--currency", "USD", "--by", "region,year"],
    "check": ["check"],
    "log": ["log"],
    "verify": ["verify"],
    "explain": ["explain"],
    "init": ["init", "../another"],
    "return": ["return", "consolidated", "-o", "../out.xlsx", "--lang", "kk,ru"],
    "demo": ["demo", "../demo"],
    "close": ["close", "2019-03"],
    "reopen": ["reopen", "2019-03", "--reason", "a late act"],
    "undo": ["undo", "1", "--reason", "wrong file"],
    "rates-list": ["rates", "list", "--period", "2019-03"],
    "rates-convert": ["rates", "convert", "1000000", "--period", "2016..2019"],
    "rates-explain": ["rates", "explain", "--amount", "288300000", "--usd", "720000", "--period", "2016..2019", "--more-than"],
    "rates-import": ["rates", "import", "../rates.csv"],
}


def test_every_command_has_a_schema_and_every_schema_a_command() -> None:
    named = {path.stem for path in SCHEMAS.glob("*.json")}
    assert named == set(ASKED)
    assert {name.partition("-")[0] for name in named} == set(commands.names())


@pytest.mark.parametrize("name", sorted(ASKED))
def test_real_output_fits_its_schema(name: str, ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (ledger.parent / "rates.csv").write_text("date;currency;quantity;rate\n2019-03-05;USD;1;376.40\n", "utf-8")
    code = main([*ASKED[name], "--format", "json"])
    said = capsys.readouterr().out
    document = json.loads(said)
    assert code in (0, 1)
    Draft202012Validator.check_schema(schema(name))
    Draft202012Validator(schema(name)).validate(document)
    assert document["schema"] == f"budgettool/{name}/1"
    assert list(document) == [key for key in schema(name)["properties"] if key in document]


@pytest.mark.parametrize("name", sorted(path.stem for path in SCHEMAS.glob("*.json")))
def test_schemas_are_strict_and_share_their_finding(name: str) -> None:
    assert schema(name)["$defs"]["finding"] == schema("inspect")["$defs"]["finding"]
    for part in objects(schema(name)):
        if "facts" not in part.get("required", ()) and part.get("properties"):
            assert part["additionalProperties"] is False
            assert set(part["required"]) <= set(part["properties"])


def objects(part: object) -> Iterator[dict[str, Any]]:
    """Every object schema in a schema."""
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for inner in part.values():
            yield from objects(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from objects(inner)


@pytest.mark.parametrize("name", ["inspect", "reconcile", "percapita", "check", "status"])
def test_the_same_input_gives_the_same_bytes(name: str, ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([*ASKED[name], "--format", "json"])
    first = capsys.readouterr().out
    main([*ASKED[name], "--format", "json"])
    assert capsys.readouterr().out == first
    assert "0E" not in first and "E+" not in first


def test_keys_and_codes_stay_in_every_language(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoken = []
    for lang in ("kk", "ru", "en"):
        main(["inspect", "../report.csv", "--format", "json", "--lang", lang])
        spoken.append(json.loads(capsys.readouterr().out))
    for document in spoken:
        for finding in document["files"][0]["findings"]:
            finding["message"] = finding["hint"] = ""
    assert spoken[0] == spoken[1] == spoken[2]


def test_the_settings_language_is_for_people_only(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["reconcile", "--format", "json"])
    plain = capsys.readouterr().out
    (ledger / "budgettool.toml").write_text('language = "ru"\n' + SETTINGS, "utf-8")
    main(["reconcile", "--format", "json"])
    assert capsys.readouterr().out == plain
    main(["reconcile"])
    assert "Регион" in capsys.readouterr().out
