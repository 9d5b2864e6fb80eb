"""A form file becomes a `Form`: which columns of which sheets measure what, and what is stated nowhere in them.

    [table.columns]
    A = "region"
    "План на год*|Жылдық жоспар*" = "allocation.approved"
    "B:Y" = { is = "recipients", unit = "чел." }

A form is settings: each mistake in it is refused with the file, the line and the key (exit code 2). What its
words stand for in a file is decided by `pinned`; every key is described in `docs/forms.md`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from budgettool.classification import programme
from budgettool.findings import Exit, Refusal
from budgettool.period import Period
from budgettool.period.written import Written, read_period
from budgettool.recognise.vocabulary import vocabulary
from budgettool.strict import Keyed, nearest, parsed, shown
from budgettool.terms import MEASURES, Unit
from budgettool.terms.units import read_unit
from budgettool.terms.written import Style

SCHEMA = "budgettool/form/1"
REFUSED = "form-not-read"
HEADER = "*"
"""In place of a region, a category or a period of a column: what the header itself says."""

FORM_KEYS = ("schema", "name", "title", "match", "table")
MATCH_KEYS = ("words",)
TABLE_KEYS = (
    *("sheet", "within", "header", "rows", "until", "turned"),
    *("unit", "period", "cumulative", "region", "reporter", "programme", "funding", "category", "measure"),
    *("dates", "decimals", "leaves", "skip", "totals", "data", "only", "columns"),
)
COLUMN_KEYS = ("is", "version", "unit", "period", "cumulative", "of", "region", "programme", "category", "total", "optional")
SPANS = ("year", "month")
DATES = ("day-first", "month-first")

_LETTERS = re.compile(r"([A-Z]{1,3})(?::([A-Z]{1,3}))?")
_NUMBERS = re.compile(r"([1-9]\d{0,6})(?::([1-9]\d{0,6}))?")
_OPEN = re.compile(r"([A-Z]{1,3}):([A-Z]{1,3})?")
_ROWS = re.compile(r"([1-9]\d*):([1-9]\d*)?")
_REPEATABLE = frozenset({"period", "date", "category", "programme", "name"})


@dataclass(frozen=True, slots=True)
class FormColumn:
    """What one key of [table.columns] says. `first` and `last` are 1-based where the key is letters, None where it is a header's text.

    `field` is a dimension, a thing beside figures, or a measure with its version; every other part is None where the form
    leaves it to the header.
    """

    key: str
    field: str
    first: int | None = None
    last: int | None = None
    unit: Unit | None = None
    written: Written | None = None
    cumulative: bool | None = None
    of: str | None = None
    region: str | None = None
    programme: str | None = None
    category: str | None = None
    total: bool | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FormTable:
    """One [[table]]. `sheet` holds patterns, none for every sheet; `header` its rows, none where the headers named are looked for.

    `within` are the first and the last column that are the table's own, 0 for all of the sheet. In a `turned` table rows and columns
    are exchanged in all that is said here, but not in `within`.

    `rows` are the first and the last row of the body, 0 for open; `month_first` tells 3 May from 5 March; `only` pairs a column's key with the texts that a row must have there.
    """

    columns: tuple[FormColumn, ...]
    sheet: tuple[str, ...] = ()
    within: tuple[int, int] = (0, 0)
    header: tuple[int, ...] = ()
    rows: tuple[int, int] = (0, 0)
    until: tuple[str, ...] = ()
    turned: bool = False
    unit: Unit | None = None
    written: Written | None = None
    cumulative: bool | None = None
    region: str | None = None
    reporter: str | None = None
    programme: str | None = None
    funding: str | None = None
    category: str | None = None
    measure: str | None = None
    skip: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    leaves: bool = False
    month_first: bool | None = None
    decimals: Style | None = None
    only: tuple[tuple[FormColumn, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form as read; `words` all stand above a table of a file that follows it, none for a form that is used by name only; `text` is its file."""

    name: str
    title: str
    tables: tuple[FormTable, ...]
    words: tuple[str, ...] = ()
    text: str = field(default="", repr=False)


# ---- the drawers


@cache
def shipped() -> tuple[Form, ...]:
    """The official forms, by name."""
    found = sorted((entry.name, entry.read_text("utf-8")) for entry in files("budgettool.forms").iterdir() if entry.name.endswith(".toml"))
    return tuple(parse(text, name) for name, text in found)


def in_folder(folder: Path) -> tuple[Form, ...]:
    """A user's own forms: every `.toml` of a folder, by name; none where there is no folder."""
    return tuple(load(path) for path in sorted(folder.glob("*.toml")) if path.is_file()) if folder.is_dir() else ()


