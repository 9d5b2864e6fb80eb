"""`budgettool.toml`: what a ledger's keeper has decided, read strictly, so that a slip of the pen is said and not overlooked.

Every key is optional. An unknown key, a wrong type or a value outside of its choices is refused with the
file and the line; nothing is taken silently for something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from budgettool.classification import Register, programme
from budgettool.classification.programmes import NONE
from budgettool.findings import Exit, Refusal
from budgettool.period import Period
from budgettool.settings import lists
from budgettool.strict import Keyed, parsed
from budgettool.terms import COUNTRY, CURRENCY, MEASURES, Home, Kind, Measure, Qualifier

FILE = "budgettool.toml"
REFUSED = "settings-not-read"
LANGUAGES = ("kk", "ru", "en")

_CURRENCY = re.compile(r"[A-Z]{3}")
_SIGNED = ("organisation", "appendix", "head", "accountant", "author", "phone")
_STATED = tuple(name for m in MEASURES.values() for name in (m.name, *(f"{m.name}.{version}" for version in m.versions)))


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far two figures of a currency may lie apart beside what rounding explains: the larger of the two limits."""

    absolute: Decimal = Decimal(0)
    relative: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Signatures:
    """What stands around a return: who issues it, the appendix line, who signs; empty texts leave a line to fill in by hand."""

    organisation: str = ""
    appendix: str = ""
    head: str = ""
    accountant: str = ""
    author: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A published figure to be judged. In another currency `of` names the claim in tenge that it converts."""

    name: str
    period: Period
    measure: str
    value: Decimal
    unit: str = "KZT"
    qualifier: Qualifier | None = None
    region: str | None = None
    of: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `regions` are those expected to report, empty for those that ever did; `expected` the links of the chain that must be there."""

    language: str | None = None
    basis: str = "average"
    max_age: int = 7
    expected: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    submission_day: int = 5
    programmes: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    tolerances: Mapping[str, Tolerance] = field(default_factory=lambda: MappingProxyType({}))
    signatures: Signatures = Signatures()
    claims: tuple[Claim, ...] = ()
    register: Register = field(default_factory=Register.shipped)


def load(folder: Path | None) -> Settings:
    """Read the settings of a folder; the defaults where it has none. Raises Refusal `settings-not-read`, exit 2."""
    path = None if folder is None else folder / FILE
    if path is None or not path.is_file():
        return Settings()
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(str(path), 1, "it is not UTF-8 text") from error
    except OSError as error:
        raise _refused(str(path), 1, "it can't be opened") from error
    return parse(text, str(path), path.parent)


def parse(text: str, file: str = FILE, folder: Path = Path()) -> Settings:
    """Read settings from the text of a file, whose name the refusal gives; the files that it names lie in `folder`."""
    return _settings(_Table(parsed(text, file, REFUSED)), folder)


