"""STATUS (RFC 859): one end tells the other which options it believes to be in force."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from bbsterm.protocol.events import Event, ReportRequested, StatusReceived
from bbsterm.protocol.options.base import Effects, Option, Reply
from bbsterm.protocol.vocabulary import Command, OptionCode, Side

__all__ = ["Status"]

_IS, _SEND = b"\x00", b"\x01"
_SB, _SE = b"\xfa", b"\xf0"
_VERBS: Final = (Command.WILL, Command.WONT, Command.DO, Command.DONT)
_ENTRY: Final = re.compile(
    rb"(?P<verb>[\xfb-\xfe])(?P<option>\xf0\xf0|[^\xf0])"  # WILL option
    rb"|\xfa(?P<block>(?:\xf0\xf0|[^\xf0])++)\xf0",  # SB option parameters SE
    re.DOTALL,
)
_MAX_ENTRIES: Final = 1024  # 256 options on two sides, with parameters


class Status(Option):
    """Either side may perform it: the performer answers SEND with IS."""

    code = OptionCode.STATUS
    source = "RFC 859"
    says = (ReportRequested,)

    def subnegotiation(self, payload: bytes) -> Effects:
        if payload == _SEND and self.on(Side.LOCAL):
            yield Reply(_IS + self._report())
        elif payload[:1] == _IS and self.on(Side.REMOTE):
            yield from self._read(payload[1:])
        else:
            yield self.violation("neither a status nor a question for one", payload)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if event == ReportRequested(self.code) and self.on(Side.REMOTE):
            yield Reply(_SEND)

    def _report(self) -> bytes:
        """WILL for what we perform, DO for what the peer performs, and a block for what has parameters."""
        local, remote = self._view.performed(Side.LOCAL), self._view.performed(Side.REMOTE)
        entries = b"".join(bytes((Command.WILL, option)) for option in local)
        entries += b"".join(bytes((Command.DO, option)) for option in remote)
        blocks = [bytes((option,)) + parameters for option, parameters in self._view.reports()]
        return _double(entries) + b"".join(_SB + _double(block) + _SE for block in blocks)

    def _read(self, listed: bytes) -> Effects:
        found: dict[int, list[int]] = {verb: [] for verb in _VERBS}
        parameters: list[tuple[int, bytes]] = []
        entries = list(islice(_ENTRY.finditer(listed), _MAX_ENTRIES))
        if sum(len(entry[0]) for entry in entries) != len(listed):
            yield self.violation("malformed status", listed)
            return
        for entry in entries:
            if entry["block"]:
                block = entry["block"].replace(_SE * 2, _SE)
                parameters.append((block[0], block[1:]))
            else:
                found[entry["verb"][0]].append(entry["option"][0])
        yield StatusReceived(tuple(found[Command.DO]), tuple(found[Command.WILL]), tuple(parameters))


def _double(body: bytes) -> bytes:
    """SE would end a block: inside, it is sent twice (RFC 859)."""
    return body.replace(_SE, _SE * 2)
