"""Bytes become text: what the file says of itself where that is true, then what decodes strictly, then what reads like words.

Windows writes Kazakh in kz1048, which differs from cp1251 in the Kazakh letters only: where cp1251 shows the letters of
other languages (`ќ`, `ј`, `ї`), the text is in kz1048. Words of the West mix plain letters with accented ones (`Región`),
which no Cyrillic word does: that tells cp1252 from the others.
"""

from __future__ import annotations

import codecs
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper

from budgettool.read.source import Source, stopped

_CYRILLIC = ("cp1251", "kz1048", "cp866", "koi8-r", "mac-cyrillic")
CANDIDATES = (*_CYRILLIC, "cp1252")
"""In the order in which they are preferred; named in findings as they stand here."""

MARKS = ((BOM_UTF32_LE, "utf-32"), (BOM_UTF32_BE, "utf-32"), (BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))
"""What a file may begin with to tell its encoding; longer marks first, since one begins with another."""

_NAMES = {"windows-1251": "cp1251", "cp1251": "cp1251", "ptcp154": "kz1048", "iso8859-1": "cp1252", "ascii": "utf-8"}
_NOT_HERE = frozenset("ЌЎўЈҐЄЇќћјЅѕїЋґєЂђЃѓЉљЊњЏџ")
_WORD = re.compile(r"[^\W\d_]+")
_RUSSIAN = re.compile(r"[А-ЯЁІ]?[а-яёі]+|[А-ЯЁІ]+")
_KAZAKH = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮҺІ]?[а-яёәғқңөұүһі]+|[А-ЯЁӘҒҚҢӨҰҮҺІ]+")
_WESTERN = re.compile(r"(?=.*[A-Za-z])(?:[A-ZÀ-ÞŒ]?[a-zß-ÿœ]+|[A-ZÀ-ÞŒ]+)")
_KNOWN = re.compile(
    r"регион|област|облыс|город|период|кезең|месяц|год|жыл|план|факт|оплач|сумм|тенге|теңге|получател|адам|қала|перечисл|"
    r"освое|остаток|бюджет|наимен|атауы|отч[её]т|есеп|итог|барлығы"
)
_UNNAMED = re.compile(r"[\x80-\x9f\ufffd\u2500-\u259f]")
_WESTERN_SIGNS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_SAMPLE = 100_000
_CHUNK, _LONGEST_LINE = 2**20, 2**22
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
FILLED = "zero bytes stand in its text: it was not written to the end"


def encoding_of(source: Source, stated: str = "") -> tuple[str, str]:
    """How to decode a text file, and the encoding that was chosen for it, "" where the file itself tells; raises Stop where none fits.

    `stated` is what a page or an XML file says of itself: believed unless the bytes prove it wrong, which is then said.
    """
    marked = next((encoding for mark, encoding in MARKS if source.head.startswith(mark)), "") or wide(source.head)
    if marked:
        if not _decodes(source, marked):
            raise stopped("encoding-not-stated", source.name, encodings=(marked,))
        return marked, ""
    sample, stated = _sample(source), _known(stated)
    if not sample:
        return "utf-8", ""
    if _decodes(source, "utf-8"):
        return "utf-8", "" if stated in ("", "utf-8") else "utf-8"
    if _is_broken(sample):
        raise stopped("unreadable", source.name, reason="its letters are UTF-8, and some of them are broken")
    found = likely(sample)
    if (stated in CANDIDATES or (stated and _decodes(source, stated))) and not _refutes(found, stated):
        return stated, ""
    if found is None:
        raise stopped("encoding-not-stated", source.name, encodings=CANDIDATES)
    return found, found


def _is_broken(sample: bytes) -> bool:
    """Whether bytes are UTF-8 but for a few: a file cut within a letter, or a field that was cut to so many bytes."""
    text = sample.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    return lost * 10 < sum(not char.isascii() for char in text) - lost


def _refutes(found: str | None, stated: str) -> bool:
    """Whether what words look like proves a stated encoding wrong: Kazakh letters that cp1251 has not, Cyrillic that was called Western."""
    return (stated == "cp1251" and found == "kz1048") or (stated == "cp1252" and found in _CYRILLIC)


