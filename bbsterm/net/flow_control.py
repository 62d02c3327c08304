"""Flow control of one connection: who is slow is waited for, in both directions, and memory stays bounded.

The socket is read only while the program reads what came and the peer reads what we say; a program that
drains waits for the peer; and a peer that takes nothing at all is hung up on.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

from bbsterm.limits import MAX_RECEIVED_AT_ONCE, OUTBOX_HIGH, OUTBOX_LOW, STALLED_PEER_SECONDS
from bbsterm.protocol import Connection

__all__ = ["FlowControl"]

_BYTES_IN_A_ROW: Final = 1024 * 1024
_DRAINS_IN_A_ROW: Final = 64
"""What a shell may write, and how often it may drain, before others have their turn."""

_log: Final = logging.getLogger(__name__)


class FlowControl:
    """The part of a `TelnetProtocol` that slows down and speeds up. asyncio and the reader call it."""

    # No slots here: two bases that have some cannot be joined. The connection's class has them all.

    connection: Connection
    reader: Any
    tx_bytes: int
    _backlog: bool  # compressed data that is still to be worked off
    _closing: bool
    _congested: bool
    _drainers: tuple[asyncio.Future[None], ...]
    _drains: int
    _lingering: int  # bytes that we still read, once we have hung up
    _loop: asyncio.AbstractEventLoop
    _reader_full: bool
    _slowed: bool
    _stalled: asyncio.TimerHandle | None
    _transport: asyncio.Transport | None
    _yielded_at: int

    # --- what the connection has: `TelnetProtocol` says how -------------------------------------

    def close(self) -> None:
        """Close once everything has been sent."""
        raise NotImplementedError

    def abort(self) -> None:
        """Close at once; unsent bytes are lost."""
        raise NotImplementedError

    def _take(self, data: bytes, now: float) -> None:
        raise NotImplementedError

    def is_closing(self) -> bool:
        """Whether the line is closed, or about to be."""
        return self._lingering > 0 or self._transport is None or self._transport.is_closing()

    def _bound(self, transport: asyncio.Transport) -> None:
        """Set the bounds of a line that is new, or encrypted from now on."""
        if hasattr(transport, "max_size"):
            transport.max_size = MAX_RECEIVED_AT_ONCE
        set_limits = getattr(transport, "set_write_buffer_limits", None)
        if set_limits is not None:
            set_limits(high=OUTBOX_HIGH, low=OUTBOX_LOW)

    # --- what we send -----------------------------------------------------------------------------

    def pause_writing(self) -> None:
        """The peer does not read what we send. What it says next is the last that we take (`data_received`).

        A server that sends much is here a thousand times a second: no timer or system call for each.
        """
        self._congested = True
        if self._stalled is None:
            self._watch_stall()

    def resume_writing(self) -> None:
        """The peer has read enough: go on."""
        self._congested = False
        if self._slowed:
            self._pace()
        drainers, self._drainers = self._drainers, ()
        for drainer in drainers:
            if not drainer.done():
                drainer.set_result(None)

    @property
    def congested(self) -> bool:
        """Whether the peer is behind with reading: `drain` would wait."""
        return self._congested

    async def drain(self) -> None:
        """Wait until the outbox has room.

        Raises:
            ConnectionError: The line is gone.
        """
        error = self.reader.exception()
        if error is not None:
            raise error
        if self._closing:
            raise ConnectionResetError("Connection lost")
        self._drains += 1
        if (
            self._drains > _DRAINS_IN_A_ROW
            or self.tx_bytes - self._yielded_at > _BYTES_IN_A_ROW
            or self.is_closing()
        ):
            # A loop that writes and drains must hear that the line is gone, and let others have their turn,
            # even where the socket takes everything at once.
            self._drains, self._yielded_at = 0, self.tx_bytes
            await asyncio.sleep(0)
        if self._congested:
            await self._until_room()

    async def _until_room(self) -> None:
        drainer = self._loop.create_future()
        self._drainers += (drainer,)
        try:
            await drainer
        finally:
            self._drainers = tuple(other for other in self._drainers if other is not drainer)
        self._drains, self._yielded_at = 0, self.tx_bytes

    _drain_helper = drain  # the name that asyncio's own streams use

    def _watch_stall(self) -> None:
        self._stalled = self._loop.call_later(STALLED_PEER_SECONDS, self._check_stall, self._taken())

    def _taken(self) -> int:
        """How much of what we sent the system has taken from us."""
        unsent = self._transport.get_write_buffer_size() if self._transport is not None else 0
        return self.tx_bytes - unsent

    def _check_stall(self, taken_before: int) -> None:
        """Hang up on a peer that took nothing at all for so long."""
        self._stalled = None
        if not self._congested:
            return
        if self._taken() > taken_before:
            self._watch_stall()
            return
        _log.warning("%s does not read what we send: closed", self)
        self.abort()

    # --- what we receive --------------------------------------------------------------------------

    def pause_reading(self) -> None:
        """The reader is full."""
        self._reader_full = True
        self._pace()

    def resume_reading(self) -> None:
        """The reader has room."""
        self._reader_full = False
        self._pace()
        if self._backlog:
            self._loop.call_soon(self._work_off)

    def _pace(self) -> None:
        """Read from the socket only while both have room: the reader, and the outbox."""
        if self._transport is None or self.is_closing():
            return
        self._slowed = self._reader_full or self._congested or self._backlog
        if self._slowed:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def _let_pass(self, count: int) -> None:
        """Read into nothing what comes after we have hung up, as long as it is not too much."""
        if count < self._lingering:
            self._lingering -= count
        else:
            self.close()

    def _work_off(self) -> None:
        """Go on with what one piece of compressed data has become, when the reader has room for it."""
        if self._backlog and not self._reader_full and not self._closing:
            self._take(b"", self._loop.time())
