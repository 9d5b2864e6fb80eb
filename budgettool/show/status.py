"""Regions × periods as a page: who returned what, and what is missing.

One mark a region and period: returned (how many figures), quarantined, superseded, closed, missing. A
period is listed as soon as one region returned figures for it; regions are those that the settings
expect, else those that ever returned something.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from budgettool.formats import Cell, Column, Kind, Lines, Page, Table
from budgettool.period import Period
from budgettool.show import Json, remarks, schema, text

if TYPE_CHECKING:
    from budgettool.classification import Register
    from budgettool.ledger import Standing
    from budgettool.wording import Wording

PERIODS_ACROSS = 6
"""So many periods fit across a screen; the latest ones are shown, and all of them as rows with -v."""


def page(standings: Iterable[Standing], expected: Sequence[str], words: Wording, register: Register, *, verbose: bool = False) -> Page:
    """The status page; `expected` are the regions that have to report."""
    listed = list(standings)
    regions = sorted({*expected, *(s.region for s in listed if s.region)}, key=register.order)
    periods = sorted({s.period for s in listed if s.period}, key=lambda p: (p.last, p.days))
    found = {(s.region, s.period): s for s in listed}
    pairs = [(r, p) for r in regions for p in periods if (r, p) in found or register.existed(r, Period.of_day(p.last))]
    rows = [_document(region, period, found.get((region, period))) for region, period in pairs]
    rows += [_document(s.region, s.period, s) for s in listed if s.region is None or s.period is None]
    document: Json = {"schema": schema("status"), "rows": rows, "findings": []}
    if not listed:
        return remarks.page(document, [Lines((words.text("Nothing has been imported yet."),))], words, data=_list(rows, words))
    table = _list(rows, words) if verbose else _matrix(regions, periods, found, words, existing=set(pairs))
    return remarks.page(document, [table], words, data=_list(rows, words))


def _document(region: str | None, period: Period | None, standing: Standing | None) -> Json:
    return {
        "region": region,
        "period": text(period),
        "status": state(standing),
        "entries": standing.entries if standing else 0,
        "superseded": standing.superseded if standing else 0,
        "quarantined": standing.quarantined if standing else 0,
        "closed": standing.closed if standing else False,
        "files": list(standing.files) if standing else [],
    }


def state(standing: Standing | None) -> str:
    """The one word for a region and a period."""
    if standing is None:
        return "missing"
    if standing.entries:
        return "closed" if standing.closed else "returned"
    if standing.quarantined:
        return "quarantined"
    return "superseded" if standing.superseded else "missing"


def _matrix(
    regions: Sequence[str],
    periods: Sequence[Period],
    found: Mapping[tuple[str | None, Period | None], Standing],
    words: Wording,
    *,
    existing: Collection[tuple[str, Period]],
) -> Table:
    """Regions down, periods across; blank where the region was no more, or not yet, when the period ended."""
    shown = periods[-PERIODS_ACROSS:]
    columns = (Column("region", words.text("Region")), *(Column(str(period), str(period)) for period in shown))
    rows = tuple(
        (words.region(region), *(_mark(found.get((region, p)), words) if (region, p) in existing else None for p in shown))
        for region in regions
    )
    held = sum(standing.quarantined for standing in found.values())
    notes = [words.text("The number is that of the figures that count.")]
    if held:
        notes.append(words.text("Held back and not counted: {number}; `budgettool status -v` lists where.", number=held))
    if len(periods) > len(shown):
        notes.append(words.text("Earlier periods: -v"))
    return Table(columns, rows, notes=("", *notes))


def _mark(standing: Standing | None, words: Wording) -> str:
    word = words.status(state(standing))
    if standing is None or not standing.entries:
        return word
    held = f" (+{standing.quarantined} {words.status('quarantined').lower()})" if standing.quarantined else ""
    return f"{word} {standing.entries}{held}"


def _list(rows: Sequence[Json], words: Wording) -> Table:
    columns = (
        Column("region", words.text("Region")),
        Column("period", words.text("Period")),
        Column("status", words.text("Status")),
        Column("entries", words.text("Figures"), Kind.PEOPLE),
        Column("superseded", words.text("Superseded"), Kind.PEOPLE),
        Column("quarantined", words.text("Held back"), Kind.PEOPLE),
        Column("files", words.text("Files")),
    )
    return Table(columns, tuple(tuple(_cell(row[column.key]) for column in columns) for row in rows))


def _cell(value: object) -> Cell:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if isinstance(value, int) else text(value)
