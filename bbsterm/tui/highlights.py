"""Words that triggers colour: laid over a row's strip, never into the terminal's cells."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:
    from bbsterm.macros.triggers import Trigger
    from bbsterm.screen.terminal import Line

__all__ = ["MOST", "Highlights"]

MOST: Final = 20
"""Places of one trigger in one row that are coloured."""

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


class Highlights:
    """What is coloured. False where nothing is.

    Args:
        triggers: Those that have a colour are taken.
    """

    def __init__(self, triggers: Iterable[Trigger] = ()) -> None:
        self._found = tuple(
            (trigger.pattern.matcher, Style(color="#000000", bgcolor=_COLOURS[trigger.highlight]))
            for trigger in triggers
            if trigger.highlight
        )

    def __bool__(self) -> bool:
        return bool(self._found)

    def over(self, strip: Strip, line: Line, scale: int = 1) -> Strip:
        """The strip with the words coloured that stand in the row.

        Args:
            strip: The row as it is drawn.
            line: The row.
            scale: Columns of the strip for a cell of the row.
        """
        from bbsterm.tui.strips import highlight

        text = "".join(text for text, _paint, _columns in line.spans())
        wide = not text.isascii()
        for matcher, style in self._found:
            for match in islice(matcher.finditer(text), MOST):
                start, end = match.span()
                if wide:
                    start, end = cell_len(text[:start]), cell_len(text[:end])
                strip = highlight(strip, start * scale, end * scale, style)
        return strip
