"""Values in the wrong unit: a thousand or a million times their plan, their neighbours, or the other columns; and the factor of VAT.

    plan 20 500,5 | paid 19 000 000,25, both under "тыс. тенге"  ->  unit-looks-wrong, about 1000 times
    contract 1 000 000,00 | paid 1 120 000,00                     ->  vat-factor, 1.12

Regions and months vary by a hundred, hardly ever by a thousand; what is said here changes no value.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from statistics import median

from budgettool.findings import Fact, Finding, Place, Severity
from budgettool.period import Period
from budgettool.terms import MEASURES, Entry, Kind
from budgettool.terms.money import TIYN

_FACTORS = (Decimal(1000), Decimal(1000000))
_LEAST, _MOST = Decimal("0.4"), Decimal("2.5")
"""So far around a factor a value looks that many times too large: neighbours and plans vary, units don't."""

_BESIDE = ("allocation", "disbursement", "transfer")
_LIMITED = ("transfer", "receipt", "commitment", "acceptance", "disbursement", "expenditure")
_FEWEST = 3
_HARDLY = Decimal(50)
"""No region pays so many times its plan, let alone all of them."""

VAT = (Decimal("1.12"), Decimal("1.16"))
"""The tax since 2009, and since 2026."""

_TAXED = ("commitment", "acceptance", "disbursement")
_SHARP = Decimal("0.0005")
"""Coarser amounts than this part of themselves meet a factor by chance: 28 and 25."""


def doubts(entries: Sequence[Entry], place: Place) -> list[Finding]:
    """What the sizes of one table's figures give cause to ask."""
    columns: dict[str, list[Entry]] = defaultdict(list)
    rows: dict[tuple[int, Period], list[Entry]] = defaultdict(list)
    for entry in entries:
        if MEASURES[entry.measure].kind is Kind.MONEY and entry.value > 0:
            columns[_letters(entry)].append(entry)
            rows[(entry.row, entry.period)].append(entry)
    whole = list(_whole_columns(columns, place))
    said = {at.cell for finding in whole for at in finding.at}
    single = [one for letters in sorted(columns) if letters not in said for one in _values(columns[letters], rows, place)]
    return [*whole, *single, *_vat(rows, place)]


def _letters(entry: Entry) -> str:
    return entry.cell.rstrip("0123456789")


def factor_of(ratio: Decimal) -> Decimal | None:
    """The thousand or the million that a ratio is about; None for any other."""
    return next((factor for factor in _FACTORS if factor * _LEAST <= ratio <= factor * _MOST), None)


# ---- single values


def _values(column: Sequence[Entry], rows: Mapping[tuple[int, Period], Sequence[Entry]], place: Place) -> Iterator[Finding]:
    """A figure about a thousand times its plan in the same row, or the middle of its column."""
    ordered = sorted(entry.value for entry in column)
    for entry in column:
        middle = _middle(ordered, entry.value) if len(column) > 2 else None
        near = rows[(entry.row, entry.period)]
        beside = [other.value for other in near if other is not entry and other.measure in _BESIDE]
        against = middle if middle and factor_of(entry.value / middle) else None
        in_row = next((value for value in beside if factor_of(entry.value / value)), None)
        if (against is not None and (in_row is not None or not beside or len(column) > 5)) or (in_row is not None and middle is None):
            usual = against or in_row or Decimal(1)
            yield _unit_doubt(entry, usual, factor_of(entry.value / usual) or _FACTORS[0], place)


def _middle(ordered: Sequence[Decimal], without: Decimal) -> Decimal:
    """The median of all values but one, from the sorted values: no column is sorted once for each of its cells."""
    at, count = bisect_left(ordered, without), len(ordered) - 1
    lower, upper = (count - 1) // 2, count // 2
    one, other = (ordered[i if i < at else i + 1] for i in (lower, upper))
    return (one + other) / 2


def _unit_doubt(entry: Entry, usual: Decimal, factor: Decimal, place: Place) -> Finding:
    facts: tuple[tuple[str, Fact], ...] = (
        *(("value", entry.value), ("text", entry.raw), ("neighbours", usual)),
        *(("factor", int(factor)), ("unit", entry.unit)),
    )
    return Finding("unit-looks-wrong", (replace(place, cell=entry.cell),), None, entry.region, entry.period, facts=facts)


# ---- whole columns


def _whole_columns(columns: Mapping[str, Sequence[Entry]], place: Place) -> Iterator[Finding]:
    """A column of payments all of which are far above, or a thousandth of, the plans beside them."""
    plans = [letters for letters, column in columns.items() if column[0].measure == "allocation"]
    for letters in sorted(columns):
        if columns[letters][0].measure in _LIMITED:
            found = (_against(columns[letters], columns[plan], place) for plan in sorted(plans))
            yield from [one for one in found if one is not None][:1]


def _against(column: Sequence[Entry], plan: Sequence[Entry], place: Place) -> Finding | None:
    planned = {entry.row: entry.value for entry in plan}
    ratios = [entry.value / planned[entry.row] for entry in column if entry.row in planned]
    if len(ratios) < _FEWEST:
        return None
    usual = median(ratios)
    many = min(ratios) > _HARDLY and usual > _HARDLY
    few = len(ratios) > _FEWEST + 1 and max(ratios) < _MOST / _FACTORS[0]
    if not (many or few):
        return None
    factor = next((f for f in reversed(_FACTORS) if (usual if many else 1 / usual) > f / 20), _FACTORS[0])
    first = column[0]
    middle = median(value for value in planned.values())
    facts: tuple[tuple[str, Fact], ...] = (
        *(("value", median(entry.value for entry in column)), ("neighbours", middle)),
        *(("factor", int(factor) if many else f"1/{int(factor)}"), ("unit", first.unit)),
    )
    return Finding("unit-looks-wrong", (replace(place, cell=_letters(first)),), Severity.WARNING, facts=facts, count=len(ratios))


# ---- VAT


def _vat(rows: Mapping[tuple[int, Period], Sequence[Entry]], place: Place) -> Iterator[Finding]:
    """Contract, acts and payments of one row that differ by just the tax, one finding for each pair of measures and factor."""
    groups: dict[tuple[str, str, Decimal], list[tuple[Entry, Entry]]] = defaultdict(list)
    for row in rows.values():
        taxed = [entry for entry in row if entry.measure in _TAXED and entry.version is None]
        for one, other in permutations(taxed, 2):
            factor = next((rate for rate in VAT if _is_taxed(one, other, rate)), None)
            if factor is not None and one.measure != other.measure:
                groups[(one.measure, other.measure, factor)].append((one, other))
    for (measure, against, factor), pairs in groups.items():
        one, other = pairs[0]
        at = tuple(replace(place, cell=cell) for pair in pairs for cell in (pair[0].cell, pair[1].cell))
        facts: tuple[tuple[str, Fact], ...] = (("measure", measure), ("against", against), ("factor", str(factor)), ("unit", one.unit))
        yield Finding("vat-factor", at, None, one.region, one.period, other.value, one.value, facts, len(pairs))


def _is_taxed(one: Entry, other: Entry, rate: Decimal) -> bool:
    """Whether an amount is another with the tax, as exactly as both are stated."""
    allowed = max(one.resolution, TIYN) / 2 + rate * max(other.resolution, TIYN) / 2
    return abs(one.value - other.value * rate) <= allowed <= one.value * _SHARP
