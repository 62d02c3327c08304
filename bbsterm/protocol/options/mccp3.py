"""MCCP version 3 (option 87): the client compresses what it sends.

The server offers it with WILL; a client that agrees says IAC SB 87 IAC SE, and behind it is one zlib stream.
"""

from __future__ import annotations

from bbsterm.protocol.events import CompressionChanged, Event
from bbsterm.protocol.options.base import Compress, Effects, Option
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["Mccp3"]


class Mccp3(Option):
    """The server performs it, the client compresses. Send `CompressionChanged` as with MCCP2."""

    code = OptionCode.MCCP3
    source = "MCCP version 3"
    performed_by = frozenset({Role.SERVER})
    speakers = frozenset({Role.CLIENT})
    says = (CompressionChanged,)

    def enabled(self, side: Side) -> Effects:
        if side is Side.REMOTE:
            yield Compress(Side.LOCAL)

    def disabled(self, side: Side) -> Effects:
        if side is Side.REMOTE:
            yield Compress(Side.LOCAL, begin=False)

    def subnegotiation(self, payload: bytes) -> Effects:
        yield Compress(Side.REMOTE)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, CompressionChanged) and self.on(Side.REMOTE):
            yield Compress(Side.LOCAL, begin=event.enabled)
