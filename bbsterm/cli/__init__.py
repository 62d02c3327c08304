"""The command line: one file per command."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    from bbsterm.cli.base import run_command

    return run_command(list(sys.argv[1:] if argv is None else argv))
