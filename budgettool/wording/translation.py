"""A language becomes its catalogue: what stands in the place of an English message.

`locale/ru/LC_MESSAGES/budgettool.mo` is compiled from the `.po` beside it when the package is built. In
a checkout where nobody has built, or where the `.po` is newer, it is compiled in memory; a language
without a catalogue speaks English.
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

DOMAIN = "budgettool"


@cache
def translations(lang: str) -> NullTranslations:
    """The catalogue of a language; one that gives English back where there is none."""
    if lang == "en":
        return NullTranslations()
    folder = files("budgettool.locale").joinpath(lang, "LC_MESSAGES")
    compiled, source = folder.joinpath(f"{DOMAIN}.mo"), folder.joinpath(f"{DOMAIN}.po")
    if compiled.is_file() and not _is_newer(source, compiled):
        with compiled.open("rb") as stream:
            return GNUTranslations(stream)
    return _compiled_in_memory(source) if source.is_file() else NullTranslations()


def _is_newer(source: Traversable, compiled: Traversable) -> bool:
    """Whether the source was changed after it was compiled, as far as these are files on disk."""
    if not (isinstance(source, Path) and isinstance(compiled, Path) and source.is_file()):
        return False
    return source.stat().st_mtime > compiled.stat().st_mtime


def _compiled_in_memory(source: Traversable) -> NullTranslations:
    try:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po
    except ImportError:
        return NullTranslations()
    with source.open("rb") as stream:
        catalogue = read_po(stream, domain=DOMAIN)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
