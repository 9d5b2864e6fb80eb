"""Whose file it is: the form of a sender's last file is remembered, and offered for the next one.

    Акмола_июнь_2023.xlsx, read with form "akmola"  ->  Акмола_июль_2023.xlsx comes from the same sender

A file is known by who states it, else by the one region that it is about, else by its name without digits and months.
Two files are compared by the first of these that both have. Nothing is applied here: the form is told by name.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from pathlib import PurePath

from budgettool.ledger.rows import plain_or_none
from budgettool.letters import plain
from budgettool.period.written import find_periods

_REST = re.compile(r"[\W\d_]+")
_COMMON = re.compile(r"\b(?:final|copy|new|report|of|for|v|копия|новый|исправленный|отчет|форма|за|на|год|года|есеп|есебі|жыл|жылғы)\b")
"""Words in names of files that say nothing of who sent them."""


@dataclass(frozen=True, slots=True)
class Sender:
    """By what a file's sender is known: `reporter` and the one `region` where it states them, and the file's name."""

    file: str
    reporter: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """The form of a sender's last file, and that file."""

    form: str
    file: str


def last_form(connection: sqlite3.Connection, sender: Sender) -> Remembered | None:
    """The form that the last submission of this sender was read with, voided ones left out; None where that one had none."""
    asked = (
        "SELECT r.number, r.file, r.reporter, r.form FROM record r WHERE r.kind = 'submission'"
        " AND r.number NOT IN (SELECT target FROM record WHERE kind = 'voiding') ORDER BY r.number DESC"
    )
    if connection.execute("SELECT 1 FROM record WHERE form IS NOT NULL LIMIT 1").fetchone() is None:
        return None
    regions = _regions(connection) if sender.region else {}
    for number, file, reporter, form in connection.execute(asked).fetchall():
        if is_same(sender, Sender(file, reporter, regions.get(number))):
            return Remembered(form, file) if form else None
    return None


def is_same(one: Sender, other: Sender) -> bool:
    """Whether two files come from the same sender, by the first thing that both state."""
    if one.reporter and other.reporter:
        return plain_or_none(one.reporter) == plain_or_none(other.reporter)
    if one.region and other.region:
        return one.region == other.region
    name = name_of(one.file)
    return bool(name) and name == name_of(other.file)


def name_of(file: str) -> str:
    """A file's name without its folder, ending, digits and months: `Акмола_июнь_2023 (1).xlsx` is `акмола`."""
    text = plain(re.split(r"[/\\]", file)[-1])
    text = plain(PurePath(text).stem.replace("_", " "))
    for found in reversed(find_periods(text, year=2000)):
        text = text[: found.start] + " " + text[found.end :]
    return " ".join(_COMMON.sub(" ", _REST.sub(" ", text)).split())


def _regions(connection: sqlite3.Connection) -> dict[int, str]:
    """The region of each submission that is about one alone."""
    asked = "SELECT e.submission, MIN(s.region), MAX(s.region) FROM entry e JOIN slice s ON s.number = e.slice GROUP BY e.submission"
    return {number: first for number, first, last in connection.execute(asked) if first is not None and first == last}
