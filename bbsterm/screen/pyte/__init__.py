"""Our screens where a program expects pyte's: the same names, cells that are `pyte.Char`, our emulation.

``import bbsterm.screen.pyte as pyte`` is enough for a program that uses pyte's Screen, HistoryScreen, Stream
and ByteStream. `Screen` is a `pyte.Screen`, so pyte's own streams can feed it too; ours read the whole
grammar. Where pyte is wrong, ours is right: docs/emulation.md has the list.
"""

from __future__ import annotations

from pyte.screens import Char

from bbsterm.screen.pyte.history import HistoryScreen
from bbsterm.screen.pyte.screen import Screen
from bbsterm.screen.pyte.streams import ByteStream, Stream

__all__ = ["ByteStream", "Char", "HistoryScreen", "Screen", "Stream"]
