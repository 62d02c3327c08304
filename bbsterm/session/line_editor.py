"""The line a caller edits before the board sees it: keys in; things to draw, send and order out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bbsterm.protocol.line_editor import COMMANDS
from bbsterm.protocol.slc import SlcFunction
from bbsterm.protocol.vocabulary import Command
from bbsterm.session.line_history import LineHistory
from bbsterm.session.special_keys import SpecialKeys, byte_of

__all__ = ["MAX_LINE", "Act", "Back", "Draw", "LineEditor", "Order", "PassOn", "Submit", "Wipe", "cell_width"]

MAX_LINE: Final = 4096
"""Characters of one line; a terminal driver's canonical mode has the same bound."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Show this text at the cursor."""

    text: str


@dataclass(frozen=True, slots=True)
class Back:
    """Move the cursor back by so many cells."""

    cells: int


@dataclass(frozen=True, slots=True)
class Wipe:
    """Blank so many cells from the cursor on; the cursor stays."""

    cells: int


@dataclass(frozen=True, slots=True)
class Submit:
    """Send this text; with `enter`, as a finished line."""

    text: str
    enter: bool = True


@dataclass(frozen=True, slots=True)
class Order:
    """Tell the board something out of band.

    Attributes:
        command: For a board that speaks telnet.
        byte: For one that does not.
    """

    command: Command
    byte: bytes


@dataclass(frozen=True, slots=True)
class PassOn:
    """A key that is no editing: it is the board's."""

    key: str
    character: str | None


Act = Draw | Back | Wipe | Submit | Order | PassOn


