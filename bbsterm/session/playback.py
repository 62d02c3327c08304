"""A recording shown again, as if it were a call: to a page the one is as good as the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from bbsterm.net.address import Address
from bbsterm.session.encoding import kind_for, new_terminal
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

if TYPE_CHECKING:
    from bbsterm.protocol.vocabulary import WindowSize
    from bbsterm.screen.detect import Verdict
    from bbsterm.screen.terminal import Terminal
    from bbsterm.secret import Secret
    from bbsterm.session.recording import Recording
    from bbsterm.session.settings import CallSettings

__all__ = ["SPEEDS", "Playback"]

SPEEDS: Final = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Through which - and + walk."""

_FRAME: Final = 1 / 60
_AT_ONCE: Final = 64 * 1024
"""Bytes fed before keys get their turn."""

_ENCODINGS: Final = ("cp437", "utf-8", "latin_1", "petscii", "atascii")


class Playback:
    """Keeps to what a page knows of a call (`bbsterm.tui.contracts.CallLike`).

    Space pauses, ``+`` and ``-`` change the speed; nothing is sent to anybody.

    Args:
        recording: What is shown.
        speed: How many times as fast as it was.
    """

    def __init__(self, recording: Recording, speed: float = 1.0) -> None:
        self._recording = recording
        self._speed = speed
        self._paused = False
        self._stopped = False
        self._shown = 0  # pieces
        self._time = 0.0  # of the recording
        self._kind = recording.settings.terminal
        self._listeners: list[Callable[[CallEvent], None]] = []
        self._taps: list[Callable[[bytes], None]] = []
        self.terminal: Terminal = new_terminal(recording.settings)
        self.state = CallState.DIALING
        self.verdict: Verdict | None = None
        self.baud = 0
        self.quiet_seconds = 0.0
        self.unanswered = 0
        self.stopped = False

    # --- what a page asks -------------------------------------------------------------------

    @property
    def seconds(self) -> float:
        """How far it is."""
        return self._time

    @property
    def address(self) -> Address:
        """Nobody's: it is a file."""
        return Address(self._recording.name or "recording", 0, "raw")

    @property
    def settings(self) -> CallSettings:
        """How it is shown."""
        return self._recording.settings

    @property
    def local_echo(self) -> bool:
        """Nothing that is typed is shown."""
        return False

    @property
    def kind(self) -> str:
        """The emulation."""
        return self._kind

    @property
    def protocol_label(self) -> str:
        """What it does: "PLAY", "PLAY x2", "PAUSED"."""
        if self._paused:
            return "PAUSED"
        return "PLAY" if self._speed == 1 else f"PLAY x{self._speed:g}"

    @property
    def encryption(self) -> tuple[str, ...]:
        """None: there is no line."""
        return ()

    def listen(self, callback: Callable[[CallEvent], None]) -> Callable[[], None]:
        """Tell `callback` of everything from now on; returns what ends that."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def tap(self, callback: Callable[[bytes], None]) -> Callable[[], None]:
        """Give `callback` the text as it is shown; returns what ends that."""
        self._taps.append(callback)
        return lambda: self._taps.remove(callback)

    async def run(self) -> CallEnded:
        """Show it, and come back at its end."""
        loop = asyncio.get_running_loop()
        self._change(CallState.CONNECTED)
        before = loop.time()
        while not self._stopped and self._shown < len(self._recording.pieces):
            self._show_due()
            await asyncio.sleep(_FRAME)
            now = loop.time()
            if not self._paused:
                self._time += (now - before) * self._speed
            before = now
        ended = CallEnded("stopped" if self._stopped else "end of the recording", None, max(self._time, 0.01))
        self._change(CallState.ENDED)
        self._tell(ended)
        return ended

    def hang_up(self) -> None:
        """Stop."""
        self._stopped = True

    def press(self, key: str, character: str | None) -> None:
        """Space pauses and goes on; + and - change the speed."""
        if character == " ":
            self._paused = not self._paused
        elif character in ("+", "="):
            self._speed = next((speed for speed in SPEEDS if speed > self._speed), self._speed)
        elif character == "-":
            self._speed = next((speed for speed in reversed(SPEEDS) if speed < self._speed), self._speed)
        else:
            return
        self._tell(StatusChanged())

    def set_speed(self, baud: int) -> None:
        """A recording has its own times, and + and - for them."""

    def set_encoding(self, encoding: str) -> None:
        """Show it from its beginning up to here in another character set.

        Raises:
            UsageError: There is no such encoding.
        """
        kind = kind_for(encoding, self._kind)
        settings = self._recording.settings
        size = (self.terminal.columns, self.terminal.rows)
        self.terminal = new_terminal(settings, kind=kind, encoding=encoding, size=size)
        self._kind = kind
        self.terminal.feed(b"".join(piece.data for piece in self._recording.pieces[: self._shown]))
        self.terminal.take_replies()
        self.terminal.take_events()
        self._tell(TerminalReplaced())

    def next_encoding(self) -> str:
        """The same with the next of the likely ones; returns its name."""
        now = self.terminal.encoding.replace("-", "_")
        known = [name.replace("-", "_") for name in _ENCODINGS]
        wanted = _ENCODINGS[(known.index(now) + 1) % len(known) if now in known else 0]
        self.set_encoding(wanted)
        return self.terminal.encoding

    def resize(self, columns: int, rows: int, *, window: WindowSize | None = None) -> None:
        """A recording keeps its size."""

    def type(self, text: str) -> None:
        """Nobody reads what is typed."""

    def expect_echo(self, *secrets: bytes) -> None:
        """Nothing: nothing is sent."""

    def send_secret(self, secret: Secret) -> None:
        """Nobody gets it."""

    def send_bytes(self, data: bytes) -> None:
        """Nobody reads what is sent."""

    def paste(self, text: str) -> None:
        """Nobody reads what is pasted."""

    def expect_key(self) -> None:
        """Keys never wait here: little is fed at once."""

    # --- showing ------------------------------------------------------------------------------

    def _show_due(self) -> None:
        """Feed what is due by now, or as much of it as fits between two frames."""
        pieces, due, size = self._recording.pieces, [], 0
        while self._shown < len(pieces) and pieces[self._shown].at <= self._time and size < _AT_ONCE:
            due.append(pieces[self._shown].data)
            size += len(due[-1])
            self._shown += 1
        if not due:
            return
        data = b"".join(due)
        self.terminal.feed(data)
        for tap in tuple(self._taps):
            tap(data)
        self.terminal.take_replies()  # nobody has asked
        for event in self.terminal.take_events():
            self._tell(ScreenNotice(event))
        self._tell(ScreenChanged())

    def _change(self, state: CallState) -> None:
        self.state = state
        self._tell(StateChanged(state))

    def _tell(self, event: CallEvent) -> None:
        for listener in tuple(self._listeners):
            listener(event)
