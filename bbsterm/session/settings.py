"""What is decided about a call before it is dialled."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from bbsterm.net.address import Family
from bbsterm.net.tls import TlsSettings
from bbsterm.session.modes import InputChoice

__all__ = ["CallSettings"]


@dataclass(frozen=True, slots=True)
class CallSettings:
    """How one board is called.

    Attributes:
        name: What the board is called on the screen; empty for its address.
        terminal: The emulation: "ansi", "vt", "petscii", "atascii", "atarist".
        encoding: The board's character set; None for what the emulation mostly sees, or what is agreed.
        columns: Width of the screen in cells, as the board is told.
        rows: Height of the screen in cells, as the board is told.
        mode: Whether lines are edited here: as negotiated (AUTO), never (RAW), always (LINE).
        connect_timeout: Seconds to find and reach the board.
        family: IPv4, IPv6 or whichever answers first.
        ansi_keys: Home computers send escape sequences for cursor and function keys.
        ascii_eol: Home computers send CR for Enter; an Atari obeys the board's CR and LF.
        backspace: What Backspace sends: "bs" is 08 (Delete: 7F), "del" is 7F (Delete: ``CSI 3 ~``); None is
            what the emulation and the board say. A home computer's keyboard has its own.
        detect: Whether the board's first screens may decide what nobody has chosen.
        tls: How the board proves who it is, where the address says TLS.
    """

    name: str = ""
    terminal: str = "ansi"
    encoding: str | None = None
    columns: int = 80
    rows: int = 25
    mode: InputChoice = InputChoice.AUTO
    connect_timeout: float = 10.0
    family: Family = Family.ANY
    ansi_keys: bool = False
    ascii_eol: bool = False
    backspace: Literal["bs", "del"] | None = None
    detect: bool = True
    tls: TlsSettings = field(default_factory=TlsSettings)

    def read_as(self, kind: str, encoding: str) -> CallSettings:
        """The same on another emulation, in another character set."""
        return replace(self, terminal=kind, encoding=encoding)
