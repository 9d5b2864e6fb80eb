"""A compound (OLE) file, as far as old Excel needs it: the bytes of one stream, found by its name."""

from __future__ import annotations

import struct

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
_SMALL = 4096


def stream(content: bytes, *names: str) -> bytes:
    """The first of these streams that the file has, b"" where it has none; raises ValueError or struct.error where it is damaged."""
    if not content.startswith(_SIGNATURE):
        return content
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    small = 1 << struct.unpack_from("<H", content, 32)[0]
    directory, cutoff, first_mini, _, difat, count = struct.unpack_from("<I4xIIIII", content, 48)
    if not 128 <= size <= 4096 or small > size:
        raise ValueError("no sectors of this size")
    fat = _table(content, size, _fat_sectors(content, size, difat, count))
    entries = list(_entries(_chain(content, fat, directory, size, size)))
    for name in names:
        for found, kind, start, length in entries:
            if found.lower() != name.lower() or kind != 2:
                continue
            if length >= (cutoff or _SMALL):
                return _whole(_chain(content, fat, start, size, size), length)
            root = _chain(content, fat, entries[0][2], size, size)
            mini = _table(content, size, _chain_numbers(fat, first_mini))
            return _whole(_chain(root, mini, start, small, 0), length)
    return b""


def _whole(found: bytes, length: int) -> bytes:
    """A stream as long as its entry says; what lies beyond the end of the file is not there."""
    if len(found) < length:
        raise ValueError("sectors are missing")
    return found[:length]


def _fat_sectors(content: bytes, size: int, difat: int, count: int) -> list[int]:
    """The sectors of the allocation table: 109 in the header, the others in a chain of their own."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    while difat < _LAST and count > 0:
        numbers = struct.unpack_from(f"<{size // 4}I", content, size + difat * size)
        sectors += numbers[:-1]
        difat, count = numbers[-1], count - 1
    return [sector for sector in sectors if sector < _LAST]


def _table(content: bytes, size: int, sectors: list[int]) -> list[int]:
    return [number for sector in sectors for number in struct.unpack_from(f"<{size // 4}I", content, size + sector * size)]


def _chain_numbers(fat: list[int], start: int) -> list[int]:
    found: list[int] = []
    while start < _LAST:
        if start >= len(fat) or len(found) > len(fat):
            raise ValueError("a chain of sectors without end")
        found.append(start)
        start = fat[start]
    return found


def _chain(content: bytes, fat: list[int], start: int, size: int, offset: int) -> bytes:
    return b"".join(content[offset + number * size : offset + (number + 1) * size] for number in _chain_numbers(fat, start))


def _entries(directory: bytes) -> list[tuple[str, int, int, int]]:
    """Name, kind, first sector and length of each entry."""
    found = []
    for at in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", directory, at + 116)
        found.append((name, kind, start, size))
    return found
