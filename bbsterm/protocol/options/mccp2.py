"""MCCP version 2 (option 86): the server compresses what it sends.

It begins behind IAC SB 86 IAC SE, in the middle of a segment if need be, and ends where the zlib stream ends.
Leave the option out under TLS: what is compressed together with a secret tells its length (CRIME).
"""

from __future__ import annotations

from bbsterm.protocol.events import CompressionChanged, Event
from bbsterm.protocol.options.base import Compress, Effects, Option
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["Mccp2"]


class Mccp2(Option):
    """The server performs it. Send `CompressionChanged` to end the stream, or to begin another."""

    code = OptionCode.MCCP2
    source = "MCCP version 2"
    performed_by = frozenset({Role.SERVER})
    speakers = frozenset({Role.SERVER})
    says = (CompressionChanged,)

    def enabled(self, side: Side) -> Effects:
        if side is Side.LOCAL:
            yield Compress(Side.LOCAL)

    def disabled(self, side: Side) -> Effects:
        if side is Side.LOCAL:
            yield Compress(Side.LOCAL, begin=False)

    def subnegotiation(self, payload: bytes) -> Effects:
        yield Compress(Side.REMOTE)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, CompressionChanged) and self.on(Side.LOCAL):
            yield Compress(Side.LOCAL, begin=event.enabled)
