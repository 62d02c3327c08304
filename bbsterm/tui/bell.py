"""How often a board may ring: a rope that slips when it is pulled too fast. It is told the time."""

from __future__ import annotations

from bbsterm.limits import MAX_BELLS_PER_SECOND

__all__ = ["BellRope"]


class BellRope:
    """Allows `MAX_BELLS_PER_SECOND`; the rest is silence."""

    def __init__(self) -> None:
        self._next = 0.0

    def pull(self, now: float) -> bool:
        """Whether this one rings. `now` is seconds, monotonic."""
        if now < self._next:
            return False
        self._next = now + 1 / MAX_BELLS_PER_SECOND
        return True
