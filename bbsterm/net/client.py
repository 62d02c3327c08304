"""`open_connection`: call a telnet server, and get a reader and a writer."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from bbsterm.limits import MAX_CHARSETS
from bbsterm.net.encodings import charset_names, known_encoding
from bbsterm.net.shell_protocol import Shell, ShellProtocol
from bbsterm.net.stream_protocol import Wiretap
from bbsterm.protocol.events import WindowSizeChanged
from bbsterm.protocol.options import (
    STANDARD,
    Charset,
    Effects,
    Naws,
    NewEnviron,
    Option,
    TerminalSpeed,
    TerminalType,
)
from bbsterm.protocol.policy import Policy
from bbsterm.protocol.vocabulary import Role, WindowSize

if TYPE_CHECKING:
    import ssl as ssl_module

__all__ = ["BaseClient", "TelnetClient", "TelnetTerminalClient", "open_connection"]

CONNECT_MAXWAIT: Final = 3.0
_HANDSHAKE_SECONDS: Final = 10.0
_STAGGER: Final = 0.25  # s between the addresses of a host; RFC 8305, section 5
_REQUEST: Final = b"\x01"
_TTABLE: Final = b"[TTABLE]"


class BaseClient(ShellProtocol):
    """A client that starts nothing on its own, and agrees to what it understands.

    Args:
        shell: As for `ShellProtocol`; the line is closed when it ends.
        connect_minwait: Seconds to listen to the server's first questions, before we count as connected.
        connect_maxwait: Seconds that negotiation may take at most.
        waiter_closed: A future to settle when the line is gone.
        _waiter_connected: A future to settle when the connection is made.
        **options: As for `TelnetProtocol`.
    """

    role: ClassVar[Role] = Role.CLIENT

    def __init__(
        self,
        shell: Shell | None = None,
        *,
        connect_minwait: float = 0,
        connect_maxwait: float = CONNECT_MAXWAIT,
        waiter_closed: asyncio.Future[None] | None = None,
        _waiter_connected: asyncio.Future[None] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(shell, connect_maxwait=connect_maxwait, **options)
        self.connect_minwait = connect_minwait
        self._connected = _waiter_connected or asyncio.get_running_loop().create_future()
        if waiter_closed is not None:
            self.waiter_closed = waiter_closed

    def make_options(self) -> Iterable[Option]:
        """All standard options, to agree to."""
        return [option() for option in STANDARD]

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

    def begin_shell(self) -> None:
        """The connection is made."""
        if not self._connected.done():
            self._connected.set_result(None)
        super().begin_shell()

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


class _ChoosingCharset(Charset):
    """Asks a function which of the offered character sets to take."""

    def __init__(self, choose: Callable[[list[str]], str]) -> None:
        super().__init__()
        self._ask = choose

    def subnegotiation(self, payload: bytes) -> Effects:
        if payload[:1] == _REQUEST:
            listed = payload[1:]
            if listed.startswith(_TTABLE):
                listed = listed[len(_TTABLE) + 1 :]
            names = listed[1:].split(listed[:1], MAX_CHARSETS)[:MAX_CHARSETS] if listed else []
            chosen = self._ask([name.decode("ascii") for name in names if name and name.isascii()])
            self.accept = (chosen,) if chosen else ()
        yield from super().subnegotiation(payload)


class TelnetClient(BaseClient):
    """Tells the server who we are. Subclass it, and give the class to `open_connection(client_factory=...)`.

    Args:
        shell: As for `BaseClient`.
        term: The terminal type.
        cols: The window's width, in characters.
        rows: The window's height.
        tspeed: The two speeds in bits per second, in the order in which they are told (RFC 1079).
        xdisploc: The X display, such as "host:0".
        send_environ: Names of the environment variables that the server may know.
        compression: Agree to MCCP; False refuses.
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
        tspeed: tuple[int, int] = (38400, 38400),
        xdisploc: str = "",
        send_environ: Sequence[str] | None = None,
        compression: bool | None = None,
        **options: Any,
    ) -> None:
        super().__init__(shell, **options)
        self.compression = compression
        self._send_environ = tuple(self.DEFAULT_SEND_ENVIRON if send_environ is None else send_environ)
        encoding = str(self.default_encoding) if self.default_encoding else ""
        self._extra.update(
            charset=encoding,
            lang=f"{self.DEFAULT_LOCALE}.{encoding}" if encoding else "C",
            cols=cols,
            rows=rows,
            term=term,
            tspeed=f"{tspeed[0]},{tspeed[1]}",
            xdisploc=xdisploc,
        )

    def make_options(self) -> Iterable[Option]:
        """All standard options, with what we have to tell."""
        rows, columns = self.send_naws()
        transmit, receive = self.send_tspeed()
        ours: dict[type[Option], Option] = {
            Naws: Naws(WindowSize(_clamped(columns), _clamped(rows))),
            TerminalType: TerminalType((self.send_ttype(),)),
            TerminalSpeed: TerminalSpeed(transmit, receive),
            NewEnviron: NewEnviron(variables=self.send_env(self._send_environ)),
            Charset: _ChoosingCharset(self.send_charset),
        }
        return [ours.get(option) or option() for option in STANDARD]

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
        """The values of these environment variables, as far as there are any."""
        ours = {
            "TERM": self._extra["term"],
            "LANG": self._extra["lang"],
            "COLUMNS": str(self._extra["cols"]),
            "LINES": str(self._extra["rows"]),
            "DISPLAY": self._extra["xdisploc"],
            "COLORTERM": os.environ.get("COLORTERM", ""),
        }
        told = {key.upper(): ours.get(key.upper(), os.environ.get(key, "")) for key in keys}
        return {key: value for key, value in told.items() if value}

    def send_charset(self, offered: list[str]) -> str:
        """Which of the offered character sets we take, spelled as it was offered; "" for none.

        Ours, if it is among them. Latin-1 is what people say who have no opinion: it yields to the first
        offer that we know.
        """
        own = known_encoding(str(self.default_encoding)) if self.default_encoding else None
        if own is None:
            return ""
        spellings = {_plain(name) for name in charset_names(own)}
        known = [name for name in offered if known_encoding(name)]
        for name in known:
            if _plain(name) in spellings:
                return name
        is_latin_1 = _plain("latin1") in spellings
        return known[0] if known and is_latin_1 else ""

    def resize(self, cols: int, rows: int) -> None:
        """Our window has another size now: tell the server, if it wants to know."""
        self._extra.update(cols=cols, rows=rows)
        self.connection.send(WindowSizeChanged(WindowSize(_clamped(cols), _clamped(rows))))
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


