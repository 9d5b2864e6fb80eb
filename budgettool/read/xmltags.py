"""XML becomes calls, tag by tag: names without the prefix that a file happens to use, and no entity of its own making.

A file that declares entities is refused: no program that writes spreadsheets does, and entities that stand for entities
grow without end.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Protocol
from xml.parsers.expat import ExpatError, ParserCreate

from budgettool.read.archive import damaged
from budgettool.read.source import Source, stopped

_DEEPEST = 1000


class Handler(Protocol):
    """What is called; `name` and the keys of `said` are those of `short`."""

    def start(self, tag: str, said: dict[str, str]) -> None: ...

    def text(self, text: str) -> None: ...

    def end(self, tag: str) -> None: ...


def feed(content: Iterable[str | bytes], handler: Handler, source: Source) -> None:
    """Parse a file piece by piece; raises Stop where it is damaged or declares entities."""
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def start(name: str, said: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise ValueError("tags within tags without end")
        handler.start(short(name), {short(key): value for key, value in said.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(short(name))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = handler.text

    def refuse(*_: object) -> None:
        raise stopped("unreadable", source.name, reason="it declares entities of its own, which may grow without end")

    parser.EntityDeclHandler = refuse
    try:
        for piece in content:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (ExpatError, ValueError, OverflowError, KeyError) as error:
        raise damaged(source) from error


@cache
def short(name: str) -> str:
    """The last word of a namespace with the local name, whatever prefix the file has for it.

    >>> short("urn:oasis:names:tc:opendocument:xmlns:table:1.0 table-row"), short("urn:schemas-microsoft-com:office:spreadsheet Row")
    ('table:table-row', 'spreadsheet:Row')
    """
    namespace, _, local = name.rpartition(" ")
    parts = namespace.split(":")
    if len(parts) < 2:
        return local
    return f"{parts[-2] if parts[-1][:1].isdigit() else parts[-1]}:{local}"
