"""Keys by name: as people write them, as we show them, and as Textual calls them; and which cannot be bound.

``^P``, ``ctrl+p`` and ``C-p`` are one key; so are ``Esc`` and ``escape``, ``/`` and ``slash``.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["key_name", "parse_key", "textual_name"]

# fmt: off
_SHOWN: Final = {
    "enter": "Enter", "escape": "Esc", "tab": "Tab", "shift+tab": "S-Tab", "space": "space",
    "backspace": "BkSp", "delete": "Del", "insert": "Ins", "home": "Home", "end": "End",
    "pageup": "PgUp", "pagedown": "PgDn", "up": "Up", "down": "Down", "left": "Left", "right": "Right",
    "ctrl+pageup": "^PgUp", "ctrl+pagedown": "^PgDn",
    "ctrl+right_square_bracket": "^]", "ctrl+5": "^]", "ctrl+backslash": "^\\",
    "ctrl+circumflex_accent": "^^", "ctrl+underscore": "^_", "ctrl+at": "^@",
}
"""Textual's names on the left. ctrl+5 is what German keyboards send for ^] under kitty's protocol."""

_PUNCTUATION: Final = {
    "!": "exclamation_mark", '"': "quotation_mark", "#": "number_sign", "$": "dollar_sign",
    "%": "percent_sign", "&": "ampersand", "'": "apostrophe", "(": "left_parenthesis",
    ")": "right_parenthesis", "*": "asterisk", "+": "plus", ",": "comma", "-": "minus", ".": "full_stop",
    "/": "slash", ":": "colon", ";": "semicolon", "<": "less_than_sign", "=": "equals_sign",
    ">": "greater_than_sign", "?": "question_mark", "@": "at", "[": "left_square_bracket",
    "\\": "backslash", "]": "right_square_bracket", "^": "circumflex_accent", "_": "underscore",
    "`": "grave_accent", "{": "left_curly_bracket", "|": "vertical_line", "}": "right_curly_bracket",
    "~": "tilde",
}
_ALIASES: Final = {
    "esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "page_up": "pageup",
    "page_down": "pagedown", "del": "delete", "ins": "insert", "bksp": "backspace", "s-tab": "shift+tab",
}
# fmt: on
_TEXTUAL: Final = {shown: name for name, shown in _SHOWN.items() if name != "ctrl+5"} | _PUNCTUATION
_CHARACTERS: Final = {name: character for character, name in _PUNCTUATION.items()}
_FUNCTION: Final = re.compile(r"f(\d{1,2})")
_CONTROLS: Final = frozenset("abcdefghijklmnopqrstuvwxyz]\\^_@")
_TWINS: Final = {"h": "Backspace", "i": "Tab", "j": "Enter", "m": "Enter", "[": "Esc"}


def key_name(key: str, character: str | None) -> str:
    """A pressed key as the table writes it: "?" for question_mark, "Esc" for escape, "h" for H too."""
    if character and len(character) == 1 and character.isprintable() and character != " " and "+" not in key:
        return character.lower()
    if key in _SHOWN:
        return _SHOWN[key]
    if key in _CHARACTERS:
        return _CHARACTERS[key]
    modifier, _, rest = key.rpartition("+")
    if modifier == "ctrl" and len(rest) == 1:
        return f"^{rest.upper()}"
    if modifier == "alt" and len(rest) == 1:
        return f"Alt+{rest.upper()}"
    return key.upper() if _FUNCTION.fullmatch(key) else key


def textual_name(shown: str) -> str:
    """What Textual calls a key that the table writes like this."""
    if shown in _TEXTUAL:
        return _TEXTUAL[shown]
    if len(shown) == 2 and shown[0] == "^":
        return f"ctrl+{shown[1].lower()}"
    return shown.lower() if len(shown) > 1 else shown


def parse_key(text: str) -> str:
    """A key as a person writes it, in the table's spelling.

    Raises:
        ValueError: There is no such key, or most terminals cannot send it: why, in words.
    """
    if text in _PUNCTUATION or (len(text) == 1 and text.isprintable() and text != " "):
        return text.lower()
    word = text.strip().lower()
    word = _ALIASES.get(word, word)
    if len(word) == 2 and word[0] == "^":
        word = f"ctrl+{word[1]}"
    if match := re.fullmatch(r"(c|ctrl|control|a|m|alt|meta|s|shift)[-+](.+)", word):
        return _modified({"c": "ctrl", "a": "alt", "m": "alt", "s": "shift"}[match[1][0]], match[2], text)
    if word in _SHOWN:
        return _SHOWN[word]
    if word in _CHARACTERS:
        return _CHARACTERS[word]
    if match := _FUNCTION.fullmatch(word):
        if 1 <= int(match[1]) <= 12:
            return word.upper()
        raise ValueError("cannot be bound: terminals send F13 and above as other keys")
    if word in ("left_shift", "right_shift", "shift", "ctrl", "alt", "super", "caps_lock", "print", "pause"):
        raise ValueError("cannot be bound: a terminal does not send it by itself")
    raise ValueError("is no key; write x, ctrl+x, alt+x, f1, enter, escape, up, pageup ...")


def _modified(modifier: str, rest: str, text: str) -> str:
    rest = _CHARACTERS.get(_ALIASES.get(rest, rest), _ALIASES.get(rest, rest))
    if modifier == "shift":
        if rest == "tab":
            return _SHOWN["shift+tab"]
        raise ValueError("cannot be bound: most terminals send Shift with a key as the key alone")
    if "+" in rest and len(rest) > 1:
        raise ValueError("cannot be bound: most terminals cannot send two modifiers with a key")
    if modifier == "alt":
        return _with_alt(rest)
    if rest in _TWINS:
        raise ValueError(f"cannot be bound: it is the same as {_TWINS[rest]} on most terminals")
    if rest in _CONTROLS:
        return f"^{rest.upper()}"
    if len(rest) == 1 and rest.isdigit():
        raise ValueError("cannot be bound: most terminals do not send Ctrl with a digit")
    raise ValueError(f"cannot be bound: most terminals do not send {text.strip()}")


def _with_alt(rest: str) -> str:
    if rest in ("b", "f"):
        raise ValueError("cannot be bound: it arrives as Ctrl+Left or Ctrl+Right")
    if len(rest) == 1 and rest.isascii() and rest.isalpha():
        return f"Alt+{rest.upper()}"
    if len(rest) == 1 and rest.isdigit():
        raise ValueError("cannot be bound: Alt with a digit types another character on many terminals")
    raise ValueError("cannot be bound: many terminals drop Alt here and type the character")
