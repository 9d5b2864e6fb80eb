"""Texts beside the cells of an xlsx: comments, drawings and what is kept out of sight, since personal numbers may stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgettool.privacy import personal_numbers
from budgettool.read.archive import Archive, too_much
from budgettool.read.parts import Listed, relations
from budgettool.read.source import Note
from budgettool.read.tags import parse

_DIGITS = re.compile(rb"(?<![\d.,])\d{6}[ -]?\d{6}(?![\d.,])")
_LONGEST, _MOST = 1_000_000, 100_000


def comments(archive: Archive, listed: Listed) -> Iterator[Note]:
    """Comments of a sheet, old and threaded, at their cells; texts of drawings, which have none."""
    for kind, target in relations(archive, listed.part).values():
        if target not in archive:
            continue
        if "comment" in kind:
            yield from _notes(archive, target, _Asides(listed.name, frozenset(("comment", "threadedComment"))))
        elif kind.endswith("/drawing"):
            yield from _notes(archive, target, _Asides(listed.name, frozenset(("p",))))


def stored(archive: Archive) -> Iterator[Note]:
    """The first personal number in what a workbook keeps out of sight: sources of pivot tables, cells of other workbooks, left-over texts."""
    parts = [*archive.named("xl/pivotcache/", ".xml"), *archive.named("xl/externallinks/", ".xml"), *archive.named("xl/sharedstrings.xml")]
    for part in parts:
        rest = b""
        for chunk in archive.chunks(part):
            for digits in _DIGITS.findall(rest[-12:] + chunk):
                if personal_numbers(text := digits.decode("ascii")):
                    yield Note(text)
                    return
            rest = chunk


class _Asides:
    """Gathers the text within each of some tags."""

    def __init__(self, sheet: str, within: frozenset[str]) -> None:
        self.sheet, self.within = sheet, within
        self.notes: list[Note] = []
        self.pieces: list[str] = []
        self.cell = ""
        self.length = self.count = 0

    def start(self, name: str, said: dict[str, str]) -> None:
        if name in self.within:
            self.cell, self.pieces, self.length = said.get("ref", ""), [], 0

    def text(self, text: str) -> None:
        self.length += len(text)
        self.pieces.append(text)

    def end(self, name: str) -> None:
        if name in self.within:
            if text := "".join(self.pieces).strip():
                self.notes.append(Note(text, self.sheet, self.cell))
                self.count += 1
            self.pieces, self.length = [], 0


def _notes(archive: Archive, part: str, asides: _Asides) -> Iterator[Note]:
    for _ in parse(archive, part, asides):
        if asides.length > _LONGEST or asides.count > _MOST:
            raise too_much(archive.source)
        yield from asides.notes
        asides.notes.clear()
