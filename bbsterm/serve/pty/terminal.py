"""A pseudo-terminal: its modes, its size, and reading and writing its master side without waiting."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import fcntl
import os
import struct
import termios
from typing import Final

from bbsterm.limits import MAX_COLUMNS, MAX_RECEIVED_AT_ONCE, MAX_ROWS

__all__ = ["RUB_OUT", "PseudoTerminal"]

_READ: Final = 16 * 1024
_GONE: Final = frozenset({errno.EIO, errno.EBADF, errno.ENXIO})
"""What the system says when no program has the terminal open any more."""

_LOCAL, _SPECIAL = 3, 6  # places in what tcgetattr returns
RUB_OUT: Final = b"\x7f"


class PseudoTerminal:
    """The master side is ours, the slave side (`slave`) the program's; close that once it has started.

    Raises:
        OSError: This machine has no more of them.
    """

    def __init__(self) -> None:
        self.master, self.slave = os.openpty()
        os.set_blocking(self.master, False)
        self._loop = asyncio.get_running_loop()
        self._turn: dict[str, asyncio.Future[None]] = {}

    # --- its modes --------------------------------------------------------------------------------

    def set_modes(self, *, cooked: bool, echo: bool) -> None:
        """Edit lines (or hand on every key), and show what is typed (or leave that to the program)."""
        modes = termios.tcgetattr(self.master)
        for flag, on in ((termios.ICANON, cooked), (termios.ECHO, echo)):
            modes[_LOCAL] = modes[_LOCAL] | flag if on else modes[_LOCAL] & ~flag
        modes[_SPECIAL][termios.VERASE] = RUB_OUT
        termios.tcsetattr(self.master, termios.TCSANOW, modes)

    def edits_lines(self) -> bool:
        """Whether the terminal itself rubs out, at this moment: programs may change that."""
        with contextlib.suppress(OSError, termios.error):  # closed meanwhile
            return bool(termios.tcgetattr(self.master)[_LOCAL] & termios.ICANON)
        return False

    def set_size(self, columns: int, rows: int) -> None:
        """The window is so large now; the system tells the program (SIGWINCH) when that is news."""
        columns, rows = max(1, min(columns, MAX_COLUMNS)), max(1, min(rows, MAX_ROWS))
        with contextlib.suppress(OSError):  # closed meanwhile
            fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # --- bytes --------------------------------------------------------------------------------------

    async def read(self) -> bytes:
        """What the program has written, as much as is there; empty once nobody has the terminal open."""
        while True:
            data = self._take()
            if data is not None:
                return data
            await self._wait("read")

    def _take(self) -> bytes | None:
        """Everything that can be had at once, up to a bound; None for nothing yet."""
        pieces: list[bytes] = []
        size = 0
        while size < MAX_RECEIVED_AT_ONCE:
            try:
                data = os.read(self.master, _READ)
            except (BlockingIOError, InterruptedError):
                break
            except OSError as error:
                if error.errno not in _GONE:
                    raise
                data = b""
            if not data:
                return b"".join(pieces)
            pieces.append(data)
            size += len(data)
        return b"".join(pieces) if pieces else None

    async def write(self, data: bytes) -> bool:
        """Give the program all of it, waiting while it does not read; False once it is gone."""
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(self.master, view) :]
            except (BlockingIOError, InterruptedError):
                await self._wait("write")
            except OSError:
                return False
        return True

    async def _wait(self, what: str) -> None:
        """Until the master side can be read, or written."""
        watch, ignore = (
            (self._loop.add_reader, self._loop.remove_reader)
            if what == "read"
            else (self._loop.add_writer, self._loop.remove_writer)
        )
        turn = self._turn[what] = self._loop.create_future()
        watch(self.master, _done, turn)
        try:
            await turn
        finally:
            self._turn.pop(what, None)
            if self.master >= 0:
                ignore(self.master)

    # --- its end --------------------------------------------------------------------------------------

    def foreground(self) -> int:
        """The process group that the keyboard belongs to; 0 for none."""
        try:
            return os.tcgetpgrp(self.master)
        except OSError:
            return 0

    def started(self) -> None:
        """The program has the slave side: ours is closed, so that we hear when the program closes its own."""
        if self.slave >= 0:
            os.close(self.slave)
            self.slave = -1

    def close(self) -> None:
        """Close both sides: who still has the terminal hears SIGHUP. A second time, nothing happens."""
        self.started()
        if self.master >= 0:
            self._loop.remove_reader(self.master)
            self._loop.remove_writer(self.master)
            os.close(self.master)
            self.master = -1
        for turn in self._turn.values():
            _done(turn)


def _done(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_result(None)
