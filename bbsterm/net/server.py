"""`create_server`: listen, and give every client that connects to a shell."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, cast

from bbsterm.limits import MAX_CLIENTS_WAITING
from bbsterm.net.admission import Admission, Doorkeeper
from bbsterm.net.arguments import check, checked_context, networks
from bbsterm.net.deadlines import Deadlines
from bbsterm.net.fronts import HANDSHAKE_SECONDS, Maker, fronted, looking
from bbsterm.net.lingering import Lingering
from bbsterm.net.server_base import CONNECT_MAXWAIT, RAW_SILENCE, BaseServer, unusual_options
from bbsterm.net.shell_protocol import Shell
from bbsterm.net.sparing import SparingLog
from bbsterm.net.stream_protocol import Wiretap
from bbsterm.net.telnet_server import DEFAULT_TIMEOUT, TelnetServer
from bbsterm.net.transport import prepare_socket
from bbsterm.protocol.policy import Policy

if TYPE_CHECKING:
    import ssl as ssl_module

    from bbsterm.net.peeking import PeekingListener
    from bbsterm.net.proxy_front import Network

__all__ = ["Server", "create_server"]

_BACKLOG: Final = 1024
"""asyncio's 100 costs honest callers a second (a lost SYN) when many come at once."""

_FAREWELL_SECONDS: Final = 1.0
_LATE_TURNS: Final = 6
"""Turns of the loop from a connection that was accepted just before `close` to the end of its socket."""

_LINGER_SECONDS: Final = 0.5

_log: Final = logging.getLogger(__name__)


class Server:
    """A listening server and its clients. `create_server` makes one; ``async with`` closes it."""

    def __init__(self, admission: Admission | None = None) -> None:
        self._listeners: tuple[asyncio.Server | PeekingListener, ...] = ()
        self._stopped = False
        self._lingering = Lingering()
        self._deadlines = Deadlines()
        self._door = Doorkeeper(admission or Admission())
        self._clients: dict[BaseServer, None] = {}  # in the order of their coming
        self._waiting: dict[BaseServer, None] = {}  # ready, and not handed out yet
        self._shells: set[asyncio.Future[None]] = set()
        self._news = asyncio.Event()
        self._closed = asyncio.Event()
        self._refusals = SparingLog(_log)
        self._negotiated: asyncio.Future[None] | None = None
        self._undecided: set[asyncio.Transport] = set()  # not clients yet: no header, no handshake so far

    # --- what users call -------------------------------------------------------------------------

    @property
    def sockets(self) -> tuple[socket.socket, ...]:
        """The listening sockets; none once closed."""
        if self._stopped:
            return ()
        found = [sock for listener in self._listeners for sock in listener.sockets]
        return cast(tuple[socket.socket, ...], tuple(found))

    @property
    def clients(self) -> list[BaseServer]:
        """The connections that are up, oldest first; each has `reader`, `writer` and `get_extra_info`."""
        return list(self._clients)

    def is_serving(self) -> bool:
        """Whether new clients are let in."""
        return not self._stopped and any(listener.is_serving() for listener in self._listeners)

    async def wait_for_client(self) -> Any:
        """The next client that is ready, negotiation done; who has left meanwhile is passed over.

        Raises:
            RuntimeError: The server is closed, or is while we wait.
        """
        while not self._waiting:
            if self._closed.is_set():
                raise RuntimeError("the server is closed")
            self._news.clear()
            await self._news.wait()
        client = next(iter(self._waiting))
        del self._waiting[client]
        return client

    async def start_serving(self) -> None:
        """Begin to let clients in, after ``create_server(start_serving=False)``.

        Raises:
            RuntimeError: The server is closed.
        """
        if self._stopped:
            raise RuntimeError("the server is closed")
        for listener in self._listeners:
            await listener.start_serving()

    def stop_serving(self) -> None:
        """Listen no more; who is there may stay. What `close` begins with."""
        self._stopped = True
        for listener in self._listeners:
            _listen_no_more(listener)

    async def serve_forever(self) -> None:
        """Serve until cancelled, or closed; then every client is hung up on. `wait_closed` waits for that.

        Raises:
            RuntimeError: The server is closed.
        """
        try:
            await self.start_serving()
            # Not asyncio's own: from Python 3.12 on it ends only when the last client has left by itself.
            await self._closed.wait()
        finally:
            self.close()

    def close(self) -> None:
        """Listen no more, and hang up on every client once what was written is sent."""
        self._closed.set()
        self._news.set()
        self.stop_serving()
        for undecided in list(self._undecided):
            undecided.abort()
        for client in list(self._clients):
            client.writer.close()

    async def wait_closed(self) -> None:
        """Wait for `close`, until every client is gone and every shell has ended.

        What is not sent a second later is lost, and a shell that does not notice the end is cancelled.
        """
        await self._closed.wait()
        for _ in range(_LATE_TURNS):
            await asyncio.sleep(0)
        await self._until_gone(_FAREWELL_SECONDS)
        self._lingering.cancel()
        for client in list(self._clients):
            client.abort()
        self._deadlines.clear()
        await self._until_gone(_FAREWELL_SECONDS)
        if self._shells:
            await asyncio.wait(self._shells, timeout=_LINGER_SECONDS)
        for shell in self._shells:
            shell.cancel()
        if self._shells:
            await asyncio.wait(self._shells, timeout=_LINGER_SECONDS)
        for listener in self._listeners:
            await listener.wait_closed()

    async def _until_gone(self, seconds: float) -> None:
        if self._clients:
            await asyncio.wait([client.waiter_closed for client in self._clients], timeout=seconds)

    async def __aenter__(self) -> Server:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        await self.wait_closed()

    # --- what connections call ---------------------------------------------------------------------

    def _client_connected(self, client: BaseServer) -> bool:
        """Count it in, or turn it away: then False."""
        if self._closed.is_set():
            client.abort()
            return False
        if reason := self._door.admit(self._host(client), now=client._when_connected):
            self._refusals.warning(f"{client} turned away: {reason}", now=asyncio.get_running_loop().time())
            client.turn_away(self._door.admission.busy)
            return False
        self._clients[client] = None
        return True

    def _client_ready(self, client: BaseServer) -> None:
        self._waiting[client] = None
        if len(self._waiting) > MAX_CLIENTS_WAITING:
            del self._waiting[next(iter(self._waiting))]
        self._news.set()

    def _client_lost(self, client: BaseServer) -> None:
        self._lingering.discard(client)
        self._waiting.pop(client, None)
        if client in self._clients:
            del self._clients[client]
            self._door.leave(self._host(client))

    def _host(self, client: BaseServer) -> str:
        """Where it comes from, if that matters."""
        peer = client.get_extra_info("peername") if self._door.asks_names else None
        return str(peer[0]) if isinstance(peer, tuple) and peer else "local"


