"""The place: where something stands in a file, so that every figure and every finding leads back to a cell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: `cell` is a cell `F14`, a row `14`, a column `F` or a range; empty texts are not known."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
