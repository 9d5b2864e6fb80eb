"""Published claims beside the ledger: each figure someone printed becomes confirmed, contradicted or not decidable, with the reckoning.

"over $720,000" for 288.3 million tenge of 2016–2019: the years' own averages make $829,133 of it, which is not within 720,000
to 730,000: contradicted; a flat 400 makes $720,750, and of all official days only one gives this claim and that of 2020 alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from budgettool.findings import Fact, Finding, Severity
from budgettool.period import Period
from budgettool.rates import AVERAGE, HOME, Explanation, Table, convert, days_within, explain, flat_within
from budgettool.rates.explaining import implied_by
from budgettool.terms import MEASURES
from budgettool.terms.money import TIYN
from budgettool.terms.rate import DAILY, to_step
from budgettool.terms.stated import Interval, Stated

if TYPE_CHECKING:
    from budgettool.settings import Claim

CONFIRMED = "confirmed"
CONTRADICTED = "contradicted"
NOT_DECIDABLE = "not-decidable"

OWN_AVERAGES = ("average", "mean-of-averages", "span-mean")
"""The conventions that use the period's own average rates; only these confirm a claim in another currency."""

Figures: TypeAlias = Callable[[str, Period, str | None], tuple[Decimal | None, str | None]]
"""Answers (measure, period, region) with the exact figure, or None and the reason."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a claim. `low` and `high` are what its wording leaves open; `how` holds the reckoning as facts."""

    claim: Claim
    low: Decimal
    high: Decimal | None
    computed: Decimal | None
    verdict: str
    how: Finding
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True)
class _Worth:
    """A claim in another currency on its way: the tenge that it converts, where they are from, and what they imply."""

    claim: Claim
    amount: Stated | None
    reason: str | None
    by_year: tuple[tuple[Period, Decimal], ...]

    @property
    def interval(self) -> Interval | None:
        """The rates that connect both figures."""
        both = self.amount is not None and self.amount.value > 0 and self.claim.value > 0
        return implied_by(self.amount, _stated(self.claim)) if both and self.amount is not None else None


def judge(claims: Sequence[Claim], figures: Figures, *, table: Table | None = None) -> tuple[Verdict, ...]:
    """A verdict for each claim, in the order given; `figures` are asked for what the ledger says."""
    known = Table.shipped() if table is None else table
    by_name = {claim.name: claim for claim in claims}
    worths = {claim.name: _worth(claim, by_name, figures) for claim in claims if _is_converted(claim)}
    joint = {currency: _joint(worths.values(), currency) for currency in {worth.claim.unit for worth in worths.values()}}
    return tuple(
        _of_worth(worths[claim.name], joint[claim.unit], known) if claim.name in worths else _of_figure(claim, figures) for claim in claims
    )


def _is_converted(claim: Claim) -> bool:
    """Whether it states money in another currency than its measure is kept in."""
    measure = MEASURES.get(claim.measure.partition(".")[0])
    return claim.unit != HOME and (claim.of is not None or (measure is not None and measure.unit == HOME))


def _of_figure(claim: Claim, figures: Figures) -> Verdict:
    """A claim about money or people beside the ledger's own figure."""
    computed, reason = figures(claim.measure, claim.period, claim.region)
    interval = _stated(claim).interval
    if computed is None:
        return _verdict(claim, None, NOT_DECIDABLE, _found("claim-not-decidable", claim, None, {"reason": reason or "no-figure"}))
    agrees = computed in interval
    code = "claim-confirmed" if agrees else "claim-contradicted"
    off = {"difference": computed - claim.value}
    return _verdict(claim, computed, CONFIRMED if agrees else CONTRADICTED, _found(code, claim, computed, off))


def _worth(claim: Claim, by_name: Mapping[str, Claim], figures: Figures) -> _Worth:
    """The tenge behind a claim in another currency: those of the claim that it names, else the ledger's."""
    named = by_name.get(claim.of) if claim.of is not None else None
    if claim.of is not None and (named is None or named.unit != HOME):
        return _Worth(claim, None, "claim-named-not-found", ())
    measure, region = (named.measure, named.region) if named is not None else (claim.measure, claim.region)
    kept, reason = figures(measure, claim.period, region)
    amount = _stated(named) if named is not None else None if kept is None else Stated(kept)
    return _Worth(claim, amount, reason, _by_year(measure, claim.period, region, kept, figures))


def _by_year(
    measure: str, period: Period, region: str | None, whole: Decimal | None, figures: Figures
) -> tuple[tuple[Period, Decimal], ...]:
    """What the ledger says of each year, where it says so of every year and they make up the whole."""
    if whole is None or not period.is_whole_years:
        return ()
    years = [(year, figures(measure, year, region)[0]) for year in period.years()]
    known = tuple((year, value) for year, value in years if value is not None)
    return known if len(known) == len(years) and sum(value for _, value in known) == whole else ()


