"""Which characters a caller's machine has, and what to show in place of those it lacks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from bbsterm import codecs

__all__ = ["SIMPLER", "Repertoire", "repertoire"]

# fmt: off
SIMPLER: Final[dict[str, str]] = {
    # double lines: single ones, then what a teletype has
    "═": "─-", "║": "│|", "╔": "┌+", "╗": "┐+", "╚": "└+", "╝": "┘+",
    "╠": "├+", "╣": "┤+", "╦": "┬+", "╩": "┴+", "╬": "┼+",
    "╒": "┌+", "╓": "┌+", "╕": "┐+", "╖": "┐+", "╘": "└+", "╙": "└+", "╛": "┘+", "╜": "┘+",
    "╞": "├+", "╟": "├+", "╡": "┤+", "╢": "┤+", "╤": "┬+", "╥": "┬+", "╧": "┴+", "╨": "┴+", "╪": "┼+",
    "╫": "┼+",
    "─": "-", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+",
    "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+",
    "╭": "┌+", "╮": "┐+", "╰": "└+", "╯": "┘+", "╱": "/", "╲": "\\", "╳": "X",
    # blocks: denser ink for more light
    "█": "#", "▓": "▒%", "▒": "%", "░": "▒:", "▄": "=", "▀": "\"", "▌": "[", "▐": "]", "■": "▄=",
    "▖": "▄.", "▗": "▄.", "▘": "▀'", "▝": "▀'", "▚": "▀\\", "▞": "▄/", "▙": "█#", "▛": "█#",
    "▜": "█#", "▟": "█#",
    # typography and signs
    "·": "∙.", "•": "·.", "∙": "·.", "…": ".", "–": "-", "—": "-", "‘": "'", "’": "'", "“": "\"", "”": "\"",
    "«": "<", "»": ">", "×": "x", "÷": "/", "±": "+", "°": "o", "≈": "~-", "√": "v", "¬": "-",
    "►": ">", "◄": "<", "▲": "^", "▼": "v", "→": ">", "←": "<", "↑": "^", "↓": "v", "●": "*o", "○": "o",
    "♥": "*", "♦": "*", "♣": "*", "♠": "*", "♪": "*", "★": "*", "☆": "*", "◆": "*", "✓": "√v",
    "€": "E", "£": "L", "¥": "Y", "¢": "c", "ß": "s", "æ": "a", "Æ": "A", "ø": "o", "Ø": "O",
    "ł": "l", "Ł": "L",
    # ASCII that the eight-bit machines lack
    "\\": "/", "^": "↑'", "_": "▁▂-", "`": "'", "{": "(", "}": ")", "|": "│!", "~": "-",
    "[": "(", "]": ")",
    "\u00a0": " ",
}
"""For a character, others that look like it, the nearest first. The last resort is ``?``."""
# fmt: on

_UNKNOWN: Final = "?"

# C0, DEL and C1 controls, zero-width and bidirectional marks: no text of the board's own has them, so a
# caller typed them.
_NEVER: Final = (
    *range(0x20),
    *range(0x7F, 0xA0),
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
)


_MOVES: Final = {
    "atascii": frozenset((*range(0x1B, 0x20), *range(0x7D, 0x80), *range(0x9B, 0xA0), *range(0xFD, 0x100)))
}
"""Bytes that have a glyph in the table but do something when they are sent."""


class Repertoire:
    """The characters that can be shown in one encoding."""

    def __init__(self, encoding: str) -> None:
        self.encoding: Final = encoding
        self._encode: Final = codecs.lookup(encoding).encode
        self._moves: Final = _MOVES.get(encoding, frozenset[int]())
        charmap = codecs.find(encoding)
        suspects = {*SIMPLER, *map(chr, charmap.encoding if charmap else ())}
        self._table: Final = {ord(char): self._nearest(char) for char in suspects if not self._has(char)}
        self._table.update(dict.fromkeys(_NEVER, _UNKNOWN))

    def encode(self, text: str) -> bytes:
        """Bytes for `text`, free of controls; what is missing becomes the nearest there is, one for one."""
        text = text.translate(self._table)
        try:
            return self._encode(text)[0]
        except UnicodeEncodeError:
            return self._encode("".join(map(self._nearest, text)), "replace")[0]

    def has(self, char: str) -> bool:
        """Whether this very character can be shown."""
        return ord(char) not in _NEVER and self._has(char)

    def _nearest(self, char: str) -> str:
        """`char`, or what looks most like it."""
        for candidate in char + SIMPLER.get(char, ""):
            if self._has(candidate):
                return candidate
        return self._base(char)

    def _base(self, char: str) -> str:
        """The letter under the accents, if that is there."""
        base: str = unicodedata.normalize("NFKD", char)[0]
        return base if self._has(base) else _UNKNOWN

    def _has(self, char: str) -> bool:
        try:
            encoded = self._encode(char)[0]
        except UnicodeEncodeError:
            return False
        return encoded[0] not in self._moves


@lru_cache(maxsize=16)
def repertoire(encoding: str) -> Repertoire:
    """The repertoire of an encoding that we chose: never pass a name that came from a peer."""
    return Repertoire(encoding)
