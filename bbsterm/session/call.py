"""One call, from dialling to hang-up: the wire, the engine and the terminal, and the only clock."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from bbsterm.errors import BbstermError, NoCarrierError
from bbsterm.net.address import Address
from bbsterm.net.dial import dial
from bbsterm.net.tls import is_tls_alert
from bbsterm.net.transport import Wire
from bbsterm.protocol.connection import Connection
from bbsterm.protocol.events import (
    CharsetAgreed,
    CloseAdvised,
    CommandReceived,
    Event,
    TextReceived,
    WindowSizeChanged,
)
from bbsterm.protocol.vocabulary import OptionCode, Role, Side, WindowSize
from bbsterm.screen.terminal import FontSelected
from bbsterm.session.encoding import LINE_ENDINGS, Reader, Tape, same_encoding
from bbsterm.session.events import (
    CallEnded,
    CallEvent,
    CallState,
    ScreenChanged,
    ScreenNotice,
    StateChanged,
    StatusChanged,
    TerminalReplaced,
)
from bbsterm.session.identity import charset_encoding, client_options, client_strategy
from bbsterm.session.line_editor import Order
from bbsterm.session.modes import InputChoice, InputMode, input_mode
from bbsterm.session.pacing import ReplyLimiter
from bbsterm.session.pump import Pump
from bbsterm.session.settings import CallSettings
from bbsterm.session.trace import WireTrace
from bbsterm.session.typist import Typist

if TYPE_CHECKING:
    from bbsterm.screen.detect import Verdict
    from bbsterm.screen.terminal import Terminal
    from bbsterm.secret import Secret

__all__ = ["Call"]

_log: Final = logging.getLogger("bbsterm.call")

_SHOWN: Final = 256  # characters of an event in the log


class Call:
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
        self._trace = WireTrace()
        self._listeners: list[Callable[[CallEvent], None]] = []
        self._wire: Wire | None = None
        self._pump: Pump | None = None
        self._running = False
        self._over = asyncio.Event()
        self._outcome: tuple[str, BbstermError | None] = ("", None)
        self._connected_at: float | None = None
        self._status = self._current_status()

    # --- what there is to see -----------------------------------------------------------

    @property
    def terminal(self) -> Terminal:
        """What the board paints on. In another character set it is another one (`TerminalReplaced`)."""
        return self._reader.terminal

    @property
    def kind(self) -> str:
        """The emulation, as `CallSettings.terminal` has it."""
        return self._reader.kind

    @property
    def chosen_encoding(self) -> str | None:
        """The character set that a person has chosen, before the call or in it."""
        return self._reader.chosen

    @property
    def verdict(self) -> Verdict | None:
        """What the evidence says about the character set; None where nobody asks it."""
        return self._reader.verdict

    @property
    def tape(self) -> Tape:
        """What the terminal has shown, for the next call on it."""
        return self._reader.tape

    @property
    def seconds(self) -> float:
        """How long the line is, or was, open."""
        if self.ended is not None:
            return self.ended.seconds
        return 0.0 if self._connected_at is None else self._clock() - self._connected_at

    @property
    def speaks_telnet(self) -> bool:
        """Whether the board has sent telnet: until then it may be any TCP host."""
        return self._engine is not None and self._engine.negotiated

    @property
    def protocol_label(self) -> str:
        """What is spoken: "TELNET", "TELNET/TLS", or "RAW", also where the host turned out to speak none."""
        telnet = self.speaks_telnet or (self._engine is not None and not self.bytes_received)
        label = "TELNET" if telnet else "RAW"
        if not self.address.tls:
            return label
        return f"{label}/TLS" if self.settings.tls.verify else f"{label}/TLS UNVERIFIED"

    @property
    def input_mode(self) -> InputMode:
        """Who edits the line and who echoes, as things stand now."""
        choice = self.settings.mode
        if choice is InputChoice.AUTO and (self._engine is None or self._reader.retro):
            choice = InputChoice.RAW
        return input_mode(echo=self._board(OptionCode.ECHO), sga=self._board(OptionCode.SGA), choice=choice)

    @property
    def local_echo(self) -> bool:
        """Whether what is typed is shown by us."""
        return self.input_mode.local_echo

    @property
    def line_end(self) -> bytes:
        """What ends a line: in line mode CR LF (RFC 854), in character mode the machine's Enter."""
        if self.settings.line_ending is not None and not self._reader.retro:
            return LINE_ENDINGS[self.settings.line_ending]
        if self.input_mode.line and not self._reader.retro:
            return b"\r\n"
        return self.terminal.encode("\n")

    @property
    def bytes_received(self) -> int:
        """Bytes off the wire, telnet's own included."""
        return 0 if self._wire is None else self._wire.received

    @property
    def bytes_sent(self) -> int:
        """Bytes onto the wire, telnet's own included."""
        return 0 if self._wire is None else self._wire.sent

    @property
    def unsent(self) -> int:
        """Bytes that the board has not taken yet."""
        return 0 if self._wire is None else self._wire.unsent

    @property
    def unshown(self) -> int:
        """Bytes that have arrived and wait for the terminal."""
        return 0 if self._wire is None else self._wire.queued

    def listen(self, callback: Callable[[CallEvent], None]) -> Callable[[], None]:
        """Have `callback` told of every event; return what stops that."""
        self._listeners.append(callback)

        def stop() -> None:
            if callback in self._listeners:
                self._listeners.remove(callback)

        return stop

    def tap(self, callback: Callable[[bytes], None]) -> Callable[[], None]:
        """Have `callback` told of the board's bytes, telnet taken out, once shown; return what stops that."""
        return self._reader.tap(callback)

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

    def send_bytes(self, data: bytes) -> None:
        """Send text in the board's bytes, unedited and unechoed. IACs are doubled where telnet is spoken.

        A host that has never sent telnet gets the bytes as they are. A home computer's CR never has a NUL
        after it, BINARY or not.
        """
        if self._engine is not None and self.speaks_telnet:
            (self._engine.send_bytes if self._reader.retro else self._engine.send_text)(data)
            self._flush()
        else:
            self._write(data)

    def send_secret(self, secret: Secret) -> None:
        """Send a secret in the board's characters: not echoed by us, and shown as stars in the log."""
        if self.state is CallState.CONNECTED:
            self._typist.stop_editing()  # what was typed before it goes before it
            data = self.terminal.encode(secret.reveal())
            self._trace.hide(data)
            self.send_bytes(data)

    def show(self, data: bytes) -> None:
        """Show bytes on the terminal, as if the board had sent them."""
        self._reader.show(data)

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

    def order(self, order: Order) -> None:
        """Send a telnet command, or the control character that stands for it where telnet is not spoken."""
        if self._engine is not None and self.speaks_telnet:
            self._engine.send(CommandReceived(order.command))
            self._flush()
        else:
            self._write(order.byte)

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

    def send_eof(self) -> None:
        """Say that nothing more will be sent, and go on listening (not over TLS, which cannot)."""
        if self._wire is not None:
            self._wire.write_eof()

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
            call_soon=asyncio.get_running_loop().call_soon,
            clock=self._clock,
        )
        dialing = asyncio.create_task(
            dial(
                self.address,
                lambda: Wire(pump.wake),
                connect_timeout=self.settings.connect_timeout,
                family=self.settings.family,
                tls=self.settings.tls,
            )
        )
        hanging_up = asyncio.create_task(self._over.wait())
        try:
            await asyncio.wait((dialing, hanging_up), return_when=asyncio.FIRST_COMPLETED)
        finally:
            hanging_up.cancel()
            if self._over.is_set() or not dialing.done():
                dialing.cancel()
                dialing.add_done_callback(_abandon)
        if not self._over.is_set():
            self._connected(dialing.result(), pump)

    def _connected(self, wire: Wire, pump: Pump) -> None:
        self._wire, self._pump = wire, pump
        self._connected_at = self._clock()
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

    # --- from the board ---------------------------------------------------------------------

    def _take(self, limit: int) -> bytes:
        """What the pump gets: nothing while the board does not take what we already have for it."""
        if self._wire is None or (self._wire.congested and not self._wire.ended):
            return b""
        return self._wire.take(limit)

    def _receive(self, data: bytes) -> None:
        """One slice. Should it find a mistake of ours, it is logged once, and the call goes on."""
        try:
            self._work_on(data)
        except Exception:
            if not self.mistakes:
                _log.exception("a mistake of ours; %d bytes are passed over", len(data))
            self.mistakes += 1

    def _work_on(self, data: bytes) -> None:
        self._trace.received(data, self.seconds)
        if not self.address.tls and self.bytes_received == len(data) and is_tls_alert(data):
            self._lose("it speaks TLS on this port", hint=f"Call it as telnets://{self.address.place}.")
            return
        now = self._clock()
        if self._engine is None:
            self._reader.receive(data)
        else:
            for event in self._engine.receive_data(data, now=now):
                self._handle(event)
        if replies := self.terminal.take_replies():
            self.send_bytes(self._replies.allow(replies, now))
        self._flush()

    def _handle(self, event: Event) -> None:
        match event:
            case TextReceived(data):
                self._reader.receive(data)
                return
            case CharsetAgreed(name):
                self._switch_encoding(name)
            case CloseAdvised(reason):
                self._finish(f"{reason}; hung up", NoCarrierError(reason))
        _log.debug("%.*s", _SHOWN, event)

    def _switch_encoding(self, name: str) -> None:
        """The board and we have agreed on a character set; a caller who chose one has chosen."""
        encoding = charset_encoding(name)
        if encoding is not None:
            self._reader.agreed(encoding)

    def _terminal_replaced(self, *, resized: bool) -> None:
        """Tell the board what follows from it; and whoever shows it."""
        self._follow_kind()
        if self._engine is not None and resized:
            self._engine.send(WindowSizeChanged(WindowSize(self.terminal.columns, self.terminal.rows)))
            self._flush()
        self._tell(TerminalReplaced())

    def _follow_kind(self) -> None:
        """A home computer's bytes are all meant, whether BINARY has been agreed on or not."""
        if self._engine is not None:
            self._engine.force_binary(self._reader.retro)

    def _after_turn(self) -> None:
        """Say, once a turn of the pump, what is different."""
        notices = self.terminal.take_events()
        for notice in notices:
            if isinstance(notice, FontSelected):
                self._reader.noticed(notice)
        self._reader.consider()
        self._tell_status()
        self._drawn()
        for notice in notices:
            self._tell(ScreenNotice(notice))

    def _tell_status(self) -> None:
        status = self._current_status()
        if status != self._status:
            was_line = self._status[0].line
            self._status = status
            if was_line and not self.input_mode.line:
                self._typist.stop_editing()
            self._tell(StatusChanged())

    def _check_end(self) -> None:
        """Everything that arrived has been shown: if nothing more will come, the call is over."""
        if self._wire is None or not self._wire.ended or self._wire.queued:
            return
        if self._engine is not None:
            for event in self._engine.receive_eof():
                self._handle(event)
        if self._wire.error is None:
            self._finish("connection closed by the board", None)
        else:
            self._lose(_why(self._wire.error))

    def _lose(self, reason: str, *, hint: str = "") -> None:
        lost = NoCarrierError(reason, hint=hint)
        self._finish(str(lost), lost)

    # --- small things -----------------------------------------------------------------------

    def _board(self, option: OptionCode) -> bool:
        return self._engine is not None and self._engine.enabled(option, Side.REMOTE)

    def _current_status(self) -> tuple[InputMode, str, str, Verdict | None]:
        return self.input_mode, self.protocol_label, self.terminal.encoding, self.verdict

    def _flush(self) -> None:
        if self._engine is not None:
            self._write(self._engine.data_to_send())

    def _write(self, data: bytes) -> None:
        if data and self._wire is not None and self.state is CallState.CONNECTED:
            self._trace.sent(data, self.seconds)
            self._wire.write(data)

    def _later(self, delay: float, callback: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_later(delay, callback)

    def _set_state(self, state: CallState) -> None:
        self.state = state
        self._tell(StateChanged(state))

    def _drawn(self) -> None:
        self._tell(ScreenChanged())

    def _tell(self, event: CallEvent) -> None:
        for listener in tuple(self._listeners):
            listener(event)


def _new_engine(address: Address, settings: CallSettings, terminal: Terminal) -> Connection | None:
    if address.protocol == "raw":
        return None
    size = WindowSize(terminal.columns, terminal.rows)  # a machine may have a size of its own
    options = client_options(address, settings.terminal, settings.encoding, size)
    return Connection(Role.CLIENT, options, strategy=client_strategy(settings.terminal))


def _abandon(dialing: asyncio.Task[Wire]) -> None:
    """Hang up on a board that answered after its caller had gone."""
    if not dialing.cancelled() and dialing.exception() is None:
        dialing.result().abort()


def _why(error: Exception) -> str:
    """A lost line's reason in the system's words, without its number."""
    if isinstance(error, BrokenPipeError):  # the same, noticed by writing rather than by reading
        return os.strerror(errno.ECONNRESET).lower()
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno).lower()
    return str(error) or type(error).__name__
