"""A macro on a recording instead of a call: which prompts it would have found, when, and what it would type.

A recording is played at its own times, but a person who thought about an answer is not waited for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bbsterm import limits
from bbsterm.errors import StorageError
from bbsterm.macros import (
    Action,
    Failed,
    Finished,
    HungUp,
    Notified,
    PlainText,
    Player,
    Program,
    Progress,
    Typed,
)
from bbsterm.macros.templates import SECRET, as_written
from bbsterm.session.encoding import new_terminal
from bbsterm.session.identity import RETRO
from bbsterm.session.macros import view_of
from bbsterm.session.recording import Recording, read_recording

__all__ = ["LONGEST_GAP", "DryRun", "dry_run", "load_recording"]

LONGEST_GAP: Final = 2.0
"""Seconds of silence in a recording that count; somebody was thinking."""


@dataclass
class DryRun:
    """What came of it.

    Attributes:
        lines: When, in seconds of the recording, and what happened, for a person to read.
        outcome: The macro's last action; None if the recording ended before it.
        waiting_for: What it still waited for then.
        screen: The rows of the last screen.
    """

    lines: list[tuple[float, str]] = field(default_factory=list)
    outcome: Action | None = None
    waiting_for: str = ""
    screen: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the macro came to its end."""
        return isinstance(self.outcome, Finished | HungUp)


def load_recording(path: Path) -> Recording:
    """Read a recording (.cast) or a capture (anything else: the board's bytes as they came).

    Raises:
        StorageError: It cannot be read, or is too large.
        UsageError: It is no recording.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limits.MAX_CAPTURE + 1)
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error
    if len(data) > limits.MAX_CAPTURE:
        raise StorageError(path, f"a recording has up to {limits.MAX_CAPTURE // (1024 * 1024)} MiB")
    return read_recording(path.name, data, idle=LONGEST_GAP)


def dry_run(program: Program, recording: Recording, *, variables: Mapping[str, str] | None = None) -> DryRun:
    """Play a recording to a macro.

    Args:
        program: The macro.
        recording: What the board said.
        variables: What `{user}` and the like are; those that are missing are their own names.
    """
    return _Rehearsal(program, recording, variables or {}).run()


class _Rehearsal:
    """One dry run."""

    def __init__(self, program: Program, recording: Recording, variables: Mapping[str, str]) -> None:
        known = {name: name.upper() for name in program.variables if name != SECRET}
        settings = recording.settings
        self._recording = recording
        self._terminal = new_terminal(settings)
        controls = "machine" if settings.terminal in RETRO else "ansi"
        self._plain = PlainText(self._terminal.encoding, controls=controls)
        self._player = Player(program, {**known, **variables}, now=0.0)
        self._now = 0.0
        self._found = DryRun()

    def run(self) -> DryRun:
        found, player = self._found, self._player
        self._do(player.begin(now=0.0))
        for piece in self._recording.pieces:
            self._wait_until(piece.at)
            self._hear(piece.data)
            if found.outcome is not None:
                break
        if found.outcome is None:
            self._run_down()
        found.screen = tuple(self._terminal.display())
        return found

    def _hear(self, data: bytes) -> None:
        self._terminal.feed(data)
        self._terminal.take_replies()  # nobody has asked
        self._terminal.take_events()
        self._do(self._player.feed(self._plain.feed(data), now=self._now))
        self._look()

    def _look(self) -> None:
        if self._found.outcome is None:
            self._do(self._player.look(view_of(self._terminal), now=self._now))

    def _wait_until(self, end: float) -> None:
        """Let time pass, with everything that is due in it."""
        while self._found.outcome is None:
            deadline = self._player.deadline
            if deadline is None or deadline > end:
                break
            self._now = max(self._now, deadline)
            self._do(self._player.tick(now=self._now))
            self._look()
        self._now = max(self._now, end)

    def _run_down(self) -> None:
        """Nothing more is said: pauses and steps that may be skipped go on, until something never comes."""
        waiting = self._player.progress.waiting_for
        for _ in range(limits.MAX_MACRO_STEPS * 2):
            deadline = self._player.deadline
            if self._found.outcome is not None or deadline is None:
                break
            self._now = max(self._now, deadline)
            self._do(self._player.tick(now=self._now))
            self._look()
        if isinstance(self._found.outcome, Failed):
            self._found.waiting_for = waiting

    def _do(self, actions: Iterable[Action]) -> None:
        for action in actions:
            if self._found.outcome is not None:
                return
            self._note(action)

    def _note(self, action: Action) -> None:
        match action:
            case Typed(parts, secret):
                self._say(f"types {as_written(parts)}")
                if secret:
                    self._do(self._player.resume(now=self._now))
            case Notified(text):
                self._say(f"tells {text!r}")
            case Progress(step, steps, waiting_for):
                self._say(f"step {step} of {steps}" + (f" waits for {waiting_for!r}" if waiting_for else ""))
            case Finished():
                self._say("the macro has come to its end")
                self._found.outcome = action
            case HungUp():
                self._say("hangs up")
                self._found.outcome = action
            case Failed():
                self._say(f"fails at {action}")
                self._found.outcome = action

    def _say(self, text: str) -> None:
        if len(self._found.lines) < limits.MAX_MACRO_STEPS * 4:
            self._found.lines.append((self._now, text))
