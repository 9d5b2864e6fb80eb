"""Bytes become text where nothing states the encoding: what decodes strictly, then what reads like Russian or Kazakh.

Windows writes Kazakh in kz1048, which differs from cp1251 in the Kazakh letters only: where cp1251 shows the letters of
other languages (`ќ`, `ј`, `ї`), the text is in kz1048.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable

from budgettool.read.source import stopped

CANDIDATES = ("cp1251", "kz1048", "cp866", "koi8-r", "mac-cyrillic")
"""In the order in which they are preferred; named in findings as they stand here."""

_NOT_HERE = frozenset("ЌЎўЈҐЄЇќћјЅѕїЋґєЂђЃѓЉљЊњЏџ")
_WORD = re.compile(r"[^\W\d_]+")
_RUSSIAN = re.compile(r"[А-ЯЁІ]?[а-яёі]+|[А-ЯЁІ]+")
_KAZAKH = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮҺІ]?[а-яёәғқңөұүһі]+|[А-ЯЁӘҒҚҢӨҰҮҺІ]+")
_KNOWN = re.compile(
    r"регион|област|облыс|город|период|кезең|месяц|год|жыл|план|факт|оплач|сумм|тенге|теңге|получател|адам|қала|перечисл|"
    r"освое|остаток|бюджет|наимен|атауы|отч[её]т|есеп|итог|барлығы"
)
_UNNAMED = re.compile(r"[\x80-\x9f\ufffd\u2500-\u259f]")
_SAMPLE = 100_000


def decoded(content: bytes, name: str) -> tuple[str, str]:
    """The text of a file, and the encoding that was chosen for it ("" where the file itself tells); raises Stop where none fits."""
    if content.startswith(BOM_UTF8):
        return _strict(content[3:], "utf-8", name), ""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _strict(content, "utf-16", name), ""
    if b"\0" in content[:_SAMPLE]:
        little = content[1:_SAMPLE:2].count(0) >= content[0:_SAMPLE:2].count(0)
        return _strict(content, "utf-16-le" if little else "utf-16-be", name), ""
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        encoding = likely(content[:_SAMPLE])
    if encoding is None:
        raise stopped("encoding-not-stated", name, encodings=CANDIDATES)
    return content.decode(encoding, "replace"), encoding


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise stopped("encoding-not-stated", name, encodings=(encoding,)) from error


def likely(content: bytes) -> str | None:
    """The encoding in which these bytes read like Russian or Kazakh words; None where none does."""
    texts = {encoding: content.decode(encoding, "replace") for encoding in CANDIDATES}
    worth = {encoding: _worth(text, kazakh=encoding == "kz1048") for encoding, text in texts.items()}
    best = max(CANDIDATES, key=lambda encoding: worth[encoding])
    return best if worth[best] > 0.5 else None


def _worth(text: str, *, kazakh: bool = False) -> float:
    """The share of words that are written as words are, up to 1, and a little more where known ones are among them."""
    words = [word for word in _WORD.findall(text) if not word.isascii() and len(word) > 1]
    if not words:
        letters = any(char.isalpha() and not char.isascii() for char in text)
        return 0.0 if _UNNAMED.search(text) else 0.6 if letters else 0.9
    shape = _KAZAKH if kazakh else _RUSSIAN
    good = sum(len(word) for word in words if shape.fullmatch(word) and not _NOT_HERE & set(word))
    share = good / sum(map(len, words))
    return share + (0.5 if _KNOWN.search(text.lower()) else 0.0) - (0.3 if _UNNAMED.search(text) else 0.0)


def looks_misread(texts: Iterable[str]) -> bool:
    """Whether texts are Cyrillic that was taken for Western: `Ðåãèîí` for `Регион`."""
    joined = " ".join(texts)
    western = sum("À" <= char <= "ÿ" for char in joined)
    return western > 3 and not re.search("[\u0400-\u052f]", joined) and western > sum(char.isascii() and char.isalpha() for char in joined) / 2


def raw(text: str) -> bytes:
    """The bytes of a text that was decoded as Western."""
    return b"".join(_byte(char) for char in text)


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1", "replace")
