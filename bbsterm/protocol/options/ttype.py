"""TERMINAL-TYPE (RFC 930, RFC 1091): the client's terminal, and by asking again, its alternatives.

A client steps through its names, repeats the last one to say "that was all", and starts over. MUD clients
answer name, terminal and ``MTTS n`` (a bit set) instead, the last one for ever.
"""

from __future__ import annotations

from collections.abc import Sequence

from bbsterm.limits import MAX_TERMINAL_TYPE, MAX_TERMINAL_TYPES
from bbsterm.protocol.events import Event, ReportRequested, TerminalTypeReceived, TerminalTypesKnown
from bbsterm.protocol.options.base import Effects, Option, Reply
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["TerminalType"]

_IS, _SEND = b"\x00", b"\x01"
_MTTS = "MTTS "


class TerminalType(Option):
    """The client performs it. The server asks at once, and goes on asking until it hears nothing new.

    Args:
        names: A client's names in the order of preference, ASCII. A server needs none.
    """

    code = OptionCode.TTYPE
    source = "RFC 1091"
    performed_by = frozenset({Role.CLIENT})
    says = (ReportRequested,)

    def __init__(self, names: Sequence[str] = ()) -> None:
        self.names = tuple(names) or ("UNKNOWN",)
        self._sent = 0
        self._heard: list[str] = []
        self._asked = False

    @property
    def waiting(self) -> bool:
        return self._asked

    def enabled(self, side: Side) -> Effects:
        if side is Side.REMOTE:
            yield self._ask_first()

    def disabled(self, side: Side) -> Effects:
        self._asked, self._sent = False, 0
        yield from ()

    def rename(self, names: Sequence[str]) -> None:
        """Be another terminal from now on. The server hears of it when it asks again."""
        self.names, self._sent = tuple(names) or ("UNKNOWN",), 0

    def subnegotiation(self, payload: bytes) -> Effects:
        if self.role is Role.CLIENT and payload == _SEND:
            yield self._next()
        elif self.role is Role.SERVER and payload[:1] == _IS:
            yield from self._hear(payload[1:])
        else:
            yield self.violation("neither a terminal type nor a question for one", payload)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if event == ReportRequested(self.code) and agreed and self.role is Role.SERVER:
            yield self._ask_first()

    def _next(self) -> Reply:
        """Name after name, the last one twice: that is how a client says that there are no more."""
        name = self.names[min(self._sent, len(self.names) - 1)]
        self._sent = 0 if self._sent == len(self.names) else self._sent + 1
        return Reply(_IS + name.encode("ascii", "replace"))

    def _ask_first(self) -> Reply:
        self._heard.clear()
        self._asked = True
        return Reply(_SEND)

    def _hear(self, raw: bytes) -> Effects:
        if not self._asked:
            yield self.violation("a terminal type that nobody asked for", raw)
            return
        if len(raw) > MAX_TERMINAL_TYPE or not (raw.isascii() and raw.decode("ascii").isprintable()):
            yield self.violation("not a terminal's name", raw)
            yield from self._finish()
            return
        name = raw.decode("ascii")
        if not name or name in self._heard:
            yield from self._finish()
            return
        self._heard.append(name)
        yield TerminalTypeReceived(name)
        if name.startswith(_MTTS) or len(self._heard) == MAX_TERMINAL_TYPES:
            yield from self._finish()
            return
        yield Reply(_SEND)

    def _finish(self) -> Effects:
        self._asked = False
        yield TerminalTypesKnown(tuple(self._heard))
