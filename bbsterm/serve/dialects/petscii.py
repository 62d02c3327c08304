"""Commodore: PETSCII in the text set, sixteen colours, one background for the whole screen.

A cell has no background of its own, only reverse video: text on a background becomes reversed text in the
colour of that background. The cursor cannot be sent somewhere, so pictures are written from the top down.
"""

from __future__ import annotations

from typing import Final

from bbsterm.serve.dialects.base import Dialect
from bbsterm.serve.keys import KeyTable, Special, key_table
from bbsterm.serve.markup import PLAIN, Style
from bbsterm.serve.picture import Picture

__all__ = ["Petscii"]

_RETURN: Final = b"\x0d"
_REVERSE: Final = b"\x12"
_STRAIGHT: Final = b"\x92"
_DELETE: Final = b"\x14"
_TEXT_SET_AND_CLEAR: Final = b"\x0e\x92\x93"

# fmt: off
_COLOURS: Final = bytes((
    0x90, 0x9A, 0x1E, 0x9F, 0x1C, 0x9C, 0x95, 0x9B,  # black, blue, green, cyan, red, magenta, brown, grey
    0x98, 0x9A, 0x99, 0x9F, 0x96, 0x9C, 0x9E, 0x05,  # bright; dark grey is the medium one
))
# fmt: on
"""The PC's colours as the codes that choose them. Blue is the light one: the dark is a C64's background."""

_COMPLEMENTS: Final = dict(zip("█▐▀▟▙▛▜▞▊▉", " ▌▄▘▝▗▖▚🮇▕", strict=True))
"""What the character ROM lacks because it is another glyph reversed."""

_KEYS: Final = {
    0x03: Special.INTERRUPT,
    0x0D: Special.ENTER,
    0x11: Special.DOWN,
    0x13: Special.HOME,
    0x14: Special.BACKSPACE,
    0x1D: Special.RIGHT,
    0x5F: Special.ESCAPE,  # the left arrow key, where a PC has Esc
    0x83: Special.INTERRUPT,
    0x8D: Special.ENTER,
    0x91: Special.UP,
    0x93: Special.REDRAW,
    0x9D: Special.LEFT,
}


def _keys() -> KeyTable:
    from bbsterm.codecs.petscii import PETSCII

    # Graphics are for the screen, not for names: letters, digits, signs. Shift-space is a space.
    typed = (char if char.isascii() or char == "£" else "\0" for char in PETSCII.table.replace("\xa0", " "))
    return key_table("".join(typed), _KEYS, escapes=False)


class Petscii(Dialect):
    """A C64 or C128, real or emulated."""

    name = "petscii"
    suffix = ".seq"

    def __init__(self, columns: int = 40) -> None:
        super().__init__("petscii")
        self.label = f"Commodore, {columns} columns"
        self.keys = _keys()
        self.columns = columns
        self.rows = 25
        self._reversed = False
        self._ink = -1  # nobody knows what colour the caller's cursor has now

    def clear(self) -> bytes:
        """Text set, clear; in light grey from here on."""
        self._reversed = False
        self._ink = -1
        return _TEXT_SET_AND_CLEAR + self.style(PLAIN)

    def newline(self) -> bytes:
        """RETURN, which ends reverse video too."""
        self._reversed = False
        return _RETURN + self.style(PLAIN)

    def forget(self) -> None:
        """Something else has chosen colours, and ended unreversed."""
        self._reversed = False
        self._ink = -1

    def rub_out(self, cells: int) -> bytes:
        """DEL takes back one cell."""
        return _DELETE * cells

    def style(self, style: Style) -> bytes:
        """A colour, and reverse video for a background: its colour is then the one that counts."""
        self._style = style
        out = self._reverse(style.background != 0)
        ink = style.background or style.foreground
        if ink != self._ink:
            self._ink = ink
            out += _COLOURS[ink : ink + 1]
        return out

    def text(self, text: str) -> bytes:
        """Characters; those that are another one reversed are sent so."""
        if not any(char in _COMPLEMENTS for char in text):
            return self.repertoire.encode(text)
        straight = self._reversed
        out = [
            self._reverse(straight ^ (char in _COMPLEMENTS))
            + self.repertoire.encode(_COMPLEMENTS.get(char, char))
            for char in text
        ]
        return b"".join(out) + self._reverse(straight)

    def draw(self, picture: Picture) -> bytes:
        """Row after row; a full one wraps by itself, the others end with RETURN."""
        parts = [self.clear()]
        for row in range(len(picture.rows)):
            runs = picture.runs(row)
            parts += [self.style(run.style) + self.text(run.text) for run in runs]
            if sum(len(run.text) for run in runs) < self.columns:
                parts.append(self.newline())
        return b"".join(parts) + self.style(PLAIN)

    def _reverse(self, wanted: bool) -> bytes:
        if wanted == self._reversed:
            return b""
        self._reversed = wanted
        return _REVERSE if wanted else _STRAIGHT
