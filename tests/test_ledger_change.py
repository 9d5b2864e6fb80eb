"""What a ledger does when figures change: replaced, taken back, closed, read anew; and that it stays quick with many submissions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgettool.findings import Exit, Refusal
from budgettool.ledger import Ledger
from budgettool.period import Period
from budgettool.terms.place import Place
from ledger_kit import MARCH, entry, parcel, values

QUARTER = Period.of_quarter(2019, 1)


def refusal(make: Callable[[], object]) -> tuple[str, Exit]:
    with pytest.raises(Refusal) as refused:
        make()
    return refused.value.code, refused.value.exit_code


# ---- replaced


def test_a_replaced_figure_leads_to_the_first_of_its_own_cells() -> None:
    with Ledger.memory() as ledger:
        ledger.post(parcel("old.xlsx", entry(1, sheet="Б", cell="D10"), entry(2, sheet="А", cell="D2")))
        (old,) = ledger.post(parcel("new.xlsx", entry(5, cell="E9"))).superseded
        assert (old.old, old.old_value) == (Place("old.xlsx", "Б", "D10"), 3)
        assert (old.new, old.new_value) == (Place("new.xlsx", "Отчёт", "E9"), 5)


def test_units_are_never_added_up_in_what_was_replaced() -> None:
    with Ledger.memory() as ledger:
        ledger.post(parcel("old.xlsx", entry(100), entry(7, unit="USD", cell="E2")))
        replaced = ledger.post(parcel("new.xlsx", entry(120))).superseded
        assert {(old.unit, old.old_value, old.new_value) for old in replaced} == {("KZT", 100, 120), ("USD", 7, None)}


def test_a_figure_has_at_most_five_places_and_says_how_many_there_are() -> None:
    with Ledger.memory() as ledger:
        ledger.post(parcel("a.xlsx", *(entry(1, cell=f"D{row}", row=row) for row in range(2, 10))))
        (figure,) = ledger.figures()
        assert (figure.entries, [place.cell for place in figure.places]) == (8, ["D2", "D3", "D4", "D5", "D6"])


def test_figures_of_a_span_are_those_that_overlap_it() -> None:
    with Ledger.memory() as ledger:
        ledger.post(parcel("a.xlsx", entry(1), entry(2, period=QUARTER), entry(3, period=Period.of_month(2019, 4))))
        assert {figure.value for figure in ledger.figures(within=MARCH)} == {1, 2}


def test_an_amount_that_can_not_be_kept_exactly_is_said_and_left_out() -> None:
    with Ledger.memory() as ledger:
        posting = ledger.post(
            parcel("a.xlsx", entry("0.001"), entry("1e300", cell="D3"), entry("Infinity", cell="D4"), entry(5, cell="D5"))
        )
        assert [f.at[0].cell for f in posting.findings if f.code == "number-not-read"] == ["D2", "D3", "D4"]
        assert list(values(ledger).values()) == [5]


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(range(6)))
def test_the_same_disjoint_reports_in_any_order_give_the_same_figures(order: list[int]) -> None:
    reports = [
        parcel(f"{n}.xlsx", entry(n, provider=f"п{n % 3}"), entry(n, region=f"KZ-{n}"), entry(n, measure="recipients", region=f"KZ-{n}"))
        for n in range(6)
    ]
    parted = [replace(report, entries=tuple(replace(e, category=report.file) for e in report.entries)) for report in reports]
    with Ledger.memory() as one, Ledger.memory() as other:
        for report in parted:
            one.post(report)
        for index in order:
            other.post(parted[index])
        assert [replace(f, submission=0) for f in other.figures()] == [replace(f, submission=0) for f in one.figures()]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["KZ-15", "KZ-39"]), st.integers(0, 9), st.booleans()), min_size=1, max_size=8))
def test_figures_are_those_of_the_last_statement_that_was_not_taken_back(acts: list[tuple[str, int, bool]]) -> None:
    stated: dict[str, list[int]] = {}
    with Ledger.memory() as ledger:
        for step, (region, value, taken_back) in enumerate(acts):
            made = ledger.post(parcel(f"{step}.xlsx", entry(value, region, contract=str(step))))
            if taken_back and made.number:
                ledger.void(made.number, "a test")
            else:
                stated.setdefault(region, []).append(value)
        assert {key[0]: value for key, value in values(ledger).items()} == {region: said[-1] for region, said in stated.items()}
        assert ledger.verify() == []


# ---- taken back, closed, read anew


def test_a_submission_is_taken_back_once() -> None:
    with Ledger.memory() as ledger:
        ledger.post(parcel("a.xlsx", entry()))
        ledger.void(1, "sent by mistake")
        head = ledger.head()
        assert refusal(lambda: ledger.void(1, "again")) == ("submission-missing", Exit.USAGE)
        assert refusal(lambda: ledger.void(2, "a voiding is no submission")) == ("submission-missing", Exit.USAGE)
        assert ledger.head() == head
        assert ledger.post(parcel("a.xlsx", entry())).number == 3


def test_taking_back_figures_of_a_closed_period_is_said() -> None:
    with Ledger.memory() as ledger:
        ledger.post(parcel("a.xlsx", entry()))
        ledger.close(QUARTER)
        (said,) = ledger.void(1, "an act of the audit").findings
        assert (said.code, said.period, dict(said.facts)["reason"]) == ("period-restated", QUARTER, "an act of the audit")


def test_reopening_a_part_leaves_the_rest_closed() -> None:
    with Ledger.memory() as ledger:
        ledger.close(QUARTER)
        ledger.reopen(Period.of_month(2019, 2), "a late act")
        assert ledger.closed() == [Period.of_month(2019, 1), MARCH]
        ledger.reopen(Period.of_year(2019), "all of it")
        assert ledger.closed() == []


def test_a_period_is_frozen_by_its_end() -> None:
    with Ledger.memory() as ledger:
        ledger.close(MARCH)
        assert refusal(lambda: ledger.post(parcel("q.xlsx", entry(period=QUARTER)))) == ("period-closed", Exit.REFUSED)
        assert ledger.post(parcel("year.xlsx", entry(period=Period.of_year(2019)))).number


def test_a_new_reading_may_not_drop_a_figure_of_a_closed_period() -> None:
    with Ledger.memory() as ledger:
        first = parcel("a.xlsx", entry(100), entry(5, period=Period.of_month(2019, 4), cell="E2"))
        ledger.post(first)
        ledger.close(MARCH)
        dropped = replace(first, entries=first.entries[1:])
        assert refusal(lambda: ledger.post(dropped)) == ("period-closed", Exit.REFUSED)
        assert len(ledger.figures()) == 2
        assert ledger.post(dropped, restate="the total was taken for a figure").number


# ---- sources


def test_what_is_not_posted_leaves_no_source_behind(tmp_path: Path) -> None:
    with Ledger.create(tmp_path) as ledger:
        ledger.close(MARCH)
        refusal(lambda: ledger.post(parcel("a.xlsx", entry())))
        ledger.post(parcel("b.xlsx", entry(period=Period.of_month(2019, 4))))
        ledger.post(parcel("the same saved anew.xlsx", entry(period=Period.of_month(2019, 4))))
        assert len(list((tmp_path / "sources").iterdir())) == 1


def test_a_lost_source_is_put_back_by_importing_its_file_again(tmp_path: Path) -> None:
    sent = parcel("a.xlsx", entry())
    with Ledger.create(tmp_path) as ledger:
        ledger.post(sent)
        (kept,) = (tmp_path / "sources").iterdir()
        kept.unlink()
        assert ledger.post(sent).same_as == "a.xlsx"
        assert ledger.verify() == []


# ---- at scale


def steps(ledger: Ledger, ask: Callable[[], object]) -> int:
    """How much work the engine has with a question, in hundreds of its own steps: the same on every machine."""
    counted = [0]

    def count() -> int:
        counted[0] += 1
        return 0

    ledger._connection.set_progress_handler(count, 100)
    ask()
    ledger._connection.set_progress_handler(None, 0)
    return counted[0]


@pytest.mark.parametrize("question", ["figures", "status", "submissions", "verify"])
def test_many_small_submissions_cost_little_more_than_one_large(question: str) -> None:
    entries = [entry(n, region=f"KZ-{n}", cell=f"D{n}", row=n) for n in range(2, 1202)]
    with Ledger.memory() as one, Ledger.memory() as many:
        one.post(parcel("all.xlsx", *entries))
        for start in range(0, 1200, 4):
            many.post(parcel(f"{start}.xlsx", *entries[start : start + 4]))
        assert steps(many, getattr(many, question)) < 4 * steps(one, getattr(one, question))


def test_a_small_report_costs_little_however_large_the_ledger() -> None:
    with Ledger.memory() as small, Ledger.memory() as large:
        large.post(parcel("all.xlsx", *(entry(n, region=f"KZ-{n}", cell=f"D{n}", row=n) for n in range(2, 2002))))
        for ledger in (small, large):
            ledger.post(parcel("first.xlsx", entry(1)))
        cost = [steps(ledger, lambda ledger=ledger: ledger.post(parcel("second.xlsx", entry(Decimal(2))))) for ledger in (small, large)]  # type: ignore[misc]
        assert cost[1] <= 2 * cost[0] + 2
