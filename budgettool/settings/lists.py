"""A user's own lists of regions and programmes: two csv files become a register, or it is said which line and column is wrong.

    id,name_en,name_ru,kind,aliases,valid_from,valid_to,predecessors
    XX,Freeland,Страна,country,Republic of Freeland;Freeland,,,
    XX-NO,Northern province,Северная провинция,region,North;N. prov.,,,

`id` is two capitals, a hyphen, and up to six capitals or digits; the same two letters alone are the country. A unit that
changed has one row a version, told apart by `unit`. One name in any language is enough; languages without one take the
next. Lists within a cell are parted by `;`. All of it is described in `docs/register.md`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from budgettool.classification import Country, Region, Register, names
from budgettool.classification.programmes import NONE, Programmes, programme
from budgettool.findings import Exit, Refusal
from budgettool.letters import plain, tidy
from budgettool.strict import nearest
from budgettool.terms import CURRENCY, Home

LANGUAGES = ("en", "ru", "kk")
NAMES = tuple(f"name_{lang}" for lang in LANGUAGES)
REGION_COLUMNS = ("id", "unit", "code", *NAMES, "kind", "valid_from", "valid_to", "predecessors", "aliases", "ambiguous")
PROGRAMME_COLUMNS = ("code", *NAMES, "aliases")
KINDS = ("region", "city", "country")
REFUSED = "register-not-read"

_ID = re.compile(r"([A-Z]{2})(-[A-Z0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of such a file, by column; `line` is its number in the file."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def listed(self, column: str) -> tuple[str, ...]:
        return tuple(part for text in self[column].split(";") if (part := tidy(text)))

    def refuse(self, column: str, reason: str) -> NoReturn:
        raise refusal(self.file, self.line, column, reason)

    def day(self, column: str) -> date | None:
        try:
            return date.fromisoformat(self[column]) if self[column] else None
        except ValueError:
            self.refuse(column, f"{self[column]!r} is no day: write it as 2018-06-19")

    def names(self) -> Mapping[str, str]:
        """Its names in all languages; one without a name takes the next that has one."""
        given = {lang: tidy(self[f"name_{lang}"]) for lang in LANGUAGES}
        some = next((name for name in given.values() if name), "")
        if not some:
            self.refuse(NAMES[0], "a name is missing: at least one of " + ", ".join(NAMES))
        return MappingProxyType({lang: name or some for lang, name in given.items()})


def refusal(file: str, line: int, column: str, reason: str) -> Refusal:
    """Wrong settings: exit code 2."""
    return Refusal(REFUSED, Exit.USAGE, file=file, line=line, column=column, reason=reason)


def rows(path: Path, known: Sequence[str], needed: str) -> list[Row]:
    """The lines of a csv file (comma, semicolon or tab) under the known columns; raises Refusal with line and column."""
    text = _text(path)
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=mark, strict=True)
    try:
        return list(_rows(str(path), reader, known, needed))
    except csv.Error as error:
        raise refusal(str(path), reader.line_num, "", str(error)) from error


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refusal(str(path), 1, "", "it is not UTF-8 text") from error
    except OSError as error:
        raise refusal(str(path), 1, "", "it can't be opened") from error


def _rows(file: str, reader: Iterator[list[str]], known: Sequence[str], needed: str) -> Iterator[Row]:
    header = [tidy(text).lower() for text in next(reader, [])]
    for column in header:
        if column not in known:
            raise refusal(file, 1, column, f"{column!r} is no column of this file{nearest(column, known)}")
    if needed not in header or len(set(header)) < len(header):
        raise refusal(file, 1, needed, f"the first line must name the columns, {needed!r} among them, each once")
    before = 1
    for cells in reader:
        line, before = before + 1, reader.line_num  # type: ignore[attr-defined]
        if any(cell.strip() for cell in cells):
            if len(cells) > len(header):
                raise refusal(file, line, "", f"there are {len(cells)} cells under {len(header)} columns")
            yield Row(file, line, dict(zip(header, (tidy(cell) for cell in cells), strict=False)))


# ---- regions


def regions(path: Path, *, country: str | None = None, currency: str | None = None, programmes: Programmes = NONE) -> Register:
    """The register of a user's file; `country` is the id that the settings give, else the two letters before each id."""
    listed = rows(path, REGION_COLUMNS, "id")
    if not listed:
        raise refusal(str(path), 1, "id", "there is not one region in it")
    home = Home(country or _country(listed[0]), currency or CURRENCY)
    whole = [row for row in listed if row["id"] == home.country]
    units = tuple(_region(row, home) for row in listed if row["id"] != home.country)
    _proven(listed, units, home)
    return Register.of(units, _whole(whole, home), programmes)


