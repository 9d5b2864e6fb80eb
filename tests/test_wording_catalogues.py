"""The Kazakh and Russian catalogues say all that the product says, and nothing that it no longer says."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from budgettool.wording import LANGUAGES
from budgettool.wording.extract import messages, said_in
from budgettool.wording.template import fields

TRANSLATED = [lang for lang in LANGUAGES if lang != "en"]
FORMS = {"ru": 3, "kk": 2}
NEVER = {
    "ru": ("недостач", "нарушен", "хищен", "нецелев", "ё"),
    "kk": ("жетіспеушілік", "бұзушылық", "ұрлау", "мақсатсыз"),
}
"""Only an audit body may call a difference by these names, and state texts print no ё."""


@cache
def catalogue(lang: str) -> dict[tuple[str, str], Message]:
    """The messages of a catalogue by context and text, the singular for a plural."""
    with files("budgettool.locale").joinpath(lang, "LC_MESSAGES", "budgettool.po").open("rb") as stream:
        read = read_po(stream)
    return {(message.context or "", _first(message.id)): message for message in read if message.id}


def _first(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


@cache
def said() -> frozenset[tuple[str, str]]:
    return frozenset((message[1], message[2]) if message[0] == "pgettext" else ("", message[1]) for message in messages())


def strings(message: Message) -> tuple[str, ...]:
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_nothing_is_missing(lang: str) -> None:
    assert sorted(said() - catalogue(lang).keys()) == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_nothing_is_left_over(lang: str) -> None:
    assert sorted(catalogue(lang).keys() - said()) == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_nothing_is_empty_or_fuzzy(lang: str) -> None:
    assert [key for key, message in catalogue(lang).items() if message.fuzzy or not all(strings(message))] == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_placeholders_are_those_of_the_source(lang: str) -> None:
    unequal = [key for key, message in catalogue(lang).items() if any(fields(text) != fields(key[1]) for text in strings(message))]
    assert unequal == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_optional_parts_are_closed(lang: str) -> None:
    texts = [text for message in catalogue(lang).values() for text in strings(message)]
    assert [text for text in texts if text.count("[") != text.count("]")] == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_plurals_have_all_forms(lang: str) -> None:
    plurals = [message for message in catalogue(lang).values() if not isinstance(message.id, str)]
    assert plurals
    assert all(len(strings(message)) == FORMS[lang] for message in plurals)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_word_that_only_an_audit_body_may_use(lang: str) -> None:
    texts = [text for message in catalogue(lang).values() for text in strings(message)]
    assert [text for text in texts if any(word in text.casefold() for word in NEVER[lang])] == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_one_translation_begins_as_its_source_does(lang: str) -> None:
    """What is set behind a place begins in lower case; what stands alone with a capital."""
    wrong = [
        key
        for key, message in catalogue(lang).items()
        for text in strings(message)
        if key[1][0].isalpha() and text[0].isalpha() and key[1][0].islower() and text[0].isupper() and not text[:2].isupper()
    ]
    assert [key for key in wrong if "DRAFT" not in key[1] and "Excel" not in key[1] and "OpenDocument" not in key[1]] == []


def test_messages_of_tables_are_found_where_their_items_are_passed_on() -> None:
    source = 'words.text("One"); words.text(SHORT[key]); words.text("Two" if many else "Three"); Message("month", "May")'
    found = {message for _, _, message in said_in(source, {"SHORT": ("Four", "Five")})}
    assert found == {("One",), ("Two",), ("Three",), ("Four",), ("Five",), ("month", "May")}
