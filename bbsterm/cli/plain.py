"""`bbsterm connect --plain`: a call without the application, for pipes, scripts and screen readers."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import math
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TextIO, TypeAlias

from bbsterm.cli.base import ExitCode, complain
from bbsterm.cli.console import ESCAPE, Console
from bbsterm.errors import BookError
from bbsterm.limits import OUTBOX_LOW
from bbsterm.macros import Action, Failed, Notified
from bbsterm.net.address import Address
from bbsterm.protocol.vocabulary import Command
from bbsterm.screen.glyphs import substitute
from bbsterm.session.call import Call
from bbsterm.session.events import CallEnded, CallEvent, CallState, StateChanged, StatusChanged
from bbsterm.session.line_editor import Order
from bbsterm.session.local_echo import echo_of_key
from bbsterm.session.settings import CallSettings
from bbsterm.session.stream import RESTORE, StreamTerminal

if TYPE_CHECKING:
    from bbsterm.session.login_run import LoginRun

__all__ = ["Login", "PlainCall", "call_plainly"]

Login: TypeAlias = "Callable[[Call, Callable[[Action], None]], LoginRun]"
"""Makes the login of a call, which tells what it does."""

_READ: Final = 4096
_TICK: Final = 0.02  # s between looks at a line that should become quiet
_GREETING: Final = 1.5  # s at most that a script waits for the board's first words
_PAUSE: Final = 0.25  # s of silence after which they are taken for complete
_SETTLED: Final = 1.0  # s of silence until we say that our input has ended; some boards then hang up at once
_INTERRUPT: Final = Order(Command.IP, b"\x03")
_END_OF_FILE: Final = Order(Command.EOF, b"\x04")
_ENOUGH_ENDS: Final = 4  # Ctrl+D so often in a row, or a terminal that has gone, ends the input


def call_plainly(address: Address, settings: CallSettings, *, linger: float, glyphs: str = "full") -> int:
    """Call, with stdin to the board and the board to stdout.

    Args:
        address: Whom to call.
        settings: How; the size is the terminal's own where there is one.
        linger: At the end of stdin, seconds of silence until we hang up.
        glyphs: What whoever reads stdout can draw: "full", "basic" or "ascii".

    Returns:
        0 when either side hung up, 3 when the call failed, 130 when it was interrupted, 143 and 129 for
        SIGTERM and SIGHUP, 1 when nobody reads stdout any more.
    """
    console = Console(_descriptor(sys.stdin), sys.stdout.fileno())
    if console.size is not None:
        columns, rows = console.size
        settings = replace(settings, columns=columns, rows=rows)
    login = asyncio.run(_login(address, settings))
    call = PlainCall(address, settings, console, linger=linger, glyphs=glyphs, login=login)
    with console.restored():
        ended = asyncio.run(call.run())
    _remember(call, address, settings, ended)
    return int(call.say_farewell(ended))


async def _login(address: Address, settings: CallSettings) -> Login | None:
    """How the call logs in, and its password's places; asked now, while the keyboard is still ours."""
    if not settings.login and not settings.secret:
        return None
    from bbsterm.cli.logging_in import fetch_for, plan_for, prepared  # here: most calls log in by hand
    from bbsterm.session.login_run import LoginRun

    plan = await plan_for(address, settings)
    if plan is None:
        return None
    needed = plan.iemsi or (plan.program is not None and plan.program.needs_secret)
    ready = await prepared(settings, needed=needed)
    return lambda call, report: LoginRun(call, plan, fetch_for(call, ready), report=report)


def _remember(call: PlainCall, address: Address, settings: CallSettings, ended: CallEnded) -> None:
    """Into the history with it, as in the application; if that fails, the call was made all the same."""
    from bbsterm.book import Book
    from bbsterm.cli.own_book import book_paths  # here, not above: sqlite is not needed until now
    from bbsterm.session.remember import remember_call

    try:
        with Book.open(book_paths()) as book:
            remember_call(book, address, settings, ended, received=call.received, sent=call.sent)
    except BookError as error:
        print(f"bbsterm: the call is not in the history: {error}", file=sys.stderr)


