"""The part of a writer that a subclass may override: ``handle_naws(rows, cols)``, ``handle_ayt(cmd)`` ...

A callback that was set goes before them, and they go before the connection's own ``on_...`` methods. A writer
that overrides none pays nothing for them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from bbsterm import slc, telopt
from bbsterm.net.mud_info import MudInfo

if TYPE_CHECKING:
    from bbsterm.net.context import TelnetSessionContext

__all__ = ["HandlingWriter"]

_COMMANDS: Final = ("brk", "ip", "ao", "ayt", "ec", "el", "eof", "susp", "abort", "nop", "dm", "ga")
_CHARACTERS: Final = (
    *("brk", "ip", "ao", "ayt", "eor", "abort", "eof", "susp"),
    *("ec", "el", "ew", "rp", "lnext", "xon", "xoff"),
)
_TOLD: Final = (
    *("logout", "sndloc", "naws", "tspeed", "ttype", "xdisploc", "charset"),
    *("gmcp", "msdp", "mssp", "msp", "mxp", "zmp", "aardwolf", "atcp"),
)

_HANDLERS: Final[dict[tuple[str, bytes], str]] = {
    **{("iac", getattr(telopt, name.upper())): f"handle_{name}" for name in _COMMANDS},
    ("iac", telopt.CMD_EOR): "handle_eor",
    ("slc", slc.SLC_SYNCH): "handle_dm",
    **{("slc", getattr(slc, f"SLC_{name.upper()}")): f"handle_{name}" for name in _CHARACTERS},
    **{("ext", getattr(telopt, name.upper())): f"handle_{name}" for name in _TOLD},
    ("ext", telopt.NEW_ENVIRON): "handle_environ",
    ("ext", telopt.COM_PORT_OPTION): "handle_comport",
}

_log: Final = logging.getLogger(__name__)


class HandlingWriter:
    """What becomes of what the peer tells, where nobody else asked to hear of it."""

    __slots__ = ("_own_memory",)

    _handlers: ClassVar[Mapping[tuple[str, bytes], str]] = {}
    _own_memory: MudInfo | None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._handlers = {
            key: name
            for key, name in _HANDLERS.items()
            if getattr(cls, name) is not getattr(HandlingWriter, name)
        }

    @property
    def ctx(self) -> TelnetSessionContext:
        """What a program remembers about this connection."""
        raise NotImplementedError

    def own_handler(self, kind: str, key: bytes) -> Callable[..., Any] | None:
        """The method of a subclass for this command, character or option, if it has one."""
        name = self._handlers.get((kind, key))
        return None if name is None else getattr(self, name)

    def default_handler(self, key: bytes) -> Callable[..., Any] | None:
        """The method for what an option tells."""
        name = _HANDLERS.get(("ext", key))
        return None if name is None else getattr(self, name)

    def handle_command(self, cmd: bytes) -> None:
        """A command, or a special character of LINEMODE, has come: nothing follows from it by itself."""
        _log.debug("unhandled: %s", telopt.name_commands(cmd))

    handle_abort = handle_ao = handle_ayt = handle_brk = handle_dm = handle_ec = handle_command
    handle_el = handle_eof = handle_eor = handle_ga = handle_ip = handle_nop = handle_susp = handle_command
    handle_tm = handle_ew = handle_rp = handle_lnext = handle_xon = handle_xoff = handle_command

    def handle_logout(self, cmd: bytes) -> None:
        """The peer asks to be logged out (RFC 727): hang up."""
        if cmd == telopt.DO:
            self.close()

    def close(self) -> None:
        """Close the line."""
        raise NotImplementedError

    def handle_told(self, *told: Any) -> None:
        """The peer has told something of itself."""
        _log.debug("unhandled: %r", told)

    handle_naws = handle_ttype = handle_tspeed = handle_xdisploc = handle_environ = handle_charset = (
        handle_told
    )
    handle_sndloc = handle_mccp2 = handle_msp = handle_told

    # --- MUDs: what is told is kept ---------------------------------------------------------------

    @property
    def _memory(self) -> MudInfo:
        """Who keeps it in `ctx`, within a bound: the connection; for a writer without one, a stand-in."""
        connection = getattr(self, "protocol", None)
        if isinstance(connection, MudInfo):
            return connection
        if self._own_memory is None:
            self._own_memory = MudInfo()
            self._own_memory.writer, self._own_memory._remembered = self, 0
        return self._own_memory

    def handle_gmcp(self, package: str, data: Any) -> None:
        """A GMCP message."""
        MudInfo.on_gmcp(self._memory, package, data)

    def handle_msdp(self, variables: Mapping[str, Any]) -> None:
        """MSDP variables."""
        MudInfo.on_msdp(self._memory, dict(variables))

    def handle_mssp(self, variables: Mapping[str, Any]) -> None:
        """What a MUD says of itself."""
        MudInfo.on_mssp(self._memory, dict(variables))

    def handle_zmp(self, command: str, *args: str) -> None:
        """A ZMP command."""
        MudInfo.on_zmp(self._memory, command, *args)

    def handle_atcp(self, package: str, value: str) -> None:
        """An ATCP message."""
        MudInfo.on_atcp(self._memory, package, value)

    def handle_aardwolf(self, data: dict[str, Any]) -> None:
        """A message on Aardwolf's channel."""
        MudInfo.on_aardwolf(self._memory, data)

    def handle_mxp(self, data: bytes) -> None:
        """MXP begins, or says something."""
        MudInfo.on_mxp(self._memory, data)

    def handle_comport(self, name: str, value: str | int) -> None:
        """What a serial port says of itself."""
        MudInfo.on_comport(self._memory, name, value)

    # --- what we tell, where no connection does it ------------------------------------------------

    def handle_send_ttype(self) -> str:
        """Our terminal type: none."""
        return ""

    handle_send_xdisploc = handle_send_sndloc = handle_send_ttype

    def handle_send_naws(self) -> tuple[int, int]:
        """Our window: 24 rows of 80 columns."""
        return 24, 80

    def handle_send_tspeed(self) -> tuple[int, int]:
        """Our line's speeds in bits per second."""
        return 9600, 9600

    def handle_send_client_charset(self, charsets: Iterable[str]) -> str:
        """Which of the offered character sets we take: none."""
        return ""

    def handle_send_client_environ(self, keys: Iterable[str]) -> dict[str, str]:
        """Variables that we tell: none."""
        return {}

    def handle_send_server_charset(self) -> list[str]:
        """Character sets that a server offers."""
        return ["UTF-8"]

    def handle_send_server_environ(self) -> list[str]:
        """Variables that a server asks for: none."""
        return []
