r"""Telnet that blocks: clients and servers without `async`, for scripts and threads.

The event loop runs in a background thread; every call waits for it, with a time-out. Calls may come from
any thread: threads that read from one connection at once take turns. After a fork, open new connections.

>>> with TelnetConnection("bbs.example.org", 23, timeout=10) as connection:
...     connection.write("hello\r\n")
...     print(connection.readline())
"""

from __future__ import annotations

import contextlib
import logging
import queue
import re
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final

from bbsterm.limits import MAX_CLIENTS_WAITING
from bbsterm.net.blocking import Blocking
from bbsterm.net.client import open_connection
from bbsterm.net.loop_thread import LoopThread
from bbsterm.net.server import Server, create_server

__all__ = ["BlockingTelnetServer", "ServerConnection", "TelnetConnection"]

_POLL_SECONDS: Final = 1.0
_CLOSE_SECONDS: Final = 3.0
_NEWLINES: Final = re.compile(r"\r?\n")
_BYTE_NEWLINES: Final = re.compile(rb"\r?\n")

_log: Final = logging.getLogger(__name__)


class TelnetConnection(Blocking):
    """A telnet client that blocks. As a context manager it connects, and closes at the end.

    Args:
        host: Name or address.
        port: The TCP port.
        timeout: Seconds for each call that does not say otherwise; None waits for ever.
        encoding: Of text; False reads and writes bytes.
        **options: As for `bbsterm.open_connection`: ``ssl=True``, ``term="xterm"``, ``speed=9600`` ...
    """

    def __init__(
        self,
        host: str,
        port: int = 23,
        timeout: float | None = None,
        encoding: str | bool = "utf8",
        **options: Any,
    ) -> None:
        super().__init__(timeout)
        self.host = host
        self.port = port
        self._options = {"encoding": encoding, **options}
        self._loop = None
        self._reader = self._writer = None
        self._connected = threading.Event()

    def connect(self) -> None:
        """Connect.

        Raises:
            RuntimeError: It is connected already, or was closed.
            TimeoutError: Nobody answered in time.
            OSError: The server cannot be reached.
        """
        if self._closed:
            raise RuntimeError("Connection closed")
        if self._loop is not None:
            raise RuntimeError("Already connected")
        self._loop = LoopThread(f"bbsterm-telnet-{self.host}")
        try:
            opening = open_connection(self.host, self.port, **self._options)
            self._reader, self._writer = self._loop.run(opening, self._timeout)
        except BaseException as error:
            self._cleanup()
            if isinstance(error, TimeoutError):
                raise TimeoutError("Connection timed out") from error
            raise
        self._connected.set()

    def close(self) -> None:
        """Close; a second time, nothing happens."""
        if not self._closed:
            self._closed = True
            self._cleanup()

    def _cleanup(self) -> None:
        loop, self._loop = self._loop, None
        if loop is None:
            return
        if self._writer is not None:
            with contextlib.suppress(Exception):
                loop.run(_close(self._writer), _CLOSE_SECONDS)
        loop.stop()

    def _check(self) -> None:
        super()._check()
        if self._reader is None:
            raise RuntimeError("Not connected")

    def __enter__(self) -> TelnetConnection:
        self.connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        loop = getattr(self, "_loop", None)
        # Forgotten rather than closed: neither line nor thread must outlive it.
        if loop is not None and not loop.is_elsewhere:
            if self._writer is not None:
                loop.call(self._writer.transport.abort)
            loop.finish()


class ServerConnection(Blocking):
    """A client of a `BlockingTelnetServer`, in the manner of miniboa's clients.

    Attributes:
        connect_time: When it connected, in seconds since the epoch.
        last_input_time: When anything was last read from it.
    """

    def __init__(self, reader: Any, writer: Any, loop: LoopThread) -> None:
        super().__init__()
        self._reader = reader
        self._writer = writer
        self._loop = loop
        self.connect_time = self.last_input_time = time.time()
        self._connected_at = self._heard_at = time.monotonic()

    def _heard(self) -> None:
        self.last_input_time, self._heard_at = time.time(), time.monotonic()

    def close(self) -> None:
        """Close once everything has been sent; a second time, nothing happens."""
        if self._closed:
            return
        self._closed = True
        assert self._loop is not None
        with contextlib.suppress(RuntimeError):  # the server's loop has stopped: nothing is left to close
            self._loop.call(self._writer.close)

    @property
    def active(self) -> bool:
        """Whether the client is there. Set it to False to hang up."""
        return not self._closed and not self._writer.is_closing()

    @active.setter
    def active(self, value: bool) -> None:
        if not value:
            self.close()

    @property
    def address(self) -> str:
        """The client's address."""
        peer = self._writer.get_extra_info("peername")
        return str(peer[0]) if peer else ""

    @property
    def port(self) -> int:
        """The client's port."""
        peer = self._writer.get_extra_info("peername")
        return int(peer[1]) if peer else 0

    @property
    def terminal_type(self) -> str:
        """The client's terminal type; "unknown" until it tells."""
        return str(self._writer.get_extra_info("TERM") or self._writer.get_extra_info("term", "unknown"))

    @property
    def columns(self) -> int:
        """The width of the client's window."""
        return int(self._writer.get_extra_info("cols", 80))

    @property
    def rows(self) -> int:
        """The height of the client's window."""
        return int(self._writer.get_extra_info("rows", 25))

    def send(self, text: str | bytes) -> None:
        r"""Send with every \n and \r\n as one \r\n on the wire."""
        if isinstance(text, bytes):
            self.write(_BYTE_NEWLINES.sub(b"\r\n", text))
            return
        text = _NEWLINES.sub("\r\n", text)
        self.write(text if hasattr(self._writer, "encode") else text.encode())

    def addrport(self) -> str:
        """The client's address and port: "127.0.0.1:51234"."""
        return f"{self.address}:{self.port}"

    def idle(self) -> float:
        """Seconds since anything was read."""
        return time.monotonic() - self._heard_at

    def duration(self) -> float:
        """Seconds since the client connected."""
        return time.monotonic() - self._connected_at

    def deactivate(self) -> None:
        """Hang up."""
        self.close()


