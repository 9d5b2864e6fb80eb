"""Titles within a table that state a measure: each is one more level of the header for the rows below it.

    Регион          | 2018 | 2019
    Утверждено                          B: Утверждено / 2018, for the rows below
    Актюбинская     | 100  | 110
    Получатели, чел.                    B: Получатели, чел. / 2018, for the rows below
    Актюбинская     | 9    | 8

Titles that state a region, a period or a programme are read with the rows (`normalise.levels`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from budgettool.letters import unmixed
from budgettool.read.sheet import Sheet
from budgettool.recognise.header import HeaderBlock, Level, is_figure, is_label, is_period, text_of
from budgettool.recognise.labels import after_of_which, beside_measure, marked, numbered
from budgettool.recognise.vocabulary import folded, read_header, vocabulary, words

_TELLING = 0.6
"""A title states a measure if its words are this much of it, by letters; `Оплата услуг связи` is the name of a cost."""


def divided(sheet: Sheet, block: HeaderBlock, end: int) -> list[tuple[HeaderBlock, int]]:
    """A header with the last row below it, or one for each title that states a measure; rows above the first title keep the header alone."""
    titles = [(row, level) for row in range(block.rows[-1] + 1, end + 1) if (level := _title(sheet, row))]
    if not titles:
        return [(block, end)]
    first = titles[0][0]
    alone = any(is_figure(value) for row in range(block.rows[-1] + 1, first) for _, value in sheet.filled(row))
    ends = [*(row - 1 for row, _ in titles[1:]), end]
    parts = [(replace(block, rows=(*block.rows, row), levels=_below(block, level)), last) for (row, level), last in zip(titles, ends, strict=True)]
    return [*([(block, first - 1)] if alone else []), *parts]


def _title(sheet: Sheet, row: int) -> Level | None:
    """The title in a row that holds nothing else, if it states a measure."""
    cells = list(islice(sheet.filled(row), 3))
    texts = [(column, value) for column, value in cells if isinstance(value, str) and numbered(value) is None]
    if len(texts) != 1 or cells[-1][0] != texts[0][0] or (len(cells) > 1 and (len(cells) > 2 or numbered(text_of(cells[0][1])) is None)):
        return None
    column, text = texts[0]
    return Level(text.strip(), row, column) if states_measure(text) else None


def states_measure(text: str) -> bool:
    """Whether a title is nothing but the words of a measure, of its unit and of a period."""
    told = marked(text)[1]
    if len(told) > 120 or is_label(told) or after_of_which(told) is not None or is_period(told):
        return False
    meaning = next((m for m in read_header(told).meanings if m.strength), None)
    if meaning is None or meaning.kind not in ("measure", "beside", "ambiguous") or meaning.field in ("note", "number"):
        return False
    tokens = [token for token in words(unmixed(folded(told))) if not beside_measure(token)]
    return min(meaning.strength, len("".join(tokens))) >= _TELLING * len("".join(tokens))


def _below(block: HeaderBlock, title: Level) -> Mapping[int, tuple[Level, ...]]:
    """The header's texts with the title above those that measure something or are a period."""
    return {index: (title, *levels) if any(_takes(level) for level in levels) else levels for index, levels in block.levels.items()}


def _takes(level: Level) -> bool:
    if is_period(level.text):
        return True
    header = read_header(level.text)
    return vocabulary().has("total", header.text) or any(meaning.kind in ("measure", "ambiguous") for meaning in header.meanings)
