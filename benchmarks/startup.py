"""Seconds from Enter to the prompt: what `budgettool --help` costs beside `python -c "import click"`.

    python benchmarks/startup.py [ROUNDS]

Both run in turn, round after round, each in a process of its own; the figure is the median, and the
ratio is taken inside each round, so that a busy machine slows both. The first round warms the disk's
cache and is not counted.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

COMMANDS = {
    'python -c ""': ("-c", ""),
    'python -c "import click"': ("-c", "import click"),
    "budgettool --version": ("-m", "budgettool", "--version"),
    "budgettool --help": ("-m", "budgettool", "--help"),
}
YARDSTICK = 'python -c "import click"'


def seconds(arguments: tuple[str, ...]) -> float:
    """The wall time of one run of Python with these arguments."""
    begun = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - begun


def measured(rounds: int) -> list[dict[str, float]]:
    """One figure a command and round, the warm-up left out."""
    return [{name: seconds(arguments) for name, arguments in COMMANDS.items()} for _ in range(rounds + 1)][1:]


def main() -> None:
    """Measure and print, one line a command."""
    rounds = measured(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
    print(f"{'':26} {'median ms':>10} {'min':>6} {'max':>6} {'ratio':>6}   ({len(rounds)} rounds, Python {sys.version.split()[0]})")
    for name in COMMANDS:
        runs = [one[name] * 1000 for one in rounds]
        ratio = median(one[name] / one[YARDSTICK] for one in rounds)
        print(f"{name:26} {median(runs):10.0f} {min(runs):6.0f} {max(runs):6.0f} {ratio:6.2f}")


if __name__ == "__main__":
    main()
