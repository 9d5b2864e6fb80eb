"""A finding becomes place – fact – figure – what to do; a refusal becomes one text.

    Лист «Отчет», ячейка F20: итог – 1 234,6, сумма строк – 1 234,1, расхождение – 0,5.
    Регион: Актюбинская область, январь–июль 2023 года. Перечислено – 12 500, поступило – 12 350, …

A place in the file leads where there is one, with region and period in brackets; a finding about the
ledger's figures, which stand in many cells, leads with its region and period.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from budgettool.findings import Finding, Refusal, catalogue
from budgettool.wording import places
from budgettool.wording.facts import AS_WRITTEN
from budgettool.wording.template import Filled, fill
from budgettool.wording.words import FACTS, JOINS, PLACES

if TYPE_CHECKING:
    from budgettool.wording import Wording

_MAKES_NO_SENTENCE = {"message": "", "hint": ""}


def of_finding(finding: Finding, words: Wording) -> tuple[str, str]:
    """The message with its place, and the hint; a code that the catalogue lacks is said by its own words."""
    entry = catalogue().get(finding.code, _MAKES_NO_SENTENCE)
    facts = _facts(finding)
    filled = fill(words.translated(entry["message"]) or finding.code.replace("-", " "), facts, words.fact)
    message = _led(_lead(finding, filled.said, words), _with_the_rest(filled, facts, words), filled)
    return _ended(message), fill(words.translated(entry["hint"]), facts, words.fact).text


def of_refusal(refusal: Refusal, words: Wording) -> str:
    """The message and the hint."""
    entry = catalogue().get(refusal.code, _MAKES_NO_SENTENCE)
    facts: dict[str, object] = dict(refusal.facts)
    filled = fill(words.translated(entry["message"]) or refusal.code.replace("-", " "), facts, words.fact)
    body = _led("", _with_the_rest(filled, facts, words), filled)
    hint = fill(words.translated(entry["hint"]), facts, words.fact).text
    return f"{_ended(body)} {hint}".strip()


def _facts(finding: Finding) -> dict[str, object]:
    """All that a template may name: the finding's facts, its two figures and their difference, region, period, first place."""
    place = finding.at[0] if finding.at else None
    facts: dict[str, object] = {"file": place.file, "sheet": place.sheet, "cell": place.cell} if place else {}
    facts |= {"expected": finding.expected, "actual": finding.actual, "region": finding.region, "period": finding.period}
    facts |= {"count": finding.count} if finding.count > 1 else {}
    facts |= dict(finding.facts)
    expected, actual = facts["expected"], facts["actual"]
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        facts.setdefault("difference", abs(actual - expected))
    return facts


def _with_the_rest(filled: Filled, facts: Mapping[str, object], words: Wording) -> str:
    """The text with what the template left out: the two figures, and other facts that have a label and are not said yet."""
    rest = []
    for name, label in FACTS.items():
        value = facts.get(name)
        if name in filled.said or value in (None, "", ()):
            continue
        printed = words.fact(name, value)
        if printed not in filled.text:
            rest.append(words.say(JOINS["labelled"], label=words.say(label), fact=printed))
    return f"{filled.text} ({'; '.join(rest)})" if rest else filled.text


def _lead(finding: Finding, said: frozenset[str], words: Wording) -> str:
    """Where: a place with a colon, or region and period as a sentence of their own; empty where nothing is known."""
    subject = _subject(finding, said, words)
    place = places.phrase(finding.at, words.say)
    many = len(finding.at) > places.SHOWN or len({at.file for at in finding.at}) > 1
    if subject and (not place or many or not finding.at[0].cell):
        region = finding.region and "region" not in said
        return (words.say(PLACES["region"], region=subject) if region else subject) + ". "
    if not place:
        return ""
    return f"{place} ({subject}): " if subject else f"{place}: "


def _subject(finding: Finding, said: frozenset[str], words: Wording) -> str:
    """Region, programme, provider and period, as far as they are known and the message does not say them."""
    facts = dict(finding.facts)
    parts = [words.region(finding.region, finding.period)] if finding.region and "region" not in said else []
    parts += [words.fact(name, facts[name]) for name in ("programme", "provider") if facts.get(name) and name not in said]
    parts += [words.period(finding.period)] if finding.period and "period" not in said else []
    return ", ".join(parts)


def _led(lead: str, body: str, filled: Filled) -> str:
    """The body behind its lead: a capital where it begins a sentence, unless it begins with a file's name or another text as written."""
    begins = lead.endswith(". ") or not lead
    return _capital(lead) + (_capital(body) if begins and filled.first not in AS_WRITTEN else body)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
