"""STATUS (RFC 859): one end tells the other which options it believes to be in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bbsterm.protocol.events import Event, ReportRequested, StatusReceived
from bbsterm.protocol.options.base import Effects, Option, Reply
from bbsterm.protocol.vocabulary import Command, OptionCode, Side

__all__ = ["Status"]

_IS, _SEND = b"\x00", b"\x01"
_VERBS: Final = frozenset({Command.WILL, Command.WONT, Command.DO, Command.DONT})
_MAX_ENTRIES: Final = 512  # 256 options on two sides


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
        """WILL for what we perform, DO for what the peer performs. SE would end the list: it is doubled."""
        entries = [(Command.WILL, option) for option in self._view.performed(Side.LOCAL)]
        entries += [(Command.DO, option) for option in self._view.performed(Side.REMOTE)]
        return b"".join(bytes((verb, option)).replace(b"\xf0", b"\xf0\xf0") for verb, option in entries)

    def _read(self, listed: bytes) -> Effects:
        local: list[int] = []
        remote: list[int] = []
        for verb, option in _entries(listed):
            if verb not in _VERBS or option < 0:
                yield self.violation("malformed status", listed)
                return
            if verb == Command.DO:
                local.append(option)
            elif verb == Command.WILL:
                remote.append(option)
        yield StatusReceived(tuple(local), tuple(remote))


def _entries(listed: bytes) -> Iterator[tuple[int, int]]:
    """Split a status into verb and option; blocks "SB option ... SE" are passed over. -1 means "missing"."""
    at = 0
    for _ in range(_MAX_ENTRIES):
        if at >= len(listed):
            return
        verb = listed[at]
        if verb == Command.SB:
            at = _after_block(listed, at + 1)
            continue
        option = listed[at + 1] if at + 1 < len(listed) else -1
        at += 3 if listed[at + 1 : at + 3] == b"\xf0\xf0" else 2
        yield verb, option


def _after_block(listed: bytes, at: int) -> int:
    """Find the place behind the block's single SE; a doubled SE is data."""
    while (at := listed.find(Command.SE, at)) >= 0:
        if listed[at + 1 : at + 2] != b"\xf0":
            return at + 1
        at += 2
    return len(listed)
