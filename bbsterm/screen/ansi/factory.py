"""Makes ANSI terminals by profile."""

from __future__ import annotations

from typing import Any

from bbsterm.screen.ansi.profile import BBS, XTERM
from bbsterm.screen.ansi.terminal import AnsiTerminal

__all__ = ["bbs", "vt"]


def bbs(**settings: Any) -> AnsiTerminal:
    """ANSI-BBS: SyncTERM's emulation. Settings are those of `AnsiTerminal`."""
    return AnsiTerminal(profile=BBS, **settings)


def vt(**settings: Any) -> AnsiTerminal:
    """A VT: xterm's emulation."""
    return AnsiTerminal(profile=XTERM, **settings)
