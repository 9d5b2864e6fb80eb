"""`python -m budgettool`: the same door as the command."""

from __future__ import annotations

import sys

from budgettool.cli import main

if __name__ == "__main__":
    sys.exit(main())
