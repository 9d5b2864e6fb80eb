"""Words of made workbooks, in three languages: headings of measures, names of regions and periods, lines around a table.

They are written down here anew, from the forms that people fill in, and not taken from the vocabulary that is tested.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("ru", "kk", "en")

HEADINGS: Mapping[tuple[str, str | None, str], Mapping[str, tuple[str, ...]]] = {
    ("allocation", None, ""): {
        "ru": ("План на период", "План на отчетный период"),
        "kk": ("Есепті кезеңге жоспар",),
        "en": ("Plan for the period", "Allocated"),
    },
    ("allocation", "approved", "year"): {
        "ru": ("Утвержденный план на год", "Утверждённый\nплан на год"),
        "kk": ("Бекітілген жылдық жоспар",),
        "en": ("Approved annual plan",),
    },
    ("allocation", "revised", "year"): {
        "ru": ("Уточненный план на год", "Уточнённый бюджет на год"),
        "kk": ("Нақтыланған жылдық жоспар",),
        "en": ("Revised annual plan",),
    },
    ("allocation", "plan_payments", ""): {
        "ru": ("План финансирования по платежам",),
        "kk": ("Төлемдер бойынша қаржыландыру жоспары",),
        "en": ("Plan by payments",),
    },
    ("transfer", None, ""): {
        "ru": ("Перечислено из республиканского бюджета", "Перечислено"),
        "kk": ("Республикалық бюджеттен аударылды", "Аударылды"),
        "en": ("Transferred", "Transferred from the republican budget"),
    },
    ("receipt", None, ""): {
        "ru": ("Поступило в местный бюджет", "Поступило"),
        "kk": ("Жергілікті бюджетке түсті",),
        "en": ("Received", "Received by the local budget"),
    },
    ("commitment", None, ""): {"ru": ("Принятые обязательства",), "kk": ("Қабылданған міндеттемелер",), "en": ("Commitments",)},
    ("acceptance", None, ""): {
        "ru": ("Принято по актам оказанных услуг",),
        "kk": ("Көрсетілген қызметтер актілері бойынша қабылданды",),
        "en": ("Accepted",),
    },
    ("disbursement", None, ""): {
        "ru": ("Оплаченные обязательства (кассовые расходы)", "Оплачено", "Кассовое исполнение"),
        "kk": ("Төленген міндеттемелер (кассалық шығыстар)", "Төленді"),
        "en": ("Paid", "Disbursed"),
    },
    ("disbursement", None, "cumulative"): {
        "ru": ("Оплачено с начала года", "Кассовые расходы нарастающим итогом"),
        "kk": ("Жыл басынан төленді",),
        "en": ("Paid, year to date",),
    },
    ("disbursement", None, "month"): {
        "ru": ("Оплачено за отчетный месяц",),
        "kk": ("Есепті айда төленді",),
        "en": ("Paid for the month",),
    },
    ("expenditure", None, ""): {"ru": ("Израсходовано НПО",), "kk": ("ҮЕҰ жұмсаған қаражат",), "en": ("Spent by NGO",)},
    ("refund", None, ""): {
        "ru": ("Возвращено в республиканский бюджет", "Возвращено в РБ"),
        "kk": ("Республикалық бюджетке қайтарылды",),
        "en": ("Refunded to the republican budget",),
    },
    ("recipients", None, ""): {
        "ru": ("Получатели услуг", "Количество получателей"),
        "kk": ("Көрсетілетін қызметті алушылар", "Қызмет алушылар"),
        "en": ("Recipients", "Persons served"),
    },
    ("recipients", "planned", ""): {
        "ru": ("Получатели услуг, план",),
        "kk": ("Жоспарланған қызмет алушылар",),
        "en": ("Planned recipients",),
    },
    ("person_days", None, ""): {"ru": ("Койко-дни",), "kk": ("Төсек-күндер",), "en": ("Bed-days",)},
}
"""What a column measures: measure, version and what its heading makes of the table's period (the year, since January, its last month)."""

COUNTED = {"recipients": {"ru": "чел.", "kk": "адам", "en": "persons"}, "person_days": {"ru": "койко-дней", "kk": "төсек-күн", "en": "bed-days"}}

