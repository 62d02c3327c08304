"""Sending at a speed that boards can follow: pastes go line by line, answers have a rate."""

from __future__ import annotations

import re
from collections import deque
from typing import Final

from bbsterm.limits import MAX_REPLIES_PER_SECOND

__all__ = ["PASTE_CHUNK", "PASTE_INTERVAL", "Pacer", "ReplyLimiter", "clean_paste"]

PASTE_INTERVAL: Final = 0.01
"""Seconds between two lines of a paste. A line editor on a board is not made for a flood."""

PASTE_CHUNK: Final = 256
"""Bytes of one line sent at once; longer lines go in pieces."""

_UNWANTED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_REPLY: Final = re.compile(rb"\x1b?[^\x1b]+|\x1b")


def clean_paste(text: str) -> str:
    """A clipboard's text as it may be typed: line feeds, and no control character but TAB.

    Without this, a page that sets the clipboard could press Enter, Escape and function keys.
    """
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class Pacer:
    """Gives out what was pasted, a line at a time. It is told the time."""

    def __init__(self) -> None:
        self._chunks: deque[bytes] = deque()
        self._next = 0.0

    def add(self, data: bytes) -> None:
        """Queue `data` (already in the board's bytes), cut after each CR and each `PASTE_CHUNK` bytes."""
        for line in re.findall(rb"[^\r]*\r|[^\r]+", data):
            self._chunks.extend(line[at : at + PASTE_CHUNK] for at in range(0, len(line), PASTE_CHUNK))

    def clear(self) -> None:
        """Forget what is left."""
        self._chunks.clear()

    @property
    def deadline(self) -> float | None:
        """When to call `take`, on the caller's clock. None when there is nothing to send."""
        return self._next if self._chunks else None

    def take(self, now: float) -> bytes:
        """The next line, or nothing before its time."""
        if not self._chunks or now < self._next:
            return b""
        self._next = now + PASTE_INTERVAL
        return self._chunks.popleft()


class ReplyLimiter:
    """Lets a terminal's answers (DSR, DA ...) through until a board asks for too many of them."""

    def __init__(self, rate: int = MAX_REPLIES_PER_SECOND) -> None:
        self._rate = rate
        self._tokens = float(rate)
        self._then = 0.0

    def allow(self, replies: bytes, now: float) -> bytes:
        """As many of the `replies`, in order, as a second may have; the others are dropped.

        Args:
            replies: Answers one after the other, each beginning with ESC.
            now: Seconds, on the caller's clock.
        """
        self._tokens = min(self._tokens + max(now - self._then, 0.0) * self._rate, float(self._rate))
        self._then = now
        allowed = _REPLY.findall(replies)[: int(self._tokens)]
        self._tokens -= len(allowed)
        return b"".join(allowed)
