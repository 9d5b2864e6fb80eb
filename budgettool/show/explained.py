"""A code of the catalogue as a page: what it means, why it matters, how to mend it, with an example."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from budgettool.findings import Exit, Refusal, catalogue
from budgettool.formats import Column, Lines, Page, Table
from budgettool.show import Json, remarks, schema

if TYPE_CHECKING:
    from budgettool.wording import Wording


def page(code: str, words: Wording) -> Page:
    """The page of one code; a code that is not known is refused with the nearest ones."""
    known = catalogue()
    if code not in known:
        nearest = get_close_matches(code, known, n=3, cutoff=0.5)
        raise Refusal("unknown-code", Exit.USAGE, name=code, nearest=tuple(nearest))
    document: Json = {"schema": schema("explain"), "codes": [_document(code, words)], "findings": []}
    said = _document(code, words)
    lines = [f"{words.status(known[code]['severity'])}, {known[code]['family']}"]
    labels = {"why": words.text("Why it matters:"), "hint": words.text("What to do:"), "example": words.text("Example:")}
    lines += [f"{label} {said[key]}" for key, label in labels.items() if said[key]]
    return remarks.page(document, [Lines(tuple(lines), title=f"{code}: {said['title']}")], words, data=_table([code], words))


def listing(words: Wording) -> Page:
    """The page of all codes."""
    codes = sorted(catalogue(), key=lambda code: (catalogue()[code]["family"], code))
    document: Json = {"schema": schema("explain"), "codes": [_document(code, words) for code in codes], "findings": []}
    return remarks.page(document, [_table(codes, words)], words)


def _document(code: str, words: Wording) -> Json:
    known = catalogue()[code]
    return {
        "code": code,
        "family": known["family"],
        "severity": known["severity"],
        "title": words.finding_title(code),
        "why": words.why(code),
        "hint": words.hint(code),
        "example": known["example"],
    }


def _table(codes: list[str], words: Wording) -> Table:
    columns = (
        Column("family", words.text("Family")),
        Column("code", words.text("Code")),
        Column("severity", words.text("Severity")),
        Column("title", words.text("Meaning")),
    )
    known = catalogue()
    rows = tuple((known[code]["family"], code, known[code]["severity"], words.finding_title(code)) for code in codes)
    return Table(columns, rows)
