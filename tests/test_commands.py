"""The commands from a folder of files to figures: what a finance officer types, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from budgettool.cli import main
from budgettool.findings import Exit

HEADER = "Регион;Период;План на период, тенге;Оплачено, тенге;Получатели услуг, чел.\n"
Ask = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run a command away from any ledger but `tmp_path/ledger`; its exit code and document."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BUDGETTOOL_LEDGER", raising=False)

    def asked(*words: str) -> tuple[int, dict[str, Any]]:
        code = main([*words, "--format", "json"])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else {"stderr": said.err}

    return asked


def report(path: Path, *rows: str) -> Path:
    """A csv report with the given rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8-sig")
    return path


def codes(document: dict[str, Any]) -> list[str]:
    files = document.get("files") or []
    parts = [document, *(file for file in files if "findings" in file)]
    return [finding["code"] for part in parts for finding in part["findings"]]


AKTOBE = "Актюбинская область;2019-03;100000;90000;3"
PAVLODAR = "Павлодарская область;2019-03;50000;40000,50;2"


def test_inspect_says_what_would_be_read_and_writes_nothing(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE)
    code, document = ask("inspect", "a.csv")
    (file,) = document["files"]
    (table,) = file["tables"]
    paid = next(entry for entry in table["entries"] if entry["measure"] == "disbursement")
    assert code == Exit.FINE
    assert file["file"] == "a.csv"
    assert (paid["cell"], paid["row"], paid["value"], paid["unit"], paid["region"], paid["period"]) == (
        "D2",
        2,
        "90000.00",
        "KZT",
        "KZ-15",
        "2019-03",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_bad_figure_is_held_back_and_exit_is_1(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", "Актюбинская область;2019-03;сто тысяч;90000;3")
    code, document = ask("inspect", "a.csv")
    assert code == Exit.FINDINGS
    assert document["files"][0]["tables"][0]["quarantined"][0]["cell"] == "C2"
    assert "number-not-read" in codes(document)


def test_files_beside_an_unreadable_one_are_still_read(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE)
    (tmp_path / "b.xlsx").write_bytes(b"%PDF-1.7 not a workbook")
    code, document = ask("inspect", "b.xlsx", "a.csv", "nowhere.xlsx")
    assert code == Exit.UNREADABLE
    assert any(file["tables"] for file in document["files"])
    assert "unreadable" in codes(document)


def test_a_csv_of_inspect_is_a_ledger_csv_and_says_the_same(
    ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report(tmp_path / "a.csv", AKTOBE)
    assert main(["inspect", "a.csv", "--format", "csv"]) == Exit.FINE
    (tmp_path / "again.csv").write_text(capsys.readouterr().out, "utf-8")
    _, first = ask("inspect", "a.csv")
    code, again = ask("inspect", "again.csv")
    assert code == Exit.FINE
    figures = [
        {(e["region"], e["period"], e["measure"], e["value"]) for table in d["files"][0]["tables"] for e in table["entries"]}
        for d in (first, again)
    ]
    assert figures[0] == figures[1]


def test_month_end_from_import_to_cost(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "inbox" / "a.csv", AKTOBE)
    report(tmp_path / "inbox" / "b.csv", PAVLODAR)
    assert ask("init", "ledger")[0] == Exit.FINE
    code, document = ask("import", "inbox", "--ledger", "ledger")
    assert code == Exit.FINE
    assert [file["submission"] for file in document["files"]] == [1, 2]
    code, document = ask("reconcile", "--period", "2019-03", "--ledger", "ledger")
    rows = {row["region"]: row for row in document["rows"]}
    assert rows["KZ-55"]["disbursement"] == "40000.50"
    assert document["total"]["disbursement"] == "130000.50"
    assert document["total"]["recipients"] == 5
    code, document = ask("percapita", "--ledger", "ledger")
    assert document["rows"][0]["per_capita"] == "30000.00"
    assert document["total"]["per_capita"] == "26000.10"


def test_the_same_file_again_changes_nothing(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE)
    ask("init", "ledger")
    ask("import", "a.csv", "--ledger", "ledger")
    code, document = ask("import", "a.csv", "--ledger", "ledger")
    assert code == Exit.FINE
    assert document["files"][0]["submission"] is None
    assert document["files"][0]["same_as"] == "a.csv"


def test_a_later_file_takes_the_place_of_an_older_one_and_says_so(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE)
    report(tmp_path / "b.csv", AKTOBE.replace("90000", "95000"))
    ask("init", "ledger")
    ask("import", "a.csv", "--ledger", "ledger")
    _, document = ask("import", "b.csv", "--ledger", "ledger")
    (old,) = [s for s in document["files"][0]["superseded"] if s["measure"] == "disbursement"]
    assert (old["file"], old["old_value"], old["new_value"]) == ("a.csv", "90000.00", "95000.00")


def test_strict_posts_nothing_of_a_faulty_file(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE, "Павлодарская область;2019-03;много;90000;3")
    ask("init", "ledger")
    code, document = ask("import", "a.csv", "--strict", "--ledger", "ledger")
    assert code == Exit.FINDINGS and document["files"][0]["submission"] is None
    code, document = ask("import", "a.csv", "--ledger", "ledger")
    assert code == Exit.FINDINGS and document["files"][0]["submission"] == 1


def test_dry_run_needs_no_ledger_and_gives_the_inspect_document(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "inbox" / "a.csv", AKTOBE)
    code, document = ask("import", "inbox", "--dry-run")
    assert code == Exit.FINE and document["schema"] == "budgettool/inspect/1"


def test_plain_files_are_reckoned_with_as_a_ledger_is(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "inbox" / "a.csv", AKTOBE)
    report(tmp_path / "inbox" / "b.csv", PAVLODAR)
    _, folder = ask("reconcile", "inbox")
    _, named = ask("reconcile", "inbox/a.csv", "inbox/b.csv")
    assert folder["rows"] == named["rows"] and folder["ledger_head"] is None
    assert folder["period"] == "2019-03"
    assert not (tmp_path / "ledger.sqlite").exists()


def test_what_was_held_back_is_said_with_the_reckoning(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE, "Павлодарская область;2019-03;1;2;пять")
    code, document = ask("percapita", "a.csv")
    assert code == Exit.FINDINGS and "number-not-read" in codes(document)
    assert document["total"]["per_capita"] is None and document["total"]["reason"] == "incomplete"


def test_nobody_served_and_no_count_are_different(ask: Ask, tmp_path: Path) -> None:
    rows = [AKTOBE.replace(";3", ";0"), "Карагандинская область;2019-03;1;1500000;", "Костанайская область;2019-03;1;0;5"]
    report(tmp_path / "a.csv", *rows)
    _, document = ask("percapita", "a.csv")
    said = {row["region"]: (row["per_capita"], row["reason"]) for row in document["rows"]}
    assert said == {"KZ-15": (None, "nobody-served"), "KZ-35": (None, "no-count"), "KZ-39": ("0.00", None)}


def test_no_rate_leaves_the_tenge_alone(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE.replace("2019-03", "2009-03"))
    code, document = ask("percapita", "a.csv", "--currency", "USD")
    assert code == Exit.FINDINGS and "rate-not-in-table" in codes(document)
    assert (document["rows"][0]["per_capita"], document["rows"][0]["usd"]) == ("30000.00", None)


def test_an_unknown_currency_is_wrong_usage(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE)
    code, document = ask("percapita", "a.csv", "--currency", "USX")
    assert code == Exit.USAGE and "USX" in str(document["stderr"])


@pytest.mark.parametrize("command", ["check", "reconcile", "percapita"])
def test_broken_settings_are_2_with_file_and_line(command: str, ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "inbox" / "a.csv", AKTOBE)
    (tmp_path / "inbox" / "budgettool.toml").write_text('[programme\nname = "незакрытая скобка\n', "utf-8")
    code, document = ask(command, "inbox")
    assert code == Exit.USAGE
    assert "budgettool.toml" in str(document["stderr"]) and "1" in str(document["stderr"])


def test_a_folder_with_nothing_is_never_a_silent_success(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for command, expected in (("check", Exit.FINDINGS), ("reconcile", Exit.FINE)):
        code, document = ask(command, "empty")
        assert code == expected and "nothing-to-check" in codes(document)


def test_fail_on_moves_the_bar(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", "Актюбинская область;2019-03;1;90000;")
    assert ask("inspect", "a.csv")[0] == Exit.FINE
    assert ask("inspect", "a.csv", "--fail-on", "warning")[0] == Exit.FINDINGS


@pytest.mark.parametrize("command", ["status", "log", "verify", "reconcile", "check"])
def test_without_a_ledger_exit_is_4(command: str, ask: Ask) -> None:
    code, document = ask(command)
    assert code == Exit.LEDGER and "init" in str(document["stderr"])


def test_status_names_what_is_missing(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE)
    ask("init", "ledger")
    (tmp_path / "ledger" / "budgettool.toml").write_text('[chain]\nregions = ["KZ-15", "KZ-55"]\n', "utf-8")
    ask("import", "a.csv", "--ledger", "ledger")
    _, document = ask("status", "--ledger", "ledger")
    assert {row["region"]: row["status"] for row in document["rows"]} == {"KZ-15": "returned", "KZ-55": "missing"}


def test_nothing_is_missing_of_a_region_that_is_no_more(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", "Южно-Казахстанская область;2017;1;1;1", "Туркестанская область;2018;1;1;1")
    ask("init", "ledger")
    ask("import", "a.csv", "--ledger", "ledger")
    _, document = ask("status", "--ledger", "ledger")
    assert {(row["region"], row["period"], row["status"]) for row in document["rows"]} == {
        ("KZ-51", "2017", "returned"),
        ("KZ-61", "2018", "returned"),
    }


def test_a_closed_period_changes_only_for_a_reason(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE)
    report(tmp_path / "b.csv", AKTOBE.replace("90000", "95000"))
    ask("init", "ledger")
    ask("import", "a.csv", "--ledger", "ledger")
    assert ask("close", "2019-03", "--ledger", "ledger")[0] == Exit.FINE
    assert ask("import", "b.csv", "--ledger", "ledger")[0] == Exit.REFUSED
    code, document = ask("import", "b.csv", "--restate", "a late act", "--ledger", "ledger")
    assert code == Exit.FINE and "period-restated" in codes(document)
    assert ask("reopen", "2019-03", "--reason", "audit", "--ledger", "ledger")[0] == Exit.FINE
    assert ask("verify", "--ledger", "ledger")[0] == Exit.FINE


def test_undo_revives_what_was_replaced(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE)
    report(tmp_path / "b.csv", AKTOBE.replace("90000", "95000"))
    ask("init", "ledger")
    ask("import", "a.csv", "b.csv", "--ledger", "ledger")
    code, document = ask("undo", "2", "--reason", "wrong file", "--ledger", "ledger")
    assert code == Exit.FINE and document["file"] == "b.csv"
    _, document = ask("reconcile", "--ledger", "ledger")
    assert document["total"]["disbursement"] == "90000.00"
    assert ask("undo", "9", "--reason", "no such", "--ledger", "ledger")[0] == Exit.USAGE


def test_held_back_cells_show_in_the_status(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE.replace("100000", "сто"))
    ask("init", "ledger")
    ask("import", "a.csv", "--ledger", "ledger")
    _, document = ask("status", "--ledger", "ledger")
    (row,) = document["rows"]
    assert (row["region"], row["status"], row["quarantined"]) == ("KZ-15", "returned", 1)


def test_claims_of_the_settings_are_judged(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "story" / "inbox" / "a.csv", AKTOBE)
    claim = '[[claims]]\nname = "paid"\nperiod = "2019-03"\nmeasure = "disbursement"\nvalue = "91000"\nunit = "KZT"\n'
    (tmp_path / "story" / "budgettool.toml").write_text(claim, "utf-8")
    code, document = ask("check", "story")
    (verdict,) = document["claims"]
    assert code == Exit.FINDINGS
    assert (verdict["published"], verdict["computed"], verdict["verdict"]) == ("91000.00", "90000.00", "contradicted")


def test_verify_and_log_know_the_head(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE)
    _, made = ask("init", "ledger")
    ask("import", "a.csv", "--ledger", "ledger")
    code, verified = ask("verify", "--ledger", "ledger")
    assert code == Exit.FINE and verified["sound"] is True and verified["head"] != made["head"]
    _, log = ask("log", "--ledger", "ledger")
    assert log["records"][-1]["digest"] == verified["head"]


def test_rates_say_which_day_they_are_of(ask: Ask, tmp_path: Path) -> None:
    lines = ["date;currency;quantity;rate", "2019-03-07;CNY;1;56.18", "2019-03-11;CNY;1;56.30"]
    (tmp_path / "rates.csv").write_text("\n".join(lines) + "\n", "utf-8")
    ask("init", "ledger")
    code, document = ask("rates", "import", "rates.csv", "--ledger", "ledger")
    assert code == Exit.FINE and document["added"] == 2
    _, document = ask("rates", "convert", "1000000", "--period", "2019-03-10", "--currency", "CNY", "--ledger", "ledger")
    assert document["result"] == "17799.93" and document["parts"][0]["rate_date"] == "2019-03-07"


def test_the_implied_rate_of_the_published_pair(ask: Ask) -> None:
    code, document = ask("rates", "explain", "--amount", "288300000", "--usd", "720000", "--period", "2016..2019", "--more-than")
    assert code == Exit.FINE and document["implied"] == "400.42"
    assert any(flat["rate"] in ("400", "400.00") and flat["reproduces"] for flat in document["flats"])


def test_validate_says_ready_or_not(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "good.csv", AKTOBE)
    report(tmp_path / "bad.csv", AKTOBE.replace(";3", ";2,5"))
    code, document = ask("validate", "good.csv", "bad.csv")
    assert code == Exit.FINDINGS
    assert [file["ready"] for file in document["files"]] == [True, False]


def test_a_return_is_written_whole_and_never_over_another(ask: Ask, tmp_path: Path) -> None:
    report(tmp_path / "a.csv", AKTOBE)
    code, _ = ask("return", "consolidated", "-o", "out.xlsx", "a.csv", "--lang", "ru")
    assert code == Exit.FINE and (tmp_path / "out.xlsx").read_bytes()[:2] == b"PK"
    first = (tmp_path / "out.xlsx").read_bytes()
    assert ask("return", "consolidated", "-o", "out.xlsx", "a.csv")[0] == Exit.REFUSED
    assert ask("return", "consolidated", "-o", "out.xlsx", "a.csv", "--lang", "ru", "--force")[0] == Exit.FINE
    assert (tmp_path / "out.xlsx").read_bytes() == first
    assert ask("return", "consolidated", "-o", "nowhere/out.xlsx", "a.csv")[0] == Exit.REFUSED
    assert ask("return", "misspelt", "-o", "x.xlsx", "a.csv")[0] == Exit.USAGE


def test_people_get_findings_grouped_with_place_sentence_and_hint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = report(tmp_path / "a.csv", AKTOBE.replace("100000", "сто"), PAVLODAR.replace("50000", "сто"))
    assert main(["inspect", str(path), "--lang", "ru"]) == Exit.FINDINGS
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.count("number-not-read (2)") == 1
    assert "C2" in said.out and "C3" in said.out and "→" in said.out


def test_quiet_and_csv_keep_the_result_alone_on_stdout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = report(tmp_path / "a.csv", AKTOBE.replace("100000", "сто"))
    main(["inspect", str(path), "--format", "csv"])
    loud = capsys.readouterr()
    main(["inspect", str(path), "--format", "csv", "--quiet"])
    silent = capsys.readouterr()
    assert loud.out == silent.out and "number-not-read" in loud.err and silent.err == ""


def test_demo_ends_with_a_workbook(ask: Ask, tmp_path: Path) -> None:
    code, document = ask("demo", "example")
    assert code in (Exit.FINE, Exit.FINDINGS)
    assert Path(str(document["workbook"])).is_file()
    assert ask("demo", "example")[0] == Exit.REFUSED


def test_how_old_a_rate_may_be_is_what_the_settings_say(ask: Ask, tmp_path: Path) -> None:
    """The last rate before 2 April 2020 is that of 30 March."""
    (tmp_path / "a.csv").write_text("Регион;Дата;Оплачено, тенге\nг. Алматы;02.04.2020;1000\n", "utf-8-sig")
    words = ("percapita", ".", "--period", "2020-04-02", "--currency", "USD", "--basis", "date")
    assert "rate-of-earlier-day" in codes(ask(*words)[1])
    (tmp_path / "budgettool.toml").write_text("[rates]\nmax_age = 2\n", "utf-8")
    assert {"rate-in-gap", "rate-after-series"} & set(codes(ask(*words)[1]))


def test_figures_of_a_ledger_say_what_was_held_back_of_the_files_that_count(ask: Ask, tmp_path: Path) -> None:
    ask("init", "ledger")
    wrong = report(tmp_path / "wrong.csv", AKTOBE, AKTOBE.replace("Актюбинская", "Атлантидская"))
    ask("import", "--ledger", "ledger", str(wrong))
    for command in ("reconcile", "percapita", "check"):
        code, document = ask(command, "--ledger", "ledger")
        assert "row-held" in codes(document), command
        assert code == Exit.FINE
    ask("import", "--ledger", "ledger", str(report(tmp_path / "mended.csv", AKTOBE)))
    assert "row-held" in codes(ask("reconcile", "--ledger", "ledger")[1])
    ask("import", "--ledger", "ledger", str(report(tmp_path / "newer.csv", AKTOBE.replace("100000", "110000").replace("90000", "91000").replace(";3", ";4"))))
    assert "row-held" not in codes(ask("reconcile", "--ledger", "ledger")[1])
