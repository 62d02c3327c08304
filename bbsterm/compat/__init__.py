"""Other libraries' APIs on our engine, so that their programs run: miniboa, and the removed `telnetlib`.

Change the import (``from bbsterm.compat.miniboa import TelnetServer``, ``import bbsterm.telnetlib``), or
leave the program as it is and install the old name first:

>>> import bbsterm.compat
>>> bbsterm.compat.install("telnetlib", "miniboa")
>>> import telnetlib
"""

from __future__ import annotations

import importlib
import sys
from typing import Final

__all__ = ["install"]

_HOMES: Final = {
    "telnetlib": "bbsterm.telnetlib",
    "miniboa": "bbsterm.compat.miniboa",
    "miniboa.mbasync": "bbsterm.compat.miniboa.server",
    "miniboa.telnet": "bbsterm.compat.miniboa.client",
    "miniboa.xterm": "bbsterm.compat.miniboa.xterm",
    "miniboa.error": "bbsterm.compat.miniboa.error",
}


def install(*names: str) -> None:
    """Make ``import telnetlib`` and ``import miniboa`` find ours, from now on, in this process.

    Args:
        *names: "telnetlib", "miniboa"; without any, both.

    Raises:
        ValueError: We have nothing of that name.
    """
    for name in names or ("telnetlib", "miniboa"):
        if name not in _HOMES:
            raise ValueError(f"there is no stand-in for {name!r}, only for telnetlib and miniboa")
        for old, home in _HOMES.items():
            if old == name or old.startswith(name + "."):
                sys.modules[old] = importlib.import_module(home)
