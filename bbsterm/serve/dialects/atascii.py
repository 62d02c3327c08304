"""Atari 8-bit: ATASCII, two shades, inverse video by bit 7; 40 columns, or 80 with an XEP80."""

from __future__ import annotations

from typing import Final

from bbsterm.serve.dialects.base import Dialect
from bbsterm.serve.keys import KeyTable, Special, key_table
from bbsterm.serve.markup import PLAIN, Style
from bbsterm.serve.picture import Picture

__all__ = ["Atascii"]

_EOL: Final = b"\x9b"
_CLEAR: Final = b"\x7d"
_BACKSPACE: Final = b"\x7e"
_BELL: Final = b"\xfd"

_INVERSE: Final = bytes(byte if byte == _EOL[0] else byte | 0x80 for byte in range(256))
"""Every glyph with bit 7 set. 1B with bit 7 would be the end of a line: it stays what it is."""

_KEYS: Final = {
    0x0D: Special.ENTER,  # a terminal program that translates for us
    0x1B: Special.ESCAPE,
    0x1C: Special.UP,
    0x1D: Special.DOWN,
    0x1E: Special.LEFT,
    0x1F: Special.RIGHT,
    0x7D: Special.REDRAW,
    0x7E: Special.BACKSPACE,
    0x7F: Special.TAB,
    0x9B: Special.ENTER,
    0xFE: Special.DELETE,
}


def _keys() -> KeyTable:
    letters = "".join(chr(byte) if 0x20 <= byte < 0x7B and byte != 0x60 else "\0" for byte in range(128))
    return key_table(letters * 2, _KEYS, escapes=False)  # typed in inverse video they are the same letters


class Atascii(Dialect):
    """An Atari 400, 800, XL or XE, real or emulated."""

    name = "atascii"
    suffix = ".ata"
    colours = False

    def __init__(self, columns: int = 40) -> None:
        super().__init__("atascii")
        self.label = f"Atari, {columns} columns"
        self.keys = _keys()
        self.columns = columns

    def clear(self) -> bytes:
        """CLEAR homes as well."""
        self._style = PLAIN
        return _CLEAR

    def newline(self) -> bytes:
        """EOL."""
        self._style = PLAIN
        return _EOL

    def rub_out(self, cells: int) -> bytes:
        """BACKSPACE takes back one cell."""
        return _BACKSPACE * cells

    def style(self, style: Style) -> bytes:
        """Nothing to send: a background makes the following text inverse."""
        self._style = style
        return b""

    def text(self, text: str) -> bytes:
        """Characters, inverse where there is a background."""
        encoded = self.repertoire.encode(text)
        return encoded.translate(_INVERSE) if self._style.background else encoded

    def draw(self, picture: Picture) -> bytes:
        """Row after row; a full one wraps by itself, the others end with EOL."""
        parts = [self.clear()]
        for row in range(len(picture.rows)):
            runs = picture.runs(row)
            parts += [self.style(run.style) + self.text(run.text) for run in runs]
            if sum(len(run.text) for run in runs) < self.columns:
                parts.append(_EOL)
        self._style = PLAIN
        return b"".join(parts)

    def bell(self) -> bytes:
        """FD: what 07 is elsewhere is a glyph here."""
        return _BELL
