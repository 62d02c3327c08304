"""Words that triggers colour: laid over a row's strip, never into the terminal's cells."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:
    from bbsterm.macros.patterns import Pattern
    from bbsterm.macros.triggers import Trigger
    from bbsterm.screen.terminal import Line

__all__ = ["MOST", "SLOW", "STRIKES", "Highlights"]

_log: Final = logging.getLogger("bbsterm.tui")

MOST: Final = 20
"""Places of one trigger in one row that are coloured."""

SLOW: Final = 0.02
STRIKES: Final = 5
"""Seconds that an expression may take for a row, and how often it may take longer before it colours none."""

_COLOURS: Final = {
    "red": "#ff5555",
    "green": "#55ff55",
    "yellow": "#ffff55",
    "blue": "#5555ff",
    "magenta": "#ff55ff",
    "cyan": "#55ffff",
    "white": "#ffffff",
}
"""The bright colours of a PC: black reads well on them."""


class _Pen:
    """One pattern and its colour.

    Attributes:
        strikes: How often it took too long.
    """

    def __init__(self, pattern: Pattern, colour: str) -> None:
        from bbsterm.macros.patterns import WINDOW  # here: who has a pattern has loaded it

        self.pattern = pattern
        self.style = Style(color="#000000", bgcolor=colour)
        self.strikes = 0
        self._may_be_slow = pattern.window < WINDOW[0]  # else it was the machine

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where its words stand, in the part of the text that it may be tried on."""
        pattern = self.pattern
        begin = time.perf_counter()
        matches = pattern.matcher.finditer(text, max(len(text) - pattern.window, 0))
        found = [match.span() for match in islice(matches, MOST)]
        if self._may_be_slow and time.perf_counter() - begin > SLOW:
            self.strikes += 1
        return found


class Highlights:
    """What is coloured. False where nothing is.

    Args:
        triggers: Those that have a colour are taken.
    """

    def __init__(self, triggers: Iterable[Trigger] = ()) -> None:
        self._pens = [
            _Pen(trigger.pattern, _COLOURS[trigger.highlight]) for trigger in triggers if trigger.highlight
        ]

    def __bool__(self) -> bool:
        return bool(self._pens)

    def over(self, strip: Strip, line: Line, scale: int = 1) -> Strip:
        """The strip with the words coloured that stand in the row.

        Args:
            strip: The row as it is drawn.
            line: The row.
            scale: Columns of the strip for a cell of the row.
        """
        from bbsterm.tui.strips import highlight  # here: it knows us

        text = "".join(text for text, _paint, _columns in line.spans())
        wide = not text.isascii()
        for pen in tuple(self._pens):
            for start, end in pen.places(text):
                if wide:
                    start, end = cell_len(text[:start]), cell_len(text[:end])
                strip = highlight(strip, start * scale, end * scale, pen.style)
            if pen.strikes >= STRIKES:
                self._pens.remove(pen)
                _log.warning("the trigger %s is too slow to colour its words", pen.pattern.shown)
        return strip
