"""Header texts become columns: which field, which version, which period and unit each one states.

The lowest header row is asked first, then all rows together, so that `Получатели услуг › план` is
the planned recipients and `Остаток › по платежам` no plan. What is left ambiguous is decided by the
other columns or refused with both meanings named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from budgettool.findings import Finding, Place
from budgettool.period.written import Written, find_periods, read_period
from budgettool.read.sheet import Sheet, address
from budgettool.recognise.header import HeaderBlock, Level, is_period
from budgettool.recognise.layout import Column, Hints, Span
from budgettool.recognise.vocabulary import Header, Meaning, read_header, vocabulary
from budgettool.terms import MEASURES, Kind
from budgettool.terms.units import read_unit

_PEOPLE_PLAN = {"план", "плановое", "жоспар", "жоспары", "plan", "planned", "жоспарланған"}


def read_columns(sheet: Sheet, block: HeaderBlock, file: str, year: int | None) -> tuple[list[Column], list[Finding]]:
    """Each column with a header text, left to right, and what was found in reading them; `year` is that of a month without one."""
    columns, findings = [], []
    for index, levels in sorted(block.levels.items()):
        if not levels:
            continue
        column = _column(index, levels, year)
        columns.append(column)
        if column.mixed:
            at = next((lv for lv in levels if read_header(lv.text).mixed), levels[-1])
            place = Place(file, sheet.name, address(at.row, at.column))
            findings.append(Finding("mixed-alphabet", (place,), facts=(("text", at.text), ("field", column.field or ""))))
    return columns, findings


def _column(index: int, levels: Sequence[Level], year: int | None) -> Column:
    header = " / ".join(level.text for level in levels)
    whole = read_header(" ".join(level.text for level in levels))
    meaning = _meaning(levels, whole)
    column = Column(index, header, meaning.field if meaning else None, mixed=any(read_header(lv.text).mixed for lv in levels))
    written = _written(levels, year)
    if meaning is None:
        return replace(column, written=written, unit=read_unit(whole.text), total=vocabulary().has("total", whole.text))
    if meaning.kind == "ambiguous":
        column = replace(column, field=None, between=meaning.between)
    elif meaning.kind == "measure":
        measure, _, version = _people_version(meaning.field, whole.text).partition(".")
        column = replace(column, field=measure, measure=measure, version=version or None)
    elif meaning.kind == "dimension" and written is not None and meaning.field in ("period", "date"):
        return replace(column, field=None, written=written)
    return _qualified(column, whole, written) if meaning.kind != "dimension" else column


def _qualified(column: Column, whole: Header, written: Written | None) -> Column:
    words = vocabulary()
    cumulative = True if words.has("cumulative", whole.text) else written.cumulative if written else None
    span = Span.YEAR if words.has("year", whole.text) else Span.MONTH if words.has("month", whole.text) else None
    unit = read_unit(whole.text)
    total = words.has("total", whole.text)
    return replace(column, unit=unit, written=written, cumulative=cumulative, span=span, total=total)


def _meaning(levels: Sequence[Level], whole: Header) -> Meaning | None:
    beside = next((m for m in whole.meanings if m.kind == "beside"), None)
    if beside:
        return beside
    for level in reversed(levels):
        strong = next((m for m in read_header(level.text).meanings if m.strength), None)
        if strong and strong.kind != "beside":
            return strong
    return whole.meanings[0] if whole.meanings else None


def _people_version(field: str, text: str) -> str:
    """People under a heading of their own: `план` below `Получатели услуг` is the plan of people."""
    tokens = set(text.replace(",", " ").replace("(", " ").replace(")", " ").split())
    people = MEASURES[field.partition(".")[0]].kind is Kind.PEOPLE
    return "recipients.planned" if people and field == "recipients" and tokens & _PEOPLE_PLAN else field


def _written(levels: Iterable[Level], year: int | None) -> Written | None:
    """The period that the levels state together: a quarter or a month, of the year above it, else of the title's year."""
    texts = [level.text for level in levels]
    found = find_periods(" ".join(texts))
    own = next((w.period.first.year for text in texts for w in find_periods(text) if w.period.is_within_year), year)
    if own is not None:
        for text in reversed(texts):
            finer = read_period(text, year=own)
            if finer is not None and not finer.period.is_year:
                return finer
    return min(found, key=lambda w: w.period.days, default=None)


def decide(columns: list[Column], hints: Hints, place: Place) -> tuple[list[Column], list[Finding]]:
    """Settle what single headers left open: ambiguous words, a measure named by the user, two columns that say the same."""
    columns, findings = _decide_ambiguous(columns, place)
    columns = _named_by_user(columns, hints)
    return _refuse_doubles(columns, findings, place)


def _decide_ambiguous(columns: list[Column], place: Place) -> tuple[list[Column], list[Finding]]:
    measures = {column.measure for column in columns if column.measure}
    decided, findings = [], []
    for column in columns:
        open_ = [name for name in column.between if name not in measures]
        if column.between and column.span is Span.YEAR and "allocation" in column.between:
            open_ = ["allocation"]
        if column.between and len(open_) == 1:
            column = replace(column, field=open_[0], measure=open_[0])
        elif column.between:
            at = (replace(place, cell=column.letters),)
            findings.append(Finding("ambiguous-measure", at, facts=(("header", column.header), ("candidates", column.between))))
        decided.append(column)
    return decided, findings


def _named_by_user(columns: list[Column], hints: Hints) -> list[Column]:
    """Columns that no word fits measure what the user named: one plainly, several each as a category by its header."""
    if hints.measure is None:
        return columns
    measure, _, version = hints.measure.partition(".")
    unknown = [column for column in columns if column.field is None and not column.between]
    named = []
    for column in columns:
        if column in unknown:
            alone = len(unknown) == 1 or column.written is not None
            category = None if alone else f"column={column.header}"
            column = replace(column, field=measure, measure=measure, version=version or None, category=category)
        named.append(column)
    return named


def _refuse_doubles(columns: list[Column], findings: list[Finding], place: Place) -> tuple[list[Column], list[Finding]]:
    seen: dict[tuple[object, ...], list[Column]] = {}
    for column in columns:
        if column.measure and not column.total:
            period = column.written.period if column.written else None
            currency = column.unit.code if column.unit else None
            bare = column.header.rpartition(" / ")[2] if period is None and is_period(column.header.rpartition(" / ")[2]) else None
            key = (column.measure, column.version, column.category, period or bare, column.cumulative, column.span, currency)
            seen.setdefault(key, []).append(column)
    doubled = {column.index for same in seen.values() if len(same) > 1 for column in same}
    for same in seen.values():
        if len(same) > 1:
            at = tuple(replace(place, cell=column.letters) for column in same)
            facts = (("measure", same[0].measure or ""), ("header", same[0].header), ("columns", tuple(column.letters for column in same)))
            findings.append(Finding("ambiguous-column", at, facts=facts))
    return [replace(c, field=None, measure=None) if c.index in doubled else c for c in columns], findings
