"""`inspect --save-form`: the form that is written reads the same file to the same entries, and is short enough to be changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from budgettool.classification import Register
from budgettool.cli import main
from budgettool.findings import Exit, Refusal
from budgettool.normalise import Hints
from budgettool.normalise import forming as making
from budgettool.normalise.forming import form_of, formed
from budgettool.normalise.table import Reader
from budgettool.period import Period
from budgettool.read import read
from budgettool.read.sheet import Sheet, Workbook
from budgettool.recognise import recognise
from budgettool.recognise.form import parse
from budgettool.recognise.saved import Pinning, form_text
from budgettool.terms.units import read_unit
from samples import renew
from sheet_kit import read_sheet, sheet

HERE = Path(renew.__file__).parent
SHIPPED = "official-forms"


def inboxes() -> Iterator[Path]:
    """Each spreadsheet of each story that is read by its headings."""
    for story in renew.STORIES:
        if story != SHIPPED:
            yield from sorted(
                path for path in (HERE / story).rglob("*") if path.suffix in (".xlsx", ".csv") and "expected" not in path.parts
            )


def saved(*sheets: Sheet, hints: Hints | None = None) -> str:
    """The form of these sheets, which `formed` has proven."""
    book = Workbook("report.xlsx", "0" * 64, sheets)
    hints = hints or Hints()
    tables, _ = recognise(book, hints, Register.shipped())
    return formed(book, tables, "made", Reader("report.xlsx", hints, Register.shipped()))


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in inboxes()])
def test_a_sample_is_read_alike_with_and_without_its_form(path: Path) -> None:
    """The loosest form is enough for each of them: what they state stands in their headings."""
    text = form_of(path, "made", Hints())
    form = parse(text, "made.toml")
    assert len(text.splitlines()) <= 30 and "header = " not in text and "rows = " not in text
    book = read(path, str(path)).workbook
    assert book is not None
    with_form, _ = read_sheet(*book.sheets, file=str(path), hints=Hints(form=form))
    without, _ = read_sheet(*book.sheets, file=str(path))
    assert [table.entries for table in with_form] == [table.entries for table in without]
    assert any(table.entries for table in without)


def test_headings_where_they_tell_columns_apart_else_letters() -> None:
    rows = [
        ["Отчет за июль 2023 года, тенге"],
        ["Регион", "План", None, "Факт", "X"],
        [None, "год", "период", None, None],
        ["Павлодарская", 1, 2, 3, "z"],
    ]
    text = saved(sheet(*rows, merges=[(2, 2, 2, 3), (2, 1, 3, 1), (2, 4, 3, 4), (2, 5, 3, 5)]))
    assert '"Регион" = "region"' in text and '"Факт" = "disbursement"' in text and '"X"' not in text


def test_months_in_a_row_are_one_range() -> None:
    months = ["январь", "февраль", "март", "апрель"]
    text = saved(
        sheet(["Количество получателей за 2023 год"], ["Регион", *months], ["Павлодарская", 1, 2, 3, 4], ["Актюбинская", 1, 2, 3, 4])
    )
    assert lines(text)[-2:] == ['"Регион" = "region"', '"B:E" = "recipients"']


def test_sheets_of_one_layout_are_one_table_with_a_pattern() -> None:
    named = [f"Лист {n}" for n in (1, 2, 3)]
    own = [
        sheet(["за июль 2023, тенге"], ["Регион", "Касса", "План на период"], ["Павлодарская", n, 5], name=name)
        for n, name in enumerate(named, 1)
    ]
    other = sheet(["за июль 2023, тенге"], ["Регион", "Возврат", "Поступило"], ["Павлодарская", 3, 4], name="Возвраты")
    text = saved(*own, other)
    assert text.count("[[table]]") == 2 and 'sheet = "Лист*"' in text and 'sheet = "Возвраты"' in text
    assert "sheet = " not in saved(*own)


def test_what_was_said_beside_the_file_is_pinned_with_a_remark() -> None:
    hints = Hints(unit=read_unit("тыс. тенге"), period=Period.parse("2023-07"), region="KZ-55", reporter="ministry", measure="disbursement")
    text = saved(sheet(["Поставщик", "Сколько", "Получатели, чел."], ["ОФ «А»", 5, 3], ["ОФ «Б»", 6, 4]), hints=hints)
    for line in ('unit = "тыс. тенге"', 'period = "2023-07"', 'region = "KZ-55"', 'reporter = "ministry"'):
        assert f"{line}  # as given with --{line.split()[0]}" in text
    assert '"Сколько" = "disbursement"' in text


def test_a_form_that_would_read_otherwise_is_never_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "form_text", lambda *given: form_text(*given).replace('"disbursement"', '"receipt"'))
    with pytest.raises(Refusal) as refused:
        saved(sheet(["за июль 2023, тенге"], ["Регион", "Касса", "План на период"], ["Павлодарская", 1, 5]))
    assert (refused.value.code, refused.value.exit_code) == ("form-not-faithful", Exit.USAGE)


def test_pinning_says_more_each_time() -> None:
    book = Workbook("report.xlsx", "0" * 64, (sheet(["за июль 2023, тенге"], ["Регион", "Касса"], ["Павлодарская", 1]),))
    tables, _ = recognise(book, Hints(), Register.shipped())
    told = {pinning: form_text(book, tables, "made", Hints(), pinning) for pinning in Pinning}
    assert "header" not in told[Pinning.HEADERS].split("[[table]]")[1]
    assert "header = [2]" in told[Pinning.HEADER_ROWS] and 'rows = "3:3"' in told[Pinning.BODY]
    assert 'A = "region"\nB = "disbursement"' in told[Pinning.LETTERS]


# ---- made sheets

REGIONS = ("Павлодарская область", "Актюбинская", "Қостанай облысы", "г. Астана", "Almaty city")
HEADS = (
    "Утвержденный план", "Нақтыланған жоспар", "Перечислено из РБ", "Поступило", "Принятые обязательства", "Кассовое исполнение",
    "Возвращено в РБ", "Получатели услуг, чел.", "Остаток", "%", "Телефон",
)  # fmt: skip
TITLES = (
    ["за июль 2023 года", "тыс. тенге"],
    ["на 1 июля 2023 года", "млн тенге"],
    ["2023 жылғы шілде", "тенге"],
    ["2016-2019 годы, тыс. тенге"],
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A report of some region names and columns: header over one or two rows, totals, numbers of columns, notes, blank rows and columns."""
    heads = draw(st.lists(st.sampled_from(HEADS), min_size=2, max_size=6, unique=True))
    regions = draw(st.lists(st.sampled_from(REGIONS), min_size=1, max_size=5, unique=True))
    grouped = draw(st.booleans())
    months = draw(st.booleans())
    left = draw(st.integers(0, 1))
    top = [["Отчет"], *([title] for title in draw(st.sampled_from(TITLES)))]
    head = ["№", "Регион", *(f"{name} за {month}" for name in heads for month in ("май", "июнь"))] if months else ["№", "Регион", *heads]
    width = len(head)
    numbers = [[number, name, *(draw(st.integers(0, 9999)) / 10 for _ in range(width - 2))] for number, name in enumerate(regions, 1)]
    rows: list[list[object]] = [*top, *([["", "", "Деньги и люди"]] if grouped else []), head]
    rows += [list(range(1, width + 1))] if draw(st.booleans()) else []
    rows += numbers
    rows += [[None, "Итого", *(sum(int(row[at] * 10) for row in numbers) / 10 for at in range(2, width))]] if draw(st.booleans()) else []  # type: ignore[operator]
    rows += [[]] if draw(st.booleans()) else []
    rows += [["Примечание: данные предварительные"]] if draw(st.booleans()) else []
    line = len(top) + 1
    merges = [(line, 3 + left, line, width + left)] if grouped and width > 3 else []
    return sheet(*([[None] * left + row for row in rows]), name=draw(st.sampled_from(["Лист1", "июнь", "Отчет за 2023"])), merges=merges)  # type: ignore[list-item]


