"""The return: a paper that shows its figures without being calculated, and says nothing else than the ledger."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from budgettool.classification import Register
from budgettool.findings import Finding, Place, Refusal
from budgettool.period import Period
from budgettool.rates import Table, read_basis
from budgettool.reconcile import Query, reconcile
from budgettool.returns import Issue, consolidated, sheet_name, write
from budgettool.settings import Settings
from budgettool.terms.figure import Figure
from budgettool.value import percapita
from reconcile_kit import figure

REGIONS = ("KZ-15", "KZ-39", "KZ-55", "KZ-75")


def year(region: str, *, people: int | None = 10) -> list[Figure]:
    figures = [
        figure("2019", name, value, region)
        for name, value in [("allocation.approved", 900_000), ("allocation.revised", 1_000_000), ("transfer", 500_000), ("receipt", 500_000),
                            ("commitment", 450_000), ("disbursement", 400_000), ("refund", 20_000)]
    ]  # fmt: skip
    return figures if people is None else [*figures, figure("2019", "recipients", people, region)]


def issued(*figures: Figure, langs: tuple[str, ...] = ("ru",), findings: tuple[Finding, ...] = (), currency: str | None = "USD") -> bytes:
    query = Query(period=Period.of_year(2019), by=("region",))
    recon = reconcile(figures, query, register=Register.shipped(), settings=Settings())
    valued = percapita(recon, "disbursement", basis=read_basis("average"), currency=currency, table=Table.shipped())
    issue = Issue(head="0123456789abcdef" * 4, basis="average")
    return consolidated(recon, valued, findings=findings, settings=Settings(), register=Register.shipped(), langs=langs, issue=issue)


def all_regions() -> list[Figure]:
    return [f for region in REGIONS for f in year(region)]


def rows_of(content: bytes, *, formulas: bool = False) -> list[list[object]]:
    book = openpyxl.load_workbook(BytesIO(content), data_only=not formulas)
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def test_totals_are_live_formulas_that_carry_their_values() -> None:
    content = issued(*all_regions())
    shown, live = rows_of(content), rows_of(content, formulas=True)
    assert shown[10][1:9] == ["Итого по республике", 3600, 4000, 2000, 2000, 1800, 1600, 80]
    assert live[10][2] == "=SUM(C12:C15)"
    assert live[11][9] == "=F12-H12-I12"
    assert shown[11][9] == 80
    assert [row[0] for row in shown[11:15]] == [1, 2, 3, 4]


def test_two_other_readers_see_the_same_values() -> None:
    content = issued(*all_regions())
    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert rows[10][2:9] == [3600, 4000, 2000, 2000, 1800, 1600, 80]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_stored_values_are_those_that_libreoffice_computes(tmp_path: Path) -> None:
    (tmp_path / "return.xlsx").write_bytes(issued(*all_regions(), langs=("kk", "ru", "en")))
    out = tmp_path / "out"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(tmp_path / "return.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    stored = openpyxl.load_workbook(tmp_path / "return.xlsx", data_only=True)
    live = openpyxl.load_workbook(tmp_path / "return.xlsx")
    computed = openpyxl.load_workbook(out / "return.xlsx", data_only=True)
    compared = 0
    for sheet in live.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    ours, theirs = stored[sheet.title][cell.coordinate].value, computed[sheet.title][cell.coordinate].value
                    assert ours == theirs or ours == pytest.approx(theirs), cell.coordinate
                    compared += 1
    assert compared > 100


SCRIPT = """
import sys, hashlib
sys.path[:0] = {path!r}
from test_returns import all_regions, issued
print(hashlib.sha256(issued(*all_regions(), langs=("kk", "ru", "en"))).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_anywhere() -> None:
    script = SCRIPT.format(path=[str(Path(__file__).parent)])
    digests = set()
    for zone, seed, locale in (("UTC", "0", "C"), ("Asia/Almaty", "1", "ru_RU.UTF-8")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale}
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
        digests.add(done.stdout.strip())
    assert len(digests) == 1


def test_what_is_not_known_is_a_dash_and_in_no_total() -> None:
    content = issued(*year("KZ-15"), *year("KZ-39", people=None))
    shown = rows_of(content)
    people = next(i for i, value in enumerate(shown[7]) if value == "Получатели услуг, чел.")
    assert [row[people] for row in shown[10:14]] == ["–", 10, 10, "–"]
    assert any(isinstance(value, str) and "Костанайская область" in value and "гр." in value for row in shown[14:] for value in row)


def test_text_from_files_is_never_a_formula() -> None:
    evil = '=HYPERLINK("http://127.0.0.1","x")'
    finding = Finding("text-looks-like-formula", (Place(evil, evil, "A2"),), facts=(("text", evil),))
    content = issued(*year("KZ-15"), findings=(finding,))
    with zipfile.ZipFile(BytesIO(content)) as parts:
        formulas = [f for name in parts.namelist() if "worksheets" in name for f in re.findall(r"<f[^>]*>([^<]*)</f>", parts.read(name).decode())]
    assert formulas and not any("HYPERLINK" in formula for formula in formulas)


@pytest.mark.parametrize(("lang", "title", "draft"), [("kk", "Жиынтық", "ЖОБА"), ("ru", "Свод", "ПРОЕКТ"), ("en", "Consolidated", "DRAFT")])
def test_each_language_has_its_words_and_its_page(lang: str, title: str, draft: str) -> None:
    book = openpyxl.load_workbook(BytesIO(issued(*all_regions(), langs=(lang,))))
    sheet = book.worksheets[0]
    assert sheet.title.startswith(title)
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight or 0) == ("landscape", 1, 0)
    assert sheet.print_title_rows == "$8:$10"
    assert sheet.freeze_panes == "C11"
    assert sheet.oddHeader.right.text == draft
    assert sheet.oddFooter.right.text == "0123456789ab"
    assert [book[name].sheet_state for name in ("_return", "_lineage")] == ["veryHidden", "hidden"]


