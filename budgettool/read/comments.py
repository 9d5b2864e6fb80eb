"""Texts beside the cells of an xlsx: comments, drawings and what is kept out of sight, since personal numbers may stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from budgettool.read.archive import Archive
from budgettool.read.parts import Listed, local, parsed, relations
from budgettool.read.source import Note

_DIGITS = re.compile(rb"(?<![\d.,])\d{6}[ -]?\d{6}(?![\d.,])")
_TEXT = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")


def comments(archive: Archive, listed: Listed) -> list[Note]:
    """Comments of a sheet, old and threaded, at their cells; texts of drawings, which have none."""
    notes: list[Note] = []
    for kind, target in relations(archive, listed.part).values():
        if target not in archive:
            continue
        if "comment" in kind:
            notes += _comments(archive, target, listed.name)
        elif kind.endswith("/drawing"):
            text = archive.read(target).decode("utf-8", "replace")
            notes.append(Note(unescape("\n".join(_TEXT.findall(text))), listed.name))
    return notes


def stored(archive: Archive) -> Iterator[Note]:
    """What a workbook keeps out of sight and a personal number may stand in: sources of pivot tables, cells of other workbooks, left-over texts."""
    parts = [*archive.named("xl/pivotcache/", ".xml"), *archive.named("xl/externallinks/", ".xml"), *archive.named("xl/sharedstrings.xml")]
    for part in parts:
        rest = b""
        for chunk in archive.chunks(part):
            yield from (Note(digits.decode("ascii")) for digits in _DIGITS.findall(rest[-12:] + chunk))
            rest = chunk


def _comments(archive: Archive, part: str, sheet: str) -> Iterator[Note]:
    for element in parsed(archive, part).iter():
        if local(element) in ("comment", "threadedComment"):
            yield Note("".join(element.itertext()), sheet, element.get("ref", ""))
