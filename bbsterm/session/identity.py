"""Who we say we are: the terminal names, variables and character sets a board may ask for."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag
from typing import Final

from bbsterm.net.address import Address
from bbsterm.protocol.options.base import Option
from bbsterm.protocol.options.binary import Binary
from bbsterm.protocol.options.charset import Charset
from bbsterm.protocol.options.echo import Echo
from bbsterm.protocol.options.eor import EndOfRecord
from bbsterm.protocol.options.gmcp import Gmcp
from bbsterm.protocol.options.lflow import FlowControl
from bbsterm.protocol.options.linemode import Linemode
from bbsterm.protocol.options.mccp2 import Mccp2
from bbsterm.protocol.options.msdp import Msdp
from bbsterm.protocol.options.naws import Naws
from bbsterm.protocol.options.new_environ import NewEnviron
from bbsterm.protocol.options.sga import SuppressGoAhead
from bbsterm.protocol.options.status import Status
from bbsterm.protocol.options.timing_mark import TimingMark
from bbsterm.protocol.options.tspeed import TerminalSpeed
from bbsterm.protocol.options.ttype import TerminalType
from bbsterm.protocol.strategy import Moment, Offer, Strategy
from bbsterm.protocol.vocabulary import OptionCode, Side, WindowSize

__all__ = [
    "RETRO",
    "TERMINALS",
    "Mtts",
    "TerminalKind",
    "charset_encoding",
    "client_options",
    "client_strategy",
    "environment",
    "terminal_types",
]


class Mtts(IntFlag):
    """What a terminal can do, as the number after ``MTTS`` (Mud Terminal Type Standard)."""

    ANSI = 1
    VT100 = 2
    UTF_8 = 4
    COLORS_256 = 8
    TRUECOLOR = 256
    SSL = 2048


@dataclass(frozen=True, slots=True)
class TerminalKind:
    """How one emulation introduces itself.

    Attributes:
        types: TTYPE names, the best first. Two are enough: hosts that know MTTS expect it third.
        mtts: What it can do; none, and MTTS is not mentioned.
        encoding: Its character set where nobody says otherwise.
    """

    types: tuple[str, ...]
    mtts: Mtts
    encoding: str


_BOARD: Final = ("ANSI", "PCANSI")  # ANSI first for boards that ask once; terminfo knows both, for shells
_COLOUR: Final = Mtts.ANSI | Mtts.VT100 | Mtts.COLORS_256 | Mtts.TRUECOLOR
_NONE: Final = Mtts(0)

# fmt: off
TERMINALS: Final[Mapping[str, TerminalKind]] = {
    "ansi":      TerminalKind(_BOARD, _COLOUR, "cp437"),
    "utf8":      TerminalKind(_BOARD, _COLOUR, "utf-8"),
    "vt":        TerminalKind(("XTERM-256COLOR", "XTERM"), _COLOUR, "utf-8"),
    "petscii":   TerminalKind(("PETSCII",), _NONE, "petscii"),
    "petscii80": TerminalKind(("PETSCII",), _NONE, "petscii"),
    "atascii":   TerminalKind(("ATASCII",), _NONE, "atascii"),
    "atascii80": TerminalKind(("ATASCII",), _NONE, "atascii"),
    "atarist":   TerminalKind(("ATARIST+VT52", "VT52"), _NONE, "atarist"),
}
# fmt: on

RETRO: Final = frozenset(kind for kind, terminal in TERMINALS.items() if not terminal.mtts)
"""Machines whose every byte means something: they force character mode and BINARY."""

_CHARSETS: Final[Mapping[str, tuple[str, ...]]] = {
    "cp437": ("CP437", "IBM437"),
    "utf-8": ("UTF-8",),
    "iso8859-1": ("ISO-8859-1", "LATIN1"),
    "iso8859-15": ("ISO-8859-15", "LATIN9"),
}
_ACCEPTED: Final = ("utf-8", "cp437")
"""What is taken when the caller has not chosen, the best first."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


