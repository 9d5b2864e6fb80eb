"""The README's console blocks become what their commands print today.

    python docs/readme.py            write README.md
    python docs/readme.py --check    exit 1 if it is stale

A block begins with ```` ```console ````; each of its lines that begins with `$ ` is a command and what
follows is its output. All blocks run in order in one empty folder, as a reader would type them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "COLUMNS": "110", "NO_COLOR": "1", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def renewed(text: str) -> str:
    """The text with every console block run anew."""
    with TemporaryDirectory() as folder:
        return BLOCK.sub(lambda block: "".join(answered(line, Path(folder)) for line in block[0].splitlines() if line.startswith("$ ")), text)


def answered(line: str, folder: Path) -> str:
    """A line `$ command` and, below it, what the command prints."""
    ran = subprocess.run(["bash", "-c", line[2:]], cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    lines = [printed.rstrip() for printed in ran.stdout.decode("utf-8").splitlines()]
    return "\n".join([line, *lines]).rstrip() + "\n"


def main(arguments: list[str]) -> int:
    """Write the README, or say whether the one that is there is stale."""
    there = README.read_text("utf-8")
    text = renewed(there)
    if "--check" not in arguments:
        README.write_text(text, "utf-8")
        return 0
    if text != there:
        print(f"{README.name} is stale: run make docs", file=sys.stderr)
    return int(text != there)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
