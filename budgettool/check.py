"""Questions to the figures, one SQL file each in `checks/`, become findings; a folder of the user's own is asked as well.

A file begins with lines `-- code:`, `-- title:`, `-- why:`, `-- remedy:` and `-- severity:`, and is one SELECT in
SQLite's words. It asks a workbench, in memory and read-only, of

- `figure` (number, reporter, region, programme, funding, provider, measure, version, category, period_first, period_last,
  cumulative, unit, amount, resolution, entries, as_of, qualifier, submission), amounts in whole minor units,
- `place` (figure, file, sheet, cell), the cells behind a figure, and `region` (id, valid_from, valid_to),
- the relations of `checks/_relations.sql`: stated, told, whole, plan, since, flow,

with the parameters `:absolute` and `:relative` (what the settings allow two amounts to differ by, in minor units) and
`:regions` (those that should report, as JSON), `:country` and `:currency` (whose money it is: KZ, KZT). Each line of the answer is a finding: `region`, `period_first`, `period_last`,
`expected`, `actual` and `severity` are its fields, `figure` and `other` the numbers of the figures that it points at; every
other column is a fact. A column that ends in `_minor` is money, one that ends in `_list` several texts with `|` between them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from budgettool.findings import Exit, Fact, Finding, Place, Refusal, Severity
from budgettool.period import Period
from budgettool.reconcile import Wishes
from budgettool.terms import KAZAKHSTAN, Home
from budgettool.terms.money import from_minor, minor_units

_FIELDS = ("region", "period_first", "period_last", "expected", "actual", "severity", "figure", "other")
_MINOR = "_minor"
_LIST = "_list"
_MOST_PLACES = 5


class Answer(Protocol):
    """The lines that a question gave."""

    @property
    def description(self) -> Any: ...
    def fetchall(self) -> Sequence[Sequence[Any]]: ...


class Workbench(Protocol):
    """What is asked: a connection to the tables above."""

    def execute(self, sql: str, parameters: Mapping[str, object], /) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Check:
    """One question: its code, texts and severity as its file says, and its SQL."""

    name: str
    code: str
    title: str
    why: str
    remedy: str
    severity: Severity
    sql: str


@cache
def shipped() -> tuple[Check, ...]:
    """The checks of this program, by name."""
    drawer = files("budgettool.checks")
    texts = {each.name: each.read_text("utf-8") for each in drawer.iterdir() if each.name.endswith(".sql") and not each.name.startswith("_")}
    return tuple(parsed(name, texts[name]) for name in sorted(texts))


def of_folder(folder: Path) -> tuple[Check, ...]:
    """The user's own checks, `*.sql` in a folder; none where there is no such folder."""
    return tuple(parsed(path.name, path.read_text("utf-8")) for path in sorted(folder.glob("*.sql")))


def parsed(name: str, text: str) -> Check:
    """A check from its file; Refusal `check-not-read` where its header lacks a line or names an unknown severity."""
    header = dict(_header(text))
    if missing := [key for key in ("code", "title", "severity") if not header.get(key)]:
        raise Refusal("check-not-read", Exit.USAGE, file=name, reason=", ".join(f"-- {key}:" for key in missing))
    if header["severity"] not in list(Severity):
        raise Refusal("check-not-read", Exit.USAGE, file=name, reason=header["severity"])
    texts = (header["title"], header.get("why", ""), header.get("remedy", ""))
    return Check(name, header["code"], *texts, Severity(header["severity"]), text.strip().rstrip(";"))


def _header(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if not line.startswith("--"):
            return
        key, colon, value = line.removeprefix("--").strip().partition(":")
        if colon and key in ("code", "title", "why", "remedy", "severity"):
            yield key, value.strip()


def run(workbench: Workbench, *, settings: Wishes, own: Iterable[Check] = (), home: Home = KAZAKHSTAN) -> list[Finding]:
    """What the shipped checks, then the user's own, find on the workbench, in the order of the checks and their lines."""
    return [finding for check in (*shipped(), *own) for finding in ask(workbench, check, settings, home)]


def ask(workbench: Workbench, check: Check, settings: Wishes, home: Home = KAZAKHSTAN) -> list[Finding]:
    """What one check finds; Refusal `check-not-run` where the engine can't answer its SQL."""
    try:
        answer = workbench.execute(f"WITH {_relations()}\nSELECT * FROM (\n{check.sql}\n)", _parameters(settings, home))
        names = [str(column[0]) for column in answer.description]
        lines = [dict(zip(names, line, strict=True)) for line in answer.fetchall()]
    except Exception as fault:  # the engine is not known here, so neither are its errors
        raise Refusal("check-not-run", Exit.USAGE, file=check.name, reason=str(fault)) from fault
    places = _Places(workbench)
    return [_finding(check, line, places, home.currency) for line in lines]


@cache
def _relations() -> str:
    return files("budgettool.checks").joinpath("_relations.sql").read_text("utf-8")


def _parameters(settings: Wishes, home: Home) -> dict[str, object]:
    limit = settings.tolerances.get(home.currency)
    absolute = int(limit.absolute * minor_units(home.currency)) if limit is not None and limit.absolute else 0
    relative = float(limit.relative) if limit is not None and limit.relative else 0.0
    about = {"regions": json.dumps(settings.regions), "country": home.country, "currency": home.currency}
    return {"absolute": absolute, "relative": relative, **about}


@dataclass(frozen=True, slots=True)
class _Places:
    """The cells behind figures, looked up by number."""

    workbench: Workbench

    def of(self, figures: Iterable[int]) -> tuple[Place, ...]:
        found: dict[Place, None] = {}
        for figure in figures:
            answer = self.workbench.execute("SELECT file, sheet, cell FROM place WHERE figure = :figure", {"figure": figure})
            found |= dict.fromkeys(Place(file, sheet, cell) for file, sheet, cell in answer.fetchall())
        return tuple(found)[:_MOST_PLACES]


def _finding(check: Check, line: Mapping[str, Any], places: _Places, currency: str) -> Finding:
    unit = str(line.get("unit") or currency)
    said = {name.removesuffix(_MINOR).removesuffix(_LIST): _fact(name, value, unit) for name, value in line.items() if value is not None}
    facts = tuple((name, fact) for name, fact in said.items() if name not in _FIELDS and fact is not None)
    first, last = line.get("period_first"), line.get("period_last")
    return Finding(
        check.code,
        places.of(number for number in (line.get("figure"), line.get("other")) if number is not None),
        Severity(line["severity"]) if line.get("severity") else check.severity,
        line.get("region"),
        Period(date.fromisoformat(first), date.fromisoformat(last)) if first and last else None,
        said.get("expected"),
        said.get("actual"),
        facts,
    )


def _fact(name: str, value: Any, unit: str) -> Fact:
    """A column's value as a fact: money exact, whole numbers and texts as they are."""
    if name.endswith(_MINOR):
        return from_minor(math.floor(value), unit)
    if name.endswith(_LIST):
        return tuple(part for part in str(value).split("|") if part)
    return value if isinstance(value, int | str) else Decimal(str(value))
