r"""TELNET without I/O: bytes in, events out, bytes out.

>>> client = Connection(Role.CLIENT, options=[Naws(WindowSize(columns=80, rows=25))])
>>> client.receive_data(b"\xff\xfd\x1f")  # IAC DO NAWS
[OptionChanged(option=31, side=<Side.LOCAL: 'local'>, enabled=True)]
>>> client.data_to_send()  # IAC WILL NAWS IAC SB NAWS 0 80 0 25 IAC SE
b'\xff\xfb\x1f\xff\xfa\x1f\x00P\x00\x19\xff\xf0'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bbsterm.protocol.connection import Connection as Connection
    from bbsterm.protocol.connection import Mode as Mode
    from bbsterm.protocol.events import AardwolfReceived as AardwolfReceived
    from bbsterm.protocol.events import AtcpReceived as AtcpReceived
    from bbsterm.protocol.events import CharactersChanged as CharactersChanged
    from bbsterm.protocol.events import CharsetAgreed as CharsetAgreed
    from bbsterm.protocol.events import CharsetRefused as CharsetRefused
    from bbsterm.protocol.events import CharsetRequested as CharsetRequested
    from bbsterm.protocol.events import CloseAdvised as CloseAdvised
    from bbsterm.protocol.events import CommandReceived as CommandReceived
    from bbsterm.protocol.events import ComPortReported as ComPortReported
    from bbsterm.protocol.events import ComPortRequested as ComPortRequested
    from bbsterm.protocol.events import ComPortSignature as ComPortSignature
    from bbsterm.protocol.events import CompressionChanged as CompressionChanged
    from bbsterm.protocol.events import DisplayReceived as DisplayReceived
    from bbsterm.protocol.events import EnvironReceived as EnvironReceived
    from bbsterm.protocol.events import EnvironRequested as EnvironRequested
    from bbsterm.protocol.events import Event as Event
    from bbsterm.protocol.events import FlowControlChanged as FlowControlChanged
    from bbsterm.protocol.events import ForwardmaskAnswered as ForwardmaskAnswered
    from bbsterm.protocol.events import ForwardmaskChanged as ForwardmaskChanged
    from bbsterm.protocol.events import FunctionReceived as FunctionReceived
    from bbsterm.protocol.events import GmcpReceived as GmcpReceived
    from bbsterm.protocol.events import LinemodeChanged as LinemodeChanged
    from bbsterm.protocol.events import LocationReceived as LocationReceived
    from bbsterm.protocol.events import LoggedOut as LoggedOut
    from bbsterm.protocol.events import MsdpReceived as MsdpReceived
    from bbsterm.protocol.events import MspReceived as MspReceived
    from bbsterm.protocol.events import MsspReceived as MsspReceived
    from bbsterm.protocol.events import MxpReceived as MxpReceived
    from bbsterm.protocol.events import OptionChanged as OptionChanged
    from bbsterm.protocol.events import OptionDeclined as OptionDeclined
    from bbsterm.protocol.events import OptionRefused as OptionRefused
    from bbsterm.protocol.events import ProtocolViolation as ProtocolViolation
    from bbsterm.protocol.events import ReportRequested as ReportRequested
    from bbsterm.protocol.events import RequestOption as RequestOption
    from bbsterm.protocol.events import StatusReceived as StatusReceived
    from bbsterm.protocol.events import TerminalSpeedReceived as TerminalSpeedReceived
    from bbsterm.protocol.events import TerminalTypeReceived as TerminalTypeReceived
    from bbsterm.protocol.events import TerminalTypesKnown as TerminalTypesKnown
    from bbsterm.protocol.events import TextReceived as TextReceived
    from bbsterm.protocol.events import TimingMarkReceived as TimingMarkReceived
    from bbsterm.protocol.events import WindowSizeChanged as WindowSizeChanged
    from bbsterm.protocol.events import ZmpReceived as ZmpReceived
    from bbsterm.protocol.options import ALL as ALL
    from bbsterm.protocol.options import DECLINED as DECLINED
    from bbsterm.protocol.options import MUD as MUD
    from bbsterm.protocol.options import STANDARD as STANDARD
    from bbsterm.protocol.options import Aardwolf as Aardwolf
    from bbsterm.protocol.options import Ask as Ask
    from bbsterm.protocol.options import Atcp as Atcp
    from bbsterm.protocol.options import Authentication as Authentication
    from bbsterm.protocol.options import Binary as Binary
    from bbsterm.protocol.options import Charset as Charset
    from bbsterm.protocol.options import ComPortControl as ComPortControl
    from bbsterm.protocol.options import Compress as Compress
    from bbsterm.protocol.options import DisplayLocation as DisplayLocation
    from bbsterm.protocol.options import Echo as Echo
    from bbsterm.protocol.options import Effects as Effects
    from bbsterm.protocol.options import Encrypt as Encrypt
    from bbsterm.protocol.options import EndOfRecord as EndOfRecord
    from bbsterm.protocol.options import Environ as Environ
    from bbsterm.protocol.options import FlowControl as FlowControl
    from bbsterm.protocol.options import Gmcp as Gmcp
    from bbsterm.protocol.options import Linemode as Linemode
    from bbsterm.protocol.options import Logout as Logout
    from bbsterm.protocol.options import Mccp1 as Mccp1
    from bbsterm.protocol.options import Mccp2 as Mccp2
    from bbsterm.protocol.options import Mccp3 as Mccp3
    from bbsterm.protocol.options import Msdp as Msdp
    from bbsterm.protocol.options import Msp as Msp
    from bbsterm.protocol.options import Mssp as Mssp
    from bbsterm.protocol.options import MudOption as MudOption
    from bbsterm.protocol.options import Mxp as Mxp
    from bbsterm.protocol.options import Naws as Naws
    from bbsterm.protocol.options import NewEnviron as NewEnviron
    from bbsterm.protocol.options import Option as Option
    from bbsterm.protocol.options import Reply as Reply
    from bbsterm.protocol.options import SendLocation as SendLocation
    from bbsterm.protocol.options import StartTls as StartTls
    from bbsterm.protocol.options import Status as Status
    from bbsterm.protocol.options import SuppressGoAhead as SuppressGoAhead
    from bbsterm.protocol.options import TerminalSpeed as TerminalSpeed
    from bbsterm.protocol.options import TerminalType as TerminalType
    from bbsterm.protocol.options import TimingMark as TimingMark
    from bbsterm.protocol.options import Zmp as Zmp
    from bbsterm.protocol.policy import Policy as Policy
    from bbsterm.protocol.slc import EditMode as EditMode
    from bbsterm.protocol.slc import Level as Level
    from bbsterm.protocol.slc import Setting as Setting
    from bbsterm.protocol.slc import SlcFunction as SlcFunction
    from bbsterm.protocol.slc import SlcTable as SlcTable
    from bbsterm.protocol.strategy import CLIENT as CLIENT
    from bbsterm.protocol.strategy import MUD_CLIENTS as MUD_CLIENTS
    from bbsterm.protocol.strategy import SERVER as SERVER
    from bbsterm.protocol.strategy import Moment as Moment
    from bbsterm.protocol.strategy import Offer as Offer
    from bbsterm.protocol.strategy import Strategy as Strategy
    from bbsterm.protocol.vocabulary import Command as Command
    from bbsterm.protocol.vocabulary import ComPort as ComPort
    from bbsterm.protocol.vocabulary import OptionCode as OptionCode
    from bbsterm.protocol.vocabulary import Role as Role
    from bbsterm.protocol.vocabulary import Side as Side
    from bbsterm.protocol.vocabulary import WindowSize as WindowSize
    from bbsterm.protocol.vocabulary import option_name as option_name

_HOMES: Final = {
    "bbsterm.protocol.connection": (
        "Connection",
        "Mode",
    ),
    "bbsterm.protocol.events": (
        "AardwolfReceived",
        "AtcpReceived",
        "CharactersChanged",
        "CharsetAgreed",
        "CharsetRefused",
        "CharsetRequested",
        "CloseAdvised",
        "ComPortReported",
        "ComPortRequested",
        "ComPortSignature",
        "CommandReceived",
        "CompressionChanged",
        "DisplayReceived",
        "EnvironReceived",
        "EnvironRequested",
        "Event",
        "FlowControlChanged",
        "ForwardmaskAnswered",
        "ForwardmaskChanged",
        "FunctionReceived",
        "GmcpReceived",
        "LinemodeChanged",
        "LocationReceived",
        "LoggedOut",
        "MsdpReceived",
        "MspReceived",
        "MsspReceived",
        "MxpReceived",
        "OptionChanged",
        "OptionDeclined",
        "OptionRefused",
        "ProtocolViolation",
        "ReportRequested",
        "RequestOption",
        "StatusReceived",
        "TerminalSpeedReceived",
        "TerminalTypeReceived",
        "TerminalTypesKnown",
        "TextReceived",
        "TimingMarkReceived",
        "WindowSizeChanged",
        "ZmpReceived",
    ),
    "bbsterm.protocol.options": (
        "ALL",
        "Aardwolf",
        "Ask",
        "Atcp",
        "Authentication",
        "Binary",
        "Charset",
        "ComPortControl",
        "Compress",
        "DECLINED",
        "DisplayLocation",
        "Echo",
        "Effects",
        "Encrypt",
        "EndOfRecord",
        "Environ",
        "FlowControl",
        "Gmcp",
        "Linemode",
        "Logout",
        "MUD",
        "Mccp1",
        "Mccp2",
        "Mccp3",
        "Msdp",
        "Msp",
        "Mssp",
        "MudOption",
        "Mxp",
        "Naws",
        "NewEnviron",
        "Option",
        "Reply",
        "STANDARD",
        "SendLocation",
        "StartTls",
        "Status",
        "SuppressGoAhead",
        "TerminalSpeed",
        "TerminalType",
        "TimingMark",
        "Zmp",
    ),
    "bbsterm.protocol.policy": ("Policy",),
    "bbsterm.protocol.slc": (
        "EditMode",
        "Level",
        "Setting",
        "SlcFunction",
        "SlcTable",
    ),
    "bbsterm.protocol.strategy": (
        "CLIENT",
        "MUD_CLIENTS",
        "Moment",
        "Offer",
        "SERVER",
        "Strategy",
    ),
    "bbsterm.protocol.vocabulary": (
        "ComPort",
        "Command",
        "OptionCode",
        "Role",
        "Side",
        "WindowSize",
        "option_name",
    ),
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [*_HOME_OF]


def __getattr__(name: str) -> Any:
    """Load a name's module when the name is asked for: an import costs nothing that it does not use."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
