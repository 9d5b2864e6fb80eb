"""Two readers, one truth: what the product reads of an xlsx is what openpyxl reads, cell by cell, wherever openpyxl can read at all.

The product reads rows in two ways, by expressions where they are written as usual and by the XML parser elsewhere: each file is
read in both. Whatever differs from openpyxl must fall under a rule of `RULES`; each is judged in docs/decisions.md.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgettool.read import stream
from budgettool.read.meaning import unescaped
from budgettool.read.sheet import ErrorValue, Unvalued, address
from budgettool.read.source import Draft, Stop, load
from budgettool.read.usual import Usual
from budgettool.read.workbook import read_workbook
from read_kit import MAIN, xlsx

Cells = dict[tuple[str, int, int], Any]
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Difference:
    """A cell as the product and as openpyxl read it, with its number format and whether a merged range covers it."""

    ours: Any
    theirs: Any
    number_format: str = "General"
    covered: bool = False


def _days(value: object) -> bool:
    return isinstance(value, (date, time))


RULES: Mapping[str, Callable[[Difference], bool]] = {
    "characters that XML can't hold are put back": lambda d: isinstance(d.theirs, str) and d.ours == unescaped(d.theirs),
    "a number has the digits of a double": lambda d: type(d.theirs) is int and type(d.ours) is float and d.ours == float(d.theirs),
    "digits that are no number stay a text": lambda d: isinstance(d.ours, str) and type(d.theirs) is int and int(d.ours) == d.theirs,
    "a day beyond the calendar stays a number": lambda d: type(d.ours) is float and d.theirs == ErrorValue("#VALUE!"),
    "a day before the calendar stays a number": lambda d: type(d.ours) is float and d.ours < 0 and _days(d.theirs),
    "days of Russian and East Asian formats are days": lambda d: _days(d.ours) and type(d.theirs) in (int, float),
    "a letter that fills a cell makes no day": lambda d: type(d.ours) is float and _days(d.theirs) and "*" in d.number_format,
    "a figure below a merged range is read": lambda d: d.theirs is None and d.covered,
    "a blank written after a value does not erase it": lambda d: d.theirs is None and d.ours == "written twice",
    "an error without its text is an error": lambda d: d.theirs is None and d.ours == ErrorValue("#?"),
}
"""What may differ, and why it does."""


def read_ours(path: Path, *, by_parser: bool = False) -> Draft:
    with pytest.MonkeyPatch.context() as patch:
        if by_parser:
            patch.setattr(stream, "pieces", lambda chunks, *_: ((False, chunk) for chunk in chunks))
        return read_workbook(load(path, path.name))


def same(value: object) -> Any:
    """A value as it is compared: a moment at midnight is a day, and what can't be seen is blank."""
    if isinstance(value, Unvalued) or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value.date() if isinstance(value, datetime) and value.time() == time(0) else value


def ours(path: Path, *, by_parser: bool = False) -> Cells:
    draft = read_ours(path, by_parser=by_parser)
    return {
        (sheet.name, row, column): value
        for sheet in (*draft.sheets, *draft.hidden)
        for row, line in enumerate(sheet.grid, 1)
        for column, value in enumerate(line, 1)
        if same(value) is not None
    }


