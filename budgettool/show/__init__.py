"""Results become pages: the JSON document of each command, and the tables and sentences that people read.

One module a kind of result: `inspected`, `imported`, `reconciled`, `valued`, `rated`, `judged`, `kept`. Each builds
the document with its keys in the contract's order (`docs/schemas/`) and the blocks for people; none
prints. Figures in a document are texts: money with two decimals (`"1234600.00"`), people whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from budgettool.terms.money import is_currency, rounded

if TYPE_CHECKING:
    from budgettool.wording import Wording

Json: TypeAlias = dict[str, object]


def schema(command: str) -> str:
    """The name of a document's schema."""
    return f"budgettool/{command}/1"


def money(value: Decimal | None) -> str | None:
    """An amount as documents hold it, rounded to two decimals here and nowhere before."""
    return None if value is None else f"{rounded(value):f}"


def exact(value: Decimal, unit: str) -> str:
    """A figure as it was read: money with two decimals or more, everything else without idle zeros."""
    if is_currency(unit) and -value.as_tuple().exponent <= 2:  # type: ignore[operator]
        return f"{rounded(value):f}"
    if value == value.to_integral_value():
        return f"{value.to_integral_value():f}"
    return f"{value.normalize():f}"


def text(value: object) -> str | None:
    """A code or a period as documents hold it; None stays None."""
    return None if value is None else str(value)


def has_figures(column: Iterable[object]) -> bool:
    """Whether a column holds anything but absent figures."""
    return any(cell is not None for cell in column)


def heading(measure: str, words: Wording) -> str:
    """A measure's short name at the head of a column."""
    name = words.measure(measure)
    return name[:1].upper() + name[1:]
