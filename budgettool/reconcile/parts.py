"""The whole and its parts: None in a dimension means all of it, and the two are never added together.

A region's own figure is used where there is one, and the sum of its providers is held against it;
without one, the sum is the figure. The same for programmes, whose codes are a tree: 256.018 is the
whole of 256.018.011 and 256.018.015.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from budgettool.findings import Finding
from budgettool.period import Period
from budgettool.terms.figure import Figure

from .answer import MONTHS_MISSING, NOT_STATED, PARTS_MISSING, Amount, added
from .contrasts import PARTS_DIFFER, Contrast, Subject, contrast, unique
from .people import weakest
from .told import NOTHING, Asked, Leaf, Told

Cells: TypeAlias = Mapping[tuple[str | None, str | None], Sequence[Figure]]
"""The figures of one region and measure by programme and provider."""

PEOPLE_ADDED = "people-added-over-regions"


def whole(cells: Cells, leaf: Leaf, subject: Subject, asked: Asked) -> Told:
    """What the cells under a subject (a region, or a programme or provider of it) tell of the measure as a whole."""
    inside = {key: said for key, said in cells.items() if _covers(subject, key)}
    own = leaf(inside.get((subject.programme, subject.provider), ()), subject, asked)
    sums = _sums(inside, leaf, subject, asked)
    told = [*([own] if own.has_value else []), *(each for each in sums if each.has_value)]
    findings = [finding for each in (own, *sums) for finding in each.findings]
    if not told:
        return replace(_least_missing([own, *sums]), findings=unique(findings))
    findings += [found.finding(subject, asked.limits) for other in told[1:] if (found := _against(told[0], other, subject, asked))]
    return Told(told[0].amount, told[0].way, unique(findings))


def _covers(subject: Subject, key: tuple[str | None, str | None]) -> bool:
    programme, provider = key
    return subject.provider in (None, provider) and is_under(programme, subject.programme)


def is_under(programme: str | None, of: str | None) -> bool:
    """Whether a programme is another one or a part of it; codes are compared part by part."""
    if of is None:
        return True
    return programme is not None and programme.split(".")[: len(of.split("."))] == of.split(".")


def roots(programmes: Iterable[str]) -> tuple[str, ...]:
    """The codes that lie under none of the others, in order."""
    codes = sorted(set(programmes))
    return tuple(code for code in codes if not any(other != code and is_under(code, other) for other in codes))


def _sums(inside: Cells, leaf: Leaf, subject: Subject, asked: Asked) -> list[Told]:
    """The sums over programmes and over providers: one that leaves no cell out makes the other needless."""
    rest = [key for key in inside if key != (subject.programme, subject.provider)]
    sums: list[Told] = []
    for parts, complete in _breakdowns(rest, subject):
        children = {name: _child(inside, leaf, part, subject, asked) for name, part in parts.items()}
        present = {name: child for name, child in children.items() if child is not None}
        told = joined(present, subject) if present else NOTHING
        if complete and told.has_value:
            return [told]
        sums.append(told)
    return sums


def _breakdowns(rest: Sequence[tuple[str | None, str | None]], subject: Subject) -> Iterator[tuple[dict[str, Subject], bool]]:
    """The ways to take a subject apart, by name, and whether each holds all of its cells."""
    codes = roots(programme for programme, _ in rest if programme is not None and programme != subject.programme)
    if codes:
        complete = all(programme != subject.programme for programme, _ in rest)
        yield {code: replace(subject, programme=code) for code in codes}, complete
    names = sorted({provider for _, provider in rest if provider is not None}) if subject.provider is None else []
    if names:
        yield {name: replace(subject, provider=name) for name in names}, all(provider is not None for _, provider in rest)


def _child(inside: Cells, leaf: Leaf, part: Subject, subject: Subject, asked: Asked) -> Told | None:
    """What a part tells; None where it has no part in the span.

    A provider whose first contract begins in May is in no report before. Months before its first figure of the year
    and after its last one count as without it, if the same reporter states others for them; a gap between does not.
    """
    told = whole(inside, leaf, part, asked)
    if told.has_value or told.amount.reason != MONTHS_MISSING or part.unit == "person":
        return told
    without = _months_without(inside, part, subject, asked.span)
    if all(month in without for month in asked.span.months()):
        return None
    again = whole(inside, leaf, part, replace(asked, excused=asked.excused | without)) if without else told
    if not again.has_value:
        return told
    facts = (*part.facts(), ("missing", tuple(str(month) for month in sorted(without))))
    return replace(again, findings=(*again.findings, Finding("part-not-all-months", (), None, part.region, asked.span, facts=facts)))


def _months_without(inside: Cells, part: Subject, subject: Subject, span: Period) -> frozenset[Period]:
    """The months of the span before the first and after the last figure of a part, for which its reporters state other parts."""
    own = [figure for key, said in inside.items() if _covers(part, key) for figure in said]
    others = [f for key, said in inside.items() if not _covers(part, key) and key != (subject.programme, subject.provider) for f in said]
    if not own:
        return frozenset()
    reporters = {figure.reporter for figure in own}
    first, last = min(f.period.first for f in own), max(f.period.last for f in own)
    stated = {f.period for f in others if f.reporter in reporters}
    return frozenset(month for month in span.months() if (month.last < first or last < month.first) and month in stated)


def joined(children: Mapping[str, Told], subject: Subject) -> Told:
    """The sum of parts by name; None while one of them is missing, which is then named."""
    findings = unique(finding for child in children.values() for finding in child.findings)
    if not all(child.has_value for child in children.values()):
        return Told(_null(children), None, findings)
    amount = added(child.amount for child in children.values())
    ways = [child.way for child in children.values()]
    if subject.unit == "person" and len(children) > 1:
        findings = (*findings, Finding(PEOPLE_ADDED, region=subject.region))
    return Told(amount, weakest(ways) if subject.unit == "person" else _common(ways), findings)


def _null(children: Mapping[str, Told]) -> Amount:
    """Why a sum is null: months are missing, a count is, or a part has no figure at all."""
    empty = {name: child.amount for name, child in children.items() if not child.has_value}
    if all(child.amount.reason == NOT_STATED for child in children.values()):
        return NOTHING.amount
    if missing := sorted({month for amount in empty.values() if amount.reason == MONTHS_MISSING for month in amount.missing}):
        return Amount(reason=MONTHS_MISSING, missing=tuple(missing))
    reasons = [amount.reason for amount in empty.values() if amount.reason not in (NOT_STATED, PARTS_MISSING)]
    return Amount(reason=reasons[0]) if reasons else Amount(reason=PARTS_MISSING, missing=tuple(empty))


def _common(ways: Sequence[str | None]) -> str | None:
    return ways[0] if len(set(ways)) == 1 else None


def _least_missing(told: Sequence[Told]) -> Told:
    """Of several nulls the one that lacks the least."""
    stated = [each for each in told if each.amount.reason != NOT_STATED]
    return min(stated, key=lambda each: len(each.amount.missing)) if stated else NOTHING


def _against(shown: Told, other: Told, subject: Subject, asked: Asked) -> Contrast | None:
    """A sum of parts against the whole. People of two parts may be the same ones: only a sum below the whole is a contradiction."""
    if subject.unit == "person" and (other.amount.value or 0) >= (shown.amount.value or 0):
        return None
    return contrast(PARTS_DIFFER, asked.span, other.amount, shown.amount, asked.limits)
