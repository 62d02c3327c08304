"""Deadlines of many connections with one timer of the event loop: most are called off long before.

A server waits equally long for every caller's first words, and for every caller that has fallen asleep. A
timer for each would be made, sorted and taken out again with every call.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

__all__ = ["Deadlines", "Waiting"]

_MAX_QUEUES: Final = 8
"""Different lengths of time that one server waits; who wants another one gets a timer of the loop."""

_SLACK: Final = 0.01
"""Seconds that a deadline may be late, so that a thousand of them are not a thousand timers after all."""


class Waiting(Protocol):
    """What can be called off: ours, or the loop's own."""

    def cancel(self) -> None:
        """Call it off. After its time, or a second time, nothing happens."""
        ...


class _Deadline:
    """One deadline, in the queue of all that wait equally long."""

    __slots__ = ("callback", "queue", "when")

    def __init__(self, queue: _Queue, when: float, callback: Callable[[], None]) -> None:
        self.queue = queue
        self.when = when
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        self.callback = None
        self.queue.waiting.pop(self, None)

    def ring(self) -> None:
        callback, self.callback = self.callback, None
        if callback is not None:
            callback()


class _Queue:
    """All who wait for the same number of seconds: who came first is due first."""

    __slots__ = ("_loop", "_timer", "seconds", "waiting")

    def __init__(self, seconds: float, loop: asyncio.AbstractEventLoop) -> None:
        self.seconds = seconds
        self.waiting: dict[_Deadline, None] = {}
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None

    def add(self, callback: Callable[[], None]) -> Waiting:
        deadline = _Deadline(self, self._loop.time() + self.seconds, callback)
        self.waiting[deadline] = None
        if self._timer is None:
            self._timer = self._loop.call_at(deadline.when, self._ring)
        return deadline

    def _ring(self) -> None:
        """Call those whose time has come, and look again when the next one's has."""
        now, due, self._timer = self._loop.time(), [], None
        for deadline in self.waiting:
            if deadline.when > now:
                self._timer = self._loop.call_at(max(deadline.when, now + _SLACK), self._ring)
                break
            due.append(deadline)
        for deadline in due:
            del self.waiting[deadline]
            self._loop.call_soon(deadline.ring)

    def clear(self) -> None:
        self.waiting.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class Deadlines:
    """The deadlines of one server's connections."""

    __slots__ = ("_queues",)

    def __init__(self) -> None:
        self._queues: dict[float, _Queue] = {}

    def call_later(self, seconds: float, callback: Callable[[], None]) -> Waiting:
        """Call `callback` after so many seconds, unless what is returned is cancelled."""
        queue = self._queues.get(seconds)
        if queue is None:
            loop = asyncio.get_running_loop()
            if len(self._queues) >= _MAX_QUEUES:
                return loop.call_later(seconds, callback)
            queue = self._queues[seconds] = _Queue(seconds, loop)
        return queue.add(callback)

    def clear(self) -> None:
        """Call off all of them."""
        for queue in self._queues.values():
            queue.clear()
