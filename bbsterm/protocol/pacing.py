"""How fast a peer may make us work: meters that are told the time."""

from __future__ import annotations

from bbsterm.limits import MAX_MUTED_SECONDS, MAX_NEGOTIATION_REPLIES_PER_SECOND, MAX_NEGOTIATIONS_PER_SECOND

__all__ = ["Meter", "Throttle"]


class Meter:
    """Counts happenings in windows of one second, on the caller's clock.

    A caller without a clock passes 0.0 for ever; then one window is the whole call.
    """

    __slots__ = ("_since", "count")

    def __init__(self) -> None:
        self._since = 0.0
        self.count = 0

    def add(self, now: float) -> int:
        """Count one more; return how many there have been in this window."""
        if not 0 <= now - self._since < 1:
            self._since, self.count = now, 0
        self.count += 1
        return self.count


class Throttle:
    """Decides whether the peer's next request is answered, and when there have been too many to go on."""

    __slots__ = (
        "_muted_at",
        "_replied",
        "_replied_since",
        "_requested",
        "_requested_since",
        "_seconds_muted",
    )

    def __init__(self) -> None:
        # Two meters, written out: every connection has them, and one object is cheaper than three.
        self._requested = self._replied = self._seconds_muted = 0
        self._requested_since = self._replied_since = self._muted_at = 0.0

    def flooded(self, now: float) -> bool:
        """Count a request, answered or not; True once the peer has gone on too long or too fast."""
        if not 0 <= now - self._requested_since < 1:
            self._requested_since, self._requested = now, 0
        self._requested += 1
        return self._requested > MAX_NEGOTIATIONS_PER_SECOND or self._seconds_muted > MAX_MUTED_SECONDS

    def reply(self, now: float) -> bool:
        """Count an answer; False when this one must not go out."""
        if not 0 <= now - self._replied_since < 1:
            self._replied_since, self._replied = now, 0
        self._replied += 1
        if self.just_muted:
            in_a_row = now - self._muted_at < 2
            self._seconds_muted = self._seconds_muted + 1 if in_a_row else 1
            self._muted_at = now
        return self._replied <= MAX_NEGOTIATION_REPLIES_PER_SECOND

    @property
    def just_muted(self) -> bool:
        """Whether the answer just refused is the first of its second: worth saying once."""
        return self._replied == MAX_NEGOTIATION_REPLIES_PER_SECOND + 1
