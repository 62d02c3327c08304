"""TOGGLE-FLOW-CONTROL (RFC 1372): does the client heed XOFF and XON, or pass them on?"""

from __future__ import annotations

from bbsterm.protocol.events import Event, FlowControlChanged
from bbsterm.protocol.options.base import Effects, Option, Reply
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["FlowControl"]

_OFF, _ON, _RESTART_ANY, _RESTART_XON = b"\x00", b"\x01", b"\x02", b"\x03"


class FlowControl(Option):
    """The client performs it, and begins with flow control on (RFC 1372, section 3).

    Args:
        restart_any: What a server asks for: after XOFF any key starts output again, not only XON.

    Attributes:
        state: What the server wants, as far as has been said.
    """

    code = OptionCode.LFLOW
    source = "RFC 1372"
    performed_by = frozenset({Role.CLIENT})
    speakers = frozenset({Role.SERVER})
    says = (FlowControlChanged,)

    def __init__(self, *, restart_any: bool = False) -> None:
        self.state = FlowControlChanged(enabled=True, restart_any=restart_any)

    def enabled(self, side: Side) -> Effects:
        if side is Side.REMOTE:
            yield self._restart()

    def subnegotiation(self, payload: bytes) -> Effects:
        on, any_key = self.state.enabled, self.state.restart_any
        states = {
            _OFF: FlowControlChanged(enabled=False, restart_any=any_key),
            _ON: FlowControlChanged(enabled=True, restart_any=any_key),
            _RESTART_ANY: FlowControlChanged(enabled=on, restart_any=True),
            _RESTART_XON: FlowControlChanged(enabled=on, restart_any=False),
        }
        if payload not in states:
            yield self.violation("no flow control that we know", payload)
            return
        self.state = states[payload]
        yield self.state

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, FlowControlChanged) and self.role is Role.SERVER:
            self.state = event
            if agreed:
                yield Reply(_ON if event.enabled else _OFF)
                yield self._restart()

    def _restart(self) -> Reply:
        return Reply(_RESTART_ANY if self.state.restart_any else _RESTART_XON)
