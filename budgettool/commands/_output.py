"""A page becomes output and an exit code: the result on stdout, talk on stderr, the gravest thing found as a number."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from budgettool import formats

if TYPE_CHECKING:
    from budgettool.commands._asked import Options
    from budgettool.findings import Finding
    from budgettool.formats import Page


def finish(options: Options, page: Page) -> int:
    """Print the page and give the exit code of the command."""
    from budgettool.wording import Wording

    render = formats.renderer(options.format)
    write(render(page, Wording(page.lang), encoding()))
    if options.format == "csv" and not options.quiet:
        for block in page.remarks:
            say("\n".join([block.title, *block.lines] if block.title else block.lines))
    return exit_code(page.found, fail_on=options.fail_on)


def exit_code(findings: Iterable[Finding], *, fail_on: str = "error") -> int:
    """3 where an input could not be read, 1 for findings at or above the asked severity, else 0."""
    from budgettool.findings import Exit, Severity
    from budgettool.read import UNREADABLE

    found = list(findings)
    if any(finding.code in UNREADABLE for finding in found):
        return Exit.UNREADABLE
    return Exit.FINDINGS if any(finding.grade.rank >= Severity(fail_on).rank for finding in found) else Exit.FINE


def encoding() -> str:
    """The encoding of stdout."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def write(text: str) -> None:
    """Put a result on stdout; nothing happens where nobody reads any more, and a full disk is a refusal."""
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        _let_go()
    except OSError as fault:
        from budgettool.findings import Exit, Refusal

        _let_go()
        raise Refusal("output-not-writable", Exit.REFUSED, file="stdout", reason=fault.strerror or str(fault)) from fault


def _let_go() -> None:
    """Send what is left in stdout's buffer nowhere, so that the last flush, at the very end, is quiet as well."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """Talk, on stderr, in what its encoding can hold."""
    click.echo(formats.fitted(text, getattr(sys.stderr, "encoding", None) or "utf-8"), err=True)


def is_watched() -> bool:
    """Whether somebody sees progress: stderr is a terminal."""
    return sys.stderr is not None and sys.stderr.isatty()
