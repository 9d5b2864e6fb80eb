"""Text tables become a sheet of texts: the encoding tried strictly and judged by its letters, the separator by the rows.

Nothing is taken for a number here: `1,5` beside `;` is one cell, and what it means its column decides later.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import PurePath

from budgettool.findings import Finding, Place
from budgettool.read.sheet import Sheet, Value
from budgettool.read.source import Draft, Source, stopped

_SEPARATORS = (";", "\t", ",", "|")
_COMMON = set("оеаинтсрвлкмдпуя ")
_KAZAKH_IN_1048 = set("әғқңөұүһі")


def read_csv(source: Source) -> Draft:
    """Read a text table; raises Stop for an encoding that gives no words, and for a quotation mark that is never closed."""
    with source.open() as file:
        raw = file.read()
    text, encoding = _decoded(raw, source)
    draft = Draft()
    if encoding is not None:
        draft.findings.append(Finding("encoding", (Place(source.name),), facts=(("encoding", encoding),)))
    separator, start = _separator_line(text)
    separator = separator or _separator(text)
    draft.sheets.append(Sheet(PurePath(source.name).stem, _grid(text, separator, start, source)))
    return draft


def _decoded(raw: bytes, source: Source) -> tuple[str, str | None]:
    """The text, and the encoding where it had to be chosen."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace"), None
    if raw[:4000].count(0) > len(raw[:4000]) // 10:
        return raw.decode("utf-16-le" if raw[1::2].count(0) > raw[0::2].count(0) else "utf-16-be", "replace"), None
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    best = max(("cp1251", "kz1048", "cp866", "koi8-r"), key=lambda name: _likeness(raw, name))
    if _likeness(raw, best) < 0.5:
        raise stopped("encoding-not-stated", source.name, encodings=("UTF-8", "cp1251", "kz1048"))
    return raw.decode(best, "replace"), best


def _likeness(raw: bytes, encoding: str) -> float:
    """How much a text looks like Russian or Kazakh: the share of its letters beyond ASCII that are common small ones.

    The code pages of Windows share their letters, so that kz1048 wins only where Kazakh letters stand between others.
    """
    text = raw[:200_000].decode(encoding, "replace")
    letters = [char for char in text if ord(char) > 127 and not char.isspace()]
    if not letters:
        return 0.0
    cyrillic = [char for char in letters if "\u0400" <= char <= "\u04ff"]
    common = sum(char.lower() in _COMMON for char in cyrillic)
    small = sum(char.islower() for char in cyrillic)
    kazakh = sum(char.lower() in _KAZAKH_IN_1048 for char in cyrillic) if encoding == "kz1048" else 0
    odd = sum(char in "ЂЃѓЉЊЌЋЏђљњћџЎўЄєЇїҐґЅѕЈј" for char in letters)
    return (len(cyrillic) + common + small / 2 + kazakh - 3 * odd) / (2.5 * len(letters)) + (0.001 if encoding == "cp1251" else 0)


def _separator_line(text: str) -> tuple[str | None, int]:
    """The separator that a first line `sep=;` names, and the line where the content begins."""
    head = text.split("\n", 1)[0].strip().strip('"')
    if head.lower().startswith("sep=") and len(head) == 5:
        return head[4], 1
    return None, 0


def _separator(text: str) -> str:
    """The separator that gives the same number of cells, at least two, in most rows; decimal commas speak against the comma."""
    sample = "\n".join(text.splitlines()[:200])

    def score(separator: str) -> tuple[float, int, int]:
        rows = [row for row in csv.reader(io.StringIO(sample), delimiter=separator) if any(cell.strip() for cell in row)]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            return (0.0, 0, 0)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        header = rows[0]
        spoken = sum(bool(cell.strip()) and cell == cell.strip() for cell in header) if len(header) > 1 else 0
        return (count / len(rows) * (0.5 if spoken * 2 < len(header) or len(header) != width else 1), spoken, width)

    return max(_SEPARATORS, key=lambda s: (score(s), -_SEPARATORS.index(s)))


def _grid(text: str, separator: str, start: int, source: Source) -> list[list[Value]]:
    """Rows by the line on which each begins, so that addresses are those that an editor shows."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    csv.field_size_limit(10_000_000)
    reader = csv.reader((line + "\n" for line in lines[start:]), delimiter=separator, strict=False)
    grid: list[list[Value]] = [[] for _ in range(start)]
    before = 0
    for row in reader:
        grid += [[] for _ in range(start + before - len(grid))]
        grid.append([cell if cell != "" else None for cell in row])
        opened, before = before, reader.line_num
        if before - opened > 1 and _is_open(lines[start + opened : start + before], before + start >= len(lines)):
            raise stopped("quote-not-closed", source.name, line=start + opened + 1)
    while grid and not any(cell is not None and str(cell).strip() for cell in grid[-1]):
        grid.pop()
    return grid


def _is_open(lines: list[str], at_end: bool) -> bool:
    """Whether a record of several lines ended only because the file did: its quotation marks are odd in number."""
    return at_end and sum(line.count('"') for line in lines) % 2 == 1
