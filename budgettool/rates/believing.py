"""Rates beside their neighbours: which of them nobody would believe.

376.40, 3764.00, 376.90 has a slipped point in the middle. The tenge did jump by 35 per cent in one day (20 to
21 August 2015), and the next days confirmed it: a jump that the next rate confirms is believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from itertools import groupby, pairwise

from budgettool.rates.series import Series
from budgettool.rates.table import Table
from budgettool.terms.rate import DAILY, Rate

SPIKE = Decimal("0.2")
"""How far a rate may stand off both neighbours, which agree with each other, before it is doubted."""
LONELY = Decimal(2)
"""By what factor the first or last rate, which nothing confirms on one side, may stand off its only neighbour."""
SLIP = Decimal(5)
"""A step by this factor is no market: a point, a zero or the number of units has slipped."""
NEAR_DAYS = 31
"""Rates further apart than this are no neighbours."""


def implausible(rates: Iterable[Rate], known: Table) -> dict[Rate, Decimal]:
    """The doubtful ones of these rates, each with a rate beside it that it stands off from."""
    ordered = sorted(rates, key=lambda rate: (rate.base, rate.kind, rate.period))
    found: dict[Rate, Decimal] = {}
    for (base, kind), group in groupby(ordered, key=lambda rate: (rate.base, rate.kind)):
        own = frozenset(group)
        for stretch in _stretches(_among(own, known.of_kind(base, kind))):
            doubtful = _slipped(stretch, own)
            if kind == DAILY:
                doubtful |= _spikes([rate for rate in stretch if rate not in doubtful])
            found |= {rate: beside for rate, beside in doubtful.items() if rate in own}
    return found


def _among(own: frozenset[Rate], series: Series) -> list[Rate]:
    """The file's rates and the known ones just before and after them, in order of time; the file's own stand for their days."""
    taken = {rate.period for rate in own}
    before = (series.latest(rate.period.first - timedelta(days=1)) for rate in own)
    after = (series.following(rate.period.last) for rate in own)
    others = {rate.period: rate for rate in (*before, *after) if rate is not None and rate.period not in taken}
    return sorted((*own, *others.values()), key=lambda rate: rate.period)


def _stretches(rates: list[Rate]) -> list[list[Rate]]:
    """Rates close enough in time to be compared."""
    found: list[list[Rate]] = []
    for rate in rates:
        if found and (rate.period.first - found[-1][-1].period.last).days <= NEAR_DAYS:
            found[-1].append(rate)
        else:
            found.append([rate])
    return found


def _slipped(stretch: list[Rate], own: frozenset[Rate]) -> dict[Rate, Decimal]:
    """The rates outside the run that is believed (the one with most known rates, then the longest) and far off its middle."""
    runs = _runs(stretch)
    main = max(runs, key=lambda run: (sum(rate not in own for rate in run), len(run)))
    middle = sorted(rate.unit_value for rate in main)[len(main) // 2]
    return {rate: middle for run in runs if run is not main for rate in run if _factor(rate.unit_value, middle) > LONELY}


def _runs(stretch: list[Rate]) -> list[list[Rate]]:
    """Consecutive rates between which nothing slipped."""
    runs = [stretch[:1]]
    for before, rate in pairwise(stretch):
        if _factor(before.unit_value, rate.unit_value) < SLIP:
            runs[-1].append(rate)
        else:
            runs.append([rate])
    return runs


def _spikes(rates: list[Rate]) -> dict[Rate, Decimal]:
    """Rates that stand off both neighbours to the same side, or off their only one by a factor."""
    values = [rate.unit_value for rate in rates]
    found = {}
    for index, rate in enumerate(rates):
        beside = values[max(index - 1, 0) : index] + values[index + 1 : index + 2]
        alone = len(beside) == 1 and len(rates) > 2 and _factor(values[index], beside[0]) > LONELY
        between = len(beside) == 2 and (values[index] > max(beside) * (1 + SPIKE) or values[index] * (1 + SPIKE) < min(beside))
        if alone or between:
            found[rate] = beside[0]
    return found


def _factor(one: Decimal, other: Decimal) -> Decimal:
    return max(one, other) / min(one, other)
