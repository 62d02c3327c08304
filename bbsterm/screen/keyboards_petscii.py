"""The Commodore's keyboard, on a PC's.

Letters send 41-5A and shifted C1-DA. Ctrl is Ctrl, Alt is the Commodore key, Esc is RUN/STOP, Home and
Shift-Home are HOME and CLR (End is CLR too, as in SyncTERM). Shift makes F1, F3, F5, F7 into F2, F4, F6, F8,
and those keys work by themselves. Most terminals cannot send Ctrl with a digit, and some cannot send Alt with
one: F9 holds Ctrl down and F10 the Commodore key until the next key is pressed, so F9 3 is Ctrl-3, red.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from bbsterm.codecs.petscii import PETSCII as TEXT
from bbsterm.codecs.petscii_unshifted import PETSCII_UNSHIFTED as GRAPHICS
from bbsterm.screen.keyboards import CONTROLS, Keyboard

__all__ = ["COLOURS", "PETSCII", "graphics"]

COLOURS: Final = {
    # Ctrl with a digit, then the Commodore key with a digit; the names on the fronts of the keys.
    "black": b"\x90", "white": b"\x05", "red": b"\x1c", "cyan": b"\x9f",
    "purple": b"\x9c", "green": b"\x1e", "blue": b"\x1f", "yellow": b"\x9e",
    "orange": b"\x81", "brown": b"\x95", "light red": b"\x96", "dark grey": b"\x97",
    "grey": b"\x98", "light green": b"\x99", "light blue": b"\x9a", "light grey": b"\x9b",
}  # fmt: skip
_CODES: Final = tuple(COLOURS.values())

# What the Commodore key makes of the letters A to Z: the pictures on the left of the keys.
_COMMODORE: Final = bytes.fromhex("b0bfbcacb1bba5b4a2b5a1b6a7aab9afabb2aea3b8beb3bdb7ad")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"

_KEYS: Final = {
    "enter": b"\x0d", "shift+enter": b"\x8d", "alt+enter": b"\x8d",
    "backspace": b"\x14", "delete": b"\x14", "insert": b"\x94",
    "shift+backspace": b"\x94", "shift+delete": b"\x94", "alt+backspace": b"\x94", "alt+delete": b"\x94",
    "home": b"\x13", "shift+home": b"\x93", "alt+home": b"\x93", "end": b"\x93",
    "up": b"\x91", "down": b"\x11", "left": b"\x9d", "right": b"\x1d",
    "f1": b"\x85", "f2": b"\x89", "f3": b"\x86", "f4": b"\x8a",
    "f5": b"\x87", "f6": b"\x8b", "f7": b"\x88", "f8": b"\x8c",
    **{f"{held}+f{key}": bytes([0x89 + key // 2]) for held in ("shift", "alt") for key in (1, 3, 5, 7)},
    "escape": b"\x03", "shift+escape": b"\x83", "alt+escape": b"\x83",
    "tab": b"\x09", "shift+tab": b"\x18",  # the C128 has the key; on a C64 these codes are harmless
    "shift+space": b"\xa0", "alt+space": b"\xa0",
}  # fmt: skip

_CTRL: Final = {
    **{f"{number}": code for number, code in zip("12345678", _CODES[:8], strict=True)},
    "9": b"\x12", "0": b"\x92",
    **{letter: CONTROLS[letter] for letter in _LETTERS},
    "at": b"\x00", "colon": b"\x1b", "semicolon": b"\x1d", "equals_sign": b"\x1f", "underscore": b"\x06",
    "left_square_bracket": b"\x1b", "backslash": b"\x1c", "right_square_bracket": b"\x1d",
    "circumflex_accent": b"\x1e",
}  # fmt: skip

_ALT: Final = {
    **{f"alt+{number}": code for number, code in zip("12345678", _CODES[8:], strict=True)},
    **{f"alt+{letter}": bytes([code]) for letter, code in zip(_LETTERS, _COMMODORE, strict=True)},
    "alt+9": b"\x29", "alt+0": b"\x30",
    "alt+plus": b"\xa6", "alt+minus": b"\xdc", "alt+at": b"\xa4", "alt+asterisk": b"\xdf",
    "alt+backslash": b"\xa8", "alt+pound_sign": b"\xa8", "alt+circumflex_accent": b"\xde",
}  # fmt: skip


def _characters() -> Iterator[tuple[str, bytes]]:
    """Characters that the keyboard sends with another byte than the codec: the upper copy of 60-7F."""
    for table in (GRAPHICS.table, TEXT.table):  # where they differ the text set counts
        yield from ((table[code], bytes([code])) for code in range(0xC0, 0xE0))
    yield from (("_", b"\x5f"), ("|", b"\xdd"), ("~", b"\xde"))  # left arrow, and Shift - and Shift up arrow


PETSCII: Final = Keyboard(
    name="petscii",
    keys={**_KEYS, **_ALT},
    characters=dict(_characters()),
    encoding="petscii",
    alt_is_escape=False,
    controls=_CTRL,
    sticky={"f9": "ctrl", "f10": "alt"},
)
"""A C64's keyboard (and a C128's Tab)."""


def graphics() -> list[tuple[str, str, bytes]]:
    """Every picture as its Unicode name, its character and the byte a keyboard sends, for a palette.

    The text set's pictures come first; then those that only the graphics set has.
    """
    found: dict[str, bytes] = {}
    for table in (TEXT.table, GRAPHICS.table):
        for code in (*range(0xA1, 0xC0), *range(0xC0, 0xE0)):
            if not table[code].isalnum():
                found.setdefault(table[code], bytes([code]))
    return [(unicodedata.name(char).lower(), char, code) for char, code in found.items()]
