"""Telnet's words as single bytes: `IAC + WILL + ECHO` is what goes on the wire.

For programs that speak in bytes, as telnetlib's and telnetlib3's do. The engine itself speaks in the enums of
`bbsterm.protocol.vocabulary`; a test holds both to the same numbers. Where a command and an option share a
name, the option has it (`EOR`) and the command is `CMD_EOR`.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "AARDWOLF",
    "ABORT",
    "ACCEPTED",
    "AO",
    "ATCP",
    "AUTHENTICATION",
    "AYT",
    "BINARY",
    "BM",
    "BRK",
    "CHARSET",
    "CMD_EOR",
    "COM_PORT_OPTION",
    "DET",
    "DM",
    "DO",
    "DONT",
    "EC",
    "ECHO",
    "EL",
    "ENCRYPT",
    "EOF",
    "EOR",
    "ESC",
    "EXOPL",
    "FORWARD_X",
    "GA",
    "GMCP",
    "IAC",
    "INFO",
    "IP",
    "IS",
    "KERMIT",
    "LFLOW",
    "LFLOW_OFF",
    "LFLOW_ON",
    "LFLOW_RESTART_ANY",
    "LFLOW_RESTART_XON",
    "LINEMODE",
    "LOGOUT",
    "MCCP2_COMPRESS",
    "MCCP3_COMPRESS",
    "MCCP_COMPRESS",
    "MSDP",
    "MSDP_ARRAY_CLOSE",
    "MSDP_ARRAY_OPEN",
    "MSDP_TABLE_CLOSE",
    "MSDP_TABLE_OPEN",
    "MSDP_VAL",
    "MSDP_VAR",
    "MSP",
    "MSSP",
    "MSSP_VAL",
    "MSSP_VAR",
    "MXP",
    "NAMS",
    "NAOCRD",
    "NAOFFD",
    "NAOHTD",
    "NAOHTS",
    "NAOL",
    "NAOLFD",
    "NAOP",
    "NAOVTD",
    "NAOVTS",
    "NAWS",
    "NEW_ENVIRON",
    "NOP",
    "OLD_ENVIRON",
    "OUTMRK",
    "PRAGMA_HEARTBEAT",
    "PRAGMA_LOGON",
    "RCP",
    "RCTE",
    "REJECTED",
    "REQUEST",
    "RSP",
    "SB",
    "SE",
    "SEND",
    "SEND_URL",
    "SGA",
    "SNDLOC",
    "SSPI_LOGON",
    "STATUS",
    "SUPDUP",
    "SUPDUPOUTPUT",
    "SUPPRESS_LOCAL_ECHO",
    "SUSP",
    "TELOPT_92",
    "TLS",
    "TM",
    "TN3270E",
    "TSPEED",
    "TTABLE_ACK",
    "TTABLE_IS",
    "TTABLE_NAK",
    "TTABLE_REJECTED",
    "TTYLOC",
    "TTYPE",
    "TUID",
    "USERVAR",
    "VALUE",
    "VAR",
    "VT3270REGIME",
    "WILL",
    "WONT",
    "X3PAD",
    "XASCII",
    "XAUTH",
    "XDISPLOC",
    "ZMP",
    "name_command",
    "name_commands",
    "name_option",
    "option_from_name",
    "theNULL",
]

# --- commands: the byte after IAC (RFC 854; EOF, SUSP, ABORT from RFC 1184; EOR from RFC 885) --

EOF: Final = b"\xec"  # 236
SUSP: Final = b"\xed"  # 237
ABORT: Final = b"\xee"  # 238
CMD_EOR: Final = b"\xef"  # 239
SE: Final = b"\xf0"  # 240
NOP: Final = b"\xf1"  # 241
DM: Final = b"\xf2"  # 242
BRK: Final = b"\xf3"  # 243
IP: Final = b"\xf4"  # 244
AO: Final = b"\xf5"  # 245
AYT: Final = b"\xf6"  # 246
EC: Final = b"\xf7"  # 247
EL: Final = b"\xf8"  # 248
GA: Final = b"\xf9"  # 249
SB: Final = b"\xfa"  # 250
WILL: Final = b"\xfb"  # 251
WONT: Final = b"\xfc"  # 252
DO: Final = b"\xfd"  # 253
DONT: Final = b"\xfe"  # 254
IAC: Final = b"\xff"  # 255

# --- options: the byte after WILL, WONT, DO, DONT and SB -----------------------------------

BINARY: Final = b"\x00"  # 0
ECHO: Final = b"\x01"  # 1
RCP: Final = b"\x02"  # 2
SGA: Final = b"\x03"  # 3
NAMS: Final = b"\x04"  # 4
STATUS: Final = b"\x05"  # 5
TM: Final = b"\x06"  # 6
RCTE: Final = b"\x07"  # 7
NAOL: Final = b"\x08"  # 8
NAOP: Final = b"\x09"  # 9
NAOCRD: Final = b"\x0a"  # 10
NAOHTS: Final = b"\x0b"  # 11
NAOHTD: Final = b"\x0c"  # 12
NAOFFD: Final = b"\x0d"  # 13
NAOVTS: Final = b"\x0e"  # 14
NAOVTD: Final = b"\x0f"  # 15
NAOLFD: Final = b"\x10"  # 16
XASCII: Final = b"\x11"  # 17
LOGOUT: Final = b"\x12"  # 18
BM: Final = b"\x13"  # 19
DET: Final = b"\x14"  # 20
SUPDUP: Final = b"\x15"  # 21
SUPDUPOUTPUT: Final = b"\x16"  # 22
SNDLOC: Final = b"\x17"  # 23
TTYPE: Final = b"\x18"  # 24
EOR: Final = b"\x19"  # 25
TUID: Final = b"\x1a"  # 26
OUTMRK: Final = b"\x1b"  # 27
TTYLOC: Final = b"\x1c"  # 28
VT3270REGIME: Final = b"\x1d"  # 29
X3PAD: Final = b"\x1e"  # 30
NAWS: Final = b"\x1f"  # 31
TSPEED: Final = b"\x20"  # 32
LFLOW: Final = b"\x21"  # 33
LINEMODE: Final = b"\x22"  # 34
XDISPLOC: Final = b"\x23"  # 35
OLD_ENVIRON: Final = b"\x24"  # 36
AUTHENTICATION: Final = b"\x25"  # 37
ENCRYPT: Final = b"\x26"  # 38
NEW_ENVIRON: Final = b"\x27"  # 39
TN3270E: Final = b"\x28"  # 40
XAUTH: Final = b"\x29"  # 41
CHARSET: Final = b"\x2a"  # 42
RSP: Final = b"\x2b"  # 43
COM_PORT_OPTION: Final = b"\x2c"  # 44
SUPPRESS_LOCAL_ECHO: Final = b"\x2d"  # 45
TLS: Final = b"\x2e"  # 46
KERMIT: Final = b"\x2f"  # 47
SEND_URL: Final = b"\x30"  # 48
FORWARD_X: Final = b"\x31"  # 49
MSDP: Final = b"\x45"  # 69
MSSP: Final = b"\x46"  # 70
MCCP_COMPRESS: Final = b"\x55"  # 85
MCCP2_COMPRESS: Final = b"\x56"  # 86
MCCP3_COMPRESS: Final = b"\x57"  # 87
MSP: Final = b"\x5a"  # 90
MXP: Final = b"\x5b"  # 91
ZMP: Final = b"\x5d"  # 93
AARDWOLF: Final = b"\x66"  # 102
PRAGMA_LOGON: Final = b"\x8a"  # 138
SSPI_LOGON: Final = b"\x8b"  # 139
PRAGMA_HEARTBEAT: Final = b"\x8c"  # 140
ATCP: Final = b"\xc8"  # 200
GMCP: Final = b"\xc9"  # 201
EXOPL: Final = b"\xff"  # 255

# --- what payloads begin with ---------------------------------------------------------

theNULL: Final = b"\x00"
TELOPT_92: Final = b"\x5c"  # between MXP and ZMP, never assigned

IS: Final = b"\x00"  # TTYPE, TSPEED, XDISPLOC, NEW-ENVIRON, STATUS
SEND: Final = b"\x01"
INFO: Final = b"\x02"  # NEW-ENVIRON, RFC 1572
VAR: Final = b"\x00"
VALUE: Final = b"\x01"
ESC: Final = b"\x02"
USERVAR: Final = b"\x03"

LFLOW_OFF: Final = b"\x00"  # RFC 1372
LFLOW_ON: Final = b"\x01"
LFLOW_RESTART_ANY: Final = b"\x02"
LFLOW_RESTART_XON: Final = b"\x03"

REQUEST: Final = b"\x01"  # CHARSET, RFC 2066
ACCEPTED: Final = b"\x02"
REJECTED: Final = b"\x03"
TTABLE_IS: Final = b"\x04"
TTABLE_REJECTED: Final = b"\x05"
TTABLE_ACK: Final = b"\x06"
TTABLE_NAK: Final = b"\x07"

MSDP_VAR: Final = b"\x01"
MSDP_VAL: Final = b"\x02"
MSDP_TABLE_OPEN: Final = b"\x03"
MSDP_TABLE_CLOSE: Final = b"\x04"
MSDP_ARRAY_OPEN: Final = b"\x05"
MSDP_ARRAY_CLOSE: Final = b"\x06"
MSSP_VAR: Final = b"\x01"
MSSP_VAL: Final = b"\x02"

_COMMANDS: Final = (
    "EOF",
    "SUSP",
    "ABORT",
    "CMD_EOR",
    "SE",
    "NOP",
    "DM",
    "BRK",
    "IP",
    "AO",
    "AYT",
    "EC",
    "EL",
    "GA",
    "SB",
    "WILL",
    "WONT",
    "DO",
    "DONT",
    "IAC",
)
_OPTIONS: Final = (
    "BINARY",
    "ECHO",
    "RCP",
    "SGA",
    "NAMS",
    "STATUS",
    "TM",
    "RCTE",
    "NAOL",
    "NAOP",
    "NAOCRD",
    "NAOHTS",
    "NAOHTD",
    "NAOFFD",
    "NAOVTS",
    "NAOVTD",
    "NAOLFD",
    "XASCII",
    "LOGOUT",
    "BM",
    "DET",
    "SUPDUP",
    "SUPDUPOUTPUT",
    "SNDLOC",
    "TTYPE",
    "EOR",
    "TUID",
    "OUTMRK",
    "TTYLOC",
    "VT3270REGIME",
    "X3PAD",
    "NAWS",
    "TSPEED",
    "LFLOW",
    "LINEMODE",
    "XDISPLOC",
    "OLD_ENVIRON",
    "AUTHENTICATION",
    "ENCRYPT",
    "NEW_ENVIRON",
    "TN3270E",
    "XAUTH",
    "CHARSET",
    "RSP",
    "COM_PORT_OPTION",
    "SUPPRESS_LOCAL_ECHO",
    "TLS",
    "KERMIT",
    "SEND_URL",
    "FORWARD_X",
    "MSDP",
    "MSSP",
    "MCCP_COMPRESS",
    "MCCP2_COMPRESS",
    "MCCP3_COMPRESS",
    "MSP",
    "MXP",
    "ZMP",
    "AARDWOLF",
    "PRAGMA_LOGON",
    "SSPI_LOGON",
    "PRAGMA_HEARTBEAT",
    "ATCP",
    "GMCP",
    "EXOPL",
)
_COMMAND_NAMES: Final[dict[bytes, str]] = {globals()[name]: name for name in _COMMANDS}
_OPTION_NAMES: Final[dict[bytes, str]] = {globals()[name]: name for name in _OPTIONS}
_OTHER_SPELLINGS: Final = {
    "SEND_LOCATION": SNDLOC,
    "TIMING_MARK": TM,
    "COM_PORT": COM_PORT_OPTION,
    "COMPORT": COM_PORT_OPTION,
    "ENVIRON": OLD_ENVIRON,
    "MCCP1": MCCP_COMPRESS,
    "MCCP2": MCCP2_COMPRESS,
    "MCCP3": MCCP3_COMPRESS,
    "START_TLS": TLS,
}


def name_command(byte: bytes) -> str:
    """The name of a command, else of an option, else ``repr(byte)``: "WILL", "NAWS", "b'w'"."""
    return _COMMAND_NAMES.get(byte) or _OPTION_NAMES.get(byte) or repr(byte)


def name_commands(data: bytes, sep: str = " ") -> str:
    """`name_command` of each byte, joined: "IAC WILL TTYPE"."""
    return sep.join(name_command(data[at : at + 1]) for at in range(len(data)))


def name_option(byte: bytes) -> str:
    """The name of an option, or ``repr(byte)``; a command's byte is no option here."""
    if byte in _COMMAND_NAMES:
        return repr(byte)
    return _OPTION_NAMES.get(byte, repr(byte))


def option_from_name(name: str) -> bytes:
    """The option called `name`, in any case, "-" and "_" alike: "naws", "NEW-ENVIRON".

    Raises:
        KeyError: No option has that name.
    """
    wanted = name.upper().replace("-", "_")
    if wanted in _OPTIONS:
        option: bytes = globals()[wanted]
        return option
    if wanted in _OTHER_SPELLINGS:
        return _OTHER_SPELLINGS[wanted]
    raise KeyError(name)
