"""One connection's life, between asyncio and the engine: bytes in, events out to methods, bytes back out.

`TelnetProtocol` is what servers and clients share: how a line begins, the pump, and how it ends. Who has to
wait for whom is in `bbsterm.net.flow_control`. It reads the clock of the event loop, which never jumps.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Any, ClassVar, Final, cast

from bbsterm.limits import MAX_LOGGED
from bbsterm.net.encodings import prepare_encoding
from bbsterm.net.flow_control import FlowControl
from bbsterm.net.mud_info import MudInfo
from bbsterm.net.reader import DEFAULT_LIMIT, TelnetReader
from bbsterm.net.reader_unicode import TelnetReaderUnicode
from bbsterm.net.tells import TELLS
from bbsterm.net.writer import TelnetWriter
from bbsterm.net.writer_unicode import TelnetWriterUnicode
from bbsterm.protocol import Connection
from bbsterm.protocol.events import CloseAdvised, Event, OptionChanged, ProtocolViolation, TextReceived
from bbsterm.protocol.policy import Policy
from bbsterm.protocol.shelf import Given
from bbsterm.protocol.strategy import Strategy
from bbsterm.protocol.vocabulary import Role

__all__ = ["TelnetProtocol", "Wiretap"]

Wiretap = Callable[[str, bytes], None]
"""Sees every byte: ``tap(">>", sent)`` and ``tap("<<", received)``, as it is on the wire inside TLS."""

_POLICY: Final = Policy()
_FACTORIES: Final = frozenset(
    ("reader_factory", "reader_factory_encoding", "writer_factory", "writer_factory_encoding")
)
_NOTHING_KNOWN: Final[dict[str, Any]] = {}
_NO_VARIABLES: Final[frozenset[str]] = frozenset()

_log: Final = logging.getLogger(__name__)


class TelnetProtocol(FlowControl, MudInfo, asyncio.Protocol):
    """What a server's and a client's end of a connection have in common.

    Args:
        encoding: The encoding of text, or False for bytes.
        encoding_errors: What becomes of text that cannot be encoded or decoded, as for `str.encode`.
        force_binary: Use `encoding` without asking for BINARY; without either, text is US-ASCII.
        limit: Bytes that the reader holds before the peer is slowed down.
        policy: What is always or never agreed to.
        **factories: `reader_factory` and `writer_factory` for bytes, `reader_factory_encoding` and
            `writer_factory_encoding` for text. A subclass may also have them as attributes.

    Attributes:
        reader: What the peer sends: a `TelnetReader`, or `TelnetReaderUnicode`.
        writer: What we send: a `TelnetWriter`, or `TelnetWriterUnicode`.
        connection: The engine.
        encrypted: Whether the line is TLS.
        tap: Sees every byte, if given.
        witness: Is told of all events, before anybody acts on them, if given.
    """

    # A server has thousands of these. A program may still add attributes of its own: there is a `__dict__`.
    __slots__ = (
        "_agreed",
        "_backlog",
        "_closed",
        "_closing",
        "_congested",
        "_drainers",
        "_drains",
        "_last_received",
        "_limit",
        "_lingering",
        "_loop",
        "_peer_ended",
        "_policy",
        "_reader_full",
        "_slowed",
        "_stalled",
        "_tasks",
        "_unsettled",
        "_when_connected",
        "_yielded_at",
        "encoding_errors",
        "encrypted",
        "reader",
        "rx_bytes",
        "tap",
        "tx_bytes",
        "witness",
    )

    role: ClassVar[Role]
    tap: Wiretap | None
    witness: Callable[[list[Event]], None] | None
    reader: Any  # text or bytes, as `encoding` says: the user knows which
    writer: Any
    reader_factory: Callable[..., TelnetReader] = TelnetReader
    reader_factory_encoding: Callable[..., TelnetReaderUnicode] = TelnetReaderUnicode
    writer_factory: Callable[..., TelnetWriter] = TelnetWriter
    writer_factory_encoding: Callable[..., TelnetWriterUnicode] = TelnetWriterUnicode

    def __init__(
        self,
        *,
        encoding: str | bool = "utf8",
        encoding_errors: str = "replace",
        force_binary: bool = False,
        limit: int | None = None,
        policy: Policy | None = None,
        **factories: Callable[..., Any] | None,
    ) -> None:
        if factories:
            self._take_factories(factories)
        self.tap = None
        self.witness = None
        self._extra = {}  # what the peer told
        self._variables = _NO_VARIABLES  # which of it came by NEW-ENVIRON
        self._defaults = _NOTHING_KNOWN  # shared by all connections of one server: never written to
        self._remembered = 0  # bytes, roughly, of what came by MUD options
        self.default_encoding = prepare_encoding(encoding) if isinstance(encoding, str) else encoding
        self.encoding_errors = encoding_errors
        self.force_binary = force_binary
        self.rx_bytes = 0
        self.tx_bytes = 0
        self._drains = self._yielded_at = 0
        self._limit = DEFAULT_LIMIT if limit is None else limit
        self._policy = policy
        self._tasks: tuple[asyncio.Task[Any], ...] = ()
        self._transport: asyncio.Transport | None = None
        self._closed: asyncio.Future[None] | None = None
        self._drainers: tuple[asyncio.Future[None], ...] = ()
        self._closing = False
        self._lingering = 0  # bytes that we still read, once we have hung up
        self._peer_ended = False
        self._agreed = False  # whether any option ever was
        self._unsettled = True  # whether negotiation still holds something up
        self._reader_full = False
        self._congested = False
        self._slowed = False
        self._backlog = False  # compressed data that is still to be worked off
        self._stalled: asyncio.TimerHandle | None = None
        self._when_connected = self._last_received = 0.0

    def _take_factories(self, factories: Mapping[str, Callable[..., Any] | None]) -> None:
        for name, factory in factories.items():
            if name not in _FACTORIES:
                raise TypeError(f"{type(self).__name__}() got an unexpected keyword argument {name!r}")
            if factory is not None:
                setattr(self, name, factory)

    # --- what subclasses decide -----------------------------------------------------------

    def make_options(self) -> Iterable[Given]:
        """The options that this end understands: classes, fresh objects, or `Later`."""
        raise NotImplementedError

    def make_strategy(self) -> Strategy | None:
        """What this end starts on its own; None for its role's default."""
        return None

    def begin(self) -> None:
        """The line is up."""
        raise NotImplementedError

    def changed(self) -> None:
        """Something was negotiated."""

    # --- asyncio calls these ----------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The line is up: make reader, writer and engine, and begin."""
        self._transport = cast(asyncio.Transport, transport)
        self._loop = asyncio.get_running_loop()
        self._when_connected = self._last_received = self._loop.time()
        self.encrypted = transport.get_extra_info("ssl_object") is not None
        prepared = self._prepare()
        options, strategy = prepared or ((), None)
        self.connection = Connection(self.role, options, strategy=strategy, policy=self._policy or _POLICY)
        server = self.role is Role.SERVER
        if self.default_encoding:
            encoding = self.encoding
            self.reader = self.reader_factory_encoding(encoding, self._limit, self.encoding_errors)
            self.writer = self.writer_factory_encoding(
                self._transport,
                self,
                encoding,
                encoding_errors=self.encoding_errors,
                client=not server,
                server=server,
                reader=self.reader,
                connection=self.connection,
            )
        else:
            self.reader = self.reader_factory(self._limit)
            self.writer = self.writer_factory(
                self._transport,
                self,
                client=not server,
                server=server,
                reader=self.reader,
                connection=self.connection,
            )
        self.reader.set_transport(self)
        self._settle_on(self._transport)
        if prepared is None:
            self.abort()
        else:
            self.begin()

    def go_on_over(self, transport: asyncio.Transport) -> None:
        """The same conversation, from now on in TLS (`writer.start_tls`)."""
        self._transport = transport
        self.encrypted = True
        self._settle_on(transport)
        self._pace()

    def _settle_on(self, transport: asyncio.Transport) -> None:
        """Say how much we take and give at once."""
        self._bound(transport)
        if self.encrypted:
            tls = transport.get_extra_info("ssl_object")
            _log.info("%s: TLS handshake done: %s, %s", self, tls.version(), (tls.cipher() or ("?",))[0])

    def _prepare(self) -> tuple[list[Given], Strategy | None] | None:
        """What the subclass decided. An error of its costs one connection, not the server."""
        try:
            return list(self.make_options()), self.make_strategy()
        except Exception:
            _log.exception("%s: cannot begin", self)
            return None

    def data_received(self, data: bytes) -> None:
        """Give bytes to the engine, its answers to the socket, and what they mean to whom it concerns."""
        if self._lingering:
            self._let_pass(len(data))
            return
        now = self._last_received = self._loop.time()
        self.rx_bytes += len(data)
        if self.tap is not None:
            self.tap("<<", data)
        self._take(data, now)
        if self._congested:
            self._pace()

    def take(self, data: bytes) -> None:
        """Take `data` as if the peer had sent it."""
        self._take(data, self._loop.time())

    def _take(self, data: bytes, now: float) -> None:
        events = self.connection.receive_data(data, now=now)
        self.flush()
        self._handle(events)
        if self.connection.backlog != self._backlog:
            self._backlog = not self._backlog
            self._pace()
        if self._backlog:
            self._loop.call_soon(self._work_off)

    def eof_received(self) -> bool:
        """The peer has said all, and may still listen: what it asked is answered before we close.

        TLS knows no half-closed lines: there the line ends here.
        """
        self._peer_ended = True
        if self._lingering:
            return False
        self._handle(self.connection.receive_eof())
        self.reader.feed_eof()
        return not self.encrypted

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is gone: wake everybody who waits for it. A second time, nothing happens."""
        if self._closing:
            return
        self._closing = True
        if self._stalled is not None:
            self._stalled.cancel()
        if self._transport is not None and not self._transport.is_closing():
            self._transport.close()
        if exc is None:
            self.reader.feed_eof()
        else:
            self.reader.set_exception(exc)
        drainers, self._drainers = self._drainers, ()
        for drainer in drainers:
            if not drainer.done():
                drainer.set_exception(exc or ConnectionResetError("Connection lost"))
        self.writer.connection_lost()
        if self._closed is not None and not self._closed.done():
            self._closed.set_result(None)

    # --- sending and closing -----------------------------------------------------------------

    def flush(self) -> None:
        """Give the socket what the engine has to say."""
        self.put(self.connection.data_to_send())

    def put(self, data: bytes) -> None:
        """Give the socket what the engine has spelled already."""
        if data and self._transport is not None and not self.is_closing():
            try:
                self._transport.write(data)
            except RuntimeError:  # after `write_eof` no answer follows, either
                return
            self.tx_bytes += len(data)
            if self.tap is not None:
                self.tap(">>", data)

    def close(self) -> None:
        """Close once everything has been sent."""
        if self._transport is not None:
            self._transport.close()

    def hang_up(self) -> None:
        """Close, as a program asks for it; a server sees to it that the last words arrive."""
        self.close()

    def abort(self) -> None:
        """Close at once; unsent bytes are lost."""
        if self._transport is not None:
            self._transport.abort()

    @property
    def waiter_closed(self) -> asyncio.Future[None]:
        """A future that is done when the line is gone."""
        if self._closed is None:
            self._closed = asyncio.get_running_loop().create_future()
            if self._closing:
                self._closed.set_result(None)
        return self._closed

    @waiter_closed.setter
    def waiter_closed(self, future: asyncio.Future[None]) -> None:
        self._closed = future

    # --- what is known --------------------------------------------------------------------------

    @property
    def duration(self) -> float:
        """Seconds since the line is up."""
        return self._loop.time() - self._when_connected

    @property
    def idle(self) -> float:
        """Seconds since the peer sent anything."""
        return self._loop.time() - self._last_received

    def __repr__(self) -> str:
        peer = self.get_extra_info("peername")
        address = f"{peer[0]}:{peer[1]}" if isinstance(peer, tuple) else "?"
        return f"<{type(self).__name__} {address}>"

    # --- events -------------------------------------------------------------------------------

    def _handle(self, events: list[Event]) -> None:
        told = False
        if self.witness is not None:
            self.witness(events)
        for event in events:
            if type(event) is TextReceived:
                self.text_received(event.data)
            else:
                told = True
                if type(event) is OptionChanged and event.enabled:
                    self._agreed = True
                self._tell(event)
                self.writer.event_received(event)
        if (told or self._unsettled) and not self._closing:
            self.flush()
            self.writer.waiters_look_again()
            self.changed()

    def text_received(self, data: bytes) -> None:
        """Text for the program came."""
        self.reader.feed_data(data)

    def _tell(self, event: Event) -> None:
        if tell := TELLS.get(type(event)):
            try:
                arguments = tell.arguments(event)
            except ValueError as error:  # a payload that makes no sense, such as bad JSON
                _log.debug("%s: %s", self, str(error)[:MAX_LOGGED])
                return
            method = self.writer.callback("ext", bytes((tell.option,))) if tell.option is not None else None
            result = (method or getattr(self, tell.method))(*arguments)
            if inspect.iscoroutine(result):
                self.spawn(result)
        elif isinstance(event, ProtocolViolation):
            shown = event.detail[:MAX_LOGGED], event.source, event.received.hex(" ")
            _log.debug("%s: %s (%s): %s", self, *shown)
        elif isinstance(event, CloseAdvised):
            _log.warning("%s closed: %s", self, event.reason[:MAX_LOGGED])
            self.close()
            self.reader.feed_eof()

    def spawn(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        """Run a callback's coroutine beside everything else; keep it alive until it ends."""
        task = self._loop.create_task(coroutine)
        self._tasks = (*(other for other in self._tasks if not other.done()), task)
