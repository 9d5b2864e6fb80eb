"""The figures of a table meet the keys of their rows and columns: each becomes an entry, or is held back with its reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from budgettool.classification import Register
from budgettool.findings import Finding
from budgettool.normalise.codes import Coded
from budgettool.normalise.doubled import Spot, without_doubles
from budgettool.normalise.keys import FUNDING, Named, RowPeriod, Who, own_region, read_who, resolve_region
from budgettool.normalise.reading import Held
from budgettool.normalise.standing import Standing, Standings
from budgettool.normalise.work import Reader, Work
from budgettool.period import Period
from budgettool.period.written import read_period
from budgettool.read.sheet import address
from budgettool.recognise.body import is_country
from budgettool.recognise.layout import Column, Context, Hints, Row, RowKind, Span
from budgettool.terms import Entry


@dataclass(frozen=True, slots=True)
class _Named:
    """What the regions of figures are read from: the printed names by row, the region stated once, and who else has a figure."""

    texts: Mapping[int, tuple[str, str]]
    labels: Mapping[int, str]
    country: frozenset[int]
    once: str | None
    present: Mapping[tuple[int, Period], frozenset[str]]


def read_entries(work: Work, data: Sequence[Row], reader: Reader, stood: Standings, coded: Coded) -> None:
    """Post the figures of the data rows; `stood` says what each row is about by where it stands, `coded` its programme."""
    for number in sorted(stood.unclear):
        if work.has_figures(number):
            work.keys.hold(number, "of-which-unclear", f"A{number}", replace(work.place, cell=str(number)))
    work.keys.held.update({number: held for number, held in coded.held.items() if work.has_figures(number)})
    texts = {row.number: printed for row in data if (printed := stood.rows.get(row.number, Standing()).region) is not None}
    by_row = without_doubles(work, {row.number: _spots(work, row, stood.rows.get(row.number, Standing()), reader) for row in data})
    once = own_region(work.table, reader.hints)
    country = frozenset(number for number, standing in stood.rows.items() if standing.country)
    named = _Named(texts, {row.number: row.label for row in data}, country, once, _present(by_row, texts, reader.register))
    sections = _sections(work, data, texts, stood)
    _say_carried(work, [row.number for row in data if by_row[row.number] and stood.rows.get(row.number, Standing()).carried])
    for row in data:
        if not by_row[row.number]:
            continue
        who, said, held = read_who(work.table, work.cells, row, work.place, reader.register.programmes)
        work.findings += said
        work.held += held
        who = _with_standing(who, row.number, (stood, coded, sections))
        for spot in by_row[row.number]:
            region = _region(work, spot, named, reader)
            if region is not None:
                reporter = who.reporter or reader.hints.reporter or work.table.context.reporter or (once if not texts else None)
                whose = replace(who, provider=None, provider_bin=None, contract=None) if (spot.row, spot.column.index) in work.shared else who
                work.entries.append(_entry(work, spot, (region, reporter), whose, stood.rows.get(row.number, Standing())))


def _with_standing(who: Who, number: int, given: tuple[Standings, Coded, Mapping[int, str]]) -> Who:
    """What the row's own columns say, and else the place where it stands."""
    stood, coded, sections = given
    standing = stood.rows.get(number, Standing())
    programme = coded.programmes.get(number) if coded.columns else None
    return replace(
        who,
        programme=programme or standing.programme or who.programme,
        funding=who.funding or FUNDING.get(coded.subprogrammes.get(number, "")) or standing.funding,
        provider=who.provider or standing.provider,
        category="; ".join(part for part in (who.category, standing.category, sections.get(number)) if part) or None,
    )


def _say_carried(work: Work, rows: Sequence[int]) -> None:
    column = work.table.column("region") or work.table.column("kato") or work.table.column("name")
    if rows and column is not None:
        at = tuple(replace(work.place, cell=address(row, column.index)) for row in rows)
        work.keys.findings.append(Finding("region-carried-down", at, count=len(at)))


def _sections(work: Work, data: Sequence[Row], texts: Mapping[int, tuple[str, str]], stood: Standings) -> dict[int, str]:
    """The sections that say the same regions again (urban, rural): each a category of its own, so that nothing counts twice."""
    of = {row.number: stood.sections.get(row.number) for row in data}
    if not any(of.values()):
        return {}
    named: dict[str | None, set[str]] = defaultdict(set)
    for row in data:
        if row.number in texts:
            named[of[row.number]].add(texts[row.number][0])
    seen = Counter(text for texts_of in named.values() for text in texts_of)
    repeated = [section for section in named if section and any(seen[text] > 1 for text in named[section])]
    if not repeated:
        return {}
    at = tuple(replace(work.place, cell=str(row.number)) for row in work.table.rows if row.kind is RowKind.SECTION and row.label in repeated)
    work.findings.append(Finding("section-as-category", at, facts=(("names", tuple(repeated)),)))
    return {number: f"section={section}" for number, section in of.items() if section in repeated}


def _spots(work: Work, row: Row, standing: Standing, reader: Reader) -> list[Spot]:
    spots = []
    for column, figures in work.columns:
        if column.total or (row.number not in figures.figures):
            continue
        own = work.keys.periods.get(row.number) or _titled(standing)
        period = _period(_of_year(column, standing), own, work.table.context, reader.hints)
        if period is None:
            if row.number not in work.keys.held:
                cell = address(row.number, column.index)
                work.keys.hold(row.number, "period-not-stated", cell, replace(work.place, cell=str(row.number)))
        elif row.number not in work.keys.held:
            spots.append(Spot(row.number, column, figures, period))
    return spots


