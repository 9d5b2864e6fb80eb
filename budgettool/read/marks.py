"""What stands in a sheet beside its values: errors, formulas, number formats, indents, what is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from budgettool.read.sheet import ErrorValue, Unvalued, Value

Cell = tuple[int, int]

_ZEROS = frozenset(("0", "0.0"))


@dataclass(frozen=True, slots=True)
class Style:
    """What a style tells: its number format where that matters, and how far it sets a text in."""

    number_format: str = ""
    indent: int = 0


def styles(formats: Mapping[int, str], indents: Mapping[int, int]) -> dict[int, Style]:
    """Only the styles that tell anything, by number."""
    return {number: Style(formats.get(number, ""), indents.get(number, 0)) for number in sorted({*formats, *indents})}


@dataclass(slots=True)
class Marks:
    """Cells are (row, column), 1-based; formulas by their text, "" where the file has it at another cell. `errors` are those of formulas."""

    errors: set[Cell] = field(default_factory=set)
    formulas: dict[Cell, str] = field(default_factory=dict)
    unvalued: set[Cell] = field(default_factory=set)
    zeros: set[Cell] = field(default_factory=set)
    placeholders: set[Cell] = field(default_factory=set)
    formats: dict[Cell, str] = field(default_factory=dict)
    indents: dict[Cell, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    page_texts: list[str] = field(default_factory=list)

    def calculated(self, cell: Cell, formula: str, stored: str | None) -> Value:
        """Note a formula, and give the marker for one whose result was never stored; an empty text is a result."""
        self.formulas[cell] = formula
        if stored is None:
            self.unvalued.add(cell)
            return Unvalued(formula)
        if stored.strip() in _ZEROS:
            self.zeros.add(cell)
        return None

    def show(self, cell: Cell, value: Value, style: Style | None) -> None:
        """Note how the value of a cell is shown, and whether a formula made an error of it."""
        if isinstance(value, ErrorValue) and cell in self.formulas:
            self.errors.add(cell)
        if style is not None and style.number_format:
            self.formats[cell] = style.number_format
        if style is not None and style.indent:
            self.indents[cell] = style.indent


@lru_cache(20_000)
def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for char in letters.encode():
        number = number * 26 + char - 64
    return number
