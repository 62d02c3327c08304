"""Aardwolf's own option 102: a channel's number and its data, most often one byte each."""

from __future__ import annotations

from bbsterm.protocol.events import AardwolfReceived, Event
from bbsterm.protocol.options.base import Effects, MudOption, Reply
from bbsterm.protocol.vocabulary import OptionCode

__all__ = ["Aardwolf"]


class Aardwolf(MudOption):
    """The server says in which state the player is; the client switches features on and off."""

    code = OptionCode.AARDWOLF
    source = "Aardwolf telnet options"
    says = (AardwolfReceived,)

    def subnegotiation(self, payload: bytes) -> Effects:
        if not payload:
            yield self.violation("no channel", payload)
            return
        yield AardwolfReceived(payload[0], payload[1:])

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, AardwolfReceived) and agreed:
            yield Reply(bytes((event.channel,)) + event.data)
