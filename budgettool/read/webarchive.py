"""A web archive (mht), as Excel and browsers save one, becomes a draft: each page in it that holds a table is a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_binary_file
from email.message import Message
from html import unescape

from budgettool.read.encoding import encoding_of
from budgettool.read.html import DIGITS, charset, parse, sheet_of, text_of
from budgettool.read.markup import Page, Table
from budgettool.read.pagestyles import PageStyles
from budgettool.read.source import Draft, Note, Source, of_bytes, stopped

_SHEET = re.compile(r"<x:Name>([^<]*)</x:Name>\s*<x:WorksheetSource\s+HRef=\"([^\"]*)\"", re.IGNORECASE)


def read_mht(source: Source) -> Draft:
    """The sheets of an archive, named as Excel names them; raises Stop where none of its pages holds a table."""
    with source.open() as file:
        message = message_from_binary_file(file)
    styles = PageStyles()
    for _, part in _parts(message, "text/css", source):
        styles.take(text_of(part, encoding_of(part, "utf-8")[0]))
    draft = Draft()
    read = [(place, _page(part, styles, draft)) for place, part in _parts(message, "text/html", source)]
    names = {_last(place): unescape(name) for _, page in read for remark in page.remarks for name, place in _SHEET.findall(remark)}
    for place, page in read:
        if any(isinstance(part, Table) for part in page.box.parts) and not (names and _last(place) not in names):
            draft.sheets.append(sheet_of(page, names.get(_last(place), ""), source))
    if not any(sheet.grid for sheet in draft.sheets):
        raise stopped("unreadable", source.name, reason="it is a web page without a table")
    return draft


def _parts(message: Message, kind: str, source: Source) -> Iterator[tuple[str, Source]]:
    """Where each part of a kind says that it came from, and its bytes."""
    for part in message.walk():
        content = part.get_payload(decode=True) if part.get_content_type() == kind else None
        if isinstance(content, bytes) and content.strip(b"\0"):
            yield part.get("Content-Location", ""), of_bytes(content, source.path, source.name)


def _page(part: Source, styles: PageStyles, draft: Draft) -> Page:
    encoding, _ = encoding_of(part, charset(part.head))
    text = text_of(part, encoding)
    draft.notes += [Note(digits) for digits in DIGITS.findall(text)]
    return parse(text, styles, part)


def _last(place: str) -> str:
    return place.replace("\\", "/").rpartition("/")[2].lower()
