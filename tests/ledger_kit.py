"""What the tests of the ledger are written with: an entry and a submission in a few words."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from budgettool.ledger import Ledger
from budgettool.period import Period
from budgettool.terms import Entry, Submission

MARCH = Period.of_month(2019, 3)


def entry(value: str | int = 100, region: str = "KZ-15", measure: str = "disbursement", period: Period = MARCH, **more: object) -> Entry:
    unit = "person" if measure == "recipients" else "KZT"
    said = {"unit": unit, "sheet": "Отчёт", "cell": "D2", "row": 2, "raw": str(value), "resolution": Decimal(1), **more}
    return Entry(measure=measure, period=period, value=Decimal(value), region=region, **said)  # type: ignore[arg-type]


def parcel(file: str, *entries: Entry) -> Submission:
    content = f"{file}{entries}".encode()
    return Submission(file, hashlib.sha256(content).hexdigest(), entries, content)


def values(ledger: Ledger) -> dict[tuple[str | None, str, str], Decimal]:
    return {(f.region, f.measure, str(f.period)): f.value for f in ledger.figures()}
