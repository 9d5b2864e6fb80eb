"""A zip, handled with suspicion: which parts has it, would it unpack to more than is safe, are they whole?

Part names are matched without regard to case or slashes, as Excel does (1C writes `xl/SharedStrings.xml`).
What a part claims to unpack to is checked before anything is unpacked, and nothing is unpacked beyond its claim.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from budgettool.read.source import Source, Stop, stopped

CHUNK = 2**18
_LARGEST_PART = 2**30
_LARGEST_SUM = 2 * 2**30
_EVEN_PART = 16 * 2**20
_EVEN_SUM = 32 * 2**20
_HIGHEST_RATIO = 50
_READ = (".xml", ".rels", ".bin")
_MOST_PARTS = 20_000
_LARGEST_DIRECTORY = 4 * 2**20
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
"""All that spreadsheets are packed by; the others unpack a few bytes to gigabytes in one step."""
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Archive:
    """An open zip; `parts` maps each part's name, in small letters, to its entry."""

    source: Source
    file: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.parts

    def named(self, prefix: str, suffix: str = "") -> list[str]:
        """The parts that begin and end like this, sorted."""
        return sorted(name for name in self.parts if name.startswith(prefix) and name.endswith(suffix))

    @contextmanager
    def open(self, part: str) -> Iterator[IO[bytes]]:
        """A part as a stream; damage met while reading it raises Stop."""
        try:
            with self.file.open(self.parts[part.lower()]) as stream:
                yield stream
        except _DAMAGE as error:
            raise damaged(self.source) from error

    def read(self, part: str) -> bytes:
        """A whole part that is small by nature; b"" where there is none."""
        if part not in self:
            return b""
        with self.open(part) as stream:
            return stream.read()

    def chunks(self, part: str) -> Iterator[bytes]:
        """A part piece by piece, its checksum verified at the end."""
        with self.open(part) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk


def damaged(source: Source) -> Stop:
    return stopped("unreadable", source.name, reason="it is damaged")


def too_much(source: Source) -> Stop:
    return stopped("unreadable", source.name, reason="it holds more than any program writes")


@contextmanager
def opened(source: Source) -> Iterator[Archive]:
    """Open a zip whose parts are safe to unpack; raises Stop for one that is cut short, damaged or a bomb."""
    if _directory(source) > _LARGEST_DIRECTORY:
        raise too_much(source)
    with source.open() as raw:
        try:
            file = zipfile.ZipFile(raw)
        except _DAMAGE as error:
            raise _broken(source) from error
        parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in file.infolist()}
        _weigh(source, parts, len(file.infolist()))
        if any(info.flag_bits & 1 for info in parts.values()):
            raise stopped("password-protected", source.name)
        if any(info.compress_type not in _METHODS for info in parts.values()):
            raise stopped("unreadable", source.name, reason="it is packed by a method that is not read")
        yield Archive(source, file, parts)


def _end(source: Source) -> bytes:
    with source.open() as raw:
        raw.seek(max(0, source.size - 70_000))
        return raw.read()


def _directory(source: Source) -> int:
    """How many bytes the directory of a zip says that it has, since each of them costs a dozen once it is read; 0 where it has none."""
    end = _end(source)
    at = end.rfind(b"PK\x05\x06")
    size = int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0
    large = end.rfind(b"PK\x06\x06")
    return int.from_bytes(end[large + 40 : large + 48], "little") if size == 2**32 - 1 and large >= 0 else size


def _broken(source: Source) -> Stop:
    """No directory at the end of a zip: the rest of the file never arrived."""
    return damaged(source) if b"PK\x05\x06" in _end(source) else stopped("unreadable", source.name, reason="it is cut short")


def _weigh(source: Source, parts: Mapping[str, zipfile.ZipInfo], count: int) -> None:
    """Refuse a bomb: what is read may be small or well packed, but not both large and packed fiftyfold, as pictures may."""
    total = sum(info.file_size for info in parts.values())
    read = [info for name, info in parts.items() if name.endswith(_READ)]
    unpacked, packed = sum(info.file_size for info in read), min(source.size, sum(info.compress_size for info in read))
    even = any(info.file_size > max(_EVEN_PART, _HIGHEST_RATIO * info.compress_size) for info in read)
    if (
        even
        or unpacked > max(_EVEN_SUM, _HIGHEST_RATIO * packed)
        or total > _LARGEST_SUM
        or count > _MOST_PARTS
        or _largest(parts) > _LARGEST_PART
    ):
        raise stopped("unpacks-too-large", source.name, size=f"{total // 2**20} MB")


def _largest(parts: Mapping[str, zipfile.ZipInfo]) -> int:
    return max((info.file_size for info in parts.values()), default=0)