class PlainCall:
    """One call between a board and a console."""

    def __init__(
        self,
        address: Address,
        settings: CallSettings,
        console: Console,
        *,
        linger: float,
        glyphs: str = "full",
        login: Login | None = None,
    ) -> None:
        self._console = console
        self._make_login = login
        self._login: LoginRun | None = None
        self._glyphs = glyphs
        self._linger = linger
        self._terminal = StreamTerminal(
            settings.terminal,
            settings.encoding,
            self._show,
            ansi=console.shows,
            columns=settings.columns,
            rows=settings.rows,
            ansi_keys=settings.ansi_keys,
            ascii_eol=settings.ascii_eol,
            settings=settings,
        )
        # What has been printed cannot be read anew, and a script wants to know what it gets.
        self._call = Call(address, replace(settings, detect=False, pace=False), terminal=self._terminal)
        self._exit: int | None = None
        self._typing: asyncio.Task[None] | None = None
        encoding = getattr(sys.stdin, "encoding", None) or "utf-8"
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._after_cr = False

    @property
    def received(self) -> int:
        """Bytes from the board."""
        return self._call.bytes_received

    @property
    def sent(self) -> int:
        """Bytes to the board."""
        return self._call.bytes_sent

    async def run(self) -> CallEnded:
        """Call until somebody hangs up."""
        with self._signals():
            self._call.listen(self._follow)
            ended = await self._call.run()
        if self._typing is not None:
            self._typing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._typing
        if self._console.shows:
            self._show(RESTORE)
        return ended

    def say_farewell(self, ended: CallEnded) -> int:
        """Say how it ended, where that is not a matter of course; return the exit code."""
        if (self._console.types or self._console.shows) and ended.seconds:
            print(file=sys.stderr)  # the board's last line may not have ended
        if self._exit is not None:
            return self._exit
        if ended.error is not None:
            return complain(ended.error)
        if self._console.types:
            print(f"bbsterm: {ended.reason}", file=sys.stderr)
        return ExitCode.OK

    # --- from the board ---------------------------------------------------------------------

    def _show(self, text: str) -> None:
        try:
            self._console.write(substitute(text, self._glyphs))
        except OSError:  # nobody reads any more, as in `... | head`
            self._leave(ExitCode.FAILED)

    def _follow(self, event: CallEvent) -> None:
        if event == StateChanged(CallState.CONNECTED):
            if self._make_login is not None:
                self._login = self._make_login(self._call, self._report)
                self._login.begin()
            self._typing = asyncio.get_running_loop().create_task(self._type())
            if self._console.types:
                print(f"bbsterm: connected to {self._call.address}. Ctrl+] ends the call.", file=sys.stderr)
        if isinstance(event, StatusChanged) or event == StateChanged(CallState.CONNECTED):
            self._console.use(self._call.input_mode, self._call.flow_control)

    def _report(self, action: Action) -> None:
        """What the login has to say."""
        match action:
            case Failed(_, _, (source, line)):
                where = f"{source}:{line}: " if source else ""
                print(f"bbsterm: login: {where}{action}", file=sys.stderr)
            case Notified(text):
                print(f"bbsterm: {text}", file=sys.stderr)

    # --- to the board -------------------------------------------------------------------------

    async def _type(self) -> None:
        """Send stdin, then listen until the board has nothing more to say."""
        if not self._console.types:
            if self._login is not None:
                await self._login.wait()
            await self._quiet(_PAUSE, at_most=_GREETING, spoken=True)
        descriptor = self._console.stdin
        if descriptor is not None:
            await self._send_all(descriptor)
        if self._call.state is CallState.CONNECTED:
            await self._quiet(_SETTLED)
            self._call.send_eof()
            await self._quiet(self._linger)
            self._call.hang_up()

    async def _send_all(self, descriptor: int) -> None:
        """Send what there is to read, at the board's pace, until it ends."""
        ends = 0
        while ends < _ENOUGH_ENDS:
            data = await _read(descriptor)
            if self._console.types and ESCAPE in data:
                self._call.hang_up()
                return
            if data:
                ends = 0
                if self._login is not None:
                    self._login.stop()
                self._send(self._decoder.decode(data))
            elif self._console.types and self._call.input_mode.line:
                ends += 1
                self._send_signal(_END_OF_FILE)
            else:
                return
            while self._call.unsent > OUTBOX_LOW:  # noqa: ASYNC110  # rare, and an event for it is not
                await asyncio.sleep(_TICK)

    def _send(self, text: str) -> None:
        """Send text as typed or read: a newline is the end of a line or Enter, as the board wants it."""
        if self._after_cr and text.startswith("\n"):
            text = text[1:]
        self._after_cr = not self._console.types and text.endswith("\r")
        for line in re.findall(r"[^\r\n]+|\r\n|\r|\n", text):
            newline = line in ("\r\n", "\r", "\n")
            data = self._call.line_end if newline else self._terminal.encode(line)
            self._call.send_bytes(data)
            if self._console.types and not self._call.input_mode.line and self._call.local_echo:
                self._terminal.feed(echo_of_key(data))

    async def _quiet(self, silence: float, *, at_most: float = math.inf, spoken: bool = False) -> None:
        """Wait until the board has been silent for so many seconds; with `spoken`, after its first word."""
        clock = asyncio.get_running_loop().time
        begin = last = clock()
        seen = self._call.bytes_received
        while self._call.state is CallState.CONNECTED and clock() - begin < at_most:
            if self._call.bytes_received != seen or self._call.unshown:
                seen, last = self._call.bytes_received, clock()
            if clock() - last >= silence and (seen or not spoken):
                return
            await asyncio.sleep(_TICK)

    # --- from the system ------------------------------------------------------------------------

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        """Leave properly whatever we are told to leave by; and notice a resize, and a return from a stop."""
        loop = asyncio.get_running_loop()
        handlers: dict[str, Callable[[], None]] = {
            "SIGINT": self._interrupt,
            "SIGTERM": lambda: self._leave(128 + signal.SIGTERM),
            "SIGHUP": lambda: self._leave(128 + signal.SIGHUP),
            "SIGWINCH": self._resize,
            "SIGCONT": self._console.use_again,
        }
        numbers = {getattr(signal, name): act for name, act in handlers.items() if hasattr(signal, name)}
        with contextlib.suppress(NotImplementedError):  # not on Windows, where Ctrl+C cancels the whole
            for number, act in numbers.items():
                loop.add_signal_handler(number, act)
        try:
            yield
        finally:
            with contextlib.suppress(NotImplementedError):
                for number in numbers:
                    loop.remove_signal_handler(number)

    def _interrupt(self) -> None:
        """Ctrl+C: the board's, where it speaks telnet and somebody types lines to it; else the end."""
        if self._console.types and self._call.speaks_telnet and self._call.state is CallState.CONNECTED:
            self._send_signal(_INTERRUPT)
        else:
            self._leave(ExitCode.INTERRUPTED)

    def _send_signal(self, key: Order) -> None:
        """Send what the terminal has made of a key: a command where the board wants that, else its byte.

        Where nothing has been said of it, Ctrl+C is a command and Ctrl+D a byte, as telnet(1) has it.
        """
        special = self._call.special_keys
        if special.trapsig if special is not None else key is _INTERRUPT:
            self._call.order(key)
        else:
            self._call.send_bytes(key.byte)

    def _resize(self) -> None:
        size = self._console.size
        if size is not None and self._call.state is CallState.CONNECTED:
            self._call.resize(*size)

    def _leave(self, code: int) -> None:
        """Hang up, and exit with `code`."""
        self._exit = code
        self._call.hang_up()


async def _read(descriptor: int) -> bytes:
    """What there is to read, once there is something; empty at the end."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    try:
        loop.add_reader(descriptor, ready.set)
    except PermissionError:  # a regular file, or /dev/null: always ready, says epoll
        await asyncio.sleep(0)
    except NotImplementedError:  # Windows
        return await asyncio.to_thread(os.read, descriptor, _READ)
    else:
        try:
            await ready.wait()
        finally:
            loop.remove_reader(descriptor)
    try:
        return os.read(descriptor, _READ)
    except OSError:  # the terminal has gone
        return b""


def _descriptor(stream: TextIO | None) -> int | None:
    """The number behind a standard stream; None where it is closed, or there is none."""
    try:
        return None if stream is None else stream.fileno()
    except (OSError, ValueError):
        return None
