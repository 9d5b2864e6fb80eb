"""The samples tell true stories: each command of each story prints what is kept beside it, and the inboxes are made anew alike."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import pytest

from samples import renew

HERE = Path(renew.__file__).parent


@pytest.mark.parametrize("story", renew.STORIES)
def test_every_command_prints_what_is_expected(story: str) -> None:
    expected = {path.name: path.read_text("utf-8") for path in (HERE / story / "expected").iterdir()}
    assert dict(renew.answers(HERE / story)) == expected


@pytest.mark.parametrize("story", renew.STORIES)
def test_the_inbox_is_made_anew_byte_for_byte(story: str, tmp_path: Path) -> None:
    folder = tmp_path / story
    shutil.copytree(HERE / story, folder)
    before = {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.suffix in (".xlsx", ".csv")}
    runpy.run_path(str(folder / "make.py"), run_name="__main__")
    assert {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.suffix in (".xlsx", ".csv")} == before
