"""`TelnetReader`: bytes a peer sent, telnet taken out, read the way asyncio's streams are read."""

from __future__ import annotations

import asyncio
import re
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bbsterm.net.gone import Gone

__all__ = ["DEFAULT_LIMIT", "TelnetReader", "first_end"]

DEFAULT_LIMIT: Final = 64 * 1024
"""Bytes a reader holds before it slows the peer down, and the longest line, unless told otherwise."""

_LINE_END: Final = re.compile(rb"\r[\n\0]?|\n")
_AFTER_CR: Final = (0x0A, 0x00)


def first_end(held: bytes | bytearray | str, separators: tuple[Any, ...], start: int) -> int:
    """Where the first of `separators` ends that is found from `start` on; 0 where none is."""
    ends = [at + len(each) for each in separators if (at := held.find(each, start)) >= 0]
    return min(ends, default=0)


class TelnetReader:
    """What arrived and has not been read yet. One coroutine reads at a time.

    Its memory is bounded: above twice `limit` the transport is paused and TCP throttles the peer, at `limit`
    it goes on. Bytes are the application's own: IAC IAC is one 0xFF and CR NUL is CR.

    Args:
        limit: Bytes; see above. Also the longest line and the longest stretch up to a separator.
    """

    __slots__ = (
        "__dict__",
        "__weakref__",
        "_after_cr",
        "_before_wait",
        "_buffer",
        "_eof",
        "_exception",
        "_limit",
        "_paused",
        "_transport",
        "_waiter",
    )

    is_binary_reader = True

    def __init__(self, limit: int = DEFAULT_LIMIT) -> None:
        if limit <= 0:
            raise ValueError("a reader's limit is at least 1 byte")
        self._limit = limit
        # One chunk is kept as it came, without a copy; it becomes a bytearray when it is joined or cut.
        self._buffer: bytes | bytearray = b""
        self._eof = False
        self._exception: BaseException | None = None
        self._transport: asyncio.ReadTransport | None = None
        self._paused = False
        self._after_cr = False
        self._waiter: asyncio.Future[None] | None = None
        self._before_wait: Callable[[], None] | None = None

    def __repr__(self) -> str:
        words = [type(self).__name__]
        if self._buffer:
            words.append(f"{len(self._buffer)} bytes")
        if self._eof:
            words.append("eof")
        words.append(f"limit={self._limit}")
        if self._exception is not None:
            words.append(f"exception={self._exception!r}")
        if self._transport is not None:
            words.append(f"transport={self._transport!r}")
        if self._paused:
            words.append("paused")
        words.append("encoding=False")
        return f"<{' '.join(words)}>"

    # --- what the protocol does ----------------------------------------------------------

    def set_transport(self, transport: asyncio.ReadTransport) -> None:
        """Say what to pause when the peer is faster than we are."""
        self._transport = transport

    def feed_data(self, data: bytes) -> None:
        """Take bytes from the peer."""
        if not data:
            return
        if self._after_cr:
            # The line before this one ended in CR at the end of a segment; this is the rest of its CR LF.
            self._after_cr = False
            if data[0] in _AFTER_CR:
                data = data[1:]
                if not data:
                    return
        if not self._buffer:
            self._buffer = bytes(data)
        else:
            if isinstance(self._buffer, bytes):
                self._buffer = bytearray(self._buffer)
            self._buffer += data
        self._wake()
        if not self._paused and self._transport is not None and self._held() > 2 * self._limit:
            self._pause(self._transport)

    def feed_eof(self) -> None:
        """The peer will send no more."""
        self._eof = True
        self._wake()

    def at_eof(self) -> bool:
        """Whether everything that will ever come has been read."""
        return self._eof and not self._held()

    def exception(self) -> BaseException | None:
        """What broke the connection, if something did."""
        return self._exception

    def set_exception(self, exception: BaseException) -> None:
        """The connection broke: whoever reads, now or later, is told."""
        self._exception = exception
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            waiter.set_exception(exception)

    def _pause(self, transport: asyncio.ReadTransport) -> None:
        try:
            transport.pause_reading()
        except NotImplementedError:
            self._transport = None  # it cannot be paused: nothing to be done about its speed
        else:
            self._paused = True

    def _resume(self) -> None:
        """Read on, now that the buffer has room or somebody waits for more than it holds."""
        if self._paused:
            self._paused = False
            if self._transport is not None and not self._transport.is_closing():
                self._transport.resume_reading()

    def _held(self) -> int:
        return len(self._buffer)

    def _wake(self) -> None:
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    def let_go(self, what_is_known: Gone) -> None:
        """The line is gone and its shell has ended: hold on to nothing but what is left to read."""
        self._transport = None
        self._before_wait = None

    async def _wait(self, caller: str) -> None:
        """Until there is more, or the end; raise what broke the connection, once all it brought is read."""
        if self._exception is not None:
            raise self._exception
        if self._waiter is not None:
            raise RuntimeError(
                f"{caller}() called while another coroutine is already waiting for incoming data"
            )
        if self._before_wait is not None:
            self._before_wait()
        self._resume()
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        try:
            await waiter
        finally:
            if self._waiter is waiter:
                self._waiter = None

    def _take(self, count: int) -> bytes:
        """Take the first `count` bytes away, at most what is there."""
        buffer = self._buffer
        if count >= len(buffer):
            self._buffer = b""
            data = bytes(buffer)
        else:
            if isinstance(buffer, bytes):
                buffer = self._buffer = bytearray(buffer)
            data = bytes(buffer[:count])
            del buffer[:count]
        if self._paused and len(self._buffer) <= self._limit:
            self._resume()
        return data

    # --- what a shell does -----------------------------------------------------------------

    async def read(self, n: int = -1) -> bytes:
        """Read up to `n` bytes as soon as there are any; with -1, everything up to the end.

        Returns:
            At least one byte, or none at the end of the stream (or for ``read(0)``).
        """
        if n == 0:
            return b""
        if n < 0:
            parts = []
            while part := await self.read(self._limit):
                parts.append(part)
            return b"".join(parts)
        while not self._buffer and not self._eof:
            await self._wait("read")
        return self._take(n)

    async def readexactly(self, n: int) -> bytes:
        """Read `n` bytes.

        Raises:
            asyncio.IncompleteReadError: The stream ended first; `partial` has what there was.
            ValueError: `n` is negative.
        """
        if n < 0:
            raise ValueError("readexactly size can not be less than zero")
        while len(self._buffer) < n:
            if self._eof:
                raise asyncio.IncompleteReadError(self._take(len(self._buffer)), n)
            await self._wait("readexactly")
        return self._take(n)

    async def readline(self) -> bytes:
        r"""Read one line with its end: CR LF, LF, CR NUL (given as CR) or CR.

        A CR that ends a segment ends the line at once, because nobody knows whether more will come; an LF
        or NUL that does come then belongs to that line, and is not the next one's.

        Returns:
            The line, or what was left when the stream ended: b"" at its end.

        Raises:
            ValueError: The line is longer than `limit`; what is there can still be read.
        """
        start = 0
        while True:
            if found := _LINE_END.search(self._buffer, start):
                end = found.end()
                self._after_cr = end == len(self._buffer) and found[0] == b"\r"
                line = self._take(end)
                return line[:-1] if line.endswith(b"\0") else line  # even by BINARY some say CR NUL for CR
            if self._eof:
                return self._take(len(self._buffer))
            self._check_line_limit(len(self._buffer))
            start = len(self._buffer)
            await self._wait("readline")

    async def readuntil(self, separator: bytes | tuple[bytes, ...] = b"\n") -> bytes:
        """Read up to and with `separator`; of several, whichever ends first.

        Raises:
            asyncio.IncompleteReadError: The stream ended first; `partial` has what there was.
            asyncio.LimitOverrunError: No separator within `limit` bytes; they can still be read.
            ValueError: `separator` is empty, or one of several is.
        """
        separators = separator if isinstance(separator, tuple) else (separator,)
        if not separators or not all(separators):
            raise ValueError("Separator should be at least one-byte string")
        longest = max(map(len, separators))
        start = 0
        while True:
            if end := first_end(self._buffer, separators, start):
                return self._take_within_limit(end, "Separator")
            start = max(0, len(self._buffer) - longest + 1)
            await self._more_for("readuntil", "Separator")

    async def readuntil_pattern(self, pattern: re.Pattern[bytes]) -> bytes:
        """Read up to and with the first match of `pattern`.

        Raises:
            asyncio.IncompleteReadError: The stream ended first; `partial` has what there was.
            asyncio.LimitOverrunError: No match within `limit` bytes; they can still be read.
            ValueError: `pattern` is not a compiled pattern of bytes.
        """
        if not isinstance(pattern, re.Pattern):
            raise ValueError("pattern should be a re.Pattern object")
        if not isinstance(pattern.pattern, bytes):
            raise ValueError("Only bytes patterns are supported")
        while True:
            if found := pattern.search(self._buffer):
                return self._take_within_limit(found.end(), "Pattern")
            await self._more_for("readuntil_pattern", "Pattern")

    def _check_line_limit(self, length: int) -> None:
        if length > self._limit:
            raise ValueError(f"a line is longer than the limit of {self._limit}")

    def _take_within_limit(self, end: int, what: str) -> bytes:
        if end > self._limit:
            raise asyncio.LimitOverrunError(f"{what} is found, but chunk is longer than limit", end)
        return self._take(end)

    async def _more_for(self, caller: str, what: str) -> None:
        """Wait for more of something not found yet, or say why that is no use."""
        if self._eof:
            raise asyncio.IncompleteReadError(self._take(len(self._buffer)), None)
        if len(self._buffer) > self._limit:
            raise asyncio.LimitOverrunError(
                f"{what} not found, and buffer exceed the limit", len(self._buffer)
            )
        await self._wait(caller)

    def __aiter__(self) -> TelnetReader:
        return self

    async def __anext__(self) -> bytes:
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line

    # --- kept for programs of another age --------------------------------------------------

    @property
    def connection_closed(self) -> bool:
        """Deprecated: ask `at_eof`."""
        warnings.warn("use at_eof() in place of connection_closed", DeprecationWarning, stacklevel=2)
        return self._eof

    def close(self) -> None:
        """Deprecated: close the writer."""
        warnings.warn("close the writer in place of the reader", DeprecationWarning, stacklevel=2)
        self.feed_eof()
