"""The fuzzer itself: a few dozen damaged files, no failure among them, and each made again from its number."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "fuzz.py"


def test_a_few_damaged_files_end_with_an_exit_code(tmp_path: Path) -> None:
    keep = tmp_path / "failures"
    ran = subprocess.run(
        [sys.executable, SCRIPT, "--runs", "30", "--seed", "7", "--few", "--keep", keep], capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "30 damaged files" in ran.stdout and "failures    none" in ran.stdout


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip", b"<a b='1'>x</a>", "Регион;План\nАбай;1\n".encode(), b"\0\1\2", b""])
def test_damage_is_made_again_from_its_number(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    from damage import damaged

    for number in range(150):
        assert damaged(Random(number), content) == damaged(Random(number), content)
