"""A workbook as openpyxl saves it becomes one that shows its figures without being calculated: same input, same bytes.

openpyxl writes `<c r="H10"><f>SUM(H12:H31)</f><v/></c>` and a viewer that can't calculate shows
nothing. We know the sum, so this pass puts it there: `<v>1234.6</v>`, every number to the 15 digits
that a spreadsheet keeps and exactly as decimal text, never through a float. The clock leaves the file
as well: the times of its parts and its own dates are the day that the return speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CELL = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)>(<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v(?:\s*/>|>[^<]*</v>)</c>')
_KIND = re.compile(r' t="[^"]*"')
_CLOCK = re.compile(r"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_KEPT = Context(prec=15, rounding=ROUND_HALF_UP)
_BEGINNING = (1980, 1, 1, 0, 0, 0)


def number_text(value: Decimal) -> str:
    """The number as a spreadsheet stores it: at most 15 significant digits, no exponent, no idle zeros.

    >>> number_text(Decimal("1234600.00").scaleb(-3))
    '1234.6'
    """
    text = format(_KEPT.create_decimal(value), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def settled(saved: bytes, values: Sequence[Mapping[str, Decimal | str]], *, on: date) -> bytes:
    """The same workbook with `values` stored in its cells and no trace of the clock.

    `values` has one mapping a sheet, in the order of the workbook: address → what the cell shows. A
    text is the result of a formula. Sheets beyond the list stay as they are.
    """
    written = BytesIO()
    with ZipFile(BytesIO(saved)) as before, ZipFile(written, "w") as after:
        for part in before.namelist():
            after.writestr(_part(part), _settled_part(part, before.read(part), values, on), compresslevel=6)
    return written.getvalue()


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name, _BEGINNING)
    part.compress_type = ZIP_DEFLATED
    part.create_system = 3
    part.external_attr = 0o600 << 16
    return part


def _settled_part(name: str, content: bytes, values: Sequence[Mapping[str, Decimal | str]], on: date) -> bytes:
    if name == "docProps/core.xml":
        return _CLOCK.sub(rf"\g<1>{on.isoformat()}T00:00:00Z\g<3>", content.decode()).encode()
    sheet = _SHEET.fullmatch(name)
    if sheet is None or int(sheet[1]) > len(values):
        return content
    shown = values[int(sheet[1]) - 1]
    return _CELL.sub(lambda cell: _stored(cell, shown), content.decode()).encode()


def _stored(cell: re.Match[str], shown: Mapping[str, Decimal | str]) -> str:
    value = shown.get(cell[1])
    if value is None:
        return cell[0]
    attributes, formula = _KIND.sub("", cell[2]), cell[3] or ""
    if isinstance(value, str):
        return f'<c r="{cell[1]}"{attributes} t="str">{formula}<v>{escape(value)}</v></c>'
    return f'<c r="{cell[1]}"{attributes}>{formula}<v>{number_text(value)}</v></c>'
