"""ANSI music: a tune as IBM BASIC's PLAY statement has it, to notes (cterm.adoc, section "ANSI" Music)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bbsterm import limits
from bbsterm.screen.terminal import MusicPlayed, Note

__all__ = ["Player"]

_LOWEST: Final = 65.406
"""Hz of note 0, C in octave 0."""

_NAMES: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
"""Semitones above C."""

_REST: Final = -1

_SHAPES: Final = {"N": 1 / 8, "S": 1 / 4, "L": 0.0}
"""Normal, staccato, legato: the silent part of a note."""

_STEP: Final = re.compile(
    r"M[FBNSL]"  # foreground, background, shape
    r"|[TOL]\d*"  # tempo, octave, length
    r"|[<>]"
    r"|(?:N\d*|[A-GP])(?:[+#-]|\.|\d+)*"  # a note, its sharps and flats, dots and length in any order
)


@dataclass
class Player:
    """Remembers tempo, octave, length, shape from tune to tune. `play` makes one tune's notes."""

    tempo: int = 120
    octave: int = 4
    length: int = 4
    silence: float = _SHAPES["N"]
    background: bool = False

    def play(self, tune: str) -> MusicPlayed:
        """The notes of a tune, the first `limits.MAX_TUNE_NOTES` of them."""
        notes: list[Note] = []
        for match in _STEP.finditer(tune.upper()):
            note = self._step(match[0])
            if note is not None and len(notes) < limits.MAX_TUNE_NOTES:
                notes.append(note)
        return MusicPlayed(tuple(notes), self.background)

    def _step(self, step: str) -> Note | None:
        match step[0]:
            case "M" if step[1] in "FB":
                self.background = step[1] == "B"
            case "M":
                self.silence = _SHAPES[step[1]]
            case "T":
                self.tempo = max(32, min(_number(step[1:]), 255))
            case "O":
                self.octave = min(_number(step[1:]), 6)
            case "L":
                self.length = max(1, min(_number(step[1:]), 64))
            case "<":
                self.octave = max(self.octave - 1, 0)
            case ">":
                self.octave = min(self.octave + 1, 6)
            case _:
                return self._note(step)
        return None

    def _note(self, step: str) -> Note:
        head = re.match(r"N\d*|.", step)
        name = head[0] if head else ""
        modifiers = step[len(name) :]
        numbers = re.findall(r"\d+", modifiers)
        length = max(1, min(_number(numbers[-1]), 64)) if numbers else self.length
        duration = (360_000 if "." in modifiers else 240_000) / self.tempo / length
        if name[0] == "N":
            number = _number(name[1:]) - 1  # N1 is note 0; N0 is a rest
        elif name == "P":
            number = _REST
        else:
            number = 12 * self.octave + _NAMES[name]
        if number >= 0:
            number += modifiers.count("+") + modifiers.count("#") - modifiers.count("-")
        frequency = _LOWEST * 2 ** (number / 12) if 0 <= number < 84 else 0.0
        return Note(round(frequency, 3), round(duration * (1 - self.silence), 3), round(duration, 3))


def _number(digits: str) -> int:
    return int(digits[:6] or "0")
