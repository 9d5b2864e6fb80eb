"""How many people: a count stated for exactly the asked span, or None with the reason.

People are never added over periods and never subtracted: ten in January and twelve in February are
between twelve and twenty-two. What counts is a figure since January up to the last day of the span,
else one stated for the span. The sum of yearly counts is another fact, and has another name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from budgettool.period import Period
from budgettool.terms.figure import Figure

from .answer import COUNTS_OF_PARTS_ONLY, NO_COUNT, Amount
from .contrasts import Subject, unique
from .spans import is_since_january, since_january
from .told import NOTHING, Asked, Told, by_reporter, differing
from .tolerance import spread

BASES = ("register", "cumulative", "stated", "single-period")
"""How a count came about, the strongest first."""


def count(figures: Sequence[Figure], subject: Subject, asked: Asked) -> Told:
    """The people of one cell and version in exactly the asked span, by the most trusted reporter who states it."""
    if not figures:
        return NOTHING
    exact = [figure for said in by_reporter(figures, subject).values() for figure in _exact(said, asked.span)]
    if not exact:
        return Told(Amount(reason=_reason(figures, asked.span)))
    shown = exact[0]
    contrasts = [found for other in exact[1:] if (found := differing(shown, other, asked))]
    findings = unique(found.finding(subject, asked.limits) for found in contrasts)
    return Told(Amount(shown.value, spread(shown), places=shown.places), basis(shown, asked.span), findings)


def _exact(figures: Iterable[Figure], span: Period) -> list[Figure]:
    """The figures for exactly the span, the one counted since January first."""
    fits = [f for f in figures if f.period == span or (is_since_january(f) and since_january(f.period.last) == span)]
    return sorted(fits, key=lambda f: (not f.cumulative, -f.submission, f.value))


def _reason(figures: Iterable[Figure], span: Period) -> str:
    return COUNTS_OF_PARTS_ONLY if any(f.period in span for f in figures) else NO_COUNT


def basis(figure: Figure, span: Period) -> str:
    """The basis of a count for exactly the span."""
    if is_since_january(figure):
        return "cumulative"
    return "single-period" if span.is_day or span.is_month or span.is_quarter or span.is_year else "stated"


def weakest(bases: Iterable[str | None]) -> str | None:
    """The basis of a sum of counts: the weakest of theirs."""
    known = [each for each in bases if each in BASES]
    return max(known, key=BASES.index, default=None)


def whole_number(value: Decimal | None) -> int | None:
    """A count as a whole number of people."""
    return None if value is None else int(value)
