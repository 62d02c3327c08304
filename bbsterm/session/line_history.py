"""The lines that were typed in a call, to be typed again."""

from __future__ import annotations

from bbsterm import limits

__all__ = ["LineHistory"]


class LineHistory:
    """Walked from the newest line to the oldest; the line that was begun waits below the newest."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._at = 0
        self._begun = ""

    def __bool__(self) -> bool:
        return bool(self._lines)

    def add(self, line: str) -> None:
        """A line was sent. The same one twice in a row, and an empty one, are not kept."""
        if line and self._lines[-1:] != [line]:
            self._lines = [*self._lines, line][-limits.MAX_LINE_HISTORY :]
        self._at = len(self._lines)

    def walk(self, step: int, now: str) -> str | None:
        """The line before (`step` -1) or after (1) the one that is shown; None where there is no other.

        Args:
            step: Which way.
            now: What stands in the line; it comes back after the newest.
        """
        at = self._at + step
        if not 0 <= at <= len(self._lines):
            return None
        if self._at == len(self._lines):
            self._begun = now
        self._at = at
        return self._lines[at] if at < len(self._lines) else self._begun
