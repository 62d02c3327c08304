"""A line made of memory, and a visitor who calls a board on it."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager

from bbsterm.serve.stream import Facts
from bbsterm.serve.visit import visit

PATIENCE = 5.0

ANSI_80 = Facts(
    address="192.0.2.1",
    telnet=True,
    terminal_types=("ANSI",),
    columns=80,
    rows=24,
    charset="UTF-8",
)


def _pattern(part):
    if isinstance(part, bytes):
        return re.compile(re.escape(part))
    return re.compile(rb"(?:\x1b\[[0-9;]*m)*".join(re.escape(char.encode()) for char in part))


class MemoryLine:
    """A `CallerStream`: the test types and reads at the other end."""

    def __init__(self, facts=ANSI_80, *, by_line=False):
        self.known = facts
        self.sent = bytearray()
        self.closed = False
        self.aborted = False
        self.stuck = False  # the caller does not read
        self._by_line = by_line
        self._typed = asyncio.Queue()
        self._ended = False
        self._news = asyncio.Event()
        self._seen = 0

    # --- the board's end ---

    async def read(self, limit):
        if self._ended:
            return b""
        data = await self._typed.get()
        if isinstance(data, Exception):
            raise data
        self._ended = not data
        return data

    def write(self, data):
        if not self.closed:
            self.sent += data
            self._news.set()

    async def drain(self):
        if self.closed:
            raise ConnectionResetError("gone")
        if self.stuck:
            await asyncio.Event().wait()

    def close(self):
        self.closed = True
        self._news.set()

    def abort(self):
        self.aborted = True
        self.close()

    def size(self):
        return self.known.columns, self.known.rows

    def address(self):
        return self.known.address

    def tls(self):
        return self.known.tls

    def by_line(self):
        return self._by_line

    def facts(self):
        return self.known

    # --- the test's end ---

    def type(self, data):
        self._typed.put_nowait(data.encode() if isinstance(data, str) else data)

    def hang_up(self):
        self._typed.put_nowait(b"")

    def break_(self, error):
        self._typed.put_nowait(error)

    async def shows(self, *wanted):
        """Wait until the board has sent each of these, in this order, after what was seen before.

        A `str` may have changes of colour within it; bytes must come as they are.
        """
        shown = b""
        for part in wanted:
            pattern = _pattern(part)
            while (match := pattern.search(self.sent, self._seen)) is None:
                self._news.clear()
                try:
                    assert not self.closed
                    async with asyncio.timeout(PATIENCE):
                        await self._news.wait()
                except (AssertionError, TimeoutError):
                    end = bytes(self.sent[self._seen :][-600:])
                    raise AssertionError(f"{part!r} never came after {end!r}") from None
            shown += self.sent[self._seen : match.end()]
            self._seen = match.end()
        return bytes(shown)

    async def news(self, otherwise):
        """Wait for more; fail with these words when none comes."""
        try:
            assert not self.closed
            async with asyncio.timeout(PATIENCE):
                await self._news.wait()
        except (AssertionError, TimeoutError):
            raise AssertionError(otherwise) from None

    async def over(self):
        async with asyncio.timeout(PATIENCE):
            while not self.closed:
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def calling(board, facts=ANSI_80, *, name=None, by_line=False):
    """Call the board; with a name, log in and wait for the menu."""
    line = MemoryLine(facts, by_line=by_line)
    task = asyncio.create_task(visit(board, line))
    try:
        if name is not None:
            await line.shows("Your name")
            line.type(f"{name}\r")
            await line.shows("Your choice")
        yield line
    finally:
        line.hang_up()
        async with asyncio.timeout(PATIENCE):
            await asyncio.wait([task])
    task.result()
