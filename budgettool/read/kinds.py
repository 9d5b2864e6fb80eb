"""What a file is, by its content: the first bytes, the parts of a zip, the streams of an OLE file; the name decides nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from budgettool.read.archive import Archive, opened
from budgettool.read.source import Source, Stop, stopped


class Kind(StrEnum):
    """Kinds that are read; the value is what the kind is called in a sentence."""

    XLSX = "Excel workbook (xlsx)"
    XLSB = "Excel binary workbook (xlsb)"
    XLS = "Excel 97-2003 workbook (xls)"
    ODS = "OpenDocument spreadsheet (ods)"
    CSV = "text table (csv)"
    HTML = "HTML"


@dataclass(frozen=True, slots=True)
class Sniffed:
    kind: Kind
    extension_differs: bool


WAY_OUT = "xlsx"
"""What a file of a kind that is not read is to be saved as."""

_EXTENSIONS = {
    Kind.XLSX: (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam"),
    Kind.XLSB: (".xlsb",),
    Kind.XLS: (".xls", ".xlt", ".xla"),
    Kind.ODS: (".ods", ".ots", ".fods"),
    Kind.CSV: (".csv", ".tsv", ".txt", ".tab", ".prn", ""),
    Kind.HTML: (".html", ".htm", ".xhtml"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "it is a PDF document"),
    (b"{\\rtf", "it is a Word document (rtf)"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"GIF8", "it is a picture"),
    (b"BM", "it is a picture"),
    (b"II*\0", "it is a picture"),
    (b"MM\0*", "it is a picture"),
    (b"Rar!", "it is an archive"),
    (b"7z\xbc\xaf", "it is an archive"),
    (b"\x1f\x8b", "it is an archive"),
    (b"SQLite format 3", "it is a database"),
    (b"MZ", "it is a program"),
    (b"PAR1", "it is a Parquet file"),
)
_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "it is a Word document (doc)"),
    ("PowerPoint Document", "it is a presentation"),
    ("__properties_version1.0", "it is a message (msg)"),
)
_WORD_CLASS = b"\x06\x09\x02\0"
_RAW_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def sniff(source: Source) -> Sniffed:
    """The kind of a file by its content; raises Stop for one that is not read, with what it is."""
    kind = _kind(source)
    extension = PurePath(source.name).suffix.lower()
    return Sniffed(kind, extension not in _EXTENSIONS[kind])


def _kind(source: Source) -> Kind:
    head = source.head
    if head.startswith(b"PK"):
        with opened(source) as archive:
            return _of_zip(archive)
    if head.startswith(_OLE):
        return _of_ole(source)
    if _RAW_BIFF.match(head):
        return Kind.XLS
    for magic, reason in _MAGIC:
        if head.startswith(magic) and not (len(magic) == 2 and _is_text(head)):
            raise stopped("unreadable", source.name, reason=reason)
    return _of_text(source)


def _of_zip(archive: Archive) -> Kind:
    if "xl/workbook.xml" in archive:
        return Kind.XLSX
    if "xl/workbook.bin" in archive:
        return Kind.XLSB
    mime = archive.read("mimetype")[:200]
    if mime.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Kind.ODS
    if not mime and "content.xml" in archive and b"office:spreadsheet" in archive.read("content.xml")[:200_000]:
        return Kind.ODS
    if archive.named("xl/worksheets/"):
        return Kind.XLSX
    raise _other_zip(archive, mime)


def _other_zip(archive: Archive, mime: bytes) -> Stop:
    name = archive.source.name
    if archive.named("index/", ".iwa") or archive.named("index.zip"):
        return stopped("unsupported-format", name, kind="Apple Numbers", way_out=WAY_OUT)
    if archive.named("word/"):
        return stopped("unreadable", name, reason="it is a Word document (docx)")
    if archive.named("ppt/"):
        return stopped("unreadable", name, reason="it is a presentation")
    if mime.startswith(b"application/vnd.oasis.opendocument"):
        return stopped("unreadable", name, reason="it is an OpenDocument text, no spreadsheet")
    return stopped("unreadable", name, reason="it is an archive")


def _of_ole(source: Source) -> Kind:
    """Names in an OLE directory are UTF-16; a search for them needs no walk along its sectors."""
    found = _names_in(source, ["Workbook", "Book", "EncryptedPackage", *(stream for stream, _ in _STREAMS)])
    if "EncryptedPackage" in found:
        raise stopped("password-protected", source.name)
    if found & {"Workbook", "Book"} and not ("WordDocument" in found and _WORD_CLASS in _root_class(source)):
        return Kind.XLS
    for stream, reason in _STREAMS:
        if stream in found:
            raise stopped("unreadable", source.name, reason=reason)
    raise stopped("unreadable", source.name, reason="it is no spreadsheet")


def _root_class(source: Source) -> bytes:
    """The class of the document that an OLE file is: a letter may hold a workbook, and a workbook a letter."""
    with source.open() as file:
        head = file.read(2**20)
    root = head.find("Root Entry".encode("utf-16-le"))
    return head[root + 80 : root + 96] if root >= 0 else b""


def _names_in(source: Source, names: list[str]) -> set[str]:
    """Which of these names the directory of an OLE file holds, each as a whole entry."""
    found: set[str] = set()
    with source.open() as file:
        tail = b""
        while chunk := file.read(2**20):
            window = tail + chunk
            found |= {name for name in names if name.encode("utf-16-le") + b"\0\0" in window}
            tail = window[-64:]
    return found


def _is_text(head: bytes) -> bool:
    return b"\0" not in head


def _of_text(source: Source) -> Kind:
    head = source.head
    if head.startswith(_UTF16):
        head = head.decode("utf-16", "replace").encode()
    elif _looks_utf16(head):
        return Kind.CSV
    if not _is_text(head):
        raise stopped("unreadable", source.name, reason="it is no spreadsheet")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:13].lower() == b"mime-version:":
        raise stopped("unsupported-format", source.name, kind="web archive (mht)", way_out=WAY_OUT)
    if start.startswith((b"<?xml", b"<Workbook")):
        return _of_xml(source, start)
    return Kind.HTML if start.startswith(b"<") and _HTML.search(start) else Kind.CSV


def _looks_utf16(head: bytes) -> bool:
    """UTF-16 without a mark: one half of the bytes has the zeros of ASCII, and what it decodes to holds no control characters."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) < 8 or max(even, odd) <= len(head) // 10 or min(even, odd):
        return False
    text = head[: len(head) // 2 * 2].decode("utf-16-be" if even else "utf-16-le", "replace")
    return not _CONTROLS.search(text)


def _of_xml(source: Source, start: bytes) -> Kind:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start or b'progid="Excel.Sheet"' in start:
        raise stopped("unsupported-format", source.name, kind="XML Spreadsheet 2003", way_out=WAY_OUT)
    if b"wordml" in start or b"Word.Document" in start:
        raise stopped("unreadable", source.name, reason="it is a Word document (xml)")
    if b"office:document" in start:
        raise stopped("unsupported-format", source.name, kind="flat OpenDocument (fods)", way_out=WAY_OUT)
    if _HTML.search(start):
        return Kind.HTML
    raise stopped("unsupported-format", source.name, kind="XML", way_out=WAY_OUT)
