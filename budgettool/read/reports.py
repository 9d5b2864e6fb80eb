"""Names of files become a yes or no: may a file of this name, in a folder or an archive, be a report?"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_SYSTEM = frozenset(("thumbs.db", "desktop.ini", "ehthumbs.db", "budgettool.toml"))
_OTHER = re.compile(
    r"\.(?:txt|md|toml|jsonl?|ya?ml|ini|cfg|log|py|sql|sh|bat|cmd|ps1|png|jpe?g|gif|bmp|svg|tiff?|webp|sqlite3?|db|lock|tmp|bak|part|crdownload"
    r"|lnk|url|exe|dll|msi|mp3|mp4)"
)


def is_report(name: str) -> bool:
    """Whether a file of this name may be a report: no lock, system, hidden or plainly other file.

    Letters and archives may hold reports: those that are not read are named, since what they hold would be missed.
    """
    lower = name.lower()
    return not (lower.startswith((".", "~$")) or lower in _SYSTEM or lower.endswith(("#", "~")) or _OTHER.fullmatch(PurePosixPath(lower).suffix))
