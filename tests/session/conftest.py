from __future__ import annotations

import asyncio
import contextlib

import pytest

from bbsterm.net.address import Address
from bbsterm.screen.terminal import Cursor, MouseReporting


class FakeTerminal:
    """A teletype: it keeps the bytes it was fed, knows CR, LF and BS, and answers CSI 6 n."""

    name = "ansi"
    mouse = MouseReporting.OFF
    history = ()

    def __init__(self, columns=80, rows=25):
        self.columns, self.rows = columns, rows
        self.encoding = "cp437"
        self.bracketed_paste = False
        self.fed = bytearray()
        self.replies = bytearray()
        self.events = []
        self.resets = 0
        self.x = 0

    @property
    def cursor(self):
        return Cursor(0, self.x)

    def feed(self, data):
        self.fed += data
        for byte in data:
            self.x = {8: max(self.x - 1, 0), 13: 0, 10: self.x}.get(byte, self.x + 1)
        self.replies += b"\x1b[1;1R" * data.count(b"\x1b[6n")

    def take_dirty(self):
        return set()

    def take_replies(self):
        replies, self.replies = bytes(self.replies), bytearray()
        return replies

    def take_events(self):
        events, self.events = self.events, []
        return events

    def press(self, key, character=None):
        keys = {"enter": b"\r", "up": b"\x1b[A", "backspace": b"\x08", "ctrl+d": b"\x04", "ctrl+c": b"\x03"}
        return keys.get(key) or (character.encode(self.encoding, "replace") if character else None)

    def encode(self, text):
        return text.replace("\n", "\r").encode(self.encoding, "replace")

    def resize(self, columns, rows):
        self.columns, self.rows = columns, rows

    def reset(self):
        self.resets += 1


class Board(asyncio.Protocol):
    """The other end: what it says is scripted by the test, what it hears is kept."""

    def __init__(self):
        self.heard = bytearray()
        self.transport = None
        self.changed = asyncio.Event()
        self.gone = False

    def connection_made(self, transport):
        self.transport = transport
        self.changed.set()

    def data_received(self, data):
        self.heard += data
        self.changed.set()

    def connection_lost(self, exc):
        self.gone = True
        self.changed.set()

    def say(self, data):
        self.transport.write(data)

    async def until(self, condition):
        """Wait until `condition()` holds; the test's own time-out is the limit."""
        while not condition():
            self.changed.clear()
            await self.changed.wait()

    async def hears(self, data):
        await self.until(lambda: data in self.heard)


@pytest.fixture
def terminal():
    return FakeTerminal()


@pytest.fixture
async def board():
    """A board on a free port; `board.address` says where. One caller at a time."""
    the_board = Board()
    server = await asyncio.get_running_loop().create_server(lambda: the_board, "127.0.0.1", 0)
    async with server:
        the_board.address = Address("127.0.0.1", server.sockets[0].getsockname()[1])
        yield the_board
        if the_board.transport is not None:
            the_board.transport.abort()
            await the_board.until(lambda: the_board.gone)


@pytest.fixture
def calling():
    """``async with calling(call):`` runs a call, connected, and hangs up at the end."""

    @contextlib.asynccontextmanager
    async def run(call):
        connected = asyncio.Event()
        call.listen(lambda event: connected.set())
        task = asyncio.create_task(call.run())
        while call.state.value == "dialing":
            connected.clear()
            await connected.wait()
        try:
            yield task
        finally:
            call.hang_up()
            await task

    return run


@pytest.fixture
def seen():
    """``await seen(call, condition)`` waits until an event of the call makes `condition()` true."""

    async def wait(call, condition):
        changed = asyncio.Event()
        stop = call.listen(lambda event: changed.set())
        while not condition():
            changed.clear()
            await changed.wait()
        stop()

    return wait
