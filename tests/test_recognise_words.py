"""The words of headers, row by row: what officers and forms write, in Russian, Kazakh and English, and what each of them measures."""

from __future__ import annotations

import pytest

from budgettool.recognise.vocabulary import folded, read_header
from sheet_kit import codes, read_sheet, sheet

SINGLE = {
    "region": "Регион|Наименование региона|наименование области|области и города|территория|МИО|Өңірдің атауы|облыстар мен қалалар|аймақ|oblast|territory|Region",
    "kato": "КАТО|код КАТО|ӘАОЖ коды|territory code",
    "period": "отчетный период|есепті кезең|период|кезең|месяц|ай|month",
    "programme": "Бюджетная программа (код)|код программы|Бюджеттік бағдарлама (коды)|programme",
    "provider": "Поставщик услуг (НПО)|НПО|Исполнитель|провайдер|Өнім беруші (ҮЕҰ)|үеұ атауы|supplier",
    "provider_bin": "БИН|ИИН/БИН|БСН|BIN",
    "contract": "№ и дата договора|номер договора|Шарттың № мен күні|contract no.",
    "commitment": "Сумма договора|Принятые обязательства|Шарт сомасы|Қабылданған міндеттемелер|зарегистрировано договоров|законтрактовано|commitments|Accepted obligations",
    "allocation": "План финансирования на год|годовой план|план на 2019 год|предусмотрено|план на отчетный период|сводный план|план с начала года|план на январь-май"
    "|жылдық жоспар|жылға арналған жоспар|есепті кезеңге жоспар|annual plan|allocated|Planned transfers",
    "allocation.approved": "Утвержденный план на год|утвержденный бюджет|утверждено|первоначальный план|Бекітілген жылдық жоспар|бекітілген бюджет|approved",
    "allocation.revised": "Уточненный план на год|уточнено|план с учетом изменений|Нақтыланған жылдық жоспар|нақтыланған бюджет|revised",
    "allocation.corrected": "Скорректированный план на год|скорректированный|Түзетілген жылдық жоспар|түзетілген|adjusted",
    "allocation.plan_obligations": "план финансирования по обязательствам|міндеттемелер бойынша қаржыландыру жоспары|obligations plan",
    "allocation.plan_payments": "План финансирования по платежам|төлемдер бойынша қаржыландыру жоспары|payments plan",
    "transfer": "Перечислено из республиканского бюджета|профинансировано|направлено|Республикалық бюджеттен аударылды|аударылды|қаржыландырылды|transferred|financed",
    "transfer.district": "Передано районам (городам)|Аудандарға (қалаларға) берілді",
    "receipt": "Поступило в местный бюджет|поступило из РБ|получено|Жергілікті бюджетке түсті|түсті|received",
    "acceptance": "Принято по актам оказанных услуг|сумма акта|Көрсетілген қызметтер актілері бойынша қабылданды|acts accepted",
    "disbursement": "Оплаченные обязательства (кассовые расходы)|кассовое исполнение|касса|исполнено|оплачено|Төленген міндеттемелер (кассалық шығыстар)|кассалық атқарылуы"
    "|кассалық орындалу|атқарылды|орындалды|төленді|paid|disbursed|cash execution|executed",
    "expenditure": "Израсходовано НПО|ҮЕҰ жұмсаған қаражат|spent by NGO",
    "recovery": "Возвращено поставщиком (восстановлено)|восстановление кассы|Өнім беруші қайтарды (қалпына келтірілді)",
    "refund": "Возвращено в республиканский бюджет|возврат в республиканский бюджет|Республикалық бюджетке қайтарылды|refund",
    "recipients": "Получатели услуг, чел.|количество получателей|услугополучатели|охват|обслужено|қызмет алушылар саны|қамтылғандар|Көрсетілетін қызметті алушылар, адам|served",
    "recipients.planned": "план (чел.)|планируемое количество получателей|жоспар (адам)|жоспарланған қызмет алушылар|planned recipients",
    "recipients.new": "из них впервые|оның ішінде алғаш рет",
    "recipients.repeat": "повторно обратившиеся|из них повторно|қайта жүгінгендер|оның ішінде қайталап|re-applicants",
    "recipients.opening": "Состояло на начало|Кезең басындағы саны",
    "recipients.admitted": "зачислено|қабылданғаны",
    "recipients.discharged": "отчислено|шығарылғаны",
    "recipients.closing": "состоит на конец периода|кезең соңындағы саны",
    "person_days": "Койко-дни|чел.-дни|человеко-дней|Төсек-күндер|адам-күн|bed days",
    "services": "Услуги, ед.|Қызметтер, бірлік|number of services",
    "unpaid": "Неоплаченные обязательства|Непринятые обязательства|Төленбеген міндеттемелер|Қабылданбаған міндеттемелер|unpaid",
    "payable": "Кредиторская задолженность|accounts payable",
    "balance": "остаток средств|Остаток плана|қаражат қалдығы|balance",
    "variance": "отклонение|ауытқу|variance",
    "saving": "экономия|үнемделген қаражат",
    "unspent": "неосвоено|не освоено|неисполнено|игерілмеген|unspent",
    "need": "Потребность|потребность, чел.|қажеттілік|people in need",
    "budget_recipients": "получатели бюджетных средств",
    "percent": "Исполнение, %|% к годовому плану|% освоения|процент освоения|Атқарылуы, %|жылдық жоспарға %|% executed",
    "cost": "Расходы на одного получателя, тенге|стоимость на 1 чел.|бір адамға шығын|Бір алушыға шаққандағы шығыстар, теңге|cost per person",
    "note": "Причины неисполнения|Примечание|Атқарылмау себептері|Ескертпе|reason",
    "number": "№ п/п|№|Р/с №|No.",
}
"""Headers of one row by what they are: officer.md and the forms write them so."""


