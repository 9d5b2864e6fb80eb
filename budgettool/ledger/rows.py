"""Entries as rows and back: exact decimals become whole minor units, absent stays null, texts are composed (NFC).

An entry's row is what it is about (the slice) and what it says; the digest of an entry is made of both.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias

from budgettool.period import Period
from budgettool.terms import Entry, Qualifier
from budgettool.terms.money import from_minor, minor_units, to_minor

SLICE = "reporter, region, programme, funding, provider, measure, version, category, period_first, period_last, cumulative"
ENTRY = "sheet, cell, line, raw, amount, unit, resolution, as_of, provider_bin, contract, qualifier"
RATE = "base, quote, period_first, period_last, kind, value, nominal, source"
HELD = "sheet, line, cell, code, region, period_first, period_last"

LARGEST = 10**16
"""The largest amount that is kept, in minor units: a hundred trillion tenge, ten times all budgets of the country in a year."""

Row: TypeAlias = tuple[Any, ...]
_CHUNK = 500


def plain(text: str) -> str:
    """The text as it is stored: composed, and without the halves of broken characters that a damaged file name may hold."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode("utf-8")


@lru_cache(maxsize=65536)
def plain_or_none(text: str | None) -> str | None:
    """The same for names, which come again and again."""
    return None if text is None else plain(text)


@lru_cache(maxsize=4096)
def days(period: Period) -> tuple[str, str]:
    return period.first.isoformat(), period.last.isoformat()


@lru_cache(maxsize=4096)
def period_of(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def minor_of(entry: Entry) -> int | None:
    """The value in whole minor units, or None where it can't be kept exactly: finer than the smallest unit, or larger than any budget."""
    if not entry.value.is_finite() or abs(entry.value) > LARGEST:
        return None
    try:
        minor = to_minor(entry.value, entry.unit)
    except ValueError:
        return None
    return minor if abs(minor) <= LARGEST else None


def slice_row(entry: Entry) -> Row:
    first, last = days(entry.period)
    return (
        plain_or_none(entry.reporter),
        plain_or_none(entry.region),
        plain_or_none(entry.programme),
        plain_or_none(entry.funding),
        plain_or_none(entry.provider),
        entry.measure,
        entry.version,
        plain_or_none(entry.category),
        first,
        last,
        int(entry.cumulative),
    )


def entry_row(entry: Entry, minor: int) -> Row:
    return (
        plain_or_none(entry.sheet),
        entry.cell,
        entry.row,
        plain(entry.raw),
        minor,
        entry.unit,
        _resolution(entry.resolution, entry.unit),
        entry.as_of.isoformat() if entry.as_of else None,
        entry.provider_bin,
        plain_or_none(entry.contract),
        entry.qualifier.value if entry.qualifier else None,
    )


@lru_cache(maxsize=256)
def _resolution(resolution: Decimal, unit: str) -> int:
    """Whole minor units, the coarser where it is finer than one: what is stated to a tenth of a tiyn is kept to the tiyn."""
    return int((resolution * minor_units(unit)).to_integral_value(ROUND_CEILING))


def entry_of(about: Sequence[Any], says: Sequence[Any]) -> Entry:
    """The entry that `slice_row` and `entry_row` made."""
    reporter, region, programme, funding, provider, measure, version, category, first, last, cumulative = about
    sheet, cell, line, raw, amount, unit, resolution, as_of, provider_bin, contract, qualifier = says
    return Entry(
        sheet=sheet,
        cell=cell,
        row=line,
        raw=raw,
        measure=measure,
        period=period_of(first, last),
        value=from_minor(amount, unit),
        unit=unit,
        resolution=from_minor(resolution, unit),
        cumulative=bool(cumulative),
        version=version,
        as_of=date.fromisoformat(as_of) if as_of else None,
        category=category,
        reporter=reporter,
        region=region,
        programme=programme,
        funding=funding,
        provider=provider,
        provider_bin=provider_bin,
        contract=contract,
        qualifier=Qualifier(qualifier) if qualifier else None,
    )


def slice_key(about: Row) -> str:
    """A short digest of what a figure is about; an absent part differs from an empty one."""
    said = "\x1f".join("\x1e" if part is None else str(part) for part in about)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def digest(rows: Iterable[Sequence[Any]]) -> str:
    """The SHA-256 of rows of texts, whole numbers and nulls, in their order; the digest of none is that of no bytes."""
    hasher = hashlib.sha256()
    remaining = iter(rows)
    while chunk := list(islice(remaining, _CHUNK)):
        hasher.update(json.dumps(chunk, separators=(",", ":")).encode("ascii")[1:-1] + b"\n")
    return hasher.hexdigest()
