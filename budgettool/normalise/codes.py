"""Columns of budget codes become the dotted code of a programme: administrator 256, programme 018, subprogramme 011 are `256.018.011`.

In the forms a code stands only on the row of its level, and the rows below it go on with it. A code that Excel took for
a number (`011` as 11, `256.010` as 256.01) gets its zeros back, which is said once a column; one that it took for a
date is refused, and its row with it, since a row without its programme would speak of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from budgettool.classification import Programmes, programme
from budgettool.findings import Finding, Place
from budgettool.normalise.keys import text_of
from budgettool.normalise.reading import Held
from budgettool.normalise.work import Work
from budgettool.read.sheet import Value, address
from budgettool.recognise.layout import Column, Row
from budgettool.recognise.outline import CODES
from budgettool.terms.money import from_stored
from budgettool.terms.written import is_no_figure

_DOTTED = CODES.index("administrator")


@dataclass(slots=True)
class Coded:
    """The dotted code of each row that has one, its subprogramme, the rows of functional groups, which only sum programmes, and what was found.

    `own` are the rows in which a code is written.
    """

    programmes: dict[int, str] = field(default_factory=dict)
    subprogrammes: dict[int, str] = field(default_factory=dict)
    groups: set[int] = field(default_factory=set)
    own: set[int] = field(default_factory=set)
    columns: bool = False
    held: dict[int, Held] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_codes(work: Work, rows: Iterable[Row], regions: Mapping[int, str], programmes: Programmes) -> Coded:
    """Read the code columns of a table; `regions` is the text of the region that a row itself names, `programmes` the user's own list."""
    columns = sorted((column for column in work.table.columns if column.field in CODES), key=lambda column: CODES.index(column.field or ""))
    coded = Coded(columns=bool(columns))
    if not columns:
        return coded
    restored: dict[int, list[str]] = {}
    current: list[str | None] = [None] * len(columns)
    region: str | None = None
    outer = False
    for row in rows:
        own = [_code(work, row, column, (coded, restored, programmes)) for column in columns]
        here = regions.get(row.number)
        filled = [depth for depth, code in enumerate(own) if code]
        if filled:
            outer = here is None and region is None
            coded.own.add(row.number)
        elif not outer and (len(columns) == 1 or (here is not None and here != region)):
            current = [None] * len(columns)
        if filled:
            current = [*current[: filled[0]], *own[filled[0] :]]
        region = here or region
        _note(coded, row.number, columns, current)
    coded.findings += [_restored(work.place, index, texts) for index, texts in sorted(restored.items())]
    return coded


def _note(coded: Coded, row: int, columns: Sequence[Column], current: Sequence[str | None]) -> None:
    fields = [CODES.index(column.field or "") for column in columns]
    subprogramme = next((code for depth, code in zip(fields, current, strict=True) if CODES[depth] == "subprogramme" and code), None)
    if subprogramme:
        coded.subprogrammes[row] = subprogramme
    dotted = [code for depth, code in zip(fields, current, strict=True) if code and depth >= _DOTTED]
    if dotted:
        coded.programmes[row] = ".".join(dotted)
    elif any(current):
        coded.groups.add(row)


def _code(work: Work, row: Row, column: Column, given: tuple[Coded, dict[int, list[str]], Programmes]) -> str | None:
    """One code in three digits, dotted where the cell holds several; None for a blank, a dash and a name without a code."""
    coded, restored, programmes = given
    value = work.cells.value(row.number, column.index)
    cell = address(row.number, column.index)
    if isinstance(value, (date, datetime)):
        if row.number not in coded.held:
            coded.held[row.number] = Held(row.number, None, "date-in-code", (cell,))
            coded.findings.append(Finding("date-in-code", (replace(work.place, cell=cell),), facts=(("text", f"{value:%d.%m.%Y}"),)))
        return None
    text = _written(value)
    code = None if not text or is_no_figure(text) else programmes.code(text) if column.field == "programme" else programme(text)
    if code is not None and _lost_zeros(value, text) and column.field not in ("function", "subfunction"):
        restored.setdefault(column.index, []).append(f"{text_of(value)} → {code}")
    return code


def _written(value: Value) -> str:
    """A code as text; one that was taken for a decimal number has lost the zeros at its end."""
    if isinstance(value, float) and not value.is_integer():
        whole, _, rest = f"{from_stored(value):f}".partition(".")
        return f"{whole}.{rest.ljust(3, '0')}" if len(rest) <= 3 else text_of(value)
    return text_of(value)


def _lost_zeros(value: Value, text: str) -> bool:
    return (text.isdigit() and len(text) < 3) or text != text_of(value)


def _restored(place: Place, index: int, texts: Sequence[str]) -> Finding:
    at = (replace(place, cell=address(0, index)[:-1]),)
    return Finding("code-zeros-restored", at, facts=(("codes", tuple(dict.fromkeys(texts))),), count=len(texts))
