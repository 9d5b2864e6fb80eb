"""Findings as documents hold them, and as people read them: grouped by code, the gravest first, each with its place.

A group says its severity, its code (for `budgettool explain`) and how many there are; what to do stands
once where it is the same for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from budgettool.findings import Fact, Finding, Severity, catalogue
from budgettool.formats import Lines, Page, Table, on_one_line
from budgettool.show import Json, text

if TYPE_CHECKING:
    from budgettool.wording import Wording

MOST = 20
"""So many findings of one code are listed for people, unless more detail was asked for."""
MOST_INFOS = 3
"""The same of what is only for information."""


def page(
    document: Json,
    blocks: Iterable[Table | Lines],
    words: Wording,
    *,
    found: Iterable[Finding] = (),
    verbose: bool = False,
    data: Table | None = None,
) -> Page:
    """A page in the language of these words, with its findings for people below."""
    listed = unique(found)
    return Page(document, tuple(blocks), words.lang, listed, lines(listed, words, verbose=verbose), data)


def unique(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without repetition, in the order in which they were found."""
    return tuple({finding.id: finding for finding in findings}.values())


def documents(findings: Iterable[Finding], words: Wording) -> list[Json]:
    """The findings as a document lists them."""
    return [document(finding, words) for finding in unique(findings)]


def document(finding: Finding, words: Wording) -> Json:
    """One finding with its sentence in the language that was asked for."""
    message, hint = words.sentence(finding)
    return {
        "id": finding.id,
        "code": finding.code,
        "family": family(finding),
        "severity": finding.grade.value,
        "message": message,
        "hint": hint,
        "at": [{"file": at.file or None, "sheet": at.sheet or None, "cell": at.cell or None} for at in finding.at],
        "region": finding.region,
        "period": text(finding.period),
        "expected": fact(finding.expected),
        "actual": fact(finding.actual),
        "count": finding.count,
    }


def family(finding: Finding) -> str:
    """The family of a finding; a user's own check has a code that no catalogue knows."""
    return catalogue()[finding.code]["family"] if finding.code in catalogue() else "own"


def fact(value: Fact | None) -> str | None:
    """A fact as text: figures without an exponent, several texts joined."""
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:f}" if hasattr(value, "as_tuple") else text(value)


def lines(findings: Iterable[Finding], words: Wording, *, verbose: bool = False) -> tuple[Lines, ...]:
    """The findings for people: one block a code, the gravest first."""
    found = sorted(unique(findings), key=_weight)
    named = len({at.file for finding in found for at in finding.at}) > 1 or any(finding.code == "row-held" for finding in found)
    groups = groupby(found, key=lambda finding: (finding.grade, finding.code))
    return tuple(_group(list(group), words, named=named, verbose=verbose) for _, group in groups)


def _weight(finding: Finding) -> tuple[int, str, tuple[object, ...]]:
    return -finding.grade.rank, finding.code, tuple((at.file, at.sheet) for at in finding.at)


def _group(group: Sequence[Finding], words: Wording, *, named: bool, verbose: bool) -> Lines:
    shown = group if verbose else group[: MOST_INFOS if group[0].grade is Severity.INFO else MOST]
    said = [words.sentence(finding) for finding in shown]
    hints = {hint for _, hint in said if hint}
    body: list[str] = []
    for finding, (message, hint) in zip(shown, said, strict=True):
        body.append(f"  {_file(finding) if named else ''}{on_one_line(message)}")
        if hint and len(hints) > 1:
            body.append(f"    {on_one_line(hint)}")
    if len(group) > len(shown):
        body.append("  " + words.text("and {number} more: -v lists them all", number=len(group) - len(shown)))
    if len(hints) == 1:
        body.append(f"  → {on_one_line(hints.pop())}")
    count = sum(finding.count for finding in group)
    return Lines(tuple(body), title=f"{_severity(group[0].grade, words)}: {group[0].code} ({count})")


def _severity(grade: Severity, words: Wording) -> str:
    return words.status(grade.value)


def _file(finding: Finding) -> str:
    """The file of the first place, where the sentence names a cell or sheet and therefore not the file."""
    if not finding.at or not finding.at[0].file or not (finding.at[0].sheet or finding.at[0].cell):
        return ""
    return on_one_line(finding.at[0].file) + ": "
