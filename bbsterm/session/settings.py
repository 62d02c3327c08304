"""What is decided about a call before it is dialled."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from bbsterm.limits import SCROLLBACK_LINES
from bbsterm.net.address import Family
from bbsterm.net.tls import TlsSettings
from bbsterm.session.modes import InputChoice

__all__ = ["KEEP_ALIVE_INTERVAL", "CallSettings", "Home"]

KEEP_ALIVE_INTERVAL: Final = 60.0
"""Seconds of silence from us after which a keep-alive is sent: most NATs forget a line after some minutes."""


@dataclass(frozen=True, slots=True)
class Home:
    """The board that an entry's password is for: no other gets it.

    Attributes:
        host: As the entry has it.
        port: As the entry has it.
        tls: Whether the entry demands TLS.
        verify: Whether it demands that the certificate proves who answers.
    """

    host: str
    port: int
    tls: bool = False
    verify: bool = True


@dataclass(frozen=True, slots=True)
class CallSettings:
    """How one board is called.

    Attributes:
        name: What the board is called on the screen; empty for its address.
        terminal: The emulation: "ansi", "vt", "petscii", "atascii", "atarist".
        encoding: The board's character set; None for what the emulation mostly sees, or what is agreed.
        columns: Width of the screen in cells, as the board is told.
        rows: Height of the screen in cells, as the board is told.
        fit: The screen is as large as the window, and follows it; then columns and rows are only a beginning.
        mode: Whether lines are edited here: as negotiated (AUTO), never (RAW), always (LINE).
        connect_timeout: Seconds to find and reach the board.
        family: IPv4, IPv6 or whichever answers first.
        ansi_keys: Home computers send escape sequences for cursor and function keys.
        ascii_eol: Home computers send CR for Enter; an Atari obeys the board's CR and LF.
        backspace: What Backspace sends: "bs" is 08 (Delete: 7F), "del" is 7F (Delete: ``CSI 3 ~``); None is
            what the emulation and the board say. A home computer's keyboard has its own.
        line_ending: What Enter sends: "cr", "crlf" or "lf"; None is what the emulation and the mode say.
        alt: Whether Alt and a letter open our "menu" or are sent ("send") to the board.
        wrap: After the last column text goes on at once ("immediate", as boards expect) or with the next
            character ("pending", as a VT does); None is the emulation's way.
        ice: Whether blink is a bright background from the start; None leaves it to the board.
        palette: The sixteen colours by name (`bbsterm.screen.palette.PALETTES`); empty for the emulation's.
        music: Which tunes are noticed: "off", "syncterm" (CSI |), "banana" (CSI N too), "all" (CSI M too).
            None is ever shown as text.
        baud: Bits per second at which the board's text appears; 0 is at once. A board may change it.
        pace: Whether any such speed is kept to; without, everything appears at once.
        keep_alive: What is sent on a silent line: "nop" (IAC NOP), "ayt" (IAC AYT) or nothing ("off").
        keep_alive_interval: Seconds of silence before that.
        redial: How often to dial again by itself where nobody answers; 0 for never.
        scrollback: Lines kept above the screen.
        detect: Whether the board's first screens may decide what nobody has chosen.
        tls: How the board proves who it is, where the address says TLS.
        user: The user name that a login macro types; empty for none.
        secret: Where that user's password is kept (`bbsterm.vault`); never the password.
        login: The login macro's name, or "auto", "iemsi" or "off"; empty leaves it to user and secret.
        home: Whom that password is for; None where there is no entry.
        downloads: The folder that received files go to; empty for the settings'.
        entry: The id of the book's entry that this call is made from; empty for none.
    """

    name: str = ""
    terminal: str = "ansi"
    encoding: str | None = None
    columns: int = 80
    rows: int = 25
    fit: bool = False
    mode: InputChoice = InputChoice.AUTO
    connect_timeout: float = 10.0
    family: Family = Family.ANY
    ansi_keys: bool = False
    ascii_eol: bool = False
    backspace: str | None = None
    line_ending: str | None = None
    alt: str = "menu"
    wrap: str | None = None
    ice: bool | None = None
    palette: str = ""
    music: str = "off"
    baud: int = 0
    pace: bool = True
    keep_alive: str = "off"
    keep_alive_interval: float = KEEP_ALIVE_INTERVAL
    redial: int = 0
    scrollback: int = SCROLLBACK_LINES
    detect: bool = True
    tls: TlsSettings = field(default_factory=TlsSettings)
    user: str = ""
    secret: str = ""
    login: str = ""
    home: Home | None = None
    downloads: str = ""
    entry: str = ""

    def read_as(self, kind: str, encoding: str) -> CallSettings:
        """The same on another emulation, in another character set."""
        return replace(self, terminal=kind, encoding=encoding)