@run(max_examples=int(os.environ.get("FORM_EXAMPLES", "60")), deadline=None)
@given(st.lists(sheets(), min_size=1, max_size=2), st.booleans())
def test_any_made_sheet_is_read_alike_with_its_form(made: list[Sheet], said: bool) -> None:
    named = [Sheet(f"{one.name} {n}", one.grid, one.merges) for n, one in enumerate(made, 1)]
    hints = Hints(unit=read_unit("тенге"), period=Period.parse("2023-05")) if said else Hints()
    book = Workbook("report.xlsx", "0" * 64, tuple(named))
    tables, _ = recognise(book, hints, Register.shipped())
    if not tables:
        return
    form = parse(formed(book, tables, "made", Reader("report.xlsx", hints, Register.shipped())), "made.toml")
    with_form, _ = read_sheet(*named, hints=Hints(form=form))
    without, _ = read_sheet(*named, hints=hints)
    assert [e for table in with_form for e in table.entries] == [e for table in without for e in table.entries]
    assert sum((e.value for table in with_form for e in table.entries), Decimal(0)) >= 0


# ---- the command


CSV = "Отчет за июль 2023 года, тенге\nРегион;Касса;Поступило\nПавлодарская;5;6\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BUDGETTOOL_LEDGER", raising=False)
    (tmp_path / "a.csv").write_text(CSV, "utf-8")
    (tmp_path / "empty.csv").write_text("Ничего\n", "utf-8")
    return tmp_path


