"""A form in the ledger: which one a submission was read with, and the offer for the next file of the same sender."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from budgettool.cli import main
from budgettool.findings import Exit, Refusal
from budgettool.ledger import FILE, Ledger, Sender
from budgettool.ledger.senders import is_same, name_of
from ledger_kit import entry, parcel

FORM = 'schema = "budgettool/form/1"\ntitle = "Мой отчет"\n[[table]]\nunit = "KZT"\n[table.columns]\n"Где" = "region"\n"Сколько" = "disbursement"\n'
JUNE = "Отчет за июнь 2023 года\nГде;Сколько\nПавлодарская;5\n"
Ask = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run a command in a new ledger's folder; its exit code and document."""
    monkeypatch.delenv("BUDGETTOOL_LEDGER", raising=False)
    with Ledger.create(tmp_path / "ledger"):
        pass
    monkeypatch.chdir(tmp_path / "ledger")
    (tmp_path / "Павлодар июнь 2023.csv").write_text(JUNE, "utf-8")
    (tmp_path / "Павлодар июль 2023.csv").write_text(JUNE.replace("июнь", "июль"), "utf-8")
    (tmp_path / "pavlodar.toml").write_text(FORM, "utf-8")

    def asked(*words: str) -> tuple[int, dict[str, Any]]:
        code = main([*words, "--format", "json"])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else {"stderr": said.err}

    return asked


def codes(document: dict[str, Any]) -> list[str]:
    return [finding["code"] for part in (document, *document.get("files", [])) for finding in part["findings"]]


def test_an_import_keeps_the_form_with_the_submission_and_in_the_folder(ask: Ask, tmp_path: Path) -> None:
    assert ask("import", "../Павлодар июнь 2023.csv", "--form", "../pavlodar.toml")[0] == Exit.FINE
    assert (tmp_path / "ledger/forms/pavlodar.toml").read_text("utf-8") == FORM
    with Ledger.open(tmp_path / "ledger") as ledger:
        assert [sent.form for sent in ledger.submissions()] == ["pavlodar"]
        assert ledger.verify() == []
    assert ask("log")[1]["records"][0]["facts"]["form"] == "pavlodar"
    raw = sqlite3.connect(tmp_path / "ledger" / FILE)
    assert raw.execute("SELECT form_text FROM record").fetchone() == (FORM,)
    raw.close()


def test_the_next_file_of_the_sender_is_offered_the_form_and_not_read_with_it(ask: Ask) -> None:
    ask("import", "../Павлодар июнь 2023.csv", "--form", "../pavlodar.toml")
    for command in (["inspect"], ["import", "--dry-run"], ["import"]):
        code, document = ask(*command, "../Павлодар июль 2023.csv")
        (offer,) = [f for file in document["files"] for f in file["findings"] if f["code"] == "form-known"]
        assert offer["severity"] == "info" and "--form pavlodar" in offer["hint"]
        assert not any(table["entries"] for file in document["files"] for table in file.get("tables", []))
    code, document = ask("import", "../Павлодар июль 2023.csv", "--form", "pavlodar")
    assert code == Exit.FINE and "form-known" not in codes(document) and document["files"][0]["entries"] == 1


def test_nothing_is_offered_to_another_sender_or_after_a_file_without_a_form(ask: Ask, tmp_path: Path) -> None:
    ask("import", "../Павлодар июнь 2023.csv", "--form", "../pavlodar.toml")
    (tmp_path / "Актобе июль.csv").write_text(JUNE.replace("Павлодарская", "Актюбинская"), "utf-8")
    assert "form-known" not in codes(ask("inspect", "../Актобе июль.csv")[1])
    plain = "за август 2023, тенге\nРегион;Касса\nПавлодарская;5\n"
    (tmp_path / "Павлодар август.csv").write_text(plain, "utf-8")
    assert "form-known" in codes(ask("import", "../Павлодар август.csv")[1])
    assert "form-known" not in codes(ask("inspect", "../Павлодар июль 2023.csv")[1])


def test_a_form_of_the_folder_with_words_is_picked_up_like_ours(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "ledger/forms").mkdir()
    (tmp_path / "ledger/forms/own.toml").write_text(FORM.replace("[[table]]", '[match]\nwords = ["отчет за"]\n[[table]]'), "utf-8")
    code, document = ask("inspect", "../Павлодар июль 2023.csv")
    assert code == Exit.FINE and document["files"][0]["tables"][0]["form"] == "own" and "form-applied" in codes(document)
    assert document["files"][0]["tables"][0]["entries"][0]["value"] == "5.00"
    assert ask("inspect", "../Павлодар июль 2023.csv", "--form", "none")[1]["files"][0]["tables"] != document["files"][0]["tables"]


def test_a_broken_form_in_the_folder_is_refused_with_its_line(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "ledger/forms").mkdir()
    (tmp_path / "ledger/forms/own.toml").write_text(FORM.replace("unit", "unitt"), "utf-8")
    code, said = ask("import", "../Павлодар июль 2023.csv")
    assert code == Exit.USAGE and "own.toml" in said["stderr"] and "4" in said["stderr"] and "'unit'" in said["stderr"]


