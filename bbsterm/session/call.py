"""One call, from dialling to hang-up: the wire, the engine and the terminal, and the only clock."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from bbsterm.errors import BbstermError
from bbsterm.net.address import Address
from bbsterm.net.transport import Wire
from bbsterm.protocol.connection import Connection
from bbsterm.protocol.events import (
    WindowSizeChanged,
)
from bbsterm.protocol.vocabulary import Role, WindowSize
from bbsterm.session.dialing import dial_until
from bbsterm.session.encoding import Reader, Tape, same_encoding
from bbsterm.session.events import (
    CallEnded,
    CallEvent,
    CallState,
    StatusChanged,
    Trying,
)
from bbsterm.session.flow import Flow
from bbsterm.session.identity import client_options, client_strategy
from bbsterm.session.incoming import Incoming
from bbsterm.session.keep_alive import KeepAlive
from bbsterm.session.masking import Masker
from bbsterm.session.modes import InputChoice
from bbsterm.session.pacing import ReplyLimiter
from bbsterm.session.pump import Pump
from bbsterm.session.settings import CallSettings
from bbsterm.session.trace import WireTrace
from bbsterm.session.typist import Typist
from bbsterm.session.vitals import Vitals

if TYPE_CHECKING:
    from bbsterm.screen.terminal import ScreenEvent, Terminal
    from bbsterm.secret import Secret

__all__ = ["Call"]

_log: Final = logging.getLogger("bbsterm.call")

_SOON: Final = 0.05  # s: no timer goes off more often
_SHOWN: Final = 256  # characters of an event in the log


class Call(Incoming):
    """A call to one board. It is made once; to redial, make another with the same `terminal`.

    Everything happens in the event loop of `run`; what the board does wrong ends at most in `CallEnded`.

    Args:
        address: Whom to call.
        settings: How; the defaults if None.
        terminal: Where to show it; a new one if None. An old one keeps its scrollback.
        tape: What was shown on that one in earlier calls (their `tape`).
        clock: Seconds, monotonic.
    """

    def __init__(
        self,
        address: Address,
        settings: CallSettings | None = None,
        *,
        terminal: Terminal | None = None,
        tape: Tape | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.address = address
        self.settings = settings or CallSettings()
        self._reader = Reader(self.settings, terminal, tape, replaced=self._terminal_replaced)
        self.state = CallState.DIALING
        self.ended: CallEnded | None = None
        """How it ended, once it has."""
        self.mistakes = 0
        """Slices of the board's bytes that found an error in our own code. 0, one hopes."""
        self._clock = clock
        self._engine = _new_engine(address, self.settings, self.terminal)
        self._follow_kind()
        self._typist = Typist(self, later=self._later, clock=clock, drawn=self._drawn)
        self._replies = ReplyLimiter()
        self._flow = Flow(self.settings.baud, steady=not self.settings.pace)
        self._watch = KeepAlive(
            self.settings.keep_alive, self.settings.keep_alive_interval, now=self._clock()
        )
        self._notices: list[ScreenEvent] = []
        self._planned = False
        self.stopped = False
        """Whether what the board says is held back until XON (`stop_output`)."""
        self._trace = WireTrace()
        self._masker = Masker()
        self._vitals = Vitals(tell=self._tell_alive, later=self._later, clock=clock)
        self._echo_until = self._held_since = 0.0
        self._listeners: list[Callable[[CallEvent], None]] = []
        self._wire: Wire | None = None
        self._pump: Pump | None = None
        self._running = False
        self._over = asyncio.Event()
        self._outcome: tuple[str, BbstermError | None] = ("", None)
        self._connected_at: float | None = None
        self._status = self._current_status()
        self._was_line = self.input_mode.line

    # --- what there is to do --------------------------------------------------------------

    async def run(self) -> CallEnded:
        """Dial, and pump until the call ends. Only cancelling it, or running it twice, raises.

        Raises:
            RuntimeError: It has been run before.
        """
        if self._running:
            raise RuntimeError("a call is made once")
        self._running = True
        self._reader.begin()
        self._set_state(CallState.DIALING)
        try:
            await self._dial()
            await self._over.wait()
            if self._wire is not None:
                await self._wire.close()
        except BbstermError as problem:
            self._outcome = (str(problem), problem)
        except asyncio.CancelledError:
            self._outcome = ("cancelled", None)
            raise
        finally:
            ended = self._end(*self._outcome)
        return ended

    def press(self, key: str, character: str | None) -> None:
        """A key was pressed, named as Textual names it; `character` is what it types, if anything."""
        if self._pump is not None:
            self._pump.release()
        if self.state is CallState.CONNECTED:
            self._typist.press(key, character)

    def type(self, text: str) -> None:
        """Type `text` as if on the keyboard: every newline is Enter."""
        if self.state is CallState.CONNECTED:
            self._typist.type(text)

    def paste(self, text: str) -> None:
        """Paste `text`: without its control characters, line by line, as fast as the board takes it."""
        if self.state is CallState.CONNECTED:
            self._typist.paste(text)

    def send_secret(self, secret: Secret) -> None:
        """Send a secret in the board's characters: not echoed by us, and stars wherever it comes back."""
        if self.state is CallState.CONNECTED:
            self._typist.stop_editing()  # what was typed before it goes before it
            data = self.terminal.encode(secret.reveal())
            self.expect_echo(data, secret.reveal().encode("utf-8", "replace"))
            self.send_bytes(data)

    def show(self, data: bytes) -> None:
        """Show bytes on the terminal, as if the board had sent them."""
        self._reader.show(data)

    def set_speed(self, baud: int) -> None:
        """Show what the board says at so many bits per second from now on; 0 is at once."""
        self._flow.select(baud)
        if self._pump is not None:
            self._pump.wake()  # what is held may be due
        self._tell_status()

    def set_encoding(self, encoding: str) -> None:
        """Read everything received in this character set, from the start; nothing else changes it again.

        Raises:
            UsageError: There is no such encoding.
        """
        self._reader.choose(encoding)
        self._tell_status()

    def next_encoding(self) -> str:
        """The same with the next of the likely character sets; return its name."""
        from bbsterm.screen.detect import CHOICES  # here: only who cycles pays for its patterns

        now = self.terminal.encoding
        places = [place for place, name in enumerate(CHOICES) if same_encoding(name, now)]
        self.set_encoding(CHOICES[(places[0] + 1) % len(CHOICES) if places else 0])
        return self.terminal.encoding

    def resize(self, columns: int, rows: int, *, window: WindowSize | None = None) -> None:
        """There is room for a screen of this size now; a board that asked for it (NAWS) is told.

        A home computer keeps its own.

        Args:
            columns: Width of the screen in cells.
            rows: Height of the screen in cells.
            window: What the board is told, where less than the screen can be seen at once.
        """
        self._reader.resized(columns, rows)
        if self._engine is not None:
            size = WindowSize(self.terminal.columns, self.terminal.rows)
            if window is not None:
                size = WindowSize(min(window.columns, size.columns), min(window.rows, size.rows))
            self._engine.send(WindowSizeChanged(size))
            self._flush()
        self._drawn()

    def stop_output(self, on: bool = True) -> None:
        """Show nothing more until this is called with False; the board comes to a halt by itself.

        What it asks in telnet is answered meanwhile, until a slice of text is held back.
        """
        if self.stopped != on:
            self.stopped = on
            self._tell(StatusChanged())
            if self._pump is not None:
                self._pump.wake()

    def send_eof(self) -> None:
        """Say that nothing more will be sent, and go on listening (not over TLS, which cannot)."""
        if self._wire is not None:
            self._wire.write_eof()

    def expect_key(self) -> None:
        """A key is on its way to `press`: in a flood, do not let it wait behind the board's bytes."""
        if self._pump is not None:
            self._pump.hold()

    def hang_up(self) -> None:
        """End the call, at any time."""
        self._finish("hung up", None)

    # --- dialling and the end --------------------------------------------------------------

    async def _dial(self) -> None:
        """Connect, unless the call is over before that."""
        pump = Pump(
            self._take,
            self._receive,
            after_turn=self._after_turn,
            drained=self._check_end,
            more=self._has_more,
            call_soon=asyncio.get_running_loop().call_soon,
            clock=self._clock,
        )
        wire = await dial_until(
            self._over,
            self.address,
            self.settings,
            wake=pump.wake,
            trying=lambda where: self._tell(Trying(where)),
        )
        if wire is not None and not self._over.is_set():
            self._connected(wire, pump)

    def _connected(self, wire: Wire, pump: Pump) -> None:
        self._wire, self._pump = wire, pump
        self._connected_at = now = self._clock()
        self._watch.heard(now)
        self._watch.said(now)
        self._keep_alive()
        self._set_state(CallState.CONNECTED)
        if self._engine is not None:
            self._engine.begin()
            self._flush()
        pump.wake()

    def _finish(self, reason: str, error: BbstermError | None) -> None:
        """Have `run` come to its end; the first reason counts."""
        if self._pump is not None:
            self._pump.stop()
        if not self._over.is_set():
            self._outcome = (reason, error)
            self._over.set()

    def _end(self, reason: str, error: BbstermError | None) -> CallEnded:
        """Leave nothing open and nothing planned, and say so."""
        if self._pump is not None:
            self._pump.stop()
        if self._wire is not None:
            self._wire.abort()
        self._typist.stop_pasting()
        self.ended = ended = CallEnded(reason, error, self.seconds)
        _log.info("%s: %s after %.1f s", self.address, reason, ended.seconds)
        self._set_state(CallState.ENDED)
        self._tell(ended)
        return ended


def _new_engine(address: Address, settings: CallSettings, terminal: Terminal) -> Connection | None:
    if address.protocol == "raw":
        return None
    size = WindowSize(terminal.columns, terminal.rows)  # a machine may have a size of its own
    lines = settings.mode is not InputChoice.RAW  # who insists on single keys edits no lines
    options = client_options(address, settings.terminal, settings.encoding, size, lines=lines)
    return Connection(Role.CLIENT, options, strategy=client_strategy(settings.terminal))
