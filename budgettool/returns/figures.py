"""A reconciliation, and what it is worth a head, becomes the table of a return: cells with a value and, where one figure
follows from others, the formula that says so.

Formulas speak of columns, not of addresses: `{receipt}-{disbursement}-{refund}` is about the line
it stands in, `SUM({*receipt})` about the lines of the body. A formula is written only where it gives
exactly the figure of the reconciliation; else the figure stands alone, so that the paper never
says anything else than the ledger. A figure that is not known is a dash, in no sum, and a total over it is
no number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from budgettool.period import Period
from budgettool.terms import COUNTRY
from budgettool.terms.money import divided

if TYPE_CHECKING:
    from budgettool.rates import Part
    from budgettool.reconcile import Reconciliation, Row
    from budgettool.value import Line as ValuedRow
    from budgettool.value import PerCapita

ABSENT = "–"
UNDEFINED = "х"
PLANS = ("allocation.revised", "allocation.corrected", "allocation.approved")
SIGNS = (ABSENT, UNDEFINED)
NAMES = ("number", "region", "period", "programme", "provider")
_REASONED = ("balance", "execution", "per_capita", "usd", "usd_per_capita")
_WIDE = Context(prec=40)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows, and the formula that gives it; a text is a name, a dash or `х`."""

    shown: Decimal | date | str
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: what it is about, and its cells by column."""

    region: str | None
    period: Period
    cells: Mapping[str, Cell]
    territory: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the dollar amount of a region, or of the country (None): tenge of a span and the rate they were divided by."""

    region: str | None
    part: Part


