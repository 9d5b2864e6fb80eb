"""A page as its JSON document: keys in their fixed order, text as it is, or pure ASCII where the stream is not UTF-8."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budgettool.formats import Page
    from budgettool.wording import Wording


def render(page: Page, words: Wording, encoding: str) -> str:
    """The document, indented; the same document gives the same bytes."""
    text = json.dumps(page.document, ensure_ascii=codecs.lookup(encoding).name != "utf-8", indent=1, allow_nan=False)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:  # half a character, from the name of a file
        text = json.dumps(page.document, indent=1, allow_nan=False)
    return text + "\n"
