"""`--loglevel trace`: both directions of a call as a hex dump, in the manner of ``hexdump -C``."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Final

from bbsterm.session.masking import Masker

__all__ = ["TRACE", "WireTrace", "hexdump"]

TRACE: Final = 5
"""The log level below DEBUG. It shows passwords that are typed by hand; never a macro's secret."""

_WIDTH: Final = 16
_HALF: Final = _WIDTH // 2
_PRINTABLE: Final = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in range(256))

_log: Final = logging.getLogger("bbsterm.wire")


def hexdump(data: bytes, *, offset: int = 0, prefix: str = "") -> Iterator[str]:
    """Rows of 16 bytes: offset, hexadecimal in two halves, and what is printable between bars.

    Args:
        data: Any bytes.
        offset: The number of the first byte.
        prefix: Stands before every row.
    """
    for start in range(0, len(data), _WIDTH):
        row = data[start : start + _WIDTH]
        left, right = row[:_HALF].hex(" "), row[_HALF:].hex(" ")
        text = row.decode("latin-1").translate(_PRINTABLE)
        yield f"{prefix}{offset + start:08x}  {left:<23}  {right:<23}  |{text}|"


class WireTrace:
    """Logs what one call sends (``>>``) and receives (``<<``), with its time and the place in the stream."""

    def __init__(self) -> None:
        self._offsets = {">>": 0, "<<": 0}
        self.on = _log.isEnabledFor(TRACE)
        """Whether anybody wants to read it. Asked once: a dump costs more than the call."""
        self._maskers = {">>": Masker(), "<<": Masker()}

    def hide(self, secret: bytes) -> None:
        """Show stars in place of this from now on, whichever way it goes."""
        for masker in self._maskers.values():
            masker.hide(secret)
            masker.echoing = True  # what may be the beginning of one waits for what comes next

    def sent(self, data: bytes, seconds: float) -> None:
        """`data` was given to the socket, `seconds` into the call."""
        self._dump(">>", data, seconds)

    def received(self, data: bytes, seconds: float) -> None:
        """`data` is about to be shown, `seconds` into the call."""
        self._dump("<<", data, seconds)

    def _dump(self, direction: str, data: bytes, seconds: float) -> None:
        if not self.on or not data:
            return
        data = self._maskers[direction].feed(data)
        if not data:
            return
        offset = self._offsets[direction]
        self._offsets[direction] += len(data)
        rows = hexdump(data, offset=offset, prefix=f"{direction} {seconds:9.3f}  ")
        _log.log(TRACE, "%s", "\n".join(rows))
