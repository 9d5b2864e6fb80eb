"""What holds for any figures: hidden months are stated in arbitrary ways, and the answer is the truth or None."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from budgettool.period import Period
from budgettool.terms.figure import Figure
from reconcile_kit import ask, figure

REGIONS = ("KZ-15", "KZ-39", "KZ-55")
few = settings(max_examples=60, deadline=None)
months = st.lists(st.integers(-50, 10_000), min_size=12, max_size=12)
ranges = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(lambda pair: (min(pair), max(pair)))


def span(first: int, last: int) -> str:
    return str(Period.of_months(2019, first, last))


@st.composite
def statements(draw: st.DrawFn):
    """The money of twelve months, and some of the ways to state it: any stretch of months, any number of them since January."""
    truth = draw(months)
    stretches = draw(st.lists(ranges, max_size=14, unique=True))
    ends = draw(st.lists(st.integers(1, 12), max_size=8, unique=True))
    stated = [figure(span(a, b), "disbursement", sum(truth[a - 1 : b])) for a, b in stretches]
    stated += [figure(f"2019-01..2019-{b:02} cumulative", "disbursement", sum(truth[:b])) for b in ends]
    return truth, stated


@few
@given(statements(), ranges)
def test_the_money_of_a_span_is_the_truth_or_none_and_nothing_is_disputed(told, asked):
    truth, stated = told
    answer = ask(stated, span(*asked))
    value = answer.rows[0].value("disbursement") if stated else None
    assert value in (None, sum(truth[asked[0] - 1 : asked[1]]))
    assert not any(row.status == "disputed" for row in answer.rows)
    if any(figure.period == Period.parse(span(*asked)) for figure in stated):
        assert value is not None


@few
@given(statements(), st.integers(1, 11))
def test_two_halves_of_a_year_add_up_to_it(told, cut):
    _, stated = told
    whole, first, last = (ask(stated, span(a, b)).total.value("disbursement") for a, b in ((1, 12), (1, cut), (cut + 1, 12)))
    if None not in (whole, first, last):
        assert first + last == whole


@few
@given(statements())
def test_parts_add_up_to_the_amount_and_lie_within_the_span(told):
    _, stated = told
    for row in ask(stated, "2019").rows:
        amount = row.amounts["disbursement"]
        assert sum((value for _, value in amount.parts), Decimal(0)) == (amount.value or 0)
        assert all(period in Period.of_year(2019) for period, _ in amount.parts)


def slice_of(f: Figure) -> tuple[object, ...]:
    return (f.reporter, f.region, f.provider, f.measure, f.version, f.period, f.cumulative)


@st.composite
def ledgers(draw: st.DrawFn):
    """Figures of several regions, measures, reporters, providers, some of which contradict each other."""
    one = st.builds(
        lambda period, measure, value, region, reporter, provider, submission: figure(
            period, measure, value, region, reporter=reporter, provider=provider, submission=submission
        ),
        st.sampled_from(["2019-01", "2019-02", "2019-03", "2019-Q1", "2019-01..2019-02 cumulative", "2019-01..2019-03 cumulative", "2019"]),
        st.sampled_from(["allocation", "allocation.revised", "transfer", "receipt", "disbursement", "recipients"]),
        st.integers(0, 30),
        st.sampled_from([*REGIONS, "KZ"]),
        st.sampled_from([None, "KZ", "KZ-15"]),
        st.sampled_from([None, None, "A", "B"]),
        st.integers(1, 3),
    )
    return draw(st.lists(one, min_size=1, max_size=25, unique_by=slice_of))


@few
@given(ledgers(), st.randoms(), st.sampled_from([("region",), ("region", "period"), ("region", "provider"), ("year",)]))
def test_the_order_of_figures_does_not_matter(figures, random, by):
    shuffled = list(figures)
    random.shuffle(shuffled)
    assert ask(figures, "2019-Q1", *by) == ask(shuffled, "2019-Q1", *by)


@few
@given(ledgers())
def test_the_total_is_the_sum_of_its_rows_or_none(figures):
    answer = ask(figures, "2019-Q1")
    rows = [row for row in answer.rows if row.region != "KZ"]
    for measure in ("transfer", "receipt", "disbursement"):
        values = [row.value(measure) for row in rows]
        if rows and None not in values:
            assert answer.total.value(measure) == sum(values)
        elif any(value is not None for value in values):
            assert answer.total.value(measure) is None
    counts = [row.recipients for row in rows]
    if rows and None not in counts:
        assert answer.total.recipients == sum(counts)


@few
@given(ledgers())
def test_people_are_never_added_over_periods(figures):
    """Whatever is stated, a region's number is one of its own counts for exactly the span, or a sum of such over providers."""
    quarter = Period.of_quarter(2019, 1)
    for row in ask(figures, "2019-Q1").rows:
        counts = [f for f in figures if f.measure == "recipients" and f.region == row.region and f.period == quarter]
        if row.recipients is not None:
            whole = {f.value for f in counts if f.provider is None}
            sums = {a.value + b.value for a in counts for b in counts if (a.provider, b.provider) == ("A", "B")}
            alone = {f.value for f in counts} if len({f.provider for f in counts}) == 1 else set()
            assert row.recipients in whole | sums | alone


@few
@given(ledgers())
def test_findings_are_unique_and_point_somewhere_known(figures):
    answer = ask(figures, "2019-Q1")
    assert len({finding.id for finding in answer.findings}) == len(answer.findings)
    assert {finding.id for row in answer.rows for finding in row.findings} <= {finding.id for finding in answer.findings}
