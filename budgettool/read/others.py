"""xls, xlsb and ods become sheets by python-calamine; what it garbles in files without a code page is put right and said."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import BinaryIO

from budgettool.findings import Finding, Place
from budgettool.letters import plain
from budgettool.read.archive import damaged, opened
from budgettool.read.kinds import Kind
from budgettool.read.sheet import Merge, Sheet, Value
from budgettool.read.source import Draft, Source, stopped
from budgettool.read.xlsx import grid_of

_WESTERN = re.compile("[\u00c0-\u00ff\u00a8\u00b8]")
_MANIFEST = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
_KNOWN = ("регион", "област", "период", "план", "оплачен", "получател", "итого", "тенге", "перечислен", "облыс", "кезең", "барлығы")


def read_other(source: Source, kind: Kind) -> Draft:
    """Read a workbook that is no xlsx; raises Stop where it can't be read."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    if kind is Kind.ODS:
        with opened(source) as archive:
            if b"manifest:encryption-data" in archive.read("meta-inf/manifest.xml"):
                raise stopped("password-protected", source.name)
            _weigh(source, archive.read("content.xml"))
    draft = Draft()
    try:
        with _opened(source, kind) as file, CalamineWorkbook.from_filelike(file) as book:
            for seen in book.sheets_metadata:
                sheet = book.get_sheet_by_name(seen.name)
                merges = tuple(Merge(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
                made = Sheet(seen.name, grid_of(sheet), merges)
                (draft.sheets if seen.visible is SheetVisibleEnum.Visible else draft.hidden).append(made)
    except PasswordError as error:
        raise stopped("password-protected", source.name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(source) from error
    return _in_cyrillic(draft, source) if kind is Kind.XLS else draft


def _opened(source: Source, kind: Kind) -> BinaryIO:
    """The file; an ods without a manifest, or whose `mimetype` does not stand first and plain, in a copy as the format asks."""
    if kind is not Kind.ODS:
        return source.open()
    with opened(source) as archive:
        first = archive.file.infolist()[0]
        whole = "meta-inf/manifest.xml" in archive
        if whole and first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED and not first.extra:
            return source.open()
        copy = BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as out:
            out.writestr("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
            for name, info in archive.parts.items():
                if name != "mimetype":
                    out.writestr(info.filename, archive.read(name))
            if not whole:
                out.writestr("META-INF/manifest.xml", _MANIFEST)
        copy.seek(0)
        return copy


def _weigh(source: Source, content: bytes) -> None:
    """Refuse an ods whose repeated cells would fill a sheet too large to hold; repeated blanks at its end cost nothing."""
    filled = re.findall(rb'number-columns-repeated="(\d+)"[^>]*office:value', content)
    if any(int(count) > 100_000 for count in filled):
        raise stopped("sheet-too-large", source.name)


def _in_cyrillic(draft: Draft, source: Source) -> Draft:
    """An old xls without a code page gives `Ðåãèîí` for `Регион`: its letters are read anew where that makes known words."""
    texts = [value for sheet in draft.sheets for row in sheet.grid for value in row if isinstance(value, str)]
    garbled = sum(bool(_WESTERN.search(text)) for text in texts)
    if not garbled or any(word in plain(text) for text in texts for word in _KNOWN):
        return draft
    for encoding in ("cp1251", "kz1048"):
        again = [_recoded(text, encoding) for text in texts]
        if any(word in plain(text) for text in again for word in _KNOWN):
            made = [_sheet_in(sheet, encoding) for sheet in draft.sheets]
            said = Finding("encoding", (Place(source.name),), facts=(("encoding", encoding),))
            return Draft(made, [_sheet_in(sheet, encoding) for sheet in draft.hidden], draft.notes, [*draft.findings, said])
    raise stopped("encoding-not-stated", source.name, encodings=("cp1251", "kz1048"))


def _recoded(text: str, encoding: str) -> str:
    try:
        return text.encode("cp1252").decode(encoding)
    except UnicodeError:
        return text.encode("latin-1", "replace").decode(encoding, "replace")


def _sheet_in(sheet: Sheet, encoding: str) -> Sheet:
    def again(value: Value) -> Value:
        return _recoded(value, encoding) if isinstance(value, str) else value

    grid = [[again(value) for value in row] for row in sheet.grid]
    return Sheet(_recoded(sheet.name, encoding), grid, sheet.merges, sheet.hidden_rows, sheet.hidden_columns, sheet.formats, sheet.formulas)


