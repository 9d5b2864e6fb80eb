"""What a table's title, its sheet's name and its file's name state once for all rows: unit, period, region.

    title "Перечислено, 2019 год, тыс. тенге", sheet "март"     March 2019, thousand tenge
    title "за апрель 2019 года", sheet "март"                   April 2019, and the sheet's name is said

The nearest statement wins; a sheet of one month or one region may say more than its title, never otherwise without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from budgettool.classification import Register
from budgettool.findings import Finding, Place
from budgettool.period.written import Written, find_periods, read_period
from budgettool.read.sheet import Sheet
from budgettool.recognise.layout import Context
from budgettool.recognise.vocabulary import folded
from budgettool.terms import COUNTRY, Unit
from budgettool.terms.units import read_unit

_FORMAL = re.compile(r"\W*(?:приложение|форма|нысан|утвержд\w*|бекіт\w*|annex|appendix|\d+[- ]?қосымша)\b|.*\b(?:к приказу|приказом|бұйрығына|бұйрығымен|қосымша)\b")
"""A line of an order or a form's heading: its dates are not those of the figures."""


_TITLE = 300
"""So long a title states its month somewhere else."""
_HIGHEST = 60
"""So many rows above a table are its title; what stands further up is a text or another table."""
_COPY = re.compile(r"\s*\(\d+\)\s*$")
_DEFAULT = re.compile(r"(?:лист|таблица|парақ|кесте|sheet|worksheet|table|tabelle|feuil)\s*\d*", re.IGNORECASE)
"""Names that say nothing: those that a program gives."""


def read_context(sheet: Sheet, rows: Iterable[int], file: str, register: Register) -> Context:
    """Read the rows above a table, then the sheet's name, then the file's; the nearest statement wins."""
    return settled(titled(sheet, rows, (), register), sheet, (file, None), register)[0]


def titled(sheet: Sheet, rows: Iterable[int], shared: Sequence[str], register: Register) -> Context:
    """What the title of a table says by itself; `shared` are texts beside it, asked where its own say nothing."""
    near = list(rows)[-_HIGHEST:]
    cells = [_text(value) for row in near for _, value in sheet.filled(row) if isinstance(value, (str, date))]
    own = _told(cells, register)
    if not shared:
        return own
    other = _told(shared, register)
    return replace(own, unit=own.unit or other.unit, written=own.written or other.written, region=own.region or other.region)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else f"{value:%d.%m.%Y}" if isinstance(value, date) else ""


def _told(cells: Sequence[str], register: Register) -> Context:
    plain = [text for text in cells if not _FORMAL.match(folded(text))]
    written = next((w for text in _joined(plain) if (w := _period_in(text))), None)
    if written is not None and written.period.is_year:
        finer = {w.period: w for text in plain if (w := read_period(text, year=written.period.first.year)) and not w.period.is_year}
        written = next(iter(finer.values())) if len(finer) == 1 else written
    region = next((r for text in plain if (r := region_in(text, written, register))), None)
    return Context(unit=_unit_in(cells), written=written, region=region, title=" ".join(plain))


def settled(title: Context, sheet: Sheet, given: tuple[str, int | None], register: Register) -> tuple[Context, list[Finding]]:
    """A title beside the names of its sheet and its file: what they add, and where the sheet's name says otherwise.

    `given` holds the file's name and the year that the user named.
    """
    file, asked = given
    place = Place(file, sheet.name)
    name, stem = _named(sheet.name), PurePath(file).stem.replace("_", " ")
    years = [written.period for written in (title.written, _period_in(name), _period_in(stem)) if written]
    year = asked or next((period.first.year for period in years if period.is_within_year), None)
    written = title.written or (_month_in(title.title, year) if title.title else None)
    of_sheet = read_period(name, year=year) or _period_in(name, year)
    chosen, findings = _period_of(written, of_sheet, place)
    chosen = chosen or _period_in(stem)
    region, said = _region_of(title, name, chosen, (place, register))
    region = region or region_in(stem, chosen, register)
    return replace(title, written=chosen, region=region), [*findings, *said]


def _named(name: str) -> str:
    """A sheet's name without the number of a copy; nothing where a program gave it."""
    bare = _COPY.sub("", name.replace("_", " ")).strip()
    return "" if _DEFAULT.fullmatch(bare) else bare


def _month_in(title: str, year: int | None) -> Written | None:
    """A month or a quarter that a title states without its year."""
    found = find_periods(title, year=year) if year is not None and len(title) < _TITLE else []
    return found[0] if len({one.period for one in found}) == 1 else None


def _period_of(title: Written | None, sheet: Written | None, place: Place) -> tuple[Written | None, list[Finding]]:
    """The period of a title and of a sheet's name together."""
    if title is None or sheet is None:
        return title or sheet, []
    own, other = title.period, sheet.period
    if own in other:
        return title, []
    if other in own:
        goes_on = title.as_of is not None or ((own.first.month, own.first.day) == (1, 1) and own.last == other.last and not own.is_year)
        return (title if goes_on else sheet), []
    if title.as_of is not None and title.as_of in other:
        return title, []
    return title, [_differs(place, other, own)]


def _differs(place: Place, other: object, read: object) -> Finding:
    facts = (("text", place.sheet or ""), ("other", str(other)), ("read", str(read)))
    return Finding("sheet-name-differs", (place,), facts=facts)


def _region_of(title: Context, name: str, written: Written | None, given: tuple[Place, Register]) -> tuple[str | None, list[Finding]]:
    """The region of a title and of a sheet's name together; a bare name that may be two regions is said."""
    place, register = given
    period = written.period if written else None
    match = register.resolve(name, period) if name else None
    if match is None or match.verdict not in ("exact", "successor", "country", "ambiguous"):
        region = region_in(name, written, register) if name else None
    else:
        region = match.region
    if title.region:
        return title.region, [_differs(place, region, title.region)] if region and region not in (title.region, COUNTRY) else []
    if match is not None and match.verdict == "ambiguous":
        return None, [Finding("region-ambiguous", (place,), facts=(("text", name), ("candidates", match.candidates)))]
    if match is not None and match.presumed and region:
        return region, [Finding("region-presumed", (place,), facts=(("text", name), ("likely", region)))]
    return region, []


def _joined(texts: Sequence[str]) -> tuple[str, ...]:
    """Each title line, those that state a span before those that state a day, then all of them together."""
    return (*texts, " ".join(texts))


def _period_in(text: str, year: int | None = None) -> Written | None:
    """The period of a line: a span that is said beats the day of a signature or an order; two different spans are none."""
    found = [w for w in find_periods(text, year=year) if not w.period.is_day]
    spans = {w.period for w in found}
    if len(spans) <= 1:
        return found[0] if found else None
    told = [w for w in found if w.as_of is None and not w.period.is_year]
    return told[0] if len({w.period for w in told}) == 1 else None


def _unit_in(cells: Iterable[str]) -> Unit | None:
    units = {unit.factor: unit for text in cells if (unit := read_unit(text)) and unit.code not in ("person", "percent", "day", "service")}
    return next(iter(units.values())) if len(units) == 1 else None


def region_in(text: str, written: Written | None, register: Register) -> str | None:
    """The one region that a line names; None where none or several stand there."""
    found = register.find(text, written.period if written else None)
    named = {match.region for match in found if match.verdict in ("exact", "successor")}
    return named.pop() if len(named) == 1 else None