@dataclass(frozen=True, slots=True)
class Gap:
    """A region that a total lacks, and what of it is missing (months, parts), where only some of it is."""

    region: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a return. `partial` adds up what was stated where the total is not known; `gaps` names who is missing, by column.

    `plan` is the column that execution is measured against, `of` the money that is divided by people, `currency`
    that of the columns `usd`. `instead` says that some line has its balance from the transfer, as no receipt is known; `country` is the region of the total.
    """

    columns: tuple[str, ...]
    plan: str
    of: str
    currency: str
    total: Line
    partial: Line | None
    rows: tuple[Line, ...]
    gaps: Mapping[str, tuple[Gap, ...]]
    pieces: tuple[Piece, ...]
    instead: bool
    country: str = COUNTRY


def table(recon: Reconciliation, valued: PerCapita | None, offered: Sequence[str], *, thousand: bool = True) -> Table:
    """The table with those of the `offered` columns that have something to say; names that end in `?` may be left out."""
    scene = _scene(recon, valued, offered, thousand=thousand)
    rows = tuple(scene.line(row, place) for place, row in enumerate(recon.rows, start=1))
    total = scene.totalled(scene.line(recon.total, 0), rows)
    gaps = scene.gaps()
    currency = (valued.currency if valued is not None else None) or "USD"
    instead = any(_source(row) == "transfer" and figure(row, "balance") is not None for row in recon.rows)
    partial = _partial(total, rows, gaps)
    return Table(scene.columns, scene.plan, scene.of, currency, total, partial, rows, gaps, scene.pieces, instead, recon.home.country)


def figure(row: Row, column: str) -> Decimal | None:
    """The exact figure of a row, or None where it is not known: tenge, or people."""
    if column in ("recipients", "recipients.planned"):
        people = row.recipients if column == "recipients" else row.planned
        return None if people is None else Decimal(people)
    amount = row.amounts.get(column)
    return None if amount is None else amount.value


def _source(row: Row) -> str:
    """What the balance begins with: the receipt, or the transfer where no receipt is known."""
    return "transfer" if figure(row, "receipt") is None else "receipt"


def _columns(recon: Reconciliation, valued: PerCapita | None, offered: Sequence[str]) -> tuple[str, ...]:
    rows = (*recon.rows, recon.total)
    known = {column for row in rows for column in (*row.amounts, "recipients", "recipients.planned") if figure(row, column) is not None}
    known |= set(recon.query.by)
    if "year" in recon.query.by:
        known.add("period")
    if _needs_plain_plan(recon, known):
        known.add("allocation")
    else:
        known.discard("allocation")
    if valued is not None and any(row.usd is not None for row in (*valued.rows, valued.total)):
        known |= {"usd", "usd_per_capita"}
    return tuple(name.rstrip("?") for name in offered if not name.endswith("?") or name.rstrip("?") in known)


def _needs_plain_plan(recon: Reconciliation, known: set[str]) -> bool:
    """Whether the plan needs a column of its own: unless one version of it says the same in every row."""
    rows = (*recon.rows, recon.total)
    return not any(version in known and all(figure(row, version) == figure(row, "allocation") for row in rows) for version in PLANS)


def _plan_column(recon: Reconciliation, columns: Sequence[str]) -> str:
    """The column that execution is measured against: the version that says what the allocation says."""
    rows = (*recon.rows, recon.total)
    for version in PLANS:
        if version in columns and all(figure(row, version) == figure(row, "allocation") for row in rows):
            return version
    return "allocation"


@dataclass(frozen=True, slots=True)
class _Scene:
    """All that the cells of one table have in common."""

    recon: Reconciliation
    valued: PerCapita | None
    columns: tuple[str, ...]
    plan: str
    of: str
    thousand: bool
    pieces: tuple[Piece, ...]
    spans: Mapping[int, tuple[int, int]]

    def money(self, amount: Decimal) -> Decimal:
        return amount.scaleb(-3, _WIDE) if self.thousand else amount

    def line(self, row: Row, place: int) -> Line:
        """The cells of one region; place 0 is the total."""
        cells = {column: self._cell(row, column, place) for column in self.columns}
        return Line(row.region, row.period, cells, tuple(row.territory))

    def _cell(self, row: Row, column: str, place: int) -> Cell:
        if column in NAMES:
            return Cell(self._name(row, column, place))
        if column == "balance":
            return self._balance(row)
        if column == "execution":
            return self._execution(row)
        if column == "per_capita":
            return self._per_capita(row, place)
        if column in ("usd", "usd_per_capita"):
            return self._dollars(place) if column == "usd" else self._dollars_a_head(row, place)
        value = figure(row, column)
        if value is None:
            return Cell(ABSENT)
        return Cell(value if column.startswith("recipients") else self.money(value))

    def _name(self, row: Row, column: str, place: int) -> Decimal | str:
        if column == "number":
            return Decimal(place) if place else ""
        if column == "period":
            return str(row.period)
        return getattr(row, column) or ""

    def _balance(self, row: Row) -> Cell:
        stated = figure(row, "balance")
        if stated is None:
            return Cell(ABSENT)
        source = _source(row)
        terms = [("", source), ("-", "disbursement"), ("+", "recovery"), ("-", "refund")]
        present = [(sign, name) for sign, name in terms if figure(row, name) is not None]
        computed = sum((-_exact(row, name) if sign == "-" else _exact(row, name) for sign, name in present), Decimal(0))
        live = computed == stated and present[0][1] == source and all(name in self.columns for _, name in present)
        return Cell(self.money(stated), "".join(f"{sign}{{{name}}}" for sign, name in present) if live else None)

    def _execution(self, row: Row) -> Cell:
        plan, paid = figure(row, self.plan), figure(row, "disbursement")
        if plan is None or paid is None:
            return Cell(ABSENT)
        shown: Decimal | str = UNDEFINED if plan == 0 else _WIDE.divide(paid * 100, plan)
        return Cell(shown, f'IF({{{self.plan}}}=0,"{UNDEFINED}",{{disbursement}}/{{{self.plan}}}*100)')

    def _per_capita(self, row: Row, place: int) -> Cell:
        amount, people = figure(row, self.of), figure(row, "recipients")
        valued = self._valued(place)
        stated = valued.per_capita if valued is not None else None
        if amount is None or people is None or (people != 0 and valued is not None and stated is None):
            return Cell(ABSENT if stated is None else stated)
        shown: Decimal | str = UNDEFINED if people == 0 else divided(amount, people)
        times = "*1000" if self.thousand else ""
        formula = f'IF({{recipients}}=0,"{UNDEFINED}",ROUND({{{self.of}}}{times}/{{recipients}},2))'
        if self.of not in self.columns or (stated is not None and stated != shown):
            return Cell(shown if stated is None else stated)
        return Cell(shown, formula)

    def _dollars(self, place: int) -> Cell:
        valued = self._valued(place)
        if valued is None or valued.usd is None or valued.usd.amount is None:
            return Cell(ABSENT)
        span = self.spans.get(place)
        return Cell(valued.usd.amount, f"ROUND(SUM({{rates.usd:{span[0]}:{span[1]}}}),2)" if span else None)

    def _dollars_a_head(self, row: Row, place: int) -> Cell:
        valued, people = self._valued(place), figure(row, "recipients")
        usd = None if valued is None else valued.usd
        if usd is None or usd.amount is None or people is None:
            return Cell(ABSENT)
        formula = f'IF({{recipients}}=0,"{UNDEFINED}",ROUND({{usd}}/{{recipients}},2))'
        if people == 0:
            return Cell(UNDEFINED, formula)
        if valued is None or valued.usd_per_capita is None:
            return Cell(ABSENT)
        return Cell(valued.usd_per_capita, formula if valued.usd_per_capita == divided(usd.amount, people) else None)

    def _valued(self, place: int) -> ValuedRow | None:
        if self.valued is None:
            return None
        return self.valued.total if place == 0 else self.valued.rows[place - 1]

    def totalled(self, total: Line, rows: Sequence[Line]) -> Line:
        """The total with a live sum wherever the sum of the lines is the total."""
        cells = dict(total.cells)
        for column in self.columns:
            shown = total.cells[column].shown
            if column in NAMES + _REASONED or isinstance(shown, str) or not rows:
                continue
            if shown == _stated_sum(column, rows):
                cells[column] = replace(total.cells[column], formula=f"SUM({{*{column}}})")
        return replace(total, cells=cells)

    def gaps(self) -> Mapping[str, tuple[Gap, ...]]:
        """Where a total is not known though some rows are: the regions that are missing, by column."""
        found: dict[str, tuple[Gap, ...]] = {}
        for column in self.columns:
            if column in NAMES + _REASONED or figure(self.recon.total, column) is not None:
                continue
            missing = tuple(_gap(row, column) for row in self.recon.rows if figure(row, column) is None)
            if len(missing) < len(self.recon.rows):
                found[column] = missing or tuple(map(Gap, _missing(self.recon.total, column)))
        return found


def _gap(row: Row, column: str) -> Gap:
    """What a row lacks; all of it, where nothing is named or nothing but itself."""
    missing = _missing(row, column)
    return Gap(row.region or "", () if missing == (row.region,) else missing)


def _missing(row: Row, column: str) -> tuple[str, ...]:
    amount = row.amounts.get(column)
    return () if amount is None else amount.missing


def _exact(row: Row, column: str) -> Decimal:
    return figure(row, column) or Decimal(0)


def _stated_sum(column: str, rows: Sequence[Line]) -> Decimal:
    stated = (line.cells[column].shown for line in rows)
    return sum((shown for shown in stated if isinstance(shown, Decimal)), Decimal(0))


def _partial(total: Line, rows: Sequence[Line], gaps: Mapping[str, tuple[Gap, ...]]) -> Line | None:
    """What was stated, added up, beside a total that is not known; None where every total is."""
    if not gaps:
        return None
    cells = {}
    for column in total.cells:
        if column in NAMES:
            cells[column] = Cell("")
        elif column in _REASONED:
            cells[column] = Cell(UNDEFINED)
        else:
            cells[column] = _partial_cell(column, rows)
    return replace(total, cells=cells)


def _partial_cell(column: str, rows: Sequence[Line]) -> Cell:
    if not any(isinstance(line.cells[column].shown, Decimal) for line in rows):
        return Cell(ABSENT)
    return Cell(_stated_sum(column, rows), f"SUM({{*{column}}})")


def _scene(recon: Reconciliation, valued: PerCapita | None, offered: Sequence[str], *, thousand: bool) -> _Scene:
    columns = _columns(recon, valued, offered)
    pieces, spans = _pieces(valued)
    plan = _plan_column(recon, columns)
    of = "disbursement" if valued is None else valued.of
    return _Scene(recon, valued, columns, plan, plan if of == "allocation" else of, thousand, pieces, spans)


def _pieces(valued: PerCapita | None) -> tuple[tuple[Piece, ...], Mapping[int, tuple[int, int]]]:
    """The pieces of all dollar amounts, the total's first, and where those of each line stand (only where they give its amount)."""
    pieces: list[Piece] = []
    spans: dict[int, tuple[int, int]] = {}
    for place, row in enumerate((valued.total, *valued.rows) if valued is not None else ()):
        if row.usd is None or not row.usd.parts:
            continue
        own = [Piece(row.region, part) for part in row.usd.parts]
        exact = sum((_WIDE.divide(piece.part.amount, piece.part.rate) for piece in own), Decimal(0))
        if row.usd.amount == divided(exact, 1):
            spans[place] = (len(pieces), len(pieces) + len(own) - 1)
        pieces += own
    return tuple(pieces), spans
