"""What a file is, by its content: the first bytes, the parts of a zip, the streams of an OLE file; the name decides nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from budgettool.read.archive import Archive, opened
from budgettool.read.encoding import FILLED, MARKS, wide
from budgettool.read.source import Source, Stop, stopped


class Kind(StrEnum):
    """Kinds that are read; the value is what the kind is called in a sentence."""

    XLSX = "Excel workbook (xlsx)"
    XLSB = "Excel binary workbook (xlsb)"
    XLS = "Excel 97-2003 workbook (xls)"
    ODS = "OpenDocument spreadsheet (ods)"
    FODS = "flat OpenDocument (fods)"
    XML = "XML Spreadsheet 2003"
    CSV = "text table (csv)"
    HTML = "HTML"
    MHT = "web archive (mht)"


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
    Kind.ODS: (".ods", ".ots"),
    Kind.FODS: (".fods",),
    Kind.XML: (".xml",),
    Kind.CSV: (".csv", ".tsv", ".txt", ".tab", ".prn", ""),
    Kind.HTML: (".html", ".htm", ".xhtml"),
    Kind.MHT: (".mht", ".mhtml"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "it is a PDF document"),
    (b"{\\rtf", "it is a Word document (rtf)"),
    (b"AT&TFORM", "it is a scan (djvu)"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"GIF8", "it is a picture"),
    (b"BM", "it is a picture"),
    (b"II*\0", "it is a picture"),
    (b"MM\0*", "it is a picture"),
    (b"RIFF", "it is a picture"),
    (b"\x4c\0\0\0\x01\x14\x02\0", "it is a shortcut to a file, not the file"),
    (b"SQLite format 3", "it is a database"),
    (b"\x00\x01\x00\x00Standard", "it is a database"),
    (b"MZ", "it is a program"),
    (b"\x7fELF", "it is a program"),
    (b"PAR1", "it is a Parquet file"),
)
_PHOTO = re.compile(rb"....ftyp(?:hei[cx]|mif1|avif)", re.DOTALL)
_ARCHIVES = (b"Rar!\x1a", b"7z\xbc\xaf", b"\x1f\x8b", b"\xfd7zXZ", b"MSCF\0", b"\x60\xea", *(b"BZh%d1AY" % level for level in range(1, 10)))
_TAR = b"ustar"
_OF_1C = b"MOXCEL"
_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "it is a Word document (doc)"),
    ("PowerPoint Document", "it is a presentation"),
    ("__properties_version1.0", "it is a message (msg)"),
)
_WORD_CLASS = b"\x06\x09\x02\0"
_RAW_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style|title|tr|td|th|div|center|font|p|br|h[1-6])\b", re.IGNORECASE)
_TABLE = re.compile(rb"<table\b[^>]*>\s*(?:<[^>]*>\s*)*<t[rhd]\b", re.IGNORECASE)
_MAIL = re.compile(rb"(?:mime-version|from|to|date|subject|received|return-path|delivered-to|message-id|x-[\w-]+|content-[\w-]+|snapshot-[\w-]+):\s", re.IGNORECASE)
_LETTER = re.compile(rb"^(?:mime-version|received|message-id):\s", re.IGNORECASE | re.MULTILINE)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
_JSON = re.compile(rb"\{\s*\"|\[\s*[\[{]")


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
    reason = _reason(head)
    if reason:
        raise stopped("unreadable", source.name, reason=reason)
    if head.startswith(_ARCHIVES) or head[257:262] == _TAR:
        raise stopped("archive-not-read", source.name, reason="it is of a kind that is not opened (rar, 7z, gz, tar)")
    if head.startswith(_OF_1C):
        raise stopped("unsupported-format", source.name, kind="1C document (mxl)", way_out=WAY_OUT)
    return _of_text(source)


def _reason(head: bytes) -> str:
    """Why a file of another kind is not read; two letters alone may also begin a text."""
    if _PHOTO.match(head):
        return "it is a picture"
    return next((reason for magic, reason in _MAGIC if head.startswith(magic) and not (len(magic) <= 4 and magic.isalnum() and _is_text(head))), "")


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
    return stopped("archive-not-read", name, reason="it lies within another archive, or holds no reports")


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
    head = _plain(source.head)
    if _is_lock(source):
        raise stopped("unreadable", source.name, reason="it is the lock file of a workbook that somebody has open")
    if not _is_text(head):
        filled = not _CONTROLS.search(head) and head.rstrip(b"\0")
        raise stopped("unreadable", source.name, reason=FILLED if filled else "it is no spreadsheet")
    start = head.lstrip()
    if _MAIL.match(start):
        if b"multipart/related" in start or b"multipart/alternative" in start:
            return Kind.MHT
        if _LETTER.search(start):
            raise stopped("unreadable", source.name, reason="it is a message (eml)")
    if start.startswith((b"<?xml", b"<Workbook")):
        return _of_xml(source, start)
    if (start.startswith(b"<") and _HTML.search(start)) or _TABLE.search(start):
        return Kind.HTML
    if _JSON.match(start):
        raise stopped("unsupported-format", source.name, kind="JSON", way_out=WAY_OUT)
    return Kind.CSV


def _is_lock(source: Source) -> bool:
    """Excel's lock is the user's name and blanks, LibreOffice's a line with it; both are named after the workbook."""
    name = PurePath(source.name).name
    return (name.startswith("~$") and source.size < 512) or (name.startswith(".~lock.") and name.endswith("#"))


def _plain(head: bytes) -> bytes:
    """The first bytes of a text without their mark, as UTF-8 where they are wide, so that tags can be looked for."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return head[: len(head) // 4 * 4].decode(encoding, "replace").encode()
    encoding = wide(head)
    return head[: len(head) // 4 * 4].decode(encoding, "replace").encode() if encoding else head


def _of_xml(source: Source, start: bytes) -> Kind:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start or b'progid="Excel.Sheet"' in start:
        return Kind.XML
    if b"wordml" in start or b"Word.Document" in start:
        raise stopped("unreadable", source.name, reason="it is a Word document (xml)")
    if b"office:document" in start:
        if b"opendocument.spreadsheet" in start:
            return Kind.FODS
        raise stopped("unreadable", source.name, reason="it is an OpenDocument text, no spreadsheet")
    if _HTML.search(start):
        return Kind.HTML
    raise stopped("unsupported-format", source.name, kind="XML", way_out=WAY_OUT)
