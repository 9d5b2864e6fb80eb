"""The layouts of made workbooks: one row a region, periods or measures across, a sheet a region, tables that lie, one figure a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import layout_words as words
from budgettool.read.sheet import Merge
from layout_kit import Case, Key, Maker, Page, Plan, Quantity, Span, said
from layout_tables import Line, Plot, write_foot, write_table, write_title


def _columns_of(maker: Maker) -> list[Line]:
    """The quantities side by side, with what stands beside figures."""
    columns = [Line((maker.heading(q),), Key(quantity=q)) for q in maker.quantities]
    columns += [Line((maker.word(words.LABELS[name]),), Key()) for name in ("balance", "percent", "note") if maker.has(name)]
    return columns


def _title(maker: Maker, *spans: Span) -> list[str]:
    lines = [words.TITLES[maker.language]]
    return [*lines, *(said(span, maker.language, title=True) for span in spans)] if spans else lines


def _label(maker: Maker, *names: str) -> tuple[str, ...]:
    return tuple(maker.word(words.LABELS[name]) for name in names)


def _page(maker: Maker, name: str, title: Sequence[str], width: int) -> tuple[Page, int, int]:
    page = Page(name)
    shift = 1 if maker.has("shifted") else 0
    return page, write_title(maker, page, 1 + shift, title, width) + shift, 1 + shift


def one_row_a_region(maker: Maker) -> list[Page]:
    columns = _columns_of(maker)
    page, top, left = _page(maker, "Отчет", _title(maker, maker.base), len(columns) + 1)
    rows = [Line((maker.region(region),), Key(region=region)) for region in maker.names]
    write_table(maker, Plot(page, top, left, _label(maker, "region"), Key(span=maker.base)), rows, columns)
    return [page]


def periods_down(maker: Maker) -> list[Page]:
    columns = _columns_of(maker)
    page, top, left = _page(maker, "Отчет", _title(maker), len(columns) + 2)
    rows = [
        Line((maker.region(region), said(span, maker.language, title=False)), Key(region, span=span)) for region in maker.names for span in maker.spans
    ]
    write_table(maker, Plot(page, top, left, _label(maker, "region", "period")), rows, columns)
    return [page]


def providers_down(maker: Maker) -> list[Page]:
    """Providers in rows of their own, their region merged over them, printed in each or in the first only."""
    columns = _columns_of(maker)
    page, top, left = _page(maker, "Отчет", _title(maker, maker.base), len(columns) + 2)
    rows, groups = [], []
    for region in maker.names:
        there = maker.providers[: maker.random.randint(1, 3)]
        groups.append(len(there))
        name = maker.region(region)
        shown = maker.plan.header == "repeated"
        rows += [Line((name if shown or not n else None, provider), Key(region, provider)) for n, provider in enumerate(there)]
    write_table(maker, Plot(page, top, left, _label(maker, "region", "provider"), Key(span=maker.base)), rows, columns)
    if maker.plan.header == "merged" and not maker.plan.dressing & {"again", "blank-row"}:
        column = left + (1 if maker.has("number") else 0)
        row = top + 1 + (1 if maker.has("numbers") else 0) + (1 if maker.plan.totals == "first" else 0)
        for size in groups:
            page.merges += [Merge(row, column, row + size - 1, column)] if size > 1 else []
            row += size
    return [page]


def measures_in_periods(maker: Maker) -> list[Page]:
    return _across(maker, lambda span, quantity: (said(span, maker.language, title=False), maker.heading(quantity)), by_period=True)


def periods_in_measures(maker: Maker) -> list[Page]:
    return _across(maker, lambda span, quantity: (maker.heading(quantity), said(span, maker.language, title=False)), by_period=False)


def _across(maker: Maker, texts: Callable[[Span, Quantity], tuple[str, str]], *, by_period: bool) -> list[Page]:
    language = maker.language
    maker.plan = replace(maker.plan, language=language)
    pairs = [(s, q) for s in maker.spans for q in maker.quantities] if by_period else [(s, q) for q in maker.quantities for s in maker.spans]
    state = maker.random.getstate()
    columns = []
    for span, quantity in pairs:
        maker.random.setstate(state)  # the same words for the same heading
        columns.append(Line(texts(span, quantity), Key(span=span, quantity=quantity)))
    page, top, left = _page(maker, "Отчет", _title(maker), len(columns) + 1)
    rows = [Line((maker.region(region),), Key(region=region)) for region in maker.names]
    write_table(maker, Plot(page, top, left, _label(maker, "region")), rows, columns)
    return [page]


def months_across(maker: Maker) -> list[Page]:
    """Periods across under no measure: the title names the one that they are of."""
    quantity = maker.quantities[0]
    columns = [Line((said(span, maker.language, title=False),), Key(span=span, quantity=quantity)) for span in maker.spans]
    page, top, left = _page(maker, "Отчет", [quantity.heading.replace("\n", " ")], len(columns) + 1)
    rows = [Line((maker.region(region),), Key(region=region)) for region in maker.names]
    write_table(maker, Plot(page, top, left, _label(maker, "region")), rows, columns)
    return [page]


def turned(maker: Maker) -> list[Page]:
    """Measures down, regions across."""
    columns = [Line((maker.region(region),), Key(region=region)) for region in maker.names]
    return _measures_down(maker, columns, _title(maker, maker.base), Key(span=maker.base))


def turned_periods(maker: Maker) -> list[Page]:
    """Measures down, periods across, one region in the title."""
    region = next(iter(maker.names))
    columns = [Line((said(span, maker.language, title=False),), Key(span=span)) for span in maker.spans]
    return _measures_down(maker, columns, [*_title(maker), maker.names[region][maker.language]], Key(region=region))


def _measures_down(maker: Maker, columns: list[Line], title: list[str], fixed: Key) -> list[Page]:
    maker.plan = replace(maker.plan, totals="none")
    page, top, left = _page(maker, "Отчет", title, len(columns) + 1)
    rows = [Line((maker.heading(quantity),), Key(quantity=quantity)) for quantity in maker.quantities]
    write_table(maker, Plot(page, top, left, _label(maker, "measure"), fixed), rows, columns)
    return [page]


def a_sheet_a_region(maker: Maker) -> list[Page]:
    """The region is the sheet's name; periods go down."""
    columns = _columns_of(maker)
    pages = []
    for region, names in maker.names.items():
        page, top, left = _page(maker, names[maker.language][:31], _title(maker), len(columns) + 1)
        rows = [Line((said(span, maker.language, title=False),), Key(span=span)) for span in maker.spans]
        write_table(maker, Plot(page, top, left, _label(maker, "period"), Key(region=region)), rows, columns)
        pages.append(page)
    return pages


