"""Findings, refusals and figures become sentences and headings in Kazakh, Russian or English.

The only place where sentences are made. `Wording("ru").sentence(finding)` is a message (place, fact,
figure) and a hint (what to do):

    Ячейка F20: итог – 1 234,6, сумма строк – 1 234,1, расхождение – 0,5 тыс. тенге.
    Просим исправить итог или строки.

English texts are the source: those of findings in `reference/findings.toml`, all others in `words` and
`sheets`. Nothing here inflects a name or a figure; what has no translation is said in English.
"""

from __future__ import annotations

import re
from datetime import date as Day
from decimal import Decimal
from functools import cached_property
from gettext import NullTranslations
from typing import TYPE_CHECKING

from budgettool.findings import Finding, Refusal, catalogue
from budgettool.period import Period
from budgettool.wording import facts, figures, sentences
from budgettool.wording.sheets import HEADINGS, LINES, MEASURES, NON_EXECUTION, TITLES
from budgettool.wording.template import fill
from budgettool.wording.translation import translations
from budgettool.wording.words import NOUNS, STATUSES, UNITS, Message

if TYPE_CHECKING:
    from budgettool.classification import Register

__all__ = ["LANGUAGES", "Wording"]

LANGUAGES = ("kk", "ru", "en")

_PRINTED = re.compile(r"\{([a-z]+)\}")


class Wording:
    """One language. Its catalogue is read with the first sentence, that of findings with the first finding."""

    def __init__(self, lang: str = "en", register: Register | None = None) -> None:
        self.lang = lang
        self._register = register

    @cached_property
    def register(self) -> Register:
        """The regions whose names are said: the user's own, else those of Kazakhstan."""
        from budgettool.classification import Register

        return self._register or Register.shipped()

    @cached_property
    def _catalogue(self) -> NullTranslations:
        return translations(self.lang)

    # ---- messages

    def say(self, message: Message, **printed: str) -> str:
        """A message of the tables with facts that are printed already."""
        text = self._catalogue.pgettext(message.context, message.text)
        return _PRINTED.sub(lambda match: printed.get(match.group(1), match.group(0)), text)

    def translated(self, msgid: str) -> str:
        """An English text in this language, its placeholders untouched."""
        return self._catalogue.gettext(msgid) if msgid else ""

    def text(self, msgid: str, **given: object) -> str:
        """An English text in this language, with its facts; a fact that is missing prints as `…`."""
        return fill(self.translated(msgid), given, self.fact).text

    def counted(self, noun: str, n: int) -> str:
        """A number with its noun: 1 строка, 2 строки, 5 строк; 5 жол; 5 rows. The noun is a key of `words.NOUNS`."""
        forms = NOUNS[noun]
        return self._catalogue.ngettext(forms.one, forms.many, n).replace("{n}", figures.number(n, self.lang))

    def fact(self, name: str, value: object, way: str = "") -> str:
        """A fact of a finding as a sentence prints it; `way` is `q` (quoted), `or`, a counted noun, or empty."""
        return facts.printed(name, value, way, self)

    # ---- findings and refusals

    def sentence(self, finding: Finding) -> tuple[str, str]:
        """What was found, and what to do."""
        return sentences.of_finding(finding, self)

    def refusal(self, refusal: Refusal) -> str:
        """What was refused, why, and what to do, in one text."""
        return sentences.of_refusal(refusal, self)

    def finding_title(self, code: str) -> str:
        """Three or four words for a kind of finding."""
        return self.translated(catalogue()[code]["title"])

    def why(self, code: str) -> str:
        """Why a kind of finding matters."""
        return self.translated(catalogue()[code]["why"])

    def hint(self, code: str) -> str:
        """What to do about a kind of finding, before any facts are known."""
        return self.text(catalogue()[code]["hint"])

    # ---- figures

    def number(self, value: Decimal | int | None, decimals: int | None = None) -> str:
        """A number with its thousands apart; a dash where there is none."""
        return figures.NO_FIGURE if value is None else figures.number(value, self.lang, decimals)

    def money(self, value: Decimal | None, unit: str | None = None) -> str:
        """An amount to the tiyn, with the unit's word if a unit is given; a dash where there is none."""
        if value is None:
            return figures.NO_FIGURE
        if unit == "person":
            return self.counted("person", int(value))
        amount = figures.number(value, self.lang, 2)
        return amount if unit is None else f"{amount} {self.unit(unit)}"

    def unit(self, code: str) -> str:
        """The word for a unit: KZT is tenge, тенге, теңге; a text that is no code stays as it is."""
        return self.say(UNITS[code]) if code in UNITS else code

    def date(self, value: Day) -> str:
        """A day in words: 5 марта 2019 года."""
        return figures.day(value, self.say)

    def short_date(self, value: Day) -> str:
        """A day within a table or sentence: 05.03.2019; in English 5 March 2019."""
        return figures.short_day(value, self.lang, self.say)

    def period(self, value: Period) -> str:
        """A span in words: январь–июнь 2019 года, 2019 жылғы қаңтар–маусым, January–June 2019."""
        return figures.period(value, self.say)

    def as_of(self, value: Day) -> str:
        """The state on a day: по состоянию на 1 июля 2019 года, 2019 жылғы 1 шілдедегі жағдай бойынша."""
        return figures.as_of(value, self.say)

    def region(self, region: str, period: Period | None = None) -> str:
        """The name of a unit, as of the period."""
        return self.register.name(region, self.lang, period)

    # ---- sheets

    def levels(self, key: str) -> tuple[str, ...]:
        """A column's heading, level by level, the spanning one first; an unknown key is its own heading."""
        return tuple(self.say(level) for level in HEADINGS[key]) if key in HEADINGS else (key,)

    def heading(self, key: str) -> str:
        """A column's own heading, the lowest level: `план`, where the level above says whose."""
        return self.levels(key)[-1]

    def measure(self, key: str) -> str:
        """The short name of a measure, for narrow tables and within sentences."""
        return self.say(MEASURES[key]) if key in MEASURES else key

    def title(self, name: str, period: Period | None = None) -> str:
        """The title of a return; that of `dynamics` names the period."""
        within = figures.period_within(period, self.say) if period is not None else ""
        return self.say(TITLES[name].text, period=within).strip(" ,")

    def sheet(self, name: str) -> str:
        """The name of a return's sheet: at most 31 letters, as a spreadsheet allows."""
        return self.say(TITLES[name].sheet)

    def status(self, code: str) -> str:
        """The word for a status, a severity, a verdict or the basis of a count."""
        return self.say(STATUSES[code]) if code in STATUSES else code

    def line(self, key: str, **given: object) -> str:
        """A fixed line of a form, by its key in `sheets.LINES`."""
        return self.say(LINES[key], **{name: self.fact(name, value) for name, value in given.items()})

    def reasons(self) -> tuple[str, ...]:
        """Reasons of non-execution, for a drop-down list."""
        return tuple(self.say(reason) for reason in NON_EXECUTION)