def _refused(file: str, line: int, reason: str) -> Refusal:
    return Refusal(REFUSED, Exit.USAGE, file=file, line=line, reason=reason)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the settings, read key by key; each refusal gives the line of its key."""

    of: Keyed

    @property
    def raw(self) -> Mapping[str, Any]:
        return self.of.raw

    def refuse(self, key: str, reason: str) -> NoReturn:
        self.of.refuse(key, reason)

    def known(self, *keys: str) -> None:
        self.of.known(*keys)

    def table(self, key: str) -> _Table:
        return _Table(self.of.table(key))

    def tables(self, key: str) -> list[_Table]:
        return [_Table(one) for one in self.of.tables(key)]

    def word(self, key: str, default: str = "", choices: Iterable[str] = ()) -> str:
        value = self.raw.get(key, default)
        if not isinstance(value, str):
            self.refuse(key, f"{key!r} must be a text in quotation marks")
        if choices and value not in (allowed := list(choices)):
            likely = f"; did you mean {near[0]!r}?" if (near := get_close_matches(value, allowed, n=1)) else ""
            self.refuse(key, f"{key!r} must be one of {', '.join(allowed)}, not {value!r}{likely}")
        return value

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        value = self.raw.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.refuse(key, f"{key!r} must be a whole number from {least} to {most}")
        return value

    def amount(self, key: str, default: str | None = None) -> Decimal:
        value = self.raw.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            self.refuse(key, f'{key!r} must be a number in quotation marks, such as "0.50"')
        try:
            exact = Decimal(str(value).replace(" ", "").replace("_", ""))
        except InvalidOperation:
            self.refuse(key, f"{key!r} is no number: {value!r}")
        if not exact.is_finite() or exact < 0:
            self.refuse(key, f"{key!r} is no number from 0 upwards: {value!r}")
        return exact

    def words(self, key: str, read: Callable[[str], str | None], what: str) -> tuple[str, ...]:
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(key, f"{key!r} must be a list of texts")
        found = [(item, read(item)) for item in value]
        wrong = [item for item, result in found if result is None]
        if wrong:
            self.refuse(key, f"{wrong[0]!r} in {key!r} is no {what}")
        return tuple(result for _, result in found if result is not None)


def _settings(top: _Table, folder: Path) -> Settings:
    top.known("language", "register", "rates", "chain", "tolerance", "programmes", "return", "claims")
    register = _register(top.table("register"), folder)
    rates, chain, block = top.table("rates"), top.table("chain"), top.table("return")
    rates.known("basis", "max_age")
    chain.known("expected", "regions", "submission_day")
    block.known(*_SIGNED)
    return Settings(
        language=top.word("language", choices=LANGUAGES) if "language" in top.raw else None,
        basis=_basis(rates),
        max_age=rates.whole("max_age", 7, 0, 366),
        expected=chain.words("expected", lambda name: name if name in MEASURES else None, "measure"),
        regions=chain.words("regions", lambda text: register.resolve(text).region, "region"),
        submission_day=chain.whole("submission_day", 5, 1, 31),
        programmes=MappingProxyType({**register.programmes.names, **_programmes(top.table("programmes"))}),
        tolerances=_tolerances(top.table("tolerance")),
        signatures=Signatures(**{key: block.word(key) for key in _SIGNED}),
        claims=_claims(top.tables("claims"), register),
        register=register,
    )


def _register(named: _Table, folder: Path) -> Register:
    """The shipped register, or the user's own files beside the settings."""
    named.known("regions", "programmes", "country", "currency")
    currency = named.word("currency", CURRENCY)
    if not _CURRENCY.fullmatch(currency):
        named.refuse("currency", f"'currency' must be a currency's code in three capitals, such as {CURRENCY}, not {currency!r}")
    listed = lists.programmes(folder / named.word("programmes")) if "programmes" in named.raw else NONE
    country = named.word("country") or None
    if "regions" in named.raw:
        return lists.regions(folder / named.word("regions"), country=country, currency=currency, programmes=listed)
    if country not in (None, COUNTRY):
        named.refuse("country", "'country' is that of a register of your own: name its file, regions = \"regions.csv\"")
    shipped = Register.shipped()
    home = Home(COUNTRY, currency)
    same = listed is NONE and home == shipped.home
    return shipped if same else replace(shipped, country=replace(shipped.country, home=home), programmes=listed)


def _basis(rates: _Table) -> str:
    """The convention as it is written; that it can be read is proven here, so that the line can be told."""
    basis = rates.word("basis", "average")
    name, _, given = basis.partition(":")
    try:
        right = (
            basis in ("average", "end", "date")
            or (name == "fixed" and Decimal(given) > 0)
            or (name == "on" and bool(date.fromisoformat(given)))
        )
    except (ValueError, InvalidOperation):
        right = False
    if not right:
        rates.refuse("basis", f"'basis' must be average, end, date, on:YYYY-MM-DD or fixed:RATE, not {basis!r}")
    return basis


def _programmes(named: _Table) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for written in named.raw:
        code = programme(written)
        if code is None:
            named.refuse(written, f'{written!r} is no programme; write its code in quotation marks: [programmes."256.018"]')
        if code in found:
            named.refuse(written, f"the programme {code} stands here twice")
        names = named.table(written)
        names.known(*LANGUAGES)
        found[code] = MappingProxyType({lang: names.word(lang) for lang in names.raw})
    return MappingProxyType(found)


def _tolerances(limits: _Table) -> Mapping[str, Tolerance]:
    found = {}
    for currency in limits.raw:
        if not _CURRENCY.fullmatch(currency):
            limits.refuse(currency, f"{currency!r} is no currency; write its code in three capitals: [tolerance.KZT]")
        limit = limits.table(currency)
        limit.known("absolute", "relative")
        found[currency] = Tolerance(limit.amount("absolute", "0"), limit.amount("relative", "0"))
    return MappingProxyType(found)


