"""Wrong passwords: a few for each account and each address, then slowly."""

from __future__ import annotations

from typing import Final

from bbsterm import limits
from bbsterm.serve.pacing import Bucket

__all__ = ["Tries"]


class Tries:
    """How many more there are. It is told the time."""

    def __init__(self) -> None:
        self._buckets: Final[dict[str, Bucket]] = {}

    def allows(self, *keys: str, now: float) -> bool:
        """Whether one more try is allowed for every key (an account, an address), and count it."""
        allowed = [self._bucket(key, now).allows(now=now) for key in keys]
        return all(allowed)

    def forget(self, *keys: str) -> None:
        """The password was right."""
        for key in keys:
            self._buckets.pop(key, None)

    def _bucket(self, key: str, now: float) -> Bucket:
        bucket = self._buckets.pop(key, None)
        if bucket is None:
            while len(self._buckets) >= limits.MAX_TRIED:
                del self._buckets[next(iter(self._buckets))]
            bucket = Bucket(limits.PASSWORD_TRIES_PER_SECOND, limits.PASSWORD_TRIES, now=now)
        self._buckets[key] = bucket  # at the end: tried last, forgotten last
        return bucket
