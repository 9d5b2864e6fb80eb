"""Excel workbooks become sheets: python-calamine gives the values, a scan of each sheet's XML what it hides or dies of."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from budgettool.findings import Finding, Place
from budgettool.read.archive import Archive, damaged, opened
from budgettool.read.scan import DENSE, Scan, Scanner, rectangle
from budgettool.read.sheet import Merge, Sheet, Value, address
from budgettool.read.source import Draft, Note, Source, stopped

_TAG = re.compile(r"\{[^}]*\}")
_DATES = {14: "d.m.yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "d.m.yyyy h:mm"}
_PERCENT = {9: "0%", 10: "0.00%"}
_PROPER = {"xl/sharedstrings.xml": "xl/sharedStrings.xml", "[content_types].xml": "[Content_Types].xml"}


def read_xlsx(source: Source) -> Draft:
    """Read a workbook; raises Stop where nothing of it can be read."""
    draft = Draft()
    with opened(source) as archive:
        if "xl/vbaproject.bin" in archive:
            draft.findings.append(Finding("macros-not-run", (Place(source.name),)))
        formats = _formats(archive)
        sheets = _sheets(archive)
        scans = {name: _scanned(archive, part, frozenset(formats)) for name, part, _ in sheets if part in archive}
        draft.notes += [Note(text, "", "") for part in archive.named("xl/comments") for text in _texts(archive.read(part))]
        shared = _shared(archive) if any(_is_sparse(scan) for scan in scans.values()) else []
        sparse = {name: _sparse(source, name, scan, shared) for name, scan in scans.items() if _is_sparse(scan)}
        dense = _values(archive, sparse) if len(sparse) < len(scans) else {}
        for name, _, hidden in sheets:
            scan = scans.get(name, Scan())
            grid, merges = (sparse[name], ()) if name in sparse else dense.get(name, ([], ()))
            sheet = _sheet(name, grid, merges, scan, formats)
            (draft.hidden if hidden else draft.sheets).append(sheet)
    return draft


def _is_sparse(scan: Scan) -> bool:
    """Whether the rectangle up to the farthest cell is too large to be allocated whole."""
    return scan.far_row * scan.far_column > DENSE and scan.kept


def _sparse(source: Source, name: str, scan: Scan, shared: list[str]) -> list[list[Value]]:
    grid, corner = rectangle(scan, shared)
    if corner is not None:
        raise stopped("sheet-too-large", source.name, sheet=name, cell=address(*corner), corner=address(*corner))
    return grid


def _scanned(archive: Archive, part: str, noted: frozenset[int]) -> Scan:
    try:
        scan = Scanner(noted).feed(archive.chunks(part))
    except (expat.ExpatError, ValueError) as error:
        raise damaged(archive.source) from error
    if scan.far_row * scan.far_column > 20 * DENSE and not scan.kept:
        raise stopped("sheet-too-large", archive.source.name, cell=address(scan.far_row, scan.far_column))
    return scan


# ---- values


def _values(archive: Archive, left_out: Mapping[str, object]) -> dict[str, tuple[list[list[Value]], tuple[Merge, ...]]]:
    """The values of all sheets but those left out, as calamine reads them."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(_as_excel_names_it(archive)) as book:
            found = {}
            for name in book.sheet_names:
                if name not in left_out:
                    sheet = book.get_sheet_by_name(name)
                    merges = tuple(Merge(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
                    found[name] = (grid_of(sheet), merges)
            return found
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(archive.source) from error


def grid_of(sheet: Any) -> list[list[Value]]:
    """Calamine's rows, blanks as None, blank rows and cells cut off at the end."""
    grid: list[list[Value]] = []
    for row in sheet.iter_rows() if sheet.start is None else sheet.to_python(skip_empty_area=False):
        line: list[Value] = [None if value == "" else value for value in row]
        while line and line[-1] is None:
            line.pop()
        grid.append(line)
    while grid and not grid[-1]:
        grid.pop()
    return grid


def _as_excel_names_it(archive: Archive) -> BytesIO:
    """The file itself, or, where its part names are in another case (1C), a copy with the names that the format prescribes."""
    odd = [info.filename for info in archive.parts.values() if _PROPER.get(info.filename.lower().replace("\\", "/"), info.filename) != info.filename]
    if not odd:
        with archive.source.open() as file:
            return BytesIO(file.read())
    copy = BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as out:
        for name, info in archive.parts.items():
            out.writestr(_PROPER.get(name, info.filename.replace("\\", "/").lstrip("/")), archive.read(name))
    copy.seek(0)
    return copy


def _sheet(name: str, grid: list[list[Value]], merges: tuple[Merge, ...], scan: Scan, formats: Mapping[int, str]) -> Sheet:
    markers: dict[tuple[int, int], Value] = {**scan.errors, **scan.unvalued}
    for (row, column), marker in markers.items():
        while len(grid) < row:
            grid.append([])
        line = grid[row - 1]
        line.extend([None] * (column - len(line)))
        line[column - 1] = marker
    number_formats = {at: formats[style] for at, style in scan.styles.items()}
    return Sheet(name, grid, merges, frozenset(scan.hidden_rows), frozenset(scan.hidden_columns), number_formats, frozenset(scan.formulas))


# ---- parts of the package


def _tree(data: bytes) -> ElementTree.Element | None:
    if not data or b"<!ENTITY" in data[:10_000]:
        return None
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return None
    for element in root.iter():
        element.tag = _TAG.sub("", element.tag)
    return root


def _sheets(archive: Archive) -> list[tuple[str, str, bool]]:
    """Each sheet's name, part and whether it is hidden, in the workbook's order."""
    book = _tree(archive.read("xl/workbook.xml"))
    if book is None:
        raise damaged(archive.source)
    relations = _tree(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id", ""): r.get("Target", "") for r in relations.iter("Relationship")} if relations is not None else {}
    found = []
    for sheet in book.iter("sheet"):
        identifier = next((value for key, value in sheet.attrib.items() if _TAG.sub("", key) == "id"), "")
        target = targets.get(identifier, "").replace("\\", "/")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found.append((sheet.get("name", ""), part.lower(), sheet.get("state", "visible") != "visible"))
    return found


def _formats(archive: Archive) -> dict[int, str]:
    """By style index, the number formats that change what a number says: percent, scaled, dated, padded, quoted."""
    styles = _tree(archive.read("xl/styles.xml"))
    if styles is None:
        return {}
    named = {int(f.get("numFmtId", "0")): f.get("formatCode", "") for f in styles.iter("numFmt")}
    cells = next(styles.iter("cellXfs"), None)
    found: dict[int, str] = {}
    for index, style in enumerate(cells if cells is not None else ()):
        number = int(style.get("numFmtId", "0"))
        code = named.get(number) or _DATES.get(number) or _PERCENT.get(number, "")
        if code and (number in _DATES or _matters(code)):
            found[index] = code
    return found


def _matters(code: str) -> bool:
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code)
    scaled = re.search(r"[0#?],+(?![0#?])", plain.split(";")[0])
    return "%" in plain or bool(scaled) or bool(re.search(r"[ymdг]", plain, re.IGNORECASE)) or '"' in code or bool(re.match(r"0{3,}", plain))


def _texts(data: bytes) -> list[str]:
    tree = _tree(data)
    return ["".join(t.text or "" for t in item.iter("t")) for item in tree.iter("comment")] if tree is not None else []


def _shared(archive: Archive) -> list[str]:
    tree = _tree(archive.read("xl/sharedstrings.xml"))
    if tree is None:
        return []
    return ["".join(t.text or "" for t in item.iter("t")) for item in tree.iter("si")]
