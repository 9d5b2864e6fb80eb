"""A return that was written, as a page: where it lies, its digest, and the state of the ledger it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from budgettool.formats import Lines, Page
from budgettool.show import Json, remarks, schema

if TYPE_CHECKING:
    from budgettool.findings import Finding
    from budgettool.reconcile import Reconciliation
    from budgettool.wording import Wording


def page(
    name: str,
    file: Path,
    content: bytes,
    recon: Reconciliation,
    findings: Iterable[Finding],
    *,
    langs: tuple[str, ...],
    head: str | None,
    words: Wording,
) -> Page:
    """The page of a written return."""
    found = remarks.unique(findings)
    digest = hashlib.sha256(content).hexdigest()
    document: Json = {
        "schema": schema("return"),
        "name": name,
        "file": str(file),
        "sha256": digest,
        "period": str(recon.query.period),
        "languages": list(langs),
        "ledger_head": head,
        "findings": remarks.documents(found, words),
    }
    said = words.text("Written: {file} ({period}; {languages}).", file=str(file), period=recon.query.period, languages=", ".join(langs))
    return remarks.page(document, [Lines((said, words.text("Digest: {digest}", digest=digest[:12])))], words, found=found)
