"""What a row is about: its period, region, provider, programme. An unreadable region or period holds the whole row back.

Nothing is guessed: a date that may be two days is decided by its column or refused, a region named for a
time before it existed is read by the rules of the register and said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from budgettool.classification import Match, Programmes, Register
from budgettool.classification.names import is_below_region
from budgettool.classification.programmes import NONE
from budgettool.findings import Fact, Finding, Place
from budgettool.normalise.reading import Held
from budgettool.period import Period
from budgettool.period.written import Written, read_date, read_period
from budgettool.read.sheet import ErrorValue, Merge, Sheet, Unvalued, Value, Withheld, address
from budgettool.recognise.layout import Column, Hints, Row, Table
from budgettool.terms.bin import read_bin
from budgettool.terms.money import from_stored

FUNDING = {"011": "republic", "11": "republic", "015": "local", "15": "local"}
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class RowPeriod:
    """The period of a row; `cumulative` is None where nothing says."""

    period: Period
    cumulative: bool | None = None
    as_of: date | None = None


@dataclass(slots=True)
class Keys:
    """The keys of a table's rows by row number, and what kept others from being read."""

    periods: dict[int, RowPeriod] = field(default_factory=dict)
    regions: dict[int, str] = field(default_factory=dict)
    held: dict[int, Held] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def hold(self, row: int, code: str, cell: str, place: Place, **facts: Fact) -> None:
        """Hold a row back for a key that can't be read, once."""
        if row not in self.held:
            self.held[row] = Held(row, None, code, (cell,) if cell else ())
        self.findings.append(Finding(code, (place,), facts=tuple(sorted(facts.items()))))


def text_of(value: Value) -> str:
    """A key as text: a whole number without its decimals, so that code 27 is `27`."""
    if value is None or isinstance(value, (bool, Withheld, Unvalued)):
        return ""
    if isinstance(value, ErrorValue):
        return value.text
    if isinstance(value, (int, float)):
        exact = from_stored(value)
        return f"{exact:f}".rstrip("0").rstrip(".") if "." in f"{exact:f}" else f"{exact:f}"
    return value.strip(" \u00a0\r\n") if isinstance(value, str) else str(value)


class Cells:
    """The cells of a sheet with merged ranges filled: a region merged over its providers stands in each of their rows."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._merges: dict[int, list[Merge]] = {}
        for merge in sheet.merges:
            for column in range(merge.left, min(merge.right, merge.left + 64) + 1):
                self._merges.setdefault(column, []).append(merge)

    def value(self, row: int, column: int) -> Value:
        own = self._sheet.value(row, column)
        if own is not None:
            return own
        merge = next((m for m in self._merges.get(column, ()) if m.top <= row <= m.bottom), None)
        return self._sheet.value(merge.top, merge.left) if merge else None


# ---- periods


def read_periods(table: Table, cells: Cells, rows: Sequence[Row], file: str, keys: Keys) -> None:
    """Read the period of each row that has one of its own: from its period columns, else its date column."""
    columns = [column for column in table.columns if column.field == "period"] or [c for c in table.columns if c.field == "date"]
    if not columns:
        return
    dated = columns[0].field == "date"
    month_first = table.context.month_first
    if month_first is None:
        month_first = _month_first([cells.value(row.number, columns[0].index) for row in rows])
    for row in rows:
        values = [cells.value(row.number, column.index) for column in columns]
        if all(value is None or text_of(value) == "" for value in values):
            continue
        cell = address(row.number, columns[0].index)
        place = Place(file, table.sheet.name, cell)
        value: Value = " ".join(text_of(v) for v in values) if len(values) > 1 else values[0]
        number_format = table.sheet.formats.get((row.number, columns[0].index), "")
        found = _row_period(value, dated=dated, month_first=month_first, number_format=number_format, context=table.context.written)
        if isinstance(found, RowPeriod):
            keys.periods[row.number] = found
            if isinstance(value, (int, float)) and value > 2200:
                facts: tuple[tuple[str, Fact], ...] = (("date", found.period.last), ("text", text_of(value)))
                keys.findings.append(Finding("date-without-date-format", (place,), facts=facts))
        else:
            code, dates = found
            keys.hold(row.number, code, cell, place, text=text_of(value), dates=dates)


def _month_first(values: Sequence[Value]) -> bool | None:
    """What the slashed dates of a column prove together: True for month first, False for day first, None for nothing."""
    proven = {_first_is_month(value, days[0]) for value in values if isinstance(value, str) and "/" in value and len(days := _days(value)) == 1}
    return proven.pop() if len(proven) == 1 else None


@lru_cache(maxsize=8192)
def _days(text: str) -> tuple[date, ...]:
    return tuple(read_date(text)) if text else ()


@lru_cache(maxsize=8192)
def _written(text: str, year: int | None) -> Written | None:
    return read_period(text, year=year)


def _first_is_month(text: str, day: date) -> bool:
    head = "".join(ch for ch in text.strip().split("/")[0] if ch.isdigit())
    return head.isdigit() and int(head) == day.month and int(head) != day.day


def _row_period(
    value: Value, *, dated: bool, month_first: bool | None, number_format: str, context: Written | None
) -> RowPeriod | tuple[str, tuple[str, ...]]:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _of_date(value, dated=dated, number_format=number_format)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if 1900 <= value <= 2200 and float(value).is_integer():
            return RowPeriod(Period.of_year(int(value)))
        if 20000 <= value <= 80000 and float(value).is_integer():
            return _of_date(_EPOCH + timedelta(days=int(value)), dated=dated, number_format="")
    text = _with_its_zero(value) or text_of(value)
    year = context.period.first.year if context and context.period.is_within_year else None
    days = _days(text)
    if len(days) == 2 and month_first is not None:
        days = tuple(day for day in days if _first_is_month(text, day) == month_first) or days
    if len(days) == 2:
        return "ambiguous-date", tuple(day.isoformat() for day in days)
    if len(days) == 1:
        return _of_date(days[0], dated=dated, number_format="d")
    written = _written(text, year)
    return RowPeriod(written.period, written.cumulative, written.as_of) if written else ("period-not-read", ())


def _with_its_zero(value: Value) -> str | None:
    """`1.2020`, January as a number, which a spreadsheet keeps as 1.202; a number with another decimal stays as it is."""
    if isinstance(value, float) and 1 <= value < 13 and re.fullmatch(r"\d{1,2}\.20\d", f"{value:.15g}"):
        return f"{value:.4f}"
    return None


def _of_date(day: date, *, dated: bool, number_format: str) -> RowPeriod:
    """A date in a period column is its month where it is the month's last day or is shown without a day; else that day."""
    ends = (day + timedelta(days=1)).day == 1
    monthly = not dated and (ends or (bool(number_format) and "d" not in number_format.lower() and "y" in number_format.lower()))
    return RowPeriod(Period.of_month(day.year, day.month) if monthly else Period.of_day(day))


