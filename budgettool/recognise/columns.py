"""Header texts become columns: which field, which version, which period, region and unit each one states.

The lowest header row is asked first, then all rows together, so that `Получатели услуг › план` is
the planned recipients and `Остаток › по платежам` no plan. A phrase that runs over two rows (`Аванс › төленді`)
beats what either says alone, and a hashtag beats the words. What is left ambiguous is settled by `decided`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from budgettool.classification import Register
from budgettool.findings import Finding, Place
from budgettool.letters import unmixed
from budgettool.period.written import Written, find_periods
from budgettool.read.sheet import Sheet, address
from budgettool.recognise.halves import contradiction
from budgettool.recognise.header import HeaderBlock, Level, kind_of, period_alone
from budgettool.recognise.layout import Column, Span
from budgettool.recognise.tags import read_tag
from budgettool.recognise.vocabulary import Header, Meaning, folded, read_header, vocabulary, without_footnote
from budgettool.terms import COUNTRY, MEASURES, Kind
from budgettool.terms.money import is_currency
from budgettool.terms.units import read_unit, read_units

_PEOPLE_PLAN = {"план", "плановое", "жоспар", "жоспары", "plan", "planned", "жоспарланған"}
_LONGEST_NAME = 80


def read_columns(sheet: Sheet, block: HeaderBlock, file: str, year: int | None, register: Register) -> tuple[list[Column], list[Finding]]:
    """Each column with a header, left to right, and what was found in reading them; `year` is that of a month without one."""
    columns: list[Column] = []
    findings: list[Finding] = []
    for index in sorted({*(index for index, levels in block.levels.items() if levels), *block.tags}):
        levels = block.levels.get(index, ())
        column, against = _column(index, levels, block.tags.get(index, ""), year)
        columns.append(column)
        if against:
            facts = (("header", column.header), ("candidates", against))
            findings.append(Finding("ambiguous-measure", (Place(file, sheet.name, column.letters),), facts=facts))
        if column.mixed:
            at = next((lv for lv in levels if read_header(lv.text).mixed), levels[-1])
            place = Place(file, sheet.name, address(at.row, at.column))
            findings.append(Finding("mixed-alphabet", (place,), facts=(("text", at.text), ("field", column.field or ""))))
    return _with_regions(columns, block, register), findings


def _column(index: int, levels: Sequence[Level], tag: str, year: int | None) -> tuple[Column, tuple[str, ...]]:
    """One column, and the fields between which its halves, or its words and its tag, contradict each other."""
    header = " / ".join(level.text for level in levels) or tag
    whole = read_header(joined(levels))
    pinned = read_tag(tag)
    meaning = _meaning(levels, whole)
    column = Column(index, header, None, mixed=any(read_header(lv.text).mixed for lv in levels))
    against = contradiction([lv.text for lv in levels]) or _against_tag(meaning, pinned.field)
    if against:
        return column, against
    if pinned.field:
        meaning = meaning if meaning and meaning.field.startswith(f"{pinned.field}.") else vocabulary().meaning(pinned.field)
    column = _read(column, meaning, whole, _written(levels, year))
    part = f"column={header}" if pinned.part and column.measure else None
    column = replace(column, unit=pinned.unit or column.unit, category=part)
    units = [unit.text for unit in read_units(whole.text) if column.is_money and is_currency(unit.code)] if pinned.unit is None else []
    same = len({(unit.code, unit.factor) for unit in read_units(whole.text)}) < 2
    return (column, ()) if len(units) < 2 or same else (replace(column, field=None, measure=None, version=None, between=()), tuple(units))


def joined(levels: Iterable[Level]) -> str:
    """The levels of a header as one text; a word that is parted at the end of a row is whole again."""
    text = ""
    for level in levels:
        parted = text.endswith("-") and text[-2:-1].isalpha() and level.text[:1].islower()
        text = text[:-1] + level.text if parted else f"{text} {level.text}".strip()
    return text


def _read(column: Column, meaning: Meaning | None, whole: Header, written: Written | None) -> Column:
    if meaning is None:
        return replace(column, written=written, unit=read_unit(whole.text), total=vocabulary().has("total", whole.text))
    column = replace(column, field=meaning.field)
    if meaning.kind == "ambiguous":
        column = replace(column, field=None, between=meaning.between, presumed=meaning.presumed)
    elif meaning.kind == "measure":
        measure, _, version = _people_version(meaning.field, whole.text).partition(".")
        column = replace(column, field=measure, measure=measure, version=version or None, weak=not meaning.strength)
    elif meaning.kind == "dimension" and written is not None and meaning.field in ("period", "date"):
        return replace(column, field=None, written=written)
    return _qualified(column, whole, written) if meaning.kind != "dimension" else column


def stated(index: int, levels: Sequence[Level], year: int | None) -> Column:
    """What a header states beside its meaning (unit, period, since January), for a column whose field somebody else has given: a form."""
    whole = read_header(joined(levels))
    return _qualified(Column(index, " / ".join(level.text for level in levels), None), whole, _written(levels, year))


def _qualified(column: Column, whole: Header, written: Written | None) -> Column:
    words = vocabulary()
    cumulative = True if words.has("cumulative", whole.text) else written.cumulative if written else None
    span = Span.YEAR if words.has("year", whole.text) else Span.MONTH if words.has("month", whole.text) else None
    unit = read_unit(whole.text)
    total = words.has("total", whole.text)
    return replace(column, unit=unit, written=written, cumulative=cumulative, span=span, total=total)


def _meaning(levels: Sequence[Level], whole: Header) -> Meaning | None:
    strong = [next((m for m in read_header(level.text).meanings if m.strength), None) for level in levels]
    beside = next((m for m in whole.meanings if m.kind == "beside"), None)
    if beside and not (beside.field == "need" and strong and strong[-1] and strong[-1].kind == "measure"):
        return beside
    most = max((m.strength for m in strong if m), default=0)
    if whole.meanings and whole.meanings[0].strength > most:
        return whole.meanings[0]
    lowest = (m for level in reversed(levels) for m in read_header(level.text).meanings[:1])
    return next((m for m in reversed(strong) if m and m.kind != "beside"), next(lowest, whole.meanings[0] if whole.meanings else None))


def _people_version(field: str, text: str) -> str:
    """People under a heading of their own: `план` below `Получатели услуг` is the plan of people."""
    tokens = set(text.replace(",", " ").replace("(", " ").replace(")", " ").split())
    people = MEASURES[field.partition(".")[0]].kind is Kind.PEOPLE
    return "recipients.planned" if people and field == "recipients" and tokens & _PEOPLE_PLAN else field


def _against_tag(meaning: Meaning | None, pinned: str | None) -> tuple[str, str] | None:
    """Words that say another thing than the tag below them; words that are weak, general or ambiguous give way."""
    if meaning is None or pinned is None or not meaning.strength or meaning.kind == "ambiguous" or meaning.field in ("name", "period", "date"):
        return None
    bases = {meaning.field.partition(".")[0], pinned.partition(".")[0]}
    return (meaning.field, pinned) if len(bases) > 1 and bases != {"region", "kato"} else None


def _written(levels: Iterable[Level], year: int | None) -> Written | None:
    """The period that the levels state together: a quarter or a month, of the year above it, else of the title's year."""
    texts = [without_footnote(level.text) for level in levels]
    found = find_periods(" ".join(texts))
    own = next((w.period.first.year for text in texts for w in find_periods(text) if w.period.is_within_year), year)
    if own is not None:
        for text in reversed(texts):
            if vocabulary().has("month", unmixed(folded(text))):
                continue  # `бір айда` is in the month, and no month of its own
            finer = period_alone(text, own)
            if finer is not None and not finer.period.is_year:
                return finer
    return min(found, key=lambda w: w.period.days, default=None)


def _with_regions(columns: list[Column], block: HeaderBlock, register: Register) -> list[Column]:
    """Columns whose header names a region, where no column holds regions; the country's column is a total beside them."""
    if any(column.field in ("region", "kato") for column in columns):
        return columns
    named = {column.index: name for column in columns if (name := _region_named(block.levels.get(column.index, ()), register))}
    if not any(region != COUNTRY for _, region in named.values()):
        return columns
    return [
        replace(column, region=named[column.index][0], total=column.total or named[column.index][1] == COUNTRY)
        if column.index in named and (column.measure or column.field is None or column.field == "name")
        else column
        for column in columns
    ]


def _region_named(levels: Iterable[Level], register: Register) -> tuple[str, str] | None:
    """The text of a level that names a region and measures nothing, with its id."""
    for level in levels:
        if not kind_of(level.text) and len(level.text) <= _LONGEST_NAME:
            match = register.resolve(level.text)
            if match.verdict in ("exact", "country") and match.region:
                return level.text, match.region
    return None