def terminal_types(kind: str, encoding: str, *, tls: bool = False) -> tuple[str, ...]:
    """The names for TTYPE, in the order in which they are told.

    Args:
        kind: The emulation, a key of `TERMINALS`.
        encoding: The character set of this call.
        tls: Whether the call is encrypted.
    """
    terminal = TERMINALS[kind]
    if not terminal.mtts:
        return terminal.types
    bits = terminal.mtts | (Mtts.UTF_8 if encoding == "utf-8" else 0) | (Mtts.SSL if tls else 0)
    return (*terminal.types, f"MTTS {int(bits)}")


def environment(
    kind: str,
    encoding: str | None,
    size: WindowSize,
    user: str | None,
    environ: Mapping[str, str] = os.environ,
) -> dict[str, str]:
    """The variables a board may read (NEW-ENVIRON); all others stay here.

    Args:
        kind: The emulation, a key of `TERMINALS`.
        encoding: The character set the caller insists on. None leaves it out of LANG, because boards
            believe LANG more than CHARSET.
        size: The screen's size.
        user: The user name in the address; None tells none.
        environ: Where the caller's language is looked up.
    """
    language = _LANGUAGE.match(environ.get("LC_ALL") or environ.get("LANG") or "")
    lang = language[0] if language else "en_US"
    told = {
        "TERM": TERMINALS[kind].types[0].lower(),
        "LANG": f"{lang}.{encoding.upper()}" if encoding else lang,
        "COLUMNS": str(size.columns),
        "LINES": str(size.rows),
    }
    if TERMINALS[kind].mtts & Mtts.TRUECOLOR:
        told["COLORTERM"] = "truecolor"
    if user:
        told["USER"] = user
    return told


def client_options(
    address: Address,
    kind: str,
    encoding: str | None,
    size: WindowSize,
    environ: Mapping[str, str] = os.environ,
    *,
    lines: bool = True,
) -> list[Option]:
    """The options a caller understands, fresh for one call. Arguments as for `environment`.

    With `lines` also the one by which a board has lines edited here; no home computer does that.
    """
    likely = encoding or TERMINALS[kind].encoding
    # What is compressed together with a secret tells its length (CRIME): not under TLS.
    compression: list[Option] = [] if address.tls else [Mccp2()]
    # A MUD offers these, nobody else; where every byte is meant for a home computer, nobody plays one.
    mud: list[Option] = [] if kind in RETRO else [Msdp(), Gmcp()]
    keys: list[Option] = [] if kind in RETRO else [FlowControl()]
    if lines and kind not in RETRO:
        keys.append(Linemode())
    return [
        Binary(),
        Echo(),
        SuppressGoAhead(),
        Status(),
        TimingMark(),
        TerminalType(terminal_types(kind, likely, tls=address.tls)),
        EndOfRecord(),
        Naws(size),
        TerminalSpeed(),
        NewEnviron(environment(kind, encoding, size, address.user, environ)),
        Charset(accept=_accepted(kind, encoding)),
        *keys,
        *compression,
        *mud,
    ]


def client_strategy(kind: str) -> Strategy:
    """What we start once a board has shown that it speaks telnet: BINARY for the retro machines."""
    if kind not in RETRO:
        return Strategy()
    return Strategy(tuple(Offer(OptionCode.BINARY, side, Moment.TELNET) for side in Side))


def charset_encoding(name: str) -> str | None:
    """The encoding behind a name agreed with CHARSET; None where it is none of those that we take."""
    spelled = name.upper()
    for encoding, names in _CHARSETS.items():
        if spelled in names:
            return encoding
    return None


def _accepted(kind: str, encoding: str | None) -> tuple[str, ...]:
    if encoding is not None:
        return _CHARSETS.get(encoding, (encoding,))
    if kind in RETRO:
        return ()
    return tuple(name for accepted in _ACCEPTED for name in _CHARSETS[accepted])