# ---- regions


def region_texts(table: Table, cells: Cells, rows: Sequence[Row], file: str, keys: Keys) -> dict[int, tuple[str, str]]:
    """The text that names each row's region, with its cell; a blank below a named one is the same region where providers are listed."""
    column = table.column("region") or table.column("kato") or (None if table.form else table.column("name"))
    if column is None:
        return {}
    texts: dict[int, tuple[str, str]] = {}
    above: tuple[str, str] | None = None
    carried: list[Place] = []
    for row in rows:
        text = text_of(cells.value(row.number, column.index))
        if text:
            above = (text, address(row.number, column.index))
            texts[row.number] = above
        elif above and table.column("provider"):
            texts[row.number] = above
            carried.append(Place(file, table.sheet.name, address(row.number, column.index)))
    if carried:
        keys.findings.append(Finding("region-carried-down", tuple(carried), count=len(carried)))
    return texts


@dataclass(frozen=True, slots=True)
class Named:
    """One printed region name at its cell, for one period."""

    text: str
    place: Place
    period: Period | None


def resolve_region(named: Named, register: Register, others: frozenset[str]) -> tuple[str | None, list[Finding], str | None]:
    """The region of a name in a period, what is to be said, and the code that holds the row where there is none.

    `others` are the units, by the ids of their printed names, that have a figure for the same period: where one of
    them was carved out of the same unit and did not exist either, the series is back-cast and names keep their own ids.
    """
    match = register.resolve(named.text, named.period)
    facts: tuple[tuple[str, Fact], ...] = (("text", named.text),)
    said = [Finding("mixed-alphabet", (named.place,), facts=facts)] if match.folded else []
    if match.verdict in ("exact", "country"):
        if match.presumed and match.region:
            code = "region-presumed" if register.is_city(match.region) else "region-by-town"
            said.append(Finding(code, (named.place,), facts=(*facts, ("name", match.region))))
        return match.region, said, None
    if match.verdict in ("successor", "not-in-period") and match.named and named.period:
        if match.region != match.named and _is_back_cast(match.named, named.period, register, others):
            return match.named, [*said, Finding("back-cast", (named.place,), region=match.named, facts=facts)], None
        if match.verdict == "successor":
            return match.region, [*said, *_read_as(match, named)], None
    code, more = _region_fault(match)
    more += [("district", named.text)] if code == "region-unknown" and is_below_region(named.text) else []
    return None, [*said, Finding(code, (named.place,), period=named.period, facts=(*facts, *more))], code


def _read_as(match: Match, named: Named) -> list[Finding]:
    """A later name is said; Astana and Nur-Sultan are one unit, and saying so at each row would only tire."""
    if match.region == match.named:
        return []
    facts: tuple[tuple[str, Fact], ...] = (("printed", named.text), ("name", match.region or ""))
    return [Finding("region-read-as", (named.place,), period=named.period, facts=facts)]


