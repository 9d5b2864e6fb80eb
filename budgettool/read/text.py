"""A csv becomes a draft: encoding, delimiter and quotes are found out; cells are text as written, rows keep their physical line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgettool.findings import Finding, Place
from budgettool.read.encoding import decoded
from budgettool.read.grid import is_blank
from budgettool.read.sheet import Sheet, Value
from budgettool.read.source import Draft, Source, stopped

DELIMITERS = ";,\t|"
_SAMPLE = 200
_SEP_LINE = re.compile(r'\s*"?sep=(.)"?[;,\t|\s]*', re.IGNORECASE)
_NUMBER = re.compile(r"[-+−–(]?\d[\d\s\u00a0\u202f]*(?:[.,]\d+)*\)?%?")
_DECIMAL_TAIL = re.compile(r"\d{1,2}\)?%?")


def read_text(source: Source) -> Draft:
    """The one sheet of a csv, which has no name; raises Stop where its encoding or its quotes can't be made out."""
    with source.open() as file:
        text, guessed = decoded(file.read(), source.name)
    lines = text.split("\n") if "\r" not in text else re.split(r"\r\n|\r|\n", text)
    first, delimiter = _sep_line(lines)
    if delimiter is None:
        delimiter = find_delimiter(lines)
    grid: list[Sequence[Value]] = []
    for line, fields in records(lines, delimiter, source.name, first):
        grid.extend(() for _ in range(line - 1 - len(grid)))
        grid.append(_row(fields))
    while grid and not grid[-1]:
        grid.pop()
    if not grid:
        raise stopped("unreadable", source.name, reason="it is empty")
    draft = Draft(sheets=[Sheet("", grid)])
    if guessed:
        draft.findings.append(Finding("encoding", (Place(source.name),), facts=(("encoding", guessed),)))
    return draft


def _row(fields: list[str]) -> list[Value]:
    row: list[Value] = [field if field.strip() else None for field in fields]
    while row and is_blank(row[-1]):
        row.pop()
    return row


def _sep_line(lines: Sequence[str]) -> tuple[int, str | None]:
    match = _SEP_LINE.fullmatch(lines[0]) if lines else None
    return (1, match[1]) if match else (0, None)


def find_delimiter(lines: Sequence[str]) -> str:
    """The mark that parts the rows evenly and no number in two; the first of `;`, tab, `|`, `,` where several do.

    >>> find_delimiter(["Регион;Оплачено, тенге", "Абай;1,5"])
    ';'
    """
    sample = [line for line in lines if line.strip()][:_SAMPLE]
    return max(";\t|,", key=lambda mark: _evenness(sample, mark))


def _evenness(lines: Sequence[str], mark: str) -> tuple[float, float]:
    """How many lines have as many fields as the widest common count, and how little of it breaks decimal numbers."""
    rows = [fields for _, fields in _split(lines, mark) if len(fields) > 1]
    if not rows:
        return (0.0, 0.0)
    counts = [len(fields) for fields in rows]
    common = max(set(counts), key=lambda count: (counts.count(count), count))
    even = counts.count(common) / len(lines)
    broken = sum(_breaks(fields) for fields in rows) / len(rows) if mark == "," else 0.0
    return (even * (1.0 - broken), common)


def _breaks(fields: Sequence[str]) -> bool:
    """Whether a row, parted at commas, looks like one whose numbers were cut at their decimal mark or whose sentences were cut."""
    pairs = zip(fields, fields[1:], strict=False)
    return any(_cut_number(before, after) or (after[:1] == " " and before.strip() and after.strip()) for before, after in pairs)


def _cut_number(before: str, after: str) -> bool:
    whole = re.search(r"(?:^|[;\t|])\"?(\d[\d\s\u00a0\u202f]*)$", before)
    return bool(whole) and bool(re.match(r"\d{1,2}\"?(?:[;\t|]|$)", after)) and (";" in before + after or "\t" in before + after or "|" in before + after)


def _split(lines: Sequence[str], mark: str) -> Iterator[tuple[int, list[str]]]:
    """Records as far as they close; an open quote ends them."""
    try:
        yield from records(lines, mark, "")
    except OpenQuote:
        return


class OpenQuote(Exception):
    """A quotation mark is never closed; carries the line where it opened."""


