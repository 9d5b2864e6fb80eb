"""The demonstration as a page: each step with the words to type and its tables, and where the workbook lies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from budgettool.formats import Lines, Page, Table
from budgettool.show import Json, remarks, schema

if TYPE_CHECKING:
    from budgettool.wording import Wording


def page(folder: Path, workbook: Path, steps: Sequence[tuple[str, Page]], words: Wording) -> Page:
    """The page of all steps; their findings stand together at the end."""
    found = remarks.unique(finding for _, step in steps for finding in step.found)
    document: Json = {
        "schema": schema("demo"),
        "folder": str(folder),
        "workbook": str(workbook),
        "steps": [{"command": f"budgettool {said}", "findings": len(step.found)} for said, step in steps],
        "findings": remarks.documents(found, words),
    }
    blocks: list[Table | Lines] = []
    for said, step in steps:
        blocks += [Lines((), title=f"$ budgettool {said}"), *step.blocks]
    last = words.text("The workbook is {file}; the ledger is in {folder}.", file=str(workbook), folder=str(folder))
    invented = words.text("The regional split of these figures is invented; the published totals are real.")
    # where the workbook lies is the last word, after what was found
    return Page(document, (*blocks, *remarks.lines(found, words), Lines((invented, last))), words.lang, found)
