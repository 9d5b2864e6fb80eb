"""A zip of reports becomes its members, each a file of its own: named `reports.zip/March/Almaty.xlsx`, read from the archive, never unpacked to disk.

Names are in UTF-8 where the zip says so, else in what Windows writes in Kazakhstan and Russia (cp866), unless they read like words in
another encoding. Archives within the archive are not opened.
"""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from budgettool.findings import Finding, Place
from budgettool.read.encoding import likely
from budgettool.read.reports import is_report
from budgettool.read.source import Stop, stopped

MOST_FILES = 2000
_LARGEST, _LARGEST_SUM = 200 * 2**20, 2 * 2**30
_EVEN, _EVEN_SUM, _HIGHEST_RATIO = 64 * 2**20, 128 * 2**20, 100
_LONGEST_LIST = 4 * 2**20
_DOCUMENT = ("xl/", "word/", "ppt/", "index/", "meta-inf/", "_rels/", "mimetype", "content.xml", "[content_types].xml")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError, struct.error)
_UTF8, _ENCRYPTED = 0x800, 1
_UNICODE_PATH = 0x7075


@dataclass(frozen=True, slots=True)
class Member:
    """A file within an archive: `number` is its place in the archive's list, `inner` its name there."""

    archive: Path
    number: int
    inner: str

    @property
    def name(self) -> str:
        return PurePosixPath(self.inner).name

    def __str__(self) -> str:
        return f"{self.archive}/{self.inner}"


def members(path: Path) -> tuple[list[Member], list[Finding]] | None:
    """The reports in a zip, by name, and what keeps others from being read; None for a file that is no zip, or is a document itself."""
    try:
        with path.open("rb") as file:
            if file.read(2) != b"PK":
                return None
            if _list_size(file.seek(0, 2), path) > _LONGEST_LIST:
                return [], [_too_many(path)]
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
    except _DAMAGE:
        return None
    if any(info.filename.replace("\\", "/").lstrip("/").lower().startswith(_DOCUMENT) for info in listed):
        return None
    return _judged(path, listed)


def _list_size(end: int, path: Path) -> int:
    """How long the list of a zip says it is, before it is read; 0 where it does not say."""
    with path.open("rb") as file:
        file.seek(max(0, end - 70_000))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 16 > len(tail):
        return 0
    size = int(struct.unpack_from("<I", tail, at + 12)[0])
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    return int(struct.unpack_from("<Q", tail, wide + 40)[0]) if size == 0xFFFFFFFF and wide >= 0 and wide + 48 <= len(tail) else size


def _judged(path: Path, listed: Sequence[zipfile.ZipInfo]) -> tuple[list[Member], list[Finding]]:
    if len(listed) > MOST_FILES:
        return [], [_too_many(path)]
    total, packed = sum(info.file_size for info in listed), sum(info.compress_size for info in listed)
    if total > _LARGEST_SUM or (total > _EVEN_SUM and total > _HIGHEST_RATIO * max(1, min(packed, path.stat().st_size))):
        return [], [stopped("unpacks-too-large", str(path), size=f"{total // 2**20} MB").finding]
    named = _named(path, listed)
    if not named:
        return [], [Finding("nothing-to-check", (Place(str(path)),))]
    locked = [member for member, info in named if info.flag_bits & _ENCRYPTED]
    if len(locked) == len(named):
        return [], [stopped("password-protected", str(path)).finding]
    findings = [finding for member, info in named if (finding := _refusal(member, info)) is not None]
    refused = {finding.at[0].file for finding in findings}
    return [member for member, _ in named if str(member) not in refused], findings


def _refusal(member: Member, info: zipfile.ZipInfo) -> Finding | None:
    if info.flag_bits & _ENCRYPTED:
        return stopped("password-protected", str(member)).finding
    even = info.file_size > _EVEN and info.file_size > _HIGHEST_RATIO * max(1, info.compress_size)
    if even or info.file_size > _LARGEST:
        return stopped("unpacks-too-large", str(member), size=f"{info.file_size // 2**20} MB").finding
    return None


def _too_many(path: Path) -> Finding:
    return stopped("archive-not-read", str(path), reason="it holds more files than can be read safely").finding


def _named(path: Path, listed: Sequence[zipfile.ZipInfo]) -> list[tuple[Member, zipfile.ZipInfo]]:
    """Members that may be reports, sorted by name; the second of one name has its number added, so that findings tell them apart."""
    names = _names([info for info in listed if not info.is_dir()])
    found: dict[str, tuple[Member, zipfile.ZipInfo]] = {}
    for number, info in enumerate(listed):
        if info.is_dir() or not _is_report(names[info.header_offset]):
            continue
        inner = names[info.header_offset]
        inner = inner if inner not in found else f"{inner} ({number + 1})"
        found[inner] = Member(path, number, inner), info
    return [found[inner] for inner in sorted(found, key=lambda inner: (unicodedata.normalize("NFC", inner), inner))]


def _is_report(inner: str) -> bool:
    """Whether a member may be a report; what macOS and Windows put beside it is none."""
    parts = PurePosixPath(inner).parts
    return bool(parts) and is_report(parts[-1]) and not any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in parts)


def _names(listed: Sequence[zipfile.ZipInfo]) -> dict[int, str]:
    """Names by the place of their entry; those of unknown encoding are judged together, since one alone tells little."""
    raw = {info.header_offset: info.orig_filename.encode("cp437") for info in listed if not info.flag_bits & _UTF8}
    encoding = _encoding(b"\n".join(raw.values()))
    names = {}
    for info in listed:
        at = info.header_offset
        text = _unicode_path(info, raw[at]) or raw[at].decode(encoding, "replace") if at in raw else info.orig_filename
        names[at] = "".join(char if char.isprintable() else "\ufffd" for char in text.replace("\\", "/")).lstrip("/")
    return names


def _encoding(names: bytes) -> str:
    if names.isascii():
        return "ascii"
    try:
        names.decode("utf-8")
    except UnicodeDecodeError:
        found = likely(names.replace(b"_", b" "))
        return "cp866" if found is None or found == "cp1252" else found
    return "utf-8"


def _unicode_path(info: zipfile.ZipInfo, raw: bytes) -> str:
    """The name in UTF-8 that an archiver put beside one that it could not write, if it belongs to it."""
    extra = info.extra
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        held, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and len(held) > 5 and struct.unpack_from("<I", held, 1)[0] == zlib.crc32(raw):
            return held[5:].decode("utf-8", "replace")
    return ""


def content_of(member: Member, name: str) -> bytes:
    """The bytes of a member, their checksum verified; raises Stop where they are damaged or packed in a way that Python can't read."""
    try:
        with zipfile.ZipFile(member.archive) as archive:
            return archive.read(archive.infolist()[member.number])
    except NotImplementedError as error:
        raise stopped("unreadable", name, reason="it is packed by a method that is not read") from error
    except (*_DAMAGE, IndexError) as error:
        raise _damaged(name) from error


def _damaged(name: str) -> Stop:
    return stopped("unreadable", name, reason="it is damaged")
