"""The pump: feeds what has arrived in slices, and never holds the event loop longer than its budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

__all__ = ["BUDGET", "HOLD", "LARGEST_SLICE", "SMALLEST_SLICE", "Pump"]

BUDGET: Final = 0.002
"""Seconds of feeding before the event loop gets its turn: a key pressed in a flood waits a few of these."""

HOLD: Final = 0.01
"""Seconds that feeding waits for a key that is on its way from the host terminal to the board, at most."""

LARGEST_SLICE: Final = 16 * 1024
SMALLEST_SLICE: Final = 1024
"""Bytes fed at once. Within these the slice follows the speed of the terminal, to keep to the budget."""


class Pump:
    """Moves bytes from `take` to `feed` in turns.

    Args:
        take: Gives up to so many bytes, empty when there are none (or none may be taken now).
        feed: Works on one slice.
        after_turn: Called at the end of each turn that fed something.
        drained: Called at the end of each turn that left nothing to take.
        more: Whether there is work though there is nothing to take: `feed` then gets no bytes.
        call_soon: Runs a function in the event loop's next turn.
        clock: Seconds, monotonic.
    """

    def __init__(
        self,
        take: Callable[[int], bytes],
        feed: Callable[[bytes], None],
        *,
        after_turn: Callable[[], None],
        drained: Callable[[], None],
        more: Callable[[], bool] = lambda: False,
        call_soon: Callable[[Callable[[], None]], object],
        clock: Callable[[], float],
    ) -> None:
        self._take = take
        self._feed = feed
        self._after_turn = after_turn
        self._drained = drained
        self._more = more
        self._call_soon = call_soon
        self._clock = clock
        self._scheduled = False
        self._stopped = False
        self._planned_at = 0.0
        self._gave_way = False
        self._slice = LARGEST_SLICE
        self._held_until = 0.0

    def wake(self) -> None:
        """There may be something to take: look at it in the loop's next turn."""
        if not self._scheduled and not self._stopped:
            self._scheduled = True
            self._call_again()

    def stop(self) -> None:
        """Feed nothing more, whatever arrives."""
        self._stopped = True

    def hold(self) -> None:
        """A key comes, in a few of the loop's turns: let them be short. Until `release`, or for `HOLD`."""
        self._held_until = self._clock() + HOLD

    def release(self) -> None:
        """It has arrived."""
        self._held_until = 0.0

    def _turn(self) -> None:
        self._scheduled = False
        if self._stopped:
            return
        begin = now = self._clock()
        if now < self._held_until:
            self.wake()
            return
        self._gave_way = now - self._planned_at > BUDGET and not self._gave_way
        if self._gave_way:  # a frame was painted since: what waits for it does not wait for us, too
            self._go_on()
            return
        fed = False
        while now - begin < BUDGET and not self._stopped:
            data = self._take(self._slice)
            if not data and not self._more():
                break
            self._feed(data)
            fed, before, now = True, now, self._clock()
            self._adapt(len(data), now - before)
        else:
            self._go_on()
        if fed:
            self._after_turn()
        if not self._scheduled:
            self._drained()

    def _go_on(self) -> None:
        """Come back, but not in the very next turn of the loop: timers that are due by now come before us."""
        if not self._scheduled and not self._stopped:
            self._scheduled = True
            self._call_soon(self._call_again)

    def _call_again(self) -> None:
        self._planned_at = self._clock()
        self._call_soon(self._turn)

    def _adapt(self, size: int, seconds: float) -> None:
        """Halve the slice where it cost more than the budget, double it where it cost next to nothing."""
        if seconds > BUDGET:
            self._slice = max(self._slice // 2, SMALLEST_SLICE)
        elif size == self._slice and seconds < BUDGET * 0.4:
            self._slice = min(self._slice * 2, LARGEST_SLICE)