def cell_width(text: str) -> int:
    """How many cells `text` fills: two for East Asian wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


class LineEditor:
    """One line: `text`, and `at`, how many of its characters stand left of the cursor.

    Keys have Textual's names. On an empty line the cursor keys are not ours but the board's: a board that
    never negotiates may still have a menu that is walked with arrows.

    Attributes:
        remembers: Whether lines are kept, and Up and Down walk through them: not where typing is hidden,
            nor where the arrows may be the board's.
    """

    def __init__(self) -> None:
        self.text = ""
        self.at = 0
        self.remembers = False
        self._history = LineHistory()
        self._literal = False

    def press(self, key: str, character: str | None, special: SpecialKeys | None = None) -> list[Act]:
        """Take a key; return what it does, in order.

        Args:
            key: Under Textual's name.
            character: What it types, if anything.
            special: What LINEMODE says about single keys; None where it is not spoken.
        """
        if special is not None and key not in _ENTERS:
            acts = self._agreed(key, character, special)
            if acts is not None:
                return acts
        elif key in _ORDERS:
            return [*self._kill(), _ORDERS[key]]
        if self.remembers and self._history and key in _WALKS:
            return list(self._recall(_WALKS[key]))
        edit = _EDITS.get(key)
        if edit is not None and (self.text or key in _ALWAYS_OURS):
            return list(edit(self))
        if edit is None and character is not None and _is_text(character):
            return self.insert(character)
        return [PassOn(key, character)]

    def _agreed(self, key: str, character: str | None, special: SpecialKeys) -> list[Act] | None:
        """What LINEMODE has settled that a key does; None where it leaves that to us."""
        byte = byte_of(key, character)
        if byte is None:
            return None
        if self._literal:
            self._literal = False
            return self.insert(chr(byte)) or self._send_key(key, character)
        function = special.functions.get(byte)
        if function is SlcFunction.LNEXT:
            self._literal = True
            return []
        if byte in special.forward:
            return [*self.insert(chr(byte)), *self._submit(enter=False)]
        if function is not None and function in COMMANDS:
            return self._signal(function, byte, key, character, special)
        if function is not None and function in _FUNCTIONS:
            return list(_FUNCTIONS[function](self))
        return self._send_key(key, character) if key in _SIGNALS else None

    def _signal(
        self, function: SlcFunction, byte: int, key: str, character: str | None, special: SpecialKeys
    ) -> list[Act]:
        if not special.trapsig:
            return self._send_key(key, character)
        order = Order(COMMANDS[function], bytes((byte,)))
        before = self._kill() if function in special.flushing else self._submit(enter=False)
        return [*before, order]

    def _send_key(self, key: str, character: str | None) -> list[Act]:
        """A control character is text to the board: it goes behind what was typed before it."""
        return [*self._submit(enter=False), PassOn(key, character)]

    def insert(self, text: str) -> list[Act]:
        """Take text without newlines, as typed or pasted."""
        text = "".join(letter for letter in text if _is_text(letter))[: MAX_LINE - len(self.text)]
        if not text:
            return []
        tail = self.text[self.at :]
        self.text = self.text[: self.at] + text + tail
        self.at += len(text)
        return [Draw(_shown(text + tail)), *_back(tail)]

    def take(self) -> list[Act]:
        """Give out what is there, unfinished: the board wants single keys from now on."""
        return list(self._submit(enter=False)) if self.text else []

    # --- edits, each one row in the table below ---------------------------------------

    def _enter(self) -> Iterator[Act]:
        yield from self._submit(enter=True)

    def _end_of_file(self) -> Iterator[Act]:
        """Like telnet(1) without LINEMODE: what is there leaves at once, and the byte after it."""
        yield from self._submit(enter=False)
        yield PassOn("ctrl+d", None)

    def _submit(self, *, enter: bool) -> Iterator[Act]:
        yield from self._end()
        text, self.text, self.at = self.text, "", 0
        if enter and self.remembers:
            self._history.add(text)
        if text or enter:
            yield Submit(text, enter)

    def _as_it_is(self) -> Iterator[Act]:
        """Nothing to print anew: what stands on the screen is the line."""
        return iter(())

    def _kill(self) -> Iterator[Act]:
        yield from self._cut(0, len(self.text))

    def _recall(self, step: int) -> Iterator[Act]:
        line = self._history.walk(step, self.text)
        if line is not None:
            yield from self._kill()
            yield from self.insert(line)

    def _rub_out(self) -> Iterator[Act]:
        yield from self._cut(self.at - 1, self.at)

    def _delete(self) -> Iterator[Act]:
        yield from self._cut(self.at, self.at + 1)

    def _rub_out_word(self) -> Iterator[Act]:
        left = self.text[: self.at].rstrip()
        yield from self._cut(left.rfind(" ") + 1, self.at)

    def _left(self) -> Iterator[Act]:
        if self.at:
            self.at -= 1
            yield from _back(self.text[self.at])

    def _right(self) -> Iterator[Act]:
        if self.at < len(self.text):
            yield Draw(_shown(self.text[self.at]))
            self.at += 1

    def _home(self) -> Iterator[Act]:
        yield from _back(self.text[: self.at])
        self.at = 0

    def _end(self) -> Iterator[Act]:
        if tail := self.text[self.at :]:
            yield Draw(_shown(tail))
        self.at = len(self.text)

    def _cut(self, start: int, end: int) -> Iterator[Act]:
        """Take `text[start:end]` out, and close the gap on the screen."""
        start = max(start, 0)
        gone, tail = self.text[start:end], self.text[end:]
        if not gone:
            return
        yield from _back(self.text[start : self.at])
        if tail:
            yield Draw(_shown(tail))
        yield Wipe(cell_width(gone))
        yield from _back(tail)
        self.text, self.at = self.text[:start] + tail, start


# fmt: off
_EDITS: Final[Mapping[str, Callable[[LineEditor], Iterator[Act]]]] = {
    "enter":     LineEditor._enter,
    "ctrl+j":    LineEditor._enter,
    "ctrl+m":    LineEditor._enter,
    "backspace": LineEditor._rub_out,
    "ctrl+h":    LineEditor._rub_out,
    "delete":    LineEditor._delete,
    "ctrl+u":    LineEditor._kill,
    "ctrl+w":    LineEditor._rub_out_word,
    "left":      LineEditor._left,
    "right":     LineEditor._right,
    "home":      LineEditor._home,
    "ctrl+a":    LineEditor._home,
    "end":       LineEditor._end,
    "ctrl+e":    LineEditor._end,
    "ctrl+d":    LineEditor._end_of_file,
}

_WALKS: Final = {"up": -1, "down": 1}

_ALWAYS_OURS: Final = frozenset(
    {"enter", "ctrl+j", "ctrl+m", "backspace", "ctrl+h", "ctrl+u", "ctrl+w", "ctrl+d"}
)

_ORDERS: Final[Mapping[str, Order]] = {  # what telnet(1) does with the terminal's special characters
    "ctrl+c":         Order(Command.IP,   b"\x03"),
    "ctrl+backslash": Order(Command.BRK,  b"\x1c"),
    "ctrl+z":         Order(Command.SUSP, b"\x1a"),
    "ctrl+o":         Order(Command.AO,   b"\x0f"),
}
# fmt: on


_SIGNALS: Final = frozenset({*_ORDERS, "ctrl+d"})

_ENTERS: Final = frozenset({"enter", "ctrl+j", "ctrl+m"})

# fmt: off
_FUNCTIONS: Final[Mapping[SlcFunction, Callable[[LineEditor], Iterator[Act]]]] = {
    SlcFunction.EC:    LineEditor._rub_out,
    SlcFunction.EL:    LineEditor._kill,
    SlcFunction.EW:    LineEditor._rub_out_word,
    SlcFunction.RP:    LineEditor._as_it_is,
    SlcFunction.MCL:   LineEditor._left,
    SlcFunction.MCR:   LineEditor._right,
    SlcFunction.MCBOL: LineEditor._home,
    SlcFunction.MCEOL: LineEditor._end,
    SlcFunction.ECR:   LineEditor._delete,
}
# fmt: on


def _is_text(letter: str) -> bool:
    return letter == "\t" or letter.isprintable()


def _shown(text: str) -> str:
    """A TAB is one blank on the screen, so that it can be rubbed out like any character."""
    return text.replace("\t", " ")


def _back(text: str) -> Iterator[Back]:
    if cells := cell_width(text):
        yield Back(cells)
