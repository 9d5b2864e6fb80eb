"""Files for the tests of the reader: workbooks written part by part, so that every trouble can be put in."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from budgettool.findings import Finding
from budgettool.read import Reading, read
from budgettool.read.sheet import Sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts count="5">
<numFmt numFmtId="164" formatCode="#,##0,"/><numFmt numFmtId="165" formatCode="[$-419]mmmm\\ yyyy"/>
<numFmt numFmtId="166" formatCode="0&quot; тыс.&quot;"/><numFmt numFmtId="167" formatCode="000000000000"/>
<numFmt numFmtId="168" formatCode="#,##0.00"/></numFmts>
<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>
<cellXfs count="8"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="9"/>
<xf numFmtId="14"/><xf numFmtId="168"/></cellXfs></styleSheet>"""
"""Styles 1 to 7: thousands left out, month and year, a text beside the number, leading zeros, percent, a day, plain."""


def xlsx(
    path: Path, *sheets: str, names: tuple[str, ...] = (), hidden: tuple[str, ...] = (), book: str = "", parts: Mapping[str, str | bytes] | None = None
) -> Path:
    """A workbook whose sheets have this XML within `worksheet`; `book` is put into the workbook, `parts` replace or add to the package."""
    titles = names or tuple(f"Лист{number}" for number in range(1, len(sheets) + 1))
    kinds = [*(("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    listed = "".join(
        f'<sheet name="{title}" sheetId="{n}" r:id="rId{n}"{" state=" + chr(34) + "hidden" + chr(34) if title in hidden else ""}/>'
        for n, title in enumerate(titles, 1)
    )
    package: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{book}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(kinds),
        "xl/styles.xml": _HEAD + STYLES,
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{MAIN}"><si><t>Регион</t></si><si><r><t>Об</t></r><r><t>ласть</t></r></si></sst>',
        **{f"xl/worksheets/sheet{n}.xml": f'{_HEAD}<worksheet xmlns="{MAIN}">{body}</worksheet>' for n, body in enumerate(sheets, 1)},
        **(parts or {}),
    }
    return zipped(path, package)


def zipped(path: Path, package: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package.items():
            archive.writestr(name, content)
    return path


def _content_types(sheets: int) -> str:
    overrides = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n in range(1, sheets + 1))
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{overrides}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>'
    )


def _relations(kinds: list[tuple[str, str]]) -> str:
    rows = "".join(f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(kinds, 1))
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def rows(*cells: str) -> str:
    """Sheet data with one row for each text of cells."""
    return "<sheetData>" + "".join(f'<row r="{number}">{held}</row>' for number, held in enumerate(cells, 1)) + "</sheetData>"


def only(reading: Reading) -> Sheet:
    """The one visible sheet of a file that was read."""
    assert reading.workbook is not None, reading.findings
    (sheet,) = reading.workbook.sheets
    return sheet


def refused(path: Path) -> Finding:
    """The one finding of a file that was not read."""
    reading = read(path)
    assert reading.workbook is None
    (finding,) = reading.findings
    return finding


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]
