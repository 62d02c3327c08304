r"""TELNET without I/O: bytes in, events out, bytes out.

>>> client = Connection(Role.CLIENT, options=[Naws(WindowSize(columns=80, rows=25))])
>>> client.receive_data(b"\xff\xfd\x1f")  # IAC DO NAWS
[OptionChanged(option=31, side=<Side.LOCAL: 'local'>, enabled=True)]
>>> client.data_to_send()  # IAC WILL NAWS IAC SB NAWS 0 80 0 25 IAC SE
b'\xff\xfb\x1f\xff\xfa\x1f\x00P\x00\x19\xff\xf0'
"""

from __future__ import annotations

from bbsterm.protocol.connection import (
    Connection,
    Mode,
)
from bbsterm.protocol.events import (
    CharsetAgreed,
    CharsetRefused,
    CharsetRequested,
    CloseAdvised,
    CommandReceived,
    EnvironReceived,
    EnvironRequested,
    Event,
    OptionChanged,
    OptionRefused,
    ProtocolViolation,
    ReportRequested,
    RequestOption,
    StatusReceived,
    TerminalSpeedReceived,
    TerminalTypeReceived,
    TerminalTypesKnown,
    TextReceived,
    TimingMarkReceived,
    WindowSizeChanged,
)
from bbsterm.protocol.options import (
    ALL,
    STANDARD,
    Ask,
    Binary,
    Charset,
    Echo,
    Effects,
    EndOfRecord,
    Naws,
    NewEnviron,
    Option,
    Reply,
    Status,
    SuppressGoAhead,
    TerminalSpeed,
    TerminalType,
    TimingMark,
)
from bbsterm.protocol.policy import (
    Policy,
)
from bbsterm.protocol.strategy import (
    CLIENT,
    MUD_CLIENTS,
    SERVER,
    Moment,
    Offer,
    Strategy,
)
from bbsterm.protocol.vocabulary import (
    Command,
    OptionCode,
    Role,
    Side,
    WindowSize,
    option_name,
)

__all__ = [
    "ALL",
    "CLIENT",
    "MUD_CLIENTS",
    "SERVER",
    "STANDARD",
    "Ask",
    "Binary",
    "Charset",
    "CharsetAgreed",
    "CharsetRefused",
    "CharsetRequested",
    "CloseAdvised",
    "Command",
    "CommandReceived",
    "Connection",
    "Echo",
    "Effects",
    "EndOfRecord",
    "EnvironReceived",
    "EnvironRequested",
    "Event",
    "Mode",
    "Moment",
    "Naws",
    "NewEnviron",
    "Offer",
    "Option",
    "OptionChanged",
    "OptionCode",
    "OptionRefused",
    "Policy",
    "ProtocolViolation",
    "Reply",
    "ReportRequested",
    "RequestOption",
    "Role",
    "Side",
    "Status",
    "StatusReceived",
    "Strategy",
    "SuppressGoAhead",
    "TerminalSpeed",
    "TerminalSpeedReceived",
    "TerminalType",
    "TerminalTypeReceived",
    "TerminalTypesKnown",
    "TextReceived",
    "TimingMark",
    "TimingMarkReceived",
    "WindowSize",
    "WindowSizeChanged",
    "option_name",
]
