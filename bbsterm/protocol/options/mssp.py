"""MSSP, the MUD Server Status Protocol (option 70): the MUD's entry for server lists."""

from __future__ import annotations

from bbsterm.limits import MAX_MUD_SUBNEGOTIATION
from bbsterm.protocol.events import Event, MsspReceived
from bbsterm.protocol.options.base import Effects, MudOption, Reply
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["Mssp"]


class Mssp(MudOption):
    """The server sends it as soon as it is agreed on; `bbsterm.mud` reads and spells it.

    Args:
        entry: What a server sends by itself; nothing while it is empty.
    """

    code = OptionCode.MSSP
    source = "MSSP"
    speakers = frozenset({Role.SERVER})
    says = (MsspReceived,)
    max_payload = MAX_MUD_SUBNEGOTIATION

    def __init__(self, entry: bytes = b"") -> None:
        self.entry = entry

    def enabled(self, side: Side) -> Effects:
        if self.role is Role.SERVER and self.entry:
            yield Reply(self.entry)

    def subnegotiation(self, payload: bytes) -> Effects:
        yield MsspReceived(payload)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, MsspReceived) and agreed and self.role is Role.SERVER:
            yield Reply(event.payload)
