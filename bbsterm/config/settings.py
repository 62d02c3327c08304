"""Every setting there is: name, default, what it may be, and its help. All else is made from these tables.

The file's reader, the environment's ``BBSTERM_TABLE_KEY``, `bbsterm config schema`, the settings page and
docs/settings.md know no setting that is not here.
"""

# ruff: noqa: RUF009  # a default is a field that describes itself

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, Final, NamedTuple

from bbsterm.config.kinds import FOLDER, Choice, CommandLine, Flag, Kind, Name, Number, Text, Whole
from bbsterm.limits import MAX_COLUMNS, MAX_ROWS, SCROLLBACK_LINES

__all__ = [
    "SETTINGS",
    "TABLES",
    "AppSettings",
    "DialSettings",
    "FileSettings",
    "SecretSettings",
    "Setting",
    "Settings",
    "TerminalSettings",
    "find_setting",
]


def _setting(default: Any, kind: Kind, help: str) -> Any:
    """One setting: a field of its table's dataclass."""
    metadata = {"kind": kind, "help": help}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class DialSettings:
    """How boards are reached."""

    timeout: float = _setting(10.0, Number(0.1, 600), "Seconds to find and reach a board.")
    family: str = _setting(
        "any", Choice(("any", "4", "6")), "IPv4 only, IPv6 only, or whichever answers first."
    )
    redial: int = _setting(
        0, Whole(0, 99), "How often to dial again by itself when a board is busy or silent; 0 is never."
    )
    keep_alive: str = _setting(
        "off",
        Choice(("off", "nop", "ayt")),
        "What keeps a silent line open: nothing, IAC NOP, or IAC AYT, which the board answers.",
    )
    keep_alive_every: int = _setting(
        60, Whole(5, 3600), "Seconds of silence before that; many routers forget a line after some minutes."
    )


@dataclass(frozen=True, slots=True)
class TerminalSettings:
    """What a board is shown on, unless its entry or the command line says otherwise."""

    kind: str = _setting("ansi", Name("an emulation: ansi, utf8, vt, petscii, atascii ..."), "The emulation.")
    encoding: str | None = _setting(
        None,
        Name("a character set: cp437, utf-8, latin-1, cp866 ..."),
        "The character set; without it what the emulation mostly sees.",
    )
    glyphs: str | None = _setting(
        None,
        Choice(("full", "basic", "ascii")),
        "What your terminal's font can draw; without it bbsterm finds out.",
    )
    columns: int = _setting(80, Whole(1, MAX_COLUMNS), "Width of the screen in cells.")
    rows: int = _setting(25, Whole(1, MAX_ROWS), "Height of the screen in cells.")
    scrollback: int = _setting(
        SCROLLBACK_LINES, Whole(100, SCROLLBACK_LINES), "Lines that are kept above the screen."
    )


@dataclass(frozen=True, slots=True)
class AppSettings:
    """How the application looks and behaves."""

    theme: str = _setting(
        "bbsterm",
        Name("a theme"),
        "The colours of everything but the board's art, which is never recoloured.",
    )
    motion: bool = _setting(
        True, Flag(), "Fades, spinners, blinking and the pace of a modem; false holds everything still."
    )
    blink: bool = _setting(True, Flag(), "Blinking text blinks; false shows it bold.")
    menu_key: str = _setting("ctrl+]", Name("a key, such as ctrl+]"), "The key that opens a call's menu.")
    alt_keys: bool = _setting(
        True,
        Flag(),
        "Alt and a letter do in a call what they do in SyncTERM; false leaves them to the board.",
    )
    status_row: bool = _setting(True, Flag(), "The status row is shown when a call begins.")
    toasts: bool = _setting(
        True, Flag(), "Messages appear in the corner; false keeps only those of problems."
    )
    confirm_paste: int = _setting(
        3, Whole(0, 10_000), "Ask before pasting more lines than this to a board; 0 asks always."
    )
    probe: bool = _setting(
        True, Flag(), "The dialer looks whether boards answer, when you ask it to; false: it never does."
    )
    editor: str = _setting(
        "", Text("a command, such as nano"), "The editor for config.toml; without it $VISUAL or $EDITOR."
    )


@dataclass(frozen=True, slots=True)
class FileSettings:
    """Where things go. Nothing that is received is ever written outside `downloads`."""

    downloads: Path = _setting(lambda: Path.home() / "BBS", FOLDER, "What boards send is saved here.")
    captures: Path | None = _setting(
        None, FOLDER, "Screenshots, logs and recordings; without it the platform's folder for them."
    )


@dataclass(frozen=True, slots=True)
class SecretSettings:
    """Where passwords come from. They are never in this file."""

    password_command: str = _setting(
        "",
        CommandLine(),
        'What prints a board\'s password, for entries with `secret = "command"`; {item}, {name}, {host}, '
        "{port}, {user} and {id} are the board's. No shell reads it.",
    )
    lock_after: float = _setting(
        10.0, Number(0.1, 1440), "Minutes without use after which the vault wants its passphrase again."
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, one attribute a table of the file."""

    dial: DialSettings = field(default_factory=DialSettings)
    terminal: TerminalSettings = field(default_factory=TerminalSettings)
    app: AppSettings = field(default_factory=AppSettings)
    files: FileSettings = field(default_factory=FileSettings)
    secrets: SecretSettings = field(default_factory=SecretSettings)

    def value(self, name: str) -> Any:
        """The value of a setting, by its full name: ``settings.value("dial.timeout")``."""
        table, _, key = name.partition(".")
        return getattr(getattr(self, table), key)


class Setting(NamedTuple):
    """One setting, described.

    Attributes:
        table: The file's table, without brackets.
        key: Its key there.
        kind: What its value may be.
        default: What holds where nobody says anything; None where the program finds out by itself.
        help: A sentence.
    """

    table: str
    key: str
    kind: Kind
    default: Any
    help: str

    @property
    def name(self) -> str:
        """Its full name, such as ``dial.timeout``."""
        return f"{self.table}.{self.key}"

    @property
    def variable(self) -> str:
        """The variable of the environment that overrides it."""
        return f"BBSTERM_{self.table}_{self.key}".upper()


TABLES: Final = {
    "dial": DialSettings,
    "terminal": TerminalSettings,
    "app": AppSettings,
    "files": FileSettings,
    "secrets": SecretSettings,
}


def _described() -> Iterator[Setting]:
    for table, owner in TABLES.items():
        for each in fields(owner):
            default = each.default if each.default_factory is MISSING else each.default_factory()
            yield Setting(table, each.name, each.metadata["kind"], default, each.metadata["help"])


SETTINGS: Final = tuple(_described())


def find_setting(name: str) -> Setting | None:
    """The setting of this full name; None if there is none."""
    return next((setting for setting in SETTINGS if setting.name == name), None)
