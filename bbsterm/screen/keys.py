"""From a key, as Textual names it, to the bytes the board expects.

Textual's reports are not all alike. Under kitty's protocol Ctrl+A has no character, so control characters are
made from the key's *name*; F13 to F17 of a legacy terminal arrive as keys whose name is a raw control
character, and are dropped; there a modifier alone is a key too, and sends nothing.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import CodecInfo
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from bbsterm import codecs
from bbsterm.screen.keyboards import DOORWAY, VT, Keyboard

__all__ = ["KeyModes", "encode_key", "encode_text"]


@dataclass(frozen=True, slots=True)
class KeyModes:
    """What the board and the entry have said about the keyboard.

    Attributes:
        encoding: The codec of typed characters, where the machine has none of its own.
        application_cursor: DECCKM: cursor keys send ESC O.
        newline: LNM: Enter sends CR LF.
        backarrow: DECBKM as the board set it: True is 08 and 7F for Backspace and Delete, False is 7F and
            ``CSI 3 ~``; None, the board has not said, is what the keyboard says.
        backspace: What Backspace sends whatever anybody says (the entry's setting).
        delete: The same for Delete.
        enter: The same for Enter.
        doorway: ``CSI = 255 h``: keys without a character send NUL and a scan code.
        ansi_keys: Home computers send escape sequences for cursor and function keys (``--ansi-keys``).
        ascii_eol: Home computers send CR for Enter (``--ascii-eol``).
        inverse: Typed characters have bit 7 set (Atari's inverse key).
    """

    encoding: str = "cp437"
    application_cursor: bool = False
    newline: bool = False
    backarrow: bool | None = None
    backspace: bytes | None = None
    delete: bytes | None = None
    enter: bytes | None = None
    doorway: bool = False
    ansi_keys: bool = False
    ascii_eol: bool = False
    inverse: bool = False


_DEFAULT: Final = KeyModes()

_BACKARROW: Final[Mapping[tuple[str, bool], bytes]] = {
    ("backspace", True): b"\b",
    ("delete", True): b"\x7f",
    ("backspace", False): b"\x7f",
    ("delete", False): b"\x1b[3~",
}

_SAME: Final = {"return": "enter", "newline": "ctrl+j", "ctrl+m": "enter", "ctrl+i": "tab"}

_OURS: Final = frozenset({"alt", "ctrl", "shift"})
"""Modifiers that a board may see; Super, Hyper and Meta belong to the desktop."""

_SEQUENCE_KEYS: Final = re.compile(r"up|down|left|right|home|end|pageup|pagedown|insert|f\d+")


def encode_key(
    keyboard: Keyboard, key: str, character: str | None = None, modes: KeyModes = _DEFAULT
) -> bytes | None:
    """The bytes a key sends; None where this machine has no such key.

    Args:
        keyboard: Whose keys.
        key: Textual's name: "up", "ctrl+c", "shift+tab", "alt+a", "ctrl+right_square_bracket", "A".
        character: What the key types, if it types anything.
        modes: What the board and the entry have said.
    """
    *held, base = _SAME.get(key, key).split("+")
    modifiers = frozenset(held)
    if not modifiers <= _OURS or (len(key) == 1 and not key.isprintable()):
        return None
    chord = "+".join([*sorted(modifiers), base])
    if modes.doorway and chord in DOORWAY:
        return DOORWAY[chord]
    if base == "backspace" and character == "\b" and not modifiers and keyboard.encoding is None:
        return b"\b"  # Ctrl+H on a legacy terminal; or its Backspace sends 08, which then is what is wanted
    named = _named(keyboard, chord, base, modes)
    if named is not None:
        return named
    if "ctrl" in modifiers:
        control = keyboard.controls.get(base.lower() if len(base) == 1 else base)
        return _escaped(keyboard, modifiers, control)
    typed = (
        character if character and character.isprintable() else _character(base, shift="shift" in modifiers)
    )
    if typed is None:
        return _escaped(keyboard, modifiers, keyboard.keys.get(base))
    return _escaped(keyboard, modifiers, _typed(keyboard, typed, modes))


def encode_text(keyboard: Keyboard, text: str, modes: KeyModes = _DEFAULT) -> bytes:
    """The bytes for a pasted or scripted text: every newline is Enter, what the machine lacks is ``?``."""
    enter = _named(keyboard, "enter", "enter", modes) or b"\r"
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return enter.join(_line(keyboard, line, modes) for line in lines)


def _line(keyboard: Keyboard, line: str, modes: KeyModes) -> bytes:
    if not keyboard.characters:
        return _encode(keyboard.encoding or modes.encoding, line, "replace")
    return b"".join(_typed(keyboard, char, modes) or b"?" for char in line)


def _named(keyboard: Keyboard, chord: str, base: str, modes: KeyModes) -> bytes | None:
    """What the keyboard's tables say about a key that is not a character."""
    match base:
        case "backspace" if modes.backspace is not None:
            return modes.backspace
        case "delete" if modes.delete is not None:
            return modes.delete
        case "backspace" | "delete" if modes.backarrow is not None and keyboard.encoding is None:
            return _BACKARROW[base, modes.backarrow]
        case "enter" if modes.enter is not None and chord == "enter":
            return modes.enter
        case "enter" if modes.ascii_eol and keyboard.encoding is not None:
            return b"\r"
        case "enter" if modes.newline:
            return b"\r\n"
    if modes.application_cursor and chord in keyboard.application:
        return keyboard.application[chord]
    if modes.ansi_keys and keyboard.encoding is not None and _SEQUENCE_KEYS.fullmatch(base):
        return VT.keys.get(chord)
    if chord in keyboard.keys:
        return keyboard.keys[chord]
    alt = chord.startswith("alt+") and keyboard.alt_is_escape
    return None if alt or len(base) == 1 else keyboard.keys.get(base)


def _typed(keyboard: Keyboard, typed: str, modes: KeyModes) -> bytes | None:
    """A typed character (or several, from an input method) in the machine's character set."""
    sent = keyboard.characters.get(typed)
    if sent is None:
        try:
            sent = _encode(keyboard.encoding or modes.encoding, typed, "strict")
        except UnicodeEncodeError:
            return None
    return bytes(byte | 0x80 for byte in sent) if modes.inverse else sent


def _escaped(keyboard: Keyboard, modifiers: frozenset[str], sent: bytes | None) -> bytes | None:
    """ESC in front of what Alt changes."""
    if sent is None or "alt" not in modifiers or not keyboard.alt_is_escape:
        return sent
    return b"\x1b" + sent


def _encode(encoding: str, text: str, errors: str) -> bytes:
    return _codec(encoding).encode(text, errors)[0]


@cache
def _codec(encoding: str) -> CodecInfo:
    return codecs.lookup(encoding)


def _character(base: str, *, shift: bool) -> str | None:
    """The ASCII character behind the last part of a key's name: ``a``, ``slash``, ``left_curly_bracket``."""
    if len(base) == 1:
        return base.upper() if shift else base
    return _CHARACTERS.get(base)


def _name(char: str) -> str:
    name = unicodedata.name(char).lower().replace(" ", "_").replace("-", "_")
    return _TEXTUAL_SAYS.get(name, name)


_TEXTUAL_SAYS: Final = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at",
    "hyphen_minus": "minus", "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip

_CHARACTERS: Final[Mapping[str, str]] = {
    _name(char): char for char in map(chr, range(0x20, 0x7F)) if not char.isalnum()
}
