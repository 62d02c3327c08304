"""What a MUD, or a MUD's client, tells by GMCP, MSDP and their kin: kept in `writer.ctx`, within a bound."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from bbsterm.limits import MAX_MUD_MEMORY
from bbsterm.net.peer_info import PeerInfo

if TYPE_CHECKING:
    from bbsterm.net.context import TelnetSessionContext

__all__ = ["MudInfo"]


class MudInfo(PeerInfo):
    """The methods that are called when the peer tells something by a MUD option. Override what you need."""

    __slots__ = ("_remembered", "writer")

    writer: Any
    _remembered: int

    def on_gmcp(self, package: str, data: Any) -> None:
        """A GMCP message; `ctx.gmcp_data` keeps the last of each package, dicts merged."""
        kept = self._context(package, data).gmcp_data
        if isinstance(data, dict) and isinstance(kept.get(package), dict):
            kept[package].update(data)
        else:
            kept[package] = data

    def on_msdp(self, variables: dict[str, Any]) -> None:
        """MSDP variables; `ctx.msdp_data` keeps the last value of each."""
        self._context(*variables, *variables.values()).msdp_data.update(variables)

    def on_mssp(self, variables: dict[str, Any]) -> None:
        """What the MUD says of itself by MSSP; `ctx.mssp_data` keeps it."""
        context = self._context(*variables, *variables.values())
        context.mssp_data = {**(context.mssp_data or {}), **variables}

    def on_zmp(self, command: str, *args: str) -> None:
        """A ZMP command and its arguments; `ctx.zmp_data` keeps the last of each."""
        self._context(command, *args).zmp_data[command] = list(args)

    def on_atcp(self, package: str, value: str) -> None:
        """An ATCP message; `ctx.atcp_data` keeps them."""
        self._context(package, value).atcp_data.append((package, value))

    def on_aardwolf(self, message: dict[str, Any]) -> None:
        """A message on Aardwolf's channel; `ctx.aardwolf_data` keeps them."""
        self._context(message).aardwolf_data.append(message)

    def on_mxp(self, payload: bytes) -> None:
        """MXP begins (nothing in it), or a message of it; `ctx.mxp_data` keeps them."""
        self._context(payload).mxp_data.append(payload)

    def on_msp(self, payload: bytes) -> None:
        """A sound request by MSP."""

    def on_comport(self, name: str, value: str | int) -> None:
        """What a serial port says of itself (RFC 2217), such as "baudrate"; `ctx.comport_data` keeps it."""
        context = self._context(name, value)
        context.comport_data = {**(context.comport_data or {}), name: value}

    def _context(self, *values: object) -> TelnetSessionContext:
        """Where to keep `values`. What was kept before is forgotten when it has become too much."""
        context: TelnetSessionContext = self.writer.ctx
        self._remembered += sum(map(_size, values))
        if self._remembered > MAX_MUD_MEMORY:
            self._remembered = 0
            context.forget()
        return context


def _size(value: object) -> int:
    """Bytes of memory, roughly: parsed documents are several times as large as what was sent."""
    if isinstance(value, dict):
        return sys.getsizeof(value) + sum(_size(key) + _size(item) for key, item in value.items())
    if isinstance(value, list):
        return sys.getsizeof(value) + sum(map(_size, value))
    return sys.getsizeof(value)
