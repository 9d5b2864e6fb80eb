"""Places become the beginning of a sentence: `Sheet “Отчет”, cells H12, J12`, `Лист «Отчет», ячейки H12, J12`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from budgettool.findings import Place
from budgettool.wording.figures import Say
from budgettool.wording.words import JOINS, PLACES

SHOWN = 3
"""So many places are named; the rest are counted, and stand in the finding's `at`."""

_ROW = re.compile(r"\d+(?:[:-]\d+)?")
_COLUMN = re.compile(r"[A-Z]{1,3}(?:[:-][A-Z]{1,3})?")


def phrase(at: Sequence[Place], say: Say) -> str:
    """The places in words; the file's name only where it tells them apart or nothing finer is known."""
    several = len({place.file for place in at}) > 1
    groups: dict[tuple[str, str], list[str]] = {}
    for place in at:
        named = several or not (place.sheet or place.cell)
        groups.setdefault((_name(place.file) if named else "", place.sheet), []).append(place.cell)
    return "; ".join(text for text in (_group(file, sheet, cells, say) for (file, sheet), cells in groups.items()) if text)


def _group(file: str, sheet: str, cells: Iterable[str], say: Say) -> str:
    parts = [say(PLACES["file"], file=say(JOINS["quotes"], text=file))] if file else []
    parts += [say(PLACES["sheet"], sheet=say(JOINS["quotes"], text=sheet))] if sheet else []
    named = [cell for cell in dict.fromkeys(cells) if cell]
    parts += [_cells(named, say)] if named else []
    return ", ".join(parts)


def _cells(cells: Sequence[str], say: Say) -> str:
    """Cells, rows or columns, whichever they are: `cell F20`, `rows 8–27`, `columns C, D`."""
    kind = _kind(cells)
    shown = ", ".join(cell.replace(":", "–") if kind != "cell" else cell for cell in cells[:SHOWN])
    is_many = len(cells) > 1 or ":" in shown or "–" in shown
    key = f"{kind}s" if is_many else kind
    text = say(PLACES[key], **{key: shown})
    return say(PLACES["and more"], places=text, n=str(len(cells) - SHOWN)) if len(cells) > SHOWN else text


def _kind(cells: Sequence[str]) -> str:
    if all(_ROW.fullmatch(cell) for cell in cells):
        return "row"
    return "column" if all(_COLUMN.fullmatch(cell) for cell in cells) else "cell"


def _name(file: str) -> str:
    """The last part of a path, whichever way its parts are joined."""
    return re.split(r"[/\\]", file.rstrip("/\\"))[-1]
