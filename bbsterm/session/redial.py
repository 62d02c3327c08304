"""How long to wait until a board is dialled again: longer each time, and never at the same beat as others."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

from bbsterm.limits import MAX_REDIALS

__all__ = ["FIRST_WAIT", "LONGEST_WAIT", "Redial"]

FIRST_WAIT: Final = 3.0
LONGEST_WAIT: Final = 120.0
"""Seconds: a board that is down for maintenance is not hammered, one that was merely busy is soon reached."""

_JITTER: Final = 0.25  # up to so much of a wait is added or taken away


class Redial:
    """Counts attempts, and says how long to wait before each.

    Args:
        attempts: How many; at most `MAX_REDIALS`.
        chance: Gives a number from 0 to 1.
    """

    def __init__(self, attempts: int = MAX_REDIALS, *, chance: Callable[[], float] = random.random) -> None:
        self.attempts = max(0, min(attempts, MAX_REDIALS))
        self.made = 0
        """Attempts that `next_wait` has been asked for."""
        self._chance = chance

    def next_wait(self) -> float | None:
        """Seconds until the next attempt; None once there have been enough."""
        if self.made >= self.attempts:
            return None
        wait = min(FIRST_WAIT * 2.0 ** min(self.made, 16), LONGEST_WAIT)
        self.made += 1
        return wait * (1 + _JITTER * (2 * self._chance() - 1))
