"""The bar of a call: below the board where there is room, else over its last row when there is reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.message import Message
from textual.timer import Timer

from bbsterm.tui.bar_text import Bar
from bbsterm.tui.geometry import StatusPlace
from bbsterm.tui.widgets.bottom_bar import BottomBar

__all__ = ["OVERLAY_SECONDS", "CallBar"]

OVERLAY_SECONDS: Final = 3.0
"""How long the status covers a row of the board."""


class CallBar(BottomBar):
    """Shows the status; or what is pinned over it (keys, a question, the end) until it is unpinned."""

    @dataclass
    class Shown(Message):
        """As an overlay it has appeared or gone."""

        bar: CallBar
        shown: bool

        @property
        def control(self) -> CallBar:
            """Who sent it, for `@on` with a selector."""
            return self.bar

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._status = Bar(())
        self._pinned: Bar | None = None
        self._place = StatusPlace.FIXED
        self._timer: Timer | None = None

    def place(self, place: StatusPlace) -> None:
        """Stand below the board, or over it."""
        self._place = place
        self._settle()

    def status(self, bar: Bar) -> None:
        """What the status says from now on."""
        self._status = bar
        self._settle()

    def pin(self, bar: Bar) -> None:
        """Show this instead, and stay."""
        self._pinned = bar
        self._settle()

    def unpin(self) -> None:
        """Back to the status."""
        self._pinned = None
        self._settle()

    @property
    def is_passing(self) -> bool:
        """Whether it covers a row of the board for a moment only."""
        return self._timer is not None and self._pinned is None and self._place is StatusPlace.OVERLAY

    def dodge(self, at_top: bool) -> None:
        """While it only passes, stand at the top, where the cursor is not; or at the bottom again."""
        if self.is_passing:
            self.set_class(at_top, "-top")

    def flash(self) -> None:
        """Something happened: as an overlay, show the status for a moment."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(OVERLAY_SECONDS, self._fade)
        self._settle()

    def fade(self) -> None:
        """Do not wait for the moment to pass."""
        if self._timer is not None:
            self._timer.stop()
        self._fade()

    def _fade(self) -> None:
        self._timer = None
        self._settle()

    def _settle(self) -> None:
        """Make everything follow from what we know."""
        overlay = self._place is StatusPlace.OVERLAY
        shown = not overlay or self._pinned is not None or self._timer is not None
        self.set_class(overlay, "-overlay")
        if self._pinned is not None or not overlay:
            self.remove_class("-top")
        self.show(self._pinned or self._status)
        if self.display != shown:
            self.display = shown
            self.post_message(self.Shown(self, shown))
