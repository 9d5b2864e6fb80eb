"""Seconds and megabytes that reading a large table costs, beside other readers of spreadsheets.

    python benchmarks/reading.py [--rows 1000,100000,1000000] [--rounds 5] [--others ENVIRONMENT]

A table of twelve columns (five of text and days, seven of figures, as a region's register of payments has them) is written
as xlsx and as csv. Every run is a process of its own, all readers in turn, round after round; seconds are those of reading,
after the libraries were loaded; the peak is of the whole process. A figure is the median, a ratio is taken inside each round
to bare python-calamine (xlsx) or Python's own csv module (csv). `--others` is an environment with frictionless[excel] and
csvkit, which the project itself does not need.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, PIPE, Popen
from tempfile import TemporaryDirectory

PRODUCT = "from budgettool.read import read; from pathlib import Path", "found = read(Path(path)).workbook.sheets[0].grid"
CALAMINE = "from python_calamine import CalamineWorkbook"
READERS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "xlsx": {
        "python-calamine, iter_rows": (CALAMINE, "found = list(CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())"),
        "python-calamine, to_python": (CALAMINE, "found = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()"),
        "budgettool": PRODUCT,
        "openpyxl, read-only": ("import openpyxl", "found = list(openpyxl.load_workbook(path, read_only=True).active.values)"),
        "pandas, openpyxl": ("import pandas, openpyxl", "found = pandas.read_excel(path, engine='openpyxl')"),
        "pandas, calamine": ("import pandas, python_calamine", "found = pandas.read_excel(path, engine='calamine')"),
    },
    "csv": {
        "csv module": ("import csv", "found = list(csv.reader(open(path, encoding='utf-8-sig'), delimiter=';'))"),
        "budgettool": PRODUCT,
        "pandas": ("import pandas", "found = pandas.read_csv(path, sep=';', decimal=',', encoding='utf-8-sig')"),
    },
}
"""For each kind of file what is loaded before, and what is measured."""
OTHERS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "xlsx": {
        "frictionless": (
            "from frictionless import Resource, system; import os",
            "RESOURCE = Resource(os.path.basename(path), basepath=os.path.dirname(path)); found = list(RESOURCE.read_rows())",
        )
    },
    "csv": {
        "frictionless": (
            "from frictionless import Resource; import os",
            "found = list(Resource(os.path.basename(path), basepath=os.path.dirname(path)).read_rows())",
        )
    },
}
RUN = "import sys, json, time; path = sys.argv[1]; {before}; begun = time.perf_counter(); {reading}; print(json.dumps([time.perf_counter() - begun, len(found)]))"


@dataclass(frozen=True, slots=True)
class Run:
    seconds: float
    megabytes: float


# --- the table ----------------------------------------------------------------------------------------------------

HEAD = (
    "Region",
    "Provider",
    "Programme",
    "Date",
    "Service",
    "Plan",
    "Revised plan",
    "Transferred",
    "Received",
    "Spent",
    "Refunded",
    "Recipients",
)
DAY, TEXTS = 3, (0, 1, 2, 4)
LETTERS = "ABCDEFGHIJKL"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00"/></numFmts><fonts count="1"><font><sz val="11"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>'
)


def table(rows: int) -> Iterator[tuple[str | int | float | None, ...]]:
    """The rows below the head; the day as its number."""
    chance = random.Random(1)  # noqa: S311 - the same table each time
    for row in range(rows):
        plan = chance.randrange(1_000_000, 90_000_000_000) / 100
        texts = f"Область № {row % 20}", f"Общественный фонд № {chance.randrange(300)}", f"001.1{chance.randrange(40):02}"
        spent = round(plan * 0.7, 2), round(plan * 0.2, 2) if row % 3 else None
        yield (
            *texts,
            43466 + row % 2000,
            f"услуга {row % 4}",
            plan,
            round(plan * 1.1, 2),
            round(plan * 0.9, 2),
            round(plan * 0.9, 2),
            *spent,
            chance.randrange(500),
        )


def write_csv(path: Path, rows: int) -> None:
    """Text as a Russian Excel saves it: semicolons, decimal commas, days in figures."""
    with path.open("w", encoding="utf-8-sig") as file:
        file.write(";".join(HEAD) + "\n")
        for row in table(rows):
            cells = ["" if value is None else str(value).replace(".", ",") if isinstance(value, float) else str(value) for value in row]
            cells[DAY] = f"{date(1899, 12, 30) + timedelta(days=int(cells[DAY])):%d.%m.%Y}"
            file.write(";".join(cells) + "\n")


def write_xlsx(path: Path, rows: int) -> None:
    """A workbook as Excel writes it, with shared strings; written by hand, since no library writes a million rows in a minute."""
    numbers: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            sheet.write(_row(1, HEAD, numbers))
            for number, row in enumerate(table(rows), 2):
                sheet.write(_row(number, row, numbers))
            sheet.write(b"</sheetData></worksheet>")
        for name, content in _parts(numbers):
            archive.writestr(name, content)


def _row(number: int, row: Sequence[str | int | float | None], numbers: dict[str, int]) -> bytes:
    cells = []
    for column, value in enumerate(row):
        place = f'<c r="{LETTERS[column]}{number}"'
        if value is None:
            cells.append(f'{place} s="2"/>')
        elif isinstance(value, str):
            cells.append(f'{place} t="s"><v>{numbers.setdefault(value, len(numbers))}</v></c>')
        else:
            style = ' s="1"' if column == DAY else ' s="2"' if isinstance(value, float) else ""
            cells.append(f"{place}{style}><v>{value}</v></c>")
    return f'<row r="{number}" spans="1:12">{"".join(cells)}</row>'.encode()


def _parts(numbers: Iterable[str]) -> Iterator[tuple[str, str]]:
    kinds = {"worksheet": "worksheets/sheet1", "styles": "styles", "sharedStrings": "sharedStrings"}
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "styles": "styles", "sharedStrings": "sharedStrings"}
    listed = "".join(f'<Override PartName="/xl/{name}.xml" ContentType="{content}.{kind}+xml"/>' for name, kind in overrides.items())
    related = "".join(f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>' for kind, name in kinds.items())
    yield "[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{listed}</Types>'  # fmt: skip
    yield "_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'  # fmt: skip
    yield "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>'
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="worksheet"/></sheets></workbook>',
    )
    yield "xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>'
    yield "xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in numbers)}</sst>'


# --- the runs -----------------------------------------------------------------------------------------------------


def run(command: Sequence[str], rows: int) -> Run:
    """One process; what prints its seconds and rows itself is believed and held to the rows."""
    begun = os.times().elapsed
    with Popen(command, stdout=PIPE if command[1] == "-c" else DEVNULL, stderr=DEVNULL) as process:
        printed = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)[:300]}: exit {process.returncode}")
    seconds, found = json.loads(printed) if printed else (os.times().elapsed - begun, rows)
    if not rows <= found <= rows + 1:
        sys.exit(f"{' '.join(command)[:300]}: {found} rows of {rows}")
    return Run(seconds, used.ru_maxrss / 1024)


def commands(kind: str, path: Path, others: Path | None) -> dict[str, list[str]]:
    """What runs, by the name of the reader."""
    found = {
        name: [sys.executable, "-c", RUN.format(before=before, reading=reading), str(path)]
        for name, (before, reading) in READERS[kind].items()
    }
    if others is not None:
        for name, (before, reading) in OTHERS[kind].items():
            found[name] = [str(others / "bin" / "python"), "-c", RUN.format(before=before, reading=reading), str(path)]
        found["csvkit, in2csv"] = [str(others / "bin" / "in2csv"), *(["-d", ";"] if kind == "csv" else []), str(path)]
    return found


def compare(kind: str, rows: int, path: Path, asked: argparse.Namespace) -> None:
    """Run all readers of one file and print a line for each."""
    each = commands(kind, path, asked.others)
    rounds = [{name: run(command, rows) for name, command in each.items()} for _ in range(asked.rounds)]
    yardstick = next(iter(each))
    print(f"\n{rows:,} rows, {kind}, {path.stat().st_size / 2**20:.1f} MB ({asked.rounds} rounds)")
    print(f"{'':28} {'seconds':>9} {'min':>8} {'max':>8} {'ratio':>6} {'peak MB':>8}")
    for name in each:
        seconds = [one[name].seconds for one in rounds]
        ratio = median(one[name].seconds / one[yardstick].seconds for one in rounds)
        peak = median(one[name].megabytes for one in rounds)
        print(f"{name:28} {median(seconds):9.3f} {min(seconds):8.3f} {max(seconds):8.3f} {ratio:6.2f} {peak:8.0f}", flush=True)


def main() -> None:
    """Write the files, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", default="1000,100000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--others", type=Path, help="an environment with frictionless[excel] and csvkit")
    parser.add_argument("--kinds", default="xlsx,csv")
    asked = parser.parse_args()
    for rows in map(int, asked.rows.split(",")):
        with TemporaryDirectory() as folder:
            for kind in asked.kinds.split(","):
                path = Path(folder) / f"table.{kind}"
                (write_xlsx if kind == "xlsx" else write_csv)(path, rows)
                compare(kind, rows, path, asked)


if __name__ == "__main__":
    main()
