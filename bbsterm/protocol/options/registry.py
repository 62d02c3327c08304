"""The registries: tuples to read, to slice, and to give to the engine.

An option is a file and a row here.
"""

from __future__ import annotations

from typing import Final

from bbsterm.protocol.options.aardwolf import Aardwolf
from bbsterm.protocol.options.atcp import Atcp
from bbsterm.protocol.options.authentication import Authentication
from bbsterm.protocol.options.base import Option
from bbsterm.protocol.options.binary import Binary
from bbsterm.protocol.options.charset import Charset
from bbsterm.protocol.options.com_port import ComPortControl
from bbsterm.protocol.options.echo import Echo
from bbsterm.protocol.options.encrypt import Encrypt
from bbsterm.protocol.options.environ import Environ
from bbsterm.protocol.options.eor import EndOfRecord
from bbsterm.protocol.options.gmcp import Gmcp
from bbsterm.protocol.options.lflow import FlowControl
from bbsterm.protocol.options.linemode import Linemode
from bbsterm.protocol.options.logout import Logout
from bbsterm.protocol.options.mccp1 import Mccp1
from bbsterm.protocol.options.mccp2 import Mccp2
from bbsterm.protocol.options.mccp3 import Mccp3
from bbsterm.protocol.options.msdp import Msdp
from bbsterm.protocol.options.msp import Msp
from bbsterm.protocol.options.mssp import Mssp
from bbsterm.protocol.options.mxp import Mxp
from bbsterm.protocol.options.naws import Naws
from bbsterm.protocol.options.new_environ import NewEnviron
from bbsterm.protocol.options.send_location import SendLocation
from bbsterm.protocol.options.sga import SuppressGoAhead
from bbsterm.protocol.options.start_tls import StartTls
from bbsterm.protocol.options.status import Status
from bbsterm.protocol.options.timing_mark import TimingMark
from bbsterm.protocol.options.tspeed import TerminalSpeed
from bbsterm.protocol.options.ttype import TerminalType
from bbsterm.protocol.options.xdisploc import DisplayLocation
from bbsterm.protocol.options.zmp import Zmp

__all__ = ["ALL", "DECLINED", "MUD", "STANDARD"]

STANDARD: Final[tuple[type[Option], ...]] = (
    Binary,
    Echo,
    SuppressGoAhead,
    Status,
    TimingMark,
    Logout,
    SendLocation,
    TerminalType,
    EndOfRecord,
    Naws,
    TerminalSpeed,
    FlowControl,
    Linemode,
    DisplayLocation,
    Environ,
    NewEnviron,
    Charset,
    ComPortControl,
)
"""The RFCs' options that we perform or have performed."""

MUD: Final[tuple[type[Option], ...]] = (
    Msdp,
    Mssp,
    Mccp2,
    Mccp3,
    Msp,
    Mxp,
    Zmp,
    Aardwolf,
    Atcp,
    Gmcp,
)
"""What MUDs added. Leave Mccp2 and Mccp3 out under TLS."""

DECLINED: Final[tuple[type[Option], ...]] = (
    Authentication,
    Encrypt,
    StartTls,
    Mccp1,
)
"""Known by name, and refused: so that a log says who asked for what."""

ALL: Final[tuple[type[Option], ...]] = STANDARD + MUD + DECLINED
