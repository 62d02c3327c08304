"""X-DISPLAY-LOCATION (RFC 1096): the X display of the client."""

from __future__ import annotations

from bbsterm.limits import MAX_LOCATION
from bbsterm.protocol.events import DisplayReceived, Event, ReportRequested
from bbsterm.protocol.options.base import Effects, Option, Reply
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["DisplayLocation"]

_IS, _SEND = b"\x00", b"\x01"


class DisplayLocation(Option):
    """The client performs it: it answers the server's SEND.

    Args:
        display: A client's display, as ``host:number``. Empty says that it has none.
    """

    code = OptionCode.XDISPLOC
    source = "RFC 1096"
    performed_by = frozenset({Role.CLIENT})
    says = (ReportRequested,)

    def __init__(self, display: str = "") -> None:
        self.display = display
        self._asked = False

    @property
    def waiting(self) -> bool:
        return self._asked

    def enabled(self, side: Side) -> Effects:
        if side is Side.REMOTE:
            yield self._ask()

    def disabled(self, side: Side) -> Effects:
        self._asked = False
        yield from ()

    def subnegotiation(self, payload: bytes) -> Effects:
        if self.role is Role.CLIENT and payload == _SEND:
            yield Reply(_IS + self.display.encode("ascii", "replace"))
        elif self.role is Role.SERVER and payload[:1] == _IS:
            yield from self._hear(payload[1:])
        else:
            yield self.violation("neither a display nor a question for one", payload)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if event == ReportRequested(self.code) and agreed and self.role is Role.SERVER:
            yield self._ask()

    def _ask(self) -> Reply:
        self._asked = True
        return Reply(_SEND)

    def _hear(self, raw: bytes) -> Effects:
        self._asked = False
        display = raw.decode("ascii", "replace")
        if len(display) > MAX_LOCATION or not display.isprintable():
            yield self.violation("not a display", raw)
            return
        yield DisplayReceived(display)
