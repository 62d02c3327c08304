"""ATCP, the Achaea Telnet Client Protocol (option 200), GMCP's ancestor: a package and a text."""

from __future__ import annotations

from bbsterm.protocol.events import AtcpReceived, Event
from bbsterm.protocol.options.base import Effects, MudOption, Reply
from bbsterm.protocol.vocabulary import OptionCode

__all__ = ["Atcp"]


class Atcp(MudOption):
    """Both ends send packages."""

    code = OptionCode.ATCP
    source = "ATCP"
    says = (AtcpReceived,)

    def subnegotiation(self, payload: bytes) -> Effects:
        package, _, rest = payload.partition(b" ")
        if not package or not package.isascii():
            yield self.violation("an ATCP message without a package", payload)
            return
        yield AtcpReceived(package.decode("ascii"), rest)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, AtcpReceived) and agreed:
            rest = b" " + event.payload if event.payload else b""
            yield Reply(event.package.encode("ascii") + rest)