def _claims(tables: Iterable[_Table], register: Register) -> tuple[Claim, ...]:
    read = [(table, _claim(table, register)) for table in tables]
    names = [claim.name for _, claim in read]
    for position, (table, claim) in enumerate(read):
        if claim.name in names[:position]:
            table.refuse("name", f"two claims are named {claim.name!r}")
        if claim.of is not None and claim.of not in names:
            table.refuse("of", f"the claim {claim.name!r} converts {claim.of!r}, and no claim has that name")
    return tuple(claim for _, claim in read)


def _claim(said: _Table, register: Register) -> Claim:
    said.known("name", "period", "measure", "value", "unit", "qualifier", "region", "of", "source")
    for key in ("name", "period", "measure", "value"):
        if key not in said.raw:
            said.refuse(key, f"a claim lacks {key!r}")
    try:
        period = Period.parse(said.word("period"))
    except ValueError as error:
        said.refuse("period", str(error))
    region = register.resolve(said.word("region")).region if "region" in said.raw else None
    if "region" in said.raw and region is None:
        said.refuse("region", f"{said.raw['region']!r} is no region")
    measure = said.word("measure", choices=_STATED)
    return Claim(
        name=said.word("name"),
        period=period,
        measure=measure,
        value=said.amount("value"),
        unit=_unit(said, MEASURES[measure.partition(".")[0]], register.home.currency),
        qualifier=Qualifier(said.word("qualifier", choices=[q.value for q in Qualifier])) if "qualifier" in said.raw else None,
        region=region,
        of=said.word("of") if "of" in said.raw else None,
        source=said.word("source") if "source" in said.raw else None,
    )


def _unit(said: _Table, measure: Measure, currency: str) -> str:
    """Money may be claimed in any currency, all else in the measure's own unit."""
    unit = said.word("unit", currency if measure.kind is Kind.MONEY else measure.unit)
    if measure.kind is Kind.MONEY and not _CURRENCY.fullmatch(unit):
        said.refuse("unit", f"'unit' must be a currency's code in three capitals, such as KZT, not {unit!r}")
    if measure.kind is not Kind.MONEY and unit != measure.unit:
        said.refuse("unit", f"'unit' of {measure.name} must be {measure.unit!r}, not {unit!r}")
    return unit


def template() -> str:
    """The commented settings that `init` writes; as they stand, they say what is so without them."""
    return _TEMPLATE


_TEMPLATE = """\
# Settings of this ledger. Every line that begins with # shows a setting with its usual value or an example;
# remove the # to make it yours. A slip is refused with its line, never overlooked.

# language = "ru"                      # kk, ru or en, for tables and returns

# Lists of your own in place of ours, as csv files beside this one (see docs/register.md):
# [register]
# regions = "regions.csv"              # id, names by language, aliases, valid_from, valid_to, predecessors
# programmes = "programmes.csv"        # code, names by language, aliases; other codes are then said
# country = "KZ"                       # the id of the whole country
# currency = "KZT"                     # that of its budget

[rates]
# basis = "average"                    # average, end, date, on:2020-03-13 or fixed:400
# max_age = 7                          # so many days back the last published rate still serves

[chain]
# expected = ["allocation", "transfer", "receipt", "disbursement", "recipients"]
# regions = ["KZ-15", "KZ-35"]         # those that must report; else those that ever did
# submission_day = 5                   # day of the following month

# [tolerance.KZT]                      # beside what rounding explains
# absolute = "0.00"
# relative = "0"

# [programmes."256.018"]
# ru = "Размещение государственного социального заказа"
# kk = "Мемлекеттік әлеуметтік тапсырысты орналастыру"

[return]
# organisation = ""
# appendix = ""                        # a whole line: Приложение 1 к приказу ... от 5 января 2023 года № 12
# head = ""
# accountant = ""
# author = ""
# phone = ""

# A published figure, judged by `budgettool check`:
# [[claims]]
# name = "allocated 2016-2019"
# period = "2016..2019"
# measure = "allocation"
# value = "288300000"
# unit = "KZT"
# qualifier = "more-than"              # about, more-than or less-than
"""
