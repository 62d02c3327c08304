"""MSDP, the MUD Server Data Protocol (option 69): variables, arrays and tables."""

from __future__ import annotations

from bbsterm.limits import MAX_MUD_SUBNEGOTIATION
from bbsterm.protocol.events import Event, MsdpReceived
from bbsterm.protocol.options.base import Effects, MudOption, Reply
from bbsterm.protocol.vocabulary import OptionCode

__all__ = ["Msdp"]


class Msdp(MudOption):
    """Both ends send variables; `bbsterm.mud` reads and spells them."""

    code = OptionCode.MSDP
    source = "MSDP"
    says = (MsdpReceived,)
    max_payload = MAX_MUD_SUBNEGOTIATION

    def subnegotiation(self, payload: bytes) -> Effects:
        yield MsdpReceived(payload)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, MsdpReceived) and agreed:
            yield Reply(event.payload)
