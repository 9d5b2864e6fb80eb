"""Which rate belongs to which days, and what it makes of an amount."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgettool.findings import Exit, Refusal, Severity
from budgettool.period import Period
from budgettool.rates import Basis, Missing, Quote, Table, convert, read_basis, read_rates, spans
from budgettool.terms.rate import DAILY, KINDS, MONTH, QUARTER, SESSION, YEAR, Rate, to_step

MARCH = {
    "2019-03-05": "376.40",
    "2019-03-06": "376.90",
    "2019-03-07": "377.10",
    "2019-03-11": "378.20",
    "2019-03-12": "377.80",
}
MILLION = Decimal(1000000)


def rate(period: str, value: str, *, kind: str = DAILY, base: str = "USD", nominal: int = 1, source: str = "invented") -> Rate:
    return Rate(base, "KZT", Period.parse(period), kind, Decimal(value), nominal, source)


def dailies(days: dict[str, str]) -> Table:
    return Table.of(rate(day, value) for day, value in days.items())


def codes(findings: object) -> list[str]:
    assert isinstance(findings, tuple)
    return [finding.code for finding in findings]


def on(day: str) -> Basis:
    return read_basis(f"on:{day}")


def converted(day: str, table: Table, amount: Decimal = MILLION):  # type: ignore[no-untyped-def]
    return convert(amount, Period.parse(day), basis=read_basis("date"), table=table)


@pytest.mark.parametrize(
    ("day", "usd", "rate_date"),
    [
        ("2019-03-07", "2651.82", "2019-03-07"),
        ("2019-03-10", "2651.82", "2019-03-07"),
        ("2019-03-11", "2644.10", "2019-03-11"),
        ("2019-03-19", "2646.90", "2019-03-12"),
    ],
)
def test_a_day_takes_its_own_rate_or_the_last_before_it(day: str, usd: str, rate_date: str) -> None:
    made = converted(day, dailies(MARCH))
    assert made.amount == Decimal(usd)
    assert made.parts[0].rate_date == date.fromisoformat(rate_date)
    assert codes(made.findings) == ([] if day == rate_date else ["rate-of-earlier-day"])


@pytest.mark.parametrize(
    ("day", "code"),
    [("2019-03-04", "rate-before-series"), ("2019-03-20", "rate-after-series"), ("2030-01-01", "rate-after-series")],
)
def test_a_day_outside_the_series_has_no_rate(day: str, code: str) -> None:
    made = converted(day, dailies(MARCH))
    assert (made.amount, made.rate, codes(made.findings)) == (None, None, [code])
    assert made.findings[0].severity is Severity.ERROR


def test_a_gap_names_the_days_on_both_sides_and_is_never_bridged() -> None:
    table = dailies({"2019-03-01": "376.00", "2019-03-20": "380.00"})
    made = converted("2019-03-12", table)
    facts = dict(made.findings[0].facts)
    assert codes(made.findings) == ["rate-in-gap"]
    assert (facts["last"], facts["since"], facts["until"], facts["max_age"]) == (date(2019, 3, 1), date(2019, 3, 2), date(2019, 3, 19), 7)


def test_the_stated_age_is_the_limit() -> None:
    table = dailies({"2019-03-01": "376.00", "2019-03-20": "380.00"})
    assert isinstance(table.quote(Basis("on", day=date(2019, 3, 4), max_age=3), Period.parse("2019"), "USD"), Quote)
    assert isinstance(table.quote(Basis("on", day=date(2019, 3, 5), max_age=3), Period.parse("2019"), "USD"), Missing)
    assert isinstance(table.quote(Basis("on", day=date(2019, 3, 2), max_age=0), Period.parse("2019"), "USD"), Missing)


def test_a_session_is_in_force_from_the_next_day_and_is_said() -> None:
    table = Table.of([rate("2014-10-10", "181.80", kind=SESSION, source="imf-daily")])
    assert codes(converted("2014-10-10", table).findings) == ["rate-before-series"]
    made = converted("2014-10-11", table)
    assert (made.rate, made.parts[0].kind, made.parts[0].rate_date) == (Decimal("181.80"), SESSION, date(2014, 10, 10))
    assert codes(made.findings) == ["rate-of-earlier-day", "rate-not-official"]


def test_the_official_rate_goes_before_that_of_a_session() -> None:
    table = Table.of([rate("2014-10-10", "181.80", kind=SESSION), rate("2014-10-11", "181.90")])
    assert converted("2014-10-11", table).rate == Decimal("181.90")


def test_each_year_at_its_own_published_average() -> None:
    parts = [(Period.of_year(year), Decimal(100000)) for year in (2017, 2018)]
    made = convert(parts, Period.parse("2017..2018"), basis=read_basis("average"))
    assert made.amount == to_step(Fraction(100000) / Fraction("326.00") + Fraction(100000) / Fraction("344.71"))
    assert made.rate is None
    assert [(str(part.span), part.rate, part.kind, part.amount) for part in made.parts] == [
        ("2017", Decimal("326.00"), YEAR, Decimal("100000.00")),
        ("2018", Decimal("344.71"), YEAR, Decimal("100000.00")),
    ]


def test_one_year_has_one_rate() -> None:
    assert convert(MILLION, Period.parse("2017"), basis=read_basis("average")).rate == Decimal("326.00")


def test_the_published_figures_of_the_case() -> None:
    """288.3 million of four years: equal shares at the years' averages; the last day; a flat rate; 101 million at the 2020 average."""
    span, amount = Period.parse("2016..2019"), Decimal(288300000)
    made = convert(amount, span, basis=read_basis("average"))
    assert made.amount == Decimal("829133.12")
    assert codes(made.findings) == ["amount-split-equally", "rate-not-official"]
    assert convert(amount, span, basis=read_basis("on:2019-12-31")).amount == Decimal("756335.59")
    assert convert(amount, span, basis=read_basis("fixed:400")).amount == Decimal("720750.00")
    assert convert(Decimal(101000000), Period.parse("2020"), basis=read_basis("average")).amount == Decimal("244581.67")


