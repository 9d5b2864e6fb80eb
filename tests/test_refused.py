"""What contradicts its table is held back: long lines of a csv, two regions in one row, an amount merged over several regions."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgettool.normalise import FileReading, read_file
from sheet_kit import codes, read_sheet, sheet


def read(tmp_path: Path, text: str) -> FileReading:
    path = tmp_path / "report.csv"
    path.write_text(text, "utf-8-sig")
    return read_file(path)


@pytest.mark.parametrize(
    "text",
    [
        'Регион,Период,"Оплачено, тенге"\nАктюбинская область,2019-03,1,234\nКарагандинская область,2019-03,5,678\n',
        'Регион,Период,"Оплачено, тенге"\nАктюбинская область,2019-03,1000,50\nКарагандинская область,2019-03,1001,25\n',
        'Регион,Период,"Оплачено, тенге",Получатели\nАктюбинская область,2019-03,1000,50,5\n',
    ],
)
def test_a_figure_parted_by_the_mark_of_the_file_is_never_read(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, text)
    assert not reading.entries
    assert "line-too-long" in codes(reading.findings)


def test_only_the_long_line_is_held_back(tmp_path: Path) -> None:
    head = "Регион;Период;Оплачено, тенге;Получатели услуг, чел.\n"
    reading = read(tmp_path, head + "Актюбинская область;2019-03;1000;5\nКарагандинская область;2019-03;1;234;5\n")
    assert {(entry.region, entry.value) for entry in reading.entries} == {("KZ-15", 1000), ("KZ-15", 5)}
    assert [held.row for held in reading.tables[0].quarantined] == [3]


def test_a_long_line_of_the_ledger_csv_is_held_back_too(tmp_path: Path) -> None:
    reading = read(tmp_path, "period,region,measure,value,unit\n2019-03,KZ-15,disbursement,1,50,KZT\n2019-03,KZ-35,disbursement,7,KZT\n")
    assert [(entry.region, entry.value) for entry in reading.entries] == [("KZ-35", 7)]


def test_two_columns_that_name_two_regions_hold_the_row() -> None:
    head = ["Область", "Регион", "Период", "Оплачено, тенге"]
    rows = (["Актюбинская область", "Павлодарская область", "2019-03", 900], ["Ақтөбе облысы", "Актюбинская область", "2019-03", 5])
    tables, findings = read_sheet(sheet(head, *rows))
    assert [(entry.region, entry.value) for entry in tables[0].entries] == [("KZ-15", 5)]
    assert "region-ambiguous" in codes(findings)


def test_an_amount_merged_over_two_regions_is_that_of_neither() -> None:
    rows = (["Актюбинская область", "2019-03", 1000], ["Карагандинская область", "2019-03", None], ["г. Шымкент", "2019-03", 7])
    tables, findings = read_sheet(sheet(["Регион", "Период", "Оплачено, тенге"], *rows, merges=[(2, 3, 3, 3)]))
    assert [(entry.cell, entry.value) for entry in tables[0].entries] == [("C4", 7)]
    assert [held.cell for held in tables[0].quarantined] == ["C2"]
    assert "figure-over-rows" in codes(findings)


def test_an_amount_merged_over_the_providers_of_one_region_is_the_regions() -> None:
    head = ["Регион", "НПО", "План, тенге", "Оплачено, тенге"]
    rows = (["Актюбинская область", "ОФ «А»", 100, 30], [None, "ОФ «Б»", None, 50])
    tables, _ = read_sheet(sheet(["за 2019 год"], head, *rows, merges=[(3, 1, 4, 1), (3, 3, 4, 3)]))
    assert [(e.cell, e.provider, e.value) for e in tables[0].entries] == [("C3", None, 100), ("D3", "ОФ «А»", 30), ("D4", "ОФ «Б»", 50)]
