"""Make the inbox of the published case: one workbook a year, and one of the people of the whole span.

The totals are the published ones: 288.3 million tenge in 2016-2019, about 600 people, 101 million in 2020.
No split by region or year was ever published; the one here is invented, and every sheet says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from samples.paper import Paper, write

INBOX = Path(__file__).parent / "inbox"
INVENTED = {
    "ru": "Разбивка по регионам и годам условная: опубликованы только итоги.",
    "kk": "Өңірлер мен жылдар бойынша бөлініс шартты: тек жиынтық сомалар жарияланған.",
    "en": "The split by region and year is invented: only the totals were published.",
}
SHARES = (70, 105, 110, 85, 80, 90, 75, 135, 130, 120)
"""Per mille of a year's money that each region gets, in the order of NAMES."""
NAMES = {
    "ru": ("Актюбинская область", "Восточно-Казахстанская область", "Карагандинская область", "Костанайская область", "Кызылординская область",
           "Павлодарская область", "Северо-Казахстанская область", "{south}", "г. Алматы", "г. {capital}"),
    "kk": ("Ақтөбе облысы", "Шығыс Қазақстан облысы", "Қарағанды облысы", "Қостанай облысы", "Қызылорда облысы",
           "Павлодар облысы", "Солтүстік Қазақстан облысы", "{south}", "Алматы қаласы", "{capital} қаласы"),
    "en": ("Aktobe region", "East Kazakhstan region", "Karaganda region", "Kostanay region", "Kyzylorda region",
           "Pavlodar region", "North Kazakhstan region", "{south}", "Almaty city", "{capital} city"),
}
PEOPLE = {
    2016: (11, 17, 18, 14, 13, 15, 12, 23, 23, 21),
    2017: (12, 19, 19, 15, 14, 16, 13, 24, 23, 22),
    2018: (11, 17, 17, 14, 13, 14, 12, 22, 20, 19),
    2019: (10, 15, 16, 13, 11, 13, 11, 20, 19, 18),
    2020: (13, 20, 21, 16, 15, 17, 14, 25, 25, 23),
}
SERVED_IN_ALL = (40, 62, 64, 51, 46, 53, 44, 82, 81, 77)
"""People of the whole span: 600 in all; the yearly counts sum to more, as repeat applicants stand in each year."""


@dataclass(frozen=True)
class Year:
    """A year's money in thousand tenge, and the names that regions bore in it."""

    year: int
    total: Decimal
    lang: str
    south: str
    capital: str


YEARS = (
    Year(2016, Decimal(72075), "ru", "Южно-Казахстанская область", "Астана"),
    Year(2017, Decimal(72075), "kk", "Оңтүстік Қазақстан облысы", "Астана"),
    Year(2018, Decimal(72075), "ru", "Туркестанская область", "Астана"),
    Year(2019, Decimal(72075), "en", "Turkestan region", "Nur-Sultan"),
    Year(2020, Decimal(101000), "kk", "Түркістан облысы", "Нұр-Сұлтан"),
)
TITLES = {
    "ru": ("Сводный отчет об исполнении целевых текущих трансфертов из республиканского бюджета на размещение государственного социального заказа", "за {year} год"),
    "kk": ("Мемлекеттік әлеуметтік тапсырысты орналастыруға бөлінген ағымдағы нысаналы трансферттердің атқарылуы туралы жиынтық есеп", "{year} жылғы"),
    "en": ("Execution of current targeted transfers for state social orders, special social services for victims of trafficking", "for {year}"),
}
HEADERS = {
    "ru": (
        ("№ п/п", "Наименование региона", "План на год", "План на год", "Перечислено из республиканского бюджета", "Поступило в местный бюджет",
         "Принятые обязательства", "Оплаченные обязательства (кассовые расходы)", "Возвращено в республиканский бюджет", "Получатели услуг, чел."),
        ("№ п/п", "Наименование региона", "утвержденный", "уточненный", "Перечислено из республиканского бюджета", "Поступило в местный бюджет",
         "Принятые обязательства", "Оплаченные обязательства (кассовые расходы)", "Возвращено в республиканский бюджет", "Получатели услуг, чел."),
    ),
    "kk": (
        ("Р/с №", "Өңірдің атауы", "Бекітілген жылдық жоспар", "Нақтыланған жылдық жоспар", "Республикалық бюджеттен аударылды", "Жергілікті бюджетке түсті",
         "Қабылданған міндеттемелер", "Төленген міндеттемелер (кассалық шығыстар)", "Республикалық бюджетке қайтарылды", "Көрсетілетін қызметті алушылар, адам"),
    ),
    "en": (
        ("No.", "Region", "Approved plan", "Revised plan", "Transferred", "Received", "Commitments", "Paid", "Refunded to the republican budget", "Recipients, persons"),
    ),
}
UNITS = {"ru": "тыс. тенге", "kk": "мың теңге", "en": "KZT thousand"}
TOTAL = {"ru": "Итого по республике", "kk": "Республика бойынша барлығы", "en": "Total"}
FOOT = {
    "ru": ("Руководитель ____________ (подпись)", "Главный бухгалтер ____________ (подпись)", "Исполнитель: тел. 00-00-00"),
    "kk": ("Басшы ____________ (қолы)", "Бас бухгалтер ____________ (қолы)", "Орындаушы: тел. 00-00-00"),
    "en": ("Head ____________ (signature)", "Chief accountant ____________ (signature)"),
}
FILES = {2016: "2016 свод ЦТТ.xlsx", 2017: "2017 ЖНТ жиынтық.xlsx", 2018: "2018 свод ЦТТ.xlsx", 2019: "2019 consolidated.xlsx", 2020: "2020 ЖНТ жиынтық.xlsx"}