def test_year_end_is_31_december_not_1_january() -> None:
    made = convert(MILLION, Period.parse("2019"), basis=read_basis("end"))
    assert (made.rate, made.parts[0].rate_date) == (Decimal("381.18"), date(2019, 12, 31))
    assert Table.shipped().on(date(2020, 1, 1), "USD") == Quote(
        Period.parse("2020-01-01"), Decimal("382.59"), DAILY, "nbk-export@YergaliyevIsa/Time-Series", date(2020, 1, 1)
    )


def test_an_end_without_daily_rate_takes_the_stated_end_of_month_and_says_so() -> None:
    made = convert(MILLION, Period.parse("2020-12"), basis=read_basis("end"))
    assert (made.parts[0].kind, made.parts[0].rate_date, codes(made.findings)) == ("eop", None, ["rate-not-official"])


def test_a_month_is_the_mean_of_all_its_calendar_days() -> None:
    days = {f"2019-02-{day:02}": f"37{day % 10}.50" for day in range(1, 29)}
    mean = sum(map(Decimal, days.values())) / 28
    made = convert(MILLION, Period.parse("2019-02"), basis=read_basis("average"), table=dailies(days))
    assert (made.rate, made.parts[0].kind) == (mean.quantize(Decimal("0.01")), "daily-mean")
    del days["2019-02-17"]
    lacking = convert(MILLION, Period.parse("2019-02"), basis=read_basis("average"), table=dailies(days))
    assert (lacking.amount, codes(lacking.findings)) == (None, ["rate-not-in-table"])


def test_a_published_average_goes_before_a_mean() -> None:
    days = [rate(f"2019-02-{day:02}", "370.00") for day in range(1, 29)]
    table = Table.of([*days, rate("2019-02", "371.11", kind=MONTH)])
    assert convert(MILLION, Period.parse("2019-02"), basis=read_basis("average"), table=table).rate == Decimal("371.11")


