"""The line to a caller: drives the probes with its bytes and the loop's clock, says things, and asks."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any, Final

from bbsterm import codecs
from bbsterm.fingerprint.client_probe import ClientProbe
from bbsterm.fingerprint.questions import Question
from bbsterm.fingerprint.terminal_probe import TerminalProbe
from bbsterm.limits import MAX_CALLER_TALK, MAX_FINGERPRINT_NAME, MAX_TERMINAL_ANSWERS
from bbsterm.net.stream_protocol import TelnetProtocol
from bbsterm.protocol.events import Event, RequestOption, TextReceived
from bbsterm.protocol.vocabulary import OptionCode, Side

__all__ = ["Line", "cut_short"]

_ENDS: Final = frozenset(b"\r\n\x9b")
_ERASES: Final = frozenset(b"\x08\x7f\x14")
_LONGEST: Final = MAX_FINGERPRINT_NAME * 4
_MOST_TYPED: Final = 1024
"""Bytes with which a name may be typed, corrections too."""

_NEWLINES: Final = {"petscii": b"\r", "atascii": b"\x9b"}
_RUBOUTS: Final = {"petscii": b"\x14", "atascii": b"\x7e"}

_log: Final = logging.getLogger(__name__)


def cut_short(protocol: TelnetProtocol) -> None:
    """Hang up on a caller who talks without end."""
    if protocol.rx_bytes > MAX_CALLER_TALK and not protocol.is_closing():
        _log.warning("%s talks without end: closed", protocol)
        protocol.abort()


class Line:
    """One caller. It takes the bytes as they came, whatever the encoding of reader and writer.

    Args:
        reader: The shell's.
        writer: The shell's.

    Attributes:
        protocol: The connection.
        dialect: "petscii", "atascii", or anything else for ASCII.
        utf8: Whether the caller reads UTF-8.
    """

    def __init__(self, reader: Any, writer: Any) -> None:
        self.protocol = writer.protocol
        self.dialect = ""
        self.utf8 = False
        self._reader, self._writer = reader, writer
        self._loop = asyncio.get_running_loop()
        self._probe: ClientProbe | None = None
        self._news = asyncio.Event()
        self._heard = bytearray()
        self._before: Callable[[list[Event]], None] | None = self.protocol.witness
        self.protocol.witness = self._witness

    def close(self) -> None:
        """Take note of nothing any more."""
        self.protocol.witness = self._before

    @property
    def address(self) -> str:
        """The caller's address, without its port."""
        peer = self.protocol.get_extra_info("peername")
        return str(peer[0]) if isinstance(peer, tuple) and peer else "local"

    @property
    def columns(self) -> int:
        """How wide the caller's screen is."""
        told = self.protocol.get_extra_info("cols")
        wide = 40 if self.dialect in ("petscii", "atascii") else 80
        return max(40, min(int(told), wide if wide == 40 else 132)) if isinstance(told, int) else wide

    # --- probing ---------------------------------------------------------------------------

    async def negotiate(self, probe: ClientProbe) -> None:
        """Phase one.

        Raises:
            ConnectionError: The caller hung up before its end.
        """
        self._probe = probe
        for event in probe.begin(now=self._loop.time()):
            self.protocol.connection.send(event)
        self.protocol.flush()
        while (deadline := probe.deadline) is not None:
            await self._wait(deadline)
            for event in probe.tick(now=self._loop.time()):
                self.protocol.connection.send(event)
            self.protocol.flush()
        self._probe = None

    async def listen(
        self, probe: ClientProbe, asking: list[RequestOption], wanted: set[Question], seconds: float
    ) -> None:
        """Ask for some options only, until all of them are answered, or for so long.

        Raises:
            ConnectionError: The caller hung up before its end.
        """
        self._probe = probe
        deadline = self._loop.time() + seconds
        for event in asking:
            self.protocol.connection.send(event)
        self.protocol.flush()
        while not wanted <= probe.answers.keys() and self._loop.time() < deadline:
            await self._wait(deadline)
        self._probe = None

    async def look_at(self, probe: TerminalProbe) -> None:
        """Phase two.

        Raises:
            ConnectionError: The caller hung up before its end.
        """
        self._heard.clear()
        probe.begin(now=self._loop.time())
        while (deadline := probe.deadline) is not None:
            self.send(probe.data_to_send())
            data = await self._read(deadline)
            if data:
                probe.receive(data, now=self._loop.time())
            probe.tick(now=self._loop.time())

    async def _wait(self, deadline: float) -> None:
        """Until there is news, or it is so late."""
        self._news.clear()
        closed = self.protocol.waiter_closed
        news = self._loop.create_task(self._news.wait())
        try:
            await asyncio.wait(
                {news, closed},
                timeout=max(0.0, deadline - self._loop.time()),
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            news.cancel()
        if closed.done():
            raise ConnectionResetError("the caller hung up")

    async def _read(self, deadline: float) -> bytes:
        """Bytes as they came; none when it is so late.

        Raises:
            ConnectionError: The line has ended.
        """
        with contextlib.suppress(TimeoutError, UnicodeDecodeError):
            async with asyncio.timeout_at(deadline):
                # What it returns is the same, decoded, and with some encodings less: it says when, no more.
                if not await self._reader.read(4096) and not self._heard:
                    raise ConnectionResetError("the caller hung up")
        data = bytes(self._heard)
        self._heard.clear()
        return data

    async def read(self) -> bytes:
        """What the caller types next, as it came; empty at the end of the line."""
        while not self._heard:
            if not await self._reader.read(4096):
                return b""
        data = bytes(self._heard)
        self._heard.clear()
        return data

    def _witness(self, events: list[Event]) -> None:
        if self._before is not None:
            self._before(events)
        if self._probe is not None:
            self._probe.witness(events, now=self._loop.time())
        cut_short(self.protocol)
        for event in events:
            if type(event) is TextReceived and len(self._heard) < MAX_TERMINAL_ANSWERS:
                self._heard += event.data
        self._news.set()

    # --- talking ----------------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.protocol.connection.send_bytes(data)
        self.protocol.flush()

    def say(self, text: str, *, end: bool = True) -> None:
        """Say a line in the caller's own characters."""
        newline = _NEWLINES.get(self.dialect, b"\r\n")
        self.send(self._encode(text) + (newline if end else b""))

    async def drain(self) -> None:
        """Wait until the caller has read most of it."""
        await self._writer.drain()

    async def ask(self, seconds: float) -> str | None:
        """A line that the caller types, which is echoed; None if it takes longer, or is far too long.

        Raises:
            ConnectionError: The caller hung up.
        """
        deadline = self._loop.time() + seconds
        typed = bytearray()
        echo = self.protocol.connection.enabled(OptionCode.ECHO, Side.LOCAL)
        received = 0
        while self._loop.time() < deadline and received <= _MOST_TYPED:
            data = await self._read(deadline)
            received += len(data)
            for number in data[:_MOST_TYPED]:
                if number in _ENDS:
                    if typed or number != 0x0A:  # the second half of the last line's end
                        return self._decode(bytes(typed))
                elif number in _ERASES or (self.dialect == "atascii" and number == 0x7E):
                    if typed:
                        del typed[-1]
                        self.send(_RUBOUTS.get(self.dialect, b"\b \b") if echo else b"")
                elif number >= 0x20 and len(typed) < _LONGEST:
                    typed.append(number)
                    self.send(bytes((number,)) if echo else b"")
        return None

    def _encode(self, text: str) -> bytes:
        return codecs.lookup(self._codec).encode(text, "replace")[0]

    def _decode(self, data: bytes) -> str:
        return codecs.lookup(self._codec).decode(data, "replace")[0]

    @property
    def _codec(self) -> str:
        if self.dialect in _NEWLINES:
            return self.dialect
        return "utf-8" if self.utf8 else "ascii"
