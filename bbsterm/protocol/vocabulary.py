"""The words of telnet: commands, options, sides and roles, spelled as the RFCs spell them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

__all__ = ["ComPort", "Command", "OptionCode", "Role", "Side", "WindowSize", "option_name"]


class Command(IntEnum):
    """The byte after IAC (RFC 854; EOF, SUSP and ABORT from RFC 1184; EOR from RFC 885)."""

    EOF = 236
    SUSP = 237
    ABORT = 238
    EOR = 239
    SE = 240
    NOP = 241
    DM = 242
    BRK = 243
    IP = 244
    AO = 245
    AYT = 246
    EC = 247
    EL = 248
    GA = 249
    SB = 250
    WILL = 251
    WONT = 252
    DO = 253
    DONT = 254
    IAC = 255


class OptionCode(IntEnum):
    """The byte after WILL, WONT, DO, DONT and SB, as IANA and the MUDs assigned them."""

    BINARY = 0
    ECHO = 1
    RCP = 2
    SGA = 3
    NAMS = 4
    STATUS = 5
    TIMING_MARK = 6
    RCTE = 7
    NAOL = 8
    NAOP = 9
    NAOCRD = 10
    NAOHTS = 11
    NAOHTD = 12
    NAOFFD = 13
    NAOVTS = 14
    NAOVTD = 15
    NAOLFD = 16
    XASCII = 17
    LOGOUT = 18
    BM = 19
    DET = 20
    SUPDUP = 21
    SUPDUP_OUTPUT = 22
    SEND_LOCATION = 23
    TTYPE = 24
    EOR = 25
    TUID = 26
    OUTMRK = 27
    TTYLOC = 28
    REGIME_3270 = 29
    X3_PAD = 30
    NAWS = 31
    TSPEED = 32
    LFLOW = 33
    LINEMODE = 34
    XDISPLOC = 35
    ENVIRON = 36
    AUTHENTICATION = 37
    ENCRYPT = 38
    NEW_ENVIRON = 39
    TN3270E = 40
    XAUTH = 41
    CHARSET = 42
    RSP = 43
    COM_PORT = 44
    SUPPRESS_LOCAL_ECHO = 45
    START_TLS = 46
    KERMIT = 47
    SEND_URL = 48
    FORWARD_X = 49
    MSDP = 69
    MSSP = 70
    MCCP1 = 85
    MCCP2 = 86
    MCCP3 = 87
    MSP = 90
    MXP = 91
    ZMP = 93
    AARDWOLF = 102
    PRAGMA_LOGON = 138
    SSPI_LOGON = 139
    PRAGMA_HEARTBEAT = 140
    ATCP = 200
    GMCP = 201
    EXOPL = 255


class ComPort(IntEnum):
    """What a client says of a serial port (RFC 2217, section 2); the server answers with 100 more."""

    SIGNATURE = 0
    BAUDRATE = 1
    DATASIZE = 2
    PARITY = 3
    STOPSIZE = 4
    CONTROL = 5
    LINESTATE = 6
    MODEMSTATE = 7
    SUSPEND = 8
    RESUME = 9
    LINESTATE_MASK = 10
    MODEMSTATE_MASK = 11
    PURGE = 12


class Role(Enum):
    """Which end of the call we are."""

    CLIENT = "client"
    SERVER = "server"

    __hash__ = object.__hash__  # members are singletons; Enum's own hash goes through Python


class Side(Enum):
    """Who performs an option: we do (LOCAL, agreed by WILL/DO) or the peer does (REMOTE)."""

    LOCAL = "local"
    REMOTE = "remote"

    __hash__ = object.__hash__  # asked for with every negotiation


@dataclass(frozen=True, slots=True)
class WindowSize:
    """A terminal's size in character cells, each 0 to 65535; 0 means "unknown" (RFC 1073)."""

    columns: int
    rows: int

    def __post_init__(self) -> None:
        if not (0 <= self.columns <= 0xFFFF and 0 <= self.rows <= 0xFFFF):
            raise ValueError(f"a window has 0 to 65535 columns and rows, not {self.columns} x {self.rows}")


def option_name(code: int) -> str:
    """The option's name as the RFCs spell it, or its number where it has none: "NEW-ENVIRON", "160"."""
    try:
        return OptionCode(code).name.replace("_", "-")
    except ValueError:
        return str(code)