def theirs(path: Path) -> tuple[Cells, dict[tuple[str, int, int], tuple[str, bool]]]:
    """Every cell of openpyxl, and the number format of each with whether a merged range covers it."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path, data_only=True)
    found, looks = {}, {}
    for sheet in book.worksheets:
        for (row, column), cell in sheet._cells.items():
            place = sheet.title, row, column
            looks[place] = cell.number_format, type(cell).__name__ == "MergedCell"
            if same(cell.value) is not None:
                found[place] = ErrorValue(cell.value) if cell.data_type == "e" else cell.value
    book.close()
    return found, looks


def differences(path: Path) -> dict[str, str]:
    """By cell, the rule that explains a difference to openpyxl, or the difference; the two ways of the product have none."""
    mine = ours(path)
    assert mine == ours(path, by_parser=True)
    other, looks = theirs(path)
    found = {}
    for place in sorted(mine.keys() | other.keys()):
        a, b = mine.get(place), other.get(place)
        if type(same(a)) is not type(same(b)) or same(a) != same(b):
            difference = Difference(a, b, *looks.get(place, ()))
            rules = [name for name, holds in RULES.items() if holds(difference)]
            found[address(*place[1:])] = rules[0] if rules else f"{a!r}, not {b!r}"
    return found


# --- files that there are ----------------------------------------------------------------------------------------


def test_every_workbook_of_the_project() -> None:
    """Samples, templates, and whatever the tests keep."""
    files = [path for folder in ("samples", "templates", "tests") for path in sorted((ROOT / folder).rglob("*.xls[xm]"))]
    assert files
    assert {path.name: found for path in files if (found := differences(path))} == {}


def test_rows_of_known_programs_are_taken_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else large workbooks would still be read right, and slowly."""
    taken = []
    take = Usual.take
    monkeypatch.setattr(Usual, "take", lambda self, piece: taken.append(take(self, piece)) or taken[-1])
    for write in (by_openpyxl, by_xlsxwriter):
        write(tmp_path / "a.xlsx", [["Регион", None, 1.5, True, date(2019, 3, 31), timedelta(hours=30), ""], [], ["план & факт", 5]])
        read_ours(tmp_path / "a.xlsx")
    for path in sorted((ROOT / "samples").rglob("*.xlsx")):
        read_ours(path)
    assert len(taken) > 10 and all(taken)


# --- XML written by hand ------------------------------------------------------------------------------------------


