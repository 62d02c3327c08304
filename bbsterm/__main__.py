"""`python -m bbsterm` and the `bbsterm` command: hand over to the command line."""

from __future__ import annotations

import sys

from bbsterm.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
