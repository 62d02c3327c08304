"""What an ANSI terminal remembers: cursor, margins, modes, tab stops, save points."""

from __future__ import annotations

from typing import NamedTuple

from bbsterm import limits
from bbsterm.screen.ansi.profile import Profile
from bbsterm.screen.base import BaseTerminal
from bbsterm.screen.palette import VGA, Palette, xterm_256
from bbsterm.screen.pens import Pen, Pens

__all__ = ["SavePoint", "TerminalState"]


class SavePoint(NamedTuple):
    """What DECSC keeps."""

    x: int
    y: int
    pen: Pen
    origin: bool


class TerminalState(BaseTerminal):
    """The state, its defaults, and what several groups of functions ask of it.

    Attributes:
        profile: BBS or VT.
        pen: What text is drawn with and blanks are made of.
        top: First row of the scrolling region.
        bottom: First row below it.
        left: First column between the margins (DECLRMM).
        right: First column beyond them.
        origin: Whether the cursor counts from the region's corner (DECOM).
        autowrap: Whether text goes on in the next row (DECAWM).
        pending_wrap: Whether the last column waits for the next character before it wraps.
        insert: Whether text pushes what is there to the right (IRM).
        newline: Whether LF goes to column 1 too (LNM).
        tabs: Columns with a tab stop.
    """

    def __init__(
        self,
        columns: int,
        rows: int,
        *,
        profile: Profile,
        scrollback: int = limits.SCROLLBACK_LINES,
    ) -> None:
        pens = Pens(Palette(xterm_256(VGA)))
        super().__init__(columns, rows, pens=pens, keyboard=profile.keyboard, scrollback=scrollback)
        self.profile = profile
        self._power_on()

    def _power_on(self) -> None:
        """Everything as after switching on, but for the cells."""
        self.x = self.y = 0
        self.visible = True
        self.pen: Pen = self.pens.default
        self.top, self.bottom = 0, self.rows
        self.left, self.right = 0, self.columns
        self.origin = False
        self.autowrap = True
        self.pending_wrap = self.profile.pending_wrap
        self.insert = False
        self.newline = False
        self.tabs = set(range(8, self.columns, 8))
        self.saved: SavePoint | None = None
        self.title = ""

    @property
    def waiting(self) -> bool:
        """Whether the cursor waits beyond the last column for a character to wrap (VT)."""
        return self.x >= self.columns

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor at a place on the screen, or at the nearest one that is on it."""
        self.y = max(0, min(row, self.rows - 1))
        self.x = max(0, min(column, self.columns - 1))

    def stop_waiting(self) -> None:
        """Forget a pending wrap: the cursor is in the last column."""
        if self.x >= self.columns:
            self.x = self.columns - 1
