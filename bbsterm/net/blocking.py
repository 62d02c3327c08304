"""`Blocking`: a reader and a writer that live in a loop's thread, for code that waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Any, TypeAlias, TypeVar

from bbsterm.limits import OUTBOX_HIGH
from bbsterm.net.loop_thread import LoopThread
from bbsterm.net.writer import TelnetWriter

__all__ = ["Blocking"]

_Result = TypeVar("_Result")
_Work: TypeAlias = Callable[[], Coroutine[Any, Any, Any]]


class Blocking:
    """What both ends do with a reader and a writer. Text, or bytes with ``encoding=False``."""

    _loop: LoopThread | None
    _reader: Any
    _writer: Any

    def __init__(self, timeout: float | None = None) -> None:
        self._timeout = timeout
        self._closed = False
        self._turn: asyncio.Lock | None = None  # who reads; made and used in the loop's thread
        self._handed_over = 0  # bytes, to the loop's thread, since it was last waited for

    # --- reading -----------------------------------------------------------------------------

    def read(self, n: int = -1, timeout: float | None = None) -> Any:
        """Read up to `n` characters (or bytes) as soon as there are any; with -1, all that is there.

        Raises:
            TimeoutError: Nothing came in time. What comes later is still there to be read.
            EOFError: The peer has closed the connection, and everything is read.
        """
        return self._read(
            partial(self._reader_now().read, n if n >= 0 else 1 << 30), timeout, "Read timed out"
        )

    def read_some(self, timeout: float | None = None) -> Any:
        """Read what is there, at least one character; as ``read()``."""
        return self.read(-1, timeout)

    def readline(self, timeout: float | None = None) -> Any:
        """Read one line with its end.

        Raises:
            TimeoutError: No whole line came in time. What has come of it is still there to be read.
            EOFError: The peer has closed the connection, and everything is read.
        """
        return self._read(self._reader_now().readline, timeout, "Readline timed out")

    def read_until(self, match: str | bytes, timeout: float | None = None) -> Any:
        """Read up to and with `match`, which may be text or bytes; the result is what the connection is.

        Raises:
            TimeoutError: It did not come in time. What has come is still there to be read.
            EOFError: The peer has closed the connection before.
        """
        reader = self._reader_now()
        if reader.is_binary_reader:
            wanted: str | bytes = match.encode() if isinstance(match, str) else match
        else:
            wanted = match.decode() if isinstance(match, bytes) else match
        try:
            return self._read(partial(reader.readuntil, wanted), timeout, "Read until timed out")
        except asyncio.IncompleteReadError as error:
            raise EOFError("Connection closed before match found") from error

    def _read(self, work: _Work, timeout: float | None, message: str) -> Any:
        data = self._run(self._in_turn(work), timeout, message)
        if not data:
            raise EOFError("Connection closed")
        self._heard()
        return data

    async def _in_turn(self, work: _Work) -> Any:
        """Several threads may read: each gets what is its own, one after the other."""
        if self._turn is None:
            self._turn = asyncio.Lock()
        async with self._turn:
            return await work()

    def _heard(self) -> None:
        """Something was read."""

    # --- writing -----------------------------------------------------------------------------

    def write(self, data: str | bytes) -> None:
        """Send as it is; line ends are yours. It waits only while the peer is far behind with reading.

        Raises:
            TypeError: Text on a connection of bytes.
            TimeoutError: The peer does not read.
        """
        writer = self._writer_now()
        if isinstance(data, str):
            if not hasattr(writer, "encode"):
                raise TypeError("this connection is one of bytes (encoding=False): write bytes")
            data = writer.encode(data)
        self._handed_over += len(data)
        if self._handed_over > OUTBOX_HIGH or getattr(writer.protocol, "congested", False):
            self._handed_over = len(data)
            self.flush()
        self._loop_now().call(TelnetWriter.write, writer, data)

    def flush(self, timeout: float | None = None) -> None:
        """Wait until what was written is on its way.

        Raises:
            TimeoutError: The peer does not read.
            ConnectionError: The connection is gone.
        """
        self._run(self._writer_now().drain(), timeout, "Flush timed out")

    # --- knowing -----------------------------------------------------------------------------

    def wait_for(
        self,
        remote: Mapping[str, bool] | Mapping[bytes, bool] | None = None,
        local: Mapping[str, bool] | Mapping[bytes, bool] | None = None,
        pending: Mapping[str, bool] | Mapping[bytes, bool] | None = None,
        timeout: float | None = None,
    ) -> bool:
        """Wait until options are as asked: ``wait_for(remote={"NAWS": True}, timeout=5)``.

        Raises:
            TimeoutError: They were not in time.
            KeyError: No option has that name.
        """
        work = self._writer_now().wait_for(remote=remote, local=local, pending=pending)
        done: bool = self._run(work, timeout, "Wait for negotiation timed out")
        return done

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """What is known: "TERM", "cols", "rows", "charset", "peername", "ssl_object" ..."""
        return self._writer_now().get_extra_info(name, default)

    @property
    def writer(self) -> Any:
        """The writer beneath, to look at: `mode`, `remote_option`, `local_option`."""
        return self._writer_now()

    # --- inside --------------------------------------------------------------------------------

    def _reader_now(self) -> Any:
        self._check()
        return self._reader

    def _writer_now(self) -> Any:
        self._check()
        return self._writer

    def _loop_now(self) -> LoopThread:
        self._check()
        assert self._loop is not None
        return self._loop

    def _check(self) -> None:
        if self._closed:
            raise RuntimeError("Connection closed")

    def _run(self, work: Coroutine[Any, Any, _Result], timeout: float | None, message: str) -> _Result:
        try:
            return self._loop_now().run(work, self._timeout if timeout is None else timeout)
        except TimeoutError:
            raise TimeoutError(message) from None