def test_every_figure_of_the_table_has_its_lineage() -> None:
    book = openpyxl.load_workbook(BytesIO(issued(*all_regions())), data_only=True)
    traced = {(row[0].value, row[1].value) for row in book["_lineage"].iter_rows(min_row=2)}
    sheet = book.worksheets[0]
    numbers = {(sheet.title, c.coordinate) for row in sheet.iter_rows(min_row=11, max_row=15, min_col=2) for c in row if isinstance(c.value, (int, float))}
    assert numbers <= traced


def test_names_of_sheets_are_what_excel_accepts() -> None:
    wanted = ["ОФ «Центр/приют: Образец-1»", "Общественный фонд «Образец-2» по оказанию специальных услуг", "Общественный фонд «Образец-2» по оказанию (филиал)",
              "оф «пример-3»", "ОФ «ПРИМЕР-3»", "'Пример-4'", "History", "ОФ 🎬 Образец с очень длинным названием-5", ""]  # fmt: skip
    taken: list[str] = []
    for text in wanted:
        taken.append(sheet_name(text, taken))
    assert len({name.casefold() for name in taken}) == len(wanted)
    for name in taken:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", name) and not name.startswith("'") and not name.endswith("'") and name != "History"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    write(target, b"one")
    write(target, b"two")
    assert (target.read_bytes(), [p.name for p in tmp_path.iterdir()]) == (b"two", ["a.xlsx"])
    for path in (tmp_path, tmp_path / "nowhere" / "a.xlsx"):
        with pytest.raises(Refusal) as refused:
            write(path, b"three")
        assert refused.value.code == "output-not-writable"


def test_money_in_tenge_where_it_is_asked_for() -> None:
    query = Query(period=Period.of_year(2019), by=("region",))
    recon = reconcile(year("KZ-15"), query, register=Register.shipped(), settings=Settings())
    content = consolidated(recon, None, settings=Settings(), register=Register.shipped(), issue=Issue(unit="tenge"))
    assert Decimal(str(rows_of(content)[11][2])) == 900_000
