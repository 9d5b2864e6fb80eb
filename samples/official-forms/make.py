"""Make one workbook of each official form that budgettool knows without being asked: all figures are invented."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from samples.paper import Cell, Paper, write

MONTHS_RU = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь")
MONTHS_KK = ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан")
PORTAL = (
    "id,code,name,level,isLeaf,utv,utch,plg,plgp,plgo,sumrg,obz,obzsumrg,plgpsumrg,plgsumrg,region,period",
    "1,06,Социальная помощь и социальное обеспечение,0,false,{a},{a},{a},{b},{a},{c},{a},0,95.0,45.0,{r},06.2025",
    "2,256,Управление координации занятости и социальных программ,1,false,{a},{a},{a},{b},{a},{c},{a},0,95.0,45.0,{r},06.2025",
    "3,256018,Размещение государственного социального заказа,2,false,{a},{a},{a},{b},{a},{c},{a},0,95.0,45.0,{r},06.2025",
    "4,256018011,За счет трансфертов из республиканского бюджета,3,true,{a1},{a1},{a1},{b1},{a1},{c1},{a1},0,95.0,45.0,{r},06.2025",
    "5,256018015,За счет средств местного бюджета,3,true,{a2},{a2},{a2},{b2},{a2},{c2},{a2},0,95.0,45.0,{r},06.2025",
)


def treasury() -> Paper:
    """Form 4-20: codes stand on the row of their level, the leaves are the specifics; thousands of tenge with one decimal."""
    year, since = "План финансирования на год", "План финансирования с начала года"
    rest, codes = "Остаток средств", "Код"
    last = ("Принятые обязательства с начала года", "Оплаченные обязательства с начала года", "Оплаченные обязательства за текущий месяц")
    unpaid = ("Неоплаченные обязательства", "Невыплаченные обязательства")
    top = [codes] * 4 + ["Наименование", year, since, since, *last, *unpaid, rest, rest]
    low = [
        "Администратор",
        "Программа",
        "Подпрограмма",
        "Специфика",
        "Наименование",
        year,
        "по обязательствам",
        "по платежам",
        *last,
        *unpaid,
    ]
    leaves = {"011": _amounts("36000.0", "18000.0", "17499.5", "2916.5"), "015": _amounts("12000.0", "6000.0", "5999.5", "1000.0")}
    whole = tuple(sum(parts, Decimal(0)) for parts in zip(*leaves.values(), strict=True))
    body: list[Sequence[Cell]] = [
        _line(("256", None, None, None), "Управление координации занятости и социальных программ", whole),
        _line((None, "018", None, None), "Размещение государственного социального заказа в неправительственных организациях", whole),
    ]
    for code, amounts in leaves.items():
        named = "За счет трансфертов из республиканского бюджета" if code == "011" else "За счет средств местного бюджета"
        body.append(_line((None, None, code, None), named, amounts))
        body.append(_line((None, None, None, "155"), "Оплата услуг по исследованиям и государственному социальному заказу", amounts))
    return Paper(
        "4-20",
        ("Форма 4-20", "Сводный отчет по расходам на 1 июля 2023 года", "Актюбинская область"),
        (top, [*low, "по обязательствам", "по платежам"]),
        body,
        unit="тыс. тенге",
        numbers=True,
        totals=[[None, None, None, None, "Всего", *_figures(whole)]],
        foot=("Руководитель ____________", "М.П."),
    )


def _amounts(*texts: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, texts))


def _line(codes: Sequence[str | None], name: str, amounts: Sequence[Decimal]) -> list[Cell]:
    return [*codes, name, *_figures(amounts)]


def _figures(amounts: Sequence[Decimal]) -> list[Decimal]:
    """The ten columns of figures: plan of the year and of the half-year, obligations, payments, what is open, what is left."""
    year, half, paid, month = amounts
    return [year, half, half, half, paid, month, half - paid, Decimal(0), Decimal(0), half - paid]


def plan(kind: str, lang: str) -> Paper:
    """An individual financing plan: one line a code, twelve months, the year as their sum."""
    titles = {
        ("payments", "ru"): ("Приложение 2", "Индивидуальный план финансирования по платежам на 2023 год", "Павлодарская область"),
        ("obligations", "kk"): ("5-қосымша", "2023 жылға арналған міндеттемелер бойынша жеке қаржыландыру жоспары", "Павлодар облысы"),
    }
    ru = lang == "ru"
    header = ["Код", "Наименование", "Всего на год", *MONTHS_RU] if ru else ["Коды", "Атауы", "Барлығы", *MONTHS_KK]
    lines = (("256-018-011-155", Decimal("1200.0")), ("256-018-015-155", Decimal("600.5")))
    name = "Государственный социальный заказ" if ru else "Мемлекеттік әлеуметтік тапсырыс"
    body: list[list[Cell]] = [[code, name, monthly * 12, *[monthly] * 12] for code, monthly in lines]
    whole = sum((monthly for _, monthly in lines), Decimal(0))
    total: list[list[Cell]] = [[None, "Итого" if ru else "Жиыны", whole * 12, *[whole] * 12]]
    return Paper("План" if ru else "Жоспар", titles[kind, lang], (header,), body, unit="тыс. тенге" if ru else "мың теңге", totals=total)


def monthly() -> Paper:
    """The ministry's monthly report: two blocks under repeated headers, names that move right with their level."""
    top = ["Наименование", "Наименование", "Наименование", "План на 1 июня 2023 года", "Принятые обязательства", "Исполнение", "Исполнение"]
    low = ["Наименование", "Наименование", "Наименование", "План на 1 июня 2023 года", "Принятые обязательства", "сумма", "%"]
    return Paper(
        "Отчет",
        ("Отчет об исполнении местных бюджетов на 1 июня 2023 года", "тыс. тенге", "Актюбинская область"),
        (top, low),
        [*_block(Decimal("40000.5")), ["Павлодарская область"], top, low, *_block(Decimal("30000.3"))],
    )


def _block(paid: Decimal) -> list[list[Cell]]:
    parts = (("018 Размещение государственного социального заказа", paid), ("020 Поддержка неправительственных организаций", paid / 2))
    whole = paid * 3 / 2
    lines: list[tuple[list[Cell], Decimal]] = [
        (["06 Социальная помощь и социальное обеспечение", None, None], whole),
        ([None, "256 Управление координации занятости", None], whole),
        *(([None, None, name], amount) for name, amount in parts),
    ]
    return [[*names, amount * 2, amount, amount, Decimal("50.0")] for names, amount in lines]


def portal() -> str:
    """The budget portal's export: parents and leaves, names of regions with its own misspellings, whole and three-decimal numbers."""
    lines = [PORTAL[0]]
    for number, region in enumerate(("Западно-Казахстанкая", "Мангыстауская"), 1):
        paid = Decimal(1000) * number
        amounts = {"a": paid * 3, "a1": paid * 2, "a2": paid, "b": paid * 2, "b1": paid, "b2": paid, "r": region}
        amounts |= {"c": paid + Decimal("0.125"), "c1": paid, "c2": Decimal("0.125")}
        lines += [line.format(**amounts) for line in PORTAL[1:]]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the inbox anew."""
    inbox = Path(__file__).parent / "inbox"
    write(inbox / "форма 4-20.xlsx", treasury())
    write(inbox / "план по платежам.xlsx", plan("payments", "ru"))
    write(inbox / "міндеттемелер жоспары.xlsx", plan("obligations", "kk"))
    write(inbox / "отчет министерства финансов.xlsx", monthly())
    (inbox / "портал 2025-06.csv").write_text(portal(), "utf-8")


if __name__ == "__main__":
    main()
