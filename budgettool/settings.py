"""`budgettool.toml`: what a ledger's keeper has decided, read strictly, so that a slip of the pen is said and not overlooked.

Every key is optional. An unknown key, a wrong type or a value outside of its choices is refused with the
file and the line; nothing is taken silently for something else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from budgettool.classification import Register
from budgettool.findings import Exit, Refusal
from budgettool.period import Period
from budgettool.terms import COUNTRY, MEASURES, Qualifier

FILE = "budgettool.toml"
LANGUAGES = ("kk", "ru", "en")


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
    return parse(text, str(path))


def parse(text: str, file: str = FILE) -> Settings:
    """Read settings from the text of a file, whose name the refusal gives."""
    try:
        return _Reader(text, file).settings(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise _refused(file, line, re.sub(r" \(at .*\)$", "", str(error))) from error


def _refused(file: str, line: int, reason: str) -> Refusal:
    return Refusal("settings-not-read", Exit.USAGE, file=file, line=line, reason=reason)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads parsed TOML key by key; each refusal finds its line in the text."""

    text: str
    file: str

    def refuse(self, key: str, reason: str) -> NoReturn:
        at = next((n for n, line in enumerate(self.text.splitlines(), 1) if re.match(rf"\s*\[*\s*(?:[\w.\"-]*\.)?\"?{re.escape(key)}\"?\s*[=\]]", line)), 1)
        raise _refused(self.file, at, reason)

    def known(self, table: Mapping[str, Any], keys: Iterable[str], where: str) -> None:
        for key in table:
            if key not in (allowed := list(keys)):
                self.refuse(key, f"{key!r} is no setting{where}; known are {', '.join(allowed)}")

    def table(self, raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = raw.get(key, {})
        if not isinstance(value, dict):
            self.refuse(key, f"{key!r} must be a table: [{key}]")
        return value

    def word(self, raw: Mapping[str, Any], key: str, default: str = "", choices: Iterable[str] = ()) -> str:
        value = raw.get(key, default)
        if not isinstance(value, str):
            self.refuse(key, f"{key!r} must be a text in quotation marks")
        if choices and value not in (allowed := list(choices)):
            self.refuse(key, f"{key!r} must be one of {', '.join(allowed)}, not {value!r}")
        return value

    def whole(self, raw: Mapping[str, Any], key: str, default: int, most: int) -> int:
        value = raw.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            self.refuse(key, f"{key!r} must be a whole number from 0 to {most}")
        return value

    def amount(self, raw: Mapping[str, Any], key: str, default: str | None = None) -> Decimal:
        value = raw.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            self.refuse(key, f'{key!r} must be a number in quotation marks, such as "0.50"')
        try:
            exact = Decimal(str(value).replace(" ", "").replace("_", ""))
        except InvalidOperation:
            self.refuse(key, f"{key!r} is no number: {value!r}")
        if not exact.is_finite():
            self.refuse(key, f"{key!r} is no number: {value!r}")
        return exact

    def words(self, raw: Mapping[str, Any], key: str, read: Callable[[str], str | None], what: str) -> tuple[str, ...]:
        value = raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(key, f"{key!r} must be a list of texts")
        found = [(item, read(item)) for item in value]
        wrong = [item for item, result in found if result is None]
        if wrong:
            self.refuse(key, f"{wrong[0]!r} in {key!r} is no {what}")
        return tuple(result for _, result in found if result is not None)

    def settings(self, raw: Mapping[str, Any]) -> Settings:
        self.known(raw, ("language", "rates", "chain", "tolerance", "programmes", "return", "claims"), "")
        rates, chain = self.table(raw, "rates"), self.table(raw, "chain")
        self.known(rates, ("basis", "max_age"), " of [rates]")
        self.known(chain, ("expected", "regions", "submission_day"), " of [chain]")
        return Settings(
            language=self.word(raw, "language", "", LANGUAGES) if "language" in raw else None,
            basis=self.basis(rates),
            max_age=self.whole(rates, "max_age", 7, 366),
            expected=self.words(chain, "expected", lambda name: name if name in MEASURES else None, "measure"),
            regions=self.words(chain, "regions", _region, "region"),
            submission_day=self.whole(chain, "submission_day", 5, 31),
            programmes=self.programmes(self.table(raw, "programmes")),
            tolerances=self.tolerances(self.table(raw, "tolerance")),
            signatures=self.signatures(self.table(raw, "return")),
            claims=self.claims(raw),
        )

    def basis(self, rates: Mapping[str, Any]) -> str:
        basis = self.word(rates, "basis", "average")
        if not re.fullmatch(r"average|end|date|on:\d{4}-\d\d-\d\d|fixed:\d+(\.\d+)?", basis):
            self.refuse("basis", f"'basis' must be average, end, date, on:DATE or fixed:RATE, not {basis!r}")
        return basis

    def programmes(self, raw: Mapping[str, Any]) -> Mapping[str, Mapping[str, str]]:
        for code in raw:
            self.known(self.table(raw, code), LANGUAGES, f" of programme {code}")
        return MappingProxyType({code: {lang: self.word(names, lang) for lang in names} for code, names in raw.items()})

    def tolerances(self, raw: Mapping[str, Any]) -> Mapping[str, Tolerance]:
        for code in raw:
            self.known(self.table(raw, code), ("absolute", "relative"), f" of [tolerance.{code}]")
        return MappingProxyType({code: Tolerance(self.amount(limits, "absolute", "0"), self.amount(limits, "relative", "0")) for code, limits in raw.items()})

    def signatures(self, raw: Mapping[str, Any]) -> Signatures:
        keys = ("organisation", "appendix", "head", "accountant", "author", "phone")
        self.known(raw, keys, " of [return]")
        return Signatures(**{key: self.word(raw, key) for key in keys})

    def claims(self, raw: Mapping[str, Any]) -> tuple[Claim, ...]:
        listed = raw.get("claims", [])
        if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
            self.refuse("claims", "claims must be written as [[claims]] tables")
        claims = tuple(self.claim(item) for item in listed)
        names = [claim.name for claim in claims]
        for claim in claims:
            if names.count(claim.name) > 1:
                self.refuse("name", f"two claims are named {claim.name!r}")
            if claim.of is not None and claim.of not in names:
                self.refuse("of", f"the claim {claim.name!r} converts {claim.of!r}, and no claim has that name")
        return claims

    def claim(self, raw: Mapping[str, Any]) -> Claim:
        keys = ("name", "period", "measure", "value", "unit", "qualifier", "region", "of", "source")
        self.known(raw, keys, " of a claim")
        for key in ("name", "period", "measure", "value"):
            if key not in raw:
                self.refuse("claims", f"a claim lacks {key!r}")
        try:
            period = Period.parse(self.word(raw, "period"))
        except ValueError as error:
            self.refuse("period", str(error))
        region = _region(self.word(raw, "region")) if "region" in raw else None
        if "region" in raw and region is None:
            self.refuse("region", f"{raw['region']!r} is no region")
        return Claim(
            name=self.word(raw, "name"),
            period=period,
            measure=self.word(raw, "measure", choices=MEASURES),
            value=self.amount(raw, "value"),
            unit=self.word(raw, "unit", "KZT"),
            qualifier=Qualifier(self.word(raw, "qualifier", choices=[q.value for q in Qualifier])) if "qualifier" in raw else None,
            region=region,
            of=self.word(raw, "of") if "of" in raw else None,
            source=self.word(raw, "source") if "source" in raw else None,
        )


def _region(text: str) -> str | None:
    if text == COUNTRY:
        return COUNTRY
    return Register.shipped().resolve(text).region


def template() -> str:
    """The commented settings that `init` writes; as they stand, they say what is so without them."""
    return _TEMPLATE


_TEMPLATE = """\
# Settings of this ledger. Every line that begins with # shows a setting with its usual value or an example;
# remove the # to make it yours. A slip is refused with its line, never overlooked.

# language = "ru"                      # kk, ru or en, for tables and returns

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