def _known(stated: str) -> str:
    """The encoding that a name means to Python; "" for a name that it does not know, or for one of bytes that are no text."""
    try:
        name = codecs.lookup(stated.strip()).name
        b"x".decode(name)
    except (LookupError, ValueError):
        return ""
    name = _NAMES.get(name, name)
    return "" if name.startswith(("utf-16", "utf-32")) else name


def _sample(source: Source) -> bytes:
    """Lines in which anything but ASCII stands, as many as it takes to tell; b"" where there is none."""
    found, size = [], 0
    with source.open() as file:
        for line in file:
            if not line.isascii():
                found.append(line[:_SAMPLE])
                size += len(found[-1])
                if size > _SAMPLE:
                    break
    return b"".join(found)


def _decodes(source: Source, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with source.open() as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def lines_of(source: Source, encoding: str) -> Iterator[str]:
    """The lines of a file, their ends as they stand; raises Stop where the file was filled up with zero bytes."""
    with _text(source, encoding) as file:
        while line := file.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE:
                raise stopped("unreadable", source.name, reason="a line of it is longer than any table is wide")
            if "\0" in line:
                raise stopped("unreadable", source.name, reason=FILLED)
            yield line


def pieces(source: Source, encoding: str) -> Iterator[str]:
    """The text of a file, piece by piece, in constant memory."""
    with _text(source, encoding) as file:
        while piece := file.read(_CHUNK):
            yield piece


@contextmanager
def _text(source: Source, encoding: str) -> Iterator[TextIOWrapper]:
    with source.open() as raw, TextIOWrapper(raw, encoding, "replace" if encoding in CANDIDATES else "strict", newline="") as file:
        yield file


def wide(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: the upper bytes are those of ASCII, Cyrillic or dashes, and no control characters come of it."""
    if len(head) < 8 or b"\0" not in head:
        return ""
    for encoding, size, high in (("utf-32-le", 4, (2, 3)), ("utf-32-be", 4, (0, 1)), ("utf-16-le", 2, (1,)), ("utf-16-be", 2, (0,))):
        whole = head[: len(head) // size * size]
        if all(_is_upper(whole[at::size], strict=size == 4) for at in high) and not _CONTROLS.search(whole.decode(encoding, "replace")):
            return encoding
    return ""


def _is_upper(half: bytes, *, strict: bool) -> bool:
    zeros = half.count(0)
    return zeros == len(half) if strict else zeros + half.count(4) + half.count(0x20) >= len(half) * 0.9 and zeros + half.count(4) > 0


def likely(content: bytes) -> str | None:
    """The encoding in which these bytes read like Russian, Kazakh or Western words; None where none does."""
    texts = {encoding: content.decode(encoding, "replace") for encoding in CANDIDATES}
    worth = {encoding: _worth(text, encoding) for encoding, text in texts.items()}
    best = max(CANDIDATES, key=lambda encoding: worth[encoding])
    return best if worth[best] > 0.5 else None


def _worth(text: str, encoding: str) -> float:
    """The share of words that are written as words are, up to 1, and a little more where known ones are among them."""
    words = [word for word in _WORD.findall(text) if not word.isascii() and len(word) > 1]
    if not words:
        letters = any(char.isalpha() and not char.isascii() for char in text)
        return 0.0 if _UNNAMED.search(text) else 0.6 if letters else 0.9
    shape = {"kz1048": _KAZAKH, "cp1252": _WESTERN}.get(encoding, _RUSSIAN)
    good = sum(len(word) for word in words if shape.fullmatch(word) and not _NOT_HERE & set(word))
    share = good / sum(map(len, words))
    return share + (0.5 if _KNOWN.search(text.lower()) else 0.0) - (0.3 if _UNNAMED.search(text) else 0.0)


def looks_misread(texts: Iterable[str]) -> bool:
    """Whether texts are Cyrillic that was taken for Western: `Ðåãèîí` for `Регион`."""
    joined = " ".join(texts)
    western = sum("À" <= char <= "ÿ" for char in joined)
    return western > 3 and not re.search("[\u0400-\u052f]", joined) and western > sum(char.isascii() and char.isalpha() for char in joined) / 2


def western(content: bytes) -> str:
    """Bytes as a Western Windows shows them; `raw` gives them back, those included that mean nothing there."""
    return content.decode("latin-1").translate(_WESTERN_SIGNS)


def raw(text: str) -> bytes:
    """The bytes of a text that was decoded as Western."""
    return b"".join(_byte(char) for char in text)


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1", "replace")
