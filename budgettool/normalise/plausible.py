"""What a table alone gives cause to ask about: money without people, the same row twice, a thousand times too much.

Nothing is changed here: a value that looks wrong stays as its header says, and a person decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from budgettool.classification import Programmes
from budgettool.findings import Fact, Finding, Place, Severity
from budgettool.normalise import scale
from budgettool.recognise.layout import Table
from budgettool.terms import Entry


def doubts(table: Table, entries: Sequence[Entry], held: Iterable[tuple[int, str]], place: Place) -> list[Finding]:
    """Everything decidable from the entries of one table; `held` are the rows and cells that were held back."""
    by_row: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_row[entry.row].append(entry)
    held_rows = {row for row, _ in held}
    return [
        *_negative(entries, place),
        *_people(table, by_row, held_rows, place),
        *scale.doubts(entries, place),
        *_two_names(entries, place),
    ]


def _at(place: Place, *cells: str) -> tuple[Place, ...]:
    return tuple(replace(place, cell=cell) for cell in cells)


def _negative(entries: Iterable[Entry], place: Place) -> Iterator[Finding]:
    for entry in entries:
        if entry.value < 0 and entry.measure in ("transfer", "refund"):
            facts: tuple[tuple[str, Fact], ...] = (("value", entry.value), ("text", entry.raw), ("unit", entry.unit))
            yield Finding(f"negative-{entry.measure}", _at(place, entry.cell), region=entry.region, period=entry.period, facts=facts)


def _people(table: Table, by_row: dict[int, list[Entry]], held: set[int], place: Place) -> Iterator[Finding]:
    """Money and people of one row: nobody served and no count are different facts."""
    counted = any(column.measure == "recipients" and column.version is None for column in table.columns)
    uncounted: list[Entry] = []
    for row, entries in sorted(by_row.items()):
        paid = {e.period: e for e in entries if e.measure == "disbursement" and e.category is None}
        served = {e.period: e for e in entries if e.measure == "recipients" and e.version is None and e.category is None}
        for period, money in paid.items():
            people = served.get(period)
            if people is None:
                if counted and money.value > 0 and not served and row not in held:
                    uncounted.append(money)
            elif people.value == 0 and money.value > 0:
                yield _doubt("money-without-recipients", (money, people), place)
            elif people.value > 0 and money.value == 0:
                yield _doubt("recipients-without-money", (money, people), place)
    if len(uncounted) == 1:
        yield _doubt("no-recipients-figure", uncounted, place)
    elif uncounted:
        yield Finding("no-recipients-figure", _at(place, *(e.cell for e in uncounted)), Severity.WARNING, count=len(uncounted))


def _doubt(code: str, entries: Sequence[Entry], place: Place) -> Finding:
    facts: list[tuple[str, Fact]] = [("paid", entries[0].value), ("unit", entries[0].unit)]
    facts += [("recipients", int(entry.value)) for entry in entries if entry.measure == "recipients"]
    first = entries[0]
    severity = Severity.WARNING
    return Finding(code, _at(place, *(e.cell for e in entries)), severity, first.region, first.period, facts=tuple(facts))


def twice(entries: Iterable[Entry], file: str) -> list[Finding]:
    """Rows, on any sheet of a file, that state the very same figures of the same region, period, provider and contract: they count twice."""
    rows: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        rows[(entry.sheet, entry.row)].append(entry)
    seen: dict[tuple[object, ...], tuple[str, int]] = {}
    found = []
    for at, row in sorted(rows.items(), key=lambda item: item[0]):
        said = tuple(
            sorted(
                (e.region or "", e.programme or "", e.funding or "", e.provider or "", e.provider_bin or "", e.contract or "", e.period, e.cumulative,
                 e.measure, e.version or "", e.category or "", e.value)
                for e in row
            )
        )  # fmt: skip
        first = seen.setdefault(said, at)
        if first != at:
            places = (Place(file, first[0], str(first[1])), Place(file, at[0], str(at[1])))
            numbers = (str(first[1]), str(at[1]))
            found.append(Finding("same-row-twice", places, Severity.ERROR, row[0].region, row[0].period, facts=(("rows", numbers),)))
    return found


def unknown_programmes(entries: Iterable[Entry], file: str, known: Programmes) -> list[Finding]:
    """Codes that the user's own list of programmes has not, once each with the rows where they stand."""
    rows: dict[str, dict[tuple[str, int], None]] = defaultdict(dict)
    for entry in entries:
        if entry.programme is not None and not known.knows(entry.programme):
            rows[entry.programme][(entry.sheet, entry.row)] = None
    found = []
    for code, at in sorted(rows.items()):
        facts: tuple[tuple[str, Fact], ...] = (("programme", code),)
        near = tuple(get_close_matches(code, known.names, n=2, cutoff=0.7))
        facts += (("nearest", near),) if near else ()
        places = tuple(Place(file, sheet, str(row)) for sheet, row in at)
        found.append(Finding("programme-unknown", places, facts=facts, count=len(places)))
    return found


def _two_names(entries: Iterable[Entry], place: Place) -> Iterator[Finding]:
    names: dict[str, dict[str, int]] = defaultdict(dict)
    for entry in entries:
        if entry.provider_bin and entry.provider:
            names[entry.provider_bin].setdefault(entry.provider, entry.row)
    for number, listed in sorted(names.items()):
        if len(listed) > 1:
            rows = tuple(str(row) for row in listed.values())
            yield Finding("one-bin-two-names", _at(place, *rows), facts=(("bin", number), ("names", tuple(listed))))
