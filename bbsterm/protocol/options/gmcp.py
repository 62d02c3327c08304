"""GMCP, the Generic MUD Communication Protocol: a package name and, after a space, a document."""

from __future__ import annotations

from bbsterm.limits import MAX_MUD_SUBNEGOTIATION
from bbsterm.protocol.events import Event, GmcpReceived
from bbsterm.protocol.options.base import Effects, Option, Reply
from bbsterm.protocol.vocabulary import OptionCode, Role

__all__ = ["Gmcp"]


class Gmcp(Option):
    """The server performs it; once agreed on, both ends send. What a document means is for `bbsterm.mud`."""

    code = OptionCode.GMCP
    source = "GMCP"
    performed_by = frozenset({Role.SERVER})
    says = (GmcpReceived,)
    max_payload = MAX_MUD_SUBNEGOTIATION

    def subnegotiation(self, payload: bytes) -> Effects:
        package, _, document = payload.partition(b" ")
        if not package or not package.isascii():
            yield self.violation("a GMCP message without a package", payload)
            return
        yield GmcpReceived(package.decode("ascii"), document)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, GmcpReceived) and agreed:
            document = b" " + event.payload if event.payload else b""
            yield Reply(event.package.encode("ascii") + document)
