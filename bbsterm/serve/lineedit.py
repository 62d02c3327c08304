"""Editing one line of input, as a board echoes it: typing adds to the end, rubbing out takes from it.

Keys in, edits out. It does not know how a terminal rubs out a cell, only how many cells there are.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, TypeAlias

from bbsterm.serve.keys import Key, Special

__all__ = ["Bell", "Edit", "LineEditor", "RubOut", "Show", "cells"]


@dataclass(frozen=True, slots=True)
class Show:
    """Print this at the cursor."""

    text: str


@dataclass(frozen=True, slots=True)
class RubOut:
    """Take back so many cells left of the cursor."""

    cells: int


@dataclass(frozen=True, slots=True)
class Bell:
    """There is no more room, or nothing left to rub out."""


Edit: TypeAlias = Show | RubOut | Bell

_MORE: Final = "<"
"""Stands at the left end where a long line has moved out of its window."""


def cells(text: str) -> int:
    """How many cells `text` fills: two for each East Asian wide character."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


class LineEditor:
    """The line being typed.

    Args:
        longest: How many characters it takes.
        room: How many cells of the screen it may use; a longer line scrolls sideways.
        hidden: Show stars, for a password.
    """

    def __init__(self, longest: int, room: int, *, hidden: bool = False) -> None:
        self.text = ""
        self.refused = 0
        """How many characters in a row did not fit: a caller who leans on a key, or a program."""
        self._longest = longest
        self._room = max(room, 4)
        self._hidden = hidden
        self._shown = ""

    @property
    def shown(self) -> str:
        """What stands on the screen: the line, or its end."""
        return self._shown

    def feed(self, key: Key) -> list[Edit]:
        """One key; Enter and its like are for the caller of this to see."""
        match key:
            case str():
                return self._type(key)
            case Special.BACKSPACE | Special.DELETE:
                return self._become(self.text[:-1]) if self.text else [Bell()]
            case Special.RUB_OUT_LINE:
                return self._become("")
            case Special.RUB_OUT_WORD:
                return self._become(self.text.rstrip().rpartition(" ")[0])
            case _:
                return []

    def _type(self, char: str) -> list[Edit]:
        if not char.isprintable() or unicodedata.combining(char):
            return []
        if len(self.text) >= self._longest:
            self.refused += 1
            return [Bell()] if self.refused == 1 else []
        self.refused = 0
        return self._become(self.text + char)

    def _become(self, text: str) -> list[Edit]:
        """Change the line; say what to do on the screen, which is little for a small change."""
        self.text = text
        window = self._window("*" * len(text) if self._hidden else text)
        before, self._shown = self._shown, window
        kept = _common(before, window)
        edits: list[Edit] = []
        if gone := cells(before[kept:]):
            edits.append(RubOut(gone))
        if fresh := window[kept:]:
            edits.append(Show(fresh))
        return edits

    def _window(self, text: str) -> str:
        """The part of `text` that fits: all of it, or its end behind a mark.

        It moves by half its width at a time, so that most keys cost one character of echo.
        """
        if cells(text) <= self._room:
            return text
        step = self._room // 2
        while cells(text) >= self._room:
            text = text[step:]
        return _MORE + text


def _common(one: str, other: str) -> int:
    """How many characters at the start are the same."""
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))
