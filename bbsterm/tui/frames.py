"""When the next frame is painted: soon, but not while the host terminal or the event loop is busy.

A flood of changes asks for a frame at every turn. Painting each would starve the pump that feeds the screen,
and Textual's writer would block the loop on a slow terminal; so frames are skipped, and the last one counts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Final

from textual.geometry import Region, Size

__all__ = ["FLOOD_REST", "FRAMES_BEHIND", "LONGEST_REST", "REST", "RETRY", "Frames", "lines_of"]

RETRY: Final = 0.005
"""Seconds until a frame is tried again that the host terminal was too far behind for."""

REST: Final = 3
LONGEST_REST: Final = 0.05
"""After a frame we rest so many times as long as it took, in seconds at most: a flood is fed, not painted."""

FLOOD_REST: Final = 0.1
"""Seconds between two frames while more has arrived than is shown: nobody can read it, and feeding it has
better use for the time. When the flood ends, the last frame comes at once."""

FRAMES_BEHIND: Final = 1
"""So many writes may wait for the host terminal before frames are skipped."""


class _State(Enum):
    """How far the next frame has come."""

    NONE = "nobody wants one"
    WANTED = "as soon as the host terminal and we have time"
    ASKED_FOR = "Textual will call `render_lines`"
    OUTDATED = "it will, and by then more has changed"


class Frames:
    """The frames of one widget.

    Args:
        ask: Tells Textual what to paint; False where there is nothing.
        behind: How many writes wait for the host terminal.
    """

    def __init__(self, ask: Callable[[], bool], behind: Callable[[], int]) -> None:
        self._ask = ask
        self._behind = behind
        self._state = _State.NONE
        self._painted = self._rest_until = 0.0
        self._more = False
        self._waiting: asyncio.TimerHandle | None = None

    def want(self, *, more: bool = False) -> None:
        """Something has changed. Cheap to call, as often as you like.

        Args:
            more: Whether much more will change at once.
        """
        ebbs, self._more = self._more and not more, more
        if self._state is _State.NONE:
            self._state = _State.WANTED
            asyncio.get_running_loop().call_soon(self._begin)
        elif ebbs and self._waiting is not None:
            self._waiting.cancel()
            self._begin()
        elif self._state is _State.ASKED_FOR:
            self._state = _State.OUTDATED

    def painted(self, begin: float, end: float) -> None:
        """A frame was painted between these two times, on the event loop's clock."""
        self._painted, self._rest_until = end, end + min(REST * (end - begin), LONGEST_REST)
        if self._state in (_State.ASKED_FOR, _State.OUTDATED):
            outdated = self._state is _State.OUTDATED
            self._state = _State.NONE
            if outdated:
                self.want(more=self._more)

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        if self._behind() > FRAMES_BEHIND:
            self._waiting = loop.call_later(RETRY, self._begin)
            return
        until = max(self._rest_until, self._painted + FLOOD_REST) if self._more else self._rest_until
        if (rest := until - loop.time()) > 0:
            self._waiting = loop.call_later(rest, self._begin)
            return
        self._waiting = None
        self._state = _State.NONE
        if self._ask():
            self._state = _State.ASKED_FOR


def lines_of(size: Size, top: int, rows: Iterable[int]) -> Iterator[Region]:
    """Regions for rows of a screen whose row `top` is the widget's first, neighbours joined.

    Whole lines: Textual crops a partial line anew each time.
    """
    width, height = size
    first = last = -1
    for row in sorted(row - top for row in rows):
        if not 0 <= row < height:
            continue
        if row == last + 1 and first >= 0:
            last = row
            continue
        if first >= 0:
            yield Region(0, first, width, last - first + 1)
        first = last = row
    if first >= 0:
        yield Region(0, first, width, last - first + 1)
