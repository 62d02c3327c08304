"""What a key means in a call: a state machine without a clock and without a window.

A call is dialling, typing or over; on top of that a menu or a question may be open, which takes the next key.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from bbsterm.tui import keymap
from bbsterm.tui.actions import COMMANDS, Command, Place
from bbsterm.tui.key_names import key_name

__all__ = [
    "Answered",
    "Base",
    "Cancelled",
    "Intent",
    "KeyModes",
    "Nothing",
    "Opened",
    "Run",
    "Settled",
    "ToBoard",
]


@dataclass(frozen=True, slots=True)
class ToBoard:
    """The key is the board's."""

    key: str
    character: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A menu has opened and waits for one of the keys of `place`."""

    place: Place


@dataclass(frozen=True, slots=True)
class Run:
    """A command was chosen; what was open is closed.

    Attributes:
        command: Which.
        key: By which of its keys, where that makes a difference; empty for Alt and a letter.
    """

    command: Command
    key: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question was answered; it is closed.

    Attributes:
        yes: Whether with one of its keys.
        key: Which, where it has more than yes.
    """

    yes: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What was open is closed, and nothing happens."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Any key ends a wait."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The key means nothing here."""


Intent: TypeAlias = ToBoard | Opened | Run | Answered | Settled | Cancelled | Nothing


class Base(Enum):
    """What keys are for when nothing is open."""

    DIALING = "a few keys cancel"
    TYPING = "the board's"
    DEAF = "the call has just ended, and they were meant for the board"
    ENDED = "what to do next"
    WAITING = "any of them ends the wait for another try"


_CANCELS: Final = frozenset({"escape", "ctrl+c"})
_HANG_UP: Final = next(command for command in COMMANDS[Place.CALL] if command.action == "hang_up")


class KeyModes:
    """Give it every key in order; it says what each means.

    Args:
        alt: Whether SyncTERM's Alt letters are ours.
    """

    def __init__(self, *, alt: bool = True) -> None:
        self.base = Base.DIALING
        """What keys are for when nothing is open."""
        self.alt = alt
        self._place: Place | None = None
        self._asked = False
        self._answers = ""

    @property
    def is_open(self) -> bool:
        """Whether a menu or a question takes the next key."""
        return self._asked or self._place is not None

    def open(self, place: Place = Place.CALL) -> Opened:
        """Open a menu."""
        self._asked, self._place = False, place
        return Opened(place)

    def ask(self, answers: str = "") -> None:
        """Wait for a yes, or for one of these keys; every other key is a no."""
        self._asked, self._place, self._answers = True, None, answers

    def close(self) -> None:
        """Whatever is open is closed."""
        self._asked, self._place = False, None

    def press(self, key: str, character: str | None) -> Intent:
        """Take a key."""
        if self._asked:
            self.close()
            name = key_name(key, character).lower()
            if self._answers:
                return Answered(name in self._answers, name if name in self._answers else "")
            return Answered(name == "y")
        if self._place is not None:
            return self._choose(self._place, key_name(key, character), character)
        if key in self._prefixes() and self.base is not Base.DEAF:
            return self.open()
        return self._press_base(key, character)

    def _prefixes(self) -> frozenset[str]:
        keys = keymap.current()
        return keys.menu_prefixes if self.alt else keys.menu_keys

    def _choose(self, place: Place, name: str, character: str | None) -> Intent:
        self.close()
        command = _find(place, name, character)
        if command is None:
            return Settled()
        return self.open(command.more) if command.more else Run(command, name)

    def _press_base(self, key: str, character: str | None) -> Intent:
        if self.alt and self.base is not Base.DEAF and key in (alt := keymap.alt_keys()):
            return Run(alt[key])
        match self.base:
            case Base.TYPING:
                return ToBoard(key, character)
            case Base.DIALING:
                return Run(_HANG_UP) if key in _CANCELS else Nothing()
            case Base.ENDED:
                command = _find(Place.ENDED, key_name(key, character), character)
                return Run(command) if command else Nothing()
            case Base.WAITING:
                return Cancelled()
            case Base.DEAF:
                return Nothing()


def _find(place: Place, name: str, character: str | None) -> Command | None:
    """The command of a key: a capital letter is its own key where a command has it."""
    commands = keymap.commands(place)
    exact = next((command for command in commands if character and character in command.keys), None)
    return exact or next((command for command in commands if name in command.keys), None)
