"""The two families of terminals that read escape sequences, as values: what a BBS expects, what a VT does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bbsterm.screen.ansi.syntax import BBS as BBS_RULES
from bbsterm.screen.ansi.syntax import VT as VT_RULES
from bbsterm.screen.ansi.syntax import Rules
from bbsterm.screen.keyboards import ANSI, VT, Keyboard

__all__ = ["BBS", "XTERM", "Profile"]


@dataclass(frozen=True, eq=False)
class Profile:
    """How a terminal behaves where terminals differ.

    Attributes:
        name: In one word, for the status row.
        rules: The grammar.
        keyboard: The keys.
        pending_wrap: Whether column 80 waits for the next character (last column flag) or wraps at once.
        bbs: Whether it is SyncTERM's family: C0 are glyphs, FF and ED 2 clear and home, colours are the PC's.
    """

    name: str
    rules: Rules
    keyboard: Keyboard
    pending_wrap: bool
    bbs: bool


BBS: Final = Profile(name="ansi", rules=BBS_RULES, keyboard=ANSI, pending_wrap=False, bbs=True)
"""ANSI-BBS as SyncTERM's CTerm does it."""

XTERM: Final = Profile(name="vt", rules=VT_RULES, keyboard=VT, pending_wrap=True, bbs=False)
"""A VT as xterm does it."""
