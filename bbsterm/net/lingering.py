"""Hanging up without losing what was said last: the line is half closed first, and what still comes is read.

A socket that is closed while the peer's bytes are unread, or on their way, makes the system send RST, which
throws away what the peer has not read yet: the farewell, or all of a short answer (RFC 1122, 4.2.2.13).
"""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

from bbsterm.limits import LINGER_SECONDS, MAX_LINGERING

__all__ = ["Lingering"]

_SWEEP_SECONDS: Final = LINGER_SECONDS / 4


class _Line(Protocol):
    def close(self) -> None: ...


class Lingering:
    """Lines that have said all, and wait for the peer's end of file. One timer serves all of a server's."""

    __slots__ = ("_lines", "_timer")

    def __init__(self) -> None:
        self._lines: dict[_Line, float] = {}  # when each is closed whatever the peer does, soonest first
        self._timer: asyncio.TimerHandle | None = None

    def add(self, line: _Line) -> None:
        """Close `line` after `LINGER_SECONDS`; the oldest at once when there are too many."""
        loop = asyncio.get_running_loop()
        self._lines[line] = loop.time() + LINGER_SECONDS
        if len(self._lines) > MAX_LINGERING:
            self._close_oldest()
        if self._timer is None:
            self._timer = loop.call_later(_SWEEP_SECONDS, self._sweep, loop)

    def discard(self, line: _Line) -> None:
        """The line is gone."""
        self._lines.pop(line, None)

    def _close_oldest(self) -> None:
        line = next(iter(self._lines))
        del self._lines[line]
        line.close()

    def _sweep(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        while self._lines and next(iter(self._lines.values())) <= now:
            self._close_oldest()
        self._timer = loop.call_later(_SWEEP_SECONDS, self._sweep, loop) if self._lines else None

    def cancel(self) -> None:
        """Close them all."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._lines:
            self._close_oldest()