def _country(row: Row) -> str:
    match = _ID.fullmatch(row["id"])
    if match is None:
        row.refuse("id", f"{row['id']!r} is no id: two capitals, a hyphen, one to six capitals or digits, such as XX-NO")
    return match[1]


def _region(row: Row, home: Home) -> Region:
    if _country(row) != home.country:
        row.refuse("id", f"{row['id']!r} does not begin with the country's {home.country}")
    kind = row["kind"] or "region"
    if kind not in KINDS[:2]:
        row.refuse("kind", f"{kind!r} can't be the kind of {row['id']}{nearest(kind, KINDS[:2])}")
    first, last = row.day("valid_from"), row.day("valid_to")
    if first and last and last < first:
        row.refuse("valid_to", f"{last} lies before {first}")
    return Region(
        id=row["id"],
        unit=row["unit"] or row["id"],
        names=row.names(),
        kind=kind,
        valid_from=first,
        valid_to=last,
        predecessors=row.listed("predecessors"),
        aliases=row.listed("aliases"),
        ambiguous=row.listed("ambiguous"),
        code=row["code"],
    )


def _proven(listed: Sequence[Row], units: Sequence[Region], home: Home) -> None:
    """No version twice, no predecessor that is not there, no name of two regions at one time that is not marked as ambiguous."""
    lines = [row for row in listed if row["id"] != home.country]
    seen: dict[str, Row] = {}
    for row, unit in zip(lines, units, strict=True):
        if unit.unit in seen:
            row.refuse("unit" if row["unit"] else "id", f"{unit.unit!r} stands in line {seen[unit.unit].line} already; versions differ in 'unit'")
        seen[unit.unit] = row
    named: dict[str, Region] = {}
    for row, unit in zip(lines, units, strict=True):
        for before in unit.predecessors:
            if before not in seen:
                row.refuse("predecessors", f"{before!r} is no unit of this file{nearest(before, seen)}")
        for name in (*unit.names.values(), *unit.aliases):
            other = named.setdefault(names.key(name), unit)
            if other.id != unit.id and _together(unit, other) and name not in unit.ambiguous:
                row.refuse("aliases" if name in unit.aliases else "name_en", f"{name!r} is also a name of {other.id}")


def _together(one: Region, other: Region) -> bool:
    """Whether two units were there on one day."""
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)


def _whole(whole: Sequence[Row], home: Home) -> Country:
    """The country by its row; without one, by its id alone."""
    if len(whole) > 1:
        whole[1].refuse("id", f"the country stands in line {whole[0].line} already")
    if not whole:
        return Country(home, MappingProxyType(dict.fromkeys(LANGUAGES, home.country)), re.compile(re.escape(names.key(home.country))))
    (row,) = whole
    if row["kind"] not in ("", KINDS[2]):
        row.refuse("kind", f"the kind of {home.country} is {KINDS[2]!r}, not {row['kind']!r}")
    said = row.names()
    words = dict.fromkeys(names.key(name) for name in (home.country, *said.values(), *row.listed("aliases")))
    return Country(home, said, re.compile("|".join(re.escape(word) for word in words)))


# ---- programmes


def programmes(path: Path) -> Programmes:
    """The programmes of a user's file, by their full codes."""
    found: dict[str, Mapping[str, str]] = {}
    aliases: dict[str, str] = {}
    for row in rows(path, PROGRAMME_COLUMNS, "code"):
        code = programme(row["code"])
        if code is None:
            row.refuse("code", f"{row['code']!r} is no budget code: write its parts with dots, such as 256.018")
        if code in found:
            row.refuse("code", f"the programme {code} stands in an earlier line already")
        found[code] = row.names()
        for name in (*found[code].values(), *row.listed("aliases")):
            if aliases.setdefault(plain(name), code) != code:
                row.refuse("aliases", f"{name!r} is also a name of {aliases[plain(name)]}")
    return Programmes(MappingProxyType(found), MappingProxyType(aliases))
