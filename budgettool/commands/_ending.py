"""What stopped a command becomes a sentence and an exit code.

A refusal (no ledger, a closed period, broken settings) has its own. Anything else is a mistake of the
tool: exit 70, and a crash file that names the places in the code. Messages of exceptions may repeat what
stood in a cell, so that file has none.
"""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from budgettool.commands._output import say
from budgettool.commands._types import LANGUAGES
from budgettool.findings import Exit, Refusal


def of(fault: Exception, arguments: Sequence[str]) -> int:
    """Say what stopped the command; its exit code."""
    if isinstance(fault, Refusal):
        say(_refusal(fault, _language(arguments)))
        return int(fault.exit_code)
    kept = keep(fault)
    if (lost := _lost(fault)) is not None:
        say(lost)
    where = f" Where in the code is noted in {kept}, without any of your figures." if kept else ""
    say(f"budgettool stopped on a mistake of its own ({type(fault).__name__}); your files are unchanged.{where}")
    return int(Exit.BUG)


def _lost(fault: Exception) -> str | None:
    """The table whose control totals do not add up, and by how much; these texts hold nothing of a cell."""
    from budgettool.normalise.control import FiguresLost

    if not isinstance(fault, FiguresLost):
        return None
    return f"Control totals: {fault.where} does not add up ({fault.difference}). Nothing was kept; please send this line to the authors of budgettool."


def _refusal(refusal: Refusal, language: str) -> str:
    from budgettool.wording import Wording

    return Wording(language).refusal(refusal)


def _language(arguments: Sequence[str]) -> str:
    """The language asked for on the command line, else English."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        said = following if word == "--lang" else word.removeprefix("--lang=")
        if (word == "--lang" or word.startswith("--lang=")) and said in LANGUAGES:
            return said
    return "en"


def keep(fault: BaseException) -> Path | None:
    """Write the crash file into the state folder, or the temporary one; None where neither can be written."""
    import platformdirs

    text = "\n".join(report(fault)) + "\n"
    for folder in (platformdirs.user_state_path("budgettool"), Path(tempfile.gettempdir())):
        path = folder / f"budgettool-crash-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        except OSError:
            continue
        return path
    return None


def report(fault: BaseException) -> Iterator[str]:
    """The places in the code and the kinds of the exceptions, without their messages."""
    from budgettool import __version__

    yield f"budgettool {__version__}, Python {platform.python_version()}, {sys.platform}"
    link: BaseException | None = fault
    while link is not None:
        yield f"\n{type(link).__name__}"
        for frame in traceback.extract_tb(link.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}: {frame.line}"
        link = link.__cause__ or link.__context__
