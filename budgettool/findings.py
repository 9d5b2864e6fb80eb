"""What was found in the data, and what was refused by the machine or the ledger: codes and facts, no sentences.

A finding is a value: its code says what kind of trouble, its places say where, its facts say the
numbers. `wording` makes the sentence. The catalogue of codes with family, severity and all texts is
`reference/findings.toml`; nothing is raised about the data. A `Refusal` is about the machine or the
ledger (locked, damaged, closed, unwritable, wrong settings) and carries its exit code.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from budgettool.period import Period
from budgettool.terms.place import Place as Place  # noqa: PLC0414 (findings speak of places, and callers take both from here)

Fact: TypeAlias = str | int | Decimal | date | Period | tuple[str, ...]


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        return ("info", "warning", "error").index(self.value)


class Exit(IntEnum):
    """Exit codes; where several apply, the first in the order 4, 5, 2, 3, 1, 0."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    LEDGER = 4
    REFUSED = 5
    BUG = 70


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact about the data. `expected` and `actual` are exact figures or texts; `facts` feed the sentence by name."""

    code: str
    at: tuple[Place, ...] = ()
    severity: Severity | None = None
    region: str | None = None
    period: Period | None = None
    expected: Fact | None = None
    actual: Fact | None = None
    facts: tuple[tuple[str, Fact], ...] = ()
    count: int = 1

    @property
    def grade(self) -> Severity:
        """Its severity: its own where given, else that of its code."""
        return self.severity or Severity(catalogue()[self.code]["severity"])

    @property
    def family(self) -> str:
        return catalogue()[self.code]["family"]

    @property
    def id(self) -> str:
        """A stable name: a digest of code, place and facts, 12 hexadecimal digits."""
        said = [self.code, [[p.file, p.sheet, p.cell] for p in self.at], self.region, str(self.period or "")]
        said += [str(self.expected), str(self.actual), [[name, str(fact)] for name, fact in self.facts]]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:12]


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every code with `family`, `severity`, `message`, `hint`, `why` and `example`, in English, from `reference/findings.toml`."""
    text = files("budgettool.reference").joinpath("findings.toml").read_text("utf-8")
    return tomllib.loads(text)


class Refusal(Exception):
    """The machine or the ledger says no: `code` and facts for the sentence, and the exit code."""

    def __init__(self, code: str, exit_code: Exit, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.exit_code = exit_code
        self.facts = tuple(sorted(facts.items()))


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among them, or None where there are none."""
    return max((finding.grade for finding in findings), key=lambda grade: grade.rank, default=None)
