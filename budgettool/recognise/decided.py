"""What single headers leave open is settled by all of them: ambiguous words, a measure that the user named, columns that say the same.

Выделено beside Перечислено is the allocation; beside План it is the transfer; alone it is refused, both named.
Освоено is read as paid in cash, and said, where no column says that plainly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgettool.findings import Finding, Place
from budgettool.recognise.header import is_period
from budgettool.recognise.labels import after_of_which
from budgettool.recognise.layout import Column, Hints, Span
from budgettool.terms.units import whole_unit

_PAYS_BACK = {"provider", "provider_bin", "contract"}
"""Beside these, what is returned comes from a provider."""


def decide(columns: list[Column], hints: Hints, place: Place) -> tuple[list[Column], list[Finding]]:
    """Settle what single headers left open: ambiguous words, a measure named by the user, two columns that say the same."""
    columns, findings = _decide_ambiguous(columns, hints, place)
    columns = _named_by_user(columns, hints)
    columns, said = _told_apart(columns, place)
    columns, findings = refuse_doubles(columns, [*findings, *said], place)
    return refuse_doubles(_whole(columns), findings, place)


def _decide_ambiguous(columns: list[Column], hints: Hints, place: Place) -> tuple[list[Column], list[Finding]]:
    decided, findings = [], []
    for column in columns:
        if not column.between:
            decided.append(column)
            continue
        measure = _meant(column, columns, hints)
        at = (replace(place, cell=column.letters),)
        if measure is None:
            findings.append(Finding("ambiguous-measure", at, facts=(("header", column.header), ("candidates", column.between))))
        elif not _is_named(measure, hints):
            findings.append(Finding("header-presumed", at, facts=(("header", column.header), ("measure", measure))))
        decided.append(replace(column, field=measure, measure=measure) if measure else column)
    return decided, findings


def _is_named(measure: str, hints: Hints) -> bool:
    return hints.measure is not None and hints.measure.partition(".")[0] == measure


def _meant(column: Column, columns: Sequence[Column], hints: Hints) -> str | None:
    """The measure that an ambiguous column means by the user's word, its own words or the other columns; None where nothing decides."""
    measures = {other.measure for other in columns if other.measure}
    named = next((name for name in column.between if _is_named(name, hints)), None)
    if named:
        return named
    if column.presumed:
        return None if column.presumed in measures else column.presumed
    if column.span is Span.YEAR and "allocation" in column.between:
        return "allocation"
    open_ = [name for name in column.between if name not in measures]
    if len(open_) == 1:
        return open_[0]
    if open_ and set(column.between) == {"recovery", "refund"}:
        if any(other.field in _PAYS_BACK for other in columns):
            return "recovery"
        return "refund" if measures & {"transfer", "receipt"} else None
    return None


def _named_by_user(columns: list[Column], hints: Hints) -> list[Column]:
    """Columns that no word fits measure what the user named: one plainly, several each as a category by its header."""
    if hints.measure is None:
        return columns
    measure, _, version = hints.measure.partition(".")
    unknown = [column for column in columns if column.field is None and not column.between]
    named = []
    for column in columns:
        if column in unknown:
            alone = len(unknown) == 1 or column.written is not None or column.region is not None
            category = None if alone else f"column={column.header}"
            column = replace(column, field=measure, measure=measure, version=version or None, category=category)
        named.append(column)
    return named


def _whole(columns: list[Column]) -> list[Column]:
    """A column that is called a total and has no parts beside it is the figure itself: `Получатели услуг, всего`."""
    parts = {(column.measure, column.version, column.category) for column in columns if column.measure and not column.total}
    return [replace(c, total=False) if c.total and c.measure and (c.measure, c.version, c.category) not in parts else c for c in columns]