async def create_server(
    host: str | Sequence[str] | None = None,
    port: int = 23,
    protocol_factory: Callable[..., asyncio.Protocol] | None = TelnetServer,
    shell: Shell | None = None,
    encoding: str | bool = "utf8",
    encoding_errors: str = "replace",
    force_binary: bool = False,
    never_send_ga: bool = False,
    line_mode: bool = False,
    connect_maxwait: float = CONNECT_MAXWAIT,
    compression: bool | None = None,
    limit: int | None = None,
    term: str = "unknown",
    cols: int = 80,
    rows: int = 25,
    timeout: float | None = DEFAULT_TIMEOUT,  # noqa: ASYNC109  # of the connections, not of this call
    ssl: ssl_module.SSLContext | None = None,
    tls_auto: bool | float = False,
    *,
    raw_silence: float = RAW_SILENCE,
    policy: Policy | None = None,
    admission: Admission | None = None,
    tap: Callable[[BaseServer], Wiretap | None] | None = None,
    proxies: str | Sequence[str | Network] = (),
    sock: socket.socket | Sequence[socket.socket] | None = None,
    family: int = socket.AF_UNSPEC,
    backlog: int = _BACKLOG,
    reuse_port: bool | None = None,
    start_serving: bool = True,
) -> Server:
    """Listen on `host` and `port`, and run `shell` for every client.

    Args:
        host: Address or addresses to listen on; None listens on all.
        port: The TCP port; 0 takes a free one, see `Server.sockets`.
        protocol_factory: `TelnetServer`, a subclass, or anything that makes an asyncio protocol.
        shell: ``async def shell(reader, writer)``. None: use `Server.wait_for_client`.
        encoding: Of text; False for a shell that reads and writes bytes.
        encoding_errors: What becomes of what cannot be encoded or decoded, as for `str.encode`.
        force_binary: Use `encoding` although the client did not agree to BINARY; otherwise US-ASCII.
        never_send_ga: Do not mark prompts with GA for a client that refuses SGA.
        line_mode: Leave line editing and echo to the client, and ask for LINEMODE (RFC 1184).
        connect_maxwait: Seconds for negotiation, before the shell begins without its end.
        compression: Offer MCCP where True, refuse it where False, agree to it where None. Never under TLS.
        limit: Bytes that a reader holds before the client is slowed down, and of the longest line.
        term: "TERM" of clients that do not tell, under the name "term".
        cols: "cols" of clients that do not tell.
        rows: "rows" of clients that do not tell.
        timeout: Seconds without a byte from the client, before we hang up; 0 or None waits for ever.
        ssl: Speak TLS.
        tls_auto: With `ssl`: let the client's first byte decide between TLS and plain; a number is how many
            seconds to wait for it (True: 0.5).
        raw_silence: Seconds after which a client that has said nothing in telnet gets its shell.
        policy: What is always or never agreed to.
        admission: How many clients may come; see `Admission`. No bounds unless given.
        tap: Called for every client; the function it returns sees every byte.
        proxies: Networks ("10.0.0.0/8") of the proxies that all clients come through: each connection begins
            with a PROXY header (v1 or v2), and "peername" is what that says. Nobody else may connect.
        sock: A socket to listen on, or several, in place of host and port.
        family: `socket.AF_INET` or `socket.AF_INET6` to use only one of them.
        backlog: Connections that may wait to be accepted.
        reuse_port: Let other processes listen on the same port.
        start_serving: Accept at once.

    Raises:
        OSError: The address cannot be listened on.
        ValueError: `tls_auto` without `ssl`; `timeout` below 0; `limit` below 1; `proxies` are no networks.
        TypeError: An argument is of the wrong kind.
        LookupError: No codec of text is called `encoding`, or there are no such `encoding_errors`.
    """
    check(shell=shell, encoding=encoding, encoding_errors=encoding_errors, limit=limit)
    timeout = timeout or 0
    if timeout < 0:
        raise ValueError(f"timeout= is a number of seconds, or 0 for none, not {timeout}")
    if ssl is not None:
        ssl = checked_context(ssl)
    trusted = networks(proxies)
    if tls_auto and ssl is None:
        raise ValueError("tls_auto= requires ssl=, a context with a certificate")
    options: dict[str, Any] = {
        "shell": shell,
        "encoding": encoding,
        "encoding_errors": encoding_errors,
        "force_binary": force_binary,
        "never_send_ga": never_send_ga,
        "line_mode": line_mode,
        "connect_maxwait": connect_maxwait,
        "raw_silence": raw_silence,
        "compression": compression,
        "limit": limit,
        "policy": policy,
    }
    more = {"term": term, "cols": cols, "rows": rows, "timeout": timeout}
    server = Server(admission)
    make = _maker(server, protocol_factory or TelnetServer, options, more, tap)
    listening: dict[str, Any] = {"backlog": backlog, "start_serving": start_serving}
    places: list[dict[str, Any]]
    if sock is not None:
        places = [{"sock": each} for each in ([sock] if isinstance(sock, socket.socket) else sock)]
    else:
        places = [{"host": host, "port": port, "family": family, "reuse_port": reuse_port}]
    loop = asyncio.get_running_loop()
    reads_early = not isinstance(loop, asyncio.BaseEventLoop)
    if reads_early and (trusted or tls_auto):
        from bbsterm.net.peeking import listen  # here, not above: the loop's own servers do without it

        listening |= looking(ssl, tls_auto, trusted)
        server._listeners = tuple([await listen(make, place, **listening) for place in places])
        return server
    if ssl is not None and not (tls_auto or trusted):
        listening.update(ssl=ssl, ssl_handshake_timeout=HANDSHAKE_SECONDS, ssl_shutdown_timeout=1.0)
    maker = fronted(make, ssl, tls_auto, trusted, server._undecided)
    server._listeners = tuple([await loop.create_server(maker, **listening, **place) for place in places])
    for listener in server.sockets:
        with suppress(OSError):  # not every kind of socket has every option
            prepare_socket(listener)  # what is accepted inherits it
    return server


