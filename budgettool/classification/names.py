"""The names of regions brought to one form, so that `г.Алматы`, `Алматы қ.` and `Туркестанская 1` can be looked up.

A name as written becomes keys of growing generosity: tidy, with the word for region or city made one,
and with look-alike and Kazakh letters folded. Letters that were lost in saving (`?останай`, `Ќостанай`)
become a pattern. What a key means is the register's to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from budgettool.letters import as_cyrillic, plain, without_kazakh

_REGION = "обл (?:с?т[ьи]|сы)|область|обл|области|областью|облысы(?:ның|на|нда|нан|мен)?|облыс|region|oblast|province|oblysy"
_CITY = "қ сы|город|города|городу|городе|городом|гор|г|қаласы(?:ның|на|нда|нан)?|қала|қ|к|city|qalasy|c"
_KIND = re.compile(rf"(?<!\S)(?:(?P<region>{_REGION})|(?P<city>{_CITY}))(?!\S)")
_DISTRICT = re.compile(r"(?<!\S)(?:р н|район[а-я]{0,3}|ауд(?:аны?)?|district|rayon|raion|audany|п|пос|поселок|село|с|ауылы?|кент[іи]?|мкр)(?!\S)")
_BESIDE = re.compile(r"^(?:по|в|во|для|city of|the) (?=\S)| (?:бойынша)$")
_MARKS = re.compile(r"[._,;:«»\"'`-]+")
_FOOTNOTE = re.compile(r"(?<=[^\W\d])\.?[\s*†‡¹²³⁴-⁹\d)]*$")
_NUMBERED = re.compile(r"^(?:№ ?)?\d+(?:[.)] ?| )(?=[^\W\d])")
_LINE = "\ue001"
_SPLIT = re.compile(r"\s*[/|\n;]\s*|\s+[-–—]\s+|\s*[(\[]|[)\]]\s*")
_CODE = re.compile(r"(?:kz[- ]?)?(\d\d)(?:0{7})?(?:\.0)?")
_ID = re.compile(r"[a-z]{2}-[a-z0-9]{1,6}|\d{1,9}")
_HOLES = frozenset("?\ufffd\u25a1ЌќЎўЃѓЅѕЏџЊњЉљЋћЂђЄє¬°±µ")
"""What stands for letters that an encoding has not, and what the Kazakh letters of one eight-bit encoding look like when they are read as another."""


def key(text: str) -> str:
    """A name without case, punctuation, numbering before it and footnote marks behind it."""
    told = _NUMBERED.sub("", plain(text))
    return " ".join(_MARKS.sub(" ", _FOOTNOTE.sub("", told)).split())


def keys(listed: Iterable[str]) -> list[str]:
    """The keys of many well-kept names, in one go."""
    return [" ".join(line.split()) for line in _MARKS.sub(" ", plain(_LINE.join(listed))).split(_LINE)]


def without_kind(name: str) -> str:
    """A key whose word for region or city, wherever it stands and however it is inflected, is one mark behind the rest."""
    bare = _BESIDE.sub("", name)
    kinds = {"R" if match["region"] else "C" for match in _KIND.finditer(bare)}
    rest = " ".join(_KIND.sub(" ", bare).split())
    return f"{rest}|{''.join(sorted(kinds))}"


def is_below_region(text: str) -> bool:
    """Whether a name says itself that it is that of a district or a town."""
    return _DISTRICT.search(key(text)) is not None or without_kind(key(text)).endswith("|C")


def skeleton(name: str) -> str:
    """A key with all letters that have a Cyrillic double in Cyrillic, and Kazakh letters as Russian ones."""
    return without_kazakh(as_cyrillic(name))


def skeletons(listed: Iterable[str]) -> list[str]:
    """The skeletons of many keys, in one go."""
    return skeleton(_LINE.join(listed)).split(_LINE)


def parts(text: str) -> list[str]:
    """What a cell in two languages holds: `Ақтөбе облысы / Актюбинская область`; one part where nothing parts it."""
    return [part for part in _SPLIT.split(text.strip()) if part.strip()]


def codes(text: str) -> tuple[str, ...]:
    """The forms in which a code is looked up: `XX-NO` as `xx-no`, `150000000`, `15.0` and `KZ-15` also as `15`; none for what is no code."""
    told = plain(text)
    match = _CODE.fullmatch(told)
    return tuple(code for code in (told if _ID.fullmatch(told) else "", match[1] if match else "") if code)


def is_lossy(text: str) -> bool:
    """Whether letters of a text were lost in saving."""
    return not _HOLES.isdisjoint(text)


def lost(text: str) -> re.Pattern[str]:
    """A pattern for the skeleton of a name whose lost letters stand for one letter each."""
    told = unicodedata.normalize("NFC", text)
    holed = key("".join("\ue000" if char in _HOLES else char for char in told))
    return re.compile(re.escape(skeleton(holed)).replace("\ue000", "[^ ]"))


def windows(text: str, longest: int = 4) -> Iterator[tuple[int, int, str]]:
    """Every run of up to four words of a text, the longest first, with its first word and the one behind its last."""
    words = key(text).split()
    for size in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            yield start, start + size, " ".join(words[start : start + size])
