"""One socket: what arrives is queued, what leaves is written, and both have a bound."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import deque
from collections.abc import Callable
from typing import Final, cast

from bbsterm.limits import INBOX_HIGH, INBOX_LOW, OUTBOX_HIGH, OUTBOX_LOW

__all__ = ["Wire", "prepare_socket"]

_KEEPALIVE: Final = (
    ("TCP_KEEPIDLE", 60),
    ("TCP_KEEPINTVL", 60),
    ("TCP_KEEPCNT", 3),
    ("TCP_USER_TIMEOUT", 180_000),  # ms; the same patience for bytes that nobody acknowledges (RFC 5482)
)
"""A board that vanished without a word is noticed within four minutes."""


def prepare_socket(sock: socket.socket) -> None:
    """Have the system ask once a minute whether the other end is still there, and keep urgent bytes in line.

    Telnet's Synch (RFC 854) is sent as TCP urgent data, whose last byte the system would take out of the
    stream: half of an IAC DM would be left, and shown.
    """
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEPALIVE:
        option = getattr(socket, name, None)  # not every system has every one of them
        if option is not None:
            sock.setsockopt(socket.IPPROTO_TCP, option, value)


class Wire(asyncio.Protocol):
    """Bytes to and from one peer. It never parses: `data_received` only queues.

    The socket is paused while more than `INBOX_HIGH` bytes wait to be taken, or more than `OUTBOX_HIGH`
    wait to be sent: TCP then slows the peer down.

    Args:
        wake: Called, from the event loop, whenever there is something new to look at: bytes in the
            inbox, the end of them, room in the outbox.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._transport: asyncio.Transport | None = None
        self._inbox: deque[bytes] = deque()
        self._offset = 0  # of the first chunk, how much is taken already
        self._paused = False
        self._closed = asyncio.Event()
        self._said_all = False
        self.queued = 0
        """Bytes received and not yet taken."""
        self.received = 0
        """Bytes received in all."""
        self.sent = 0
        """Bytes given to the socket in all."""
        self.congested = False
        """Whether the peer takes our bytes too slowly: take none of its until this is over."""
        self.ended = False
        """Whether the peer sends no more: it closed its side, or is lost. Bytes may still be queued."""
        self.error: Exception | None = None
        """Why the line was lost, if it was."""

    # --- what asyncio calls ---------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Set the water marks."""
        self._transport = cast(asyncio.Transport, transport)  # a stream's is always one
        self._transport.set_write_buffer_limits(high=OUTBOX_HIGH, low=OUTBOX_LOW)

    def data_received(self, data: bytes) -> None:
        """Queue, and stop reading when the queue is long enough."""
        self._inbox.append(data)
        self.queued += len(data)
        self.received += len(data)
        self._pace()
        self._wake()

    def eof_received(self) -> bool:
        """The peer has said all; we may still answer, so the socket stays half open. TLS cannot do that."""
        self.ended = True
        tls = self.info("ssl_object")
        if isinstance(tls, ssl.SSLObject):
            from bbsterm.net.tls import said_goodbye  # here, not above: plain lines do not need it

            if not said_goodbye(tls):
                self.error = EOFError(
                    "the encrypted line ended without a goodbye, and something may be missing"
                )
        self._wake()
        return tls is None

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is gone. What it delivered can still be taken."""
        self.ended = True
        self.error = self.error or exc
        self._closed.set()
        self._wake()

    def pause_writing(self) -> None:
        """The outbox is over its high-water mark."""
        self.congested = True
        self._pace()

    def resume_writing(self) -> None:
        """The outbox is under its low-water mark again."""
        self.congested = False
        self._pace()
        self._wake()

    # --- what a call does -----------------------------------------------------------

    def take(self, limit: int) -> bytes:
        """Up to `limit` received bytes, oldest first; empty when there are none."""
        if not self._inbox:
            return b""
        chunk = self._inbox[0]
        end = self._offset + limit
        data = chunk[self._offset : end] if self._offset or end < len(chunk) else chunk
        if end < len(chunk):
            self._offset = end
        else:
            self._inbox.popleft()
            self._offset = 0
        self.queued -= len(data)
        self._pace()
        return data

    def write(self, data: bytes) -> None:
        """Send. After `write_eof` and after the end of the line this does nothing."""
        if data and self._transport is not None and not (self._said_all or self._transport.is_closing()):
            self.sent += len(data)
            self._transport.write(data)

    @property
    def unsent(self) -> int:
        """Bytes written that the system has not taken yet."""
        return self._transport.get_write_buffer_size() if self._transport is not None else 0

    def write_eof(self) -> None:
        """Say that we send no more, and go on listening. TLS has no such thing: there it does nothing."""
        transport = self._transport
        if transport is not None and not transport.is_closing() and transport.can_write_eof():
            self._said_all = True
            transport.write_eof()

    def info(self, name: str) -> object | None:
        """What the transport knows: "peername", "ssl_object", "cipher" ... (`asyncio` has the list)."""
        return None if self._transport is None else self._transport.get_extra_info(name)

    async def close(self, *, patience: float = 0.3) -> None:
        """Close, giving what is still unsent `patience` seconds to leave."""
        if self._transport is None:
            return
        self._transport.close()
        try:
            async with asyncio.timeout(patience):
                await self._closed.wait()
        except TimeoutError:
            self._transport.abort()

    def abort(self) -> None:
        """Close at once; unsent bytes are lost."""
        if self._transport is not None:
            self._transport.abort()

    def _pace(self) -> None:
        """Pause or resume reading, as the two bounds say."""
        if self._transport is None or self._transport.is_closing():
            return
        if not self._paused and (self.congested or self.queued > INBOX_HIGH):
            self._paused = True
            self._transport.pause_reading()
        elif self._paused and not self.congested and self.queued < INBOX_LOW:
            self._paused = False
            self._transport.resume_reading()
