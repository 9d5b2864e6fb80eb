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

_FORMAL = re.compile(r"\W*(?:приложение|форма|нысан|утвержд\w*|бекіт\w*|annex|appendix|\d+[- ]?қосымша)\b|.*\b(?:к приказу|приказом|бұйрығына|бұйрығымен|қосымша)\b")
"""A line of an order or a form's heading: its dates are not those of the figures."""


def read_context(sheet: Sheet, rows: Iterable[int], file: str, register: Register) -> Context:
    """Read the rows above a table, then the sheet's name, then the file's; the nearest statement wins."""
    cells = [value.strip() for row in rows for _, value in sheet.filled(row) if isinstance(value, str)]
    plain = [text for text in cells if not _FORMAL.match(folded(text))]
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
    """The one region that a line names; None where none or several stand there."""
    found = register.find(text, written.period if written else None)
    named = {match.region for match in found if match.verdict in ("exact", "successor")}
    return named.pop() if len(named) == 1 else None
