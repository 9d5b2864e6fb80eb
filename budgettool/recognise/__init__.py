"""Sheets become tables: where they stand, what each column measures, what is stated once for all rows.

Recognition is by vocabulary in Kazakh, Russian and English. It reads layout only: no figure is
computed here, and what is ambiguous is a finding that names the candidates, never a guess.
"""

from __future__ import annotations

from budgettool.classification import Register
from budgettool.findings import Finding, Place
from budgettool.read.sheet import Workbook
from budgettool.recognise.assembled import Given, tables_of
from budgettool.recognise.layout import Column, Context, Hints, Row, RowKind, Table
from budgettool.recognise.pinned import by_form

__all__ = ["Column", "Context", "Hints", "Row", "RowKind", "Table", "recognise"]


def recognise(workbook: Workbook, hints: Hints, register: Register) -> tuple[list[Table], list[Finding]]:
    """Every table of every visible sheet, in order, and what was found on the way: by a form where there is one, else by vocabulary."""
    if (pinned := by_form(workbook, hints, register)) is not None:
        return pinned
    tables: list[Table] = []
    findings: list[Finding] = []
    for sheet in workbook.sheets:
        found, said = tables_of(sheet, Given(workbook.name, hints, register))
        tables += found
        findings += said
    if not tables:
        findings.append(Finding("no-table-found", (Place(workbook.name),)))
    return tables, findings