def test_months_of_a_half_year_at_their_own_averages_else_the_mean_of_exactly_the_span() -> None:
    span, average = Period.parse("2019-01..2019-05"), read_basis("average")
    months = [(month, MILLION) for month in span.months()]
    by_month = convert(months, span, basis=average)
    assert [str(part.span) for part in by_month.parts] == ["2019-01", "2019-02", "2019-03", "2019-04", "2019-05"]
    whole = convert(5 * MILLION, span, basis=average)
    assert [(str(part.span), part.kind) for part in whole.parts] == [("2019-01..2019-05", "daily-mean")]
    assert whole.amount != by_month.amount


def test_dated_pieces_within_a_year_share_its_average() -> None:
    pieces = [(Period.parse(day), Decimal(500000)) for day in ("2019-03-05", "2019-11-05")]
    made = convert(pieces, Period.parse("2019"), basis=read_basis("average"))
    assert [(str(part.span), part.amount) for part in made.parts] == [("2019", Decimal("1000000.00"))]


def test_on_its_own_day_needs_a_day() -> None:
    dated = [(Period.parse("2019-03-05"), MILLION), (Period.parse("2019-03-11"), MILLION)]
    made = convert(dated, Period.parse("2019-03"), basis=read_basis("date"), table=dailies(MARCH))
    assert made.amount == to_step(Fraction(MILLION) / Fraction("376.40") + Fraction(MILLION) / Fraction("378.20"))
    undated = [(Period.parse("2019-03-05"), MILLION), (Period.parse("2019-03"), MILLION)]
    lacking = convert(undated, Period.parse("2019-03"), basis=read_basis("date"), table=dailies(MARCH))
    assert (lacking.amount, codes(lacking.findings)) == (None, ["amount-not-dated"])


def test_nothing_is_nothing_in_any_currency_even_without_a_rate() -> None:
    assert convert(Decimal("0.00"), Period.parse("1999"), basis=read_basis("average")).amount == Decimal("0.00")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2016..2018", ["2016", "2017", "2018"]),
        ("2019-Q2", ["2019-Q2"]),
        ("2019-07", ["2019-07"]),
        ("2019-01..2019-04", ["2019-01", "2019-02", "2019-03", "2019-04"]),
        ("2019..2020-03", ["2019", "2020-Q1"]),
        ("2019-03-05..2019-03-09", ["2019-03-05..2019-03-09"]),
    ],
)
def test_spans_that_get_a_rate_of_their_own(asked: str, expected: list[str]) -> None:
    assert list(map(str, spans(Period.parse(asked)))) == expected


def test_the_nominal_divides() -> None:
    table = Table.of([rate("2026-04-01", "4.48", base="UZS", nominal=100)])
    made = convert(Decimal("448.00"), Period.parse("2026-04-01"), basis=read_basis("date"), currency="UZS", table=table)
    assert (made.amount, made.rate) == (Decimal("10000.00"), Decimal("0.0448"))


def test_an_unknown_currency_is_refused_and_one_without_rates_is_a_finding() -> None:
    with pytest.raises(Refusal) as refused:
        convert(MILLION, Period.parse("2019"), basis=read_basis("average"), currency="USX")
    assert (refused.value.code, refused.value.exit_code) == ("currency-unknown", Exit.USAGE)
    for basis in ("average", "end", "on:2019-03-05"):
        made = convert(MILLION, Period.parse("2019"), basis=read_basis(basis), currency="gbp")
        assert (made.currency, made.amount, codes(made.findings)) == ("GBP", None, ["rate-not-in-table"])


@pytest.mark.parametrize("text", ["mean", "on:", "on:2019-02-30", "fixed:", "fixed:0", "fixed:-400", "fixed:NaN", "average:2019", ""])
def test_a_basis_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_basis(text)
    assert (refused.value.code, refused.value.exit_code) == ("basis-unknown", Exit.USAGE)


