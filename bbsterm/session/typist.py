"""From what a caller presses, types and pastes to what the board gets, as the input mode has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from bbsterm.limits import OUTBOX_LOW
from bbsterm.protocol.events import FlowControlChanged
from bbsterm.screen.terminal import Terminal
from bbsterm.session.line_editor import Act, LineEditor, Order, PassOn, Submit
from bbsterm.session.local_echo import draw, echo_of_key
from bbsterm.session.modes import InputMode
from bbsterm.session.pacing import Pacer, clean_paste
from bbsterm.session.special_keys import SpecialKeys

__all__ = ["Line", "Typist"]

_RETRY: Final = 0.02  # s until a paste looks again whether the board takes more


class Line(Protocol):
    """What a typist needs of a call."""

    @property
    def terminal(self) -> Terminal:
        """Knows the keys, and shows the local echo."""
        ...

    @property
    def input_mode(self) -> InputMode:
        """Who edits and who echoes, now."""
        ...

    @property
    def line_end(self) -> bytes:
        """What ends a line, now."""
        ...

    @property
    def unsent(self) -> int:
        """Bytes that the board has not taken yet."""
        ...

    def send_bytes(self, data: bytes) -> None:
        """Send text in the board's bytes."""
        ...

    @property
    def special_keys(self) -> SpecialKeys | None:
        """What LINEMODE has settled about single keys."""
        ...

    @property
    def speaks_telnet(self) -> bool:
        """Whether the board has negotiated anything."""
        ...

    @property
    def flow_control(self) -> FlowControlChanged | None:
        """Whether Ctrl+S and Ctrl+Q are for us."""
        ...

    @property
    def stopped(self) -> bool:
        """Whether what the board says is held back."""
        ...

    def show(self, data: bytes) -> None:
        """Show bytes on the terminal, as if the board had sent them."""
        ...

    def stop_output(self, on: bool = True) -> None:
        """Hold back what the board says, or no longer."""
        ...

    def order(self, order: Order) -> None:
        """Send a telnet command, or what stands for it."""
        ...


class Typist:
    """Sits between the keyboard and a call.

    Args:
        line: The call.
        later: Runs a function in so many seconds; only pastes need it.
        clock: Seconds, monotonic.
        drawn: Called when the local echo may have changed the screen by itself.
    """

    def __init__(
        self,
        line: Line,
        *,
        later: Callable[[float, Callable[[], None]], None],
        clock: Callable[[], float],
        drawn: Callable[[], None],
    ) -> None:
        self._line = line
        self._later = later
        self._clock = clock
        self._drawn = drawn
        self._editor = LineEditor()
        self._pacer = Pacer()
        self._planned = False

    def press(self, key: str, character: str | None) -> None:
        """Take one key, under Textual's name. Ctrl+C also ends a paste that is still going out."""
        if key == "ctrl+c":
            self.stop_pasting()
        if self._stops_or_starts(key):
            return
        mode = self._line.input_mode
        if mode.line:
            self._editor.remembers = mode.local_echo and self._line.speaks_telnet
            self._do(self._editor.press(key, character, self._line.special_keys))
        else:
            self._send_echoed(self._line.terminal.press(key, character) or b"")
        self._drawn()

    def _stops_or_starts(self, key: str) -> bool:
        """Whether a key was XOFF or XON, which RFC 1372 has left to us. What was stopped can always go on."""
        line, flow = self._line, self._line.flow_control
        if key == "ctrl+q" and line.stopped:
            line.stop_output(False)
            return True
        if flow is None or not flow.enabled:
            return False
        if key in ("ctrl+s", "ctrl+q"):
            line.stop_output(key == "ctrl+s")
            return True
        if flow.restart_any:
            line.stop_output(False)
        return False

    def type(self, text: str) -> None:
        """Take text as if it had been typed: every newline is Enter."""
        if self._line.input_mode.line:
            first, *others = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self._do(self._editor.insert(first))
            for line in others:
                self._do(self._editor.press("enter", None))
                self._do(self._editor.insert(line))
        else:
            self._send_echoed(self._line.terminal.encode(text))
        self._drawn()

    def paste(self, text: str) -> None:
        """Take a clipboard: without control characters, and line by line, as the board takes it."""
        text = clean_paste(text)
        if self._line.input_mode.line:
            self.type(text)
            return
        terminal = self._line.terminal
        data = terminal.encode(text)
        self._pacer.add(b"\x1b[200~" + data + b"\x1b[201~" if terminal.bracketed_paste else data)
        if not self._planned:
            self._paste_on()

    def stop_pasting(self) -> None:
        """Forget what has not gone out yet."""
        self._pacer.clear()

    def stop_editing(self) -> None:
        """The board wants single keys from now on: give it what stands in the line."""
        self._do(self._editor.take())

    def _do(self, acts: list[Act]) -> None:
        line = self._line
        for act in acts:
            if line.input_mode.local_echo:
                draw(line.terminal, act, line.show)
            match act:
                case Submit(text, enter):
                    line.send_bytes(line.terminal.encode(text) + (line.line_end if enter else b""))
                case Order():
                    line.order(act)
                case PassOn(key, character):
                    line.send_bytes(line.terminal.press(key, character) or b"")

    def _send_echoed(self, data: bytes) -> None:
        """Send what was typed in character mode, and show it where nobody else does."""
        self._line.send_bytes(data)
        if self._line.input_mode.local_echo:
            self._line.show(echo_of_key(data))

    def _paste_on(self) -> None:
        """Send the next line when it is due and the board has taken the ones before."""
        self._planned = False
        now = self._clock()
        if self._line.unsent <= OUTBOX_LOW and (data := self._pacer.take(now)):
            self._send_echoed(data)
            self._drawn()
        deadline = self._pacer.deadline
        if deadline is not None:
            self._planned = True
            self._later(max(deadline - now, 0.0) or _RETRY, self._paste_on)
