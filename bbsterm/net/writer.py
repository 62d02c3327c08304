"""`TelnetWriter`: bytes to a peer, and everything telnet can say beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from bbsterm.net.reader import TelnetReader
from bbsterm.net.writer_feeding import FeedingWriter
from bbsterm.net.writer_mud import MudWriter
from bbsterm.protocol import Connection
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

if TYPE_CHECKING:
    import ssl

    from bbsterm.net.context import TelnetSessionContext
    from bbsterm.net.gone import Gone

__all__ = ["TelnetWriter"]


class TelnetWriter(FeedingWriter, MudWriter):
    """Writes bytes as they are: only IAC is doubled, line ends are never touched. ``async with`` closes it.

    Args:
        transport: The line; None for a writer that only negotiates (in tests).
        protocol: The connection that this writer belongs to.
        client: We are the client.
        server: We are the server. Exactly one of both.
        reader: The other half.
        connection: The engine; one that understands every option is made where none is given.

    Raises:
        TypeError: Neither or both of `client` and `server` were given.
    """

    # With `__dict__` a program may keep attributes of its own, as it may on telnetlib3's.
    __slots__ = (
        "__dict__",
        "__weakref__",
        "_ctx",
        "_ended",
        "_hung_up",
        "_protocol",
        "_reader",
        "_sent_eof",
        "_transport",
        "_wrote",
    )

    def __init__(
        self,
        transport: asyncio.Transport | None,
        protocol: Any,
        *,
        client: bool = False,
        server: bool = False,
        reader: TelnetReader | None = None,
        connection: Connection | None = None,
    ) -> None:
        if client == server:
            raise TypeError("a writer is either a client's or a server's: give client=True or server=True")
        role = Role.SERVER if server else Role.CLIENT
        super().__init__(connection if connection is not None else _by_itself(role))
        self._transport = transport
        self._protocol = protocol
        self._reader = reader
        self._ctx: TelnetSessionContext | None = None
        self._wrote = False
        self._hung_up = False
        self._sent_eof = False
        self._ended: asyncio.Event | None = None  # for a writer whose protocol is not one of ours

    def __repr__(self) -> str:
        words = ["TelnetWriter", "server" if self.server else "client", f"mode:{self.mode}"]
        words += self.state_words()
        return f"<{' '.join(words)}>"

    # --- who and where -------------------------------------------------------------------

    @property
    def transport(self) -> asyncio.Transport | None:
        """The line itself."""
        return self._transport

    @property
    def protocol(self) -> Any:
        """The connection that this writer belongs to: a `TelnetServer`, `TelnetClient` or your own."""
        return self._protocol

    @property
    def ctx(self) -> TelnetSessionContext:
        """What a program remembers about this connection; assign a subclass of your own to keep more."""
        if self._ctx is None:
            from bbsterm.net.context import TelnetSessionContext  # most connections need none

            self._ctx = TelnetSessionContext()
        return self._ctx

    @ctx.setter
    def ctx(self, context: TelnetSessionContext) -> None:
        self._ctx = context

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """What is known: "TERM", "cols", "rows", "charset", "LANG", "peername", "ssl_object" ..."""
        for source in (self._protocol, self._transport):
            if source is not None and (known := source.get_extra_info(name, None)) is not None:
                return known
        return default

    def let_go(self, what_is_known: Gone) -> None:
        """The line is gone and its shell has ended: hold on to nothing but what is known of the peer."""
        self._protocol = what_is_known
        self._reader = None
        self._callbacks = {}

    # --- writing -----------------------------------------------------------------------------

    def write(self, data: bytes) -> None:
        """Send `data` as it is. After the end of the line this does nothing; `drain` tells."""
        if not data or self.is_closing():
            return
        self._wrote = True
        try:
            spelled = self.connection.spell_bytes(data)
        except (AttributeError, TypeError):
            kind = type(data).__name__
            if not isinstance(data, memoryview):
                raise TypeError(f"this connection is one of bytes (encoding=False), not {kind}") from None
            spelled = self.connection.spell_bytes(bytes(data))
        self._put(spelled)

    def writelines(self, lines: Iterable[bytes]) -> None:
        """Send them one after the other; despite the name nothing is put between them."""
        self.write(b"".join(lines))

    def echo(self, data: bytes) -> None:
        """Send back what was typed, if it is for us to echo (`will_echo`)."""
        if self.will_echo:
            self.write(data)

    def flush(self) -> None:
        """Give the socket what is queued. Every method that sends does it by itself."""
        if self._protocol is not None and hasattr(self._protocol, "flush"):
            self._protocol.flush()
        else:
            self._put(self.connection.data_to_send())

    def _put(self, data: bytes) -> None:
        put = getattr(self._protocol, "put", None)
        if put is not None:
            put(data)
        elif data and self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    async def drain(self) -> None:
        """Wait until the peer has taken enough of what was written that more may follow.

        Raises:
            ConnectionError: The line is gone.
        """
        if self._protocol is not None:
            await self._protocol._drain_helper()

    async def start_tls(
        self,
        sslcontext: ssl.SSLContext,
        *,
        server_hostname: str | None = None,
        ssl_handshake_timeout: float | None = None,
    ) -> None:
        """Go on in TLS. Both ends call this, when both know that it comes next and nothing else is coming.

        Args:
            sslcontext: A server's has its certificate; a client's says whom it trusts.
            server_hostname: The name that the server's certificate must have; clients only.
            ssl_handshake_timeout: Seconds; 60 unless given.

        Raises:
            RuntimeError: The line is in TLS already.
            ConnectionError: The line is closed, or went down.
            ssl.SSLError: The handshake failed; the line is closed.
        """
        transport, protocol = self._transport, self._protocol
        if transport is None or self.is_closing():
            raise ConnectionResetError("Connection lost")
        if transport.get_extra_info("ssl_object") is not None:
            raise RuntimeError("the line is in TLS already")
        await self.drain()
        try:
            encrypted = await asyncio.get_running_loop().start_tls(
                transport,
                protocol,
                sslcontext,
                server_side=self.server,
                server_hostname=server_hostname,
                ssl_handshake_timeout=ssl_handshake_timeout,
            )
            if encrypted is None or encrypted.is_closing():  # the peer hung up in the handshake
                raise ConnectionResetError("Connection lost")
        except BaseException as error:  # the loop tells nobody else
            transport.abort()
            protocol.connection_lost(error if isinstance(error, Exception) else None)
            raise
        self._transport = encrypted
        protocol.go_on_over(encrypted)

    # --- closing ---------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        await self.wait_closed()

    def close(self) -> None:
        """Close the line once everything has been sent."""
        if not self.is_closing():
            self._hang_up()
        if self._ended is not None:
            self._ended.set()
        self.close_waiters()

    def _hang_up(self) -> None:
        hang_up = getattr(self._protocol, "hang_up", None)  # a protocol that is not ours has none
        if hang_up is not None:
            self._hung_up = True
            hang_up()
        elif self._transport is not None:
            self._transport.close()

    def is_closing(self) -> bool:
        """Whether the line is closed, or about to be."""
        return self._hung_up or self._transport is None or self._transport.is_closing()

    async def wait_closed(self) -> None:
        """Wait until the line is closed. How it ended is not an error here."""
        future = getattr(self._protocol, "waiter_closed", None)
        if future is not None:
            await asyncio.shield(future)  # several may wait, and one of them may be cancelled
            return
        if self._ended is None:
            self._ended = asyncio.Event()
        if not self.is_closing():
            await self._ended.wait()

    def can_write_eof(self) -> bool:
        """Whether the line can be closed in one direction only; TLS cannot."""
        return self._transport is not None and self._transport.can_write_eof()

    def write_eof(self) -> None:
        """Say that nothing more will be sent, and go on listening. Where that is impossible, do nothing."""
        if self._transport is not None and self.can_write_eof() and not self.is_closing():
            self._sent_eof = True
            self._transport.write_eof()

    @property
    def _has_said_all(self) -> bool:
        # A writer without a line, which only negotiates, may always speak.
        return self._sent_eof or (self._transport is not None and self.is_closing())

    # --- binary --------------------------------------------------------------------------------

    @property
    def outbinary(self) -> bool:
        """Whether what we send is 8-bit by agreement (RFC 856)."""
        return self.connection.enabled(OptionCode.BINARY, Side.LOCAL)

    @property
    def inbinary(self) -> bool:
        """Whether what the peer sends is 8-bit by agreement (RFC 856)."""
        return self.connection.enabled(OptionCode.BINARY, Side.REMOTE)


def _by_itself(role: Role) -> Connection:
    """An engine for a writer without a connection: it agrees to what it understands, and starts nothing."""
    from bbsterm.protocol.options import MUD, STANDARD  # here, not above: connections bring their own
    from bbsterm.protocol.strategy import Strategy

    return Connection(role, (STANDARD + MUD,), strategy=Strategy())