def names(year: Year) -> list[str]:
    """The regions as they were called that year."""
    return [name.format(south=year.south, capital=year.capital) for name in NAMES[year.lang]]


def money(year: Year) -> list[tuple[Decimal, ...]]:
    """Approved, revised, transferred, received, committed, paid and refunded, region by region, in thousand tenge."""
    rows = []
    for index, share in enumerate(SHARES):
        revised = (year.total * share / 1000).quantize(Decimal("0.1"))
        approved = revised - Decimal("150.0") if index == 0 else revised + Decimal("150.0") if index == 9 else revised
        refunded = Decimal("35.5") if (index + year.year) % 4 == 0 else Decimal("0.0")
        paid = revised - refunded
        rows.append((approved, revised, revised, revised, revised - refunded, paid, refunded))
    return rows


def yearly(year: Year) -> Paper:
    """The consolidated report of one year."""
    body = [
        (number, name, *figures, people)
        for number, (name, figures, people) in enumerate(zip(names(year), money(year), PEOPLE[year.year], strict=True), 1)
    ]
    total = (None, TOTAL[year.lang], *(sum(column) for column in zip(*money(year), strict=True)), sum(PEOPLE[year.year]))
    title, period = TITLES[year.lang]
    return Paper(
        sheet=str(year.year),
        titles=(title, period.format(year=year.year), INVENTED[year.lang]),
        header=HEADERS[year.lang],
        body=body,
        unit=UNITS[year.lang],
        totals=(total,),
        totals_first=year.lang == "kk",
        foot=FOOT[year.lang],
        numbers=year.lang != "en",
    )


def people() -> Paper:
    """The people of the whole span, each counted once."""
    of_2018 = YEARS[2]
    body = [(number, name, count) for number, (name, count) in enumerate(zip(names(of_2018), SERVED_IN_ALL, strict=True), 1)]
    return Paper(
        sheet="Получатели",
        titles=("Сведения о получателях специальных социальных услуг за 2016–2019 годы", "каждый получатель учтен один раз", INVENTED["ru"]),
        header=(("№ п/п", "Наименование региона", "Получатели услуг, чел."),),
        body=body,
        totals=((None, TOTAL["ru"], sum(SERVED_IN_ALL)),),
        foot=("Исполнитель: тел. 00-00-00",),
    )


def main() -> None:
    """Write the inbox anew."""
    INBOX.mkdir(exist_ok=True)
    for year in YEARS:
        write(INBOX / FILES[year.year], yearly(year))
    write(INBOX / "получатели 2016-2019.xlsx", people())


if __name__ == "__main__":
    main()
