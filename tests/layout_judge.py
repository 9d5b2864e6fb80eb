"""A made workbook is read, and what was read is judged against its facts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from budgettool.findings import Finding, Severity
from budgettool.normalise import FileReading, read_file
from budgettool.terms import Entry
from layout_files import WRITERS
from layout_kit import Case, Fact


@dataclass(frozen=True, slots=True)
class Verdict:
    """`right`: all facts and nothing else; `alarmed`: right, with an error found where there is none; `doubted`: right but for figures
    that can be read in two ways; `refused`: nothing wrong was read, and an error says that something was not; `wrong`: anything else."""

    verdict: str
    why: str
    missing: tuple[Fact, ...] = ()
    extra: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()


def judge(case: Case, folder: Path) -> Verdict:
    """Write a case, read it and judge the reading."""
    path = WRITERS[case.plan.file](case, folder)
    return judged(case, read_file(path))


def judged(case: Case, reading: FileReading) -> Verdict:
    want, have = Counter(case.facts), Counter(fact_of(entry) for entry in reading.entries)
    missing, extra = tuple(sorted((want - have).elements())), tuple(sorted((have - want).elements()))
    errors = [finding for finding in reading.findings if finding.grade is Severity.ERROR]
    codes = ",".join(sorted({finding.code for finding in errors}))
    if extra:
        return Verdict("wrong", f"extra; {codes}", missing, extra, reading.findings)
    if missing and case.doubtful and codes == "ambiguous-number":
        return Verdict("doubted", codes, missing, extra, reading.findings)
    if missing:
        said = bool(errors) or (not have and "no-table-found" in {f.code for f in reading.findings})
        return Verdict("refused" if said else "wrong", codes or "no error is found", missing, extra, reading.findings)
    return Verdict("alarmed" if errors and not case.doubtful else "right", codes, (), (), reading.findings)


def fact_of(entry: Entry) -> Fact:
    what = (entry.measure, entry.version or "", entry.provider or "", entry.value, entry.unit, entry.category or "")
    return Fact(entry.region or "", str(entry.period), entry.cumulative, *what)