@pytest.mark.parametrize("text", ["average", "end", "date", "on:2020-03-13", "fixed:400.50"])
def test_a_basis_prints_as_it_is_written(text: str) -> None:
    assert str(read_basis(text)) == text


def test_the_users_rates_win_over_the_shipped_and_it_is_said() -> None:
    table = Table.shipped().with_rows([rate("2019-03-05", "376.00", source="mine.csv"), rate("2019-03-06", "376.90")])
    made = convert(MILLION, Period.parse("2019-03-05"), basis=read_basis("date"), table=table)
    assert (made.rate, made.parts[0].source) == (Decimal("376.00"), "mine.csv")
    replaced = made.findings[0]
    assert (replaced.code, replaced.expected, replaced.actual) == (
        "rate-replaced",
        Table.shipped().rates("USD", Period.parse("2019-03-05"))[0].value,
        Decimal("376.00"),
    )
    assert Table.shipped().on(date(2019, 3, 5), "USD") != table.on(date(2019, 3, 5), "USD")


def test_the_shipped_table_is_whole() -> None:
    table = Table.shipped()
    assert len(table.rates()) == 3531
    assert table.currencies == ("EUR", "RUB", "USD")
    assert {rate.kind for rate in table.rates()} == set(KINDS)
    assert all(rate.value > 0 and rate.source and rate.quote == "KZT" for rate in table.rates())
    assert str(table.of_kind("USD", DAILY).runs()[0]) == "2015-03-30..2020-03-30"
    assert str(table.of_kind("USD", DAILY).gaps()[0]) == "2020-03-31..2022-01-13"
    assert table.of_kind("EUR", QUARTER).at(Period.parse("2019-Q1")) is not None


def test_loading_is_quick_and_done_once() -> None:
    """A fresh process, so that nothing is warm; generous beside the 15 ms that it takes, as machines are shared."""
    code = (
        "import time; from budgettool.rates import Table; from decimal import Decimal; best = 9\n"
        "start = time.perf_counter(); table = Table.shipped(); took = time.perf_counter() - start\n"
        "assert Table.shipped() is table; assert took < 0.1, took\n"
        "import sys; assert not {'babel', 'pandas', 'requests', 'openpyxl'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@given(
    st.decimals(min_value=1, max_value=10**12, places=2),
    st.lists(st.decimals(min_value=100, max_value=999, places=2), min_size=1, max_size=5),
)
def test_a_sum_is_rounded_once(amount: Decimal, values: list[Decimal]) -> None:
    table = Table.of(rate(str(2001 + index), str(value), kind=YEAR) for index, value in enumerate(values))
    span = Period.of_years(2001, 2000 + len(values))
    made = convert([(year, amount) for year in span.years()], span, basis=read_basis("average"), table=table)
    exact = sum((Fraction(amount) / Fraction(value) for value in values), Fraction(0))
    assert made.amount is not None
    assert abs(Fraction(made.amount) - exact) <= Fraction(1, 200)
    assert sum(part.amount for part in made.parts) == amount * len(values)


@given(st.dates(date(2015, 4, 10), date(2030, 1, 1)), st.integers(0, 30))
def test_no_rate_is_from_the_future_or_too_old(day: date, max_age: int) -> None:
    quote = Table.shipped().on(day, "USD", max_age=max_age)
    if isinstance(quote, Quote):
        assert quote.rate_date is not None
        assert timedelta(0) <= day - quote.rate_date <= timedelta(days=max_age)


def test_halves_go_away_from_zero() -> None:
    assert [to_step(Fraction(n, 200)) for n in (1, -1, 3, -3)] == [Decimal(text) for text in ("0.01", "-0.01", "0.02", "-0.02")]


# files of rates


