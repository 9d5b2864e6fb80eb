"""A month of regional reports, as messy as they come, with faults put in on purpose: the truth is known, so that finding can be judged.

Every region's workbook has a layout of its own: language, unit, header over one or two rows, totals first or last,
numbers as text, the period in the title, the sheet's name or the file's name. The ministry's workbook says
what was sent. The same seed makes the same month.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from samples.paper import Cell, Paper, write

REGIONS = {
    "KZ-10": ("область Абай", "Абай облысы", "Abai region"),
    "KZ-11": ("Акмолинская область", "Ақмола облысы", "Akmola region"),
    "KZ-15": ("Актюбинская область", "Ақтөбе облысы", "Aktobe region"),
    "KZ-19": ("Алматинская область", "Алматы облысы", "Almaty region"),
    "KZ-23": ("Атырауская область", "Атырау облысы", "Atyrau region"),
    "KZ-27": ("Западно-Казахстанская область", "Батыс Қазақстан облысы", "West Kazakhstan region"),
    "KZ-31": ("Жамбылская область", "Жамбыл облысы", "Zhambyl region"),
    "KZ-33": ("область Жетісу", "Жетісу облысы", "Zhetisu region"),
    "KZ-35": ("Карагандинская область", "Қарағанды облысы", "Karaganda region"),
    "KZ-39": ("Костанайская область", "Қостанай облысы", "Kostanay region"),
    "KZ-43": ("Кызылординская область", "Қызылорда облысы", "Kyzylorda region"),
    "KZ-47": ("Мангистауская область", "Маңғыстау облысы", "Mangystau region"),
    "KZ-55": ("Павлодарская область", "Павлодар облысы", "Pavlodar region"),
    "KZ-59": ("Северо-Казахстанская область", "Солтүстік Қазақстан облысы", "North Kazakhstan region"),
    "KZ-61": ("Туркестанская область", "Түркістан облысы", "Turkestan region"),
    "KZ-62": ("область Ұлытау", "Ұлытау облысы", "Ulytau region"),
    "KZ-63": ("Восточно-Казахстанская область", "Шығыс Қазақстан облысы", "East Kazakhstan region"),
    "KZ-71": ("город Астана", "Астана қаласы", "Astana city"),
    "KZ-75": ("город Алматы", "Алматы қаласы", "Almaty city"),
    "KZ-79": ("город Шымкент", "Шымкент қаласы", "Shymkent city"),
}
LANGS = ("ru", "kk", "en")
FAULTS = ("unit", "total", "missing", "receipt", "nobody")
CODES = {
    "unit": "unit-looks-wrong",
    "total": "printed-total-differs",
    "missing": "region-missing",
    "receipt": "receipt-differs",
    "nobody": "money-without-recipients",
}
"""What must be said of each fault."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One NGO's part of a region's money in tenge, and the people that it served."""

    name: str
    committed: Decimal
    paid: Decimal
    served: int


