"""What was asked on the command line, as values: the common options, the question to the figures, the conversion.

Apart from the decorators that make them, so that listing the commands does not load it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budgettool.classification import Register
    from budgettool.commands._sources import Source
    from budgettool.period import Period
    from budgettool.rates import Basis
    from budgettool.settings import Settings
    from budgettool.wording import Wording

MACHINE = ("json", "csv")
"""Formats that programs read: their language is `--lang` or English, whatever a folder's settings say."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked beside the command's own question; several languages only where a command writes them side by side."""

    format: str = "table"
    langs: tuple[str, ...] = ()
    quiet: bool = False
    verbose: bool = False
    fail_on: str = "error"
    ledger: Path | None = None

    @property
    def lang(self) -> str | None:
        """The language that was asked for, the first of several; None: none was."""
        return self.langs[0] if self.langs else None

    def words(self, settings: Settings | None = None, register: Register | None = None) -> Wording:
        """The language of the answer: as asked, else as the settings say (for people only), else English; and the regions that it names."""
        from budgettool.wording import Wording

        said = settings.language if settings is not None and self.format not in MACHINE else None
        return Wording(self.lang or said or "en", settings.register if settings is not None else register)


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked of the figures; no period asks for the span of all there is."""

    period: Period | None = None
    by: tuple[str, ...] = ("region",)
    territory: str = "comparable"


@dataclass(frozen=True, slots=True)
class Conversion:
    """The other currency that was asked for, and how its rates are chosen; no basis takes that of the settings."""

    currency: str | None = None
    basis: str | None = None

    def chosen(self, there: Source) -> Basis:
        """The basis to use."""
        import click

        from budgettool.rates import HOME, read_basis

        home = there.settings.register.home.currency
        if self.currency and home != HOME and self.currency.upper() != home:
            raise click.BadParameter(f"the rates are those of {HOME}, and this ledger keeps {home}", param_hint="--currency")
        return read_basis(self.basis or there.settings.basis, max_age=there.settings.max_age)
