"""ZMP, the Zenith MUD Protocol (option 93): commands and their arguments, each ended by NUL."""

from __future__ import annotations

from bbsterm.limits import MAX_ZMP_ARGUMENTS
from bbsterm.protocol.events import Event, ZmpReceived
from bbsterm.protocol.options.base import Effects, MudOption, Reply
from bbsterm.protocol.vocabulary import OptionCode

__all__ = ["Zmp"]


class Zmp(MudOption):
    """Both ends send commands."""

    code = OptionCode.ZMP
    source = "ZMP"
    says = (ZmpReceived,)

    def subnegotiation(self, payload: bytes) -> Effects:
        parts = payload.removesuffix(b"\0").split(b"\0", MAX_ZMP_ARGUMENTS + 1)
        if not payload.endswith(b"\0") or not parts[0] or len(parts) > MAX_ZMP_ARGUMENTS + 1:
            yield self.violation("not a command with its arguments", payload)
            return
        command, *arguments = (part.decode("utf-8", "replace") for part in parts)
        yield ZmpReceived(command, tuple(arguments))

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, ZmpReceived) and agreed:
            parts = "\0".join((event.command, *event.arguments))
            yield Reply(parts.encode("utf-8", "replace") + b"\0")
