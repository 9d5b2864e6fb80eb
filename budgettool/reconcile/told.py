"""What several reporters say of one thing becomes one amount; what they say differently becomes a finding.

The ministry is believed on what it sets aside and sends (allocation, transfer), a region on everything
else about itself, then whoever reported last. Of a plan, the corrected version counts before the
revised, the revised before the approved one, each year by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from budgettool.findings import Finding
from budgettool.period import Period
from budgettool.terms.figure import Figure

from .answer import NOT_STATED, UNSTATED, Amount, added
from .contrasts import CUMULATIVE_DIFFERS, STATEMENTS_DIFFER, Contrast, Subject, contrast, unique, within
from .spans import Series, amount, is_since_january, series
from .tolerance import Limit, spread

SENT_BY_MINISTRY = ("allocation", "transfer")
VERSIONS = ("corrected", "revised", "approved", None)
"""Versions of an allocation, the one that counts first; a plan of obligations or payments is none of them."""


@dataclass(frozen=True, slots=True)
class Told:
    """An amount as it is told, `way` being how it came about (for people: the basis), and the findings made on the way."""

    amount: Amount
    way: str | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def has_value(self) -> bool:
        return self.amount.value is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """The span that is asked, the limits of the settings, the months in which the region may be silent; `plainly` asks for no findings."""

    span: Period
    limits: Mapping[str, Limit] = field(default_factory=dict)
    excused: frozenset[Period] = frozenset()
    plainly: bool = False


NOTHING = Told(UNSTATED)
Leaf: TypeAlias = Callable[[Sequence[Figure], Subject, Asked], Told]
"""How the figures of one cell (region, programme, provider) tell one measure."""


def trust(subject: Subject) -> Callable[[str | None, Iterable[Figure]], tuple[bool, bool, int, str]]:
    """The order in which reporters are believed about a subject, the first one first."""

    def order(reporter: str | None, figures: Iterable[Figure]) -> tuple[bool, bool, int, str]:
        ministry = subject.measure.partition(".")[0] in SENT_BY_MINISTRY and reporter in (subject.country, None)
        return (not ministry, reporter != subject.region, -max(f.submission for f in figures), reporter or "")

    return order


def by_reporter(figures: Iterable[Figure], subject: Subject) -> dict[str | None, list[Figure]]:
    """The figures of each reporter, the most trusted first."""
    order = trust(subject)
    groups: dict[str | None, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.reporter, []).append(figure)
    return dict(sorted(groups.items(), key=lambda item: order(*item)))


def money(figures: Sequence[Figure], subject: Subject, asked: Asked) -> Told:
    """The money of one cell and version in the asked span, by the most trusted reporter who states all of it."""
    if not figures:
        return NOTHING
    reporters = by_reporter(figures, subject)
    stated = {reporter: series(said) for reporter, said in reporters.items()}
    amounts = {reporter: amount(said, asked.span, asked.excused) for reporter, said in stated.items()}
    findings = [] if asked.plainly else list(_contradictions(reporters, stated, subject, asked))
    whole = [reporter for reporter, (told, _) in amounts.items() if told.value is not None]
    if not whole:
        return Told(_pooled(reporters, asked), None, unique(findings))
    if not findings and not asked.plainly:
        findings += _others(whole, amounts, subject, asked)
    shown, derived = amounts[whole[0]]
    return Told(shown, "cumulative" if derived else "months", unique(findings))


def _contradictions(
    reporters: Mapping[str | None, Sequence[Figure]], stated: Mapping[str | None, Series], subject: Subject, asked: Asked
) -> Iterator[Finding]:
    """What each reporter says against itself, then what they say against each other span by span."""
    for said in stated.values():
        yield from (found.finding(subject, asked.limits) for found in within(said, asked.span, asked.limits))
    yield from _slots(reporters, subject, asked)


def _others(
    whole: Sequence[str | None], amounts: Mapping[str | None, tuple[Amount, bool]], subject: Subject, asked: Asked
) -> Iterable[Finding]:
    """Where other reporters come to another amount for the span, by whatever figures they state it."""
    shown, derived = amounts[whole[0]]
    for reporter in whole[1:]:
        other, other_derived = amounts[reporter]
        if derived == other_derived:
            found = contrast(STATEMENTS_DIFFER, asked.span, shown, other, asked.limits)
        else:
            months, counted = (other, shown) if derived else (shown, other)
            found = contrast(CUMULATIVE_DIFFERS, asked.span, months, counted, asked.limits)
        if found is not None:
            yield found.finding(subject, asked.limits, **_names(whole[0], reporter))


def _slots(reporters: Mapping[str | None, Sequence[Figure]], subject: Subject, asked: Asked) -> Iterable[Finding]:
    """The same span stated by two reporters: every one in which another differs from the most trusted."""
    first: dict[tuple[Period, bool], Figure] = {}
    for reporter, figures in reporters.items():
        for figure in sorted(figures, key=lambda figure: (figure.period, figure.cumulative)):
            touched = figure.period.last in asked.span if is_since_january(figure) else figure.period in asked.span
            shown = first.setdefault((figure.period, figure.cumulative), figure)
            if touched and shown.reporter != reporter and (found := differing(shown, figure, asked)):
                yield found.finding(subject, asked.limits, **_names(shown.reporter, reporter))


def differing(shown: Figure, other: Figure, asked: Asked) -> Contrast | None:
    """The contrast of two figures for the same span."""
    one = Amount(shown.value, spread(shown), places=shown.places)
    return contrast(STATEMENTS_DIFFER, other.period, one, Amount(other.value, spread(other), places=other.places), asked.limits)


def _names(*reporters: str | None) -> dict[str, tuple[str, ...]]:
    known = tuple(reporter for reporter in reporters if reporter is not None)
    return {"reporters": known} if known else {}


def _pooled(reporters: Mapping[str | None, Sequence[Figure]], asked: Asked) -> Amount:
    """The amount that no reporter states alone: each span by the most trusted who states it."""
    first: dict[tuple[Period, bool], Figure] = {}
    for figures in reporters.values():
        for figure in figures:
            first.setdefault((figure.period, figure.cumulative), figure)
    return amount(series(first.values()), asked.span, asked.excused)[0]


def allocation(figures: Sequence[Figure], subject: Subject, asked: Asked) -> Told:
    """The plan of the asked span: the version that counts in each year, and the findings of that version."""
    years = [year for year in asked.span.years() if year.overlaps(asked.span)]
    if len(years) > 1:
        pieces = [allocation(figures, subject, _clipped(asked, year)) for year in years]
        if all(piece.has_value for piece in pieces):
            return Told(added(p.amount for p in pieces), None, unique(f for p in pieces for f in p.findings))
    told = [money([f for f in figures if f.version == version], subject, asked) for version in _order(figures, asked.span)]
    if chosen := next((each for each in told if each.has_value), None):
        return chosen
    partly = [each.amount for each in told if each.amount.reason != NOT_STATED]
    return Told(min(partly, key=lambda each: len(each.missing))) if partly else NOTHING


def _order(figures: Sequence[Figure], span: Period) -> list[str | None]:
    """The versions, the one that counts first: between revised and corrected the later `as_of` decides, where both have one."""
    order: list[str | None] = list(VERSIONS)
    revised, corrected = _latest(figures, "revised", span), _latest(figures, "corrected", span)
    if revised is not None and corrected is not None and revised > corrected:
        order[:2] = ["revised", "corrected"]
    return order


def _latest(figures: Iterable[Figure], version: str, span: Period) -> date | None:
    dates = [f.as_of for f in figures if f.version == version and f.as_of is not None and f.period.overlaps(span)]
    return max(dates, default=None)


def _clipped(asked: Asked, year: Period) -> Asked:
    return replace(asked, span=asked.span.clipped_to(year) or asked.span)