@pytest.mark.parametrize(("field", "headers"), SINGLE.items())
def test_each_header_word_by_word(field: str, headers: str) -> None:
    assert {header: read_header(header).meanings[0].field for header in headers.split("|")} == dict.fromkeys(headers.split("|"), field)


NESTED = [
    (("План финансирования на отчетный период", "по обязательствам"), "allocation.plan_obligations"),
    (("Есепті кезеңге қаржыландыру жоспары", "төлемдер бойынша"), "allocation.plan_payments"),
    (("Аванс", "выплачен"), "advance"),
    (("Аванс", "төленді"), "advance"),
    (("Аванс", "погашен актами"), "advance.settled"),
    (("Аванс", "актілермен өтелді"), "advance.settled"),
    (("Остаток", "полученных средств"), "balance"),
    (("Исполнение, %", "к плану на год"), "percent"),
    (("Получатели услуг, чел.", "план"), "recipients.planned"),
    (("Көрсетілетін қызметті алушылар, адам", "жоспар"), "recipients.planned"),
    (("Получатели услуг, чел.", "из них впервые"), "recipients.new"),
    (("Төленген міндеттемелер (кассалық шығыстар)", "есепті айда"), "disbursement"),
    (("Расходы на одного получателя", "долл. США"), "cost"),
    (("Утвержден-", "ный план"), "allocation.approved"),
]


@pytest.mark.parametrize(("levels", "field"), NESTED)
def test_headers_of_two_rows(levels: tuple[str, str], field: str) -> None:
    """A group over two columns, and under it the column that is asked for."""
    other = "Перечислено"
    made = sheet(
        ["за март 2019 года, тыс. тенге"],
        ["Регион", levels[0], None, other],
        [None, levels[1], "%", None],
        ["г. Алматы", 1, None, 2],
        merges=[(2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 3, 4)],
    )
    columns = {column.column: column.field for column in read_sheet(made)[0][0].columns}
    assert columns["B"] == field
    assert columns["D"] == "transfer"


