"""What callers type, made harmless before anybody else sees it: in the chat, on the wall, in a log."""

from __future__ import annotations

import unicodedata
from typing import Final

from bbsterm import limits

__all__ = ["GUEST", "for_log", "line", "name", "paragraph"]

GUEST: Final = "Guest"

_LEFT_OUT: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mn", "Me"})
"""Controls, format and bidi marks, surrogates, unassigned, line breaks, and marks that pile up on a cell."""


def line(text: str, longest: int) -> str:
    """One line of `text`, at most `longest` characters: no controls, no stacked accents, single blanks."""
    composed = unicodedata.normalize("NFC", text[: longest * 4])
    kept = (" " if char.isspace() else char for char in composed if char == "\t" or _shows(char))
    return " ".join("".join(kept).split())[:longest].rstrip()


def paragraph(text: str, longest: int) -> str:
    """One line of a message: like `line`, but blanks stay as they were typed, but for those at its end."""
    composed = unicodedata.normalize("NFC", text[: longest * 4])
    kept = "".join(" " if char.isspace() else char for char in composed if char == "\t" or _shows(char))
    return kept[:longest].rstrip()


def name(text: str) -> str:
    """A caller's name as everybody sees it; `GUEST` where nothing usable was typed."""
    kept = line(text, limits.MAX_CALLER_NAME)
    return kept if any(char.isalnum() for char in kept) else GUEST


def for_log(text: str) -> str:
    """A peer's text for one line of the log: escaped, and cut."""
    cut = text[: limits.MAX_LOGGED]
    return cut.encode("unicode_escape").decode("ascii") + ("..." if len(text) > len(cut) else "")


def _shows(char: str) -> bool:
    return unicodedata.category(char) not in _LEFT_OUT
