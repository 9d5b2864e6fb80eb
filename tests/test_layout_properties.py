"""Made workbooks are read back: in any layout, number style, language and dressing the entries are those that were written, or an error says why not."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout_files import ONE_SHEET, WRITERS
from layout_judge import Verdict, judge
from layout_kit import BASES, DRESSING, HEADERS, STYLES, TOTALS, UNITS_AT, Plan
from layout_words import LANGUAGES
from layouts import LAYOUTS, made

TIMES = int(os.environ.get("LAYOUT_EXAMPLES", "1"))
"""How many times as many examples as in an ordinary run, which takes the same ones each time: LAYOUT_EXAMPLES=100 hunts at random."""
SHEETS = {"region-sheets", "region-sheets-providers", "period-sheets"}


def some(number: int) -> settings:
    hunting = TIMES > 1
    return settings(max_examples=number * TIMES, deadline=None, derandomize=not hunting, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def plans(layouts: Iterable[str] = LAYOUTS, *, dressed: bool = True) -> st.SearchStrategy[Plan]:
    """Plans of these layouts, with things around the table or bare."""
    drawn = st.builds(
        Plan,
        seed=st.integers(0, 2**32 - 1),
        layout=st.sampled_from(sorted(layouts)),
        language=st.sampled_from((*LANGUAGES, "mixed")),
        regions=st.integers(1, 5),
        quantities=st.integers(1, 4),
        periods=st.integers(2, 4),
        style=st.sampled_from(("stored", *STYLES)),
        power=st.sampled_from((0, 3, 6)),
        header=st.sampled_from(HEADERS),
        unit_at=st.sampled_from(UNITS_AT),
        totals=st.sampled_from(TOTALS),
        base=st.sampled_from(BASES),
        file=st.sampled_from(sorted(WRITERS)),
        dressing=st.frozensets(st.sampled_from(DRESSING), max_size=4) if dressed else st.just(frozenset()),
    )
    return drawn.filter(lambda plan: not (plan.layout in SHEETS and plan.file in ONE_SHEET))


def told(plan: Plan, verdict: Verdict) -> str:
    """What went wrong, with the plan that makes it again."""
    return f"{plan}\n{verdict.verdict}: {verdict.why}\nmissing {verdict.missing[:3]}\nread instead {verdict.extra[:3]}"


@some(80)
@given(plans(dressed=False))
def test_a_bare_table_of_any_layout_is_read_back(tmp_path: Path, plan: Plan) -> None:
    verdict = judge(made(plan), tmp_path)
    assert verdict.verdict in ("right", "doubted"), told(plan, verdict)


@some(120)
@given(plans())
def test_whatever_stands_around_a_table_nothing_wrong_is_read_and_nothing_is_lost_unsaid(tmp_path: Path, plan: Plan) -> None:
    verdict = judge(made(plan), tmp_path)
    assert verdict.verdict != "wrong", told(plan, verdict)


@pytest.mark.parametrize("file", sorted(WRITERS))
@pytest.mark.parametrize("style", ["stored", *STYLES])
def test_one_table_in_every_kind_of_file_and_number_style(tmp_path: Path, style: str, file: str) -> None:
    plan = Plan(seed=len(style) + len(file), style=style, file=file, quantities=3, regions=4, totals="last")
    verdict = judge(made(plan), tmp_path)
    assert verdict.verdict in ("right", "doubted"), told(plan, verdict)


def test_a_lost_or_wrong_figure_is_seen(tmp_path: Path) -> None:
    """The judge itself: a fact too many is missing, a fact too few is extra."""
    case = made(Plan(seed=5))
    case.facts.append(case.facts[0])
    assert judge(case, tmp_path).verdict == "wrong"
    del case.facts[-2:]
    assert judge(case, tmp_path).extra
