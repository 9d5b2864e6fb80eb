"""The styles of a web page, as far as they change what a cell says: the number format that Excel wrote, and what is not displayed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from budgettool.read.namedformats import unescaped

_BRACE = re.compile(r"([{}])")
_SELECTOR = re.compile(r"[a-z]*(?:\.([\w-]+))?", re.IGNORECASE)
_FORMAT = re.compile(r"mso-number-format\s*:\s*(\"[^\"\\]*+(?:\\.[^\"\\]*+)*\"|'[^'\\]*+(?:\\.[^'\\]*+)*'|[^;]++)", re.IGNORECASE | re.DOTALL)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(slots=True)
class PageStyles:
    """By class (`.xl24`, the key is `xl24`) or by tag (`td`, the key is `td>`): number formats, and what is hidden."""

    formats: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def take(self, sheet: str) -> None:
        """Note the rules of a style sheet; what holds on paper or on narrow screens only is passed over."""
        for selectors, said in _rules(sheet):
            number_format, hides = _FORMAT.search(said), _HIDDEN.search(said)
            if not number_format and not hides:
                continue
            for key in (key for selector in selectors.split(",") if (key := _key(selector.strip()))):
                if number_format:
                    self.formats[key] = unescaped(number_format[1])
                if hides:
                    self.hidden.add(key)

    def format(self, tag: str, said: Mapping[str, str]) -> str:
        """The number format of an element: its own, else that of its classes, else that of its tag."""
        own = _FORMAT.search(said["style"]) if "style" in said else None
        if own:
            return unescaped(own[1])
        return next((self.formats[key] for key in _keys(tag, said) if key in self.formats), "")

    def hides(self, tag: str, said: Mapping[str, str]) -> bool:
        """Whether an element is not displayed."""
        if "hidden" in said or ("style" in said and _HIDDEN.search(said["style"])):
            return True
        return bool(self.hidden) and any(key in self.hidden for key in _keys(tag, said))


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule that holds everywhere; what stands within braces within braces is part of another."""
    first, *others = sheet.replace("<!--", "").replace("-->", "").split("/*")
    depth, nested, selectors, said = 0, False, "", ""
    for sign in _BRACE.split(first + "".join(other.partition("*/")[2] for other in others)):
        if sign == "{":
            depth += 1
            nested = nested or depth > 1
        elif sign == "}":
            depth = max(0, depth - 1)
            if not depth and not nested:
                yield selectors, said
            nested = nested and depth > 0
        elif depth == 0:
            selectors = sign.rpartition(";")[2]
        else:
            said = sign


def _keys(tag: str, said: Mapping[str, str]) -> tuple[str, ...]:
    return (*reversed(said.get("class", "").split()), f"{tag}>")


def _key(selector: str) -> str:
    """The class, or the tag, that a simple selector names; "" for one that asks for more than that."""
    match = _SELECTOR.fullmatch(selector)
    return "" if not match or not selector else match[1] or f"{selector.lower()}>"