@dataclass(frozen=True, slots=True)
class Truth:
    """A region from January to July 2023, in tenge."""

    region: str
    plan: Decimal
    sent: Decimal
    received: Decimal
    providers: tuple[Provider, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a region's office draws its report."""

    lang: str
    factor: int
    period_in: str
    totals_first: bool
    numbers: bool
    as_text: bool
    two_rows: bool
    csv: bool


@dataclass(frozen=True, slots=True)
class Month:
    """The whole month: what is true, what was put in, and how each region draws."""

    truths: tuple[Truth, ...]
    layouts: tuple[Layout, ...]
    faults: tuple[tuple[str, str], ...]


def month(seed: int, regions: int = 20, faults: Sequence[str] | None = None) -> Month:
    """Draw a month at random; the faults given, or any of the five, each in a region of its own."""
    dice = random.Random(seed)
    chosen = sorted(dice.sample(sorted(REGIONS), regions))
    truths = tuple(_truth(region, dice) for region in chosen)
    layouts = tuple(_layout(dice) for _ in chosen)
    kinds = list(faults) if faults is not None else [kind for kind in FAULTS if dice.random() < 0.6]
    hit = dice.sample(chosen, len(kinds))
    return Month(truths, layouts, tuple(sorted(zip(kinds, hit, strict=True))))


def _truth(region: str, dice: random.Random) -> Truth:
    plan = Decimal(dice.randrange(40_000, 160_000)) * 1000
    sent = Decimal(dice.randrange(40, 60)) * plan / 100
    providers = []
    left = sent
    for number in range(1, dice.randint(1, 3) + 1):
        committed = (left * dice.randrange(30, 45) / 100).quantize(Decimal("1E2"))
        paid = (committed * dice.randrange(80, 100) / 100).quantize(Decimal("1E2"))
        providers.append(Provider(f"ОФ «Образец-{number}»", committed, paid, dice.randrange(6, 60)))
        left -= committed
    return Truth(region, plan, sent, sent, tuple(providers))


def _layout(dice: random.Random) -> Layout:
    lang = dice.choice(LANGS)
    as_csv = lang == "ru" and dice.random() < 0.15
    return Layout(
        lang=lang,
        factor=dice.choice((1, 1000, 1000, 1000, 1_000_000)),
        period_in=dice.choice(("title", "title", "sheet", "file")) if not as_csv else "file",
        totals_first=dice.random() < 0.3,
        numbers=dice.random() < 0.5,
        as_text=dice.random() < 0.3,
        two_rows=dice.random() < 0.5,
        csv=as_csv,
    )


# ---- drawing

UNIT = {
    ("ru", 1): "тенге",
    ("ru", 1000): "тыс. тенге",
    ("ru", 1_000_000): "млн тенге",
    ("kk", 1): "теңге",
    ("kk", 1000): "мың теңге",
    ("kk", 1_000_000): "млн теңге",
    ("en", 1): "KZT",
    ("en", 1000): "KZT thousand",
    ("en", 1_000_000): "KZT million",
}
DECIMALS = {1: 2, 1000: 1, 1_000_000: 4}
"""So many decimals state a hundred tenge or finer."""
HEADS = {
    "ru": (
        "Поставщик услуг (НПО)",
        "Уточненный план на год",
        "Поступило в местный бюджет",
        "Принятые обязательства",
        "Оплаченные обязательства (кассовые расходы)",
        "Получатели услуг, чел.",
    ),
    "kk": (
        "Өнім беруші (ҮЕҰ)",
        "Нақтыланған жылдық жоспар",
        "Жергілікті бюджетке түсті",
        "Қабылданған міндеттемелер",
        "Төленген міндеттемелер (кассалық шығыстар)",
        "Көрсетілетін қызметті алушылар, адам",
    ),
    "en": ("Provider", "Revised annual plan", "Received", "Commitments", "Paid", "Recipients, persons"),
}
PERIOD = {"ru": "за январь–июль 2023 года", "kk": "2023 жылғы қаңтар–шілде", "en": "January–July 2023"}
SHORT = {"ru": "январь-июль 2023", "kk": "2023 қаңтар-шілде", "en": "January-July 2023"}
TITLE = {
    "ru": "Отчет об исполнении целевых текущих трансфертов: {region}",
    "kk": "Ағымдағы нысаналы трансферттердің атқарылуы туралы есеп: {region}",
    "en": "Execution of current targeted transfers: {region}",
}
TOTAL = {"ru": "Итого", "kk": "Жиыны", "en": "Total"}
WHOLE = {"ru": "По региону", "kk": "Өңір бойынша", "en": "Region"}
FOOT = {"ru": "Исполнитель: тел. 00-00-00", "kk": "Орындаушы: тел. 00-00-00", "en": "Prepared by: tel. 00-00-00"}
MADE = {
    "ru": "Все данные вымышлены.",
    "kk": "Барлық деректер ойдан шығарылған.",
    "en": "All figures are invented.",
}


def draw(made: Month, inbox: Path) -> None:
    """Write the month into a folder: the ministry's workbook, and one for each region that reported."""
    inbox.mkdir(parents=True, exist_ok=True)
    faults = {region: kind for kind, region in made.faults}
    _ministry(made.truths, inbox)
    for truth, layout in zip(made.truths, made.layouts, strict=True):
        fault = faults.get(truth.region)
        if fault != "missing":
            _region(_faulty(truth, fault), layout, fault, inbox)


def _faulty(truth: Truth, fault: str | None) -> Truth:
    if fault == "receipt":
        return replace(truth, received=truth.received - 150_000)
    if fault == "nobody":
        return replace(truth, providers=tuple(replace(p, served=0) for p in truth.providers))
    return truth


def _ministry(truths: Sequence[Truth], inbox: Path) -> None:
    body = [(i, REGIONS[t.region][0], t.sent / 1000) for i, t in enumerate(truths, 1)]
    paper = Paper(
        sheet="Перечислено",
        titles=("Перечисление целевых текущих трансфертов областям и городам", PERIOD["ru"] + " (нарастающим итогом с начала года)", MADE["ru"]),
        header=(("№ п/п", "Наименование региона", "Перечислено из республиканского бюджета"),),
        body=body,
        unit="тыс. тенге",
        totals=((None, "Итого по республике", sum(t.sent for t in truths) / 1000),),
        numbers=True,
    )
    write(inbox / "00 перечислено.xlsx", paper)


def _region(truth: Truth, layout: Layout, fault: str | None, inbox: Path) -> None:
    lang, name = layout.lang, REGIONS[truth.region][LANGS.index(layout.lang)]
    if layout.csv and set(name) & set("Ұұіә"):
        layout = replace(layout, csv=False)  # cp1251 has no letters for it, and what is lost would be a fault of its own
    rows = _rows(truth, layout, fault)
    stem = truth.region[3:] + (f" {SHORT[lang]}" if layout.period_in == "file" else " отчет")
    total = rows.pop()
    heads = [f"{head}, {UNIT[lang, layout.factor]}" if 0 < i < 5 and layout.csv else head for i, head in enumerate(HEADS[lang])]
    if layout.csv:
        _write_csv(inbox / f"{stem}.csv", [["Регион", *heads], *([name, *row] for row in rows), ["", *total]])
        return
    titles = [TITLE[lang].format(region=name)] + ([PERIOD[lang]] if layout.period_in == "title" else []) + [MADE[lang]]
    paper = Paper(
        sheet=SHORT[lang] if layout.period_in == "sheet" else "Отчет",
        titles=titles,
        header=_header(heads, layout),
        body=rows,
        unit=UNIT[lang, layout.factor],
        totals=(total,),
        totals_first=layout.totals_first,
        foot=(FOOT[lang],),
        numbers=layout.numbers,
        money="#,##0.00",
    )
    write(inbox / f"{stem}.xlsx", paper)


def _header(heads: Sequence[str], layout: Layout) -> tuple[tuple[str, ...], ...]:
    """One header row, or two of which the first groups the money."""
    if not layout.two_rows:
        return (tuple(heads),)
    group = {"ru": "Средства", "kk": "Қаражат", "en": "Money"}[layout.lang]
    return ((heads[0], *([group] * 4), heads[5]), (heads[0], *heads[1:5], heads[5]))


def _rows(truth: Truth, layout: Layout, fault: str | None) -> list[list[Cell]]:
    """The rows of the body and, last, that of the total: plan and receipts stand in the first provider's row."""
    typed = 1000 if fault == "unit" and layout.factor > 1 else 1
    factor = Decimal(layout.factor) / typed * (1000 if fault == "unit" and layout.factor == 1 else 1)

    def money(amount: Decimal | None) -> Cell:
        if amount is None:
            return None
        value = amount / factor
        return f"{value:,.{DECIMALS[layout.factor]}f}".replace(",", "\u00a0").replace(".", ",") if layout.as_text or layout.csv else value

    rows: list[list[Cell]] = []
    for number, p in enumerate(truth.providers):
        once = (truth.plan, truth.received) if number == 0 else (None, None)
        rows.append([p.name, money(once[0]), money(once[1]), money(p.committed), money(p.paid), p.served])
    paid = sum((p.paid for p in truth.providers), Decimal(0)) + (7000 if fault == "total" else 0)
    committed = sum((p.committed for p in truth.providers), Decimal(0))
    served = sum(p.served for p in truth.providers)
    rows.append([TOTAL[layout.lang], money(truth.plan), money(truth.received), money(committed), money(paid), served])
    return rows


def _write_csv(path: Path, rows: Sequence[Sequence[Cell]]) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([["" if cell is None else cell for cell in row] for row in rows])
    path.write_bytes(text.getvalue().replace("\u00a0", " ").encode("cp1251", "replace"))
