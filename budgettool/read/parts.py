"""The small parts of an xlsx: which sheets it has and where they lie, its number formats, its epoch, its macros and links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from budgettool.read.archive import Archive, damaged, too_much
from budgettool.read.formats import BUILT_IN
from budgettool.read.tags import tags

_MOST_SHEETS = 2_000
_MOST = 100_000
"""Styles and relations; Excel itself writes at most 65,490 and 65,530."""

Relations = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet as the workbook lists it; `part` is in small letters."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What a workbook says of itself. `formats` are number formats by style, `indents` how far styles set a text in; `links`
    are other workbooks by their number in formulas.
    """

    sheets: tuple[Listed, ...]
    formats: tuple[str, ...]
    indents: dict[int, int]
    strings: str
    since_1904: bool
    recalculates: bool
    macros: bool
    links: tuple[str, ...]


def read_book(archive: Archive) -> Book:
    """Read the parts that say how the others are to be read; raises Stop where they are damaged."""
    part = _target(archive, "", "/officedocument") or "xl/workbook.xml"
    if part not in archive:
        raise damaged(archive.source)
    related = relations(archive, part)
    said = _said(archive, part)
    strings = next((target for kind, target in related.values() if kind.endswith("/sharedstrings")), "xl/sharedStrings.xml")
    styles = next((target for kind, target in related.values() if kind.endswith("/styles")), "xl/styles.xml")
    looks = _looks(archive, styles)
    return Book(
        tuple(_sheets(archive, said.sheets, related)),
        tuple(number_format for number_format, _ in looks),
        {style: indent for style, (_, indent) in enumerate(looks) if indent},
        strings,
        since_1904=_is_on(said.properties.get("date1904")),
        recalculates=_is_on(said.calculation.get("fullCalcOnLoad")),
        macros=any(name.endswith("vbaproject.bin") for name in archive.parts) or bool(archive.named("xl/macrosheets/")),
        links=tuple(_links(archive, said.links, related)),
    )


@dataclass(slots=True)
class _Said:
    """Attributes of the tags of a workbook that matter; the first of those that stand once."""

    sheets: list[dict[str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    calculation: dict[str, str] = field(default_factory=dict)


def _said(archive: Archive, part: str) -> _Said:
    found = _Said()
    for name, said in tags(archive, part, "sheet", "externalReference", "workbookPr", "calcPr"):
        if said is None:
            continue
        if name == "sheet":
            found.sheets.append(said)
        elif name == "externalReference":
            found.links.append(said)
        elif name == "workbookPr":
            found.properties = found.properties or said
        elif name == "calcPr":
            found.calculation = found.calculation or said
        if len(found.sheets) > _MOST_SHEETS or len(found.links) > _MOST:
            raise too_much(archive.source)
    return found


def relations(archive: Archive, part: str) -> Relations:
    """What a part refers to: kind (in small letters) and target by id; targets outside of the file stay as they are."""
    folder, name = posixpath.split(part)
    found: Relations = {}
    for _, said in tags(archive, posixpath.join(folder, "_rels", f"{name}.rels"), "Relationship"):
        if said is None:
            continue
        target = said.get("Target", "")
        if said.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
        found[said.get("Id", "")] = (said.get("Type", "").lower(), target)
        if len(found) > _MOST:
            raise too_much(archive.source)
    return found


def _target(archive: Archive, part: str, kind: str) -> str:
    return next((target for type_, target in relations(archive, part).values() if type_.endswith(kind)), "")


def _is_on(stated: str | None) -> bool:
    return (stated or "").lower() in ("1", "true", "on")


def _related(said: dict[str, str], related: Relations) -> tuple[str, str]:
    """What a tag refers to, by an attribute `id` of the namespace of relations, whatever its prefix."""
    key = next((value for name, value in said.items() if name.endswith(":id")), "")
    return related.get(key, ("", ""))


def _sheets(archive: Archive, listed: Iterable[dict[str, str]], related: Relations) -> Iterator[Listed]:
    """Worksheets in the order of their tabs; sheets of charts and dialogues hold no cells. A part is one sheet, or a small file grows without end."""
    seen: set[str] = set()
    for said in listed:
        kind, target = _related(said, related)
        if kind.endswith("/worksheet") and target in archive:
            if target.lower() in seen:
                raise too_much(archive.source)
            seen.add(target.lower())
            yield Listed(said.get("name", ""), target.lower(), said.get("state", "visible") != "visible")


def _looks(archive: Archive, part: str) -> list[tuple[str, int]]:
    """The number format and the indent of each style."""
    own: dict[str, str] = {}
    found: list[tuple[str, int]] = []
    within = False
    for name, said in tags(archive, part, "cellXfs", "numFmt", "xf", "alignment"):
        if name == "cellXfs":
            within = said is not None
        elif said is None:
            continue
        elif name == "numFmt":
            own.setdefault(said.get("numFmtId", ""), said.get("formatCode", ""))
        elif name == "xf" and within:
            found.append((said.get("numFmtId", "0"), 0))
        elif name == "alignment" and within and found:
            found[-1] = found[-1][0], _indent(said.get("indent", "0"))
        if len(found) > _MOST or len(own) > _MOST:
            raise too_much(archive.source)
    return [(own.get(key, BUILT_IN.get(key, "")), indent) for key, indent in found]


def _indent(stated: str) -> int:
    return int(stated) if stated.isdecimal() and len(stated) < 4 else 0


def _links(archive: Archive, listed: Iterable[dict[str, str]], related: Relations) -> Iterator[str]:
    """The names of other workbooks in the order in which formulas number them, from 1."""
    named: dict[str, str] = {}
    for said in listed:
        part = _related(said, related)[1]
        if part not in named:
            files = [target for kind, target in relations(archive, part).values() if "externallink" in kind]
            named[part] = re.split(r"[\\/]", unquote(files[0]))[-1] if files else ""
        yield named[part]
