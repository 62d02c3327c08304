"""Every option of `bbsterm serve`: its default, what it may be, its help. All else is made from this table.

The flags of the command line, the keys of `--config FILE` and their checks know no option that is not here.
"""

# ruff: noqa: RUF009  # a default is a field that describes itself

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Final, NamedTuple

from bbsterm.config.kinds import FILE, FOLDER, Choice, Flag, Kind, Number, Text, Whole
from bbsterm.limits import MAX_CALLERS, MAX_CALLERS_PER_ADDRESS
from bbsterm.serve.option_kinds import Codec, Network, Networks, Seconds, Words

__all__ = ["GROUPS", "LEVELS", "OPTIONS", "TERMINALS", "ServeOption", "ServeSettings", "find_option"]

TERMINALS: Final = ("ansi", "utf8", "ascii", "petscii", "petscii80", "atascii", "atascii80")
LEVELS: Final = ("trace", "debug", "info", "warning", "error")
_DAY: Final = 86_400

GROUPS: Final = {
    "listen": "where",
    "telnet": "telnet",
    "board": "board",
    "pty": "a program for each caller",
    "limits": "limits",
    "tls": "TLS",
    "log": "log",
}
"""Headings of `--help`, and tables that the keys of `--config` may stand in; or in none, or in [serve]."""


class _About(NamedTuple):
    """What `_option` writes beside a field."""

    kind: Kind
    group: str
    help: str
    metavar: str


