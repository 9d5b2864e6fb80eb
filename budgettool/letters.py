"""How words are compared: spaces, dashes, ё and look-alike letters brought to one form.

`Плaн` with a Latin a and `План` are one word to whoever reads a printed page, and so are
`Нур–Султан`, `Нур-Султан` and `нур - султан`. Nothing here decides what a word means; it only makes
that equal which looks equal.

>>> plain("  Отчётный\u00a0период\u2009— ")
'отчетный период -'
>>> unmixed("Aктюбинcкая oблысы, Almaty")
'Актюбинская облысы, Almaty'
"""

from __future__ import annotations

import re
import unicodedata

DASHES = "-‐‑‒–—―−﹣－⁃"
"""Every mark that people type for a dash or a minus."""

APOSTROPHES = "'’‘ʼ`´′＇ʹ"

SPACES = "\t\n\v\f\r \x85\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"

UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters without width: soft hyphens, byte order marks, direction marks."""

_TIDY = str.maketrans(
    dict.fromkeys(DASHES, "-") | dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(SPACES, " ") | dict.fromkeys(UNSEEN)
)
_FOLD = _TIDY | str.maketrans("ё", "е")

_LATIN = "ABCEHIKMOPTXYaceikmoptxyhjsəƏöÖ"
_CYRILLIC = "АВСЕНІКМОРТХУасеікмортхуһјѕәӘӧӦ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_LATIN_LETTER, _CYRILLIC_LETTER = re.compile("[A-Za-zÀ-ɏ]"), re.compile("[\u0400-\u052f]")
_LETTERS = re.compile(r"[^\W\d_]+")


def tidy(text: str) -> str:
    """Composed letters, one kind of space, dash and apostrophe, single spaces, nothing unseen; case and letters stay."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_TIDY).split())


def plain(text: str) -> str:
    """The form in which two words are compared: tidy, in lower case, ё as е."""
    return " ".join(unicodedata.normalize("NFC", text).lower().translate(_FOLD).split())


def is_mixed(text: str) -> bool:
    """Whether a word of it holds both Latin and Cyrillic letters."""
    return _holds_both(text) and any(_holds_both(word) for word in _LETTERS.findall(text))


def unmixed(text: str) -> str:
    """Each word of two alphabets with its look-alike letters in the alphabet of the others; its length never changes.

    A word is Cyrillic if it has a Cyrillic letter that no Latin one looks like, else Latin if the reverse holds,
    else Cyrillic.
    """
    if not _holds_both(text):
        return text
    return _LETTERS.sub(lambda match: _one_alphabet(match[0]) if _holds_both(match[0]) else match[0], text)


def _holds_both(text: str) -> bool:
    return bool(_LATIN_LETTER.search(text) and _CYRILLIC_LETTER.search(text))


def _one_alphabet(word: str) -> str:
    in_cyrillic = word.translate(_TO_CYRILLIC)
    if all("\u0400" <= char <= "\u052f" for char in in_cyrillic):
        return in_cyrillic
    in_latin = word.translate(_TO_LATIN)
    return in_latin if not any("\u0400" <= char <= "\u052f" for char in in_latin) else word


def as_cyrillic(text: str) -> str:
    """All letters that have a Cyrillic look-alike in Cyrillic: `BKO` becomes `ВКО`. Only for a second try, and to be said."""
    return text.translate(_TO_CYRILLIC)


_KAZAKH = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІıəƏ", "агкноуухиАГКНОУУХИiaA")


def without_kazakh(text: str) -> str:
    """Kazakh letters as old fonts and hurried typists write them, К for Қ; Latin ones without accents."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text.replace("й", _SHORT_I))
    return _ACCENTS.sub("", apart).replace(_SHORT_I, "й").translate(_KAZAKH)


_SHORT_I = "\ue002"
_ACCENTS = re.compile("[\u0300-\u036f]+")
