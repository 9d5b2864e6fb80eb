"""How property tests run: at random where people work, the same examples each time on a server, so that a change is judged by itself."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("server", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("server")
