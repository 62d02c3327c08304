"""`bbsterm run MACRO|SCRIPT --to BOARD`: a login macro or a Python script on a call, without a screen."""

from __future__ import annotations

import argparse
from typing import Final

from bbsterm.cli.base import Commands, add_logging_options, examples

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Call a board, run a macro (.toml) or a script (.py) on the call, and hang up.

MACRO|SCRIPT is a file, or the name of one in the macros folder. BOARD is an entry of the address book,
an address, or `demo`: the demo board, started for this. No terminal is needed: good for cron, and for
whoever tests boards. When it fails, a picture of the screen is saved and the exit code is 1."""


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "run",
        description=_DESCRIPTION,
        epilog=examples(
            "bbsterm run examples/macros/demo_login.toml --to demo",
            "bbsterm run login --to Xibalba --screenshot menu.svg",
            "bbsterm run check.py --to bbs.example.org:2323 --json --timeout 60",
        ),
    )
    parser.add_argument(
        "what", metavar="MACRO|SCRIPT", help="a .toml or .py file, or a name in the macros folder"
    )
    parser.add_argument("--to", metavar="BOARD", required=True, help="an entry's name, an address, or demo")
    parser.add_argument("--user", help="what {user} types (default: as the entry says)")
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="what {name} types; may be given often",
    )
    parser.add_argument(
        "--secret-env",
        metavar="NAME",
        help="{secret} is what this variable of the environment holds (default: as the entry says)",
    )
    parser.add_argument(
        "--terminal", metavar="KIND", help="ansi, utf8, vt, petscii, atascii ... (default: the entry's)"
    )
    parser.add_argument(
        "--screenshot", metavar="FILE", help="save the last screen: .svg, .ans, .txt or .html"
    )
    parser.add_argument("--transcript", metavar="FILE", help="write what the board says to FILE, as text")
    parser.add_argument("--json", action="store_true", help="what happens on stdout, an object a line")
    parser.add_argument(
        "--timeout", metavar="SECONDS", default="300", help="give up after so long (default: %(default)s)"
    )
    add_logging_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Call, run it, hang up. stdout has what happens (with --json), stderr what went wrong."""
    from bbsterm.cli.log import start_logging  # here and below: --help is fast
    from bbsterm.cli.run_call import run_call

    start_logging(args)
    return run_call(args)
