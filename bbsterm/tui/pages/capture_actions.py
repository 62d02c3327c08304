"""What a call page writes to files while the call goes on: captures and recordings; and the board's tunes."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from bbsterm.screen.terminal import MusicPlayed
from bbsterm.tui.actions import Place
from bbsterm.tui.pages.call_row import CallRow

if TYPE_CHECKING:
    from bbsterm.session.capture import Capture

__all__ = ["CaptureActions"]

_CHIPS: Final = {"txt": "LOG", "ans": "LOG", "cast": "REC"}
_SHORTEST_TUNE: Final = 2.0
_LONGEST_TUNE: Final = 30.0
"""Seconds that a note is shown for, whatever the board has played."""


class CaptureActions(CallRow):
    """The part of a call page that keeps what it sees. A capture lasts over redials, until it is ended."""

    _captures: dict[str, Capture]
    _written: dict[str, Path]
    _music: bool
    _note_timer: Timer | None = None

    def __init__(self) -> None:
        super().__init__()
        self._written = {}

    def action_capture(self) -> None:
        """Ask in which form to capture; or end the capture."""
        if "LOG" in self._captures:
            self._stop_capture("LOG")
        elif self._has_call():
            self._opened(self._modes.open(Place.CAPTURE).place)

    def action_capture_txt(self) -> None:
        """Write down what the board says, as text."""
        self._capture("txt")

    def action_capture_ans(self) -> None:
        """Write down the board's own bytes."""
        self._capture("ans")

    def action_record(self) -> None:
        """Record the call, or end the recording."""
        if "REC" in self._captures:
            self._stop_capture("REC")
        else:
            self._capture("cast")

    def _capture(self, kind: str) -> None:
        call = self._call
        if call is None or not self._has_call():
            return
        from bbsterm.session.capture import Capture  # here: few calls need it
        from bbsterm.tui.captures import file_shown, new_file

        chip = _CHIPS[kind]
        now = datetime.now()
        try:
            path, file = new_file(self._folder, self._board.name, now, kind)
        except OSError as error:
            self._toast(f"Not saved: {error}", bad=True)
            return
        self._captures[chip] = Capture(
            call,
            kind,
            file,
            clock=time.monotonic,
            timestamp=now.timestamp(),
            title=self._name_shown,
            failed=lambda reason: self._capture_failed(chip, reason),
        )
        self.set_chip(chip)
        self._written[chip] = path
        self._board.captured(str(path))
        self._toast(f"{'Recording to' if chip == 'REC' else 'Capturing to'} {file_shown(path)}")

    def _has_call(self) -> bool:
        if self._call is not None and self._ended is None:
            return True
        self._toast("There is no call to write down: s saves what it has shown.")
        return False

    def _stop_capture(self, chip: str) -> None:
        capture = self._captures.pop(chip)
        capture.close()
        self.set_chip(chip, None)
        from bbsterm.tui.captures import file_shown

        done = "Recorded" if chip == "REC" else "Captured"
        self._toast(f"{done} {_amount(capture.written)}: {file_shown(self._written[chip])}")

    def _capture_failed(self, chip: str, reason: str) -> None:
        self._captures.pop(chip, None)
        self.set_chip(chip, None)
        self._toast(f"The {'recording' if chip == 'REC' else 'capture'} has ended: {reason}", bad=True)

    def _move_captures(self) -> None:
        """Another call on the same page: what is being written goes on with it."""
        if not self._captures:
            self._board.captured("")
        if self._call is not None:
            for capture in tuple(self._captures.values()):
                capture.follow(self._call)

    def _close_captures(self) -> None:
        while self._captures:
            self._captures.popitem()[1].close()

    # --- tunes --------------------------------------------------------------------------------

    def action_music(self) -> None:
        """Notice tunes, or not."""
        self._music = not self._music
        self._toast("The board's tunes are shown as a note." if self._music else "Tunes are passed over.")

    def _tune(self, tune: MusicPlayed) -> None:
        """The board plays; we have no loudspeaker, and show it."""
        if not self._music:
            return
        name = "MUSIC" if getattr(self.app, "glyphs", "full") == "ascii" else "♪"
        seconds = sum(note.duration for note in tune.notes) / 1000
        if self._note_timer is not None:
            self._note_timer.stop()
        self._note_timer = self.set_timer(
            min(max(seconds, _SHORTEST_TUNE), _LONGEST_TUNE), lambda: self.set_chip(name, None)
        )
        self.set_chip(name)
        self._flash()


def _amount(size: int) -> str:
    return f"{size} bytes" if size < 10_000 else f"{size / 1000:.0f} kB"
