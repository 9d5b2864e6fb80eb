"""Damaged files become a count of how `inspect` ends: no traceback, no hang, no abort, no more memory than an ordinary import and 100 MB.

    python benchmarks/fuzz.py [--minutes 10] [--runs N] [--seed N] [--few] [--keep FOLDER] [--also FOLDER]

Whole files (the samples, and workbooks made by the kit of the tests; those of `--also`) are damaged at random (`damage.py`)
and read by worker processes, one after the other; every hundredth is read by a fresh `budgettool inspect` too. A run is
made again from `--seed` and its number; every failure is kept in a folder, with a note beside it.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import io
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from time import monotonic, sleep

from damage import damaged

ROOT = Path(__file__).parents[1]
HANG = 10.0
"""Seconds of the processor after which a run counts as a hang; a busy machine may take `PATIENCE` times as long by the clock."""
PATIENCE = 6
MORE = 100.0
"""Megabytes that a damaged file may take beyond what a whole one of its kind does."""
ROOM = 4 * 2**30
"""Address space of a worker: enough for any honest file, and no harm to the machine."""
FRESH_EVERY = 100
WORKER_RUNS = 400
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".fods", ".csv", ".tsv", ".html", ".htm", ".xml", ".mht")
LARGEST_SEED = 400_000


@dataclass(frozen=True, slots=True)
class Seed:
    """A whole file to damage."""

    name: str
    suffix: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Ended:
    """How one run ended: its exit code, its seconds and peak of memory in megabytes; `fault` is what was wrong with it."""

    code: int | None
    seconds: float
    peak: float
    fault: str = ""
    note: str = ""


@dataclass(slots=True)
class Tally:
    runs: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    peak: float = 0.0
    fresh: int = 0


# ---- seeds


def seeds(also: Sequence[Path]) -> list[Seed]:
    """All whole files, by name: the samples, made workbooks of every layout and kind, and what lies in other folders."""
    folders = [ROOT / "samples", *also]
    paths = sorted({path for folder in folders for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file()})
    there = [Seed(path.name, path.suffix, path.read_bytes()) for path in paths if 0 < path.stat().st_size <= LARGEST_SEED]
    return [*there, *made()]


def made() -> Iterator[Seed]:
    """Workbooks that the kit of the tests makes, each layout in some kinds of files."""
    sys.path.insert(0, str(ROOT / "tests"))
    from layout_files import ONE_SHEET, WRITERS
    from layout_kit import Plan
    from layouts import LAYOUTS, made

    with tempfile.TemporaryDirectory() as folder:
        for number, layout in enumerate(LAYOUTS):
            for offset, file in enumerate(WRITERS):
                pages = made(Plan(seed=number, layout=layout, file=file)).pages
                if (number + offset) % 3 == 0 and (len(pages) == 1 or file not in ONE_SHEET):
                    path = WRITERS[file](made(Plan(seed=number, layout=layout, file=file)), Path(folder))
                    yield Seed(f"{layout} by {file}", path.suffix, path.read_bytes())


# ---- a worker


def work(pipe: Connection, folder: Path) -> None:
    """Read each file that comes through the pipe, as `inspect` does, and send back its exit code and its peak of memory."""
    os.environ["XDG_STATE_HOME"] = str(folder)
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with (folder / "stack.txt").open("w") as stack:
        faulthandler.register(signal.SIGUSR1, stack)
        while (path := pipe.recv()) is not None:
            Path("/proc/self/clear_refs").write_text("5")
            code, note = read(path)
            pipe.send((code, note, peak()))


def read(path: Path) -> tuple[int | None, str]:
    """The exit code of `inspect` for a file; None and where it happened for an exception that nobody caught."""
    from budgettool.cli import main

    talk = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(talk):
        try:
            return main(["inspect", str(path), "--format", "json", "--lang", "en"]), talk.getvalue()
        except BaseException as error:  # noqa: BLE001 (that is what is looked for)
            return None, f"{type(error).__name__}: {error}"


def peak() -> float:
    """The most memory that this process held since it was last asked, in megabytes."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def cpu(pid: int) -> float:
    """The seconds of the processor that a process has had; none where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Worker:
    """A process that reads files, replaced when it dies, hangs or has grown old."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runs, self.spent = 0, 0.0
        self._start()

    def _start(self) -> None:
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("fork").Process(target=work, args=(theirs, self.folder), daemon=True)
        self.process.start()
        theirs.close()
        self.runs = 0

    def run(self, path: Path) -> Ended:
        if self.runs >= WORKER_RUNS:
            self.stop()
            self._start()
        self.runs += 1
        begun, self.spent = monotonic(), cpu(self.process.pid or 0)
        self.pipe.send(path)
        try:
            code, note, used = self.pipe.recv() if self._answers() else (None, "hang", 0.0)
        except EOFError:
            self.process.join()
            ended = Ended(None, monotonic() - begun, 0.0, "abort", f"signal {-(self.process.exitcode or 0)}\n{self._stack()}")
            self._start()
            return ended
        if note == "hang":
            os.kill(self.process.pid or 0, signal.SIGUSR1)  # it writes down where it is
            sleep(0.5)
            ended = Ended(None, monotonic() - begun, 0.0, "hang", self._stack())
            self.process.kill()
            self.process.join()
            self._start()
            return ended
        return Ended(code, monotonic() - begun, used, "traceback" if code is None else "exit 70" if code == 70 else "", note)

    def _answers(self) -> bool:
        """Whether the process answers before it hangs."""
        for _ in range(PATIENCE * 10):
            if self.pipe.poll(HANG / 10):
                return True
            if cpu(self.process.pid or 0) - self.spent > HANG:
                return False
        return False

    def _stack(self) -> str:
        return (self.folder / "stack.txt").read_text("utf-8", "replace")[-4000:]

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self.pipe.send(None)
        self.process.join(5)
        self.process.kill()


