"""The text of a page becomes calls, tag by tag, in time that grows with its length only.

Python's own `html.parser` looks for the end of an open comment, quotation mark or tag anew from each place where one may begin: a
page of a few megabytes can keep it busy for hours. Here a page that ends within one is cut short, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from types import MappingProxyType
from typing import Protocol

_OPENING = "<"
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)([^>=]*+(?:=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?=[^\"']))[^>=]*+)*)>")
_ATTRIBUTE = re.compile(r"([^\s/>=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]++)))?")
_RAW = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Handler(Protocol):
    """What is called; names are in small letters, entities are resolved."""

    def start(self, tag: str, said: Mapping[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, text: str) -> None: ...

    def remark(self, text: str) -> None: ...


def read(page: str, handler: Handler) -> bool:
    """Read a page to its end; False where it ends within a tag, a comment, a script or a style sheet."""
    at = 0
    while (begin := page.find("<", at)) >= 0:
        if begin > at:
            handler.text(_resolved(page[at:begin]))
        tag = _TAG.match(page, begin)
        if tag is not None:
            at = _tag(page, tag, handler)
        elif page.startswith("<!--", begin):
            at = page.find("-->", begin + 4) + 3
            if at > 2:
                handler.remark(page[begin + 4 : at - 3])
        elif page.startswith(("<!", "<?"), begin):
            at = page.find(">", begin) + 1
        elif page[begin + 1 : begin + 2].isalpha() or page[begin + 1 : begin + 2] == "/":
            at = page.find(">", begin) + 1 if page.startswith("</", begin) else 0
        else:
            handler.text(_OPENING)
            at = begin + 1
        if at <= begin:
            return False
    handler.text(_resolved(page[at:]))
    return True


def _resolved(text: str) -> str:
    return unescape(text) if "&" in text else text


def _tag(page: str, tag: re.Match[str], handler: Handler) -> int:
    """Tell of a tag, and where the text goes on behind it; -1 where a script or a style sheet never ends."""
    closing, name, attributes = tag[1], tag[2].lower(), tag[3]
    if closing:
        handler.end(name)
        return tag.end()
    handler.start(name, _said(attributes) if attributes else _NOTHING)
    if attributes.endswith("/") and name not in _VOID:
        handler.end(name)
    elif name in _RAW:
        end = _RAW[name].search(page, tag.end())
        if end is None:
            return -1
        handler.text(page[tag.end() : end.start()])
        return end.start()
    return tag.end()


_VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta"))
"""Tags that nothing stands within; any other that ends in a slash is closed at once."""


def _said(attributes: str) -> Mapping[str, str]:
    said: dict[str, str] = {}
    for name, quoted, single, bare in _ATTRIBUTE.findall(attributes):
        said.setdefault(name.lower(), _resolved(quoted or single or bare))
    return said