def _of_worth(worth: _Worth, joint: Interval | None, table: Table) -> Verdict:
    """A claim in another currency beside what the period's own average rates make of the tenge."""
    claim = worth.claim
    if worth.amount is None or worth.interval is None:
        return _verdict(claim, None, NOT_DECIDABLE, _found("claim-not-decidable", claim, None, {"reason": worth.reason or "no-figure"}))
    explained = explain(worth.amount, _stated(claim), claim.period, currency=claim.unit, table=table)
    own = [outcome for outcome in explained.outcomes if outcome.basis in OWN_AVERAGES]
    stated = convert(worth.by_year, claim.period, basis=AVERAGE, currency=claim.unit, table=table).amount if worth.by_year else None
    computed = stated if stated is not None else own[0].result if own else None
    if computed is None:
        facts = {"reason": "rate-not-in-table", **_reckoning(worth, explained, joint, table)}
        return _verdict(claim, None, NOT_DECIDABLE, _found("claim-not-decidable", claim, None, facts), explained)
    agrees = computed in _stated(claim).interval or any(outcome.reproduces for outcome in own)
    facts = {"verdict": CONFIRMED if agrees else CONTRADICTED, **_reckoning(worth, explained, joint, table)}
    how = _found("claim-dollars", claim, computed, facts, Severity.INFO if agrees else Severity.WARNING)
    return _verdict(claim, computed, CONFIRMED if agrees else CONTRADICTED, how, explained)


def _joint(worths: Iterable[_Worth], currency: str) -> Interval | None:
    """The rates that give all claims in a currency alike; None where there is one claim only, or no such rate."""
    found = [worth.interval for worth in worths if worth.claim.unit == currency and worth.interval is not None]
    if len(found) < 2:
        return None
    joint: Interval | None = found[0]
    for interval in found[1:]:
        joint = joint.overlap(interval) if joint is not None else None
    return joint


def _reckoning(worth: _Worth, explained: Explanation, joint: Interval | None, table: Table) -> dict[str, Fact]:
    """What each convention makes of it, as facts: the equal split, flat rates, days, and what was not searched."""
    amount, series = explained.amount.value, table.of_kind(explained.currency, DAILY)
    average = next((outcome for outcome in explained.outcomes if outcome.basis == "average"), None)
    flat = next((outcome for outcome in explained.flats if outcome.reproduces), None)
    facts: dict[str, Fact] = {"amount": amount, "implied": explained.implied, "low_rate": explained.low}
    facts |= {} if explained.high is None else {"high_rate": explained.high}
    facts |= {"split": "by-year" if worth.by_year else "equal", "currency": explained.currency}
    facts |= {} if average is None else {"average": average.result, "average_rate": average.rate, "off": average.off}
    facts |= {} if flat is None else {"flat": flat.rate, "flat_result": flat.result}
    facts["conventions"] = tuple(outcome.basis for outcome in explained.outcomes if outcome.reproduces and outcome.basis != "published")
    facts["averages"] = tuple(str(outcome.span) for outcome in explained.averages)
    facts["days"] = tuple(str(day.span) for day in explained.days)
    facts["day_rates"] = tuple(str(day.rate) for day in explained.days)
    if joint is not None:
        together = days_within(joint, amount, series)
        facts["days_together"] = tuple(str(day.span) for day in together)
        facts["day_rates_together"] = tuple(str(day.rate) for day in together)
        facts["flats_together"] = tuple(str(rate) for _, rate in flat_within(joint, _middle(joint)))
    return facts | {"searched": tuple(map(str, explained.searched)), "not_searched": tuple(map(str, explained.not_searched))}


def _middle(interval: Interval) -> Fraction:
    return interval.low if interval.high is None else (interval.low + interval.high) / 2


def _stated(claim: Claim) -> Stated:
    return Stated(claim.value, claim.qualifier)


def _found(code: str, claim: Claim, computed: Decimal | None, facts: Mapping[str, Fact], severity: Severity | None = None) -> Finding:
    """The reckoning as a finding: published is what was expected, the computed figure what was found."""
    said: dict[str, Fact] = {"name": claim.name, "measure": claim.measure, "unit": claim.unit}
    said |= {"qualifier": claim.qualifier.value} if claim.qualifier is not None else {}
    return Finding(
        code,
        severity=severity,
        region=claim.region,
        period=claim.period,
        expected=claim.value,
        actual=computed,
        facts=(*said.items(), *facts.items()),
    )


def _verdict(claim: Claim, computed: Decimal | None, verdict: str, how: Finding, explained: Explanation | None = None) -> Verdict:
    interval = _stated(claim).interval
    high = None if interval.high is None else _printed(interval.high, claim.unit)
    return Verdict(claim, _printed(interval.low, claim.unit), high, computed, verdict, how, explained)


def _printed(value: Fraction, unit: str) -> Decimal:
    """An end of an interval: money to the cent, people whole or in halves."""
    if unit == "person":
        return to_step(value, Decimal(1) if value.denominator == 1 else Decimal("0.1"))
    return to_step(value, TIYN)
