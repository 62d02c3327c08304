"""The options, one file each; `registry` has them as tuples to read: `STANDARD`, `MUD`, `DECLINED`, `ALL`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bbsterm.protocol.options.aardwolf import Aardwolf as Aardwolf
    from bbsterm.protocol.options.atcp import Atcp as Atcp
    from bbsterm.protocol.options.authentication import Authentication as Authentication
    from bbsterm.protocol.options.base import Ask as Ask
    from bbsterm.protocol.options.base import Compress as Compress
    from bbsterm.protocol.options.base import Effects as Effects
    from bbsterm.protocol.options.base import MudOption as MudOption
    from bbsterm.protocol.options.base import Option as Option
    from bbsterm.protocol.options.base import Reply as Reply
    from bbsterm.protocol.options.binary import Binary as Binary
    from bbsterm.protocol.options.charset import Charset as Charset
    from bbsterm.protocol.options.com_port import ComPortControl as ComPortControl
    from bbsterm.protocol.options.echo import Echo as Echo
    from bbsterm.protocol.options.encrypt import Encrypt as Encrypt
    from bbsterm.protocol.options.environ import Environ as Environ
    from bbsterm.protocol.options.eor import EndOfRecord as EndOfRecord
    from bbsterm.protocol.options.gmcp import Gmcp as Gmcp
    from bbsterm.protocol.options.lflow import FlowControl as FlowControl
    from bbsterm.protocol.options.linemode import Linemode as Linemode
    from bbsterm.protocol.options.logout import Logout as Logout
    from bbsterm.protocol.options.mccp1 import Mccp1 as Mccp1
    from bbsterm.protocol.options.mccp2 import Mccp2 as Mccp2
    from bbsterm.protocol.options.mccp3 import Mccp3 as Mccp3
    from bbsterm.protocol.options.msdp import Msdp as Msdp
    from bbsterm.protocol.options.msp import Msp as Msp
    from bbsterm.protocol.options.mssp import Mssp as Mssp
    from bbsterm.protocol.options.mxp import Mxp as Mxp
    from bbsterm.protocol.options.naws import Naws as Naws
    from bbsterm.protocol.options.new_environ import NewEnviron as NewEnviron
    from bbsterm.protocol.options.registry import ALL as ALL
    from bbsterm.protocol.options.registry import DECLINED as DECLINED
    from bbsterm.protocol.options.registry import MUD as MUD
    from bbsterm.protocol.options.registry import STANDARD as STANDARD
    from bbsterm.protocol.options.send_location import SendLocation as SendLocation
    from bbsterm.protocol.options.sga import SuppressGoAhead as SuppressGoAhead
    from bbsterm.protocol.options.start_tls import StartTls as StartTls
    from bbsterm.protocol.options.status import Status as Status
    from bbsterm.protocol.options.timing_mark import TimingMark as TimingMark
    from bbsterm.protocol.options.tspeed import TerminalSpeed as TerminalSpeed
    from bbsterm.protocol.options.ttype import TerminalType as TerminalType
    from bbsterm.protocol.options.xdisploc import DisplayLocation as DisplayLocation
    from bbsterm.protocol.options.zmp import Zmp as Zmp

_HOMES: Final = {
    "bbsterm.protocol.options.base": (
        "Ask",
        "Compress",
        "Effects",
        "MudOption",
        "Option",
        "Reply",
    ),
    "bbsterm.protocol.options.aardwolf": ("Aardwolf",),
    "bbsterm.protocol.options.atcp": ("Atcp",),
    "bbsterm.protocol.options.authentication": ("Authentication",),
    "bbsterm.protocol.options.binary": ("Binary",),
    "bbsterm.protocol.options.charset": ("Charset",),
    "bbsterm.protocol.options.com_port": ("ComPortControl",),
    "bbsterm.protocol.options.echo": ("Echo",),
    "bbsterm.protocol.options.encrypt": ("Encrypt",),
    "bbsterm.protocol.options.environ": ("Environ",),
    "bbsterm.protocol.options.eor": ("EndOfRecord",),
    "bbsterm.protocol.options.gmcp": ("Gmcp",),
    "bbsterm.protocol.options.lflow": ("FlowControl",),
    "bbsterm.protocol.options.linemode": ("Linemode",),
    "bbsterm.protocol.options.logout": ("Logout",),
    "bbsterm.protocol.options.mccp1": ("Mccp1",),
    "bbsterm.protocol.options.mccp2": ("Mccp2",),
    "bbsterm.protocol.options.mccp3": ("Mccp3",),
    "bbsterm.protocol.options.msdp": ("Msdp",),
    "bbsterm.protocol.options.msp": ("Msp",),
    "bbsterm.protocol.options.mssp": ("Mssp",),
    "bbsterm.protocol.options.mxp": ("Mxp",),
    "bbsterm.protocol.options.naws": ("Naws",),
    "bbsterm.protocol.options.new_environ": ("NewEnviron",),
    "bbsterm.protocol.options.send_location": ("SendLocation",),
    "bbsterm.protocol.options.sga": ("SuppressGoAhead",),
    "bbsterm.protocol.options.start_tls": ("StartTls",),
    "bbsterm.protocol.options.status": ("Status",),
    "bbsterm.protocol.options.timing_mark": ("TimingMark",),
    "bbsterm.protocol.options.tspeed": ("TerminalSpeed",),
    "bbsterm.protocol.options.ttype": ("TerminalType",),
    "bbsterm.protocol.options.xdisploc": ("DisplayLocation",),
    "bbsterm.protocol.options.zmp": ("Zmp",),
    "bbsterm.protocol.options.registry": (
        "ALL",
        "DECLINED",
        "MUD",
        "STANDARD",
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