def test_an_unknown_form_is_refused_with_the_nearest_names(ask: Ask) -> None:
    code, said = ask("import", "../Павлодар июль 2023.csv", "--form", "treasury-420")
    assert code == Exit.USAGE and "treasury-4-20" in said["stderr"]
    assert ask("inspect", "../Павлодар июль 2023.csv", "--form", "missing.toml")[0] == Exit.USAGE


def test_another_form_of_the_same_name_stays_and_that_is_said(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "ledger/forms").mkdir()
    (tmp_path / "ledger/forms/pavlodar.toml").write_text(FORM.replace("Мой", "Другой"), "utf-8")
    _, document = ask("import", "../Павлодар июнь 2023.csv", "--form", "../pavlodar.toml")
    assert "form-of-same-name" in codes(document)
    assert "Другой" in (tmp_path / "ledger/forms/pavlodar.toml").read_text("utf-8")


# ---- the record


def test_the_form_is_part_of_the_chain(tmp_path: Path) -> None:
    for name, form in (("a", None), ("b", "x"), ("c", "y")):
        with Ledger.create(tmp_path / name) as ledger:
            ledger.post(replace(parcel("r.csv", entry()), form=form, form_text=form))
    heads = {name: Ledger.open(tmp_path / name) for name in "abc"}
    assert len({ledger.head() for ledger in heads.values()}) == 3
    for ledger in heads.values():
        ledger.close_file()
    raw = sqlite3.connect(tmp_path / "b" / FILE)
    raw.execute("DROP TRIGGER record_stays")
    raw.execute("UPDATE record SET form = 'z'")
    raw.commit()
    raw.close()
    with Ledger.open(tmp_path / "b") as ledger:
        assert [finding.code for finding in ledger.verify()] == ["chain-broken"]


def older(folder: Path) -> str:
    """Make the ledger of a folder one of schema 1 again; returns its head."""
    with Ledger.create(folder) as ledger:
        ledger.post(parcel("old.csv", entry(100)))
        head = ledger.head()
    raw = sqlite3.connect(folder / FILE)
    for statement in (
        "ALTER TABLE record DROP COLUMN form",
        "ALTER TABLE record DROP COLUMN form_text",
        "UPDATE schema_number SET number = 1",
    ):
        raw.execute(statement)
    raw.execute("PRAGMA user_version = 1")
    raw.commit()
    raw.close()
    return head


@pytest.mark.parametrize("write", [False, True])
def test_a_ledger_of_schema_1_is_brought_up_and_its_chain_holds(tmp_path: Path, write: bool) -> None:
    head = older(tmp_path / "old")
    with Ledger.open(tmp_path / "old", write=write) as ledger:
        assert ledger.verify() == [] and ledger.head() == head
        assert [sent.form for sent in ledger.submissions()] == [None]
    with Ledger.open(tmp_path / "old", write=True) as ledger:
        ledger.post(replace(parcel("new.csv", entry(200)), form="f", form_text="t"))
        assert ledger.verify() == []
    raw = sqlite3.connect(tmp_path / "old" / FILE)
    assert raw.execute("SELECT number FROM schema_number").fetchall() == [(2,)]
    raw.close()


def test_a_ledger_of_schema_1_that_can_not_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older(tmp_path / "old")
    other = sqlite3.connect(tmp_path / "old" / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("budgettool.ledger.engine.WAIT", 0.01)
    with pytest.raises(Refusal) as refused:
        Ledger.open(tmp_path / "old")
    assert refused.value.code == "ledger-locked"
    other.execute("ROLLBACK")
    other.close()


# ---- whose file it is


def test_a_sender_is_known_by_reporter_then_region_then_name() -> None:
    assert is_same(Sender("a.xlsx", "KZ-15"), Sender("b.xlsx", "KZ-15"))
    assert not is_same(Sender("a.xlsx", "KZ-15", "KZ-15"), Sender("a.xlsx", "ministry", "KZ-15"))
    assert is_same(Sender("a.xlsx", None, "KZ-15"), Sender("b.xlsx", "ministry", "KZ-15"))
    assert is_same(Sender("in/Акмола_июнь.xlsx"), Sender("Акмола 07.xlsx", "KZ-11"))
    assert not is_same(Sender("2023-06.xlsx"), Sender("2023-07.xlsx"))


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("inbox/Акмола_июнь_2023 (1).xlsx", "акмола"),
        ("C:\\отчеты\\Акмола за январь-июль 2023.xlsx", "акмола"),
        ("31 Жамбыл 2023-07.csv", "жамбыл"),
        ("report 2023.xlsx", ""),
    ],
)
def test_a_name_without_digits_and_months(file: str, name: str) -> None:
    assert name_of(file) == name


def test_a_voided_file_offers_nothing(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.post(replace(parcel("ОФ Акмола июнь.csv", entry(1)), form="f", form_text="t"))
        assert ledger.form_of(Sender("ОФ Акмола июль.csv")) is not None
        ledger.void(1, "wrong")
        assert ledger.form_of(Sender("ОФ Акмола июль.csv")) is None
