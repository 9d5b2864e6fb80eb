"""Lines that are parted by blanks become cells: a print-out, where a column is what stands below one another.

    Region          Plan    Paid
    Abai         1 000,5     2,5      ->   Abai | 1 000,5 | 2,5

Two blanks or more part two cells. A cell belongs to the column that it stands under; a line that keeps to no columns, such as a
title, is one cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_CELL = re.compile(r"\S+(?: \S+)*")
_FEWEST_LINES = 2

Extents = tuple[tuple[int, int], ...]


def columns_of(lines: Sequence[str]) -> Extents:
    """From where to where each column reaches, by the lines that have all of them; () where these do not stand below one another."""
    parted = [found for line in lines if "\t" not in line and len(found := _extents(line)) > 1]
    counts = Counter(len(found) for found in parted)
    if not counts:
        return ()
    width = max(counts, key=lambda count: (counts[count], count))
    whole = [found for found in parted if len(found) == width]
    if len(whole) < _FEWEST_LINES or 2 * len(whole) < sum(1 for line in lines if line.strip()):
        return ()
    columns = tuple((min(found[at][0] for found in whole), max(found[at][1] for found in whole)) for at in range(width))
    return columns if all(left[1] < right[0] for left, right in pairwise(columns)) else ()


def fields_of(line: str, columns: Extents) -> list[str]:
    """The cells of a line, each in its column; the line as one cell where one of them stands under no column or under two."""
    found = [""] * len(columns)
    for begin, end in _extents(line):
        under = [at for at, (left, right) in enumerate(columns) if begin < right and left < end]
        if len(under) != 1 or found[under[0]]:
            return [line.strip()]
        found[under[0]] = line[begin:end]
    return found


def _extents(line: str) -> list[tuple[int, int]]:
    return [match.span() for match in _CELL.finditer(line)]
