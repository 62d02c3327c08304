"""The machine that runs the grammar, character by character, and tells a listener what it has read.

This is the plain parser: for what is rare (control strings, broken sequences, sequences cut by the end of a
chunk), and the reference that the fast loop is compared with.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final, Protocol

from bbsterm import limits
from bbsterm.screen.ansi.syntax import HIGH, Action, Grammar, State

__all__ = ["Listener", "Parser", "Raw"]


class Listener(Protocol):
    """Who is told what the characters mean."""

    def on_text(self, text: str) -> None:
        """Draw these characters."""

    def on_control(self, char: str) -> None:
        """Do what a control character (00 to 1F, 7F) says."""

    def on_escape(self, function: str) -> None:
        """Do what ESC, intermediates (20-2F) and a final (30-7E) say. Without ESC: ``7``, ``(0``, ``#8``."""

    def on_sequence(self, parameters: str, function: str) -> None:
        """Do what a control sequence says: parameters with private mark (30-3F); intermediates and final."""

    def on_string(self, kind: str, body: str) -> None:
        """Take a control string. `kind` opened it: ``]`` OSC, ``P`` DCS, ``_`` APC, ``^`` PM, ``X`` SOS."""

    def on_music(self, tune: str) -> None:
        """Play a tune (ANSI music)."""

    def on_broken(self, sequence: str, char: str) -> None:
        """Show a sequence, which is empty if it is not to be shown, and the character that broke it.

        FF is a glyph there.
        """
        self.on_text(sequence)
        if char in "\a\b\t\n\r":
            self.on_control(char)
        else:
            self.on_text(char)


class Raw(Enum):
    """Characters that are not control functions, whatever they look like. A listener asks for them."""

    LITERAL = auto()
    """One character is drawn as it is (doorway mode)."""
    MUSIC = auto()
    """Up to SO, or to a character that is not music: a tune."""
    SKIPPED = auto()
    """A number of characters that mean nothing to us (a font)."""


_MUSIC: Final = frozenset("aAbBcCdDeEfFgGlLmMnNoOpPsStT0123456789.-+#<> \0")
"""What a tune is made of (cterm.adoc)."""


_PROBES: Final = frozenset(("\x1b[!", "\x1b[0!", "\x1b[1!", "\x1b[2!"))
"""How boards ask for RIP graphics. These have no final, so that they look broken; they are not shown."""

_AFTER_M: Final = re.compile("[FBLSfbls]|[Nn](?![0-9])")


class Parser:
    """Runs a table. Feed it characters in any portions; it calls its listener.

    Attributes:
        state: Where in a control function we are, between two calls of `feed` too.
        raw: What the next characters are instead, if anything.
        idle: Whether the next character is the beginning of something.
        halted: Whether somebody wants `feed` to return.
        by_bell: Whether the last control string was ended by BEL, not by ST.
    """

    def __init__(self, grammar: Grammar, listener: Listener) -> None:
        self._grammar = grammar
        self.raw: Raw | None = None
        self._enter(State.GROUND)
        self._collected = ""
        self._suspended: str | None = None
        self._tune = ""
        self._m_before = False
        self._to_skip = 0
        self.halted = self.by_bell = False
        self._listener = listener

    def reset(self) -> None:
        """Forget what was begun."""
        self.raw = self._suspended = None
        self._enter(State.GROUND)

    def _enter(self, state: State) -> None:
        self.state = state
        self.idle = state is State.GROUND and self.raw is None
        self._steps = self._grammar.steps[state]
        self._run = self._grammar.runs.get(state)

    def take_literally(self) -> None:
        """The next character is drawn, whatever it is."""
        self._expect(Raw.LITERAL)

    def expect_music(self, *, starts_with_m: bool = False) -> None:
        """The next characters are a tune.

        Args:
            starts_with_m: It was introduced by an M that is its first letter if a letter follows that can
                follow an M (as in ``CSI MF``).
        """
        self._expect(Raw.MUSIC)
        self._tune, self._m_before = "", starts_with_m

    def skip(self, count: int) -> None:
        """So many characters mean nothing."""
        self._expect(Raw.SKIPPED)
        self._to_skip = count

    def _expect(self, raw: Raw | None) -> None:
        self.raw = raw
        self.idle = self.state is State.GROUND and raw is None

    def halt(self) -> None:
        """Let `feed` return after the character that is being taken: the others may mean something new."""
        self.halted = True

    def resume(self) -> None:
        """Take back `halt`."""
        self.halted = False

    def feed(self, text: str, *, until_idle: bool = False) -> int:
        """Take characters, one by one.

        Args:
            text: Characters.
            until_idle: Stop after a character that is the end of something.

        Returns:
            How many were taken: all, unless something stopped it.
        """
        place = 0
        while place < len(text):
            if self.raw is not None:
                self._take_raw(text[place], self.raw)
            elif self._run is not None and (match := self._run.match(text, place)):
                self._collect(match[0])
                place = match.end() - 1
            else:
                self._take(text[place])
            place += 1
            if self.halted or (until_idle and self.idle):
                break
        return place

    def _collect(self, run: str) -> None:
        """Keep characters, but not more than may be kept."""
        self._collected += run[: max(limits.MAX_CONTROL_STRING - len(self._collected), 0)]

    def _take(self, char: str) -> None:
        state, action = self._steps.get(char) or self._steps[HIGH]
        if state is not None:
            self._enter(state)
        match action:
            case Action.TEXT:
                self._listener.on_text(char)
            case Action.CONTROL:
                self._listener.on_control(char)
            case Action.START:
                self._collected = "\x1b" if self.state is State.ESCAPE else self._collected[:2]
            case Action.COLLECT:
                self._collect(char)
                if self.state in (State.STRING, State.SOS) and self._collected[1:] == char:
                    self._suspended = None  # a new string inside the old one replaces it
            case Action.ESCAPE | Action.SEQUENCE | Action.STRING:
                self._finish(action, char)
            case Action.SUSPEND:
                self._suspended, self._collected = self._collected, "\x1b"
            case Action.SHOW:
                shown = self._collected
                self._resume()
                shown = "" if shown in _PROBES else shown
                if char == "\x1b":
                    self._listener.on_text(shown)
                    self._take(char)
                else:
                    self._listener.on_broken(shown, char)
            case Action.FORGET:
                self._take(char)
            case Action.RESTART:
                self._collected = "\x1b"
                self._take(char)
            case Action.IGNORE:
                pass

    def _finish(self, action: Action, char: str) -> None:
        """A control function is complete; `char` is its last character."""
        collected, suspended = self._collected, self._suspended
        self.by_bell = char == "\a"
        if action is Action.STRING:
            self._listener.on_string(collected[1], collected[2:].removesuffix("\x1b"))
        elif action is Action.ESCAPE and char == "\\" and suspended is not None and len(collected) == 1:
            self._suspended = None
            self._listener.on_string(suspended[1], suspended[2:])
        else:
            self._resume()
            if action is Action.ESCAPE:
                self._listener.on_escape(collected[1:] + char)
            else:
                parameters = collected[2:].rstrip(" !\"#$%&'()*+,-./")
                self._listener.on_sequence(parameters, collected[2 + len(parameters) :] + char)

    def _resume(self) -> None:
        """Go on with the control string in whose middle a control function was, if there was one."""
        if self._suspended is not None:
            self._enter(State.STRING)
            self._collected, self._suspended = self._suspended, None

    def _take_raw(self, char: str, raw: Raw) -> None:
        match raw:
            case Raw.LITERAL:
                self._expect(None)
                self._listener.on_text(char)
            case Raw.MUSIC if char in _MUSIC:
                if len(self._tune) < limits.MAX_CONTROL_STRING:
                    self._tune += char.strip("\0")
            case Raw.MUSIC:
                self._expect(None)
                if char == "\x0e":
                    belongs = self._m_before and _AFTER_M.match(self._tune)
                    self._listener.on_music("M" + self._tune if belongs else self._tune)
            case Raw.SKIPPED:
                self._to_skip -= 1
                if self._to_skip <= 0:
                    self._expect(None)
