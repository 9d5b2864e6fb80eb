"""What a table's title, its sheet's name and its file's name state once for all rows: unit, period, region."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from budgettool.classification import Register
from budgettool.period.written import Written, find_periods
from budgettool.read.sheet import Sheet
from budgettool.recognise.layout import Context
from budgettool.recognise.vocabulary import folded
from budgettool.terms import Unit
from budgettool.terms.units import read_unit

_FORMAL = re.compile(r"(приложение|приказ|форма|нысан|бұйрық|утвержд|бекіт|annex|appendix|\d+[- ]?қосымша|қосымша)")
_PARTS = re.compile(r"[^\W\d_][\w.'’-]*(?:\s*\.)?")


def read_context(sheet: Sheet, rows: Iterable[int], file: str, register: Register) -> Context:
    """Read the rows above a table, then the sheet's name, then the file's; the nearest statement wins."""
    cells = [value.strip() for row in rows for _, value in sheet.filled(row) if isinstance(value, str)]
    plain = [text for text in cells if not _FORMAL.search(folded(text))]
    names = [sheet.name, PurePath(file).stem.replace("_", " ")]
    written = next((w for text in (*_joined(plain), *names) if (w := _period_in(text))), None)
    return Context(
        unit=_unit_in(cells),
        written=written,
        region=next((r for text in (*plain, *names) if (r := region_in(text, written, register))), None),
        title=" ".join(plain),
    )


def _joined(texts: Sequence[str]) -> tuple[str, ...]:
    """Each title line, those that state a span before those that state a day, then all of them together."""
    return (*texts, " ".join(texts))


def _period_in(text: str) -> Written | None:
    """The period of a line: a span that is said beats the day of a signature or an order; two different spans are none."""
    found = [w for w in find_periods(text) if not w.period.is_day]
    spans = {w.period for w in found}
    if len(spans) <= 1:
        return found[0] if found else None
    told = [w for w in found if w.as_of is None and not w.period.is_year]
    return told[0] if len({w.period for w in told}) == 1 else None


def _unit_in(cells: Iterable[str]) -> Unit | None:
    units = {unit.factor: unit for text in cells if (unit := read_unit(text)) and unit.code not in ("person", "percent", "day", "service")}
    return next(iter(units.values())) if len(units) == 1 else None


def region_in(text: str, written: Written | None, register: Register) -> str | None:
    """The one region that a line names, by its longest known name; None where none or several stand there."""
    parts = _PARTS.findall(text)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for size in range(min(4, len(parts)), 0, -1):
        for start in range(len(parts) - size + 1):
            spot = set(range(start, start + size))
            if spot & taken:
                continue
            phrase = " ".join(parts[start : start + size])
            if size == 1 and len(phrase) < 4:
                continue
            match = register.resolve(phrase, written.period if written else None)
            if match.verdict in ("exact", "successor") and match.region:
                found.setdefault(match.region, size)
                taken |= spot
    return next(iter(found)) if len(found) == 1 else None
