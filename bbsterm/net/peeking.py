"""What comes before a connection where the loop would read before we can look (uvloop): we accept ourselves.

A PROXY header is read, and the first byte after it is looked at, not taken, while the socket is still ours;
only then does the loop get it. `net.proxy_front` and `net.tls_auto` do the same for asyncio's own loop.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final, TypeAlias

from bbsterm.limits import PROXY_HEADER_SECONDS
from bbsterm.net.proxy_front import HeaderReader, Network, is_trusted, refused
from bbsterm.net.sparing import SparingLog
from bbsterm.net.transport import prepare_socket

__all__ = ["PeekingListener", "listen", "own_sockets"]

_CLIENT_HELLO: Final = b"\x16"
_EXHAUSTED: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
_REST_SECONDS: Final = 1.0

_failures: Final = SparingLog(logging.getLogger(__name__))


def own_sockets(listener: asyncio.AbstractServer) -> list[socket.socket]:
    """What `listener`, which has not started, is bound to, as sockets that the loop knows nothing of."""
    bound = [each.fileno() for each in getattr(listener, "sockets", ())]
    sockets = [socket.socket(fileno=os.dup(number)) for number in bound]
    for each in sockets:
        each.setblocking(False)
    return sockets


_Factory: TypeAlias = Callable[..., asyncio.Protocol]


class PeekingListener:
    """Has an `asyncio.Server`'s methods, as far as ours uses them.

    Args:
        sockets: Bound, not yet listening.
        factory: Makes the protocol of one connection; given the caller's address, if a proxy told one.
        context: The server's certificate; None for a server that is plain.
        patience: Seconds to wait for a client's first byte; one that is silent so long is a plain one.
        handshake_timeout: Seconds for the TLS handshake.
        backlog: Connections that may wait to be accepted.
        only_tls: Nobody is asked: all connections are encrypted.
        proxies: All connections begin with a PROXY header, and come from here; empty: none does.
        header_patience: Seconds for that header.
    """

    def __init__(
        self,
        sockets: Iterable[socket.socket],
        factory: Callable[..., asyncio.Protocol],
        context: ssl.SSLContext | None,
        *,
        patience: float,
        handshake_timeout: float,
        backlog: int,
        only_tls: bool = False,
        proxies: Sequence[Network] = (),
        header_patience: float = PROXY_HEADER_SECONDS,
    ) -> None:
        self._sockets = tuple(sockets)
        self._factory = factory
        self._context = context
        self._patience = patience
        self._handshake_timeout = handshake_timeout
        self._backlog = backlog
        self._only_tls = only_tls
        self._proxies = proxies
        self._header_patience = header_patience
        self._loop = asyncio.get_running_loop()
        self._reading: dict[socket.socket, HeaderReader] = {}  # its PROXY header
        self._looking: dict[socket.socket, tuple[asyncio.TimerHandle, _Factory]] = {}  # at its first byte
        self._handing_over: set[asyncio.Task[None]] = set()
        self._serving = False
        self._closed = asyncio.Event()

    @property
    def sockets(self) -> tuple[socket.socket, ...]:
        """The listening sockets; none once closed."""
        return () if self._closed.is_set() else self._sockets

    def is_serving(self) -> bool:
        """Whether connections are accepted."""
        return self._serving

    async def start_serving(self) -> None:
        """Accept from now on."""
        if self._serving or self._closed.is_set():
            return
        self._serving = True
        for each in self._sockets:
            each.listen(self._backlog)
            self._loop.add_reader(each, self._accept, each)

    async def serve_forever(self) -> None:
        """Accept until cancelled, or closed."""
        await self.start_serving()
        await self._closed.wait()

    def close(self) -> None:
        """Accept no more; who has not said yet what it is, is hung up on."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._serving = False
        for each in self._sockets:
            self._loop.remove_reader(each)
            each.close()
        for each in list(self._looking):
            self._stop_looking(each)
            each.close()
        for each in list(self._reading):
            self._reading.pop(each).stop()
            each.close()

    async def wait_closed(self) -> None:
        """Wait for `close`, and for handshakes that had begun."""
        await self._closed.wait()
        for task in self._handing_over:
            task.cancel()
        if self._handing_over:
            await asyncio.wait(self._handing_over)

    # --- one connection ------------------------------------------------------------------------

    def _accept(self, listener: socket.socket) -> None:
        for _ in range(self._backlog):
            try:
                connection, peer = listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as error:
                if error.errno not in _EXHAUSTED:
                    raise
                _failures.warning(f"cannot accept: {error.strerror}", now=self._loop.time())
                self._loop.remove_reader(listener)
                self._loop.call_later(_REST_SECONDS, self._go_on_accepting, listener)
                return
            connection.setblocking(False)
            if self._proxies:
                self._read_header(connection, peer)
            else:
                self._look(connection, self._factory)

    def _read_header(self, connection: socket.socket, peer: object) -> None:
        if not is_trusted(peer, self._proxies):
            self._refuse(connection, peer, "is no proxy that we trust")
            return
        self._reading[connection] = HeaderReader(
            connection,
            partial(self._header_read, connection),
            partial(self._refuse, connection, peer),
            patience=self._header_patience,
        )

    def _header_read(self, connection: socket.socket, caller: tuple[str, int] | None) -> None:
        del self._reading[connection]
        self._look(connection, self._factory if caller is None else partial(self._factory, caller))

    def _refuse(self, connection: socket.socket, peer: object, reason: str) -> None:
        self._reading.pop(connection, None)
        refused(peer, reason, now=self._loop.time())
        connection.close()

    def _look(self, connection: socket.socket, factory: _Factory) -> None:
        """See whether it is going to speak TLS, where that is not known."""
        if self._context is None or self._only_tls:
            self._begin(connection, factory, encrypted=self._only_tls)
            return
        timer = self._loop.call_later(self._patience, self._decide, connection, False)
        self._looking[connection] = (timer, factory)
        self._loop.add_reader(connection, self._peek, connection)

    def _go_on_accepting(self, listener: socket.socket) -> None:
        if self._serving:
            self._loop.add_reader(listener, self._accept, listener)

    def _peek(self, connection: socket.socket) -> None:
        try:
            first = connection.recv(1, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            first = b""
        self._decide(connection, first == _CLIENT_HELLO)

    def _decide(self, connection: socket.socket, encrypted: bool) -> None:
        self._begin(connection, self._stop_looking(connection), encrypted=encrypted)

    def _begin(self, connection: socket.socket, factory: _Factory, *, encrypted: bool) -> None:
        task = self._loop.create_task(self._hand_over(connection, factory, encrypted=encrypted))
        self._handing_over.add(task)
        task.add_done_callback(self._handing_over.discard)

    def _stop_looking(self, connection: socket.socket) -> _Factory:
        self._loop.remove_reader(connection)
        timer, factory = self._looking.pop(connection)
        timer.cancel()
        return factory

    async def _hand_over(self, connection: socket.socket, factory: _Factory, *, encrypted: bool) -> None:
        tls: dict[str, Any] = {
            "ssl": self._context,
            "ssl_handshake_timeout": self._handshake_timeout,
            "ssl_shutdown_timeout": 1.0,
        }
        peer = _peer(connection)
        try:
            await self._loop.connect_accepted_socket(factory, connection, **(tls if encrypted else {}))
        except (OSError, EOFError) as error:  # ssl.SSLError is an OSError
            reason = str(error) or type(error).__name__
            _failures.warning(
                f"the TLS handshake with {peer} failed: {reason}: closed", now=self._loop.time()
            )
            connection.close()


async def listen(
    factory: _Factory, place: dict[str, Any], *, backlog: int, start_serving: bool, **looking: Any
) -> PeekingListener:
    """Listen at a `place`, as ``loop.create_server`` takes it; `looking` is for `PeekingListener`."""
    bound = await asyncio.get_running_loop().create_server(factory, **place, start_serving=False)
    sockets = own_sockets(bound)
    bound.close()
    listener = PeekingListener(sockets, factory, backlog=backlog, **looking)
    for each in sockets:
        with suppress(OSError):  # not every kind of socket has every option
            prepare_socket(each)
    if start_serving:
        await listener.start_serving()
    return listener


def _peer(connection: socket.socket) -> str:
    try:
        peer = connection.getpeername()
    except OSError:
        return "a caller who is gone"
    return f"{peer[0]}:{peer[1]}" if isinstance(peer, tuple) else "a caller"
