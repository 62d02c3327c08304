"""Who is on the other workers' lines: what they say of themselves, and for how long that is believed.

A pure table: it is told the time. A worker that is killed says nothing more; its callers fade after `TTL`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bbsterm import limits

__all__ = ["HEARTBEAT", "TTL", "Presence"]

HEARTBEAT: Final = 5.0
"""Seconds between two times that a worker says who is on it."""

TTL: Final = 15.0
"""Seconds that it is believed: two heartbeats may get lost."""


class Presence:
    """Callers of other workers, by worker and by the key that the worker gave each."""

    def __init__(self, ttl: float = TTL) -> None:
        self._ttl: Final = ttl
        self._seen: Final[dict[tuple[str, str], tuple[float, Mapping[str, str]]]] = {}

    def update(self, worker: str, key: str, facts: Mapping[str, str], *, now: float) -> None:
        """A worker says that somebody is there. Past `limits.MAX_PRESENT` nobody new is noted."""
        if (worker, key) not in self._seen and len(self._seen) >= limits.MAX_PRESENT:
            self._forget(now)
            if len(self._seen) >= limits.MAX_PRESENT:
                return
        self._seen[worker, key] = (now + self._ttl, {**facts, "worker": worker})

    def remove(self, worker: str, key: str) -> None:
        """Somebody has left."""
        self._seen.pop((worker, key), None)

    def fresh(self, *, now: float) -> list[Mapping[str, str]]:
        """Everybody whose worker has said so lately; with the worker's name under "worker"."""
        self._forget(now)
        return [facts for _, facts in self._seen.values()]

    def _forget(self, now: float) -> None:
        for each in [each for each, (until, _) in self._seen.items() if until <= now]:
            del self._seen[each]
