"""A client's end of a connection: what it tells the server about itself."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

import bbsterm
from bbsterm.net.encodings import charset_names, known_encoding, public_name
from bbsterm.net.shell_protocol import Shell, ShellProtocol
from bbsterm.net.telling import clamped
from bbsterm.protocol.events import Event, OptionChanged, WindowSizeChanged
from bbsterm.protocol.options import (
    MUD,
    STANDARD,
    Gmcp,
    Mccp2,
    Mccp3,
    Option,
    Zmp,
)
from bbsterm.protocol.shelf import Given
from bbsterm.protocol.vocabulary import OptionCode, Role, Side, WindowSize
from bbsterm.telopt import CHARSET, GMCP, NAWS, NEW_ENVIRON, TSPEED, TTYPE, XDISPLOC, ZMP

__all__ = ["CONNECT_MAXWAIT", "BaseClient", "TelnetClient", "TelnetTerminalClient"]

CONNECT_MAXWAIT: Final = 3.0
"""Seconds that negotiation may take at most before a client counts as connected."""

GMCP_MODULES: Final = (
    "Char 1",
    "Char.Skills 1",
    "Char.Items 1",
    "Comm.Channel 1",
    "Room 1",
    "Group 1",
    "IRE.Rift 1",
    "IRE.Target 1",
)
"""What a client says that it supports, unless told otherwise (Core.Supports.Set)."""

_GMCP_AGREED: Final = OptionChanged(OptionCode.GMCP, Side.REMOTE, enabled=True)
_ZMP_AGREED: Final = OptionChanged(OptionCode.ZMP, Side.REMOTE, enabled=True)
_CHARSET_AGREED: Final = OptionChanged(OptionCode.CHARSET, Side.REMOTE, enabled=True)
_ZMP_ASKED: Final = 32
"""Commands that one question may ask for; a server that asks for more hears of the first."""


class BaseClient(ShellProtocol):
    """A client that starts nothing on its own, and agrees to what it understands.

    Args:
        shell: As for `ShellProtocol`; the line is closed when it ends.
        connect_minwait: Seconds to listen to the server's first questions, before we count as connected.
        connect_maxwait: Seconds that negotiation may take at most.
        compression: Agree to MCCP; False refuses. Never under TLS.
        waiter_closed: A future to settle when the line is gone.
        _waiter_connected: A future to settle when the connection is made.
        **options: As for `TelnetProtocol`.
    """

    role: ClassVar[Role] = Role.CLIENT
    mud_options: tuple[type[Option], ...] = (Gmcp, Zmp)
    """Which of the MUDs' options we agree to: a subclass may add some, or `Policy.always_do` ask for them."""

    def __init__(
        self,
        shell: Shell | None = None,
        *,
        connect_minwait: float = 0,
        connect_maxwait: float = CONNECT_MAXWAIT,
        compression: bool | None = None,
        waiter_closed: asyncio.Future[None] | None = None,
        _waiter_connected: asyncio.Future[None] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(shell, connect_maxwait=connect_maxwait, **options)
        self.compression = compression
        self.connect_minwait = connect_minwait
        self._connected = _waiter_connected or asyncio.get_running_loop().create_future()
        if waiter_closed is not None:
            self.waiter_closed = waiter_closed

    def make_options(self) -> Iterable[Given]:
        """All standard options, and what of the MUDs' is understood, to agree to."""
        return self._kinds()

    def _kinds(self) -> list[type[Option]]:
        compress: tuple[type[Option], ...] = (Mccp2, Mccp3)
        if self.compression is False or self.encrypted:
            compress = ()  # what is compressed together with a secret tells its length (CRIME)
        wanted = (
            self._policy.always_do | self._policy.always_will if self._policy is not None else frozenset()
        )
        asked = (option for option in MUD if option.code in wanted)
        return list(dict.fromkeys((*STANDARD, *self.mud_options, *compress, *asked)))

    def begin(self) -> None:
        """The line is up: wait for the server, who speaks first in telnet."""
        self.begin_negotiation()
        if self.connect_minwait > 0:
            self._start_timer(self.connect_minwait, self._waited_enough)
        else:
            self._waited_enough()

    def changed(self) -> None:
        """Something was negotiated."""
        if self.duration >= self.connect_minwait:
            super().changed()

    def begin_shell(self, future: asyncio.Future[None]) -> None:
        """The connection is made."""
        if not self._connected.done():
            self._connected.set_result(None)
        super().begin_shell(future)

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is gone."""
        if not self._connected.done():
            self._connected.set_result(None)  # what the server said before can still be read
        super().connection_lost(exc)

    def _waited_enough(self) -> None:
        rest = self.connect_maxwait - self.duration
        if self.check_negotiation() or rest <= 0:
            self._time_is_up()
        else:
            self._start_timer(rest, self._time_is_up)


class TelnetClient(BaseClient):
    """Tells the server who we are. Subclass it, and give the class to `open_connection(client_factory=...)`.

    Args:
        shell: As for `BaseClient`.
        term: The terminal type.
        cols: The window's width, in characters.
        rows: The window's height.
        tspeed: The two speeds in bits per second, in the order in which they are told (RFC 1079); one number
            for both will do.
        xdisploc: The X display, such as "host:0".
        send_environ: Names of the environment variables that the server may know.
        gmcp_modules: What we support of GMCP, such as "Char 1".
        zmp_supported_commands: What we support of ZMP, beside its own package.
        zmp_check_handler: Asked for the rest: ``zmp_check_handler(name)``.
        **options: As for `BaseClient`.
    """

    DEFAULT_LOCALE = "en_US"
    DEFAULT_SEND_ENVIRON = ("TERM", "LANG", "COLUMNS", "LINES", "COLORTERM")

    def __init__(
        self,
        shell: Shell | None = None,
        *,
        term: str = "unknown",
        cols: int = 80,
        rows: int = 25,
        tspeed: tuple[int, int] | int = (38400, 38400),
        xdisploc: str = "",
        send_environ: Sequence[str] | None = None,
        gmcp_modules: Sequence[str] | None = None,
        zmp_supported_commands: Iterable[str] = (),
        zmp_check_handler: Callable[[str], bool] | None = None,
        **options: Any,
    ) -> None:
        if isinstance(send_environ, str):
            raise TypeError(f"send_environ= is a list of names, not {send_environ!r}")
        super().__init__(shell, **options)
        self.gmcp_modules = list(GMCP_MODULES if gmcp_modules is None else gmcp_modules)
        self.zmp_supported_commands = frozenset(zmp_supported_commands)
        self.zmp_check_handler = zmp_check_handler
        self._send_environ = tuple(self.DEFAULT_SEND_ENVIRON if send_environ is None else send_environ)
        encoding = public_name(str(self.default_encoding)) if self.default_encoding else ""
        self._extra.update(
            charset=encoding,
            lang=f"{self.DEFAULT_LOCALE}.{encoding}" if encoding else "C",
            cols=cols,
            rows=rows,
            term="unknown" if term is None else str(term),
            tspeed="{},{}".format(*((tspeed, tspeed) if isinstance(tspeed, int) else tspeed)),
            xdisploc=str(xdisploc or ""),
        )

    def begin(self) -> None:
        """The line is up: what we have to tell is asked of our methods when the server asks."""
        for option, tell in (
            (TTYPE, self.send_ttype),
            (TSPEED, self.send_tspeed),
            (XDISPLOC, self.send_xdisploc),
            (NAWS, self.send_naws),
            (NEW_ENVIRON, self.send_env),
            (CHARSET, self.send_charset),
        ):
            self.writer.set_ext_send_callback(option, tell)
        super().begin()

    # --- what the server may know -------------------------------------------------------------

    def send_ttype(self) -> str:
        """Our terminal type."""
        return str(self._extra["term"])

    def send_naws(self) -> tuple[int, int]:
        """Our window's rows and columns."""
        return self._extra["rows"], self._extra["cols"]

    def send_tspeed(self) -> tuple[int, int]:
        """Our line's speeds in bits per second, in the order in which they are told (RFC 1079)."""
        first, _, second = str(self._extra["tspeed"]).partition(",")
        return int(first), int(second)

    def send_xdisploc(self) -> str:
        """Our X display."""
        return str(self._extra["xdisploc"])

    def send_env(self, keys: Iterable[str]) -> Mapping[str, str]:
        """The values of these environment variables: of those that the server may know and that there are.

        Args:
            keys: Names; none are all that the server may know (`send_environ`).
        """
        allowed = {name.upper(): name for name in self._send_environ}
        names = [key for key in keys if key.upper() in allowed] or ([] if keys else allowed.values())
        ours = {
            "TERM": self._extra["term"],
            "LANG": self._extra["lang"],
            "COLUMNS": str(self._extra["cols"]),
            "LINES": str(self._extra["rows"]),
            "DISPLAY": self._extra["xdisploc"],
            "COLORTERM": os.environ.get("COLORTERM", ""),
        }
        told = {key.upper(): ours.get(key.upper(), os.environ.get(key, "")) for key in names}
        return {key: value for key, value in told.items() if value}

    def send_charset(self, offered: list[str]) -> str:
        """Which of the offered character sets we take, spelled as it was offered; "" for none.

        Ours, if it is among them. Latin-1 is what people say who have no opinion: it yields to the first
        offer that we know, and so does a connection of bytes.
        """
        known = [name for name in offered if known_encoding(name)]
        own = known_encoding(str(self.default_encoding)) if self.default_encoding else None
        if own is None:
            return known[0] if known else ""
        spellings = {_plain(name) for name in charset_names(own)}
        for name in known:
            if _plain(name) in spellings:
                return name
        is_latin_1 = _plain("latin1") in spellings
        return known[0] if known and is_latin_1 else ""

    # --- MUDs ------------------------------------------------------------------------------------

    def on_will_gmcp(self, opt: bytes) -> None:
        """The server performs GMCP: say hello."""
        self.send_gmcp_hello()

    def on_will_zmp(self, opt: bytes) -> None:
        """The server performs ZMP: say who we are."""
        self.send_zmp_ident()

    def on_will_charset(self, opt: bytes) -> None:
        """The server may ask for a character set: nothing is to be done but to wait for it (RFC 2066)."""

    def setup_gmcp(self) -> None:
        """Agree to GMCP, also where `mud_options` has none."""
        self.writer.passive_do.add(GMCP)

    def setup_zmp(self) -> None:
        """Agree to ZMP, also where `mud_options` has none."""
        self.writer.passive_do.add(ZMP)

    def send_gmcp_hello(self) -> None:
        """Say who we are, and what we support of GMCP."""
        self.writer.send_gmcp("Core.Hello", {"client": "bbsterm", "version": bbsterm.__version__})
        if self.gmcp_modules:
            self.writer.send_gmcp("Core.Supports.Set", self.gmcp_modules)

    def send_zmp_ident(self) -> None:
        """Say who we are by ZMP."""
        self.writer.send_zmp("zmp.ident", "bbsterm", bbsterm.__version__, "BBS and MUD terminal")

    def zmp_check(self, cmd: str) -> bool:
        """Whether we support a ZMP command, or with a dot at its end a package."""
        if cmd in self.zmp_supported_commands or cmd in ("zmp.", "zmp.check", "zmp.ident", "zmp.ping"):
            return True
        return self.zmp_check_handler is not None and bool(self.zmp_check_handler(cmd))

    def on_zmp(self, command: str, *args: str) -> None:
        """A ZMP command; questions about what we support are answered."""
        super().on_zmp(command, *args)
        if command == "zmp.check":
            self._say_support(args[:1])
        elif command == "zmp.send-support":
            self._say_support(args[:_ZMP_ASKED] or sorted(self.zmp_supported_commands))

    def _say_support(self, names: Iterable[str]) -> None:
        for name in names:
            self.writer.send_zmp("zmp.support" if self.zmp_check(name) else "zmp.no-support", name)

    def _tell(self, event: Event) -> None:
        super()._tell(event)
        if type(event) is not OptionChanged:
            return
        if event == _GMCP_AGREED:
            self.on_will_gmcp(GMCP)
        elif event == _ZMP_AGREED:
            self.on_will_zmp(ZMP)
        elif event == _CHARSET_AGREED:
            self.on_will_charset(CHARSET)

    # --- the window ------------------------------------------------------------------------------

    def resize(self, cols: int, rows: int) -> None:
        """Our window has another size now: tell the server, if it wants to know."""
        self._extra.update(cols=cols, rows=rows)
        self.connection.send(WindowSizeChanged(WindowSize(clamped(cols), clamped(rows))))
        self.flush()


class TelnetTerminalClient(TelnetClient):
    """A client whose window is the terminal that the program runs in."""

    def send_naws(self) -> tuple[int, int]:
        """The terminal's rows and columns; what was given where there is no terminal."""
        try:
            size = os.get_terminal_size(sys.__stdin__.fileno() if sys.__stdin__ else 0)
        except (OSError, ValueError):
            return super().send_naws()
        self._extra.update(cols=size.columns, rows=size.lines)
        return size.lines, size.columns

    def send_env(self, keys: Iterable[str]) -> Mapping[str, str]:
        """As a client does, with the size of this moment."""
        self.send_naws()
        return super().send_env(keys)


def _plain(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())
