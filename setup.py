"""The build: top-level `templates` and `samples` become packages of `budgettool`, and each `.po` becomes a `.mo`.

Where the folders go stands in setup.cfg; here they are only found. A plain install would ship `.po`
files that nothing reads at run time, so the catalogues are compiled beside their sources, for wheels
and for editable installs alike.
"""

from collections.abc import Iterator
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

LOCALE = Path(__file__).parent / "budgettool" / "locale"
BESIDE = ("templates", "samples")


def packages() -> Iterator[str]:
    """Every package of the wheel: a new folder of code needs no entry in a list."""
    yield from find_packages(include=["budgettool", "budgettool.*"])
    for folder in BESIDE:
        yield f"budgettool.{folder}"
        yield from (f"budgettool.{folder}.{inner}" for inner in find_packages(folder))


class BuildWithCatalogues(build_py):
    """Compile each `.po` to a `.mo` beside it."""

    def run(self) -> None:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text))
        super().run()


setup(packages=list(packages()), cmdclass={"build_py": BuildWithCatalogues})