def row(*cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def data(*rows: str) -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>"


def numbers(*stored: str, style: int = 0) -> str:
    return data(*(row(f'<c r="A{n}" s="{style}"><v>{text}</v></c>', number=n) for n, text in enumerate(stored, 1)))


def texts(*items: str) -> str:
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def cells(*inner: str) -> str:
    """One row: each text is what stands behind the address, up to the end of the cell."""
    return data(row(*(f'<c r="{chr(64 + n)}1"{text}' for n, text in enumerate(inner, 1))))


SHARED = cells(*(f' t="s"><v>{n}</v></c>' for n in range(6)))
FAR = data(row('<c r="A1"><v>1</v></c>'), row('<c r="XFD1048576"><v>5</v></c>', number=1_048_576))
PREFIXED = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1"><x:v>5</x:v></x:c></x:row></x:sheetData>'
LETTERS = cells(' t="str"><v>Жетiсу</v></c>')
WHOLE = f'<?xml version="1.0" encoding="{{}}"?><worksheet xmlns="{MAIN}">{LETTERS}</worksheet>'
COMMENTED = data("<row r='1'><!-- x --><c r='A1'><!-- y --><v>1<!-- z -->2</v></c><?go <c>?></row>")
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"

CASES: Mapping[str, tuple[str, Mapping[str, str | bytes]]] = {
    "rich and spaced": (
        SHARED,
        {
            STRINGS: texts(
                "<t>a</t>",
                '<r><t>b</t></r><r><t xml:space="preserve"> c </t></r>',
                "<t>  d </t>",
                "<t/>",
                "<t></t>",
                "<t>&amp;&lt;&#x41F;&#10;e</t>",
            )
        },
    ),
    "phonetic and escaped": (
        SHARED,
        {
            STRINGS: texts(
                '<t>x</t><rPh sb="0" eb="1"><t>ЧИТАЙ</t></rPh>',
                '<r><t>1</t></r><rPh sb="0" eb="1"><t>P</t></rPh><r><t>2</t></r>',
                "<t>a_x000D_b</t>",
                "<t>_xD83D_</t>",
                "<t><![CDATA[a<b]]></t>",
                "<t>a<!-- c -->b\r\nc</t>",
            )
        },
    ),
    "inline": (
        cells(
            ' t="inlineStr"><is><t>a</t></is></c>',
            ' t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r></is></c>',
            ' t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>',
            ' t="inlineStr"><is><t>x</t><rPh sb="0" eb="1"><t>P</t></rPh></is></c>',
            ' t="inlineStr"/>',
            ' t="inlineStr"><v>5</v></c>',
            ' t="inlineStr"><is><t>a_x000D_b &gt; c</t></is></c>',
        ),
        {},
    ),
    "formulas": (
        data(
            row(
                '<c r="A1"><v>1</v></c>',
                '<c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>2</v></c>',
                '<c r="C1" t="str"><f>"a"</f><v> a </v></c>',
            ),
            row(
                '<c r="B2"><f t="shared" si="0"/><v>4</v></c>',
                '<c r="C2"><f t="array" ref="C2">SUM(A1&lt;2)</f><v>1</v></c>',
                '<c r="D2"><f>A1</f></c>',
                number=2,
            ),
            row(
                '<c r="A3" t="str"><f>""</f><v></v></c>',
                '<c r="B3"><v>7</v><f>A1</f></c>',
                '<c r="C3" t="b"><f>1=1</f><v>1</v></c>',
                number=3,
            ),
        ),
        {},
    ),
    "errors": (
        cells(' t="e"><v>#N/A</v></c>', ' t="e"><f>1/0</f><v>#DIV/0!</v></c>', ' t="e"/>', ' t="e"><f>A1</f></c>', ' t="s"><v>0</v></c>'),
        {STRINGS: texts("<t>#REF!</t>")},
    ),
    "numbers": (
        numbers(
            "1",
            "1.0",
            "1E3",
            "1e-5",
            "-0",
            ".5",
            "5.",
            "+7",
            "1e308",
            " 4 ",
            "007",
            "4\n",
            "0.1",
            "123456789012345678",
            "12345678901234567890123",
        ),
        {},
    ),
    "digits of other scripts": (numbers("1_000", "２"), {}),
    "kinds": (
        cells(
            ' t="b"><v>1</v></c>',
            ' t="b"><v>0</v></c>',
            ' t="b"/>',
            ' t="n"><v>5</v></c>',
            ' t="str"><v></v></c>',
            "><v/></c>",
            "></c>",
            ' t="zz"><v>q</v></c>',
        ),
        {},
    ),
    "moments": (
        cells(
            ' t="d"><v>2019-03-31</v></c>',
            ' t="d"><v>2019-03-31T10:20:30Z</v></c>',
            ' t="d"><v>10:20:30</v></c>',
            ' t="d"><v>2019-03-31T00:00:00.000</v></c>',
            ' t="d"><v>PT30H</v></c>',
            ' t="d"><v>2019-03-31T10:20</v></c>',
        ),
        {},
    ),
    "no addresses": (
        data(
            "<row><c><v>1</v></c><c><v>2</v></c></row>",
            '<row r="4"><c r="B4"><v>3</v></c><c><v>4</v></c></row>',
            "<row><c/><c><v>5</v></c></row>",
        ),
        {},
    ),
    "addresses of other rows": (data('<row><c r="B5"><v>1</v></c></row>', "<row><c><v>2</v></c></row>"), {}),
    "out of order": (data(row('<c r="C5"><v>1</v></c>', '<c r="A5"><v>2</v></c>', number=5), row('<c r="B2"><v>3</v></c>', number=2)), {}),
    "twice": (data(row('<c r="C5"><v>1</v></c>', '<c r="C5"><v>2</v></c>', number=5), row('<c r="C5"><v>3</v></c>', number=5)), {}),
    "twice, then blank": (data(row('<c r="C5" t="str"><v>written twice</v></c>', '<c r="C5"/>', number=5)), {}),
    "empty rows": (data('<row r="1"/>', '<row r="2"></row>', '<row r="3" spans="1:3"><c r="A3" s="7"/><c r="C3"><v>1</v></c></row>'), {}),
    "too small a dimension": (f'<dimension ref="A1"/>{numbers("1", "2", "3")}', {}),
    "too large a dimension": (f'<dimension ref="A1:XFD1048576"/>{numbers("1", "2", "3")}', {}),
    "far": (FAR, {}),
    "merged": (cells("><v>1</v></c>", "><v>2</v></c>") + '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>', {}),
    "comments and instructions": (f"<!-- a -->{COMMENTED}", {}),
    "CDATA": (cells(' t="str"><v><![CDATA[<v>9</v>]]></v></c>', "><v>3</v></c>"), {}),
    "single quotes": (cells(" t='s'><v>0</v></c>", "><v>3</v></c>"), {}),
    "other order": (
        data(
            '<row spans="1:3" r="1"><c s="6" r="A1"><v>43555</v></c><c t="s" r="B1"><v>0</v></c><c r="C1" cm="1" t="n" s="6"><v>43555</v></c></row>'
        ),
        {},
    ),
    "spaces in tags": (data('<row r="1" >\n<c r="A1" >\n<v >1</v >\n</c><c\n r="B1"\n s="6"><v>43555</v></c></row>\n'), {}),
    "a value twice, another's value": (cells("><v>1</v><v>2</v></c>", ' t="str"><v>z</v><is><t>q</t></is></c>'), {}),
    "cells elsewhere": (
        cells("><v>1</v></c>") + '<mc:AlternateContent xmlns:mc="m"><mc:Choice><c r="B2"><v>3</v></c></mc:Choice></mc:AlternateContent>',
        {},
    ),
    "prefixes": ("", {SHEET: PREFIXED + "</x:worksheet>"}),
    "UTF-16": ("", {SHEET: WHOLE.format("UTF-16").encode("utf-16")}),
    "windows-1251": ("", {SHEET: WHOLE.format("windows-1251").encode("cp1251")}),
    "a byte order mark": ("", {SHEET: b"\xef\xbb\xbf" + WHOLE.format("UTF-8").encode()}),
    "a very long text": (cells(f' t="inlineStr"><is><t>{"я" * 40_000}</t></is></c>'), {}),
}


@pytest.mark.parametrize("name", CASES)
def test_xml_that_programs_and_people_write(tmp_path: Path, name: str) -> None:
    body, parts = CASES[name]
    found = differences(xlsx(tmp_path / "a.xlsx", body, parts=parts))
    assert set(found.values()) <= RULES.keys(), found


DAYS = (
    "0",
    "0.5",
    "0.999999999",
    "1",
    "1.5",
    "59",
    "60",
    "61",
    "43555",
    "43555.75",
    "43555.123456789",
    "2958465",
    "2958466",
    "-1",
    "-0.5",
    "1e10",
    "0.0000001",
)
FORMATS = ("[h]:mm", "mm:ss.0", "yyyy", "General", "@", "[Red]0.00", "[$-419]d mmm yyyy", '"d"0', "\\d0", "0_d", "0*d", "yyyy;@", "# ##0,00", "[$₸-43F]# ##0", '0,"млн"', "[<1]0%;0", "ДД.ММ.ГГГГ", "dd/mm/yyyy", '[=1]"Да";[=0]"Нет"', "[$-F800]dddd", "h:mm AM/PM", "0.0E+00")  # fmt: skip


@pytest.mark.parametrize("book", ["", '<workbookPr date1904="1"/>'])
def test_days_by_every_format_and_in_both_epochs(tmp_path: Path, book: str) -> None:
    own = "".join(f'<numFmt numFmtId="{200 + n}" formatCode={quoteattr(text)}/>' for n, text in enumerate(FORMATS))
    keys = [*range(60), *range(200, 200 + len(FORMATS))]
    styles = f"""<styleSheet xmlns="{MAIN}"><numFmts count="{len(FORMATS)}">{own}</numFmts><fonts count="1"><font><sz val="11"/></font></fonts>
    <fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>
    <cellXfs count="{len(keys)}">{"".join(f'<xf numFmtId="{key}"/>' for key in keys)}</cellXfs></styleSheet>"""
    rows = [
        row(f'<c r="A{n}" s="{n - 1}"><v>43555.25</v></c><c r="B{n}" s="{n - 1}"><v>1.25</v></c>', number=n)
        for n in range(1, len(keys) + 1)
    ]
    rows += [row(f'<c r="A{n}" s="14"><v>{text}</v></c>', number=n) for n, text in enumerate(DAYS, 101)]
    found = differences(xlsx(tmp_path / "a.xlsx", data(*rows), book=book, parts={"xl/styles.xml": styles}))
    assert set(found.values()) <= RULES.keys(), found


@pytest.mark.parametrize(
    "body", [cells(' t="s"><v>9</v></c>'), cells(' t="s"><v>-1</v></c>'), '<sheetData><row r="0"><c><v>1</v></c></row></sheetData>']
)
def test_what_points_to_nothing_is_damage(tmp_path: Path, body: str) -> None:
    for by_parser in (False, True):
        with pytest.raises(Stop) as stopped:
            read_ours(xlsx(tmp_path / "a.xlsx", body), by_parser=by_parser)
        assert stopped.value.finding.code == "unreadable"


# --- workbooks that are made up -----------------------------------------------------------------------------------

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cn", "Co", "Cc")), min_size=1, max_size=12)
NUMBER = st.one_of(st.integers(-(10**12), 10**12), st.floats(-1e15, 1e15, allow_nan=False).filter(lambda x: not 0 < abs(x) < 1e-300))
MOMENT = st.one_of(
    st.dates(date(1901, 1, 1)), st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1)).map(lambda m: m.replace(microsecond=0))
)
SPAN = st.integers(0, 10**7).map(lambda seconds: timedelta(seconds=seconds))
VALUE = st.one_of(st.none(), NUMBER, TEXT, st.booleans(), MOMENT, SPAN, st.just("#N/A"), st.just(""))
QUIET = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def by_openpyxl(path: Path, rows: list[list[Any]]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for at, line in enumerate(rows, 2):
        for column, value in enumerate(line, 2):
            if value is not None and not (isinstance(value, str) and value.startswith("=")):
                book["Sheet"].cell(at, column, value)
    book.save(path)


def by_xlsxwriter(path: Path, rows: list[list[Any]]) -> None:
    from xlsxwriter import Workbook

    with Workbook(path, {"remove_timezone": True}) as book:
        sheet = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd.mm.yyyy hh:mm:ss"})
        for at, line in enumerate(rows):
            for column, value in enumerate(line):
                if isinstance(value, (date, timedelta)):
                    sheet.write_datetime(at, column, value, day)
                elif isinstance(value, bool):
                    sheet.write_boolean(at, column, value)
                elif isinstance(value, str) and len(value) > 3:
                    sheet.write_rich_string(at, column, value[:1], bold, value[1:])
                elif isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write_formula(at, column, "=1*1", None, value)


@QUIET
@given(st.lists(st.lists(VALUE, min_size=1, max_size=5), min_size=1, max_size=6), st.sampled_from((by_openpyxl, by_xlsxwriter)))
def test_what_programs_write(tmp_path: Path, rows: list[list[Any]], write: Callable[[Path, list[list[Any]]], None]) -> None:
    write(tmp_path / "a.xlsx", rows)
    found = differences(tmp_path / "a.xlsx")
    assert set(found.values()) <= RULES.keys(), found


INNER = st.one_of(
    NUMBER.map(lambda x: f"><v>{x!r}</v></c>"),
    TEXT.map(lambda x: f' t="str"><v>{escape(x)}</v></c>'),
    TEXT.map(lambda x: f' t="inlineStr"><is><t>{escape(x)}</t></is></c>'),
    NUMBER.map(lambda x: f' s="7"><f>1&lt;{x!r}</f><v>{x!r}</v></c>'),
    st.sampled_from(
        (
            "/>",
            "></c>",
            "><f>A1</f></c>",
            ' t="s"><v>1</v></c>',
            ' t="e"><v>#REF!</v></c>',
            ' s="6"><v>43555</v></c>',
            " s='6'><v>1</v></c>",
        )
    ),
)


def made(lines: list[tuple[int, list[tuple[int, str]]]]) -> Iterator[str]:
    """Rows and cells, most in order and some not, with gaps between."""
    for number, held in lines:
        yield row(*(f'<c r="{chr(64 + column)}{number}"{inner}' for column, inner in held), number=number)


ROWS = st.lists(
    st.tuples(st.integers(1, 12), st.lists(st.tuples(st.integers(1, 6), INNER), max_size=5, unique_by=lambda cell: cell[0])),
    max_size=8,
    unique_by=lambda r: r[0],
)


@settings(QUIET, max_examples=40)
@given(ROWS, st.booleans())
def test_rows_in_any_order_with_any_cells(tmp_path: Path, lines: list[tuple[int, list[tuple[int, str]]]], in_order: bool) -> None:
    if in_order:
        lines = [(number, sorted(held)) for number, held in sorted(lines)]
    found = differences(xlsx(tmp_path / "a.xlsx", data(*made(lines))))
    assert set(found.values()) <= RULES.keys(), found
