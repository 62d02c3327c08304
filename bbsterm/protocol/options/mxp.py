"""MXP, the MUD eXtension Protocol (option 91): tags in the text, switched on here."""

from __future__ import annotations

from bbsterm.protocol.events import Event, MxpReceived
from bbsterm.protocol.options.base import Effects, MudOption, Reply
from bbsterm.protocol.vocabulary import OptionCode

__all__ = ["Mxp"]


class Mxp(MudOption):
    """An empty subnegotiation says that tags begin; the tags themselves are text."""

    code = OptionCode.MXP
    source = "MXP"
    says = (MxpReceived,)

    def subnegotiation(self, payload: bytes) -> Effects:
        yield MxpReceived(payload)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, MxpReceived) and agreed:
            yield Reply(event.payload)
