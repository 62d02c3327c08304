"""A line that nothing is sent on: what keeps it open, and whether anybody is still at its other end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bbsterm.protocol.vocabulary import Command

__all__ = ["COMMANDS", "KeepAlive"]

COMMANDS: Final[Mapping[str, Command]] = {"nop": Command.NOP, "ayt": Command.AYT}
"""What `CallSettings.keep_alive` sends. A NOP asks for no answer; an AYT gets one, mostly in words."""


class KeepAlive:
    """Watches a line. It is told what happens, and the time; it sends nothing itself.

    Args:
        kind: "nop", "ayt" or "off".
        interval: Seconds of silence from both ends until it is time.
        now: Seconds, on the caller's clock.
    """

    def __init__(self, kind: str, interval: float, *, now: float) -> None:
        self.command = COMMANDS.get(kind)
        self.unanswered = 0
        """Questions (AYT) that were asked since the board was heard last."""
        self._interval = max(interval, 1.0)
        self._heard = self._said = now

    def heard(self, now: float) -> None:
        """Bytes came."""
        self._heard = now
        self.unanswered = 0

    def said(self, now: float) -> None:
        """Bytes went out."""
        self._said = now

    def quiet(self, now: float) -> float:
        """Seconds since the board was heard last."""
        return max(now - self._heard, 0.0)

    def idle(self, now: float) -> float:
        """Seconds since anything was sent."""
        return max(now - self._said, 0.0)

    @property
    def deadline(self) -> float | None:
        """When to call `tick`; None where nothing is ever sent."""
        return None if self.command is None else max(self._heard, self._said) + self._interval

    def tick(self, now: float) -> Command | None:
        """What to send now, if it is time."""
        deadline = self.deadline
        if deadline is None or now < deadline:
            return None
        self._said = now
        self.unanswered += self.command is Command.AYT
        return self.command
