"""Which method an event is told to, and with which arguments: one row an event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from bbsterm.protocol.events import (
    AardwolfReceived,
    AtcpReceived,
    CharsetAgreed,
    ComPortReported,
    ComPortSignature,
    DisplayReceived,
    EnvironReceived,
    Event,
    FlowControlChanged,
    GmcpReceived,
    LocationReceived,
    LoggedOut,
    MsdpReceived,
    MspReceived,
    MsspReceived,
    MxpReceived,
    TerminalSpeedReceived,
    TerminalTypeReceived,
    TerminalTypesKnown,
    WindowSizeChanged,
    ZmpReceived,
)
from bbsterm.protocol.vocabulary import ComPort, OptionCode
from bbsterm.telopt import DO

__all__ = ["TELLS", "Tell"]


class Tell(NamedTuple):
    """How an event reaches a program.

    Attributes:
        option: The option it belongs to, for `writer.set_ext_callback`.
        method: The connection's method that hears of it.
        arguments: The method's arguments. It raises ValueError where the payload makes no sense.
    """

    option: OptionCode | None
    method: str
    arguments: Callable[[Any], tuple[Any, ...]]


def _window_size(event: WindowSizeChanged) -> tuple[int, int]:
    return event.size.rows, event.size.columns


def _speeds(event: TerminalSpeedReceived) -> tuple[int, int]:
    return event.transmit, event.receive


def _variables(event: EnvironReceived) -> tuple[dict[str, str]]:
    told = event.variables + event.user_variables
    return ({name.upper(): value for name, value in told if value},)


def _message(event: GmcpReceived | AtcpReceived) -> bytes:
    return event.package.encode() + b" " + event.payload


# What MUDs say is imported when one says it: most boards never do, and it is most of this module's weight.


def _gmcp(event: GmcpReceived) -> tuple[str, Any]:
    from bbsterm.mud import gmcp_decode

    return gmcp_decode(_message(event))


def _msdp(event: MsdpReceived) -> tuple[dict[str, Any]]:
    from bbsterm.mud import msdp_decode

    return (msdp_decode(event.payload),)


def _mssp(event: MsspReceived) -> tuple[dict[str, Any]]:
    from bbsterm.mud import mssp_decode

    return (mssp_decode(event.payload),)


def _atcp(event: AtcpReceived) -> tuple[str, str]:
    from bbsterm.mud import atcp_decode

    return atcp_decode(_message(event))


def _aardwolf(event: AardwolfReceived) -> tuple[dict[str, Any]]:
    from bbsterm.mud import aardwolf_decode

    return (aardwolf_decode(bytes([event.channel]) + event.data),)


_PARITIES: Final = {1: "NONE", 2: "ODD", 3: "EVEN", 4: "MARK", 5: "SPACE"}
_STOPS: Final = {1: "1", 2: "2", 3: "1.5"}
_SPELLED: Final = {ComPort.PARITY: _PARITIES, ComPort.STOPSIZE: _STOPS}


def _serial(event: ComPortReported) -> tuple[str, str | int]:
    """A setting by its name; parity and stop bits in words (RFC 2217)."""
    words = _SPELLED.get(event.command, {})
    return event.command.name.lower(), words.get(event.value, event.value)


_O = OptionCode

# fmt: off
TELLS: Final[dict[type[Event], Tell]] = {
    WindowSizeChanged:     Tell(_O.NAWS,          "on_naws",     _window_size),
    TerminalTypeReceived:  Tell(_O.TTYPE,         "on_ttype",    lambda e: (e.name,)),
    TerminalTypesKnown:    Tell(None,             "on_ttypes",   lambda e: (e.names,)),
    TerminalSpeedReceived: Tell(_O.TSPEED,        "on_tspeed",   _speeds),
    EnvironReceived:       Tell(_O.NEW_ENVIRON,   "on_environ",  _variables),
    CharsetAgreed:         Tell(_O.CHARSET,       "on_charset",  lambda e: (e.name,)),
    FlowControlChanged:    Tell(_O.LFLOW,         "on_lflow",    lambda e: (e.enabled, e.restart_any)),
    DisplayReceived:       Tell(_O.XDISPLOC,      "on_xdisploc", lambda e: (e.display,)),
    LocationReceived:      Tell(_O.SEND_LOCATION, "on_sndloc",   lambda e: (e.location,)),
    LoggedOut:             Tell(_O.LOGOUT,        "on_logout",   lambda e: (DO,)),
    GmcpReceived:          Tell(_O.GMCP,          "on_gmcp",     _gmcp),
    MsdpReceived:          Tell(_O.MSDP,          "on_msdp",     _msdp),
    MsspReceived:          Tell(_O.MSSP,          "on_mssp",     _mssp),
    ZmpReceived:           Tell(_O.ZMP,           "on_zmp",      lambda e: (e.command, *e.arguments)),
    AtcpReceived:          Tell(_O.ATCP,          "on_atcp",     _atcp),
    AardwolfReceived:      Tell(_O.AARDWOLF,      "on_aardwolf", _aardwolf),
    ComPortSignature:      Tell(_O.COM_PORT,      "on_comport",  lambda e: ("signature", e.text)),
    ComPortReported:       Tell(_O.COM_PORT,      "on_comport",  _serial),
    MxpReceived:           Tell(_O.MXP,           "on_mxp",      lambda e: (e.payload,)),
    MspReceived:           Tell(_O.MSP,           "on_msp",      lambda e: (e.payload,)),
}
# fmt: on
"""`writer.set_ext_callback` may put another function in a method's place."""