def _is_back_cast(region: str, period: Period, register: Register, others: frozenset[str]) -> bool:
    parents = {parent for unit in register.units if unit.id == region for parent in unit.predecessors}
    siblings = {unit.id for unit in register.units if set(unit.predecessors) & parents and unit.id != region}
    return any(sibling in others and not register.existed(sibling, period) for sibling in siblings)


def _region_fault(match: Match) -> tuple[str, list[tuple[str, Fact]]]:
    if match.verdict == "not-in-period":
        facts: list[tuple[str, Fact]] = [("named", match.named or "")]
        facts += [("since", match.since)] if match.since else []
        facts += [("until", match.until)] if match.until else []
        return "region-not-in-period", facts
    if match.verdict == "letters-lost":
        return "region-letters-lost", [("likely", match.candidates)]
    if match.verdict == "ambiguous":
        return "region-ambiguous", [("candidates", match.candidates)]
    return "region-unknown", [("nearest", match.candidates)]


# ---- who and what


@dataclass(frozen=True, slots=True)
class Who:
    """The other dimensions of a row."""

    provider: str | None = None
    provider_bin: str | None = None
    contract: str | None = None
    programme: str | None = None
    funding: str | None = None
    category: str | None = None
    reporter: str | None = None
    as_of: date | None = None


def read_who(table: Table, cells: Cells, row: Row, place: Place, programmes: Programmes = NONE) -> tuple[Who, list[Finding], list[Held]]:
    """Provider, BIN, contract, programme and funding of a row; a BIN that is wrong is held back, the row goes on.

    A programme may also stand there by a name that the user's own list gives it.
    """
    said = {column.field: column for column in table.columns if column.field and column.measure is None}
    text = {name: text_of(cells.value(row.number, column.index)) or None for name, column in said.items()}
    bin_column = said.get("provider_bin")
    number, findings, held = _bin(cells, row.number, bin_column, place) if bin_column else (None, [], [])
    provider = text.get("provider")
    if provider and "provider" in said:
        findings += _formula_like(provider, Place(place.file, place.sheet, address(row.number, said["provider"].index)))
    once = table.context
    code = programmes.code("-".join(_parts(table, cells, row, "programme").values())) or once.programme
    funding = FUNDING.get(text.get("funding") or "", text.get("funding")) or once.funding
    days = _days(text.get("as_of") or "")
    category = _category(_parts(table, cells, row, "category")) or once.category
    who = Who(provider, number, text.get("contract"), code, funding, category, text.get("reporter"), days[0] if len(days) == 1 else None)
    return who, findings, held


def _parts(table: Table, cells: Cells, row: Row, field: str) -> dict[Column, str]:
    """The texts of all columns of one dimension that a row fills: a code in four columns, a breakdown by two things."""
    found = {column: text_of(cells.value(row.number, column.index)) for column in table.columns if column.field == field}
    return {column: text for column, text in found.items() if text}


def _category(parts: Mapping[Column, str]) -> str | None:
    """One breakdown as it is written; several, or one that the form names, as `department=Police; class=100`."""
    named = [(column.category or (column.header if len(parts) > 1 else None), text) for column, text in parts.items()]
    return "; ".join(f"{name}={text}" if name else text for name, text in named) or None


def _bin(cells: Cells, row: int, column: Column, place: Place) -> tuple[str | None, list[Finding], list[Held]]:
    value = cells.value(row, column.index)
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        return None, [], []
    found = read_bin(value)
    cell = address(row, column.index)
    at = (Place(place.file, place.sheet, cell),)
    facts: tuple[tuple[str, Fact], ...] = (("bin", found.number or ""), ("text", found.written))
    if found.verdict == "zeros-restored":
        return found.number, [Finding("bin-zeros-restored", at, facts=facts)], []
    code = {"check-digit": "bin-check-digit", "digits-lost": "bin-digits-lost", "not-a-bin": "bin-check-digit"}.get(found.verdict)
    if code is None:
        return found.number, [], []
    return None, [Finding(code, at, facts=(("bin", found.written), ("text", found.written)))], [Held(row, cell, code, (cell,))]


def _formula_like(text: str, place: Place) -> list[Finding]:
    """A name that a spreadsheet would run: it begins with = or @ or a tab, or with a sign before a formula's mark."""
    runs = text[:1] in "=@\t\r" or (text[:1] in "+-" and any(mark in text[1:] for mark in "(!=*/"))
    return [Finding("text-looks-like-formula", (place,), facts=(("text", text.strip()),))] if runs else []


def own_region(table: Table, hints: Hints) -> str | None:
    """The region that is stated once for all rows, where no column names one: the user's word, else the title's."""
    return hints.region or table.context.region
