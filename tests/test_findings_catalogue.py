"""Every finding that the code can make has its words, and they have the shape that sentences are made of."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from budgettool.findings import Severity, catalogue
from budgettool.wording.template import fields
from budgettool.wording.words import NOUNS

FIELDS = {"family", "severity", "title", "message", "hint", "why", "example"}
FAMILIES = {"reading", "submission", "money", "people", "rates", "ledger", "claims", "refusal"}
CODE = re.compile(r"[a-z]+(-[a-z]+)*")
CODES = sorted(catalogue())


def used() -> Iterator[tuple[str, str]]:
    """(code, file) of each `Finding("…")` and `Refusal("…")`."""
    root = Path(str(files("budgettool")))
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Finding", "Refusal") and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, path.name


def test_every_code_that_is_used_has_its_words() -> None:
    assert [(code, file) for code, file in used() if code not in catalogue()] == []


@pytest.mark.parametrize("code", CODES)
def test_an_entry_is_complete(code: str) -> None:
    entry = catalogue()[code]
    assert CODE.fullmatch(code)
    assert set(entry) == FIELDS
    assert all(text.strip() == text and text for text in entry.values())
    assert entry["family"] in FAMILIES
    assert Severity(entry["severity"])


@pytest.mark.parametrize("code", CODES)
def test_a_title_has_two_to_four_words(code: str) -> None:
    assert 2 <= len(catalogue()[code]["title"].split()) <= 4


@pytest.mark.parametrize("code", CODES)
def test_a_message_goes_on_after_its_place(code: str) -> None:
    """`Cell F20: the printed total …`: no capital at the beginning, no full stop at the end."""
    message = catalogue()[code]["message"]
    assert not message[0].isupper()
    assert not message.endswith(".")


@pytest.mark.parametrize("code", CODES)
def test_hint_and_why_are_sentences(code: str) -> None:
    for name in ("hint", "why"):
        text = catalogue()[code][name]
        assert text.endswith((".", "?"))
        assert text[0].isupper() or not text[0].isalpha()


@pytest.mark.parametrize("code", CODES)
def test_placeholders_are_well_formed(code: str) -> None:
    for name in ("message", "hint"):
        text = catalogue()[code][name]
        said = fields(text)
        assert text.count("{") == text.count("}") == len(said)
        assert re.sub(r"\[[^\[\]]*\]", "", text).count("[") == 0, "brackets do not nest"
        ways = {field.strip("{}").partition(":")[2] for field in said} - {""}
        assert ways <= {"q", "or", *NOUNS}


def test_titles_tell_codes_apart() -> None:
    titles = [entry["title"] for entry in catalogue().values()]
    assert len(titles) == len(set(titles))
