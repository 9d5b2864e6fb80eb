"""budgettool: tracking the money of state social orders, from spreadsheets to reconciled figures and returns.

The public names, each loaded when it is first used: `budgettool.Period`, `budgettool.Ledger`,
`budgettool.read_file`, `budgettool.reconcile` ...
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "Entry": "terms",
    "Figure": "terms.figure",
    "Finding": "findings",
    "Ledger": "ledger",
    "Period": "period",
    "Query": "reconcile",
    "Refusal": "findings",
    "Submission": "terms",
    "percapita": "value",
    "read_file": "normalise",
}
"""Each public name and the module that it lives in."""

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("budgettool")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
