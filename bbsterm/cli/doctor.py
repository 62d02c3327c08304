"""`bbsterm doctor`: what this terminal, this system and this installation can do."""

from __future__ import annotations

import argparse

from bbsterm.cli.base import Commands, ExitCode, examples

__all__ = ["add_to", "run"]

_DESCRIPTION = """\
Look at the terminal (its size, colours, keyboard, fonts), the locale, the clipboard, the settings and the
installation. Nothing is changed, and nobody is called. Exit 1 if something is wrong. A bug report with the
output of --json is half solved; it names folders below your home with ~ and holds no entries of the book."""


def add_to(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "doctor", description=_DESCRIPTION, epilog=examples("bbsterm doctor", "bbsterm doctor --json")
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """One line a finding."""
    from bbsterm.tui.doctor import BAD, as_data, examine, line_of  # here, not above: --help examines nothing

    findings = examine()
    if args.json:
        import json

        print(json.dumps(as_data(findings), indent=2))
    else:
        for finding in findings:
            print(line_of(finding))
    return ExitCode.FAILED if any(finding.state == BAD for finding in findings) else ExitCode.OK
