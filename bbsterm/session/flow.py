"""Text on its way to the screen: at once, or as fast as a modem of so many bits per second would bring it."""

from __future__ import annotations

import math
from typing import Final

__all__ = ["BITS_PER_CHARACTER", "Flow"]

BITS_PER_CHARACTER: Final = 10
"""On a serial line: a start bit, eight of the character, a stop bit."""

_BURST: Final = 0.05  # s: so much may come at once after a silence
_STEP: Final = 1 / 60  # s between two pieces, at least
_SELECTS: Final = b"*r"  # the end of CSI * r: what comes after it may have another speed


class Flow:
    """Holds what has been received and is not to be shown yet. It is told the time.

    Args:
        rate: Bits per second; 0 is as fast as it comes.
        steady: Whether the rate stays 0 whatever a board selects.
    """

    def __init__(self, rate: int = 0, *, steady: bool = False) -> None:
        self._steady = steady
        self._rate = 0 if steady else max(rate, 0)
        self._held = bytearray()
        self._free_at = -math.inf  # when the next character may be shown
        self._star = False

    @property
    def rate(self) -> int:
        """Bits per second; 0 is as fast as it comes."""
        return self._rate

    def select(self, rate: int) -> None:
        """The board (or its caller) wants this speed from here on."""
        if not self._steady:
            self._rate = max(rate, 0)

    @property
    def waiting(self) -> int:
        """Bytes that are held."""
        return len(self._held)

    def passes(self, data: bytes) -> bool:
        """Whether `data` may be shown at once, without `put` and `take`."""
        if self._held or self._rate:
            return False
        if self._steady or not (self._star or b"*" in data):  # one byte is found much faster than two
            return True
        return not (self._star or _SELECTS in data or data.endswith(b"*"))

    def put(self, data: bytes) -> None:
        """Hold `data`, after what is held already."""
        self._held += data

    def take(self, now: float, limit: int) -> bytes:
        """What may be shown now: at most `limit` bytes, and nothing beyond a selection of another speed."""
        count = min(len(self._held), limit, self._due(now))
        if count <= 0:
            return b""
        piece = bytes(self._held[: self._first_selection(count)])
        del self._held[: len(piece)]
        self._star = piece.endswith(b"*")
        if self._rate:
            self._free_at = self._start(now) + len(piece) * BITS_PER_CHARACTER / self._rate
        return piece

    def deadline(self, now: float) -> float | None:
        """When to call `take` again; None when nothing is held."""
        if not self._held:
            return None
        return now if not self._rate or self._due(now) else max(self._free_at, now) + self._pause

    def clear(self) -> None:
        """Forget what is held."""
        self._held.clear()

    @property
    def _pause(self) -> float:
        return max(BITS_PER_CHARACTER / self._rate, _STEP)

    def _due(self, now: float) -> int:
        """How many bytes the line could have brought by now."""
        if not self._rate:
            return len(self._held)
        return int((now - self._start(now)) * self._rate / BITS_PER_CHARACTER + 1e-6)

    def _start(self, now: float) -> float:
        """From when on the line was free: a silence is not made up for."""
        return max(self._free_at, now - max(BITS_PER_CHARACTER / self._rate, _BURST))

    def _first_selection(self, count: int) -> int:
        """Where the first selection of a speed ends, if that is before `count`."""
        if self._steady:
            return count
        if self._star and self._held.startswith(b"r"):
            return 1
        found = self._held.find(_SELECTS, 0, count)
        return count if found < 0 else found + len(_SELECTS)
