"""TERMINAL-SPEED (RFC 1079): how fast the client's line is, in bits per second."""

from __future__ import annotations

import re
from typing import Final

from bbsterm.protocol.events import Event, ReportRequested, TerminalSpeedReceived
from bbsterm.protocol.options.base import Effects, Option, Reply
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["TerminalSpeed"]

_IS, _SEND = 0, 1
_SPEEDS: Final = re.compile(rb"(\d{1,10}),(\d{1,10})")


class TerminalSpeed(Option):
    """The client performs it: it answers the server's SEND with its transmit and receive speeds."""

    code = OptionCode.TSPEED
    source = "RFC 1079"
    performed_by = frozenset({Role.CLIENT})
    says = (ReportRequested,)

    def __init__(self, transmit: int = 38400, receive: int = 38400) -> None:
        self.transmit = transmit
        self.receive = receive
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
        if self.role is Role.CLIENT and payload == bytes((_SEND,)):
            yield Reply(bytes((_IS,)) + b"%d,%d" % (self.transmit, self.receive))
            return
        speeds = _SPEEDS.fullmatch(payload, 1)
        if self.role is Role.CLIENT or payload[:1] != bytes((_IS,)) or speeds is None:
            yield self.violation("malformed terminal speed", payload)
            return
        self._asked = False
        yield TerminalSpeedReceived(int(speeds[1]), int(speeds[2]))

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if event == ReportRequested(self.code) and agreed and self.role is Role.SERVER:
            yield self._ask()

    def _ask(self) -> Reply:
        self._asked = True
        return Reply(bytes((_SEND,)))
