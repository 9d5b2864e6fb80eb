"""`--form NAME|FILE.toml` becomes a form: a file, one of the ledger's own in its `forms/` folder, or a shipped one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.commands._sources import Gathered
    from budgettool.findings import Finding
    from budgettool.ledger import Ledger
    from budgettool.normalise import FileReading
    from budgettool.recognise import Hints
    from budgettool.recognise.form import Form

FOLDER = "forms"
HEADINGS = "none"
"""The name that asks for no form at all, so that tables are read by their headings."""


def own(folder: Path | None) -> tuple[Form, ...]:
    """The forms of a folder with a ledger or settings."""
    from budgettool.recognise.form import in_folder

    return in_folder(folder / FOLDER) if folder else ()


def named(text: str, forms: tuple[Form, ...]) -> Form:
    """The form that is meant; wrong usage, with the nearest names, where there is none."""
    from difflib import get_close_matches

    from budgettool.findings import Exit, Refusal
    from budgettool.recognise.form import load, shipped

    if text.endswith(".toml") or "/" in text or "\\" in text:
        if not Path(text).is_file():
            raise click.BadParameter(f"there is no file {text}", param_hint="--form")
        return load(Path(text))
    known = {form.name: form for form in (*shipped(), *forms)}
    if text not in known:
        near = get_close_matches(text, known, n=3, cutoff=0.4) or sorted(known)
        raise Refusal("unknown-form", Exit.USAGE, name=text, candidates=tuple(near))
    return known[text]


def used(reading: FileReading, hints: Hints) -> Form | None:
    """The form that a file was read with; None where it was read by its headings."""
    from budgettool.normalise.forming import known_forms

    names = {table.form for table in reading.tables}
    return next((form for form in known_forms(hints) if form.name in names), None)


def offering(gathered: Gathered, options: Options) -> Gathered:
    """The same files, each with the form that its sender's last file was read with, where it was read without one."""
    from contextlib import suppress

    from budgettool.findings import Refusal
    from budgettool.ledger import Ledger

    folder = options.ledger or Ledger.find(Path.cwd())
    if folder is None:
        return gathered
    with suppress(Refusal), Ledger.open(folder) as ledger:  # what would be read does not depend on the ledger
        return replace(gathered, readings=tuple(offered(reading, ledger) for reading in gathered.readings))
    return gathered


def offered(reading: FileReading, ledger: Ledger) -> FileReading:
    """A file with the form of its sender's last one said beside it, unless it was read with a form itself."""
    from budgettool.findings import Finding, Place
    from budgettool.ledger import Sender

    if any(table.form for table in reading.tables) or any(finding.code in _JUDGED for finding in reading.findings):
        return reading
    regions = {entry.region for entry in reading.entries}
    region = regions.pop() if len(regions) == 1 else None
    known = ledger.form_of(Sender(reading.file, reading.submission().reporter, region))
    if known is None:
        return reading
    said = Finding("form-known", (Place(reading.file),), facts=(("form", known.form), ("other_file", known.file)))
    return replace(reading, findings=(*reading.findings, said))


_JUDGED = frozenset({"form-does-not-fit", "several-forms-fit"})


def kept(form: Form | None, folder: Path | None) -> list[Finding]:
    """Keep a copy of a form that is not shipped in the ledger's folder; one of the same name that says something else stays, and that is said."""
    from budgettool.findings import Exit, Finding, Place, Refusal
    from budgettool.recognise.form import shipped

    if form is None or folder is None or form in shipped():
        return []
    path = folder / FOLDER / f"{form.name}.toml"
    try:
        if path.is_file():
            same = path.read_text("utf-8-sig") == form.text
            return [] if same else [Finding("form-of-same-name", (Place(str(path)),), facts=(("form", form.name),))]
        path.parent.mkdir(exist_ok=True)
        path.write_text(form.text, "utf-8", newline="\n")
    except OSError as error:
        raise Refusal("ledger-not-writable", Exit.LEDGER, folder=str(folder), reason=error.strerror or "it can't be written") from error
    return []
