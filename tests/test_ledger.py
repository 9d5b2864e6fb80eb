"""The ledger: posted whole or not at all, superseded by order, never changed, and proven to be so."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import time
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgettool.findings import Exit, Refusal
from budgettool.ledger import FILE, Ledger, Quarantined
from budgettool.period import Period
from budgettool.terms.rate import Rate
from ledger_kit import MARCH, entry, parcel, values


def test_entries_of_one_slice_add_up_within_a_submission() -> None:
    with Ledger.memory() as ledger:
        ledger.post(parcel("a.xlsx", entry("0.10", contract="12"), entry("0.20", contract="13", cell="D3")))
        (figure,) = ledger.figures()
        assert (figure.value, figure.entries, [p.cell for p in figure.places]) == (Decimal("0.30"), 2, ["D2", "D3"])


def test_a_later_statement_takes_the_place_of_the_older_and_is_listed() -> None:
    with Ledger.memory() as ledger:
        ledger.post(parcel("old.xlsx", entry(100), entry(7, measure="recipients", cell="E2")))
        posting = ledger.post(parcel("new.xlsx", entry(120)))
        (old,) = posting.superseded
        assert (old.old.file, old.old_value, old.new_value) == ("old.xlsx", 100, 120)
        assert [f.code for f in posting.findings] == ["supersedes", "figures-not-restated"]
        assert posting.findings[1].at[1].cell == "E2"
        assert values(ledger) == {("KZ-15", "disbursement", "2019-03"): 120, ("KZ-15", "recipients", "2019-03"): 7}


def test_a_correction_that_states_all_or_another_period_leaves_nothing_out() -> None:
    with Ledger.memory() as ledger:
        ledger.post(parcel("old.xlsx", entry(100), entry(7, cell="D3", period=Period.of_month(2019, 4))))
        posting = ledger.post(parcel("new.xlsx", entry(120)))
        assert [f.code for f in posting.findings] == ["supersedes"]


def test_the_same_entries_again_post_nothing_and_name_the_first_file() -> None:
    with Ledger.memory() as ledger:
        ledger.post(parcel("a.xlsx", entry()))
        head = ledger.head()
        again = ledger.post(replace(parcel("b.xlsx", entry()), sha256="0" * 64))
        assert (again.number, again.same_as, ledger.head()) == (None, "a.xlsx", head)


def test_an_older_report_sent_again_changes_nothing() -> None:
    with Ledger.memory() as ledger:
        for value in (100, 120, 100):
            posting = ledger.post(parcel(f"{value}.xlsx", entry(value)))
        assert posting.same_as == "100.xlsx"
        assert list(values(ledger).values()) == [120]


def test_files_of_which_nothing_could_be_read_are_not_the_same_file() -> None:
    with Ledger.memory() as ledger:
        numbers = [ledger.post(parcel(name)).number for name in ("a.xlsx", "b.xlsx", "a.xlsx")]
        assert numbers == [1, 2, None]


def test_voiding_revives_what_had_been_replaced() -> None:
    with Ledger.memory() as ledger:
        ledger.post(parcel("old.xlsx", entry(100)))
        second = ledger.post(parcel("new.xlsx", entry(120)))
        voiding = ledger.void(second.number or 0, "sent by mistake")
        assert [(c.old_value, c.new_value) for c in voiding.changed] == [(120, 100)]
        assert list(values(ledger).values()) == [100]


def test_the_same_bytes_read_otherwise_are_a_new_reading() -> None:
    with Ledger.memory() as ledger:
        first = parcel("a.xlsx", entry(100), entry(5, "KZ-39"))
        ledger.post(first)
        posting = ledger.post(replace(first, entries=(entry(100_000),)))
        assert posting.reread
        assert values(ledger) == {("KZ-15", "disbursement", "2019-03"): 100_000}


def test_a_closed_period_is_refused_without_a_reason(tmp_path: Path) -> None:
    with Ledger.create(tmp_path) as ledger:
        ledger.close(MARCH)
        with pytest.raises(Refusal) as refused:
            ledger.post(parcel("a.xlsx", entry()))
        assert (refused.value.code, refused.value.exit_code) == ("period-closed", Exit.REFUSED)
        assert ledger.figures() == []
        posting = ledger.post(parcel("a.xlsx", entry()), restate="the treasury corrected it")
        assert "period-restated" in [f.code for f in posting.findings]
        ledger.reopen(MARCH, "next month")
        assert ledger.closed() == []


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(5)))
def test_the_order_of_disjoint_submissions_does_not_matter(order: list[int]) -> None:
    regions = ("KZ-15", "KZ-39", "KZ-55", "KZ-61", "KZ-75")
    with Ledger.memory() as ledger:
        for index in order:
            ledger.post(parcel(f"{index}.xlsx", entry(index, regions[index])))
        assert values(ledger) == {(region, "disbursement", "2019-03"): index for index, region in enumerate(regions)}


def test_the_head_speaks_of_what_was_posted_and_not_of_when() -> None:
    heads = set()
    for year in (2020, 2030):
        with Ledger.memory() as ledger:
            ledger.post(parcel("a.xlsx", entry()), at=datetime(year, 1, 1, tzinfo=UTC))
            heads.add(ledger.head())
    assert len(heads) == 1


def test_rates_and_what_was_held_back_are_kept() -> None:
    with Ledger.memory() as ledger:
        rate = Rate("USD", "KZT", Period.of_day(MARCH.first), "daily", Decimal("377.10"), 1, "mine")
        ledger.add_rates([rate])
        assert ledger.rates() == [rate]
        ledger.post(parcel("a.xlsx", entry()), held=[Quarantined("Отчёт", 7, "E7", "number-not-read", "KZ-39", MARCH)])
        assert [(s.region, s.entries, s.quarantined) for s in ledger.status()] == [("KZ-15", 1, 0), ("KZ-39", 0, 1)]
        assert [record.kind for record in ledger.log()] == ["rates", "submission"]


# ---- proof


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE entry SET amount = amount + 1", "entries-changed"),
        ("DELETE FROM entry", "entries-changed"),
        ("UPDATE record SET file = 'other.xlsx'", "chain-broken"),
        ("UPDATE rate SET value = '1'", "entries-changed"),
    ],
)
def test_verify_finds_what_was_changed_behind_its_back(tmp_path: Path, statement: str, code: str) -> None:
    with Ledger.create(tmp_path) as ledger:
        ledger.post(parcel("a.xlsx", entry()))
        ledger.add_rates([Rate("USD", "KZT", Period.of_day(MARCH.first), "daily", Decimal("377.10"), 1, "mine")])
        assert ledger.verify() == []
    raw = sqlite3.connect(tmp_path / FILE)
    with pytest.raises(sqlite3.DatabaseError):
        raw.execute(statement)
    for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {trigger}")
    raw.execute(statement)
    raw.commit()
    raw.close()
    with Ledger.open(tmp_path) as ledger:
        assert code in [f.code for f in ledger.verify()]


def test_sources_are_kept_read_only_by_digest_and_proven(tmp_path: Path) -> None:
    with Ledger.create(tmp_path) as ledger:
        sent = parcel("отчет.xlsx", entry())
        ledger.post(sent)
        ledger.post(replace(parcel("b.xlsx", entry(1, "KZ-39")), source=None))
        (kept,) = (tmp_path / "sources").iterdir()
        assert (kept.name, kept.read_bytes()) == (f"{sent.sha256}.xlsx", sent.source)
        kept.chmod(0o644)
        kept.write_bytes(b"other")
        assert [f.code for f in ledger.verify()] == ["source-changed"]
        kept.unlink()
        assert [f.code for f in ledger.verify()] == ["source-missing"]


# ---- the file


def test_a_ledger_is_found_upwards_and_refused_where_it_is_not(tmp_path: Path) -> None:
    Ledger.create(tmp_path).close_file()
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert Ledger.find(deep) == tmp_path
    for make, code in ((lambda: Ledger.open(deep), "ledger-missing"), (lambda: Ledger.create(tmp_path), "ledger-exists")):
        with pytest.raises(Refusal) as refused:
            make()
        assert refused.value.code == code


def test_a_damaged_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    Ledger.create(tmp_path).close_file()
    (tmp_path / FILE).write_bytes(b"no ledger at all" * 100)
    with pytest.raises(Refusal) as refused:
        Ledger.open(tmp_path)
    assert (refused.value.code, refused.value.exit_code) == ("ledger-damaged", Exit.LEDGER)


def _import(folder: Path, start: int, count: int) -> None:
    for number in range(start, start + count):
        with Ledger.open(folder, write=True) as ledger:
            ledger.post(parcel(f"{number}.xlsx", *(entry(number, cell=f"D{row}", row=row) for row in range(2, 60))))


def test_two_imports_at_once_leave_both_or_one(tmp_path: Path) -> None:
    Ledger.create(tmp_path).close_file()
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_import, args=(tmp_path, start, 10)) for start in (0, 100)]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    with Ledger.open(tmp_path) as ledger:
        assert [process.exitcode for process in both] == [0, 0]
        assert len(ledger.submissions()) == 20
        assert ledger.verify() == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that can't be caught")
def test_a_killed_import_leaves_a_sound_ledger(tmp_path: Path) -> None:
    Ledger.create(tmp_path).close_file()
    process = multiprocessing.get_context("spawn").Process(target=_import, args=(tmp_path, 0, 500))
    process.start()
    time.sleep(1.2)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join(10)
    with Ledger.open(tmp_path, write=True) as ledger:
        assert ledger.verify() == []
        assert ledger.post(parcel("after.xlsx", entry(1, "KZ-75"))).number
