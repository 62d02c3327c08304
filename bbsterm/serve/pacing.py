"""A bucket of tokens: so many at once, and so many a second after that. It is told the time."""

from __future__ import annotations

__all__ = ["Bucket"]


class Bucket:
    """A limit on a rate.

    Args:
        rate: Tokens that come back each second.
        burst: How many there are at most, and at the start.
        now: The time, in seconds, on the clock that is passed in later too.
    """

    __slots__ = ("_burst", "_rate", "_since", "_tokens")

    def __init__(self, rate: float, burst: float, *, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._since = now

    def take(self, tokens: float, *, now: float) -> float:
        """Take `tokens`, even on credit; return the seconds until the debt is paid, 0 for none."""
        self._fill(now)
        self._tokens -= tokens
        return max(0.0, -self._tokens / self._rate)

    def allows(self, *, now: float) -> bool:
        """Take one token if there is one; say whether there was."""
        self._fill(now)
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def full(self, *, now: float) -> bool:
        """Whether nothing has been taken for so long that this bucket can be forgotten."""
        self._fill(now)
        return self._tokens >= self._burst

    def _fill(self, now: float) -> None:
        self._tokens = min(self._burst, self._tokens + (now - self._since) * self._rate)
        self._since = now
