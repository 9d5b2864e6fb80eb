"""A page: the neutral shape in which every result waits for its output format.

A result becomes one page: the JSON document, and for people tables and lines. Cells stay exact
figures or plain texts until a format prints them: `Decimal("1234.5")` in a money column is
`1 234,50` in a Russian table and `1234.50` in csv. Each module beside this one is a format with one
function, `render(page, words, encoding) -> str`; what a format is called is the name of its file.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from budgettool.findings import Finding
    from budgettool.wording import Wording

Cell: TypeAlias = str | int | Decimal | None
Render: TypeAlias = Callable[["Page", "Wording", str], str]


class Kind(StrEnum):
    """How the cells of a column are printed; all but text stand at the right."""

    TEXT = "text"
    MONEY = "money"
    PEOPLE = "people"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` heads the column in csv and never changes with the language; `heading` is for people."""

    key: str
    heading: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns; with `total`, the last row is the total of those above. Notes are the legend."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    total: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences, one a line; a line that begins with white space belongs to the one above."""

    lines: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A result to print: `blocks` for people, in order; `remarks`, what was `found` in words; `data`, the rows of csv.

    Without `data`, csv gives the first table of the blocks. `lang` is the language that all of it is in.
    """

    document: Mapping[str, object]
    blocks: tuple[Table | Lines, ...] = ()
    lang: str = "en"
    found: tuple[Finding, ...] = ()
    remarks: tuple[Lines, ...] = ()
    data: Table | None = None

    @property
    def rows_of_csv(self) -> Table | None:
        return self.data or next((block for block in self.blocks if isinstance(block, Table)), None)


PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "–": "-", "—": "-", "\u2212": "-", "…": "...", "·": "-", "→": "->", "±": "+/-", "×": "x", "─": "-"}
    | {"«": '"', "»": '"', "“": '"', "”": '"', "’": "'", "₸": "KZT"}
)
"""What a narrow console gets in the place of typography, before anything is replaced by a question mark."""


def fitted(text: str, encoding: str) -> str:
    """The text as a stream of this encoding can take it; unchanged where it can take all of it."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAIN).encode(encoding, "replace").decode(encoding)
    return text


def on_one_line(text: str) -> str:
    """A text without line breaks and control characters: what stood in a file must not steer a terminal."""
    return "".join(sign if sign.isprintable() or sign in "\u00a0\u202f" else " " for sign in text).strip()


def printed(cell: Cell, column: Column, words: Wording) -> str:
    """A cell for people, in their language; a dash where there is no figure."""
    if cell is None:
        return "–" if column.kind is not Kind.TEXT else ""
    if isinstance(cell, str):
        return on_one_line(cell)
    if column.kind is Kind.MONEY:
        return words.number(Decimal(cell), 2)
    return words.number(Decimal(cell))


@cache
def names() -> tuple[str, ...]:
    """The output formats there are, by name: one file each."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")))


def renderer(name: str) -> Render:
    """The function of a format, loaded when it is asked for."""
    render: Render = import_module(f"{__name__}.{name}").render
    return render
