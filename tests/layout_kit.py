"""Made workbooks: a plan (layout, language, number style, dressing), the pages of cells that it becomes, and the facts that reading must give back.

Everything small (which words, which figures) comes from the plan's seed, so that a plan is replayed by printing it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

import layout_words as words
from budgettool.period import Period
from budgettool.read.sheet import Merge


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn. `dressing` names things around the table: see DRESSING."""

    seed: int
    layout: str = "list"
    language: str = "ru"
    regions: int = 3
    quantities: int = 2
    periods: int = 2
    style: str = "stored"
    power: int = 3
    header: str = "merged"
    unit_at: str = "title"
    totals: str = "none"
    base: str = "months"
    file: str = "openpyxl"
    dressing: frozenset[str] = frozenset()


DRESSING = ("order", "number", "numbers", "footnote", "bilingual", "signed", "remark", "percent", "balance", "note", "again", "shifted", "blank-row", "short", "dash")
HEADERS = ("merged", "repeated", "first")
UNITS_AT = ("title", "headings", "corner")
TOTALS = ("none", "first", "last", "country")
BASES = ("month", "months", "as-of", "year", "quarter")

STYLES: Mapping[str, tuple[str, str, str]] = {
    "plain-comma": ("", ",", "-{}"),
    "plain-point": ("", ".", "-{}"),
    "space-comma": (" ", ",", "-{}"),
    "nbsp-comma": ("\u00a0", ",", "−{}"),
    "narrow-comma": ("\u202f", ",", "–{}"),
    "thin-comma": ("\u2009", ",", "- {}"),
    "space-point": (" ", ".", "({})"),
    "point-comma": (".", ",", "-{}"),
    "comma-point": (",", ".", "({})"),
    "apostrophe-point": ("'", ".", "—{}"),
}
"""How a figure is typed: what parts thousands, what parts decimals, how it is made negative; `stored` is a number in its cell."""

_EITHER_WAY = re.compile(r"\D*\d{1,3}[.,]\d{3}\D*")


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """What one figure of a made workbook says."""

    region: str
    period: str
    cumulative: bool
    measure: str
    version: str
    provider: str
    value: Decimal
    unit: str
    category: str = ""


