"""What waits to be sent: plain bytes, and from some byte on a compressed stream (MCCP)."""

from __future__ import annotations

from bbsterm.protocol.compression import Deflater

__all__ = ["Outbox"]


class Outbox:
    """Bytes go in plain and in order; what comes out is ready for the wire.

    Pieces are kept as they come and joined once: a single large one, which is most of what a board sends, is
    never copied.

    Attributes:
        size: Bytes that wait.
    """

    __slots__ = ("_deflater", "_plain", "_ready", "size")

    def __init__(self) -> None:
        self._ready: list[bytes] = []
        self._plain: list[bytes] = self._ready  # another one while it is still to be compressed
        self.size = 0
        self._deflater: Deflater | None = None

    def __len__(self) -> int:
        return self.size

    def __iadd__(self, data: bytes) -> Outbox:
        if data:
            self._plain.append(data)
            self.size += len(data)
        return self

    @property
    def deflating(self) -> bool:
        """Whether what is written now goes out compressed."""
        return self._deflater is not None

    def deflate(self) -> None:
        """Compress what is written from here on."""
        self._settle()
        self._deflater = Deflater()
        self._plain = []

    def finish(self) -> None:
        """End the compressed stream; what is written from here on goes out plain."""
        self._settle()
        if self._deflater is not None:
            self._put(self._deflater.finish())
            self._deflater = None
            self._plain = self._ready

    def take(self) -> bytes:
        """Take all of it, spelled for the wire."""
        if not self.size:
            return b""
        self._settle()
        ready = self._ready
        data = bytes(ready[0]) if len(ready) == 1 else b"".join(ready)
        ready.clear()
        self.size = 0
        return data

    def _settle(self) -> None:
        """Compress what was written so far, if it is to be."""
        if self._deflater is not None and self._plain:
            together = b"".join(self._plain)
            self._plain.clear()
            self.size -= len(together)
            self._put(self._deflater.deflate(together))

    def _put(self, data: bytes) -> None:
        self._ready.append(data)
        self.size += len(data)