def read(folder: Path, text: str, *, encoding: str = "utf-8", known: Table | None = None):  # type: ignore[no-untyped-def]
    path = folder / "rates.csv"
    path.write_bytes(text.encode(encoding))
    return read_rates(path, name="rates.csv", known=known)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_file_with_headings_in_any_order_and_decimal_commas(tmp_path: Path, encoding: str) -> None:
    rows, findings = read(
        tmp_path, "Курс;Валюта;Дата;Количество\r\n376,40;usd;05.03.2019;1\r\n4,48;UZS;2019-03-05;100\r\n", encoding=encoding
    )
    assert findings == ()
    assert [(row.base, str(row.period), row.value, row.nominal, row.kind, row.source) for row in rows] == [
        ("USD", "2019-03-05", Decimal("376.40"), 1, DAILY, "rates.csv"),
        ("UZS", "2019-03-05", Decimal("4.48"), 100, DAILY, "rates.csv"),
    ]


def test_commas_part_columns_and_quotes_keep_a_decimal_comma(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, 'date,code,quant,rate\n2019-03-05,USD,1,"376,40"\n2019-03-06,USD,1,376.90\n')
    assert ([row.value for row in rows], findings) == ([Decimal("376.40"), Decimal("376.90")], ())


def test_the_shipped_layout_is_read_with_its_kinds(tmp_path: Path) -> None:
    rows, findings = read(
        tmp_path, "period,kind,base,quote,value,source\n2025,avg-year,USD,KZT,520.11,mine\n2025-06,avg-month,USD,KZT,512.00,mine\n"
    )
    assert findings == ()
    assert {(row.kind, str(row.period), row.source) for row in rows} == {(YEAR, "2025", "mine"), (MONTH, "2025-06", "mine")}


@pytest.mark.parametrize(
    "text", ["date;currency;quantity;rate\n", "", "\n\n", "date;currency;quantity;rate\n;;;\n", "Date;USD\n2019-03-05;\n"]
)
def test_a_file_without_rates_says_so(tmp_path: Path, text: str) -> None:
    rows, findings = read(tmp_path, text)
    assert (rows, codes(findings)) == ((), ["rates-file-empty"])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2019-03-06;USD;1;0", "rate-not-positive"),
        ("2019-03-06;USD;1;-376.90", "rate-not-positive"),
        ("2019-03-06;USD;1;", "rate-not-read"),
        ("2019-03-06;USD;1;1.376,90", "rate-not-read"),
        ("2019-03-06;USD;7;376.90", "rate-not-read"),
        ("06/03/2019;USD;1;376.90", "rate-not-read"),
        ("2019-13-06;USD;1;376.90", "rate-not-read"),
        ("2019-03;USD;1;376.90", "rate-not-read"),
        ("2019-03-06;USX;1;376.90", "currency-unknown"),
        ("2019-03-06;USD;1;3769.0", "rate-implausible"),
        ("2019-03-05;USD;1;376.41", "rate-stated-twice"),
    ],
)
def test_a_wrong_line_is_held_back_and_named(tmp_path: Path, line: str, code: str) -> None:
    text = f"date;code;quant;rate\n2019-03-05;USD;1;376.40\n{line}\n2019-03-07;USD;1;377.10\n2019-03-11;USD;1;378.20\n"
    rows, findings = read(tmp_path, text)
    assert codes(findings) == [code]
    assert (dict(findings[0].facts)["line"], findings[0].at[0].cell, findings[0].severity) == (3, "3", Severity.ERROR)
    assert len(rows) == (2 if code == "rate-stated-twice" else 3)


def test_the_same_rate_twice_is_one(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, "date;code;rate\n2019-03-05;USD;376.40\n2019-03-05;USD;376.4\n")
    assert (len(rows), findings) == (1, ())