def _clamped(cells: int) -> int:
    return max(0, min(int(cells), 0xFFFF))


def _plain(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


async def open_connection(
    host: str | None = None,
    port: int = 23,
    *,
    client_factory: Callable[..., BaseClient] | None = None,
    family: int = 0,
    flags: int = 0,
    local_addr: tuple[str, int] | None = None,
    encoding: str | bool = "utf8",
    encoding_errors: str = "replace",
    force_binary: bool = False,
    term: str = "unknown",
    cols: int = 80,
    rows: int = 25,
    tspeed: tuple[int, int] = (38400, 38400),
    speed: int | None = None,
    xdisploc: str = "",
    shell: Shell | None = None,
    connect_minwait: float = 0,
    connect_maxwait: float = CONNECT_MAXWAIT,
    connect_timeout: float | None = None,
    compression: bool | None = None,
    waiter_closed: asyncio.Future[None] | None = None,
    _waiter_connected: asyncio.Future[None] | None = None,
    limit: int | None = None,
    send_environ: Sequence[str] | None = None,
    ssl: bool | ssl_module.SSLContext | None = None,
    server_hostname: str | None = None,
    policy: Policy | None = None,
    tap: Wiretap | None = None,
) -> tuple[Any, Any]:
    """Call a telnet server.

    Args:
        host: Name or address; None is this machine.
        port: The TCP port.
        client_factory: `TelnetClient`, or a subclass.
        family: `socket.AF_INET` or `socket.AF_INET6` to use only one of them.
        flags: As for `socket.getaddrinfo`.
        local_addr: Address and port to call from.
        encoding: Of text; False for reader and writer of bytes.
        encoding_errors: What becomes of what cannot be encoded or decoded, as for `str.encode`.
        force_binary: Use `encoding` although the server did not agree to BINARY; otherwise US-ASCII.
        term: Our terminal type.
        cols: Our window's width.
        rows: Our window's height.
        tspeed: Our line's speeds in bits per second, in the order in which they are told (RFC 1079).
        speed: The same, where both are one number.
        xdisploc: Our X display.
        shell: ``async def shell(reader, writer)``, run beside the caller; the line is closed when it ends.
        connect_minwait: Seconds to listen to the server's first questions before returning.
        connect_maxwait: Seconds that negotiation may take at most before returning.
        connect_timeout: Seconds to find and reach the server; None waits as long as the system does.
        compression: Agree to MCCP; False refuses.
        waiter_closed: A future to settle when the line is gone; `writer.protocol.waiter_closed` is one, too.
        _waiter_connected: A future to settle when the connection is made.
        limit: Bytes that the reader holds before the server is slowed down, and of the longest line.
        send_environ: Names of the environment variables that the server may know.
        ssl: True for TLS with the system's CAs, or a context.
        server_hostname: The name that the server's certificate must have; `host` unless given.
        policy: What is always or never agreed to.
        tap: Sees every byte.

    Returns:
        Reader and writer: of text, or with ``encoding=False`` of bytes.

    Raises:
        ConnectionError: Nobody answered within `connect_timeout`.
        OSError: The server cannot be reached; `ssl.SSLError` is one.
        LookupError: No codec is called `encoding`.
    """
    options: dict[str, Any] = {
        "encoding": encoding,
        "encoding_errors": encoding_errors,
        "force_binary": force_binary,
        "term": term,
        "cols": cols,
        "rows": rows,
        "tspeed": tspeed if speed is None else (speed, speed),
        "xdisploc": xdisploc,
        "shell": shell,
        "connect_minwait": connect_minwait,
        "connect_maxwait": connect_maxwait,
        "compression": compression,
        "waiter_closed": waiter_closed,
        "_waiter_connected": _waiter_connected,
        "limit": limit,
        "send_environ": send_environ,
        "policy": policy,
    }
    factory = client_factory or TelnetClient

    def make() -> BaseClient:
        client = factory(**options)
        client.tap = tap
        return client

    how: dict[str, Any] = {"family": family, "flags": flags, "local_addr": local_addr}
    if host is not None:
        how["happy_eyeballs_delay"] = _STAGGER
    if ssl:
        how.update(
            ssl=_context(ssl),
            server_hostname=server_hostname or host or "localhost",
            ssl_handshake_timeout=_HANDSHAKE_SECONDS,
            ssl_shutdown_timeout=1.0,
        )
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(connect_timeout):
            _, client = await loop.create_connection(make, host or "localhost", port, **how)
    except TimeoutError as error:
        if connect_timeout is None:
            raise  # the system's own patience, and its own words
        raise ConnectionError(f"no answer from {host}:{port} in {connect_timeout} s") from error
    try:
        await client._connected
    except asyncio.CancelledError:
        client.abort()
        raise
    return client.reader, client.writer


def _context(ssl: bool | ssl_module.SSLContext) -> ssl_module.SSLContext:
    if isinstance(ssl, bool):
        from bbsterm.net.tls import TlsSettings, client_context

        return client_context(TlsSettings())
    return ssl
