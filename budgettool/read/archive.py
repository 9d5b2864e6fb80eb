"""A zip, handled with suspicion: which parts has it, would it unpack to more than is safe, are they whole?

Part names are matched without regard to case or slashes, as Excel does (1C writes `xl/SharedStrings.xml`).
What a part claims to unpack to is checked before anything is unpacked, and nothing is unpacked beyond its claim.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from budgettool.read.source import Source, Stop, stopped

CHUNK = 2**20
_LARGEST_PART = 2**30
_LARGEST_SUM = 2 * 2**30
_EVEN_PART = 64 * 2**20
_EVEN_SUM = 128 * 2**20
_HIGHEST_RATIO = 100
_MOST_PARTS = 20_000
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


@contextmanager
def opened(source: Source) -> Iterator[Archive]:
    """Open a zip whose parts are safe to unpack; raises Stop for one that is cut short, damaged or a bomb."""
    with source.open() as raw:
        try:
            file = zipfile.ZipFile(raw)
        except _DAMAGE as error:
            raise _broken(source) from error
        parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in file.infolist()}
        _weigh(source, list(parts.values()), len(file.infolist()))
        if any(info.flag_bits & 1 for info in parts.values()):
            raise stopped("password-protected", source.name)
        yield Archive(source, file, parts)


def _broken(source: Source) -> Stop:
    """No directory at the end of a zip: the rest of the file never arrived."""
    with source.open() as raw:
        raw.seek(max(0, source.size - 70_000))
        whole = b"PK\x05\x06" in raw.read()
    return damaged(source) if whole else stopped("unreadable", source.name, reason="it is cut short")


def _weigh(source: Source, parts: list[zipfile.ZipInfo], count: int) -> None:
    """Refuse a bomb: an even part may be small or well packed, but not both large and packed a hundredfold."""
    total = sum(info.file_size for info in parts)
    packed = max(1, min(source.size, sum(info.compress_size for info in parts)))
    bomb = total > _LARGEST_SUM or count > _MOST_PARTS or (total > _EVEN_SUM and total > _HIGHEST_RATIO * packed)
    for info in parts:
        even = info.file_size > _EVEN_PART and info.file_size > _HIGHEST_RATIO * max(1, info.compress_size)
        bomb = bomb or even or info.file_size > _LARGEST_PART
    if bomb:
        raise stopped("unpacks-too-large", source.name, size=f"{total // 2**20} MB")
