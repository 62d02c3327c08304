"""The Network Virtual Terminal's rules for text (RFC 854, RFC 856): CR NUL, CR LF and doubled IACs."""

from __future__ import annotations

__all__ = ["NvtReader", "escape", "to_wire"]


class NvtReader:
    """Turns received NVT text into what was meant: CR NUL is CR.

    The CR is delivered at once and only the NUL is waited for, so a board that ends its prompt in CR is not
    kept waiting for a byte that it may never send.

    Attributes:
        binary: RFC 856 is on for the sender: bytes are bytes, and CR NUL is two of them.
    """

    __slots__ = ("_after_cr", "binary")

    def __init__(self) -> None:
        self.binary = False
        self._after_cr = False

    def read(self, data: bytes) -> bytes:
        """Return `data` (not empty, IACs undone) without the NULs that follow a CR; may return nothing."""
        if self.binary:
            self._after_cr = False
            return data
        if self._after_cr and data[0] == 0:
            data = data[1:]
        self._after_cr = data[-1:] == b"\r"
        if 0 in data:  # rare in text, and found ten times as fast as CR NUL
            return data.replace(b"\r\0", b"\r")
        return data


def escape(data: bytes) -> bytes:
    """Double every IAC, as text and subnegotiations demand (RFC 854)."""
    return data.replace(b"\xff", b"\xff\xff")


def to_wire(data: bytes, *, binary: bool) -> bytes:
    """Spell text for the wire: IACs doubled, and a CR that no LF follows is CR NUL unless `binary`."""
    if not binary and b"\r" in data:
        data = data.replace(b"\r", b"\r\0").replace(b"\r\0\n", b"\r\n")
    return escape(data)
