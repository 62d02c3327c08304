"""`bbsterm paths`: where bbsterm keeps the user's files."""

from __future__ import annotations

import argparse

from bbsterm.cli.base import Commands, ExitCode, examples

__all__ = ["add_to", "run"]


def add_to(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "paths",
        description="Say where settings, the address book, logs, captures, the board and the like are kept.",
        epilog=examples("bbsterm paths"),
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """One line each: what, a tab, where. Nothing is created."""
    from bbsterm.cli.own_settings import own_settings  # here, not above: --help needs no folders
    from bbsterm.config import find_paths

    paths, files = find_paths(), own_settings().files
    rows = (
        ("settings", paths.settings),
        ("entries", paths.entries),
        ("versions", paths.entries.parent / "backups"),
        ("state", paths.state),
        ("log", paths.log),
        ("captures", files.captures or paths.captures),
        ("board", paths.board),
        ("fingerprints", paths.fingerprints),
        ("downloads", files.downloads),
    )
    for what, where in rows:
        print(f"{what:<10}\t{where}")
    return ExitCode.OK
