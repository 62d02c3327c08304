"""NAWS, Negotiate About Window Size (RFC 1073)."""

from __future__ import annotations

import struct
from functools import lru_cache

from bbsterm.protocol.events import Event, WindowSize, WindowSizeChanged
from bbsterm.protocol.options.base import Effects, Option, Reply
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["Naws"]

_SIZE = struct.Struct("!HH")  # columns, rows: 16 bits each, network order


class Naws(Option):
    """The client performs it: it says how big its window is, now and on every resize."""

    code = OptionCode.NAWS
    source = "RFC 1073"
    performed_by = frozenset({Role.CLIENT})
    speakers = frozenset({Role.CLIENT})
    says = (WindowSizeChanged,)
    believed = True  # some clients tell without a WILL, and what they tell is true and harmless

    def __init__(self, size: WindowSize = WindowSize(80, 24)) -> None:
        self.size = size

    def report(self) -> bytes:
        return self._report().payload

    def enabled(self, side: Side) -> Effects:
        if side is Side.LOCAL:
            yield self._report()

    def subnegotiation(self, payload: bytes) -> Effects:
        if len(payload) != _SIZE.size:
            yield self.violation("NAWS wants four bytes", payload)
            return
        yield _told(payload)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, WindowSizeChanged):
            self.size = event.size
            if agreed:
                yield self._report()

    def _report(self) -> Reply:
        return Reply(_SIZE.pack(self.size.columns, self.size.rows))


@lru_cache(maxsize=64)
def _told(payload: bytes) -> WindowSizeChanged:
    """Read a size. Windows come in few sizes, and one dragged by its corner tells each of them often."""
    return WindowSizeChanged(WindowSize(*_SIZE.unpack(payload)))
