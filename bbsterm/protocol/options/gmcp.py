"""GMCP, the Generic MUD Communication Protocol (option 201): a package and a document."""

from __future__ import annotations

from bbsterm.limits import MAX_MUD_SUBNEGOTIATION
from bbsterm.protocol.events import Event, GmcpReceived
from bbsterm.protocol.options.base import Effects, MudOption, Reply
from bbsterm.protocol.vocabulary import OptionCode

__all__ = ["Gmcp"]


class Gmcp(MudOption):
    """Both ends send packages. What a document means is for `bbsterm.mud`."""

    code = OptionCode.GMCP
    source = "GMCP"
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
