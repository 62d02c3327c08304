"""What waits to be sent: plain bytes, and from some byte on a compressed stream (MCCP)."""

from __future__ import annotations

from bbsterm.protocol.compression import Deflater

__all__ = ["Outbox"]


class Outbox:
    """Bytes go in plain and in order; what comes out is ready for the wire."""

    __slots__ = ("_deflater", "_plain", "_ready")

    def __init__(self) -> None:
        self._plain = bytearray()
        self._ready = bytearray()
        self._deflater: Deflater | None = None

    def __len__(self) -> int:
        return len(self._plain) + len(self._ready)

    def __iadd__(self, data: bytes) -> Outbox:
        self._plain += data
        return self

    @property
    def deflating(self) -> bool:
        """Whether what is written now goes out compressed."""
        return self._deflater is not None

    def deflate(self) -> None:
        """Compress what is written from here on."""
        self._settle()
        self._deflater = Deflater()

    def finish(self) -> None:
        """End the compressed stream; what is written from here on goes out plain."""
        self._settle()
        if self._deflater is not None:
            self._ready += self._deflater.finish()
            self._deflater = None

    def take(self) -> bytes:
        """Take all of it, spelled for the wire."""
        self._settle()
        data = bytes(self._ready)
        self._ready.clear()
        return data

    def _settle(self) -> None:
        if self._plain:
            plain = bytes(self._plain)
            self._ready += plain if self._deflater is None else self._deflater.deflate(plain)
            self._plain.clear()
