"""`bbsterm` without a command: the dialer."""

from __future__ import annotations

import argparse

from bbsterm.cli.base import require_terminal

__all__ = ["run"]


def run(args: argparse.Namespace) -> int:
    """Open the application on its dialer page."""
    require_terminal("`bbsterm connect --plain HOST`, or `bbsterm demo --print` for a first look")

    from bbsterm.cli.log import start_logging
    from bbsterm.config import find_paths

    start_logging(args, file=find_paths().log)

    from bbsterm.app import run_app  # here, not above: Textual takes 0.2 s to import

    return run_app(None)