def _told_apart(columns: list[Column], place: Place) -> tuple[list[Column], list[Finding]]:
    """Columns of one measure that are breakdowns of it, and no figures to choose from.

    Such stand under different titles (План under Республиканский, План under Местный бюджет), or beside their total
    (Оплачено: Всего, РБ, МБ).
    """
    parts: dict[int, str] = {}
    whole = {column.index for column in columns if _has_only_parts(column, columns)}
    columns = [replace(column, total=False) if column.index in whole else column for column in columns]
    for same in _alike(columns):
        own = [column for column in same if _opens_parts(column)]
        if own and len(own) == len(same) - 1 and not any(c.total and (c.measure, c.version) == (same[0].measure, same[0].version) for c in columns):
            parts |= {column.index: column.header for column in own}
            continue
        levels = [_without_unit(column.header.split(" / ")) for column in same]
        groups = [tuple(listed[:-1]) for listed in levels]
        if len({listed[-1].lower() for listed in levels}) == 1 and all(groups) and len(set(groups)) == len(groups):
            parts |= {column.index: " / ".join(group) for column, group in zip(same, groups, strict=True)}
        elif _are_of_total(same, columns):
            parts |= {column.index: listed[-1] for column, listed in zip(same, levels, strict=True)}
    if not parts:
        return columns, []
    at = tuple(replace(place, cell=column.letters) for column in columns if column.index in parts)
    names = tuple(dict.fromkeys(parts.values()))
    columns = [replace(column, category=f"column={parts[column.index]}") if column.index in parts else column for column in columns]
    return columns, [Finding("columns-as-categories", at, facts=(("names", names),))]


def _opens_parts(column: Column) -> bool:
    """Whether a header says "of which": `из них женщины`, `в т.ч. за счет РБ`, and not only since when it counts."""
    opened = any(after_of_which(level) is not None for level in column.header.split(" / "))
    return opened and column.span is None and column.written is None


def _has_only_parts(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column that is called a total has nothing beside it under its title but "of which": it is the figure itself."""
    title, _, _ = column.header.rpartition(" / ")
    beside = [c for c in columns if c is not column and c.measure == column.measure and c.header.rpartition(" / ")[0] == title]
    opened = [any(after_of_which(level) is not None for level in c.header.split(" / ")) for c in beside]
    return column.total and bool(title) and bool(beside) and all(opened)


def _without_unit(levels: list[str]) -> list[str]:
    return levels[:-1] if len(levels) > 1 and whole_unit(levels[-1].strip(" ()")) is not None else levels


def _are_of_total(same: Sequence[Column], columns: Sequence[Column]) -> bool:
    """Whether columns have one title and different names below it, and a column called the total stands under that title as well."""
    title = same[0].header.rpartition(" / ")[0]
    lowest = {column.header.rpartition(" / ")[2].lower() for column in same}
    one = bool(title) and all(column.header.rpartition(" / ")[0] == title for column in same) and len(lowest) == len(same)
    return one and any(c.total and c.measure == same[0].measure and c.header.rpartition(" / ")[0] == title for c in columns)


def _alike(columns: Sequence[Column]) -> list[list[Column]]:
    """The groups of columns that state one measure for one period."""
    seen: dict[tuple[object, ...], list[Column]] = {}
    for column in columns:
        if column.measure and not column.total:
            seen.setdefault(_said(column), []).append(column)
    return [same for same in seen.values() if len(same) > 1]


def refuse_doubles(columns: list[Column], findings: list[Finding], place: Place) -> tuple[list[Column], list[Finding]]:
    """Columns that state one measure for one period are read none of them, and said."""
    doubled: set[int] = set()
    for same in _alike(columns):
        doubled |= {column.index for column in same}
        at = tuple(replace(place, cell=column.letters) for column in same)
        facts = (("measure", same[0].measure or ""), ("header", same[0].header), ("columns", tuple(column.letters for column in same)))
        findings.append(Finding("ambiguous-column", at, facts=facts))
    return [replace(c, field=None, measure=None) if c.index in doubled else c for c in columns], findings


def _said(column: Column) -> tuple[object, ...]:
    """What a column states: two of the same are refused."""
    lowest = column.header.rpartition(" / ")[2]
    bare = lowest if column.written is None and is_period(lowest) else None
    period = column.written.period if column.written else bare
    currency = column.unit.code if column.unit else None
    return (column.measure, column.version, column.category, period, column.cumulative, column.span, currency, column.region, column.programme)
