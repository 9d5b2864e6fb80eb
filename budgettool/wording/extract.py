"""Code and `findings.toml` become the list of all messages, for the catalogues and for the test that holds them complete.

    python setup.py extract_messages     # locale/budgettool.pot
    python setup.py update_catalog       # kk, ru
    python setup.py build_py             # .mo

Babel's own extractor sees literals only. Much of what is printed stands in tables, `words.text(SHORT[key])`, so this
one also takes the texts of a table whose items are passed on, wherever the table is written.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import IO, TypeAlias

TEXTS = ("title", "message", "hint", "why")
"""The texts of a finding that are translated; its example stays as it is."""

Found: TypeAlias = tuple[int, str, tuple[str, ...]]
"""A line, `gettext`, `pgettext` or `ngettext`, and the message: its text, context and text, or singular and plural."""

_KINDS = {"text": "gettext", "Message": "pgettext", "Noun": "ngettext"}
"""Calls that say a message: `words.text("…")`, `Message("context", "…")`, `Noun("…", "…")`."""


def findings(fileobj: IO[bytes], keywords: object, comment_tags: Collection[str], options: Mapping[str, object]) -> Iterator[object]:
    """Babel's way to the texts of findings.toml; named in `locale/babel.cfg`."""
    for code, entry in tomllib.loads(fileobj.read().decode("utf-8")).items():
        for name in TEXTS:
            yield 1, "gettext", entry[name], [f"{code}: {name}"]


def code(fileobj: IO[bytes], keywords: object, comment_tags: Collection[str], options: Mapping[str, object]) -> Iterator[object]:
    """Babel's way to the messages of a module; named in `locale/babel.cfg`."""
    for line, kind, message in said_in(fileobj.read().decode("utf-8"), _tables()):
        yield line, kind, message if len(message) > 1 else message[0], []


def messages() -> set[tuple[str, ...]]:
    """Every message of the product: (text), (context, text) or (singular, plural) with its kind in front."""
    from budgettool.findings import catalogue

    tables = _tables()
    said = {(kind, *message) for source in _sources() for _, kind, message in said_in(source, tables)}
    return said | {("gettext", entry[name]) for entry in catalogue().values() for name in TEXTS}


def said_in(source: str, tables: Mapping[str, tuple[str, ...]]) -> Iterator[Found]:
    """The messages of a module's calls, `tables` holding the texts of named tables."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
        kind = _KINDS.get(name)
        if kind == "gettext":
            yield from ((node.lineno, kind, (text,)) for text in _texts(node.args[0], tables))
        elif kind is not None and len(node.args) > 1:
            first, second = (tuple(_texts(argument, {})) for argument in node.args[:2])
            yield from ((node.lineno, kind, (first[0], text)) for text in second if first)


def _texts(node: ast.expr, tables: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The texts that an expression may be: a literal, either branch of a choice, any item of a table."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body, tables)
            yield from _texts(orelse, tables)
        case ast.Subscript(value=ast.Name(id=name)) | ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get")):
            yield from tables.get(name, ())
        case ast.Subscript(value=ast.Dict(values=values)):
            yield from (text for value in values for text in _texts(value, tables))


def _sources() -> Iterator[str]:
    root = Path(str(files("budgettool")))
    return (path.read_text("utf-8") for path in sorted(root.rglob("*.py")))


def _tables() -> dict[str, tuple[str, ...]]:
    """Every dict or tuple of texts that has a name, by that name; tables of one name are taken together."""
    found: dict[str, tuple[str, ...]] = {}
    for source in _sources():
        for node in ast.walk(ast.parse(source)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
            values = node.value.values if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Dict) else []
            texts = tuple(text for value in values for text in _texts(value, {}))
            for target in targets:
                if texts and isinstance(target, ast.Name):
                    found[target.id] = (*found.get(target.id, ()), *texts)
    return found
