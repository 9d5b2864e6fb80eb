"""One row of the answer: every measure of one territory, programme and provider in one span, and the people.

A part of a year rarely has a plan of its own: then the year's is shown, and said; where not even that is
known, the plan of payments. The people planned follow the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from budgettool.findings import Finding
from budgettool.period import Period
from budgettool.terms import CHAIN, MEASURES, Kind

from .answer import COUNTS_OF_PARTS_ONLY, MONTHS_MISSING, NO_COUNT, NOT_STATED, UNSTATED, Amount, Row
from .contrasts import Subject, unique
from .people import count, whole_number
from .status import Look, balances
from .territory import Ground
from .told import NOTHING, Asked, Leaf, Told, allocation, money
from .tolerance import Limit

MONEY = tuple(measure.name for measure in MEASURES.values() if measure.kind is Kind.MONEY)
ALLOCATION_OF_YEAR = "allocation-of-year"
PLAN_OF_PAYMENTS = "allocation.plan_payments"
PLAN_OF_PAYMENTS_USED = "plan-of-payments-used"


@dataclass(frozen=True, slots=True)
class Line:
    """What one row is about."""

    ground: Ground
    period: Period
    programme: str | None = None
    provider: str | None = None


def row(line: Line, measures: Iterable[str], limits: Mapping[str, Limit]) -> Row:
    """The row with all figures and findings; its status is set when its peers are known."""
    asked = Asked(line.period, limits)
    told = {measure: tell(line, measure, asked) for measure in measures}
    of_year = False
    if "allocation" in told and not told["allocation"].has_value:
        told["allocation"], of_year = _plan(line, told, asked)
    amounts = {measure: each.amount for measure, each in told.items()} | (_versions(line, told, asked) if of_year else {})
    amounts |= balances(amounts, line.period, of_year=of_year)
    served = tell(line, "recipients", asked)
    findings = unique([*(finding for each in (*told.values(), served) for finding in each.findings), *_gaps(line, amounts, served)])
    group, people, yearly = line.ground.group, served.amount.value, _yearly(line, asked)
    reason = None if people is not None else _reason(served.amount)
    counted = (whole_number(people), served.way, reason, yearly, _planned(line, asked))
    return Row(group.region, group.territory, line.period, line.programme, line.provider, amounts, *counted, "matched", findings)


def _gaps(line: Line, amounts: Mapping[str, Amount], served: Told) -> Iterator[Finding]:
    """Links of which some months are known and others missing, and people of whom only parts of the span are counted."""
    region, months = line.ground.group.region, len(list(line.period.months()))
    for link in CHAIN:
        amount = amounts.get(link, UNSTATED)
        if link != "allocation" and amount.reason == MONTHS_MISSING and len(amount.missing) < months:
            yield Finding(MONTHS_MISSING, (), None, region, line.period, facts=(("measure", link), ("missing", amount.missing)))
    if served.amount.reason == COUNTS_OF_PARTS_ONLY:
        yield Finding(COUNTS_OF_PARTS_ONLY, (), None, region, line.period)


def since_january(line: Line, limits: Mapping[str, Limit]) -> Look | None:
    """How to look a measure up from 1 January to the end of the row's span; None where the span itself begins then."""
    year = _year_around(line.period)
    if year is None or line.period.first == year.first:
        return None
    begun = Asked(Period(year.first, line.period.last), limits, plainly=True)

    @cache
    def look(measure: str) -> Amount:
        told = tell(line, measure, begun)
        return told.amount if told.has_value or measure != "allocation" else tell(line, measure, replace(begun, span=year)).amount

    return look


def _reason(amount: Amount) -> str:
    return NO_COUNT if amount.reason in (None, NOT_STATED) else amount.reason


def _yearly(line: Line, asked: Asked) -> int | None:
    """The sum of yearly counts, where the span is several whole years and each has one."""
    if not line.period.is_whole_years or line.period.is_within_year:
        return None
    counts = [tell(line, "recipients", replace(asked, span=year)).amount.value for year in line.period.years()]
    known = [value for value in counts if value is not None]
    return int(sum(known)) if len(known) == len(counts) else None


def _planned(line: Line, asked: Asked) -> int | None:
    """The people planned for the span, else for the year around it."""
    spans = [line.period, *([year] if (year := _year_around(line.period)) else [])]
    planned = (tell(line, "recipients.planned", replace(asked, span=span)).amount.value for span in spans)
    return whole_number(next((value for value in planned if value is not None), None))


def tell(line: Line, measure: str, asked: Asked) -> Told:
    """One measure of a row."""
    people = measure.startswith("recipients")
    leaf: Leaf = count if people else allocation if measure == "allocation" else money
    home = line.ground.register.home
    subject = Subject(measure, line.ground.group.region, line.programme, line.provider, "person" if people else home.currency, home.country)
    return line.ground.told(measure, leaf, subject, asked)


def _plan(line: Line, told: Mapping[str, Told], asked: Asked) -> tuple[Told, bool]:
    """The plan that is shown where the span has none of its own, and whether it is the year's."""
    if year := _year_around(line.period):
        of_year = tell(line, "allocation", replace(asked, span=year))
        if of_year.has_value:
            return _saying(of_year, ALLOCATION_OF_YEAR, line, year), True
    payments = told.get(PLAN_OF_PAYMENTS, NOTHING)
    if payments.has_value:
        return _saying(payments, PLAN_OF_PAYMENTS_USED, line, line.period), False
    return told["allocation"], False


def _versions(line: Line, told: Mapping[str, Told], asked: Asked) -> dict[str, Amount]:
    """The year's versions beside the year's plan."""
    year = replace(asked, span=_year_around(line.period) or line.period, plainly=True)
    empty = [name for name, each in told.items() if name.startswith("allocation.") and "plan_" not in name and not each.has_value]
    return {name: tell(line, name, year).amount for name in empty}


def _year_around(period: Period) -> Period | None:
    """The year that a part of it lies in."""
    year = Period.of_year(period.first.year)
    return year if period.is_within_year and period != year else None


def _saying(told: Told, code: str, line: Line, period: Period) -> Told:
    said = Finding(code, told.amount.places, None, line.ground.group.region, period, None, told.amount.value, (("unit", line.ground.register.home.currency),))
    return replace(told, findings=(*told.findings, said))