def providers_of_a_region(maker: Maker) -> list[Page]:
    """A sheet a region with its providers, the region in the title."""
    columns = _columns_of(maker)
    pages = []
    for number, (region, names) in enumerate(maker.names.items(), 1):
        title = [*_title(maker), names[maker.language], said(maker.base, maker.language, title=True)]
        page, top, left = _page(maker, f"Лист{number}", title, len(columns) + 1)
        rows = [Line((provider,), Key(provider=provider)) for provider in maker.providers[: maker.random.randint(1, 3)]]
        write_table(maker, Plot(page, top, left, _label(maker, "provider"), Key(region=region, span=maker.base)), rows, columns)
        pages.append(page)
    return pages


def a_sheet_a_period(maker: Maker) -> list[Page]:
    """The period is the sheet's name."""
    columns = _columns_of(maker)
    pages = []
    for span in maker.spans:
        page, top, left = _page(maker, said(span, maker.language, title=False), _title(maker), len(columns) + 1)
        rows = [Line((maker.region(region),), Key(region=region)) for region in maker.names]
        write_table(maker, Plot(page, top, left, _label(maker, "region"), Key(span=span)), rows, columns)
        pages.append(page)
    return pages


def stacked(maker: Maker) -> list[Page]:
    """One table below the other, each under a line with its period."""
    columns = _columns_of(maker)
    page = Page("Отчет")
    row, left = 1, 2 if maker.has("shifted") else 1
    for span in maker.spans:
        row = write_title(maker, page, row, _title(maker, span), len(columns) + 1)
        rows = [Line((maker.region(region),), Key(region=region)) for region in maker.names]
        row = write_table(maker, Plot(page, row, left, _label(maker, "region"), Key(span=span)), rows, columns) + maker.random.randint(2, 3)
    return [page]


