"""What the tests of reconcile are written with: figures in a few words, a register of a dozen regions, settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from budgettool.findings import Finding
from budgettool.period import Period
from budgettool.reconcile import Query, Reconciliation, reconcile
from budgettool.terms import Home
from budgettool.terms.figure import Figure
from budgettool.terms.place import Place

PEOPLE = ("recipients",)


def figure(period: str, measure: str, value: str | int, region: str | None = "KZ-15", **other: object) -> Figure:
    """A figure; "2019-01..2019-03 cumulative" counts since January, "allocation.revised" is a version."""
    name, _, version = measure.partition(".")
    span = Period.parse(period.removesuffix(" cumulative"))
    people = name in PEOPLE
    fields: dict[str, object] = {
        "reporter": region,
        "programme": None,
        "funding": None,
        "provider": None,
        "category": None,
        "unit": "person" if people else "KZT",
        "resolution": Decimal(1) if people else Decimal("0.01"),
        "submission": 1,
        "places": (Place("file.xlsx", "Sheet", f"{measure} {period}"),),
        **other,
    }
    return Figure(
        region=region,
        measure=name,
        version=version or None,
        period=span,
        cumulative=period.endswith(" cumulative"),
        value=Decimal(value),
        **fields,  # type: ignore[arg-type]
    )


UNITS: Mapping[str, tuple[date, date]] = {
    "KZ-15": (date.min, date.max),
    "KZ-19": (date.min, date.max),
    "KZ-35": (date.min, date.max),
    "KZ-39": (date.min, date.max),
    "KZ-43": (date.min, date.max),
    "KZ-51": (date.min, date(2018, 6, 18)),
    "KZ-55": (date.min, date.max),
    "KZ-59": (date.min, date.max),
    "KZ-61": (date(2018, 6, 19), date.max),
    "KZ-71": (date.min, date.max),
    "KZ-79": (date(2018, 6, 19), date.max),
}
SOUTH = ("KZ-51", "KZ-61", "KZ-79")


class Register:
    """A register with one reform, South Kazakhstan's of 19 June 2018."""

    home = Home()

    def order(self, region: str) -> int:
        return list(UNITS).index(region) if region in UNITS else -1

    def existed(self, region: str, period: Period) -> bool:
        first, last = UNITS.get(region, (date.min, date.max))
        return first <= period.last and period.first <= last

    def territories(self, regions: Iterable[str], span: Period) -> dict[str, tuple[str, ...]]:
        reformed = date(2018, 6, 19) in span and span.first < date(2018, 6, 19)
        return {
            ("KZ-61" if reformed and region in SOUTH else region): (SOUTH if reformed and region in SOUTH else (region,))
            for region in regions
        }


@dataclass(frozen=True)
class Tolerance:
    absolute: Decimal = Decimal(0)
    relative: Decimal = Decimal(0)


@dataclass(frozen=True)
class Settings:
    expected: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    tolerances: Mapping[str, Tolerance] = field(default_factory=dict)


def ask(figures: Iterable[Figure], period: str, *by: str, territory: str = "comparable", settings: Settings | None = None) -> Reconciliation:
    query = Query(Period.parse(period), by or ("region",), territory)
    return reconcile(figures, query, register=Register(), settings=settings or Settings())


def codes(findings: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def fact(finding: Finding, name: str) -> object:
    return dict(finding.facts)[name]
