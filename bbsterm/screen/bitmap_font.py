"""A bitmap font of our own, eight by sixteen pixels: hand-drawn letters, computed boxes and blocks.

What it lacks is drawn as what `bbsterm.screen.glyphs` puts in its place, and what nothing can stand for as an
empty frame.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from bbsterm.screen.bitmap_blocks import block
from bbsterm.screen.bitmap_boxes import box
from bbsterm.screen.bitmap_letters import ROWS, SHEET
from bbsterm.screen.glyphs import substitute

__all__ = ["HEIGHT", "WIDTH", "glyph"]

WIDTH: Final = 8
HEIGHT: Final = 16
_TOP: Final = 2
"""Rows above a capital."""

_ACCENTS: Final = {
    "\u0300": (0x20, 0x10), "\u0301": (0x08, 0x10), "\u0302": (0x10, 0x28), "\u0303": (0x34, 0x58),
    "\u0308": (0x44, 0x44), "\u030a": (0x38, 0x38), "\u030c": (0x28, 0x10), "\u0304": (0x00, 0x7C),
}  # fmt: skip
_CEDILLA: Final = "\u0327"
_ALIASES: Final = {
    "β": "ß",
    "μ": "µ",
    "▶": "►",
    "◀": "◄",
    "Ω": "Ω",
    "\xa0": " ",
    "∑": "Σ",
    "∏": "π",
    "■": "■",
}
_FRAME: Final = (0, 0, 0x7E, *(0x42,) * 8, 0x7E, 0, 0, 0, 0)


@cache
def _letters() -> dict[str, tuple[int, ...]]:
    lines = SHEET.strip("\n").split("\n")
    found: dict[str, tuple[int, ...]] = {" ": (0,) * HEIGHT}
    for start in range(0, len(lines), ROWS + 2):
        names = lines[start].split()
        rows = [line.split(" ") for line in lines[start + 1 : start + 1 + ROWS]]
        for place, name in enumerate(names):
            found[name] = _thick([_bits(row[place]) for row in rows])
    return found


def _bits(dots: str) -> int:
    return sum(0x80 >> x for x, dot in enumerate(dots) if dot == "#")


def _thick(rows: list[int]) -> tuple[int, ...]:
    """Strokes two pixels wide, in the middle of the cell's height."""
    drawn = [row | row >> 1 for row in rows]
    return (0,) * _TOP + tuple(drawn) + (0,) * (HEIGHT - _TOP - len(drawn))


@cache
def glyph(char: str) -> tuple[int, ...]:
    """Sixteen rows of eight pixels, the leftmost the highest bit. `char` may have combining characters."""
    found = _drawn(_ALIASES.get(char, char))
    if found is not None:
        return found
    for level in ("basic", "ascii"):
        simpler = substitute(char, level).strip()
        if simpler and simpler[0] != char and simpler[0] != "?":
            found = _drawn(simpler[0])
            if found is not None:
                return found
    return _FRAME


def _drawn(char: str) -> tuple[int, ...] | None:
    letters = _letters()
    if char in letters:
        return letters[char]
    if len(char) == 1 and (computed := box(char) or block(char)):
        return tuple(computed)
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[:1], decomposed[1:]
    if not marks or base not in letters:
        return None
    rows = list(letters["ı" if base == "i" else base])
    for mark in marks:
        if mark == _CEDILLA:
            rows[12], rows[13] = 0x10, 0x30
        elif mark in _ACCENTS:
            first = 0 if base.isupper() else 2
            rows[first : first + 2] = _ACCENTS[mark]
    return tuple(rows)