UNITS: Mapping[int, Mapping[str, tuple[str, ...]]] = {
    0: {"ru": ("тенге", "в тенге"), "kk": ("теңге",), "en": ("KZT", "tenge")},
    3: {"ru": ("тыс. тенге", "тыс.тенге", "тысяч тенге"), "kk": ("мың теңге",), "en": ("KZT thousand", "thousand tenge")},
    6: {"ru": ("млн тенге", "млн. тенге"), "kk": ("млн теңге",), "en": ("KZT million", "million tenge")},
}

LABELS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "region": {"ru": ("Регион", "Наименование региона", "Область"), "kk": ("Өңір", "Өңірдің атауы"), "en": ("Region",)},
    "provider": {"ru": ("Поставщик услуг (НПО)", "НПО"), "kk": ("Өнім беруші (ҮЕҰ)", "ҮЕҰ"), "en": ("Provider", "NGO")},
    "period": {"ru": ("Период", "Отчетный период"), "kk": ("Кезең",), "en": ("Period",)},
    "measure": {"ru": ("Показатель", "Наименование показателя"), "kk": ("Көрсеткіштер",), "en": ("Item",)},
    "number": {"ru": ("№", "№ п/п"), "kk": ("Р/с №",), "en": ("No",)},
    "percent": {"ru": ("Исполнение, %", "% исполнения"), "kk": ("Атқарылуы, %",), "en": ("Execution, %",)},
    "balance": {"ru": ("Остаток",), "kk": ("Қалдық",), "en": ("Balance",)},
    "note": {"ru": ("Примечание",), "kk": ("Ескертпе",), "en": ("Note",)},
}

TOTALS: Mapping[str, tuple[str, ...]] = {"ru": ("Итого", "Всего", "ИТОГО:", "Итого по республике"), "kk": ("Барлығы", "Жиыны"), "en": ("Total",)}
COUNTRY = {"ru": "Республика Казахстан", "kk": "Қазақстан Республикасы", "en": "Republic of Kazakhstan"}
TITLES = {
    "ru": "Сведения об использовании целевых текущих трансфертов",
    "kk": "Нысаналы ағымдағы трансферттердің пайдаланылуы туралы мәліметтер",
    "en": "Use of targeted current transfers",
}
SIGNED = {"ru": "Руководитель ____________ А. Образцов", "kk": "Басшы ____________ А. Үлгіев", "en": "Head ____________ A. Sample"}
REMARK = {"ru": "Примечание: данные предварительные", "kk": "Ескертпе: деректер алдын ала", "en": "Note: preliminary figures"}
ORDER = {
    "ru": "Приложение 1 к приказу от 5 января 2023 года № 12",
    "kk": "2023 жылғы 5 қаңтардағы № 12 бұйрығына 1-қосымша",
    "en": "Annex 1",
}
REASONS = {"ru": "договор заключен позже плана", "kk": "шарт жоспардан кеш жасалды", "en": "contract signed late"}

MONTHS = {
    "ru": ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
    "kk": ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}
FIRST_OF = {
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"),
    "kk": ("қаңтардағы", "ақпандағы", "наурыздағы", "сәуірдегі", "мамырдағы", "маусымдағы", "шілдедегі", "тамыздағы", "қыркүйектегі", "қазандағы", "қарашадағы", "желтоқсандағы"),
    "en": MONTHS["en"],
}  # fmt: skip
ROMAN = ("I", "II", "III", "IV")

PROVIDERS = ("ОФ «Белый парус»", 'ОО "Надежда плюс"', "ҚБ «Сенім»", "«Жанұя» қоғамдық қоры", "Hope Centre", "ЧУ Дом у реки", "ОО Родник-2")


@cache
def region_names(year: int) -> Mapping[str, Mapping[str, str]]:
    """The units that existed all through a year, by id, with their names in three languages."""
    text = files("budgettool.reference").joinpath("regions.csv").read_text("utf-8")
    there = (r for r in csv.DictReader(text.splitlines()) if (r["valid_from"] or "0") <= f"{year}-01-01" and (r["valid_to"] or "9") >= f"{year}-12-31")
    return {f"KZ-{row['code']}": {lang: row[f"name_{lang}"] for lang in LANGUAGES} for row in there}
