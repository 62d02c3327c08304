"""The keyboards of the Atari 8-bit computers and of the Atari ST's VT52 emulator."""

from __future__ import annotations

from typing import Final

from bbsterm.screen.keyboards import CONTROLS, Keyboard

__all__ = ["ATARIST", "ATASCII"]

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"

ATASCII: Final = Keyboard(
    name="atascii",
    keys={
        "enter": b"\x9b", "escape": b"\x1b",
        "tab": b"\x7f", "ctrl+tab": b"\x9e", "shift+tab": b"\x9f",
        "up": b"\x1c", "down": b"\x1d", "left": b"\x1e", "right": b"\x1f",
        "home": b"\x7d", "shift+home": b"\x7d", "end": b"\x7d",
        "backspace": b"\x7e", "delete": b"\xfe", "insert": b"\xff",
        "shift+backspace": b"\x9c", "shift+delete": b"\x9c", "shift+insert": b"\x9d",
    },
    encoding="atascii",
    alt_is_escape=False,
    controls={
        # Ctrl with a letter is a picture, not a command; Ctrl-2 is the bell.
        **{letter: CONTROLS[letter] for letter in _LETTERS},
        "comma": b"\x00", "full_stop": b"\x60", "semicolon": b"\x7b", "2": b"\xfd",
        "minus": b"\x1c", "equals_sign": b"\x1d", "plus": b"\x1e", "asterisk": b"\x1f",
    },
    toggles={"grave_accent": "inverse"},
)  # fmt: skip
"""An Atari 800's keyboard: Home is CLEAR, Del and Ins work on characters, with Shift on lines.

The Atari's inverse key is the back-quote, as in SyncTERM; ATASCII has no such character.
"""

ATARIST: Final = Keyboard(
    name="atarist",
    keys={
        "enter": b"\r", "tab": b"\t", "escape": b"\x1b", "backspace": b"\b", "delete": b"\x7f",
        "up": b"\x1bA", "down": b"\x1bB", "right": b"\x1bC", "left": b"\x1bD",
        "home": b"\x1bH", "shift+home": b"\x1bE", "insert": b"\x1bI", "end": b"\x1bK",
        **{f"f{number + 1}": b"\x1b" + bytes([ord("P") + number]) for number in range(10)},
        **{f"shift+f{number + 1}": b"\x1b" + bytes([ord("p") + number]) for number in range(10)},
    },
    encoding="atarist",
)  # fmt: skip
"""An Atari ST's keyboard as its VT52 terminal programs send it: ESC and a letter. End is Undo."""