def side_by_side(maker: Maker) -> list[Page]:
    """Tables beside each other, each under its own line, parted by a blank column."""
    columns = _columns_of(maker)
    page, top, left = _page(maker, "Отчет", _title(maker), len(columns) + 1)
    for span in maker.spans:
        page.put(top, left, said(span, maker.language, title=True))
        rows = [Line((maker.region(region),), Key(region=region)) for region in maker.names]
        write_table(maker, Plot(page, top + 1, left, _label(maker, "region"), Key(span=span)), rows, columns)
        left = page.right + 2
    return [page]


def sections(maker: Maker) -> list[Page]:
    """A region's name alone in its row, its providers below it."""
    columns = _columns_of(maker)
    page, top, left = _page(maker, "Отчет", _title(maker, maker.base), len(columns) + 1)
    rows = []
    for region in maker.names:
        rows.append(Line((maker.region(region),), Key(region=region)))
        rows += [Line((provider,), Key(region, provider)) for provider in maker.providers[: maker.random.randint(1, 3)]]
    plot = Plot(page, top, left, _label(maker, "provider"), Key(span=maker.base))
    figure, maker.figure = maker.figure, lambda key, column: figure(key, column) if key.provider else None  # type: ignore[method-assign]
    write_table(maker, plot, rows, columns)
    return [page]


def ledger_csv(maker: Maker) -> list[Page]:
    """One figure a row."""
    page = Page("Лист1")
    for column, head in enumerate(("period", "region", "provider", "measure", "version", "cumulative", "value", "unit"), 1):
        page.put(1, column, head)
    for region in maker.names:
        for span in maker.spans:
            for quantity in maker.quantities:
                before = len(maker.facts)
                unit = maker.unit() if quantity.power is not None else quantity.unit
                cell = maker.figure(Key(region, None, span, quantity), (quantity.measure, quantity.version, unit))
                if len(maker.facts) == before:
                    continue
                values = (str(span.period), maker.region(region), None, quantity.measure, quantity.version, None, cell, unit)
                for column, value in enumerate(values, 1):
                    page.put(page.bottom + 1 if column == 1 else page.bottom, column, value)
    return [page]


LAYOUTS: Mapping[str, Callable[[Maker], list[Page]]] = {
    "list": one_row_a_region,
    "periods-down": periods_down,
    "providers-down": providers_down,
    "measures-in-periods": measures_in_periods,
    "periods-in-measures": periods_in_measures,
    "months-across": months_across,
    "turned": turned,
    "turned-periods": turned_periods,
    "region-sheets": a_sheet_a_region,
    "region-sheets-providers": providers_of_a_region,
    "period-sheets": a_sheet_a_period,
    "stacked": stacked,
    "beside": side_by_side,
    "sections": sections,
    "ledger": ledger_csv,
}

def made(plan: Plan) -> Case:
    """The workbook of a plan."""
    maker = Maker(plan)
    pages = LAYOUTS[plan.layout](maker)
    if plan.layout != "ledger":
        for page in pages:
            write_foot(maker, page)
    return Case(plan, "report", pages, maker.facts, maker.doubtful())
