"""The pump between a caller and a program on a pseudo-terminal, with backpressure in both directions."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

from bbsterm.errors import UsageError
from bbsterm.net import TelnetServer
from bbsterm.protocol.vocabulary import OptionCode, Side
from bbsterm.serve.meeting import Meeting
from bbsterm.serve.pty.environment import accepted_names, build_environment, terminal_name
from bbsterm.serve.pty.process import Account, Program, account
from bbsterm.serve.pty.terminal import RUB_OUT, PseudoTerminal
from bbsterm.serve.settings import ServeSettings
from bbsterm.serve.shells.guards import busy_shell
from bbsterm.telopt import ABORT, BRK, EC, EL, EOF, IP, SUSP

__all__ = ["TURN", "Host", "PtyConnection", "pty_meeting"]

TURN: Final = 0.5
"""Seconds of a program's silence after which its caller's turn is marked (GA)."""

_READ: Final = 4096
_RESIZES: Final = 0.2
"""Seconds between two changes of a window's size that a program is told."""

_KEYS: Final = {
    IP: b"\x03",
    BRK: b"\x03",
    ABORT: b"\x1c",
    SUSP: b"\x1a",
    EOF: b"\x04",
    EC: RUB_OUT,
    EL: b"\x15",
}
"""Telnet's commands, and the keys that a terminal has for them."""

_BACKSPACE: Final = b"\x08"
_LAST_WORDS: Final = 1.0
_TYPES: Final = 8

_log: Final = logging.getLogger("bbsterm.serve")


class PtyConnection(TelnetServer):
    """A caller whose window's size somebody wants to hear of."""

    resized: Callable[[], None] | None = None

    def on_naws(self, rows: int, cols: int) -> None:
        """The window has another size."""
        super().on_naws(rows, cols)
        if self.resized is not None:
            self.resized()


@contextlib.asynccontextmanager
async def pty_meeting(settings: ServeSettings) -> AsyncIterator[Meeting]:
    """The program that the settings name, for each caller.

    Raises:
        UsageError: There is no such program, or it may not be run.
    """
    host = Host(settings)
    try:
        yield Meeting(host.shell, PtyConnection, encoding="false", own_encoding=True)
    finally:
        await host.close()


class Host:
    """Runs a program for each caller.

    Args:
        settings: Which program, and how.
        first: As for `Program`.
    """

    def __init__(self, settings: ServeSettings, first: Callable[[], None] | None = None) -> None:
        assert settings.pty_exec is not None
        found = shutil.which(settings.pty_exec)
        if found is None:
            raise UsageError(
                f"--pty-exec: there is no program {settings.pty_exec!r}",
                hint="Its name must be in PATH, or a path; its arguments go after --.",
            )
        self._command: Final = (found, *settings.pty_args)
        self._whom: Final[Account] = account(settings.run_as)
        self._accepted: Final = accepted_names(settings.accept_env)
        self._cooked: Final = settings.pty_cooked
        self._line_mode: Final = settings.line_mode
        self._most: Final = settings.pty_fork_limit
        self._marks_turns: Final = not settings.never_send_ga
        self._first: Final = first
        self._running = 0
        self._ending: set[asyncio.Task[None]] = set()

    async def shell(self, reader: Any, writer: Any) -> None:
        """One caller."""
        if self._most and self._running >= self._most:
            _log.info("%s: %d programs run already", writer.protocol, self._running)
            await busy_shell(reader, writer)
            return
        self._running += 1
        try:
            terminal = PseudoTerminal()
            program = self._start(terminal, writer)
        except OSError as error:
            self._running -= 1
            _log.error("%s cannot be started: %s", self._command[0], error.strerror or error)
            writer.write(b"\r\nNothing can be started here just now. Please call again later.\r\n")
            return
        _log.info("%s: %s is process %d", writer.protocol, self._command[0], program.number)
        try:
            await _Pump(reader, writer, terminal, program, marks_turns=self._marks_turns).run()
        finally:
            self._end(program)

    def _start(self, terminal: PseudoTerminal, writer: Any) -> Program:
        try:
            echo = self._line_mode and not _echoes_itself(writer)
            terminal.set_modes(cooked=self._cooked or self._line_mode, echo=self._cooked or echo)
            terminal.set_size(writer.get_extra_info("cols", 80), writer.get_extra_info("rows", 25))
            return Program(terminal, self._command, self._environment(writer), self._whom, self._first)
        except BaseException:
            terminal.close()
            raise

    def _environment(self, writer: Any) -> dict[str, str]:
        names = [writer.get_extra_info(f"ttype{number}") for number in range(1, _TYPES + 1)]
        peer = writer.get_extra_info("peername")
        told = {name: writer.get_extra_info(name) for name in self._accepted}
        return build_environment(
            terminal=terminal_name([name for name in names if name]),
            user=(self._whom.name, self._whom.home, self._whom.shell),
            caller=str(peer[0]) if isinstance(peer, tuple) and peer else "",
            told={name: value for name, value in told.items() if isinstance(value, str)},
            accepted=self._accepted,
        )

    def _end(self, program: Program) -> None:
        """End it beside everything else: a program that takes its time holds nobody up."""
        task = asyncio.get_running_loop().create_task(program.end())
        self._ending.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._ending.discard(task)
        self._running -= 1

    async def close(self) -> None:
        """Wait until every program has ended."""
        while self._ending:
            await self.ended()

    async def ended(self) -> None:
        """Wait until the programs have ended whose callers have left by now."""
        if self._ending:
            await asyncio.wait(self._ending)