DECIDED = [
    ("Выделено|План", ["transfer", "allocation"], "header-presumed"),
    ("Выделено|Перечислено", ["allocation", "transfer"], "header-presumed"),
    ("Бөлінді|Аударылды", ["allocation", "transfer"], "header-presumed"),
    ("Финансирование|Годовой план", ["transfer", "allocation"], "header-presumed"),
    ("Выделено|Оплачено", [None, "disbursement"], "ambiguous-measure"),
    ("Бөлінген қаражат|Төленді", [None, "disbursement"], "ambiguous-measure"),
    ("Выделено|Финансирование|Оплачено", [None, None, "disbursement"], "ambiguous-measure"),
    ("Выделено на год|Оплачено", ["allocation", "disbursement"], "header-presumed"),
    ("Лимит|Оплачено", ["allocation", "disbursement"], "header-presumed"),
    ("Освоено|План", ["disbursement", "allocation"], "header-presumed"),
    ("Игерілді|Жоспар", ["disbursement", "allocation"], "header-presumed"),
    ("Освоено|Оплачено", [None, "disbursement"], "ambiguous-measure"),
    ("Возврат|Возвращено в РБ", ["recovery", "refund"], "header-presumed"),
    ("Возвращено|Перечислено", ["refund", "transfer"], "header-presumed"),
    ("Қайтарылды|Түсті", ["refund", "receipt"], "header-presumed"),
    ("НПО|Оплачено|Возврат", ["provider", "disbursement", "recovery"], "header-presumed"),
    ("Возврат|Оплачено", [None, "disbursement"], "ambiguous-measure"),
    ("Получатели|Оплачено", ["recipients", "disbursement"], "header-presumed"),
    ("Потребность|Оплачено", ["need", "disbursement"], None),
    ("Кредиторская задолженность|Оплачено", ["payable", "disbursement"], None),
    ("Скорректированный план|Уточненный план", ["allocation.corrected", "allocation.revised"], None),
]


@pytest.mark.parametrize(("headers", "fields", "code"), DECIDED)
def test_ambiguous_words_are_decided_by_the_other_columns_or_refused(headers: str, fields: list[str | None], code: str | None) -> None:
    listed = headers.split("|")
    tables, findings = read_sheet(sheet(["за март 2019 года, тыс. тенге"], ["Регион", *listed], ["г. Алматы", *range(11, 11 + len(listed))]))
    assert [column.field for column in tables[0].columns][1:] == fields
    assert [found for found in codes(findings) if found in ("header-presumed", "ambiguous-measure")][:1] == ([code] if code else [])


def test_a_refused_word_names_both_its_meanings() -> None:
    _, findings = read_sheet(sheet(["за март 2019 года, тыс. тенге"], ["Регион", "Возврат", "Оплачено"], ["г. Алматы", 1, 2]))
    refused = next(finding for finding in findings if finding.code == "ambiguous-measure")
    assert dict(refused.facts)["candidates"] == ("recovery", "refund")
    assert [place.cell for place in refused.at] == ["B"]


def test_names_under_a_doubtful_header_are_no_figures() -> None:
    tables, findings = read_sheet(
        sheet(["за март 2019 года, тыс. тенге"], ["Регион", "Получатели", "План мероприятий", "Оплачено"], ["г. Алматы", "школа", "семинар", 5], ["г. Шымкент", "приют", "лекция", 6])
    )
    assert [column.field for column in tables[0].columns] == ["region", None, None, "disbursement"]
    assert findings == []


@pytest.mark.parametrize("header", ["План2)", "План*", "План²", "План ¹", "План 1)", "План **", "ПЛАН3"])
def test_footnote_marks_glued_to_headers(header: str) -> None:
    assert folded(header) == "план"
    assert read_header(header).meanings[0].field == "allocation"


def test_a_footnote_mark_inside_a_header_and_what_only_looks_like_one() -> None:
    assert folded("Оплачено¹, тыс. тенге") == "оплачено, тыс. тенге"
    assert folded("План (чел.)") == "план (чел.)"
    assert folded("План (2019)") == "план (2019)"
    assert folded("Оплачено (гр.1)") == "оплачено (гр.1)"
