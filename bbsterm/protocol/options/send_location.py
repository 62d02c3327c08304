"""SEND-LOCATION (RFC 779): where the client is, for people to read."""

from __future__ import annotations

from bbsterm.limits import MAX_LOCATION
from bbsterm.protocol.events import Event, LocationReceived
from bbsterm.protocol.options.base import Effects, Option, Reply
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["SendLocation"]


class SendLocation(Option):
    """The client performs it, if it has been given a location to tell.

    Args:
        location: What a client tells; nobody is told anything while it is empty.
    """

    code = OptionCode.SEND_LOCATION
    source = "RFC 779"
    performed_by = frozenset({Role.CLIENT})
    speakers = frozenset({Role.CLIENT})
    says = (LocationReceived,)

    def __init__(self, location: str = "") -> None:
        self.location = location

    def welcome(self, side: Side) -> bool:
        return super().welcome(side) and (side is Side.REMOTE or bool(self.location))

    def enabled(self, side: Side) -> Effects:
        if side is Side.LOCAL:
            yield self._report()

    def subnegotiation(self, payload: bytes) -> Effects:
        location = payload.decode("ascii", "replace")
        if len(location) > MAX_LOCATION or not location.isprintable():
            yield self.violation("not a location to show", payload)
            return
        yield LocationReceived(location)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, LocationReceived) and self.role is Role.CLIENT:
            self.location = event.location
            if agreed:
                yield self._report()

    def _report(self) -> Reply:
        return Reply(self.location.encode("ascii", "replace"))
