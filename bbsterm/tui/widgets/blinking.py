"""The phases of blinking cells: a timer that runs only while there are some."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.timer import Timer
from textual.widget import Widget

__all__ = ["PERIOD", "Blinking"]

PERIOD: Final = 0.5
"""Seconds of each phase: about what a VGA card does."""


class Blinking:
    """Asks which rows blink, and has them drawn again at each phase.

    Attributes:
        shown: Whether blinking cells are to be seen now.
        running: Whether the timer goes.
    """

    def __init__(self, rows: Callable[[], list[int]], redraw: Callable[[list[int]], None]) -> None:
        """Do nothing yet.

        Args:
            rows: Which rows of the screen blink, as they were drawn last.
            redraw: Draw these rows again, soon.
        """
        self.shown = True
        self.running = False
        self._rows = rows
        self._redraw = redraw
        self._timer: Timer | None = None

    def mount(self, widget: Widget) -> None:
        """The widget runs now; nothing blinks in it yet."""
        self._timer = widget.set_interval(PERIOD, self._turn, pause=True)

    def drawn(self) -> None:
        """Rows were drawn: some may blink."""
        if self._timer is not None and self._rows():
            self._timer.resume()
            self.running = True

    def _turn(self) -> None:
        rows = self._rows()
        self.shown = not self.shown if rows else True
        if rows:
            self._redraw(rows)
        elif self._timer is not None:
            self._timer.pause()
            self.running = False
