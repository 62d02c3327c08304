"""TLS and plain on one port: the client's first byte decides (0x16 begins a TLS ClientHello)."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from typing import Final, cast

from bbsterm.net.sparing import SparingLog

__all__ = ["TlsAuto"]

_CLIENT_HELLO: Final = b"\x16"
_POLL_SECONDS: Final = 0.01

_failures: Final = SparingLog(logging.getLogger(__name__))


class _Early(asyncio.Protocol):
    """Keeps what the client sends along with its handshake: asyncio delivers it before we hear of the end."""

    def __init__(self) -> None:
        self._data: list[bytes] = []
        self._ended = False
        self._lost: tuple[Exception | None] | None = None

    def data_received(self, data: bytes) -> None:
        self._data.append(data)

    def eof_received(self) -> bool:
        self._ended = True
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = (exc,)

    def hand_over(self, transport: asyncio.Transport, protocol: asyncio.Protocol) -> None:
        """Let `protocol` live through what has happened so far, in its order."""
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
        for data in self._data:
            protocol.data_received(data)
        if self._ended:
            protocol.eof_received()
        if self._lost is not None:
            protocol.connection_lost(self._lost[0])


class TlsAuto(asyncio.Protocol):
    """Stands in for a connection's protocol until the first byte is seen, without taking it from the socket.

    A client that is silent for `patience` seconds is a plain one: those wait to be greeted. Nothing is sent
    before the decision, so a TLS client never sees a plain byte.

    Args:
        factory: Makes the protocol that the connection is for.
        context: The server's certificate.
        patience: Seconds to wait for the first byte.
        handshake_timeout: Seconds for the TLS handshake.
        only_tls: A client that begins with anything else, or nothing, is hung up on.
        waiting: Has the connection in it for as long as it is not decided, or its handshake is not done.
    """

    def __init__(
        self,
        factory: Callable[[], asyncio.Protocol],
        context: ssl.SSLContext,
        *,
        patience: float,
        handshake_timeout: float,
        only_tls: bool = False,
        waiting: set[asyncio.Transport] | None = None,
    ) -> None:
        self._factory = factory
        self._context = context
        self._patience = patience
        self._handshake_timeout = handshake_timeout
        self._only_tls = only_tls
        self._waiting = set() if waiting is None else waiting
        self._loop = asyncio.get_running_loop()
        self._peeker: socket.socket | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._upgrade: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Stop asyncio from reading, and look at the socket ourselves."""
        self._transport = cast(asyncio.Transport, transport)
        self._waiting.add(self._transport)
        self._transport.pause_reading()
        sock = self._transport.get_extra_info("socket")
        # A descriptor of its own, because the loop lets nobody else watch the transport's.
        self._peeker = socket.fromfd(sock.fileno(), sock.family, sock.type)
        self._peeker.setblocking(False)
        self._timer = self._loop.call_later(self._patience, self._go_on_plain)
        try:
            self._loop.add_reader(self._peeker, self._peek)
        except NotImplementedError:  # a proactor loop (Windows) cannot watch: ask again and again
            self._poll()

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone before it said what it is."""
        self._stop_looking()
        self._waiting.discard(self._transport)

    def _poll(self) -> None:
        self._peek()
        if self._peeker is not None:
            self._loop.call_later(_POLL_SECONDS, self._poll)

    def _peek(self) -> None:
        if self._peeker is None:
            return
        try:
            first = self._peeker.recv(1, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            first = b""
        if first == _CLIENT_HELLO:
            self._stop_looking()
            self._upgrade = self._loop.create_task(self._start_tls())
        else:  # also at the end of the stream: the connection's own protocol hears of it
            self._go_on_plain()

    def _go_on_plain(self) -> None:
        self._stop_looking()
        if self._transport.is_closing():
            return
        if self._only_tls:
            _failures.warning(f"{self._peer} does not speak TLS: closed", now=self._loop.time())
            self._transport.abort()
            return
        self._waiting.discard(self._transport)
        protocol = self._factory()
        self._transport.set_protocol(protocol)
        protocol.connection_made(self._transport)
        if not self._transport.is_closing():
            self._transport.resume_reading()

    async def _start_tls(self) -> None:
        early = _Early()
        try:
            transport = await self._loop.start_tls(
                self._transport,
                early,
                self._context,
                server_side=True,
                ssl_handshake_timeout=self._handshake_timeout,
                ssl_shutdown_timeout=1.0,
            )
        except (OSError, EOFError) as error:  # ssl.SSLError is an OSError
            reason = str(error) or type(error).__name__
            _failures.warning(
                f"the TLS handshake with {self._peer} failed: {reason}: closed", now=self._loop.time()
            )
            self._transport.abort()
            return
        finally:
            self._waiting.discard(self._transport)
        if transport is not None:
            early.hand_over(transport, self._factory())

    @property
    def _peer(self) -> str:
        peer = self._transport.get_extra_info("peername")
        return f"{peer[0]}:{peer[1]}" if isinstance(peer, tuple) and len(peer) > 1 else "a caller"

    def _stop_looking(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._peeker is not None:
            self._loop.remove_reader(self._peeker)
            self._peeker.close()
            self._peeker = None
