"""A file of rates becomes rows for the table, and findings for the lines that can't be believed.

`05.03.2019;USD;1;376,40` under `date;code;quant;rate` is an official rate of that day. A line that is wrong is
held back and named; the others are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from budgettool.findings import Fact, Finding, Place, Severity
from budgettool.period import Period
from budgettool.rates.believing import implausible
from budgettool.rates.layout import Said, Unread, lines
from budgettool.rates.table import HOME, Table
from budgettool.terms.rate import DAILY, END, MONTH, NOMINALS, QUARTER, SESSION, YEAR, Rate

SPANS: Mapping[str, Callable[[Period], bool]] = {
    DAILY: lambda period: period.is_day,
    SESSION: lambda period: period.is_day,
    MONTH: lambda period: period.is_month,
    QUARTER: lambda period: period.is_quarter,
    YEAR: lambda period: period.is_year,
    END: lambda period: period.is_month,
}
"""What a rate of each kind is stated for."""

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00)?")
_NUMBER = re.compile(r"[-\u2212]?\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file that states a rate."""

    number: int
    rate: Rate


def read_rates(path: Path, *, name: str | None = None, known: Table | None = None) -> tuple[tuple[Rate, ...], tuple[Finding, ...]]:
    """The rates of a file, by currency and time, and what was found; `known` rates count as neighbours.

    A row without a kind is an official rate of its day, one without a source has the file's name for it.
    """
    file, beside = name or str(path), known or Table()
    try:
        said = lines(path.read_bytes())
    except OSError as refused:
        code = "unreadable" if path.exists() else "file-missing"
        return (), (_at(file, 0, code, Severity.ERROR, reason=refused.strerror or ""),)
    if isinstance(said, Unread):
        return (), (_unread(file, said),)
    read = [_read_line(file, line, beside) for line in said]
    stated, twice = _once(file, [line for line in read if isinstance(line, Line)])
    kept, doubted = _believed(file, stated, beside)
    wrong = [finding for finding in read if isinstance(finding, Finding)]
    empty = [] if said else [_at(file, 0, "rates-file-empty", Severity.WARNING)]
    return kept, tuple(sorted((*empty, *wrong, *twice, *doubted), key=_line_number))


def _unread(file: str, why: Unread) -> Finding:
    if why.reason == "columns":
        return _at(file, why.number, "rates-columns-not-found", Severity.ERROR, headings=why.headings)
    return _at(file, 0, "rates-not-read", Severity.ERROR, reason=why.reason)


def _read_line(file: str, line: Said, known: Table) -> Line | Finding:
    """The rate of a line, or why it has none."""
    said = line.cells
    code, kind = said.get("base", "").upper(), said.get("kind") or DAILY
    period, value, nominal = (
        _read_period(said.get("period", "")),
        _read_decimal(said.get("value", "")),
        _read_nominal(said.get("nominal", "")),
    )
    is_span = SPANS.get(kind)
    if is_span is None or said.get("quote", HOME).upper() != HOME:
        field = "kind" if is_span is None else "quote"
        return _not_read(file, line, field)
    if period is None or not is_span(period):
        return _not_read(file, line, "period")
    if value is None or nominal is None:
        return _not_read(file, line, "value" if value is None else "nominal")
    if code == HOME or not known.knows(code):
        return _at(file, line.number, "currency-unknown", Severity.ERROR, currency=code)
    if value <= 0:
        return _at(file, line.number, "rate-not-positive", Severity.ERROR, currency=code, day=period, rate=value)
    return Line(line.number, Rate(code, HOME, period, kind, value, nominal, said.get("source") or file))


def _not_read(file: str, line: Said, field: str) -> Finding:
    return _at(file, line.number, "rate-not-read", Severity.ERROR, field=field, text=line.cells.get(field, ""))


def _once(file: str, stated: list[Line]) -> tuple[list[Line], list[Finding]]:
    """Lines by what they state; where two state different rates for the same day neither is believed."""
    alike: dict[tuple[str, str, Period], list[Line]] = {}
    for line in stated:
        alike.setdefault((line.rate.base, line.rate.kind, line.rate.period), []).append(line)
    kept, findings = [], []
    for (base, _, period), same in sorted(alike.items()):
        if len({line.rate.unit_value for line in same}) == 1:
            kept.append(same[0])
            continue
        numbers, values = tuple(str(line.number) for line in same), tuple(str(line.rate.value) for line in same)
        facts: dict[str, Fact] = {"currency": base, "day": period, "lines": numbers, "rates": values}
        findings.append(_at(file, same[-1].number, "rate-stated-twice", Severity.ERROR, **facts))
    return kept, findings


def _believed(file: str, stated: list[Line], known: Table) -> tuple[tuple[Rate, ...], list[Finding]]:
    """The rates without those that stand out from their neighbours, and these as findings."""
    doubtful = implausible([line.rate for line in stated], known)
    findings = []
    for line in stated:
        if line.rate in doubtful:
            facts: dict[str, Fact] = {"currency": line.rate.base, "day": line.rate.period, "rate": line.rate.unit_value}
            facts["neighbour"] = doubtful[line.rate]
            findings.append(_at(file, line.number, "rate-implausible", Severity.ERROR, **facts))
    return tuple(line.rate for line in stated if line.rate not in doubtful), findings


def _read_period(text: str) -> Period | None:
    """A period as printed, or a day as dd.mm.yyyy; slashes are not read, since they may put the month first."""
    dotted, midnight = _DOTTED.fullmatch(text), _MIDNIGHT.fullmatch(text)
    try:
        if dotted is not None:
            day, month, year = map(int, dotted.groups())
            return Period.of_day(date(year, month, day))
        return Period.parse(midnight.group(1) if midnight is not None else text)
    except ValueError:
        return None


def _read_decimal(text: str) -> Decimal | None:
    """A number with one mark, a comma or a point, before its decimals; with both it is none."""
    bare = "".join(text.split())
    return Decimal(bare.replace(",", ".").replace("\u2212", "-")) if _NUMBER.fullmatch(bare) else None


def _read_nominal(text: str) -> int | None:
    if text == "":
        return 1
    return int(text) if text.isdecimal() and int(text) in NOMINALS else None


def _at(file: str, number: int, code: str, severity: Severity, **facts: Fact) -> Finding:
    """A finding at a line of the file (0: at the file), the line among its facts."""
    place = Place(file, cell=str(number) if number else "")
    return Finding(code, (place,), severity, facts=(*(("line", number),) * bool(number), *facts.items()))


def _line_number(finding: Finding) -> int:
    return next((fact for name, fact in finding.facts if name == "line" and isinstance(fact, int)), 0)
