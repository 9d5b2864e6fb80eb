"""A part of a zip becomes calls or events, tag by tag, in memory that does not grow with the part.

Prefixes are left away. Refused, since no program that writes spreadsheets needs it and a reader may be stopped by it:
entities of the file's own making, tags that do not end, tags within tags without end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol
from xml.parsers.expat import ExpatError, ParserCreate

from budgettool.read.archive import Archive, damaged, too_much
from budgettool.read.source import Source, stopped

_LONGEST_TAG = 2 * 2**20
DEEPEST = 1000


class Handler(Protocol):
    """What is called; names of tags come without their prefix."""

    def start(self, name: str, said: dict[str, str]) -> None: ...

    def text(self, text: str) -> None: ...

    def end(self, name: str) -> None: ...


class Tag(NamedTuple):
    """A tag that opens (`said` are its attributes) or closes (`said` is None)."""

    name: str
    said: dict[str, str] | None


class Parser:
    """Feeds a handler; whatever is wrong with the XML, or with what the handler makes of it, raises Stop."""

    def __init__(self, source: Source, handler: Handler, *, counts: bool = False) -> None:
        """`counts`: the handler takes names as they are and counts how deep it is, which saves half of the calls."""
        self.source, self.handler = source, handler
        self.fed = self.depth = 0
        self.expat = ParserCreate()
        self.expat.buffer_text = True
        self.expat.StartElementHandler = handler.start if counts else self._start
        self.expat.EndElementHandler = handler.end if counts else self._end
        self.expat.CharacterDataHandler = handler.text
        self.expat.EntityDeclHandler = self._refuse

    def _start(self, name: str, said: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise too_much(self.source)
        self.handler.start(name.rpartition(":")[2], said)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.handler.end(name.rpartition(":")[2])

    def _refuse(self, *_: object) -> None:
        raise stopped("unreadable", self.source.name, reason="it declares entities of its own, which may grow without end")

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """The next piece. A tag that spans many is looked at from its begin with each, and so is refused."""
        self.fed += len(piece)
        try:
            self.expat.Parse(piece, last)
        except (ExpatError, ValueError, OverflowError) as error:
            raise damaged(self.source) from error
        if self.fed - max(0, self.expat.CurrentByteIndex) > _LONGEST_TAG and not last:
            raise too_much(self.source)


def parse(archive: Archive, part: str, handler: Handler) -> Iterator[None]:
    """Feed a part to a handler, with a pause after each piece of it."""
    parser = Parser(archive.source, handler)
    for piece in archive.chunks(part):
        parser.feed(piece)
        yield
    parser.feed(b"", last=True)
    yield


class _Gathered:
    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        self.tags: list[Tag] = []

    def start(self, name: str, said: dict[str, str]) -> None:
        if name in self.wanted:
            self.tags.append(Tag(name, said))

    def text(self, text: str) -> None:
        """Not wanted."""

    def end(self, name: str) -> None:
        if name in self.wanted:
            self.tags.append(Tag(name, None))


def tags(archive: Archive, part: str, *wanted: str) -> Iterator[Tag]:
    """The wanted tags of a part in order; none where there is no such part."""
    if part not in archive:
        return
    gathered = _Gathered(frozenset(wanted))
    for _ in parse(archive, part, gathered):
        yield from gathered.tags
        gathered.tags.clear()
