"""The consolidated return: figures and their formulas say the same, on paper, on screen and to whoever recalculates."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from budgettool.classification import Register
from budgettool.rates.basis import read_basis
from budgettool.returns import consolidated
from budgettool.value import percapita
from reconcile_kit import figure
from returns_kit import INJECTED, ISSUE, REGIONS, SETTINGS, SPAN, answer, column, figures, issued, opened, texts

HERE = Path(__file__).parent
GAPS = {("KZ-19", "receipt"), ("KZ-27", "disbursement")}


# ---- the same input, the same bytes


def test_the_same_input_gives_the_same_bytes() -> None:
    assert issued(langs=("kk", "ru")) == issued(langs=("kk", "ru"))


@pytest.mark.parametrize(("zone", "seed", "locale"), [("Asia/Almaty", "1", "C"), ("America/Adak", "77", "C.UTF-8")])
def test_no_zone_seed_or_locale_is_in_the_bytes(zone: str, seed: str, locale: str) -> None:
    elsewhere = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": str(HERE)}
    ran = subprocess.run([sys.executable, str(HERE / "returns_kit.py")], env=elsewhere, capture_output=True, text=True, check=True)
    assert ran.stdout == hashlib.sha256(issued(langs=("kk", "ru", "en"))).hexdigest()


def test_no_clock_is_in_the_file() -> None:
    with ZipFile(BytesIO(issued())) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core) == ["2019-08-01T00:00:00Z"] * 2
    assert "<dc:creator>budgettool</dc:creator>" in core


# ---- formulas and their values


def test_every_formula_carries_its_value() -> None:
    content = issued(figures(GAPS), langs=("kk", "ru"))
    live, stored = opened(content), opened(content, values=True)
    formulas = [(sheet.title, cell.coordinate) for sheet in live for row in sheet for cell in row if cell.data_type == "f"]
    assert len(formulas) > 150
    assert [at for at in formulas if stored[at[0]][at[1]].value is None] == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("of", ["disbursement", "allocation"])
def test_libreoffice_reckons_the_same(of: str, tmp_path: Path) -> None:
    content = issued(figures(GAPS), langs=("kk",), of=of)
    stored, anew = opened(content, values=True), opened(recalculated(content, tmp_path), values=True)
    for sheet in opened(content):
        for cell in (cell for row in sheet for cell in row if cell.data_type == "f"):
            ours, theirs = stored[sheet.title][cell.coordinate].value, anew[sheet.title][cell.coordinate].value
            assert theirs == (ours if isinstance(ours, str) else pytest.approx(ours, rel=1e-12, abs=1e-9)), (cell.coordinate, cell.value)


def recalculated(content: bytes, folder: Path) -> bytes:
    """The workbook with all its formulas computed anew: its stored values are taken out, so that none can be left over."""
    bare = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(bare, "w") as after:
        for part in before.namelist():
            text = before.read(part)
            after.writestr(part, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text) if part.startswith("xl/worksheets/") else text)
    (folder / "bare.xlsx").write_bytes(bare.getvalue())
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(folder / "bare.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "out" / "bare.xlsx").read_bytes()


def test_totals_balances_shares_and_costs_are_live() -> None:
    sheet = opened(issued())["Свод"]
    at = {cell.value: cell.column_letter for row in (8, 9) for cell in sheet[row] if cell.value}
    received, paid, back = at["Поступило в местный бюджет"], at["Оплаченные обязательства (кассовые расходы)"], "I"
    assert sheet[f"{received}11"].value == f"=SUM({received}12:{received}23)"
    assert sheet[f"{at['Остаток полученных средств']}12"].value == f"={received}12-{paid}12-{back}12"
    revised = at["Уточненный план на год"]
    assert sheet[f"{at['Исполнение к плану на год, %']}12"].value == f'=IF({revised}12=0,"х",{paid}12/{revised}12*100)'
    people = at["Получатели услуг, чел."]
    assert sheet[f"{at['тенге']}12"].value == f'=IF({people}12=0,"х",ROUND({paid}12*1000/{people}12,2))'


def test_calamine_reads_the_stored_figures() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(issued()))
    rows = book.get_sheet_by_name("Свод").to_python()
    total = next(row for row in rows if "Итого по республике" in row)
    sent = sum(9_000_000 + 1_234_567 * number for number in range(12))
    assert total[4] == pytest.approx(sent / 1000)
    assert total[11] == sum(3 + number for number in range(12)) - 5


def test_an_amount_in_dollars_adds_up_the_sheet_of_rates() -> None:
    content = issued(langs=("kk", "ru"))
    live, stored = opened(content)["Свод"], opened(content, values=True)
    place = column(live, "Сумма, долл. США")
    assert live.cell(11, place).value == "=ROUND(SUM('Курсы валют'!F3:F3),2)"
    rates = stored["Курсы валют"]
    assert stored["Свод"].cell(11, place).value == pytest.approx(round(rates["D3"].value / rates["E3"].value, 2))


# ---- what is not known


def test_a_total_that_is_not_known_is_a_dash_and_a_note_names_what_is_missing() -> None:
    content = issued(figures(GAPS))
    sheet = opened(content, values=True)["Свод"]
    received = column(sheet, "Поступило в местный бюджет")
    assert sheet.cell(11, received).value == "–"
    assert sheet.cell(12, 2).value == "Итого по представленным данным"
    assert sheet.cell(12, received).value == pytest.approx(sum(9_000_000 + 1_234_567 * n for n in range(12) if n != 2) / 1000)
    assert "Итог не выводится, нет данных (гр. 6): Алматинская область." in texts(sheet)


def test_months_that_are_missing_are_named_as_a_span() -> None:
    stated = [figure(str(year), "transfer", 5, "KZ-15") for year in (2016, 2017, 2019)] + [figure("2016..2019", "transfer", 9, "KZ-19")]
    sheet = opened(issued(stated, span="2016..2019"))["Свод"]
    assert any(text.endswith("Актюбинская область (2018 год).") for text in texts(sheet))
    assert not any(text.startswith("Не представили") for text in texts(sheet))


def test_what_is_absent_is_never_zero() -> None:
    sheet = opened(issued(figures({("KZ-11", "refund")})), values=True)["Свод"]
    refund = column(sheet, "Возвращено в республиканский бюджет")
    assert [sheet.cell(row, refund).value for row in (13, 14)] == ["–", 0]
    assert sheet.cell(13, column(sheet, "Остаток полученных средств")).value == pytest.approx(345.678)


def test_nobody_served_has_no_cost() -> None:
    sheet = opened(issued(), values=True)["Свод"]
    assert sheet.cell(14, column(sheet, "тенге")).value == "х"
    assert sheet.cell(14, column(sheet, "Получатели услуг, чел.")).value == 0


def test_a_balance_from_the_transfer_says_so() -> None:
    sheet = opened(issued(figures(GAPS)))["Свод"]
    assert any("гр. 10 = гр. 6 − гр. 8 − гр. 9 (гр. 6 «–»: гр. 5 − гр. 8 − гр. 9);" in text for text in texts(sheet))


# ---- columns and words


def test_columns_stand_in_the_order_of_the_forms_and_are_numbered() -> None:
    sheet = opened(issued())["Свод"]
    heads = [sheet.cell(9, c).value or sheet.cell(8, c).value for c in range(1, sheet.max_column + 1)]
    assert heads == [
        "№ п/п",
        "Наименование региона",
        "Утвержденный план на год",
        "Уточненный план на год",
        "Перечислено из республиканского бюджета",
        "Поступило в местный бюджет",
        "Принятые обязательства",
        "Оплаченные обязательства (кассовые расходы)",
        "Возвращено в республиканский бюджет",
        "Остаток полученных средств",
        "Исполнение к плану на год, %",
        "Получатели услуг, чел.",
        "тенге",
        "долл. США",
        "Сумма, долл. США",
    ]
    assert [cell.value for cell in sheet[10]] == list(range(1, 16))
    assert "M8:N8" in {str(area) for area in sheet.merged_cells.ranges}


def test_one_plan_has_one_column_and_planned_people_a_group() -> None:
    stated = [figure("2019", "allocation", 9, "KZ-15"), figure("2019", "recipients", 3, "KZ-15", places=())]
    stated.append(figure("2019", "recipients.planned", 4, "KZ-15"))
    sheet = opened(issued(stated, span="2019", currency=None))["Свод"]
    assert column(sheet, "План на год") == 3
    assert column(sheet, "план") + 1 == column(sheet, "факт")
    assert column(sheet, "Расходы на одного получателя, тенге") == sheet.max_column


def test_another_currency_is_named() -> None:
    recon = answer(figures())
    valued = percapita(recon, currency="EUR", basis=read_basis("fixed:428.6"))
    sheet = opened(consolidated(recon, valued, settings=SETTINGS, register=Register.shipped(), issue=ISSUE))["Свод"]
    assert column(sheet, "евро") == column(sheet, "тенге") + 1
    assert "Значение, евро" in texts(sheet)
    assert not any("США" in text for text in texts(sheet))


def test_comparable_territories_are_named_in_their_row() -> None:
    stated = [figure("2016", "transfer", 5, "KZ-51"), figure("2019", "transfer", 6, "KZ-61"), figure("2019", "transfer", 7, "KZ-79")]
    sheet = opened(issued(stated, span="2016..2019"))["Свод"]
    assert any(text == "Туркестанская область (Южно-Казахстанская область, город Шымкент)" for text in texts(sheet))


def test_a_region_bears_one_name_of_the_time_on_all_sheets() -> None:
    book = opened(issued([figure("2019", "disbursement", 5, "KZ-71")], span="2019"))
    assert "город Нур-Султан" in texts(book["Свод"])
    assert "город Нур-Султан" in texts(book["Курсы валют"])


def test_title_period_and_unit_stand_above() -> None:
    sheet = opened(issued())["Свод"]
    assert sheet["A4"].value.startswith("Сводный отчет об исполнении") and sheet["A4"].font.b
    assert sheet["A5"].value == "за январь–июль 2019 года (нарастающим итогом с начала года), по состоянию на 1 августа 2019 года"
    assert "тыс. тенге" in [cell.value for cell in sheet[7]]
    assert {cell.font.name for row in sheet["A1:O30"] for cell in row if cell.value is not None} == {"Times New Roman"}


def test_those_who_sign_have_their_lines() -> None:
    said = texts(opened(issued())["Свод"])
    assert {"Главный бухгалтер", "+A. Head", "-B. Count", f"{INJECTED}, +7 000", "М.П. (при наличии)"} <= set(said)
    assert said.count("(подпись)") == 3


@pytest.mark.parametrize(("lang", "mark"), [("kk", "ЖОБА"), ("ru", "ПРОЕКТ"), ("en", "DRAFT")])
def test_a_draft_is_marked_until_its_period_is_closed(lang: str, mark: str) -> None:
    draft = opened(issued(langs=(lang,))).worksheets[0]
    final = opened(issued(langs=(lang,), issue=replace(ISSUE, closed=True))).worksheets[0]
    assert mark in texts(draft) and draft.oddHeader.right.text == mark
    assert mark not in texts(final) and final.oddHeader.right.text is None


# ---- sheets


def test_one_sheet_a_language_then_the_lists() -> None:
    book = opened(issued(langs=("kk", "ru", "en")))
    assert book.sheetnames[:3] == ["Жиынтық", "Свод", "Consolidated"]
    assert book.sheetnames[3:6] == ["Ескертулер", "Валюта бағамдары", "Деректер көздері"]
    assert book.sheetnames[9:12] == ["Findings", "Exchange rates", "Sources of data"]
    assert [book[name].sheet_state for name in ("_return", "_lineage")] == ["veryHidden", "hidden"]


def test_lists_can_be_filtered() -> None:
    book = opened(issued())
    findings = book["Замечания"]
    assert [cell.value for cell in findings[2]] == ["Значимость", "Код", "Место", "Замечание", "Что сделать"]
    assert findings.auto_filter.ref == f"A2:E{findings.max_row}"
    assert findings["B3"].value == "receipt-differs"
    assert [cell.value for cell in book["Источники данных"][3]] == ["=1+1.xlsx", "ab" * 32, 7]


def test_the_return_says_what_it_is() -> None:
    about = dict(opened(issued(langs=("kk", "ru")))["_return"].values)
    assert about == {
        "return": "consolidated",
        "period": SPAN,
        "by": "region",
        "head": "0f" * 32,
        "audience": "internal",
        "version": "1",
        "unit": "thousand",
        "languages": "kk,ru",
        "closed": "false",
    }


def test_lineage_names_every_figure() -> None:
    book = opened(issued(figures(GAPS), langs=("kk", "ru")))
    header, *lines = book["_lineage"].values
    assert header == ("sheet", "cell", "measure", "region", "period")
    named = {(sheet, cell) for sheet, cell, *_ in lines}
    for sheet in (book["Свод"], book["Жиынтық"]):
        body = (cell for row in sheet.iter_rows(min_row=11, max_row=24, min_col=3) for cell in row)
        figured = {(sheet.title, cell.coordinate) for cell in body if cell.data_type == "n" and cell.value is not None}
        assert figured <= named
    assert ("Свод", "E13", "transfer", REGIONS[0], SPAN) in lines


def test_it_is_set_up_for_paper_and_screen() -> None:
    for sheet in opened(issued(langs=("kk", "ru"))).worksheets[:2]:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize), sheet.page_setup.fitToWidth) == ("landscape", 9, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.print_title_rows, sheet.freeze_panes) == ("$8:$10", "C11")
        assert sheet.oddFooter.right.text == "0f" * 6


def test_twelve_regions_are_one_page_and_two_hundred_lines_are_not() -> None:
    assert opened(issued()).worksheets[0].page_setup.fitToHeight == 1
    months = [f"{year}-{month:02}" for year in range(2016, 2020) for month in range(1, 13)]
    stated = [figure(month, "transfer", 1, region) for month in months for region in REGIONS]
    recon = answer(stated, "2016..2019")
    many = replace(recon, rows=recon.rows * 20)
    sheet = opened(consolidated(many, None, settings=SETTINGS, register=Register.shipped())).worksheets[0]
    assert sheet.page_setup.fitToHeight == 0


# ---- texts of others


def test_no_text_of_a_file_is_run() -> None:
    book = opened(issued(langs=("kk", "ru", "en")))
    assert INJECTED in " ".join(text for sheet in book for text in texts(sheet))
    ours = re.compile(r"=(SUM|IF|ROUND)\(|=[A-Z]+\d+[-+/]")
    run = [cell.value for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert run and all(ours.match(formula) for formula in run)
    assert not any("HYPERLINK" in formula or "1+1" in formula for formula in run)