def test_the_export_of_the_bank_has_a_column_for_each_currency(tmp_path: Path) -> None:
    """An empty cell is no rate, and says nothing."""
    rows, findings = read(tmp_path, "Date,USD_quant,USD,UZS_quant,UZS\n05.03.2019,1,376.40,100,4.48\n06.03.2019,1,376.90,100,\n")
    assert findings == ()
    assert [(row.base, str(row.period), row.value, row.nominal) for row in rows] == [
        ("USD", "2019-03-05", Decimal("376.40"), 1),
        ("USD", "2019-03-06", Decimal("376.90"), 1),
        ("UZS", "2019-03-05", Decimal("4.48"), 100),
    ]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("2019-03-05,avg-month,USD,KZT,1,x", "period"),
        ("2019-03,avg-year,USD,KZT,1,x", "period"),
        ("2019,mean,USD,KZT,1,x", "kind"),
        ("2019,avg-year,USD,EUR,1,x", "quote"),
    ],
)
def test_a_kind_belongs_to_a_span_and_a_rate_to_the_tenge(tmp_path: Path, line: str, field: str) -> None:
    rows, findings = read(tmp_path, f"period,kind,base,quote,value,source\n{line}\n")
    assert (rows, codes(findings), dict(findings[0].facts)["field"]) == ((), ["rate-not-read"], field)


@pytest.mark.parametrize(("content", "reason"), [(b"PK\x03\x04" + bytes(50), "spreadsheet"), (b"\x98\xff\xfe", "encoding")])
def test_what_is_no_csv_is_said(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "rates.csv"
    path.write_bytes(content)
    rows, findings = read_rates(path)
    assert (rows, codes(findings), dict(findings[0].facts)["reason"]) == ((), ["rates-not-read"], reason)


def test_a_file_that_is_not_there_or_a_folder_is_a_finding(tmp_path: Path) -> None:
    assert codes(read_rates(tmp_path / "none.csv")[1]) == ["file-missing"]
    assert codes(read_rates(tmp_path)[1]) == ["unreadable"]


def test_columns_without_names_are_not_guessed(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, "2019-03-05;USD;376.40\n")
    assert (rows, codes(findings)) == ((), ["rates-columns-not-found"])


def test_a_jump_that_the_next_day_confirms_is_believed(tmp_path: Path) -> None:
    """The days around 21 August 2015, when the tenge was let go."""
    days = ["188.38", "255.26", "255.26", "255.26", "252.47", "218.61", "234.99"]
    text = "date;code;rate\n" + "".join(f"2015-08-{20 + index};USD;{value}\n" for index, value in enumerate(days))
    rows, findings = read(tmp_path, text)
    assert (len(rows), findings) == (7, ())


@pytest.mark.parametrize("wrong", [2, 3, 8])
@pytest.mark.parametrize("count", [1, 2])
def test_slipped_points_are_found_wherever_they_stand(tmp_path: Path, wrong: int, count: int) -> None:
    values = [Decimal("376.40") + Decimal(day) / 10 for day in range(8)]
    for index in range(wrong - 2, min(wrong - 2 + count, 8)):
        values[index] *= 10
    text = "date;code;rate\n" + "".join(f"2019-03-{5 + index:02};USD;{value}\n" for index, value in enumerate(values))
    rows, findings = read(tmp_path, text)
    assert set(codes(findings)) == {"rate-implausible"}
    assert dict(findings[0].facts)["line"] == wrong
    assert all(row.value < 400 for row in rows)


def test_one_day_alone_is_held_against_the_known_days(tmp_path: Path) -> None:
    rows, findings = read(tmp_path, "date;code;rate\n2019-03-05;USD;3764.00\n", known=Table.shipped())
    assert (rows, codes(findings)) == ((), ["rate-implausible"])
    rows, findings = read(tmp_path, "date;code;rate\n2020-03-31;USD;448.10\n", known=Table.shipped())
    assert (len(rows), findings) == (1, ())


def test_the_shipped_file_reads_back_whole() -> None:
    path = Path(__file__).parent.parent / "budgettool" / "reference" / "rates.csv"
    rows, findings = read_rates(path)
    assert findings == ()
    assert sorted(rows, key=str) == sorted(Table.shipped().rates(), key=str)
