"""Make the inboxes of all stories and the expected output of their commands anew: `python -m samples.renew`.

Each line of a story's `commands.txt` is run in a fresh copy of its folder; what it prints, with its exit code,
is kept in `expected/`. Nothing there depends on the machine, the day or the path.
"""

from __future__ import annotations

import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
STORIES = ("trafficking-2016-2020", "month-end-2023-07", "ledger-csv", "official-forms")


def answers(story: Path) -> Iterator[tuple[str, str]]:
    """The name and the text of each command's answer: its line, what it prints, its exit code."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / story.name
        shutil.copytree(story, folder, ignore=shutil.ignore_patterns("expected", "__pycache__"))
        for number, line in enumerate((story / "commands.txt").read_text("utf-8").splitlines(), 1):
            words = shlex.split(line)
            environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "160", "NO_COLOR": "1"}
            environment.pop("BUDGETTOOL_LEDGER", None)
            command = [sys.executable, "-m", "budgettool", *words[1:]]
            done = subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=False, encoding="utf-8")  # noqa: S603  our own command
            name = f"{number:02}-{words[1]}" + (".json" if "json" in words else ".csv" if "csv" in words[-1:] else ".txt")
            said = done.stdout.replace(str(folder), ".")
            if words[1] == "return":  # another release of zlib packs the same content into other bytes
                said = re.sub(r"\b[0-9a-f]{12}\b", "…", said)
            yield name, f"$ {line}\n{said}exit {done.returncode}\n"


def main() -> None:
    """Renew every story."""
    for name in STORIES:
        story = HERE / name
        runpy.run_path(str(story / "make.py"), run_name="__main__")
        expected = story / "expected"
        shutil.rmtree(expected, ignore_errors=True)
        expected.mkdir()
        for file, text in answers(story):
            (expected / file).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
