"""Spelling: how two texts are the same words, whatever spaces, case, dashes or look-alike letters they were typed with.

`Плaн нa пepиод,` with Latin a and e looks right and matches nothing; `folded` makes the ordinary
differences go, `unmixed` puts the letters of a word back into one alphabet.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f\u200b\ufeff_]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_HYPHENATED = re.compile(r"(?<=[^\W\d])-[ \t]*\r?\n[ \t]*(?=[^\W\d])")
_FOOTNOTE = re.compile(r"(?:\s*(?:\*+|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+))+\s*$")
_LATIN_TO_CYRILLIC = str.maketrans("abcehikmoptxy", "авсенікмортху")
_CYRILLIC_TO_LATIN = str.maketrans("авсенікмортху", "abcehikmoptxy")
_CYRILLIC, _LATIN = re.compile(r"[\u0400-\u04ff]"), re.compile(r"[a-z]")


def folded(text: str) -> str:
    """Lower case, composed, ё as е, one plain space between words, one kind of dash, no footnote marks at the end."""
    text = unicodedata.normalize("NFC", _HYPHENATED.sub("", text)).casefold().replace("ё", "е").replace("\u00ad", "")
    text = _DASHES.sub("-", _SPACES.sub(" ", text)).strip()
    return _FOOTNOTE.sub("", text)


def unmixed(text: str) -> str:
    """A folded text whose words each stand in one alphabet: look-alike letters follow the letters that have no double."""
    return " ".join(_one_alphabet(word) for word in text.split(" "))


def _one_alphabet(word: str) -> str:
    if not (_LATIN.search(word) and _CYRILLIC.search(word)):
        return word
    cyrillic = word.translate(_LATIN_TO_CYRILLIC)
    if not _LATIN.search(cyrillic):
        return cyrillic
    latin = word.translate(_CYRILLIC_TO_LATIN)
    return latin if not _CYRILLIC.search(latin) else word
