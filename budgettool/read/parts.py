"""The small parts of an xlsx: which sheets it has and where they lie, its number formats, its epoch, its macros and links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, fromstring

from budgettool.read.archive import Archive, damaged
from budgettool.read.formats import BUILT_IN


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet as the workbook lists it; `part` is in small letters."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What a workbook says of itself. `formats` are number formats by style; `links` other workbooks by their number in formulas."""

    sheets: tuple[Listed, ...]
    formats: tuple[str, ...]
    strings: str
    since_1904: bool
    recalculates: bool
    macros: bool
    links: tuple[str, ...]
    exact: bool


def read_book(archive: Archive) -> Book:
    """Read the parts that say how the others are to be read; raises Stop where they are damaged."""
    part = _target(archive, "", "/officedocument") or "xl/workbook.xml"
    tree = parsed(archive, part)
    related = relations(archive, part)
    targets = {key: target for key, (_, target) in related.items()}
    listed = tuple(_sheets(archive, tree, related))
    strings = next((target for kind, target in related.values() if kind.endswith("/sharedstrings")), "xl/sharedStrings.xml")
    styles = next((target for kind, target in related.values() if kind.endswith("/styles")), "xl/styles.xml")
    properties = next((e for e in tree.iter() if local(e) == "workbookPr"), None)
    calculation = next((e for e in tree.iter() if local(e) == "calcPr"), None)
    names = set(archive.file.namelist())
    return Book(
        listed,
        tuple(_formats(archive, styles)),
        strings,
        since_1904=_is_on(properties, "date1904"),
        recalculates=_is_on(calculation, "fullCalcOnLoad"),
        macros=any(name.endswith("vbaproject.bin") for name in archive.parts) or bool(archive.named("xl/macrosheets/")),
        links=tuple(_links(archive, tree, targets)),
        exact=all(target in names for kind, target in related.values() if kind.endswith(("/worksheet", "/sharedstrings", "/styles"))),
    )


def local(element: Element) -> str:
    """The name of an element without its namespace, since strict and transitional files differ in nothing else."""
    return element.tag.rpartition("}")[2]


def parsed(archive: Archive, part: str) -> Element:
    try:
        return fromstring(archive.read(part))
    except ParseError as error:
        raise damaged(archive.source) from error


def relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: kind (in small letters) and target by id; targets outside of the file stay as they are."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive:
        return {}
    found = {}
    for element in parsed(archive, path):
        target = element.get("Target", "")
        if element.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
        found[element.get("Id", "")] = (element.get("Type", "").lower(), target)
    return found


def _target(archive: Archive, part: str, kind: str) -> str:
    return next((target for type_, target in relations(archive, part).values() if type_.endswith(kind)), "")


def _is_on(element: Element | None, name: str) -> bool:
    return element is not None and element.get(name, "").lower() in ("1", "true", "on")


def _sheets(archive: Archive, tree: Element, related: dict[str, tuple[str, str]]) -> Iterator[Listed]:
    """Worksheets in the order of their tabs; sheets of charts and dialogues hold no cells."""
    for element in tree.iter():
        if local(element) != "sheet":
            continue
        key = next((value for name, value in element.attrib.items() if name.endswith("}id") or name == "r:id"), "")
        kind, target = related.get(key, ("", ""))
        if kind.endswith("/worksheet") and target in archive:
            yield Listed(element.get("name", ""), target.lower(), element.get("state", "visible") != "visible")


def _formats(archive: Archive, part: str) -> Iterator[str]:
    if part not in archive:
        return
    tree = parsed(archive, part)
    own = {e.get("numFmtId", ""): e.get("formatCode", "") for e in tree.iter() if local(e) == "numFmt"}
    for cells in (e for e in tree if local(e) == "cellXfs"):
        for element in cells:
            key = element.get("numFmtId", "0")
            yield own.get(key, BUILT_IN.get(key, ""))


def _links(archive: Archive, tree: Element, targets: dict[str, str]) -> Iterator[str]:
    """The names of other workbooks in the order in which formulas number them, from 1."""
    for element in tree.iter():
        if local(element) != "externalReference":
            continue
        key = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
        files = [target for kind, target in relations(archive, targets.get(key, "")).values() if "externallink" in kind]
        yield re.split(r"[\\/]", unquote(files[0]))[-1] if files else ""
