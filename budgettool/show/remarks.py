"""Findings as documents hold them, and as people read them: grouped by code, the gravest first, each with its place.

A group says its severity, its code (for `budgettool explain`) and how many there are; what to do stands
once where it is the same for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from budgettool.findings import Fact, Finding, Severity, catalogue
from budgettool.formats import Lines, on_one_line
from budgettool.show import Json, text

if TYPE_CHECKING:
    from budgettool.wording import Wording

MOST = 20
"""So many findings of one code are listed for people, unless more detail was asked for."""


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
    return tuple(_group(list(group), words, verbose=verbose) for _, group in groupby(found, key=lambda f: (f.grade, f.code)))


def _weight(finding: Finding) -> tuple[int, str, tuple[object, ...]]:
    return -finding.grade.rank, finding.code, tuple((at.file, at.sheet) for at in finding.at)


def _group(group: Sequence[Finding], words: Wording, *, verbose: bool) -> Lines:
    said = [words.sentence(finding) for finding in group]
    hints = {hint for _, hint in said if hint}
    shown = len(said) if verbose else MOST
    body: list[str] = []
    for finding, (message, hint) in list(zip(group, said, strict=True))[:shown]:
        body.append(f"  {_place(finding)}{on_one_line(message)}")
        if hint and len(hints) > 1:
            body.append(f"    {on_one_line(hint)}")
    if len(said) > shown:
        body.append("  " + words.text("and {number} more: -v lists them all", number=len(said) - shown))
    if len(hints) == 1:
        body.append(f"  → {on_one_line(hints.pop())}")
    count = sum(finding.count for finding in group)
    return Lines(tuple(body), title=f"{_severity(group[0].grade, words)}: {group[0].code} ({count})")


def _severity(grade: Severity, words: Wording) -> str:
    return words.status(grade.value)


def _place(finding: Finding) -> str:
    """The file and sheet of the first place; the cell is in the sentence."""
    if not finding.at or not finding.at[0].file:
        return ""
    at = finding.at[0]
    return on_one_line(f"{at.file} [{at.sheet}]" if at.sheet else at.file) + ": "
