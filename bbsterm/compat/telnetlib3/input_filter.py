"""Keys of this machine's terminal as the bytes of a home computer's keyboard, in telnetlib3's manner."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["InputFilter"]


class InputFilter:
    """Translates what is typed; a key that comes in pieces waits for its end.

    Args:
        seq_xlat: Escape sequences, and what is sent for them; a longer one wins.
        byte_xlat: Single bytes, and what is sent for them.
        esc_delay: Seconds after which whoever reads the keyboard should `flush` what waits.
    """

    def __init__(
        self, seq_xlat: Mapping[bytes, bytes], byte_xlat: Mapping[int, int], esc_delay: float = 0.35
    ) -> None:
        self.esc_delay = esc_delay
        self._sequences = dict(seq_xlat)
        self._bytes = bytes(byte_xlat.get(code, code) for code in range(256))
        longest_first = sorted(self._sequences, key=len, reverse=True)
        self._pattern = re.compile(b"|".join(map(re.escape, longest_first))) if longest_first else None
        self._beginnings = {key[:end] for key in self._sequences for end in range(1, len(key))}
        self._longest = max(map(len, self._sequences), default=0)
        self._waiting = b""

    @property
    def has_pending(self) -> bool:
        """Whether the beginning of a sequence waits for its end."""
        return bool(self._waiting)

    def feed(self, data: bytes) -> bytes:
        """Take what was typed; return what is to be sent."""
        data = self._waiting + data
        start = self._unfinished(data)
        self._waiting = data[start:]
        return self._translate(data[:start])

    def flush(self) -> bytes:
        """Nothing followed: what waits was no sequence."""
        data, self._waiting = self._waiting, b""
        return data.translate(self._bytes)

    def _unfinished(self, data: bytes) -> int:
        """Where a sequence begins that has not ended yet."""
        for start in range(max(0, len(data) - self._longest + 1), len(data)):
            if data[start:] in self._beginnings:
                return start
        return len(data)

    def _translate(self, data: bytes) -> bytes:
        if self._pattern is None:
            return data.translate(self._bytes)
        sent, end = [], 0
        for found in self._pattern.finditer(data):
            sent += [data[end : found.start()].translate(self._bytes), self._sequences[found[0]]]
            end = found.end()
        return b"".join((*sent, data[end:].translate(self._bytes)))