def load(path: Path) -> Form:
    """Read a form from its file; raises Refusal `form-not-read`, exit 2."""
    try:
        return parse(path.read_text("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise Refusal(REFUSED, Exit.USAGE, file=str(path), line=1, reason="it is not UTF-8 text") from error
    except OSError as error:
        raise Refusal(REFUSED, Exit.USAGE, file=str(path), reason=error.strerror or "it can't be opened") from error


# ---- reading


def parse(text: str, file: str) -> Form:
    """Read a form from its text; `file` names it in refusals, and the form where it gives itself no name."""
    top = parsed(text, file, REFUSED)
    top.known(*FORM_KEYS)
    if top.raw.get("schema") != SCHEMA:
        top.refuse("schema", f'a form begins with schema = "{SCHEMA}"')
    tables = top.tables("table")
    if not tables:
        top.refuse("table", "a form has at least one [[table]] with its [table.columns]")
    match = top.table("match")
    match.known(*MATCH_KEYS)
    if "match" in top.raw and not match.words("words"):
        match.refuse("words", '[match] says by which words a file is known: words = ["…"]')
    name = top.word("name") or Path(file).stem
    if re.search(r'[/\\:*?"<>|\n]', name) or name.startswith("."):
        top.refuse("name", f"{name!r} can't be the name of a form, which is the name of a file as well")
    return Form(name, top.word("title") or name, tuple(_table(table) for table in tables), match.words("words"), text)


def _table(said: Keyed) -> FormTable:
    said.known(*TABLE_KEYS)
    turned = said.flag("turned") or False
    measure = _measure(said, "measure") if "measure" in said.raw else None
    columns = _columns(said, measure, turned=turned)
    header, rows = _header(said, turned=turned), _rows(said, turned=turned)
    if not header and not rows[0] and all(column.first is not None or column.optional for column in columns):
        said.refuse("columns", 'say where the table begins: header = [rows], rows = "first:last", or a column by its header\'s text')
    return FormTable(
        columns=columns,
        sheet=_patterns(said, "sheet"),
        within=_within(said),
        header=header,
        rows=rows,
        until=_patterns(said, "until"),
        turned=turned,
        unit=_unit(said),
        written=_period(said),
        cumulative=said.flag("cumulative"),
        region=said.word("region"),
        reporter=said.word("reporter"),
        programme=_programme(said),
        funding=said.word("funding"),
        category=said.word("category"),
        measure=measure,
        skip=_patterns(said, "skip"),
        totals=_patterns(said, "totals"),
        data=_patterns(said, "data"),
        leaves=said.flag("leaves") or False,
        decimals=Style(text) if (text := said.word("decimals", tuple(Style))) else None,
        month_first=None if (dates := said.word("dates", DATES)) is None else dates == DATES[1],
        only=_only(said.table("only"), turned=turned),
    )


def _columns(said: Keyed, measure: str | None, *, turned: bool) -> tuple[FormColumn, ...]:
    listed = said.table("columns")
    if not listed.raw:
        said.refuse("columns", "a table names its columns: [table.columns], with one line a column")
    columns = [_column(listed, key, measure, turned=turned) for key in listed.raw]
    seen: set[str] = set()
    for column in columns:
        if column.field in seen and column.field not in _REPEATABLE and kinds().get(column.field) == "dimension":
            listed.refuse(column.key, f"two columns are {column.field!r}")
        seen.add(column.field)
    if not any(column.field == "value" or column.field.partition(".")[0] in MEASURES for column in columns):
        said.refuse("columns", f"no column measures anything; a measure is one of {', '.join(MEASURES)}")
    if "value" in seen and "measure" not in seen and measure is None:
        said.refuse("columns", "a column is 'value': say what it measures, by a column that is 'measure' or by measure = \"…\"")
    return tuple(columns)


def _column(listed: Keyed, key: str, measure: str | None, *, turned: bool) -> FormColumn:
    value = listed.raw[key]
    first, last = _place(listed, key, turned=turned)
    if isinstance(value, str):
        return FormColumn(key, _field(listed, key, value), first, last)
    if not isinstance(value, dict):
        listed.refuse(key, f'the value of {key!r} must be a field or a table {{ is = "…" }}, not {shown(value)}')
    said = listed.table(key)
    said.known(*COLUMN_KEYS)
    named = said.word("is") or measure
    if named is None:
        said.refuse("is", f'say what {key!r} is: is = "…"')
    version = said.word("version")
    return FormColumn(
        key,
        _field(said, "version" if version else "is", f"{named}.{version}" if version else named),
        first,
        last,
        unit=_unit(said),
        written=None if said.raw.get("period") == HEADER else _period(said),
        cumulative=said.flag("cumulative"),
        of=said.word("of", SPANS),
        region=said.word("region"),
        programme=_programme(said),
        category=said.word("category"),
        total=said.flag("total"),
        optional=said.flag("optional") or False,
    )


def _place(listed: Keyed, key: str, *, turned: bool) -> tuple[int | None, int | None]:
    """The columns that a key of letters stands for; the rows that a key of numbers does in a turned table."""
    match = (_NUMBERS if turned else _LETTERS).fullmatch(key)
    if match is None:
        return None, None
    number = int if turned else number_of
    first = number(match[1])
    last = number(match[2]) if match[2] else first
    if last < first:
        listed.refuse(key, f"{'the rows' if turned else 'the columns'} {key} run backwards: write {match[2]}:{match[1]}")
    return first, last


def number_of(letters: str) -> int:
    """The 1-based number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@cache
def kinds() -> dict[str, str]:
    """Every field of a column that is no measure, with its kind: `dimension` for what a row is about, `beside` for what makes no figure."""
    words = vocabulary()
    meanings = [*words.exact.values(), *words.weak.values(), *(phrase.meaning for listed in words.phrases.values() for phrase in listed)]
    return {
        meaning.field: meaning.kind for meaning in sorted(meanings, key=lambda one: one.field) if meaning.kind in ("dimension", "beside")
    }


@cache
def measures() -> tuple[str, ...]:
    """Every measure, plain and with its versions."""
    return tuple(name for m in MEASURES.values() for name in (m.name, *(f"{m.name}.{version}" for version in m.versions)))


def _field(said: Keyed, key: str, text: str) -> str:
    if text not in kinds() and text not in measures():
        said.refuse(key, f"{text!r} is no field{nearest(text, (*measures(), *kinds()))}")
    return text


def _measure(said: Keyed, key: str) -> str:
    return said.word(key, measures()) or ""


def _patterns(said: Keyed, key: str) -> tuple[str, ...]:
    """A text, or a list of them."""
    return (said.word(key) or "",) if isinstance(said.raw.get(key), str) else said.words(key)


def _header(said: Keyed, *, turned: bool) -> tuple[int, ...]:
    value = said.raw.get("header", [])
    if turned and "header" in said.raw:
        first, last = _place(said, value, turned=False) if isinstance(value, str) else (None, None)
        if first is None or last is None:
            said.refuse("header", f'\'header\' of a turned table is its columns of labels: header = "A", "A:B", not {shown(value)}')
        return tuple(range(first, last + 1))
    rows = value if isinstance(value, list) else [value]
    if not all(isinstance(row, int) and not isinstance(row, bool) and row > 0 for row in rows):
        said.refuse("header", f"'header' must be the rows of the header, from 1: header = [7, 8], not {shown(value)}")
    if rows != list(range(rows[0], rows[0] + len(rows))) if rows else False:
        said.refuse("header", "the rows of 'header' follow each other: header = [7, 8]")
    return tuple(rows)


def _within(said: Keyed) -> tuple[int, int]:
    text = said.word("within")
    match = _OPEN.fullmatch(text) if text else None
    if text and (match is None or not match[2] or number_of(match[2]) < number_of(match[1])):
        said.refuse("within", f"'within' must be the first and the last column of the table: within = \"A:F\", not {text!r}")
    return (number_of(match[1]), number_of(match[2])) if match else (0, 0)


def _rows(said: Keyed, *, turned: bool) -> tuple[int, int]:
    text = said.word("rows")
    if text is None:
        return (0, 0)
    match = (_OPEN if turned else _ROWS).fullmatch(text.replace(" ", ""))
    number = number_of if turned else int
    first, last = (number(match[1]), number(match[2]) if match[2] else 0) if match else (0, 0)
    if match is None or (last and last < first):
        if turned:
            said.refuse(
                "rows", f'\'rows\' of a turned table are the columns of its figures: rows = "B:K", or "B:" to the end, not {text!r}'
            )
        said.refuse("rows", f'\'rows\' must be the first and the last row of the figures: rows = "9:40", or "9:" to the end, not {text!r}')
    return first, last


def _unit(said: Keyed) -> Unit | None:
    text = said.word("unit")
    unit = read_unit(text) if text else None
    if text and unit is None:
        said.refuse("unit", f'{text!r} is no unit: write KZT, USD, "тыс. тенге", "EUR thousand", "чел."')
    return unit


def _period(said: Keyed) -> Written | None:
    text = said.word("period")
    if text is None:
        return None
    written = read_period(text)
    if written is None:
        try:
            written = Written(Period.parse(text), None, None, 0, 0)
        except ValueError:
            said.refuse("period", f"{text!r} is no period: write 2023-07, 2023-Q3, 2023, 2016..2019")
    return written


def _programme(said: Keyed) -> str | None:
    text = said.word("programme")
    code = programme(text) if text else None
    if text and code is None:
        said.refuse("programme", f"{text!r} is no code of a budget programme: write 256.018, 256.018.011.155")
    return code


def _only(said: Keyed, *, turned: bool) -> tuple[tuple[FormColumn, tuple[str, ...]], ...]:
    """Which rows count: a column's key, and a text or a list of texts one of which stands there; an empty one for an empty cell."""
    found = []
    for key, value in said.raw.items():
        listed = tuple(value) if isinstance(value, list) else (value,)
        if not listed or not all(isinstance(text, str) for text in listed):
            said.refuse(key, f"the value of {key!r} must be a text or a list of texts, not {shown(value)}")
        first, last = _place(said, key, turned=turned)
        found.append((FormColumn(key, "only", first, last), listed))
    return tuple(found)
