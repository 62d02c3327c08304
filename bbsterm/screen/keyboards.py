"""The keyboards of the machines we can be: for each, which bytes a key sends.

A key is written the way Textual reports it, modifiers first and in alphabetical order: ``up``,
``ctrl+left``, ``alt+shift+f1``. The tables are plain dictionaries so that they can be read, printed as
charts, and tested row by row; `bbsterm.screen.keys.encode_key` is the only code that looks into them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final

__all__ = ["ANSI", "CONTROLS", "DOORWAY", "VT", "Keyboard"]


@dataclass(frozen=True, eq=False)
class Keyboard:
    """One machine's keyboard.

    Attributes:
        name: The emulation it belongs to: "ansi", "vt", "petscii", "atascii", "atarist".
        keys: Key name to bytes, modifiers included. A key with a modifier that is not here sends what the key
            alone sends.
        application: What cursor keys send instead while the board has DECCKM set.
        characters: Typed characters that do not go the codec's way, such as capital letters on a Commodore.
        encoding: The codec of typed characters; None means the one the call uses.
        alt_is_escape: Whether Alt with a key sends ESC and then the key (on the home computers it does not).
        controls: What Ctrl with a character key sends.
        sticky: Keys that hold a modifier down until the next key is pressed: name to "ctrl" or "alt".
        toggles: Keys that switch something in the terminal and send nothing: name to what ("inverse").
    """

    name: str
    keys: Mapping[str, bytes]
    application: Mapping[str, bytes] = field(default_factory=dict)
    characters: Mapping[str, bytes] = field(default_factory=dict)
    encoding: str | None = None
    alt_is_escape: bool = True
    controls: Mapping[str, bytes] = field(default_factory=lambda: CONTROLS)
    sticky: Mapping[str, str] = field(default_factory=dict)
    toggles: Mapping[str, str] = field(default_factory=dict)


CONTROLS: Final[Mapping[str, bytes]] = {
    **{chr(letter): bytes([letter & 0x1F]) for letter in range(ord("a"), ord("z") + 1)},
    "at": b"\x00", "@": b"\x00", "space": b"\x00", "grave_accent": b"\x00",
    "left_square_bracket": b"\x1b", "backslash": b"\x1c", "right_square_bracket": b"\x1d",
    "circumflex_accent": b"\x1e", "underscore": b"\x1f", "slash": b"\x1f", "minus": b"\x1f",
    "question_mark": b"\x7f",
    # The digits, as xterm and the VT220 have them: on a German keyboard Ctrl+5 is the only way to type 1D.
    "2": b"\x00", "3": b"\x1b", "4": b"\x1c", "5": b"\x1d", "6": b"\x1e", "7": b"\x1f", "8": b"\x7f",
}  # fmt: skip
"""The key after ``ctrl+`` to the ASCII control character: kitty's protocol reports no character here."""

_CSI: Final = b"\x1b["

_MODIFIERS: Final = {"": 1, "shift+": 2, "alt+": 3, "alt+shift+": 4,
                     "ctrl+": 5, "ctrl+shift+": 6, "alt+ctrl+": 7, "alt+ctrl+shift+": 8}  # fmt: skip
"""How xterm numbers modifiers: 1, and 1 more for Shift, 2 for Alt, 4 for Ctrl."""

_NUMBERS: Final = (11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34)
_FUNCTION: Final = {f"f{key}": number for key, number in enumerate(_NUMBERS, 1)}
"""The numbers of the function keys (VT220), with DEC's gaps."""

_COMMON: Final = {"enter": b"\r", "tab": b"\t", "shift+tab": b"\x1b[Z", "escape": b"\x1b"}

_ARROWS: Final = {"up": b"A", "down": b"B", "right": b"C", "left": b"D"}


def _modified(named: Mapping[str, int]) -> Iterator[tuple[str, bytes]]:
    """Keys that send ``CSI number ~``, with and without modifiers."""
    for (key, number), (prefix, modifier) in product(named.items(), _MODIFIERS.items()):
        yield prefix + key, b"\x1b[%d~" % number if modifier == 1 else b"\x1b[%d;%d~" % (number, modifier)


def _modified_letters(named: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Keys that send ``CSI letter``, and with modifiers ``CSI 1 ; modifier letter``."""
    for (key, letter), (prefix, modifier) in product(named.items(), _MODIFIERS.items()):
        yield prefix + key, _CSI + letter if modifier == 1 else b"\x1b[1;%d%b" % (modifier, letter)


ANSI: Final = Keyboard(
    name="ansi",
    keys={
        **_COMMON,
        **{key: _CSI + letter for key, letter in _ARROWS.items()},
        "home": b"\x1b[H", "end": b"\x1b[K", "pageup": b"\x1b[V", "pagedown": b"\x1b[U", "insert": b"\x1b[@",
        "backspace": b"\b", "delete": b"\x7f",
        **dict(_modified(_FUNCTION)),
    },
)  # fmt: skip
"""What boards expect: SyncTERM's keys (ANSI-BBS). Shift, Ctrl and Alt count with function keys only."""

VT: Final = Keyboard(
    name="vt",
    keys={
        **_COMMON,
        **dict(_modified_letters({**_ARROWS, "home": b"H", "end": b"F"})),
        **dict(_modified({"insert": 2, "delete": 3, "pageup": 5, "pagedown": 6, **_FUNCTION})),
        **dict(_modified_letters({"f1": b"P", "f2": b"Q", "f3": b"R", "f4": b"S"})),
        "f1": b"\x1bOP", "f2": b"\x1bOQ", "f3": b"\x1bOR", "f4": b"\x1bOS",
        "backspace": b"\x7f",
    },
    application={key: b"\x1bO" + letter for key, letter in {**_ARROWS, "home": b"H", "end": b"F"}.items()},
)  # fmt: skip
"""What Unix hosts expect: xterm's keys, in its default setting ("PC style")."""


def _scancodes() -> Iterator[tuple[str, int]]:
    """The IBM PC BIOS's codes for keys without a character (interrupt 16, function 0: AL = 0, AH = this)."""
    yield from (("shift+tab", 0x0F), ("home", 0x47), ("up", 0x48), ("pageup", 0x49), ("left", 0x4B))
    yield from (("right", 0x4D), ("end", 0x4F), ("down", 0x50), ("pagedown", 0x51), ("insert", 0x52))
    yield from (("delete", 0x53), ("ctrl+left", 0x73), ("ctrl+right", 0x74), ("ctrl+end", 0x75))
    yield from (("ctrl+pagedown", 0x76), ("ctrl+home", 0x77), ("ctrl+pageup", 0x84))
    functions = (("", 0x3B, 0x85), ("shift+", 0x54, 0x87), ("ctrl+", 0x5E, 0x89), ("alt+", 0x68, 0x8B))
    for prefix, f1, f11 in functions:
        yield from ((f"{prefix}f{number}", f1 + number - 1) for number in range(1, 11))
        yield from ((f"{prefix}f{number}", f11 + number - 11) for number in (11, 12))
    rows = ((0x10, "qwertyuiop"), (0x1E, "asdfghjkl"), (0x2C, "zxcvbnm"), (0x78, "1234567890"))
    for first, letters in rows:
        yield from ((f"alt+{letter}", first + place) for place, letter in enumerate(letters))
    yield from (("alt+minus", 0x82), ("alt+equals_sign", 0x83))


DOORWAY: Final[Mapping[str, bytes]] = {key: bytes([0, code]) for key, code in _scancodes()}
"""What keys send in doorway mode (``CSI = 255 h``): NUL and the PC's scan code, as DoorWay reads them."""
