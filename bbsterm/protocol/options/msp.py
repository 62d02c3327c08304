"""MSP, the MUD Sound Protocol (option 90): which sound to play."""

from __future__ import annotations

from bbsterm.protocol.events import Event, MspReceived
from bbsterm.protocol.options.base import Effects, MudOption, Reply
from bbsterm.protocol.vocabulary import OptionCode

__all__ = ["Msp"]


class Msp(MudOption):
    """Most requests are in the text; a subnegotiation is passed on as it is."""

    code = OptionCode.MSP
    source = "MSP"
    says = (MspReceived,)

    def subnegotiation(self, payload: bytes) -> Effects:
        yield MspReceived(payload)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, MspReceived) and agreed:
            yield Reply(event.payload)
