"""A csv becomes a draft: encoding, delimiter and quotes are found out; cells are text as written, rows keep their physical line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from budgettool.findings import Finding, Place
from budgettool.read.encoding import decoded
from budgettool.read.grid import is_blank
from budgettool.read.sheet import Sheet, Value
from budgettool.read.source import Draft, Source, stopped

_SAMPLE = 200
_SEP_LINE = re.compile(r'\s*"?sep=(.)"?[;,\t|\s]*', re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_INNER_COMMA = re.compile(r",(?=\s)|(?<=\d),(?=\d{1,2}(?:\D|$))")


class OpenQuote(Exception):
    """A quotation mark is never closed; its argument is the line in which the record begins."""


def read_text(source: Source) -> Draft:
    """The one sheet of a csv, which has no name; raises Stop where its encoding or its quotes can't be made out."""
    with source.open() as file:
        text, guessed = decoded(file.read(), source.name)
    lines = [line for line in _LINE.findall(text) if line]
    stated = _SEP_LINE.fullmatch(lines[0].rstrip("\r\n")) if lines else None
    delimiter = stated[1] if stated else find_delimiter(lines)
    try:
        grid = _grid(lines, delimiter, 1 if stated else 0)
    except OpenQuote as found:
        raise stopped("quote-not-closed", source.name, cell=str(found.args[0]), line=found.args[0]) from found
    if not grid:
        raise stopped("unreadable", source.name, reason="it is empty")
    draft = Draft(sheets=[Sheet("", grid)])
    if guessed:
        draft.findings.append(Finding("encoding", (Place(source.name),), facts=(("encoding", guessed),)))
    return draft


def _grid(lines: Sequence[str], delimiter: str, skipped: int) -> list[Sequence[Value]]:
    grid: list[Sequence[Value]] = []
    for line, fields in records(lines[skipped:], delimiter):
        grid.extend(() for _ in range(line + skipped - 1 - len(grid)))
        grid.append(_row(fields))
    while grid and not grid[-1]:
        grid.pop()
    return grid


def _row(fields: Sequence[str]) -> list[Value]:
    row: list[Value] = [field if field.strip() else None for field in fields]
    while row and is_blank(row[-1]):
        row.pop()
    return row


def records(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the line, from 1, in which each begins; raises OpenQuote.

    A record of several lines must be written by the rules: where text follows its closing quotation mark, the mark
    was meant to open another field, and one before it was never closed.
    """
    reader = csv.reader(lines, delimiter=delimiter)
    before = 0
    try:
        for fields in reader:
            if reader.line_num - before > 1 or reader.line_num == len(lines):
                _check(lines[before : reader.line_num], delimiter)
            yield before + 1, fields
            before = reader.line_num
    except csv.Error as error:
        raise OpenQuote(before + 1) from error


def _check(lines: Sequence[str], delimiter: str) -> None:
    """Raise csv.Error for a record that ends within quotes, or, if it has several lines, goes on after them."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if len(lines) > 1 or "end of data" in str(error):
            raise


def find_delimiter(lines: Sequence[str]) -> str:
    """The mark that parts most lines into the same number of fields; commas of sentences and of decimals part nothing.

    >>> find_delimiter(["Регион;Оплачено, тенге", "Абай;1,5"])
    ';'
    """
    sample = [line for line in lines[: 2 * _SAMPLE] if line.strip()][:_SAMPLE]
    others = {mark: _parting(sample, mark) for mark in ";\t|"}
    best = max(others, key=lambda mark: others[mark])
    clean = [_INNER_COMMA.sub(".", line) for line in sample] if others[best] else sample
    return "," if _parting(clean, ",") > others[best] else best


def _parting(lines: Sequence[str], mark: str) -> float:
    """Fields gained by the most common parting, times the share of lines that have it; nothing where it is less than a third."""
    counts: Counter[int] = Counter()
    try:
        for _, fields in records(lines, mark):
            counts[len(fields)] += 1
    except OpenQuote:
        pass
    total = counts.total()
    common = max((count for count in counts if count > 1), key=lambda count: (counts[count], count), default=1)
    return (common - 1) * counts[common] / total if total and counts[common] * 3 >= total else 0.0
