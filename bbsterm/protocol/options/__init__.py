"""The options, one file each. A registry is a tuple: read it, slice it, give the engine what you want."""

from __future__ import annotations

from typing import Final

from bbsterm.protocol.options.base import Ask, Effects, Option, Reply
from bbsterm.protocol.options.binary import Binary
from bbsterm.protocol.options.charset import Charset
from bbsterm.protocol.options.echo import Echo
from bbsterm.protocol.options.eor import EndOfRecord
from bbsterm.protocol.options.gmcp import Gmcp
from bbsterm.protocol.options.naws import Naws
from bbsterm.protocol.options.new_environ import NewEnviron
from bbsterm.protocol.options.sga import SuppressGoAhead
from bbsterm.protocol.options.status import Status
from bbsterm.protocol.options.timing_mark import TimingMark
from bbsterm.protocol.options.tspeed import TerminalSpeed
from bbsterm.protocol.options.ttype import TerminalType

__all__ = [
    "ALL",
    "MUD",
    "STANDARD",
    "Ask",
    "Binary",
    "Charset",
    "Echo",
    "Effects",
    "EndOfRecord",
    "Gmcp",
    "Naws",
    "NewEnviron",
    "Option",
    "Reply",
    "Status",
    "SuppressGoAhead",
    "TerminalSpeed",
    "TerminalType",
    "TimingMark",
]

STANDARD: Final[tuple[type[Option], ...]] = (
    Binary,
    Echo,
    SuppressGoAhead,
    Status,
    TimingMark,
    TerminalType,
    EndOfRecord,
    Naws,
    TerminalSpeed,
    NewEnviron,
    Charset,
)

MUD: Final[tuple[type[Option], ...]] = (Gmcp,)

ALL: Final[tuple[type[Option], ...]] = STANDARD + MUD
