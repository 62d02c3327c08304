"""MCCP's compressed streams: inflating in small steps under guard, deflating with a flush for every write.

MUDs are supposed to send zlib streams (RFC 1950); some send gzip (RFC 1952) or bare deflate (RFC 1951): the
first two bytes decide.
"""

from __future__ import annotations

import zlib
from typing import Final

from bbsterm.limits import INFLATE_GUARD_FROM, MAX_INFLATE_RATIO, MAX_INFLATE_STEP

__all__ = ["Deflater", "Inflater"]

_HEADER: Final = 2
"""Bytes that tell the three formats apart."""

_ANY_HEADER: Final = 32 + zlib.MAX_WBITS
_NO_HEADER: Final = -zlib.MAX_WBITS


class Inflater:
    """One compressed stream from the peer, from its first byte to its end.

    Attributes:
        trouble: Why the stream cannot go on; None while it can.
    """

    def __init__(self) -> None:
        self.trouble: str | None = None
        self._stream: zlib._Decompress | None = None
        self._waiting = b""
        self._taken = self._given = 0
        self._full = False

    def feed(self, data: bytes) -> None:
        """Take more of the stream. Nothing is decompressed until `step`."""
        self._waiting += data

    @property
    def ready(self) -> bool:
        """Whether `step` has something to go on with."""
        begun = self._stream is not None or len(self._waiting) >= _HEADER
        return self._full or (begun and bool(self._waiting))

    @property
    def finished(self) -> bool:
        """Whether the stream has come to its own end. `take_rest` has what follows it."""
        return self._stream is not None and self._stream.eof

    def step(self) -> bytes:
        """Decompress up to `MAX_INFLATE_STEP` bytes; nothing when there is no more for now, or ever."""
        if not self.ready:
            return b""
        if self._stream is None:
            self._stream = zlib.decompressobj(_window(self._waiting))
        try:
            data = self._stream.decompress(self._waiting, MAX_INFLATE_STEP)
        except zlib.error:
            self.trouble = "the compressed data is damaged"
            return b""
        rest = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
        self._taken += len(self._waiting) - len(rest)
        self._given += len(data)
        self._waiting = rest
        self._full = len(data) == MAX_INFLATE_STEP  # then zlib may hold more, even with no bytes waiting
        if self._given > INFLATE_GUARD_FROM and self._given > MAX_INFLATE_RATIO * self._taken:
            self.trouble = "the compressed data grows without end"
        return data

    def take_rest(self) -> bytes:
        """Take away what came after the stream's end."""
        rest, self._waiting = self._waiting, b""
        return rest


class Deflater:
    """One compressed stream to the peer. A window of 8 KiB keeps a session small; text loses little by it."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj(6, zlib.DEFLATED, wbits=13, memLevel=6)

    def deflate(self, data: bytes) -> bytes:
        """Compress `data` so that the peer can read all of it now."""
        return self._stream.compress(data) + self._stream.flush(zlib.Z_SYNC_FLUSH) if data else b""

    def finish(self) -> bytes:
        """End the stream; what follows on the wire is plain again."""
        return self._stream.flush(zlib.Z_FINISH)


def _window(head: bytes) -> int:
    """Tell zlib what to expect: gzip begins 1F 8B; zlib has method 8 and a check in its first two bytes."""
    gzip = head[:2] == b"\x1f\x8b"
    zlib_header = head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
    return _ANY_HEADER if gzip or zlib_header else _NO_HEADER