def _titled(standing: Standing) -> RowPeriod | None:
    """The period that a title above the row states."""
    written = standing.written
    return RowPeriod(written.period, written.cumulative, written.as_of) if written else None


def _of_year(column: Column, standing: Standing) -> Column:
    """A column headed by a month without a year is of the year that the title above the row states."""
    if column.written is not None or standing.written is None or not standing.written.period.is_year:
        return column
    return replace(column, written=read_period(column.header.rpartition(" / ")[2], year=standing.written.period.first.year))


def _period(column: Column, own: RowPeriod | None, context: Context, hints: Hints) -> RowPeriod | None:
    """The period of a figure: its header's, its row's, the user's, the title's, narrowed or widened by what the header says."""
    stated = RowPeriod(column.written.period, column.written.cumulative, column.written.as_of) if column.written else None
    title = RowPeriod(context.written.period, context.written.cumulative, context.written.as_of) if context.written else None
    said = RowPeriod(hints.period) if hints.period else None
    base = stated or own or said or title
    if base is None:
        return None
    first, last = base.period.first, base.period.last
    if column.span is Span.YEAR and base.period.is_within_year:
        return RowPeriod(Period.of_year(last.year), None, base.as_of)
    if column.span is Span.MONTH and not column.cumulative:
        return RowPeriod(Period.of_month(last.year, last.month), None, base.as_of)
    if column.cumulative and base.period.is_within_year:
        return RowPeriod(Period(first.replace(month=1, day=1), last), True, base.as_of)
    return base


def _present(
    by_row: Mapping[int, Iterable[Spot]], texts: Mapping[int, tuple[str, str]], register: Register
) -> Mapping[tuple[int, Period], frozenset[str]]:
    """By column and period, or by row (below 0) where regions stand across, the units whose printed names have a figure there."""
    named: dict[int, str | None] = {row: register.resolve(text).named for row, (text, _) in texts.items()}
    present: dict[tuple[int, Period], set[str]] = defaultdict(set)
    for spot in (spot for spots in by_row.values() for spot in spots):
        across = spot.column.region
        unit = register.resolve(across).named if across else named.get(spot.row)
        if unit:
            present[(-spot.row if across else spot.column.index, spot.period.period)].add(unit)
    return {key: frozenset(units) for key, units in present.items()}


def _region(work: Work, spot: Spot, given: _Named, reader: Reader) -> str | None:
    texts, once = given.texts, given.once
    if spot.column.region is None and spot.row not in texts:
        if once is None and (spot.row in given.country or _is_country(given.labels[spot.row], reader.register)):
            return reader.register.home.country
        if once is None:
            column = work.table.column("region") or spot.column
            if spot.row not in work.keys.held:
                work.keys.hold(spot.row, "row-without-region", address(spot.row, column.index), replace(work.place, cell=str(spot.row)))
        return once
    text, cell = (spot.column.region, spot.column.letters) if spot.column.region is not None else texts[spot.row]
    named = Named(text, replace(work.place, cell=cell), spot.period.period)
    others = given.present.get((-spot.row if spot.column.region is not None else spot.column.index, spot.period.period), frozenset())
    region, said, code = resolve_region(named, reader.register, others)
    for finding in said:
        if (finding.code, finding.at) not in work.told:
            work.told.add((finding.code, finding.at))
            work.keys.findings.append(finding)
    if code is not None:
        at = address(spot.row, spot.column.index)
        if spot.column.written is not None or spot.column.region is not None:
            work.held.append(Held(spot.row, at, code, (cell, at)))
        else:
            work.keys.held.setdefault(spot.row, Held(spot.row, None, code, (cell,)))
    return region


def _is_country(label: str, register: Register) -> bool:
    return register.is_country(label) or is_country(label)


def _entry(work: Work, spot: Spot, whose: tuple[str, str | None], who: Who, standing: Standing) -> Entry:
    figure, context = spot.figures.figures[spot.row], work.table.context
    region, reporter = whose
    version, category = _version(spot, standing)
    return Entry(
        sheet=work.table.sheet.name,
        cell=address(spot.row, spot.column.index),
        row=spot.row,
        raw=figure.raw,
        measure=spot.figures.measure,
        version=version,
        category="; ".join(part for part in (who.category, category, spot.column.category) if part) or context.category,
        period=spot.period.period,
        cumulative=bool(spot.period.cumulative),
        as_of=who.as_of or spot.period.as_of,
        value=figure.value,
        unit=spot.figures.unit.code,
        resolution=work.resolution(spot.figures),
        qualifier=figure.qualifier,
        reporter=reporter,
        region=region,
        programme=who.programme or spot.column.programme or context.programme,
        funding=who.funding or context.funding,
        provider=who.provider,
        provider_bin=who.provider_bin,
        contract=who.contract,
    )


def _version(spot: Spot, standing: Standing) -> tuple[str | None, str | None]:
    """The version of a figure and, for what has no such version (money for people who came for the first time), a breakdown."""
    if standing.version is None:
        return spot.column.version, None
    if spot.figures.measure == "recipients" and spot.column.version is None:
        return standing.version, None
    return spot.column.version, f"item={standing.version}"
