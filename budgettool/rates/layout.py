"""A file of rates becomes its lines: which cell of each states the day, the currency, the number of units and the rate.

Three layouts are known by their headings, in any order: `date;code;quant;rate`; that of the shipped table
(`period,kind,base,quote,value,source`); and the export of the bank's site, `Date;USD_quant;USD;EUR_quant;EUR`, one
column a currency, in which an empty cell is no rate.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass

HEADINGS: Mapping[str, str] = {
    "date": "period",
    "day": "period",
    "period": "period",
    "дата": "period",
    "күні": "period",
    "code": "base",
    "currency": "base",
    "base": "base",
    "валюта": "base",
    "код": "base",
    "код валюты": "base",
    "коды": "base",
    "quant": "nominal",
    "quantity": "nominal",
    "nominal": "nominal",
    "количество": "nominal",
    "кратность": "nominal",
    "номинал": "nominal",
    "саны": "nominal",
    "rate": "value",
    "value": "value",
    "курс": "value",
    "бағам": "value",
    "бағамы": "value",
    "kind": "kind",
    "quote": "quote",
    "source": "source",
}
"""What a heading means, in the columns of the shipped table."""

_DELIMITERS = ";\t,"
_ARCHIVE = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Said:
    """What one line says of one rate, as written, by the columns of the shipped table."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unread:
    """Why no line of a file was read: `reason` is `encoding`, `spreadsheet` or `columns`, and `headings` is what stood in their place."""

    reason: str
    number: int = 0
    headings: tuple[str, ...] = ()


def lines(content: bytes) -> list[Said] | Unread:
    """All that the lines of a file say, the heading apart; empty lines say nothing."""
    if content.startswith((_ARCHIVE, _COMPOUND)):
        return Unread("spreadsheet")
    text = _decoded(content)
    if text is None:
        return Unread("encoding")
    rows = _rows(text)
    if not rows:
        return []
    first, headings = rows[0]
    columns, wide = _columns(headings), _currencies(headings)
    if {"period", "base", "value"} <= columns.keys():
        return [Said(number, _picked(cells, columns)) for number, cells in rows[1:]]
    if "period" in columns and "base" not in columns and wide:
        days = {"period": columns["period"]}
        found = [Said(number, {"base": code, **_picked(cells, days | own)}) for number, cells in rows[1:] for code, own in wide.items()]
        return [said for said in found if said.cells.get("value")]
    return Unread("columns", first, tuple(heading.strip()[:40] for heading in headings[:10]))


def _decoded(content: bytes) -> str | None:
    """UTF-8 with or without a mark, UTF-16 with one, else cp1251, which old Windows writes."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1251"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold anything, with their numbers; the mark that parts cells is the commonest of the first line."""
    written = text.splitlines()
    first = next((line for line in written if line.strip()), "")
    delimiter = max(_DELIMITERS, key=lambda mark: (first.count(mark), -_DELIMITERS.index(mark)))
    found = [(number, cells) for number, line in enumerate(written, 1) for cells in csv.reader([line[:10_000]], delimiter=delimiter)]
    return [(number, cells) for number, cells in found if any(cell.strip() for cell in cells)]


def _columns(headings: list[str]) -> dict[str, int]:
    """Where each column stands; of two that mean the same the first counts."""
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        meaning = HEADINGS.get(_plain(heading))
        if meaning is not None:
            found.setdefault(meaning, index)
    return found


def _currencies(headings: list[str]) -> dict[str, dict[str, int]]:
    """The columns of each currency that has one of its own, headed by its three letters, and of its number of units."""
    plain = [_plain(heading) for heading in headings]
    found: dict[str, dict[str, int]] = {}
    for index, heading in enumerate(plain):
        if len(heading) == 3 and heading.isascii() and heading.isalpha() and heading not in HEADINGS:
            own = {"value": index}
            own |= {"nominal": plain.index(f"{heading} quant")} if f"{heading} quant" in plain else {}
            found.setdefault(heading.upper(), own)
    return found


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").split())


def _picked(cells: list[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {meaning: cells[index].strip() for meaning, index in columns.items() if index < len(cells)}
