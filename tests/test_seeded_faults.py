"""Fifty months with faults put in at random: each is found where it was put, and nothing else is called an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgettool import check
from budgettool.findings import Finding, Severity
from budgettool.ledger import Ledger
from budgettool.normalise import read_file
from budgettool.read import inbox
from budgettool.settings import Settings
from samples.month import CODES, REGIONS, draw, month


def found_in(folder: Path, regions: tuple[str, ...]) -> list[tuple[Finding, str | None]]:
    """Everything that reading and checking say, each with the region that it is about."""
    found: list[tuple[Finding, str | None]] = []
    with Ledger.memory() as ledger:
        for path in inbox([folder]).files:
            reading = read_file(path)
            about = {entry.region for entry in reading.entries}
            found += [(finding, about.copy().pop() if len(about) == 1 else finding.region) for finding in reading.findings]
            ledger.post(reading.submission())
        with ledger.workbench(ledger.figures()) as bench:
            found += [(finding, finding.region) for finding in check.run(bench, settings=Settings(regions=regions))]
    return found


@pytest.mark.parametrize("seed", range(50))
def test_every_seeded_fault_is_found_and_no_other_error(seed: int, tmp_path: Path) -> None:
    made = month(seed, regions=6 + seed % 5)
    draw(made, tmp_path)
    found = found_in(tmp_path, tuple(truth.region for truth in made.truths))
    said = {(finding.code, region) for finding, region in found}
    for kind, region in made.faults:
        assert (CODES[kind], region) in said, (kind, region)
    wanted = {(CODES[kind], region) for kind, region in made.faults}
    errors = {(finding.code, region) for finding, region in found if finding.grade is Severity.ERROR}
    assert errors <= wanted


def test_all_regions_of_2023_can_be_drawn() -> None:
    assert len(REGIONS) == 20
    assert len(month(1).truths) == 20
