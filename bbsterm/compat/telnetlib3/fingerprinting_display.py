"""`python -m` of the old display: the report of one file, under the name of its old module."""

from __future__ import annotations

import sys

from bbsterm.compat.telnetlib3.fingerprinting import fingerprinting_post_script

__all__ = ["fingerprinting_post_script", "main"]


def main() -> None:
    """Print the report of the file that is named on the command line."""
    if len(sys.argv) != 2:
        sys.exit("usage: fingerprinting_display FILE")
    fingerprinting_post_script(sys.argv[1])


if __name__ == "__main__":
    main()
