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

__all__ = ["Answered", "Base", "Intent", "KeyModes", "Nothing", "Opened", "Run", "Settled", "ToBoard"]


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
    """A command was chosen; what was open is closed."""

    command: Command


@dataclass(frozen=True, slots=True)
class Answered:
    """A question was answered; it is closed."""

    yes: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """What was open is closed, and nothing happens."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The key means nothing here."""


Intent: TypeAlias = ToBoard | Opened | Run | Answered | Settled | Nothing


class Base(Enum):
    """What keys are for when nothing is open."""

    DIALING = "a few keys cancel"
    TYPING = "the board's"
    DEAF = "the call has just ended, and they were meant for the board"
    ENDED = "what to do next"


_CANCELS: Final = frozenset({"escape", "ctrl+c"})
_HANG_UP: Final = next(command for command in COMMANDS[Place.CALL] if command.action == "hang_up")


class KeyModes:
    """Give it every key in order; it says what each means.

    Args:
        alt: Whether SyncTERM's Alt letters are ours.
    """

    def __init__(self, *, alt: bool = True) -> None:
        self.base = Base.DIALING
        self._alt = keymap.alt_keys() if alt else {}
        self._with_alt = alt
        self._place: Place | None = None
        self._asked = False

    @property
    def is_open(self) -> bool:
        """Whether a menu or a question takes the next key."""
        return self._asked or self._place is not None

    def open(self, place: Place = Place.CALL) -> Opened:
        """Open a menu."""
        self._asked, self._place = False, place
        return Opened(place)

    def ask(self) -> None:
        """Wait for a yes; every other key is a no."""
        self._asked, self._place = True, None

    def close(self) -> None:
        """Whatever is open is closed."""
        self._asked, self._place = False, None

    def press(self, key: str, character: str | None) -> Intent:
        """Take a key."""
        if self._asked:
            self.close()
            return Answered(key_name(key, character) == "y")
        if self._place is not None:
            return self._choose(self._place, key_name(key, character))
        if key in self._prefixes() and self.base is not Base.DEAF:
            return self.open()
        return self._press_base(key, character)

    def _prefixes(self) -> frozenset[str]:
        keys = keymap.current()
        return keys.menu_prefixes if self._with_alt else keys.menu_keys

    def _choose(self, place: Place, name: str) -> Intent:
        self.close()
        command = _find(place, name)
        if command is None:
            return Settled()
        return self.open(command.more) if command.more else Run(command)

    def _press_base(self, key: str, character: str | None) -> Intent:
        if key in self._alt and self.base is not Base.DEAF:
            return Run(self._alt[key])
        match self.base:
            case Base.TYPING:
                return ToBoard(key, character)
            case Base.DIALING:
                return Run(_HANG_UP) if key in _CANCELS else Nothing()
            case Base.ENDED:
                command = _find(Place.ENDED, key_name(key, character))
                return Run(command) if command else Nothing()
            case Base.DEAF:
                return Nothing()


def _find(place: Place, name: str) -> Command | None:
    return next((command for command in keymap.commands(place) if name in command.keys), None)
