"""Sheets of one file that state the same figures: a whole and its parts are told apart by their sums, and never added."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from budgettool.read.sheet import Sheet
from sheet_kit import codes, read_sheet, sheet


def people(name: str, *counts: int) -> Sheet:
    regions = ("Шымкент", "Актюбинская область", "Павлодарская область")
    rows: list[Sequence[str | int]] = [[region, count] for region, count in zip(regions, counts, strict=True)]
    return sheet(["Получатели услуг за 2023 год"], ["Регион", "Получатели услуг, чел."], *rows, name=name)


def test_sheets_that_add_up_to_another_are_its_breakdown() -> None:
    tables, findings = read_sheet(people("Всего", 30, 50, 20), people("Мужчины", 10, 20, 5), people("Женщины", 20, 30, 15))
    told = {(table.sheet, entry.category) for table in tables for entry in table.entries}
    assert told == {("Всего", None), ("Мужчины", "sheet=Мужчины"), ("Женщины", "sheet=Женщины")}
    assert sum(entry.value for table in tables for entry in table.entries if entry.category is None) == Decimal(100)
    assert "sheets-as-breakdown" in codes(findings)
    assert "sheets-added" not in codes(findings)


def test_a_breakdown_may_be_broken_down_again() -> None:
    inner = (people("Девочки", 8, 10, 5), people("Женщины старше", 12, 20, 10))
    tables, _ = read_sheet(people("Всего", 30, 50, 20), people("Мужчины", 10, 20, 5), people("Женщины", 20, 30, 15), *inner)
    assert sum(entry.value for table in tables for entry in table.entries if entry.category is None) == Decimal(100)


def test_sheets_that_only_state_the_same_slices_are_added_and_that_is_said() -> None:
    tables, findings = read_sheet(people("Свод", 30, 50, 20), people("Города", 10, 20, 5))
    assert all(entry.category is None for table in tables for entry in table.entries)
    assert [[at.sheet for at in finding.at] for finding in findings if finding.code == "sheets-added"] == [["Города", "Свод"]]


def test_sheets_of_different_months_say_nothing() -> None:
    def month(name: str) -> Sheet:
        return sheet([f"Получатели услуг за {name} 2023 года"], ["Регион", "Получатели услуг, чел."], ["Шымкент", 3], ["Абайская область", 4], name=name)

    _, findings = read_sheet(month("июль"), month("август"))
    assert not {"sheets-added", "sheets-as-breakdown"} & set(codes(findings))


def test_one_difference_beyond_rounding_proves_nothing() -> None:
    _, findings = read_sheet(people("Всего", 30, 50, 20), people("Мужчины", 10, 20, 5), people("Женщины", 20, 30, 14))
    assert "sheets-as-breakdown" not in codes(findings)
    assert [finding.grade for finding in findings if finding.code == "sheets-added"] == ["error"]  # one of them says that it is the total
