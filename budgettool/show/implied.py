"""A published pair of amounts as a page: the rate that it implies, and every convention with its verdict."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap
from typing import TYPE_CHECKING

from budgettool.formats import Column, Kind, Lines, Page, Table
from budgettool.show import Json, money, remarks, schema, text

if TYPE_CHECKING:
    from budgettool.period import Period
    from budgettool.rates.explaining import Explanation, Outcome
    from budgettool.terms.stated import Stated
    from budgettool.wording import Wording


def page(found: Explanation, words: Wording) -> Page:
    """The page of an explanation."""
    return remarks.page(document(found), (_lead(found, words), _conventions(found, words), *_rest(found, words)), words)


def document(found: Explanation) -> Json:
    """The document of an explanation."""
    return {
        "schema": schema("rates-explain"),
        "amount": _stated(found.amount),
        "converted": _stated(found.converted),
        "currency": found.currency,
        "period": str(found.period),
        "implied": f"{found.implied:f}",
        "interval": [f"{found.low:f}", None if found.high is None else f"{found.high:f}"],
        "reading": found.reading,
        "outcomes": [_outcome(outcome) for outcome in found.outcomes],
        "averages": [_outcome(outcome) for outcome in found.averages],
        "flats": [_outcome(outcome) for outcome in found.flats],
        "days": [
            {"from": day.span.first.isoformat(), "to": day.span.last.isoformat(), "rate": f"{day.rate:f}", "result": money(day.result)}
            for day in found.days
        ],
        "searched": [str(span) for span in found.searched],
        "not_searched": [str(span) for span in found.not_searched],
        "missing": [{"code": missing.code, "span": str(missing.span)} for missing in found.missing],
        "findings": [],
    }


def _stated(figure: Stated) -> Json:
    return {"value": money(figure.value), "qualifier": text(figure.qualifier)}


def _outcome(outcome: Outcome) -> Json:
    return {
        "basis": outcome.basis,
        "period": str(outcome.span),
        "rate": f"{outcome.rate:f}",
        "result": money(outcome.result),
        "reproduces": outcome.reproduces,
        "off_percent": f"{outcome.off:f}",
        "kind": outcome.kind or None,
        "source": outcome.source or None,
        "step": outcome.step,
    }


def _lead(found: Explanation, words: Wording) -> Lines:
    amount, converted = words.number(found.amount.value), words.number(found.converted.value)
    between = words.number(found.low) + ("" if found.high is None else f" … {words.number(found.high)}")
    return Lines(
        (
            words.text("{amount} tenge / {converted} {currency}", amount=amount, converted=converted, currency=found.currency),
            words.text("Implied rate: {rate} ({interval})", rate=words.number(found.implied), interval=between),
        )
    )


def _conventions(found: Explanation, words: Wording) -> Table:
    columns = (
        Column("basis", words.text("Convention")),
        Column("period", words.text("Period")),
        Column("rate", words.text("Rate"), Kind.RATE),
        Column("result", found.currency, Kind.MONEY),
        Column("off", words.text("Off, %"), Kind.RATE),
        Column("verdict", words.text("Published figure")),
        Column("source", words.text("Source")),
    )
    outcomes = (*found.outcomes, *found.averages, *found.flats)
    rows = tuple(
        (
            convention(outcome.basis, words),
            str(outcome.span) if outcome.basis != "flat" else None,
            outcome.rate,
            outcome.result,
            outcome.off,
            words.text("gives it") if outcome.reproduces else words.text("does not give it"),
            outcome.source or None,
        )
        for outcome in outcomes
    )
    return Table(columns, rows)


def convention(basis: str, words: Wording) -> str:
    """The name of a convention in words."""
    named = {
        "average": words.text("each year at its average"),
        "end": words.text("each year at its last day"),
        "last-day": words.text("last day of the span"),
        "mean-of-averages": words.text("mean of the yearly averages"),
        "span-mean": words.text("mean of all days"),
        "published": words.text("published average"),
        "flat": words.text("flat rate"),
    }
    return named.get(basis, basis)


def _rest(found: Explanation, words: Wording) -> Iterable[Lines]:
    days = tuple(f"  {day.span}: {words.number(day.rate)} → {words.number(day.result, 2)}" for day in found.days)
    title = words.text("Official days that give it:") if days else words.text("No official day that was searched gives it.")
    yield Lines(days, title=title)
    yield Lines(_spans(found.searched), title=words.text("Days searched:"))
    if found.not_searched:
        yield Lines(_spans(found.not_searched), title=words.text("Not searched, no rates are stored:"))


def _spans(spans: Iterable[Period]) -> tuple[str, ...]:
    """Spans of days one after the other, as many on a line as fit."""
    days = (str(span) if span.is_day else f"{span.first.isoformat()}..{span.last.isoformat()}" for span in spans)
    return tuple(wrap(", ".join(days), 100, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False))
