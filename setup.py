"""The build compiles the catalogues: a plain install would ship `.po` files that nothing reads at run time."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

LOCALE = Path(__file__).parent / "budgettool" / "locale"


class BuildWithCatalogues(build_py):
    """Compile each `.po` to a `.mo` beside it, for wheels and for editable installs alike."""

    def run(self) -> None:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text))
        super().run()


setup(cmdclass={"build_py": BuildWithCatalogues})
