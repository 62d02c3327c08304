"""From the wire to the screen: what a call does with the bytes that come, and what it says about them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from bbsterm.errors import BbstermError, NoCarrierError
from bbsterm.net.tls import is_tls_alert
from bbsterm.protocol.events import (
    CharsetAgreed,
    CloseAdvised,
    CommandReceived,
    Event,
    GmcpReceived,
    MsdpReceived,
    OptionChanged,
    RequestOption,
    TextReceived,
    WindowSizeChanged,
)
from bbsterm.protocol.options.ttype import TerminalType
from bbsterm.protocol.vocabulary import OptionCode, Side, WindowSize
from bbsterm.screen.terminal import BaudRateSelected, FontSelected, ScreenEvent
from bbsterm.session.call_facts import CallFacts
from bbsterm.session.dialing import why_lost
from bbsterm.session.events import (
    CallEvent,
    CallState,
    ScreenChanged,
    ScreenNotice,
    StateChanged,
    StatusChanged,
    TerminalReplaced,
)
from bbsterm.session.identity import charset_encoding, terminal_types
from bbsterm.session.line_editor import Order
from bbsterm.session.masking import Masker
from bbsterm.session.pacing import ReplyLimiter
from bbsterm.session.pump import LARGEST_SLICE, Pump
from bbsterm.session.trace import WireTrace
from bbsterm.session.typist import Typist
from bbsterm.session.vitals import Vitals

__all__ = ["Incoming"]

_log: Final = logging.getLogger("bbsterm.call")

_SOON: Final = 0.05  # s: no timer goes off more often
_SHOWN: Final = 256  # characters of an event in the log
_ECHO: Final = 10.0  # s: so long after a password was sent, anything may be its echo
_ECHO_HELD: Final = (
    2.0  # s that a beginning of an echo waits for the rest: a slow board sends 20 bytes a second
)
_HELD: Final = 0.25  # s, later on


class Incoming(CallFacts):
    """The half of a call that listens. The other half (`Call`) dials, types and hangs up."""

    mistakes: int
    stopped: bool
    _pump: Pump | None
    _typist: Typist
    _replies: ReplyLimiter
    _trace: WireTrace
    _masker: Masker
    _vitals: Vitals
    _echo_until: float
    _held_since: float
    _listeners: list[Callable[[CallEvent], None]]
    _notices: list[ScreenEvent]
    _planned: bool
    _status: tuple[object, ...]
    _was_line: bool

    def _finish(self, reason: str, error: BbstermError | None) -> None:
        raise NotImplementedError

    # --- who is told ------------------------------------------------------------------------

    def tap(self, callback: Callable[[bytes], None]) -> Callable[[], None]:
        """Have `callback` told of the board's bytes, telnet taken out, once shown; return what stops that."""
        return self._reader.tap(callback)

    def listen(self, callback: Callable[[CallEvent], None]) -> Callable[[], None]:
        """Have `callback` told of every event; return what stops that."""
        self._listeners.append(callback)

        def stop() -> None:
            if callback in self._listeners:
                self._listeners.remove(callback)

        return stop

    # --- from the board ---------------------------------------------------------------------

    def _take(self, limit: int) -> bytes:
        """What the pump gets: nothing while something is being shown, or while the board does not take what
        we already have for it.

        While output is stopped the board is read all the same, for it may ask something: up to a slice of
        text is held.
        """
        wire = self._wire
        held = self._flow.waiting
        busy = (held >= LARGEST_SLICE if self.stopped else held > 0) or self._inflating
        if wire is None or busy or (wire.congested and not wire.ended):
            return b""
        return wire.take(limit)

    def _has_more(self) -> bool:
        """Whether there is work without another byte from the wire: text that is due, compressed data."""
        if self.stopped:
            return False
        if self._flow.waiting:
            deadline = self._flow.deadline(now := self._clock())
            return deadline is not None and deadline <= now
        congested = self._wire is not None and self._wire.congested and not self._wire.ended
        return self._inflating and not congested

    @property
    def _inflating(self) -> bool:
        return self._engine is not None and self._engine.backlog

    def _receive(self, data: bytes) -> None:
        """One slice. Should it find a mistake of ours, it is logged once, and the call goes on."""
        try:
            self._work_on(data)
        except Exception:
            if not self.mistakes:
                _log.exception("a mistake of ours; %d bytes are passed over", len(data))
            self.mistakes += 1
            self._flow.clear()

    def _work_on(self, data: bytes) -> None:
        now = self._clock()
        if data:
            self._trace.received(data, self.seconds)
            self._watch.heard(now)
        if not self.address.tls and self.bytes_received == len(data) and is_tls_alert(data):
            self._lose("it speaks TLS on this port", hint=f"Call it as telnets://{self.address.place}.")
            return
        if self._flow.waiting and not self.stopped:
            self._display(self._flow.take(now, LARGEST_SLICE))
        elif self._engine is None:
            self._text(data)
        else:
            for event in self._engine.receive_data(data, now=now):
                self._handle(event)
        if replies := self.terminal.take_replies():
            self.send_bytes(self._replies.allow(replies, now))
        self._flush()

    def _text(self, data: bytes) -> None:
        """Text has come. Passwords that were sent become stars before anybody sees them.

        Only text may come through here: a file that is being received must not change.
        """
        if not self._masker.idle:
            if self._masker.echoing and self._clock() > self._echo_until:
                data = self._masker.flush() + data
                self._masker.echo_is_over()
            data = self._masker.feed(data)
            if self._masker.holds:
                self._hold()
        self._pass_on(data)

    def _hold(self) -> None:
        """What may be the beginning of a password waits a moment for the rest."""
        self._held_since = self._clock()
        self._later(_ECHO_HELD if self._masker.echoing else _HELD, self._release)

    def _release(self) -> None:
        """It was none, or the board has stopped in the middle of it."""
        patience = _ECHO_HELD if self._masker.echoing else _HELD
        if self._masker.holds and self._clock() - self._held_since >= patience - _SOON:
            self._pass_on(self._masker.flush())
            self._after_turn()

    def expect_echo(self, *secrets: bytes) -> None:
        """These are about to be sent, and may come back: they are stars wherever one could see them."""
        for secret in secrets:
            self._masker.hide(secret)
            self._trace.hide(secret)
            self._trace.hide(secret.replace(b"\xff", b"\xff\xff"))
        self._masker.echoing = True
        self._echo_until = self._clock() + _ECHO

    def _pass_on(self, data: bytes) -> None:
        """Short pieces are shown at once, where nothing has to wait."""
        if self.stopped:
            self._flow.put(data)
        elif len(data) <= LARGEST_SLICE and self._flow.passes(data):
            self._display(data)
        else:
            self._flow.put(data)
            self._display(self._flow.take(self._clock(), LARGEST_SLICE))

    def _display(self, data: bytes) -> None:
        if not data:
            return
        self._reader.receive(data)
        if data.endswith(b"*r"):
            self._notices += self.terminal.take_events()
            for notice in self._notices:
                if isinstance(notice, BaudRateSelected):
                    self._flow.select(notice.rate)

    def _handle(self, event: Event) -> None:
        match event:
            case TextReceived(data):
                self._text(data)
                return
            case CharsetAgreed(name):
                self._switch_encoding(name)
            case CloseAdvised(reason):
                self._finish(f"{reason}; hung up", NoCarrierError(reason))
            case OptionChanged():
                self._introduce_to_mud(event)
            case GmcpReceived() | MsdpReceived():
                self._vitals.hear(event)
        _log.debug("%.*s", _SHOWN, event)

    def _introduce_to_mud(self, event: OptionChanged) -> None:
        if self._engine is not None:
            for message in self._vitals.introduction(event):
                self._engine.send(message)

    def _switch_encoding(self, name: str) -> None:
        """The board and we have agreed on a character set; a caller who chose one has chosen."""
        encoding = charset_encoding(name)
        if encoding is not None:
            self._reader.agreed(encoding)

    def _terminal_replaced(self, *, resized: bool) -> None:
        """Tell the board what follows from it; and whoever shows it."""
        self._follow_kind()
        announced = self._introduce()
        if self._engine is not None and resized:
            self._engine.send(WindowSizeChanged(WindowSize(self.terminal.columns, self.terminal.rows)))
            self._flush()
        self._tell(TerminalReplaced(announced))

    def _introduce(self) -> str:
        """Be called as the machine that we are now. A board that has asked is made to ask again.

        TERMINAL-TYPE may only be said when asked for (RFC 1091), but an option may be ended and offered anew.
        """
        option = None if self._engine is None else self._engine.option(OptionCode.TTYPE)
        if self._engine is None or not isinstance(option, TerminalType):
            return ""
        names = terminal_types(self.kind, self.terminal.encoding, tls=self.address.tls)
        told, was = self._engine.enabled(OptionCode.TTYPE, Side.LOCAL), option.names[0]
        option.rename(names)
        if not told or was == names[0]:
            return ""
        for enabled in (False, True):
            self._engine.send(RequestOption(OptionCode.TTYPE, Side.LOCAL, enabled))
        self._flush()
        return names[0]

    def _follow_kind(self) -> None:
        """A home computer's bytes are all meant, whether BINARY has been agreed on or not."""
        if self._engine is not None:
            self._engine.force_binary(self._reader.retro)

    def _after_turn(self) -> None:
        """Say, once a turn of the pump, what is different."""
        notices, self._notices = [*self._notices, *self.terminal.take_events()], []
        for notice in notices:
            if isinstance(notice, FontSelected):
                self._reader.noticed(notice)
        self._go_on()
        self._reader.consider()
        self._tell_status()
        self._tell(ScreenChanged(more=self._wire is not None and self._wire.queued > LARGEST_SLICE))
        for notice in notices:
            self._tell(ScreenNotice(notice))

    def _go_on(self) -> None:
        """Plan the next turn for when held text is due."""
        now = self._clock()
        deadline = self._flow.deadline(now)
        if deadline is not None and deadline > now and not self._planned:
            self._planned = True
            self._later(deadline - now, self._show_on)

    def _show_on(self) -> None:
        self._planned = False
        if self._pump is not None:
            self._pump.wake()

    def _tell_status(self) -> None:
        status = self._current_status()
        if status != self._status:
            self._status = status
            was_line, self._was_line = self._was_line, self.input_mode.line
            if was_line and not self._was_line:
                self._typist.stop_editing()
            self._tell(StatusChanged())

    def _check_end(self) -> None:
        """Everything that arrived has been shown: if nothing more will come, the call is over."""
        if self._flow.waiting:
            self._go_on()
            return
        if self._wire is None or not self._wire.ended or self._wire.queued or self._inflating:
            return
        if self._masker.holds:
            self._pass_on(self._masker.flush())
            if self._flow.waiting:
                self._go_on()
                return
        if self._engine is not None:
            for event in self._engine.receive_eof():
                self._handle(event)
        if self._wire.error is None:
            self._finish("connection closed by host", None)
        else:
            self._lose(why_lost(self._wire.error))

    def _lose(self, reason: str, *, hint: str = "") -> None:
        lost = NoCarrierError(reason, hint=hint)
        self._finish(str(lost), lost)

    # --- to the board ---------------------------------------------------------------------------

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

    def order(self, order: Order) -> None:
        """Send a telnet command, or the control character that stands for it where telnet is not spoken."""
        if self._engine is not None and self.speaks_telnet:
            self._engine.send(CommandReceived(order.command))
            self._flush()
        else:
            self._write(order.byte)

    # --- a silent line ------------------------------------------------------------------------

    def _keep_alive(self) -> None:
        """Send what keeps the line open, when it is time; and look again when it may be time."""
        if self.state is CallState.ENDED or (deadline := self._watch.deadline) is None:
            return
        now = self._clock()
        if now >= deadline:
            command = self._watch.tick(now)
            if command is not None and self.speaks_telnet:
                self.order(Order(command, b""))
            if self.unanswered:
                self._tell(StatusChanged())
        self._later(max((self._watch.deadline or now) - now, _SOON), self._keep_alive)

    # --- small things -----------------------------------------------------------------------

    def _current_status(self) -> tuple[object, ...]:
        """All that a status row, or the terminal under `--plain`, follows."""
        return (
            self.input_mode,
            self.flow_control,
            self.protocol_label,
            self.terminal.encoding,
            self.verdict,
        )

    def _flush(self) -> None:
        if self._engine is not None:
            self._write(self._engine.data_to_send())

    def _write(self, data: bytes) -> None:
        if data and self._wire is not None and self.state is CallState.CONNECTED:
            self._trace.sent(data, self.seconds)
            self._watch.said(self._clock())
            self._wire.write(data)

    def _later(self, delay: float, callback: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_later(delay, callback)

    def _set_state(self, state: CallState) -> None:
        self.state = state
        self._tell(StateChanged(state))

    def _drawn(self) -> None:
        self._tell(ScreenChanged())

    def _tell_alive(self, event: CallEvent) -> None:
        """Tell what a timer found, unless the call is over by now."""
        if self.state is CallState.CONNECTED:
            self._tell(event)

    def _tell(self, event: CallEvent) -> None:
        for listener in tuple(self._listeners):
            listener(event)
