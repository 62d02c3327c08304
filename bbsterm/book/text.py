"""Text of the book: made visible where it is not printable, and folded for finding."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["fold", "fold_name", "is_plain", "one_line", "visible"]

# Zero width: they hide, or turn around what stands beside them. (isprintable() lets some of them through.)
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]"
)
_NOT_NAME: Final = re.compile(r"[\W_]+")


def is_plain(text: str) -> bool:
    """Whether `text` can be shown as it is: one line, nothing that controls a terminal or hides."""
    return (text.isascii() and text.isprintable()) or (text.isprintable() and not _INVISIBLE.search(text))


def visible(text: str) -> str:
    """`text` with what nobody should see raw made visible: ESC as ``^[``, U+202E as ``<U+202E>``."""
    if is_plain(text):
        return text
    return "".join(map(_mark, text))


def one_line(text: str, limit: int) -> str:
    """What a list from elsewhere says, fit for one line of at most `limit` characters."""
    shown = visible(" ".join(text[: limit * 4].split()))
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


def fold(text: str) -> str:
    """`text` as it is searched: without case and accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


def fold_name(name: str) -> str:
    """A board's name for comparing: letters and digits only, without a leading "the" and a final "bbs"."""
    words = _NOT_NAME.sub(" ", fold(name)).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if len(words) > 1 and words[-1] == "bbs":
        words = words[:-1]
    return "".join(words)


def _mark(char: str) -> str:
    if is_plain(char):
        return char
    code = ord(char)
    if code < 0x20 or code == 0x7F:
        return "^" + chr(code ^ 0x40)
    return " " if unicodedata.category(char) == "Zs" else f"<U+{code:04X}>"
