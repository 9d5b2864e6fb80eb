"""The door: what loads, what is printed where, and which exit code everything ends in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from budgettool import cli, commands
from budgettool.commands import _options, _output, _types
from budgettool.findings import Exit, Finding, Refusal, Severity
from budgettool.formats import Page

HEAVY = ("pandas", "numpy", "openpyxl", "babel", "requests", "tabulate", "python_calamine", "xlsxwriter", "sqlite3", "forex_python")
OURS = ("read", "recognise", "normalise", "ledger", "reconcile", "value", "returns", "wording", "rates", "findings", "show")


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    given = {**os.environ, **environment}
    return subprocess.run([sys.executable, "-m", "budgettool", *words], capture_output=True, env=given, check=False)


def test_help_loads_nothing_but_click() -> None:
    done = subprocess.run([sys.executable, "-X", "importtime", "-m", "budgettool", "--help"], capture_output=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert "click" in loaded
    assert not [name for name in HEAVY if name in loaded]
    assert not [name for name in OURS if f"budgettool.{name}" in loaded]


@pytest.mark.parametrize("name", [name for name in commands.names() if name != "rates"])
def test_every_command_has_the_common_options_and_a_short_first_line(name: str) -> None:
    command = commands.load(name)
    assert command is not None
    assert {"format", "langs", "ledger", "fail_on", "quiet", "verbose"} <= {option.name for option in command.params}
    assert not command.get_short_help_str(65).endswith("...")


def test_no_command_of_that_name_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.load("nothing") is None
    assert cli.main(["nothing"]) == Exit.USAGE
    assert "nothing" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["inspect"], ["inspect", "x", "--format", "pdf"], ["reconcile", "--by", "village"]])
def test_wrong_usage_is_2_and_on_stderr(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == Exit.USAGE
    said = capsys.readouterr()
    assert said.out == "" and "Usage:" in said.err


@pytest.mark.parametrize("option", [["--period", "2019-13"], ["--unit", "попугаи"], ["--region", "Шырландия"], ["--measure", "joy"]])
def test_what_was_said_beside_a_file_must_have_a_meaning(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["inspect", "x.xlsx", *option]) == Exit.USAGE
    assert option[0] in capsys.readouterr().err


def standing_in(monkeypatch: pytest.MonkeyPatch, body: object) -> None:
    """A command that does what the test wants."""
    made = _options.as_command("stub")(body)  # type: ignore[arg-type]
    monkeypatch.setattr(commands, "load", lambda name, within: made)


def test_a_refusal_is_one_sentence_and_its_exit_code(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def body(options: object) -> Page:
        raise Refusal("ledger-locked", Exit.LEDGER, folder="/books")

    standing_in(monkeypatch, body)
    assert cli.main(["stub", "--lang", "ru"]) == Exit.LEDGER
    said = capsys.readouterr()
    assert said.out == "" and "/books" in said.err and "Traceback" not in said.err


def test_a_mistake_of_our_own_is_70_and_keeps_no_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def body(options: object) -> Page:
        try:
            int("860101350123")
            raise KeyError("Иванов")
        except KeyError as inner:
            raise ValueError("secret 42") from inner

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    standing_in(monkeypatch, body)
    assert cli.main(["stub"]) == Exit.BUG
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and "secret" not in said.err
    (kept,) = (tmp_path / "budgettool").iterdir()
    text = kept.read_text("utf-8")
    assert "ValueError" in text and "KeyError" in text and "test_cli.py" in text
    assert str(kept) in said.err


def test_interrupted_is_130_and_a_word(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def body(options: object) -> Page:
        raise KeyboardInterrupt

    standing_in(monkeypatch, body)
    assert cli.main(["stub"]) == 130
    assert "Stopped" in capsys.readouterr().err


def found(code: str, severity: Severity) -> Finding:
    return Finding(code, severity=severity)


def test_exit_codes_take_the_first_that_applies() -> None:
    warning, error = found("no-recipients-figure", Severity.WARNING), found("number-not-read", Severity.ERROR)
    assert _output.exit_code([]) == Exit.FINE
    assert _output.exit_code([warning]) == Exit.FINE
    assert _output.exit_code([warning], fail_on="warning") == Exit.FINDINGS
    assert _output.exit_code([warning, error]) == Exit.FINDINGS
    assert _output.exit_code([error, found("unreadable", Severity.ERROR)]) == Exit.UNREADABLE


def test_a_reader_that_goes_away_is_no_trouble() -> None:
    command = f"{sys.executable} -m budgettool rates list --period 2015..2020 --format csv | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
    assert done.returncode == 0 and done.stderr == b"" and done.stdout.startswith(b"period,")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_a_refusal() -> None:
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "budgettool", "rates", "list"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=buffered, check=False)
    assert done.returncode == Exit.REFUSED and done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "ascii"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_no_console_is_too_narrow(encoding: str, form: str) -> None:
    words = ("explain", "region-unknown", "--format", form, "--lang", "kk")
    done = run(*words, PYTHONIOENCODING=encoding)
    assert done.returncode == 0 and done.stderr == b"" and done.stdout.decode(encoding)


def test_the_environment_changes_no_document() -> None:
    words = ("rates", "list", "--format", "json")
    assert run(*words, LC_ALL="ru_RU.UTF-8", LANG="ru_RU.UTF-8").stdout == run(*words, LC_ALL="C", LANG="C").stdout


def test_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    from budgettool import __version__

    assert cli.main(["--version"]) == Exit.FINE
    assert __version__ in capsys.readouterr().out


def test_lists_on_the_command_line_are_those_of_the_code() -> None:
    from budgettool.commands import _query
    from budgettool.commands.rates import explain
    from budgettool.reconcile.answer import DIMENSIONS, TERRITORIES
    from budgettool.terms import Qualifier
    from budgettool.wording import LANGUAGES

    assert _types.LANGUAGES == LANGUAGES
    assert set(_options.SEVERITIES) == set(Severity)
    assert _query.DIMENSIONS == DIMENSIONS
    assert _query.TERRITORIES == TERRITORIES
    assert set(explain.QUALIFIERS) == set(Qualifier)


def test_public_names_are_there() -> None:
    import budgettool

    for name in budgettool.__all__:
        assert getattr(budgettool, name) is not None
    with pytest.raises(AttributeError):
        budgettool.nothing  # noqa: B018


def test_the_manual_is_what_the_commands_say() -> None:
    script = Path(__file__).parents[1] / "docs" / "generate.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_amounts_on_the_command_line_are_read_in_one_way_only() -> None:
    assert str(_types.AMOUNT.convert("288 300 000,50", None, None)) == "288300000.50"
    with pytest.raises(click.BadParameter):
        _types.AMOUNT.convert("1,234", None, None)
    with pytest.raises(click.BadParameter):
        _types.AMOUNT.convert("много", None, None)