def test_the_command_writes_a_form_and_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "a.csv", "--save-form", "a.toml"]) == Exit.FINE
    assert "a.toml" in capsys.readouterr().err
    form = parse((folder / "a.toml").read_text("utf-8"), "a.toml")
    assert form.name == "a" and "# " in form.text
    assert main(["inspect", "a.csv", "--form", "a.toml"]) == Exit.FINE


def test_a_form_is_not_written_over_without_force(folder: Path) -> None:
    (folder / "a.toml").write_text("mine", "utf-8")
    assert main(["inspect", "a.csv", "--save-form", "a.toml"]) == Exit.REFUSED
    assert (folder / "a.toml").read_text("utf-8") == "mine"
    assert main(["inspect", "a.csv", "--save-form", "a.toml", "--force"]) == Exit.FINE
    assert (folder / "a.toml").read_text("utf-8") != "mine"


@pytest.mark.parametrize("files", [["a.csv", "a.csv"], ["empty.csv"], ["missing.csv"], ["."]])
def test_there_is_no_form_of_several_files_or_of_nothing(folder: Path, files: list[str]) -> None:
    assert main(["inspect", *files, "--save-form", "b.toml"]) == Exit.USAGE
    assert not (folder / "b.toml").exists()


def test_a_form_that_can_not_be_written_is_refused(folder: Path) -> None:
    assert main(["inspect", "a.csv", "--save-form", "nowhere/a.toml"]) == Exit.REFUSED


def test_a_file_that_was_read_with_a_form_gives_that_form(folder: Path) -> None:
    text = 'schema = "budgettool/form/1"\nname = "mine"\n[[table]]\nskip = ["x"]\n[table.columns]\n"Регион" = "region"\nname = "name"\n"Касса" = "receipt"\n'
    (folder / "mine.toml").write_text(text.replace('name = "name"\n', ""), "utf-8")
    assert main(["inspect", "a.csv", "--form", "mine.toml", "--save-form", "other.toml"]) == Exit.FINE
    assert (folder / "other.toml").read_text("utf-8") == text.replace('name = "name"\n', "").replace('"mine"', '"other"')
