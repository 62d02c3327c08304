"""A log of what strangers can cause as often as they like: a few lines a second, then how many more."""

from __future__ import annotations

import logging

from bbsterm.limits import MAX_LOGGED_REFUSALS

__all__ = ["SparingLog"]


class SparingLog:
    """Writes at most `limits.MAX_LOGGED_REFUSALS` lines a second. It is told the time."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._since = float("-inf")
        self._written = 0
        self._left_out = 0

    def warning(self, message: str, *, now: float) -> None:
        """Write a line, or count it."""
        if now - self._since >= 1.0:
            if self._left_out:
                self._log.warning("... and %d more like these", self._left_out)
            self._since, self._written, self._left_out = now, 0, 0
        if self._written < MAX_LOGGED_REFUSALS:
            self._written += 1
            self._log.warning("%s", message)
        else:
            self._left_out += 1
