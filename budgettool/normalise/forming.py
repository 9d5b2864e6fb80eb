"""A file becomes the form that reads it again to the same entries: proven before anybody saves it.

The loosest form is tried first, the one that names headers alone, and each time that its reading differs from the
first one, more is pinned. Where even letters and rows do not read the file in the same way, there is no form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from budgettool.classification import Register
from budgettool.findings import Exit, Refusal
from budgettool.normalise import Hints, read_tables
from budgettool.normalise.table import Reader
from budgettool.read import read
from budgettool.read.sheet import Workbook
from budgettool.recognise import recognise
from budgettool.recognise.form import Form, parse, shipped
from budgettool.recognise.layout import Table
from budgettool.recognise.saved import Pinning, form_text
from budgettool.terms import Entry


def form_of(path: Path, name: str, hints: Hints, register: Register | None = None) -> str:
    """The text of the form of one file; raises Refusal `form-of-nothing` or `form-not-faithful`, exit 2.

    A file that was read with a form gives that form, under its new name.
    """
    register = register or Register.shipped()
    workbook = read(path, str(path)).workbook
    tables, _ = recognise(workbook, hints, register) if workbook else ([], [])
    if workbook is None or not tables:
        raise Refusal("form-of-nothing", Exit.USAGE, file=str(path))
    if tables[0].form is not None:
        return renamed(next(form for form in known_forms(hints) if form.name == tables[0].form), name)
    return formed(workbook, tables, name, Reader(str(path), hints, register))


def known_forms(hints: Hints) -> tuple[Form, ...]:
    """Every form that a file may have been read with, the one that was asked for first."""
    return (*([hints.form] if hints.form else []), *(hints.forms or ()), *shipped())


def renamed(form: Form, name: str) -> str:
    """A form's own text, with another name where it gives itself one."""
    lines = form.text.splitlines()
    top = next((number for number, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    said = f"name = {json.dumps(name, ensure_ascii=False)}"
    return "\n".join([*(said if re.match(r"\s*name\s*=", line) else line for line in lines[:top]), *lines[top:]]) + "\n"


def formed(workbook: Workbook, tables: Sequence[Table], name: str, reader: Reader) -> str:
    """The loosest form that reads these tables to the same entries."""
    wanted = read_tables(workbook, (tables, ()), reader).entries
    differing = None
    for pinning in Pinning:
        text = form_text(workbook, tables, name, reader.hints, pinning)
        found = _entries(workbook, text, reader)
        if found == wanted:
            return text
        differing = differing or next((one.cell for one, other in zip(wanted, found, strict=False) if one != other), None)
    facts = {"reason": differing} if differing else {}
    raise Refusal("form-not-faithful", Exit.USAGE, file=workbook.name, **facts)


def _entries(workbook: Workbook, text: str, reader: Reader) -> tuple[Entry, ...]:
    """What the form reads, without anything said beside the file."""
    alone = replace(reader, hints=Hints(form=parse(text, "form.toml")))
    tables, _ = recognise(workbook, alone.hints, reader.register)
    return read_tables(workbook, (tables, ()), alone).entries
