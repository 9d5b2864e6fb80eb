"""Percent columns: known in every writing, held against the figures, never money."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from budgettool.findings import Finding
from budgettool.read.sheet import Value
from sheet_kit import read_sheet, sheet

HEAD = ["Регион", "Период", "План на год, тенге", "План на период, тенге", "Оплачено, тенге", "% исполнения к плану на период", "% к годовому плану"]
ALMATY, AKTOBE = ["г. Алматы", "2019-03", 1000, 500, 450], ["Актюбинская область", "2019-03", 2000, 1000, 900]


def said(*rows: list[Value], shown: dict[tuple[int, int], str] | None = None, head: list[Value] | None = None) -> list[Finding]:
    tables, findings = read_sheet(replace(sheet(head or HEAD, *rows), formats=shown or {}))
    assert not any("%" in entry.raw for table in tables for entry in table.entries)
    assert all(entry.measure in ("allocation", "disbursement", "recipients") for table in tables for entry in table.entries)
    return [finding for finding in findings if finding.code.startswith("percent-")]


@pytest.mark.parametrize(
    ("first", "second"), [(90, 45), (0.9, 0.45), ("90,0 %", "45,0%"), ("90", "45"), (90.0, 45.0)], ids=["points", "shares", "signs", "texts", "floats"]
)
def test_right_percents_are_silent_in_every_writing(first: Value, second: Value) -> None:
    assert said([*ALMATY, first, second], [*AKTOBE, first, second]) == []


def test_a_cell_shown_as_percent_is_a_hundredth() -> None:
    shown = {(2, 6): "0%", (3, 6): "0.0%"}
    assert said([*ALMATY, 0.9, 45], [*AKTOBE, 0.9, 45], shown=shown) == []
    (one,) = said([*ALMATY, 0.9, 45], [*AKTOBE, 0.95, 45], shown=shown)
    assert (one.at[0].cell, one.expected, one.actual) == ("F3", Decimal("90.0"), Decimal(95))


def test_a_wrong_percent_is_said_with_both() -> None:
    (one,) = said([*ALMATY, 90, 45], [*AKTOBE, 90, 54])
    assert (one.code, one.at[0].cell, one.expected, one.actual) == ("percent-differs", "G3", Decimal("45.0"), Decimal(54))


def test_the_header_names_the_plan_where_no_row_agrees() -> None:
    assert [(one.at[0].cell, one.expected) for one in said([*ALMATY, 91, 45])] == [("F2", Decimal("90.0"))]
    assert [(one.at[0].cell, one.expected) for one in said([*ALMATY, 90, 44])] == [("G2", Decimal("45.0"))]


def test_rounding_explains_half_a_digit_of_the_column() -> None:
    third = ["г. Алматы", "2019-03", 300_000, 300_000, 100_000]
    assert said([*third, 33.3, "33,3"], [*AKTOBE, 90.0, "45,0"]) == []
    assert [one.at[0].cell for one in said([*third, 33.4, "33,3"], [*AKTOBE, 90.0, "45,0"])] == ["F2"]


def test_a_percent_of_no_plan_is_undefined() -> None:
    nothing: list[Value] = ["г. Шымкент", "2019-03", 0, 0, 5]
    assert said([*ALMATY, 90, 45], [*nothing, 100, 0], [*AKTOBE, 90, 45]) == []


def test_the_mean_of_percents_in_the_total_row_is_said() -> None:
    full: list[Value] = ["Актюбинская область", "2019-03", 2000, 1000, 1000]
    total: list[Value] = ["Итого", None, 3000, 1500, 1450]
    (one,) = said([*ALMATY, 90, 45], [*full, 100, 50], [*total, 95, 48.3])
    assert (one.code, one.at[0].cell, one.expected, one.actual) == ("percent-is-mean", "F4", Decimal("96.7"), Decimal(95))


def test_percents_of_people_are_held_against_people() -> None:
    head = ["Регион", "Период", "Получатели услуг, план, чел.", "Получатели услуг, чел.", "% охвата"]
    assert said(["г. Алматы", "2019-03", 10, 5, 50], ["г. Шымкент", "2019-03", 10, 8, 80], head=head) == []
    (one,) = said(["г. Алматы", "2019-03", 10, 5, 50], ["г. Шымкент", "2019-03", 10, 8, 90], head=head)
    assert (one.at[0].cell, one.expected) == ("E3", Decimal("80.0"))


def test_a_percent_of_something_else_is_not_judged() -> None:
    head = [*HEAD[:5], "Доля в общем объеме, %"]
    assert said([*ALMATY, 33.3], [*AKTOBE, 66.7], head=head) == []
