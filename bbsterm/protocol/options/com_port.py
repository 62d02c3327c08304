"""COM-PORT-CONTROL (RFC 2217): a serial port at the far end. A client asks, the server's port answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bbsterm.limits import MAX_LOCATION
from bbsterm.protocol.events import ComPortReported, ComPortRequested, ComPortSignature, Event
from bbsterm.protocol.options.base import Effects, Option, Reply
from bbsterm.protocol.vocabulary import ComPort, OptionCode, Role, Side

__all__ = ["ComPortControl"]

_FROM_SERVER: Final = 100
"""Added to a command's number when the server says it."""

_P = ComPort

_VALUES: Final[Mapping[ComPort, range]] = {
    _P.BAUDRATE: range(1, 2**32),
    _P.DATASIZE: range(5, 9),
    _P.PARITY: range(1, 6),  # none, odd, even, mark, space
    _P.STOPSIZE: range(1, 4),  # 1, 2, 1.5
}
"""What a port can be set to; 0 asks what it is set to."""

_BEGINNING: Final[Mapping[ComPort, int]] = {_P.BAUDRATE: 9600, _P.DATASIZE: 8, _P.PARITY: 1, _P.STOPSIZE: 1}

_CONTROLS: Final[Mapping[int, tuple[int, ...]]] = {
    0: (1, 2, 3, 17, 19),  # outbound flow control: none, XON/XOFF, hardware, DCD, DSR
    4: (5, 6),  # break on, off
    7: (8, 9),  # DTR on, off
    10: (11, 12),  # RTS on, off
    13: (14, 15, 16, 18),  # inbound flow control: none, XON/XOFF, hardware, DTR
}
"""SET-CONTROL speaks of five things: the question for each, and what it can be set to (RFC 2217)."""

_BEGINNING_CONTROLS: Final[Mapping[int, int]] = {0: 1, 4: 6, 7: 9, 10: 12, 13: 14}
_MASKS: Final[Mapping[ComPort, ComPort]] = {
    _P.LINESTATE: _P.LINESTATE_MASK,
    _P.MODEMSTATE: _P.MODEMSTATE_MASK,
}


class ComPortControl(Option):
    """A client sends `ComPortRequested`; a server keeps a virtual port, answers, and tells its owner.

    Args:
        signature: What we call ourselves.
    """

    code = OptionCode.COM_PORT
    source = "RFC 2217"
    says = (ComPortRequested, ComPortReported, ComPortSignature)
    answers_per_second = 100  # opening a port takes a dozen settings at once

    def __init__(self, signature: str = "bbsterm") -> None:
        self.signature = signature
        self.settings = dict(_BEGINNING)
        self.controls = dict(_BEGINNING_CONTROLS)
        self.masks = {_P.LINESTATE_MASK: 0, _P.MODEMSTATE_MASK: 0xFF}  # RFC 2217, section 3
        self._greeted = False

    def enabled(self, side: Side) -> Effects:
        if self.role is Role.CLIENT and not self._greeted:
            self._greeted = True
            yield self._say(_P.SIGNATURE, b"")

    def subnegotiation(self, payload: bytes) -> Effects:
        number = payload[0] - self._offset(theirs=True) if payload else -1
        if number not in ComPort._value2member_map_:
            yield self.violation("no COM-PORT command of the other end's", payload)
            return
        command, rest = ComPort(number), payload[1:]
        if command is _P.SIGNATURE:
            yield from self._sign(rest)
        elif len(rest) != _width(command):
            yield self.violation(f"{command.name} with {len(rest)} bytes", payload)
        elif self.role is Role.CLIENT or command in (_P.SUSPEND, _P.RESUME):
            value = int.from_bytes(rest, "big")
            yield (ComPortReported if self.role is Role.CLIENT else ComPortRequested)(command, value)
        else:
            yield from self._serve(command, int.from_bytes(rest, "big"))

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if not agreed:
            return
        match event:
            case ComPortSignature(text):
                yield self._say(_P.SIGNATURE, text.encode("ascii", "replace"))
            case ComPortRequested(command, value) if self.role is Role.CLIENT:
                yield self._say(command, _spell(command, value))
            case ComPortReported(command, value) if self.role is Role.SERVER:
                mask = self.masks.get(_MASKS.get(command, command), 0xFF)
                if command not in _MASKS or value & mask:
                    yield self._say(command, _spell(command, value))
            case _:
                return

    def _serve(self, command: ComPort, value: int) -> Effects:
        """A server's virtual port: take the setting if there is such a one, answer with what it is now."""
        if command in _VALUES:
            if value in _VALUES[command]:
                self.settings[command] = value
                yield ComPortRequested(command, value)
            value = self.settings[command]
        elif command is _P.CONTROL:
            topic = next((topic for topic, values in _CONTROLS.items() if value in (topic, *values)), None)
            if topic is None:
                yield self.violation("no such CONTROL", bytes((value,)))
                return
            if value != topic:
                self.controls[topic] = value
                yield ComPortRequested(command, value)
            value = self.controls[topic]
        elif command in self.masks:
            self.masks[command] = value
        elif command is _P.PURGE:
            yield ComPortRequested(command, value)
        else:
            yield self.violation(f"{command.name} is the server's to tell", bytes((value,)))
            return
        yield self._say(command, _spell(command, value))

    def _sign(self, text: bytes) -> Effects:
        """An empty signature is a question for ours."""
        if not text:
            yield self._say(_P.SIGNATURE, self.signature.encode("ascii", "replace"))
        elif len(text) > MAX_LOCATION:
            yield self.violation("a signature that is too long", text)
        else:
            yield ComPortSignature(text.decode("ascii", "replace"))

    def _offset(self, *, theirs: bool) -> int:
        return _FROM_SERVER if theirs is (self.role is Role.CLIENT) else 0

    def _say(self, command: ComPort, value: bytes) -> Reply:
        return Reply(bytes((command + self._offset(theirs=False),)) + value)


def _width(command: ComPort) -> int:
    if command is _P.BAUDRATE:
        return 4
    return 0 if command in (_P.SUSPEND, _P.RESUME) else 1


def _spell(command: ComPort, value: int) -> bytes:
    return value.to_bytes(_width(command), "big") if _width(command) else b""
