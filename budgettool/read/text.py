"""A csv becomes a draft: encoding, delimiter and quotes are found out; cells are text as written, rows keep their physical line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from budgettool.findings import Finding, Place
from budgettool.read.aligned import columns_of, fields_of
from budgettool.read.encoding import encoding_of, lines_of
from budgettool.read.grid import LAST_COLUMN, MOST_CELLS, too_large
from budgettool.read.sheet import Sheet, Value
from budgettool.read.source import Draft, Source, stopped

_SAMPLE = 200
_KNOWN = 50_000
_SEP_LINE = re.compile(r'\s*"?sep=(.)"?[;,\t|\s]*', re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r",(?=\s)|(?<=\d),(?=\d{1,2}(?!\d|\s\d{3}))")
_INNER_COMMA = re.compile(r",(?=\s)|(?<=\d),(?=\d{1,3}(?!\d|\s\d{3}))")


class OpenQuote(Exception):
    """A quotation mark is never closed; its argument is the line in which the record begins."""


def read_text(source: Source) -> Draft:
    """The one sheet of a csv, which has no name; raises Stop where its encoding or its quotes can't be made out."""
    encoding, guessed = encoding_of(source)
    lines = lines_of(source, encoding)
    first = list(islice(lines, 2 * _SAMPLE))
    stated = _SEP_LINE.fullmatch(first[0].rstrip("\r\n")) if first else None
    delimiter = stated[1] if stated else find_delimiter(first)
    columns = () if stated or _parting(first, delimiter) else columns_of(first)
    text = chain(first[1:] if stated else first, lines)
    try:
        read = ((number, fields_of(line, columns)) for number, line in enumerate(text, 1)) if columns else records(text, delimiter)
        grid = _grid(read, 1 if stated else 0, source)
    except OpenQuote as found:
        raise stopped("quote-not-closed", source.name, cell=str(found.args[0]), line=found.args[0]) from found
    if not grid:
        raise stopped("unreadable", source.name, reason="it is empty")
    draft = Draft(sheets=[Sheet("", grid, delimited=not columns)])
    if guessed:
        draft.findings.append(Finding("encoding", (Place(source.name),), facts=(("encoding", guessed),)))
    return draft


def _grid(read: Iterable[tuple[int, list[str]]], skipped: int, source: Source) -> list[Sequence[Value]]:
    """Rows at their lines; equal texts that stand near each other are kept once, since those of a report repeat."""
    grid: list[Sequence[Value]] = []
    known: dict[str, Value] = {}
    cells = 0
    for line, fields in read:
        while fields and not fields[-1].strip():
            fields.pop()
        if not fields:
            continue
        cells += len(fields)
        if cells > MOST_CELLS or len(fields) > LAST_COLUMN:
            raise too_large(source, "", line + skipped, len(fields))
        if len(known) > _KNOWN:
            known.clear()
        grid.extend(() for _ in range(line + skipped - 1 - len(grid)))
        grid.append([known.setdefault(field, field) if field.strip() else None for field in fields])
    return grid


def records(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the line, from 1, in which each begins; raises OpenQuote.

    A record of several lines must be written by the rules: where text follows its closing quotation mark, the mark
    was meant to open another field, and one before it was never closed.
    """
    held: list[str] = []
    reader = csv.reader(_noted(lines, held), delimiter=delimiter)
    begun, last = 1, held
    try:
        for fields in reader:
            if len(held) > 1:
                _check(held, delimiter)
            yield begun, fields
            begun, last = reader.line_num + 1, held[:]
            held.clear()
        begun -= len(last)
        _check(last, delimiter)
    except csv.Error as error:
        raise OpenQuote(begun) from error


def _noted(lines: Iterable[str], held: list[str]) -> Iterator[str]:
    """The lines, each also put on the list of those that the record at hand is made of."""
    for line in lines:
        held.append(line)
        yield line


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
    inner = _INNER_COMMA if others[best] else _DECIMAL_COMMA  # commas of thousands are inner ones where another mark parts
    clean = [inner.sub(".", line) for line in sample]
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
