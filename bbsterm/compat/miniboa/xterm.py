"""Caret codes: colours that are typed as text, such as ``^R`` for bright red; and wrapping for a window."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["CODES", "colorize", "strip_caret_codes", "word_wrap"]

_COLOURS: Final = {"k": 0, "r": 1, "g": 2, "y": 3, "b": 4, "m": 5, "c": 6, "w": 7}

CODES: Final[dict[str, str]] = {
    **{f"^{letter}": f"\x1b[22;3{number}m" for letter, number in _COLOURS.items()},
    **{f"^{letter.upper()}": f"\x1b[1;3{number}m" for letter, number in _COLOURS.items()},
    **{f"^{number}": f"\x1b[4{number}m" for number in range(7)},
    "^d": "\x1b[39m",  # the default colour
    "^I": "\x1b[7m",  # inverse
    "^i": "\x1b[27m",
    "^~": "\x1b[0m",  # reset all
    "^U": "\x1b[4m",  # underline
    "^u": "\x1b[24m",
    "^!": "\x1b[1m",  # bold
    "^.": "\x1b[22m",
    "^s": "\x1b[2J",  # clear the screen
    "^l": "\x1b[2K",  # clear the line
}
"""Each caret code and what it sends; ``^^`` is a caret."""

_CODE: Final = re.compile(r"\^.", re.DOTALL)
_PARAGRAPH: Final = re.compile(r"\n\s*\n")


def colorize(text: str, ansi: bool = True) -> str:
    """Turn caret codes into ANSI sequences, or with ``ansi=False`` into nothing."""

    def spell(found: re.Match[str]) -> str:
        code = found[0]
        if code == "^^":
            return "^"
        if code not in CODES:
            return code
        return CODES[code] if ansi else ""

    return _CODE.sub(spell, text)


def strip_caret_codes(text: str) -> str:
    """Take caret codes out."""
    return colorize(text, ansi=False)


def word_wrap(text: str, columns: int = 80, indent: int = 4, padding: int = 2) -> list[str]:
    """Wrap text into lines for a window `columns` wide; caret codes count as letters.

    Args:
        text: Paragraphs, with empty lines between them.
        columns: The window's width.
        indent: Blanks before the first line of a paragraph, beside one.
        padding: Blanks before its other lines beside one, and kept free at the right.
    """
    lines = []
    for paragraph in _PARAGRAPH.split(text):
        if not paragraph.strip():
            continue
        line = " " * indent
        for word in paragraph.split():
            if len(line) + 1 + len(word) > columns - padding and not line.isspace():
                lines.append(line)
                line = " " * padding
            line += " " + word
        lines.append(line)
    return lines
