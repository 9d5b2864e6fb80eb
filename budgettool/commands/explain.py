"""`explain`: a code becomes what it means, why it matters, how to mend it, and an example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from budgettool.commands._options import as_command

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.formats import Page


@as_command("explain")
@click.argument("code", required=False)
def command(options: Options, code: str | None) -> Page:
    """Explain a finding by its code, or list all codes."""
    from budgettool.show import explained

    return explained.page(code, options.words()) if code else explained.listing(options.words())