def _maker(
    server: Server,
    factory: Callable[..., asyncio.Protocol],
    options: dict[str, Any],
    more: dict[str, Any],
    tap: Callable[[BaseServer], Wiretap | None] | None,
) -> Maker:
    """What makes a client of `server`. Only a `TelnetServer` takes `more`; what is not ours takes nothing."""
    if not (isinstance(factory, type) and issubclass(factory, BaseServer)):
        options = {}
    else:
        options = unusual_options(factory, options | (more if issubclass(factory, TelnetServer) else {}))

    def make(caller: tuple[str, int] | None = None) -> asyncio.Protocol:
        protocol = factory(**options)
        if isinstance(protocol, BaseServer):
            protocol.server = server
            if caller is not None:
                protocol._extra["peername"] = caller
            protocol.tap = tap(protocol) if tap is not None else None
        return protocol

    return make


def _listen_no_more(listener: asyncio.Server | PeekingListener) -> None:
    """Accept nobody from now on, and close the listener in the loop's next turn.

    asyncio sets up a connection one turn after it was accepted. A server that is closed between the two loses
    the connection's socket: nobody closes it.
    """
    if isinstance(listener, asyncio.Server):
        try:
            loop = asyncio.get_running_loop()
            for sock in listener.sockets:
                loop.remove_reader(sock)
        except (RuntimeError, NotImplementedError):  # the loop is over; or it has no readers, as on Windows
            pass
        else:
            loop.call_soon(listener.close)
            return
    listener.close()
