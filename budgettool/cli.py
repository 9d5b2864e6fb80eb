"""The door: words of the command line become a command that runs, and everything that may end it becomes an exit code.

The group knows no command until it is called or listed. Refusals are caught here and nowhere else, and
so are mistakes of our own: one sentence, and a file that says where in the code, without anything that
stood in a cell.
"""

from __future__ import annotations

import sys

import click

from budgettool.commands._drawer import Drawer

_EPILOG = """\b
The month end:
  budgettool init                       a new ledger in this folder
  budgettool import inbox/              the regions' workbooks into it
  budgettool reconcile --period 2023-07 what was sent, received, paid, returned
  budgettool percapita --period 2023    what one recipient cost
  budgettool return consolidated -o FILE.xlsx --period 2023-07

Exit codes: 0 fine, 1 findings, 2 wrong usage or settings, 3 an input can't be read,
4 no ledger or a damaged one, 5 refused, 70 a mistake of the tool.
"""


@click.command(cls=Drawer, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="budgettool", prog_name="budgettool")
def cli() -> None:
    """Track the money of state social orders: from the regions' spreadsheets to reconciled figures, cost a
    recipient in tenge and dollars, and a formatted Excel return.
    """


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    try:
        ended = cli.main(arguments, prog_name="budgettool", standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped.", err=True)
        return 130
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except Exception as fault:  # noqa: BLE001 (the one place where everything ends)
        from budgettool.commands import _ending

        return _ending.of(fault, sys.argv[1:] if arguments is None else arguments)
    return ended if isinstance(ended, int) else 0
