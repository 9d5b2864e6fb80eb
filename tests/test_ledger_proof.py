"""What `verify` proves beyond changed rows, and how the file of a ledger is shared, refused and survived."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from budgettool.findings import Exit, Refusal
from budgettool.ledger import FILE, Ledger, engine
from budgettool.terms.rate import Rate
from ledger_kit import MARCH, entry, parcel


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger with two submissions and rates."""
    with Ledger.create(tmp_path) as ledger:
        ledger.post(parcel("a.xlsx", entry(4_711)))
        ledger.post(parcel("b.xlsx", entry(5, "KZ-39")))
        ledger.add_rates([Rate("USD", "KZT", MARCH, "daily", Decimal("377.10"), 1, "mine")])
    return tmp_path


def meddle(folder: Path, *statements: str) -> None:
    """Change the file as somebody with another program would, who knows how to take the triggers away."""
    raw = sqlite3.connect(folder / FILE)
    for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


def codes(folder: Path) -> list[str]:
    with Ledger.open(folder) as ledger:
        return [finding.code for finding in ledger.verify()]


def test_nothing_changed_finds_nothing(folder: Path) -> None:
    assert codes(folder) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE slice SET key = 'another' || number", ["entries-changed", "entries-changed"]),
        ("UPDATE slice SET region = 'KZ-75' WHERE region = 'KZ-15'", ["entries-changed"]),
        ("INSERT INTO rate SELECT 1, 0, base, quote, period_first, period_last, kind, '1', nominal, source FROM rate", ["entries-changed"]),
        (
            "INSERT INTO rate SELECT 99, 0, base, quote, period_first, period_last, kind, '1', nominal, source FROM rate",
            ["entries-changed"],
        ),
        (
            "INSERT INTO entry SELECT NULL, 1, slice, sheet, 'D9', line, raw, 1, unit, resolution, NULL, NULL, NULL, NULL FROM entry LIMIT 1",
            ["entries-changed"],
        ),
        ("UPDATE entry SET submission = 1", ["entries-changed", "entries-changed"]),
        ("UPDATE record SET at = '2001-01-01T00:00:00Z'", []),
        ("UPDATE record SET reason = 'because' WHERE number = 2", ["chain-broken"]),
        ("DELETE FROM record WHERE number = 1", ["chain-broken", "chain-broken", "entries-changed"]),
    ],
)
def test_what_was_changed_is_found(folder: Path, statement: str, found: list[str]) -> None:
    meddle(folder, statement)
    assert sorted(codes(folder)) == sorted(found)


def test_a_record_that_was_made_whole_again_breaks_the_next_one(folder: Path) -> None:
    from budgettool.ledger import chain

    raw = sqlite3.connect(folder / FILE)
    (said,) = raw.execute(f"SELECT {chain._LINKED} FROM record WHERE number = 1").fetchall()
    raw.close()
    forged = [*said]
    forged[2] = "other.xlsx"
    meddle(folder, f"UPDATE record SET file = 'other.xlsx', digest = '{chain.link(forged)}' WHERE number = 1")
    assert codes(folder) == ["chain-broken"]


def test_rates_that_no_record_brought_are_never_used(folder: Path) -> None:
    meddle(folder, "INSERT INTO rate SELECT 1, 0, base, quote, period_first, period_last, kind, '1', nominal, source FROM rate")
    with Ledger.open(folder) as ledger:
        assert [str(rate.value) for rate in ledger.rates()] == ["377.10"]


def test_an_index_that_contradicts_its_table_is_damage(folder: Path) -> None:
    """The amount stands twice in the file: in the table, which the digests cover, and in the index, which figures are answered from."""
    path = folder / FILE
    raw = sqlite3.connect(path)
    (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entry_figure'").fetchone()
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    content = bytearray(path.read_bytes())
    at = content.index((471_100).to_bytes(3, "big"), (page - 1) * size)
    content[at + 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        codes(folder)
    assert (refused.value.code, refused.value.exit_code) == ("ledger-damaged", Exit.LEDGER)


def test_letters_that_rotted_are_damage_and_no_traceback(folder: Path) -> None:
    path = folder / FILE
    path.write_bytes(path.read_bytes().replace("Отчёт".encode(), b"\xff" * 10))
    with Ledger.open(folder) as ledger, pytest.raises(Refusal) as refused:
        list(ledger.entries())
    assert refused.value.code == "ledger-damaged"


def test_a_later_schema_is_refused(folder: Path) -> None:
    meddle(folder, "PRAGMA user_version = 99")
    with pytest.raises(Refusal) as refused:
        Ledger.open(folder)
    assert (refused.value.code, dict(refused.value.facts)["found"]) == ("ledger-newer", 99)


def test_another_programs_database_is_no_ledger(tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / FILE)
    raw.execute("CREATE TABLE record (number)")
    raw.close()
    for make in (lambda: Ledger.open(tmp_path), lambda: Ledger.open(tmp_path, write=True)):
        with pytest.raises(Refusal) as refused:
            make()
        assert refused.value.code == "ledger-damaged"


# ---- shared


def test_a_reader_changes_nothing(folder: Path) -> None:
    with Ledger.open(folder) as ledger:
        with pytest.raises(Refusal) as refused:
            ledger.post(parcel("c.xlsx", entry(6, "KZ-75")))
        assert refused.value.code == "ledger-not-writable"
        assert len(ledger.submissions()) == 2


def test_two_read_at_once(folder: Path) -> None:
    with Ledger.open(folder) as one, Ledger.open(folder) as other:
        assert one.figures() == other.figures()


def test_a_ledger_in_use_is_refused_after_a_while_with_its_holder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "WAIT", 0.2)
    holder = sqlite3.connect(folder / FILE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Ledger.open(folder, write=True) as ledger:
        assert len(ledger.figures()) == 2
        begun = time.monotonic()
        with pytest.raises(Refusal) as refused:
            ledger.post(parcel("c.xlsx", entry(6, "KZ-75")))
        assert time.monotonic() - begun >= 0.15
        assert (refused.value.code, refused.value.exit_code) == ("ledger-locked", Exit.LEDGER)
        assert dict(refused.value.facts)["folder"] == str(folder)
        if sys.platform == "linux":
            assert dict(refused.value.facts)["reason"] == f"PID {os.getpid()}"
        holder.execute("ROLLBACK")
        assert ledger.post(parcel("c.xlsx", entry(6, "KZ-75"))).number == 4
    holder.close()


def _post_forever(folder: Path) -> None:
    number = 0
    while True:
        number += 1
        with Ledger.open(folder, write=True) as ledger:
            ledger.post(parcel(f"{number}.xlsx", *(entry(number, cell=f"D{row}", row=row) for row in range(2, 400))))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that can't be caught")
@pytest.mark.parametrize("after", [0.05, 0.13, 0.31])
def test_killed_at_any_moment_it_holds_whole_submissions_only(tmp_path: Path, after: float) -> None:
    Ledger.create(tmp_path).close_file()
    process = multiprocessing.get_context("spawn").Process(target=_post_forever, args=(tmp_path,))
    process.start()
    begun = time.monotonic()
    while not list(tmp_path.glob("sources/*")) and time.monotonic() - begun < 20:
        time.sleep(0.01)
    time.sleep(after)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join(10)
    with Ledger.open(tmp_path, write=True) as ledger:
        assert ledger.verify() == []
        assert {record.entries for record in ledger.submissions()} <= {398}
        assert ledger.post(parcel("after.xlsx", entry(1, "KZ-75"))).number
