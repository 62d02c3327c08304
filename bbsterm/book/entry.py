"""One line of the address book: a board, and how it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, NamedTuple

from bbsterm.book.address import CALLABLE, join

__all__ = ["DEMO", "FIELD_NAMES", "PRESETS", "TERMINALS", "Entry", "Machine", "Preset"]


class Machine(NamedTuple):
    """What a terminal is when the entry says no more about it.

    `kind` is what `bbsterm.screen.create_terminal` is asked for. Terminals that are not emulated yet have one
    that comes nearest, so that their boards can be called and no list loses them.
    """

    title: str
    kind: str
    encoding: str
    columns: int = 80
    rows: int = 25


TERMINALS: Final[Mapping[str, Machine]] = {
    "ansi": Machine("ANSI-BBS", "ansi", "cp437"),
    "utf8": Machine("ANSI in UTF-8", "utf8", "utf-8"),
    "vt": Machine("VT / xterm", "vt", "utf-8"),
    "petscii": Machine("PETSCII 40", "petscii", "petscii", 40),
    "petscii80": Machine("PETSCII 80", "petscii80", "petscii"),
    "atascii": Machine("ATASCII 40", "atascii", "atascii", 40, 24),
    "atascii80": Machine("ATASCII 80", "atascii80", "atascii"),
    "atarist": Machine("Atari ST", "atarist", "atarist"),
    "ascii": Machine("plain ASCII", "ansi", "ascii"),
    "avatar": Machine("Avatar", "ansi", "cp437"),
    "rip": Machine("RIPscrip", "ansi", "cp437"),
    "skypix": Machine("SkyPix", "ansi", "latin-1"),
    "viewdata": Machine("Viewdata", "ansi", "ascii", 40),
    "vt52": Machine("VT52", "vt", "ascii"),
}


@dataclass(frozen=True)
class Entry:
    """A board in the book. Every text is printable; an empty one means "as the terminal has it".

    Attributes:
        name: What the board is called, one line.
        host: A name or an IP address, IPv6 without brackets.
        port: 1 to 65535.
        protocol: One of `address.PROTOCOLS`; those not in `address.CALLABLE` are kept for later.
        id: Eight characters that never change, so that history and hand edits find their entry. Empty until
            the entry is in the book.
        terminal: One of `TERMINALS`.
        encoding: A character set of `fields.ENCODINGS`; empty for the terminal's.
        size: "80x25" ...; "fit" follows the window; empty for the terminal's.
        font: The font a list asked for, by SyncTERM's name.
        palette: "vga", "cga", "xterm" ... by name.
        ice: Whether blink means bright background; None leaves it to board and terminal.
        wrap: After the last column: "immediate" (BBS) or "pending" (VT).
        baud: Bits per second to show at; 0 for full speed.
        music: ANSI music: "off", "syncterm" (CSI |), "banana" (also CSI N), "all" (also CSI M).
        user: The user name.
        secret: Where the password is kept, such as "keyring". Never the password.
        login: The login macro's name.
        mode: Who edits lines: "auto", "raw" (every key at once) or "line".
        backspace: What Backspace sends: "bs" (0x08) or "del" (0x7F).
        line_ending: What Enter sends: "cr", "crlf" or "lf".
        alt: Alt+letter: "menu" runs our commands, "send" goes to the board.
        keep_alive: What keeps a silent line open: "nop" (IAC NOP), "ayt" (are you there?) or "off".
        keep_alive_every: Seconds of silence before that; 0 for what the settings say.
        redial: How often to dial again by itself when the board is busy or silent; 0 for never.
        family: "4" or "6" to call over that internet protocol only.
        tls_verify: Whether the certificate must prove who answered.
        tls_ca: A PEM file with the CAs to trust.
        tags: Words to filter by, in the order they were given.
        favourite: Whether it has a star.
        comment: One line, shown below the list.
        notes: As many lines as you like.
        downloads: The folder that received files go to.
        added: When it came into the book, seconds since 1970; None if nobody knows.
        extra: Keys of the file that this version does not know, with their values: they are kept.
    """

    # No slots: `trusted` fills the dictionary at once, and what is not in it is the class's default.
    name: str
    host: str
    port: int = 23
    protocol: str = "telnet"
    id: str = ""
    terminal: str = "ansi"
    encoding: str = ""
    size: str = ""
    font: str = ""
    palette: str = ""
    ice: bool | None = None
    wrap: str = ""
    baud: int = 0
    music: str = ""
    user: str = ""
    secret: str = ""
    login: str = ""
    mode: str = ""
    backspace: str = ""
    line_ending: str = ""
    alt: str = ""
    keep_alive: str = ""
    keep_alive_every: int = 0
    redial: int = 0
    family: str = ""
    tls_verify: bool = True
    tls_ca: str = ""
    tags: tuple[str, ...] = ()
    favourite: bool = False
    comment: str = ""
    notes: str = ""
    downloads: str = ""
    added: int | None = None
    extra: tuple[tuple[str, Any], ...] = field(default=(), hash=False)

    @classmethod
    def trusted(cls, values: dict[str, Any]) -> Entry:
        """An entry from values that have been checked before; 5,000 of them take 5 ms instead of 40."""
        entry = object.__new__(cls)
        entry.__dict__.update(values)
        return entry

    def plain(self) -> dict[str, Any]:
        """The fields that differ from their defaults, in the order of the class; name and host always."""
        own = self.__dict__
        return {name: own[name] for name in FIELD_NAMES if name in own and own[name] != _DEFAULTS.get(name)}

    def changed(self, **values: Any) -> Entry:
        """A copy with some fields changed."""
        return Entry.trusted({**self.__dict__, **values})

    @property
    def place(self) -> str:
        """Host and port: ``bbs.example.org:23``, ``[::1]:23``."""
        return self.host if self.protocol == "demo" else join(self.host, self.port)

    @property
    def address(self) -> str:
        """As a person reads and dials it: ``bbs.example.org:23``, ``telnets://bbs.example.org:992``."""
        return self.place if self.protocol in ("telnet", "demo") else f"{self.protocol}://{self.place}"

    @property
    def url(self) -> str:
        """With its protocol always, to be pasted elsewhere."""
        return f"{self.protocol}://{self.place}"

    @property
    def callable(self) -> bool:
        """Whether we can dial it; rlogin, ssh and websockets are only kept."""
        return self.protocol in CALLABLE or self.protocol == "demo"

    @property
    def machine(self) -> Machine:
        """The terminal's title, emulation, and what holds where the entry is silent."""
        return TERMINALS[self.terminal]

    @property
    def charset(self) -> str:
        """The encoding that a call uses."""
        return self.encoding or self.machine.encoding

    def dimensions(self, fit: tuple[int, int] | None = None) -> tuple[int, int]:
        """Columns and rows of the board's screen.

        Args:
            fit: What the window has room for, which "fit" means; None for the terminal's own size.
        """
        if self.size == "fit":
            return fit or (self.machine.columns, self.machine.rows)
        if self.size:
            columns, rows = self.size.split("x")
            return int(columns), int(rows)
        return self.machine.columns, self.machine.rows


FIELD_NAMES: Final = tuple(each.name for each in fields(Entry))
_DEFAULTS: Final[Mapping[str, Any]] = {
    each.name: each.default for each in fields(Entry) if each.name not in ("name", "host")
}

DEMO: Final = Entry(
    name="Demo BBS (built in)",
    host="demo",
    protocol="demo",
    id="demo",
    comment="A board inside bbsterm: nothing leaves your machine.",
)
"""The board that comes with us. It is in no file."""


class Preset(NamedTuple):
    """What the edit form fills in at once."""

    title: str
    values: Mapping[str, Any]


PRESETS: Final = (
    Preset("CP437 ANSI", {"terminal": "ansi", "encoding": "", "size": "80x25", "mode": ""}),
    Preset("UTF-8", {"terminal": "utf8", "encoding": "", "size": "fit", "mode": ""}),
    Preset("PETSCII 40", {"terminal": "petscii", "encoding": "", "size": "", "mode": ""}),
    Preset("ATASCII", {"terminal": "atascii", "encoding": "", "size": "", "mode": ""}),
    Preset("Raw", {"protocol": "raw", "terminal": "ansi", "encoding": "", "size": "80x25", "mode": "raw"}),
)