def _option(default: Any, kind: Kind, group: str, help: str, metavar: str = "") -> Any:
    """One option: a field of `ServeSettings`."""
    return field(default=default, metadata={"about": _About(kind, group, help, metavar)})


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """What a sysop can choose. Every field is an option: its attribute, flag and key have the same name."""

    host: str = _option("127.0.0.1", Text("an address or a name"), "listen", "this machine only")
    port: int = _option(6023, Whole(0, 65535), "listen", "0 takes a free one")
    shell: str = _option(
        "board",
        Text("a name, or MODULE.FUNCTION"),
        "listen",
        "what callers meet: board, telsh, echo, binary, wargame, mud, fingerprint, or a function of your own,"
        " async def shell(reader, writer)",
        "NAME|MODULE.FUNCTION",
    )
    workers: int = _option(1, Whole(1, 256), "listen", "processes that share the port (not on Windows)", "N")
    proxy_protocol: tuple[Network, ...] = _option(
        (),
        Networks(),
        "listen",
        "callers come through a proxy (HAProxy, v1 or v2) at these addresses, such as 10.0.0.0/8,::1;"
        " nobody else is let in",
        "TRUSTED",
    )
    drain: float = _option(
        2.0,
        Number(0, 3600),
        "listen",
        "after SIGTERM: seconds until callers who were told are cut off",
        "SECONDS",
    )

    encoding: str | None = _option(
        None,
        Codec(),
        "telnet",
        "character set of the shell, or false for bytes (default: the shell's own; the board finds out)",
        "CODEC|false",
    )
    force_binary: bool = _option(
        False, Flag(), "telnet", "send 8 bits although the caller did not agree to BINARY"
    )
    line_mode: bool = _option(False, Flag(), "telnet", "leave echo and line editing to the caller's side")
    never_send_ga: bool = _option(False, Flag(), "telnet", "no IAC GA after prompts")
    connect_maxwait: float = _option(
        3.0,
        Number(0, 60),
        "telnet",
        "seconds for negotiation before the shell begins without its end",
        "SECONDS",
    )
    compression: bool | None = _option(
        None, Flag(), "telnet", "offer MCCP2, or refuse it (default: agree when asked); never under TLS"
    )
    mccp3: bool = _option(False, Flag(), "telnet", "offer MCCP3 as well: what callers send, compressed")

    board: Path | None = _option(
        None,
        FOLDER,
        "board",
        "your own menus, texts and art; `--init DIR` makes one (default: the demo board)",
        "DIR",
    )
    name: str | None = _option(
        None, Text("a name"), "board", "the board's (default: as its files say)", "NAME"
    )
    bus: str | None = _option(
        None,
        Text("nats://HOST:PORT"),
        "board",
        "how workers and machines reach each other: chat, pages, who is online (extra [nats])",
        "nats://HOST:PORT[,...]",
    )
    data_dir: Path | None = _option(
        None, FOLDER, "board", "where things are kept (default: see `bbsterm paths`)", "DIR"
    )
    terminal: str | None = _option(
        None, Choice(TERMINALS), "board", "speak this to everybody (default: find out)"
    )

    pty_exec: str | None = _option(
        None,
        Text("a program"),
        "pty",
        "run it for each caller on a terminal of its own; arguments after --",
        "PROGRAM",
    )
    pty_args: tuple[str, ...] = _option((), Words("arguments"), "pty", "the same, in one line", "ARGS")
    pty_cooked: bool = _option(
        False,
        Flag(),
        "pty",
        "its terminal edits lines and echoes, as at a login: for shells such as bash",
    )
    pty_fork_limit: int = _option(
        0,
        Whole(0, 100_000),
        "pty",
        "programs at once; further callers hear that it is busy. 0: no limit",
        "N",
    )
    accept_env: tuple[str, ...] = _option(
        (),
        Words("names of variables"),
        "pty",
        "variables that callers may set, such as 'COLORTERM EDITOR'",
        "NAMES",
    )
    run_as: str | None = _option(
        None, Text("a user"), "pty", "the user that programs run as, where we are root", "USER"
    )

    timeout: float = _option(
        300.0, Number(0, _DAY), "limits", "hang up after so long without a key; 0: never", "SECONDS"
    )
    limit_callers: int = _option(MAX_CALLERS, Whole(1, 100_000), "limits", "at once", "N")
    limit_per_address: int = _option(
        MAX_CALLERS_PER_ADDRESS, Whole(1, 100_000), "limits", "at once from one address", "N"
    )
    robot_check: bool = _option(
        False, Flag(), "limits", "only callers whose terminal says where its cursor is reach the shell"
    )

    tls_cert: Path | None = _option(None, FILE, "tls", "encrypt; the certificate and its chain (PEM)", "FILE")
    tls_key: Path | None = _option(
        None, FILE, "tls", "its key (PEM), unless that is in the same file", "FILE"
    )
    tls_selfsigned: bool = _option(
        False, Flag(), "tls", "encrypt with a certificate made here on first use, and show its fingerprint"
    )
    tls_auto: float = _option(
        0.0,
        Seconds(0.5, 60),
        "tls",
        "TLS and plain callers on one port: wait so long for a first byte to tell (alone: 0.5)",
        "SECONDS",
    )

    loglevel: str = _option("info", Choice(LEVELS), "log", "how much to log")
    logfile: Path | None = _option(None, FILE, "log", "append the log to it", "FILE")
    logfmt: str | None = _option(
        None,
        Text("a format of Python's logging"),
        "log",
        "a line of the log, such as '%%(message)s'",
        "FORMAT",
    )
    status_interval: float = _option(
        20.0, Number(0, _DAY), "log", "log who is there so often, when it has changed; 0: never", "SECONDS"
    )


class ServeOption(NamedTuple):
    """One option, as its table row tells."""

    name: str
    default: Any
    kind: Kind
    group: str
    help: str
    metavar: str

    @property
    def flag(self) -> str:
        """On the command line."""
        return "--" + self.key

    @property
    def key(self) -> str:
        """In a file."""
        return self.name.replace("_", "-")


def _row(each: Field[Any]) -> ServeOption:
    about: _About = each.metadata["about"]
    assert each.default is not MISSING
    return ServeOption(each.name, each.default, *about)


OPTIONS: Final = tuple(_row(each) for each in fields(ServeSettings))
"""All of them, in the order of `--help`."""

_BY_NAME: Final = {option.name: option for option in OPTIONS}


def find_option(name: str) -> ServeOption | None:
    """The option of a key, which may be spelled with - or _."""
    return _BY_NAME.get(name.replace("-", "_"))
