"""An old Excel stream under the password that Excel itself tries becomes readable; under any other it stays closed.

"Protect workbook" in Excel 97-2003 encrypts a file that opens without a word: the password is one that every Excel knows. Layouts and
keys: [MS-XLS] 2.4.117 (FilePass), [MS-OFFCRYPTO] 2.3.5 (RC4 by CryptoAPI) and 2.3.6 (RC4).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable

from budgettool.read import biff

_KNOWN_TO_ALL = "VelvetSweatshop".encode("utf-16-le")
_BLOCK, _LARGEST = 1024, 32 * 2**20
_OPEN = frozenset((biff.BOF, biff.FILEPASS, 0xE1, 0x138, 0x194, 0x195, 0x196))
"""Records that are never encrypted: where the stream begins, who has it open, who may."""

_Key = Callable[[int], bytes]


def unlocked(content: bytes) -> bytes | None:
    """The stream as it was before it was encrypted; None where another password was used, or a way of encryption that is not known here."""
    if len(content) > _LARGEST:
        return None
    key = next((_key(held) for kind, held in biff.records(content, 0) if kind == biff.FILEPASS), None)
    return None if key is None else _decrypted(content, key)


def _key(held: bytes) -> _Key | None:
    """The key of each block, if the password that Excel tries opens the file."""
    if len(held) < 6 or struct.unpack_from("<H", held)[0] != 1:
        return None
    major, minor = struct.unpack_from("<HH", held, 2)
    if (major, minor) == (1, 1):
        return _of_rc4(held[6:22], held[22:54])
    if major in (2, 3, 4) and minor == 2:
        length = struct.unpack_from("<I", held, 10)[0]
        bits = struct.unpack_from("<I", held, 14 + 16)[0] or 40
        verifier = held[14 + length :]
        return _of_cryptoapi(verifier[4:20], verifier[20:36] + verifier[40:60], bits // 8)
    return None


def _of_rc4(salt: bytes, verifier: bytes) -> _Key | None:
    first = hashlib.md5(_KNOWN_TO_ALL, usedforsecurity=False).digest()[:5]
    base = hashlib.md5((first + salt) * 16, usedforsecurity=False).digest()[:5]

    def key(block: int) -> bytes:
        return hashlib.md5(base + struct.pack("<I", block), usedforsecurity=False).digest()

    plain = _xor(verifier, _stream(key(0), len(verifier)))
    return key if hashlib.md5(plain[:16], usedforsecurity=False).digest() == plain[16:32] else None


def _of_cryptoapi(salt: bytes, verifier: bytes, size: int) -> _Key | None:
    base = hashlib.sha1(salt + _KNOWN_TO_ALL, usedforsecurity=False).digest()

    def key(block: int) -> bytes:
        found = hashlib.sha1(base + struct.pack("<I", block), usedforsecurity=False).digest()[:size]
        return found.ljust(16, b"\0") if size == 5 else found

    plain = _xor(verifier, _stream(key(0), len(verifier)))
    return key if hashlib.sha1(plain[:16], usedforsecurity=False).digest() == plain[16:36] else None


def _decrypted(content: bytes, key: _Key) -> bytes:
    """Lengths and kinds of records are open, and use up the keys' stream all the same."""
    plain = _xor(content, b"".join(_stream(key(block), _BLOCK) for block in range(-(-len(content) // _BLOCK)))[: len(content)])
    found = bytearray(plain)
    at = 0
    while at + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        open_until = at + 4 + (length if kind in _OPEN else 4 if kind == biff.BOUNDSHEET else 0)
        found[at:open_until] = content[at:open_until]
        if kind == biff.FILEPASS:
            found[at : at + 2] = struct.pack("<H", biff.BLANKED)
        at += 4 + length
    return bytes(found[: len(content)])


def _xor(content: bytes, other: bytes) -> bytes:
    return (int.from_bytes(content, "little") ^ int.from_bytes(other, "little")).to_bytes(len(content), "little")


def _stream(key: bytes, count: int) -> bytes:
    """RC4."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    found = bytearray(count)
    i = j = 0
    for at in range(count):
        i = (i + 1) & 255
        held = state[i]
        j = (j + held) & 255
        state[i], state[j] = state[j], held
        found[at] = state[(state[i] + held) & 255]
    return bytes(found)