class BlockingTelnetServer:
    """A telnet server with a thread for each client.

    Args:
        host: Address to listen on.
        port: The TCP port; 0 takes a free one, which `port` then tells.
        handler: ``def handler(connection)``: `serve_forever` calls it for each client, in a thread of its
            own. When it returns or raises, the connection is closed.
        **options: As for `bbsterm.create_server`.
    """

    def __init__(
        self,
        host: str = "localhost",
        port: int = 6023,
        handler: Callable[[ServerConnection], Any] | None = None,
        **options: Any,
    ) -> None:
        self.host = host
        self.port = port
        self._handler = handler
        self._options = options
        self._loop: LoopThread | None = None
        self._server: Server | None = None
        self._waiting: queue.Queue[ServerConnection | None] = queue.Queue(MAX_CLIENTS_WAITING)
        self._threads: set[threading.Thread] = set()
        self._started = threading.Event()
        self._stopping = False

    def start(self) -> None:
        """Listen, and let clients connect: take them with `accept`.

        Raises:
            RuntimeError: It was started already.
            OSError: The address cannot be listened on.
        """
        if self._loop is not None:
            raise RuntimeError("Server already started")
        self._stopping = False
        self._waiting = queue.Queue(MAX_CLIENTS_WAITING)
        self._loop = LoopThread("bbsterm-telnet-server")
        listening = create_server(self.host, self.port, shell=self._shell, **self._options)
        try:
            self._server = self._loop.run(listening)
        except BaseException:
            self._loop.stop()
            self._loop = None
            raise
        self.port = self._server.sockets[0].getsockname()[1]
        self._started.set()

    def accept(self, timeout: float | None = None) -> ServerConnection:
        """The next client.

        Raises:
            TimeoutError: None came in time.
            RuntimeError: The server was not started, or has been shut down.
        """
        if self._loop is None:
            raise RuntimeError("Server not started")
        try:
            connection = self._waiting.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError("Accept timed out") from None
        if connection is None:
            raise RuntimeError("Server shut down")
        return connection

    def serve_forever(self) -> None:
        """Call the handler for each client, each in a thread, until `shutdown`.

        Raises:
            RuntimeError: There is no handler.
        """
        if self._handler is None:
            raise RuntimeError("No handler provided")
        if self._loop is None:
            self.start()
        while not self._stopping:
            try:
                connection = self.accept(_POLL_SECONDS)
            except TimeoutError:
                continue
            except RuntimeError:
                break
            thread = threading.Thread(target=self._handle, args=(connection,), daemon=True)
            self._threads.add(thread)
            thread.start()

    def shutdown(self) -> None:
        """Stop listening, hang up on every client, and end the background thread. Again, nothing happens."""
        self._stopping = True
        loop, self._loop = self._loop, None
        if loop is None:
            return
        with contextlib.suppress(queue.Full):
            self._waiting.put_nowait(None)  # wakes who waits in accept()
        if self._server is not None:
            with contextlib.suppress(Exception):
                loop.run(_shut(self._server), 2 * _CLOSE_SECONDS)
        loop.stop()
        for thread in list(self._threads):
            if thread.ident is not None and thread is not threading.current_thread():
                thread.join(0.1)  # a handler that is busy elsewhere ends when it next touches its connection
        self._started.clear()

    async def _shell(self, reader: Any, writer: Any) -> None:
        """Hand the client to a thread, and keep the line open until that one closes it."""
        loop = self._loop
        if loop is None:
            return
        connection = ServerConnection(reader, writer, loop)
        try:
            self._waiting.put_nowait(connection)
        except queue.Full:
            _log.warning("nobody accepts %s: closed", connection.addrport())
            return
        await writer.wait_closed()

    def _handle(self, connection: ServerConnection) -> None:
        assert self._handler is not None
        try:
            self._handler(connection)
        except (EOFError, ConnectionError) as error:
            _log.info("%s hung up on the handler: %s", connection.addrport(), error)
        except Exception as error:
            if not (self._stopping and isinstance(error, RuntimeError)):  # "Connection closed", by shutdown
                _log.exception("%s: the handler failed", connection.addrport())
        finally:
            connection.close()
            self._threads.discard(threading.current_thread())


async def _close(writer: Any) -> None:
    writer.close()
    await writer.wait_closed()


async def _shut(server: Server) -> None:
    server.close()
    await server.wait_closed()
