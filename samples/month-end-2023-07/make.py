"""Make the inbox of July 2023: nineteen regions' workbooks and the ministry's, with five faults put in."""

from __future__ import annotations

from pathlib import Path

from samples.month import FAULTS, draw, month

SEED = 7


def main() -> None:
    """Write the inbox anew."""
    inbox = Path(__file__).parent / "inbox"
    for old in inbox.glob("*"):
        old.unlink()
    draw(month(SEED, faults=FAULTS), inbox)


if __name__ == "__main__":
    main()
