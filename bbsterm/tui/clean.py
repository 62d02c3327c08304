"""What a peer says, made fit for our own window: no control reaches the host terminal, nothing is markup."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["printable_cells", "printable_text"]

_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Zero width, and they reorder or hide what stands beside them, in our rows as well as in the board's.
_INVISIBLE: Final = re.compile(
    "[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
)


def printable_cells(text: str) -> str:
    """A span's text, safe to write to the host terminal. Emulations promise that already; this makes sure.

    A control character, which would take a cell with it, becomes U+FFFD; invisible reordering ones vanish.
    """
    if text.isprintable():
        return text
    return _INVISIBLE.sub("", _CONTROLS.sub("\ufffd", text))


def printable_text(text: str, limit: int = 256) -> str:
    """A peer's string for a title, a toast or a status row: one line of at most `limit`, controls visible."""
    shown = "".join(_visible(character) for character in text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    if code < 0x20 or code == 0x7F:
        return "^" + chr(code ^ 0x40)
    if unicodedata.category(character) == "Zs":
        return " "
    return f"<U+{code:04X}>"