class _Pump:
    """One caller and one program, until either of them is gone."""

    def __init__(
        self, reader: Any, writer: Any, terminal: PseudoTerminal, program: Program, *, marks_turns: bool
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._terminal = terminal
        self._program = program
        self._marks_turns = marks_turns
        self._after_cr = False
        self._resizing: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()

    async def run(self) -> None:
        self._writer.protocol.resized = self._resize
        for command, key in _KEYS.items():
            self._writer.set_iac_callback(command, lambda _, key=key: self._press(key))
        shows = asyncio.create_task(self._show())
        types = asyncio.create_task(self._type())
        ends = asyncio.create_task(self._program.ended())
        try:
            await asyncio.wait((shows, types, ends), return_when=asyncio.FIRST_COMPLETED)
            if ends.done() and not shows.done():  # what it said at last is still to be shown
                await asyncio.wait((shows, types), timeout=_LAST_WORDS, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._writer.protocol.resized = None
            if self._resizing is not None:
                self._resizing.cancel()
            for task in (shows, types, ends):
                task.cancel()
            await asyncio.gather(shows, types, ends, return_exceptions=True)

    async def _show(self) -> None:
        """From the program to the caller, as fast as the caller reads."""
        while True:
            data = await self._read_marking_turns()
            if not data:
                return
            self._writer.write(data)
            await self._writer.drain()

    async def _read_marking_turns(self) -> bytes:
        if not self._may_mark():
            return await self._terminal.read()
        try:
            async with asyncio.timeout(TURN):
                return await self._terminal.read()
        except TimeoutError:
            if self._may_mark():
                self._writer.send_ga()
            return await self._terminal.read()

    def _may_mark(self) -> bool:
        connection = self._writer.connection
        return (
            self._marks_turns and connection.negotiated and not connection.enabled(OptionCode.SGA, Side.LOCAL)
        )

    async def _type(self) -> None:
        """From the caller to the program, as fast as the program reads: Enter is one key."""
        while data := await self._reader.read(_READ):
            if not await self._terminal.write(self._keys(data)):
                return

    def _keys(self, data: bytes) -> bytes:
        """CR LF and CR NUL are Enter (RFC 854); they may come in two pieces. BS rubs out as DEL does."""
        if self._after_cr and data[:1] in (b"\n", b"\0"):
            data = data[1:]
            self._after_cr = False
        if data:
            self._after_cr = data.endswith(b"\r")
        if _BACKSPACE in data and self._terminal.edits_lines():
            data = data.replace(_BACKSPACE, RUB_OUT)
        return data.replace(b"\r\n", b"\r").replace(b"\r\0", b"\r")

    def _press(self, key: bytes) -> None:
        self._writer.protocol.spawn(self._terminal.write(key))

    def _resize(self) -> None:
        """The first change at once, then only so often: the last size wins."""
        if self._resizing is None:
            self._tell_size()
            self._resizing = self._loop.call_later(_RESIZES, self._resize_again, self._size())

    def _resize_again(self, told: tuple[int, int]) -> None:
        self._resizing = None
        if self._size() != told:
            self._resize()

    def _tell_size(self) -> None:
        self._terminal.set_size(*self._size())

    def _size(self) -> tuple[int, int]:
        return self._writer.get_extra_info("cols", 80), self._writer.get_extra_info("rows", 25)


def _echoes_itself(writer: Any) -> bool:
    """Whether the caller's own side shows what is typed: it speaks telnet, and our echo was not agreed on."""
    connection = writer.connection
    return bool(connection.negotiated) and not connection.enabled(OptionCode.ECHO, Side.LOCAL)
