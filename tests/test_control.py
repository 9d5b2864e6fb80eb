"""Control totals: what stands in a table is what came of it, or the tool stops."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgettool.cli import main
from budgettool.normalise.control import FiguresLost, Strand, reckon
from budgettool.normalise.figures import Figure
from budgettool.normalise.reading import Held, Reckoned
from budgettool.read.sheet import Sheet, Value
from budgettool.recognise.layout import Column, Context, Row, RowKind, Table
from budgettool.terms import Unit
from sheet_kit import read_sheet, sheet

HEAD = ["Регион", "Период", "План на период, тенге", "Оплачено, тыс. тенге", "Получатели услуг, чел."]
TENGE, THOUSAND = Unit("KZT", Decimal(1)), Unit("KZT", Decimal(1000))


def column(*rows: list[Value], letter: str, head: list[Value] | None = None) -> Reckoned:
    tables, _ = read_sheet(sheet(head or HEAD, *rows))
    return next(one for one in tables[0].control.columns if one.column == letter)


def test_every_figure_goes_one_way() -> None:
    rows: list[list[Value]] = [
        ["г. Алматы", "2019-03", 10, "1,5", 3],
        ["Семипалатинская область", "2019-03", 20, 5, 7],
        ["г. Шымкент", "2019-03", 40, "2 (3)", -1],
        ["Итого", None, 70, 6.5, 9],
        ["Примечание: 5", None, None, None, None],
    ]
    plan, paid, people = (column(*rows, letter=letter) for letter in "CDE")
    assert (plan.read, plan.entries, plan.totals, plan.held, plan.ignored) == (140, 50, 70, 20, 0)
    assert (paid.read, paid.entries, paid.totals, paid.held, paid.unread) == (13000, 1500, 6500, 5000, 1)
    assert (people.read, people.entries, people.totals, people.held) == (18, 3, 9, 6)
    assert not (plan.difference or paid.difference or people.difference)


def test_rows_are_counted_once() -> None:
    tables, _ = read_sheet(
        sheet(HEAD, [1, 2, 3, 4, 5], ["г. Алматы", "2019-03", 10, 1, 3], ["Кто знает", "2019-03", 1, 1, 1], ["Итого", None, 10, 1, 3], ["Директор", None, None, None, None])
    )
    control = tables[0].control
    assert (control.rows, control.data, control.totals, control.held, control.ignored) == (5, 1, 1, 1, 2)


def test_a_column_without_a_unit_is_held_back_whole() -> None:
    held = column(["г. Алматы", "2019-03", 10], ["г. Шымкент", "2019-03", 5], letter="C", head=["Регион", "Период", "План на период"])
    assert (held.read, held.held, held.unit) == (15, 15, "")


def test_the_ledger_csv_is_reckoned_by_measure_and_unit() -> None:
    tables, _ = read_sheet(
        sheet(
            ["region", "period", "measure", "value", "unit"],
            ["KZ-15", "2019-03", "disbursement", "100.50", "KZT"],
            ["KZ-15", "2019-03", "recipients", 3, "person"],
            ["KZ-15", "2019-03", "что-то", 7, "KZT"],
        )
    )
    columns = {(one.measure, one.unit): (one.entries, one.held) for one in tables[0].control.columns}
    assert columns == {("disbursement", "KZT"): (Decimal("100.50"), 0), ("recipients", "person"): (3, 0), ("", ""): (0, 7)}


def made(values: list[Value], kinds: list[RowKind] | None = None) -> tuple[Table, Strand]:
    """A table of one column, and its strand with every number read."""
    grid: list[list[Value]] = [["Оплачено"], *([value] for value in values)]
    kinds = kinds or [RowKind.DATA] * len(values)
    rows = tuple(Row(number, kind, "x") for number, kind in enumerate(kinds, 2))
    table = Table(Sheet("S", grid), (1,), 1, 1, len(grid), (Column(1, "Оплачено", "disbursement", "disbursement"),), rows, Context())
    figures = {n: Figure(n, Decimal(str(v)), str(v), 0) for n, v in enumerate(values, 2) if isinstance(v, (int, float))}
    return table, Strand(1, "disbursement", TENGE, figures)


@pytest.mark.parametrize("values", [[5], [0], ["сто"]])
def test_a_cell_that_comes_to_nothing_stops_the_tool(values: list[Value]) -> None:
    table, strand = made(values)
    with pytest.raises(FiguresLost) as lost:
        reckon(table, [strand], [], [])
    assert "S!A" in lost.value.where


def test_a_figure_of_another_size_or_counted_twice_stops_the_tool() -> None:
    tables, _ = read_sheet(sheet(["Регион", "Период", "Оплачено, тенге"], ["г. Алматы", "2019-03", 10]))
    (entry,) = tables[0].entries
    table, strand = made([10])
    here = replace(entry, cell="A2", row=2)
    assert reckon(table, [strand], [here], []).columns[0].entries == 10
    for wrong in ([replace(here, value=Decimal(1000))], [here, here], [here, replace(here, cell="A9")]):
        with pytest.raises(FiguresLost):
            reckon(table, [strand], wrong, [])


def test_what_is_held_back_and_what_is_aside_adds_up() -> None:
    table, strand = made([10, "сто", 7, 3], [RowKind.DATA, RowKind.DATA, RowKind.TOTAL, RowKind.NOTE])
    (one,) = reckon(table, [strand], [], [Held(2, None, "region-unknown"), Held(3, "A3", "number-not-read")]).columns
    assert (one.read, one.held, one.totals, one.ignored, one.unread) == (20, 10, 7, 3, 1)


NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9),
    st.decimals(-(10**6), 10**6, places=2).map(float),
    st.sampled_from(["1 234,5", "(7,00)", "- 35 161", "–", "н/д", "", "сто", "1,234", "2 млн тенге", "12,345", "0", None]),
)
KINDS = st.sampled_from(["г. Алматы", "г. Шымкент", "Актюбинская область", "Кто знает", "", "Итого", "Примечание: да", "Республика Казахстан"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(KINDS, st.sampled_from(["2019-03", "март", ""]), NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=8))
def test_any_table_adds_up(rows: list[tuple[Value, ...]]) -> None:
    tables, _ = read_sheet(sheet(HEAD, *(list(row) for row in rows)))
    for table in tables:
        for one in table.control.columns:
            assert one.difference == 0
            assert one.entries == sum(entry.value for entry in table.entries if entry.cell.startswith(one.column))


def test_a_mistake_of_the_tool_names_the_table_and_exits_with_70(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(*_: object, **__: object) -> None:
        raise FiguresLost("Лист1!A3:D9, C", "100.00 KZT")

    monkeypatch.setattr("budgettool.normalise.table.reckon", fails)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    path = tmp_path / "report.csv"
    path.write_text("Регион;Период;Оплачено, тенге\nг. Алматы;2019-03;10\nг. Шымкент;2019-03;11\n", "utf-8")
    assert main(["inspect", str(path)]) == 70
    assert "Лист1!A3:D9, C does not add up (100.00 KZT)" in capsys.readouterr().err