def fresh(path: Path, folder: Path) -> int | None:
    """The exit code of the program itself; None where it hangs."""
    command = [sys.executable, "-m", "budgettool", "inspect", str(path), "--format", "json", "--lang", "en"]
    environment = {**os.environ, "XDG_STATE_HOME": str(folder)}
    try:
        return subprocess.run(command, capture_output=True, timeout=3 * HANG, check=False, env=environment, cwd=folder).returncode
    except subprocess.TimeoutExpired:
        return None


# ---- the run


def bound(worker: Worker, there: Iterable[Seed], folder: Path) -> float:
    """What a damaged file may take: the peak of all whole ones, and `MORE`."""
    peaks = []
    for seed in there:
        path = folder / f"whole{seed.suffix}"
        path.write_bytes(seed.content)
        peaks.append(worker.run(path).peak)
        path.unlink()
    return max(peaks) + MORE


def one(seed: int, number: int, there: Sequence[Seed]) -> tuple[Seed, bytes, list[str]]:
    """The damaged file of a number."""
    random = Random(f"{seed}:{number}")  # noqa: S311 (damage that can be made again, no secret)
    whole = random.choice(there)
    return whole, *damaged(random, whole.content)


def fuzz(asked: argparse.Namespace, folder: Path) -> Tally:
    there = seeds(asked.also)[:: 12 if asked.few else 1]
    worker, tally, until = Worker(folder), Tally(), monotonic() + 60 * asked.minutes
    most = bound(worker, there, folder)
    number = asked.first
    while monotonic() < until and number < asked.first + asked.runs:
        whole, content, ways = one(asked.seed, number, there)
        path = folder / f"damaged{whole.suffix}"
        path.write_bytes(content)
        ended = worker.run(path)
        if not ended.fault and ended.peak > most:
            ended = Ended(ended.code, ended.seconds, ended.peak, "memory", f"{ended.peak:.0f} MB, and {most:.0f} are allowed")
        if not ended.fault and number % FRESH_EVERY == 0:
            tally.fresh += 1
            code = fresh(path, folder)
            ended = ended if code == ended.code else Ended(code, ended.seconds, ended.peak, "fresh process differs", f"{code}, in process {ended.code}")
        count(tally, whole, ended)
        if ended.fault:
            keep(asked, (number, whole, content, ways), ended, folder)
        number += 1
    worker.stop()
    report(tally, most, asked)
    return tally


def count(tally: Tally, whole: Seed, ended: Ended) -> None:
    tally.runs[whole.suffix] += 1
    tally.codes["none" if ended.code is None else str(ended.code)] += 1
    tally.slowest, tally.peak = max(tally.slowest, ended.seconds), max(tally.peak, ended.peak)
    if ended.fault:
        tally.faults[ended.fault] += 1


def keep(asked: argparse.Namespace, made: tuple[int, Seed, bytes, list[str]], ended: Ended, folder: Path) -> None:
    """The file of a failure, and what is known of it."""
    number, whole, content, ways = made
    asked.keep.mkdir(parents=True, exist_ok=True)
    name = f"{ended.fault.replace(' ', '-')}-{asked.seed}-{number}"
    (asked.keep / f"{name}{whole.suffix}").write_bytes(content)
    crashes = sorted((folder / "budgettool").glob("*crash*.txt")) if (folder / "budgettool").is_dir() else []
    where = crashes[-1].read_text("utf-8") if crashes else ""
    for crash in crashes:
        crash.unlink()
    told = f"{whole.name}: {', '.join(ways)}\n{ended.seconds:.1f} s, {ended.peak:.0f} MB, exit {ended.code}\n{ended.note}\n{where}"
    (asked.keep / f"{name}.txt").write_text(told, "utf-8")
    print(f"{name}{whole.suffix}  {whole.name}: {', '.join(ways)}", file=sys.stderr, flush=True)


def report(tally: Tally, most: float, asked: argparse.Namespace) -> None:
    runs = tally.runs.total()
    print(f"{runs} damaged files (seed {asked.seed}), {tally.fresh} of them in a fresh process too")
    print("  by kind     " + ", ".join(f"{suffix} {n}" for suffix, n in sorted(tally.runs.items())))
    print("  exit codes  " + ", ".join(f"{code}: {n}" for code, n in sorted(tally.codes.items())))
    print(f"  slowest     {tally.slowest:.1f} s (a hang is {HANG:.0f} s)")
    print(f"  peak        {tally.peak:.0f} MB (the bound is {most:.0f} MB)")
    print("  failures    " + (", ".join(f"{fault} {n}" for fault, n in sorted(tally.faults.items())) or "none"))


def main() -> int:
    """Fuzz as asked; 1 where anything failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--runs", type=int, default=10**9)
    parser.add_argument("--first", type=int, default=0, help="the number of the first run: --first N --runs 1 makes run N again")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--few", action="store_true", help="damage few different files: a smoke test")
    parser.add_argument("--keep", type=Path, default=ROOT / "build" / "fuzz")
    parser.add_argument("--also", type=Path, action="append", default=[])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return 1 if fuzz(asked, Path(folder)).faults else 0


if __name__ == "__main__":
    sys.exit(main())