@dataclass(slots=True)
class Page:
    """A sheet in the making."""

    name: str = "Лист1"
    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    indents: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def bottom(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def right(self) -> int:
        return max((column for _, column in self.cells), default=0)

    def put(self, row: int, column: int, value: object) -> None:
        if value is not None:
            self.cells[(row, column)] = value

    def rows(self) -> list[list[object]]:
        """The cells as rows of equal width, blanks as None."""
        return [[self.cells.get((row, column)) for column in range(1, self.right + 1)] for row in range(1, self.bottom + 1)]


@dataclass(slots=True)
class Case:
    """A made workbook with its facts; `doubtful`: some figures can be read in two ways and nothing decides."""

    plan: Plan
    name: str
    pages: list[Page]
    facts: list[Fact]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A period that a title, a heading or a cell states."""

    kind: str
    period: Period
    cumulative: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A column to be: what it measures, its heading without the unit, what the heading makes of the period."""

    measure: str
    version: str | None
    mode: str
    heading: str
    power: int | None

    @property
    def factor(self) -> Decimal:
        return Decimal(10) ** (self.power or 0)

    @property
    def unit(self) -> str:
        return "KZT" if self.power is not None else {"person_days": "day"}.get(self.measure, "person")


@dataclass(frozen=True, slots=True)
class Key:
    """What a row, a column or a page fixes of a figure; absent parts are fixed elsewhere."""

    region: str | None = None
    provider: str | None = None
    span: Span | None = None
    quantity: Quantity | None = None

    def with_(self, other: Key) -> Key:
        return Key(self.region or other.region, self.provider or other.provider, self.span or other.span, self.quantity or other.quantity)


BY_PERIOD = frozenset(
    ("periods-down", "measures-in-periods", "periods-in-measures", "months-across", "turned-periods", "region-sheets", "period-sheets", "stacked", "beside", "ledger")
)
"""Layouts whose figures are of several periods; headings that change the period (на год, с начала года) would say one thing twice there."""


class Maker:
    """One workbook in the making: the random choices of its plan, and what has been written so far."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.random = Random(plan.seed)
        self.year = self.random.choice((2017, 2020, 2021, 2023, 2024))
        self.base = self._base()
        self.spans = self._spans()
        names = words.region_names(self.spans[-1].period.last.year if plan.layout in BY_PERIOD else self.year)
        self.names = {region: names[region] for region in self.random.sample(sorted(names), plan.regions)}
        self.providers = self.random.sample(words.PROVIDERS, 3)
        self.quantities = self._quantities()
        self.facts: list[Fact] = []
        self.texts: dict[object, list[str]] = {}

    # ---- words

    @property
    def language(self) -> str:
        return self.plan.language if self.plan.language != "mixed" else self.random.choice(words.LANGUAGES)

    def word(self, of: Mapping[str, Sequence[str]]) -> str:
        return self.random.choice(list(of[self.language]))

    def has(self, dressing: str) -> bool:
        return dressing in self.plan.dressing

    def region(self, region: str) -> str:
        """A region as it is printed in a row."""
        names = self.names[region]
        text = names[self.language]
        if self.has("bilingual"):
            text = f"{names['kk']}{self.random.choice((' / ', chr(10)))}{names['ru']}"
        elif self.has("short"):
            text = text.replace("область", "обл.").replace("город ", "г. ").replace("облысы", "обл.")
        return text + (self.random.choice(("*", "**", "¹", " *")) if self.has("footnote") and self.random.random() < 0.5 else "")

    def unit(self) -> str:
        return self.word(words.UNITS[self.plan.power])

    def heading(self, quantity: Quantity) -> str:
        if quantity.power is not None:
            return quantity.heading + (f", {self.unit()}" if self.plan.unit_at == "headings" else "")
        return f"{quantity.heading}, {words.COUNTED[quantity.measure][_language_of(quantity.heading)]}"

    # ---- what the table is about

    def _base(self) -> Span:
        last = self.random.randint(2, 11)
        kind = self.plan.base
        if kind == "year":
            return Span(kind, Period.of_year(self.year))
        if kind == "quarter":
            return Span(kind, Period.of_quarter(self.year, (last + 2) // 3))
        if kind == "month":
            return Span(kind, Period.of_month(self.year, last))
        return Span(kind, Period.of_months(self.year, 1, last), cumulative=True)

    def _spans(self) -> list[Span]:
        count, kind = self.plan.periods, self.plan.base
        if kind == "year":
            self.year = {2017: 2016, 2021: 2020, 2024: 2023}.get(self.year, self.year)
            return [Span(kind, Period.of_year(self.year + n)) for n in range(min(count, 2))]
        if kind == "quarter":
            first = self.random.randint(1, 5 - min(count, 4))
            return [Span(kind, Period.of_quarter(self.year, first + n)) for n in range(min(count, 4))]
        first = self.random.randint(1, 13 - count)
        return [Span("month", Period.of_month(self.year, first + n)) for n in range(count)]

    def _quantities(self) -> list[Quantity]:
        several = self.plan.layout in BY_PERIOD
        known = [key for key in words.HEADINGS if not (several and key[2])]
        chosen = self._different(self.random.sample(known, min(self.plan.quantities, len(known))))
        if not any(key[0] not in words.COUNTED for key in chosen):
            chosen[0] = ("disbursement", None, "")
        if self.plan.layout == "months-across":
            chosen = [key for key in chosen if key[0] not in words.COUNTED][:1]
        money = [None if key[0] in words.COUNTED else self.plan.power for key in chosen]
        return [Quantity(*key, self.word(words.HEADINGS[key]), power) for key, power in zip(chosen, money, strict=True)]

    def _different(self, keys: list[tuple[str, str | None, str]]) -> list[tuple[str, str | None, str]]:
        """Without those that say the same as another: `Оплачено` and `Оплачено с начала года` of January to June."""
        return list({(measure, version, *_meant(self.base, mode)): (measure, version, mode) for measure, version, mode in keys}.values())

    # ---- figures

    def figure(self, key: Key, column: object) -> object:
        """The figure of a key as its cell holds it, and its fact; None for a blank. `column` names what is read together."""
        quantity, span = key.quantity, key.span or self.base
        assert quantity is not None and key.region is not None
        if self.random.random() < 0.08:
            return self.random.choice(("-", "–", "х")) if self.has("dash") else None
        written = self._drawn(quantity)
        period, cumulative = _meant(span, quantity.mode)
        fact = Fact(
            key.region, str(period), cumulative, quantity.measure, quantity.version or "", key.provider or "", written * quantity.factor, quantity.unit
        )
        self.facts.append(fact)
        return self.typed(written, column)

    def _drawn(self, quantity: Quantity) -> Decimal:
        if quantity.power is None:
            return Decimal(self.random.randint(1, 400))
        decimals = self.random.choice((0, 1, 1, 2, min(quantity.power + 2, 5)))
        whole = Decimal(self.random.randint(10**4, 10**6)) * 10 ** (4 - quantity.power if quantity.power < 4 else 0)  # no unit looks wrong
        value: Decimal = whole + Decimal(self.random.randrange(10**decimals)).scaleb(-decimals)
        return -value if quantity.measure == "disbursement" and self.random.random() < 0.1 else value

    def typed(self, value: Decimal, column: object) -> object:
        """A figure in the plan's style."""
        if self.plan.style == "stored":
            return value
        thousands, mark, minus = STYLES[self.plan.style]
        text = f"{abs(value.normalize()):,f}".replace(",", "T").replace(".", mark).replace("T", thousands)
        text = minus.format(text) if value < 0 else text
        self.texts.setdefault(column, []).append(text)
        return text

    def total(self, keys: Iterable[Key], column: object) -> object:
        """The printed total of figures written before."""
        wanted = {self._address(key) for key in keys}
        there = [fact for fact in self.facts if (fact.region, fact.provider, fact.period, fact.measure, fact.version, fact.cumulative) in wanted]
        if not there:
            return None
        factor = Decimal(1) if there[0].unit != "KZT" else Decimal(10) ** self.plan.power
        return self.typed(sum((fact.value for fact in there), Decimal(0)) / factor, column)

    def _address(self, key: Key) -> tuple[object, ...]:
        assert key.quantity is not None
        period, cumulative = _meant(key.span or self.base, key.quantity.mode)
        return key.region, key.provider or "", str(period), key.quantity.measure, key.quantity.version or "", cumulative

    def doubtful(self) -> bool:
        """Whether the figures of a column leave open which mark parts what."""
        return any(
            any(_EITHER_WAY.fullmatch(text) for text in texts) and not any(_is_plain(text) for text in texts) for texts in self.texts.values()
        )


def _is_plain(text: str) -> bool:
    """Whether a typed figure proves by itself which mark parts decimals."""
    digits = re.sub(r"[^\d.,]", "", text)
    marks = re.findall(r"[.,]", digits)
    return bool(marks) and (len(marks) > 1 or not _EITHER_WAY.fullmatch(text))


def _language_of(heading: str) -> str:
    return next(lang for words_of in words.HEADINGS.values() for lang, listed in words_of.items() if heading in listed)


def _meant(span: Span, mode: str) -> tuple[Period, bool]:
    """The period of a figure under a heading that speaks of the year, of the time since January or of the last month."""
    last = span.period.last
    if mode == "year":
        return Period.of_year(last.year), False
    if mode == "cumulative":
        return Period.of_months(last.year, 1, last.month), True
    if mode == "month":
        return Period.of_month(last.year, last.month), False
    return span.period, span.cumulative


def said(span: Span, language: str, *, title: bool) -> str:
    """A period in words: of a title (`за январь–июнь 2023 года`), or of a cell or heading (`январь 2023`)."""
    first, last, year = span.period.first.month, span.period.last.month, span.period.last.year
    months = words.MONTHS[language]
    span_of = months[first - 1] if first == last else f"{months[first - 1]}–{months[last - 1]}"
    if span.kind == "as-of":
        day = words.FIRST_OF[language][last]
        return {"ru": f"по состоянию на 1 {day} {year} года", "kk": f"{year} жылғы 1 {day} жағдай бойынша", "en": f"as of 1 {day} {year}"}[language]
    if span.kind == "year":
        return {"ru": f"за {year} год" if title else f"{year} год", "kk": f"{year} жыл", "en": f"for {year}" if title else str(year)}[language]
    if span.kind == "quarter":
        roman = words.ROMAN[(last - 1) // 3]
        return {"ru": f"{'за ' if title else ''}{roman} квартал {year} года", "kk": f"{year} жылғы {roman} тоқсан", "en": f"Q{(last + 2) // 3} {year}"}[language]
    return {"ru": f"{'за ' if title else ''}{span_of} {year}{' года' if title else ''}", "kk": f"{year} жылғы {span_of}", "en": f"{span_of} {year}"}[language]
