"""How many cells a character takes: text as cells, by wcwidth."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from wcwidth import wcwidth  # pyte brings it

from bbsterm import limits

__all__ = ["ODD", "ODD_IN_STREAM", "Cells", "cells_of", "width_of"]

Cells = str | tuple[str, ...]
"""Cells to write: a string if every character has a cell of its own, or else a tuple (see `Row`)."""

_NARROW: Final = (
    "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2070-\u209c"
    "\u20a0-\u20bf\u2100-\u214f\u2190-\u2319\u231c-\u2328\u232b-\u23e8\u2400-\u2426\u2440-\u244a"
    "\u2460-\u25fc\u25ff-\u2613\u2616-\u262f\u2638-\u2647\u2654-\u267e\ue000-\uf8ff\ufffd"
    "\U0001fb00-\U0001fb92\U0001fb94-\U0001fbca"
)
"""Characters that take one cell, in any version of Unicode: European letters, boxes, blocks, symbols."""

ODD: Final = re.compile(f"[^{_NARROW}]")
"""Finds a character that may take no cell, or two."""

ODD_IN_STREAM: Final = re.compile(f"[^\x00-\x1f\x7f{_NARROW}]")
"""The same where control characters are too: they do not count."""

_MARKS: Final = frozenset(("Mn", "Mc", "Me"))

_EMOJI: Final = "\ufe0f"
"""A variation selector that makes some terminals draw the character before it over two cells: left out."""


def cells_of(text: str) -> tuple[str, Cells]:
    """Text as cells.

    Returns:
        Marks that belong to the cell before the text (usually none), and the cells. A wide character has an
        empty cell after it, a combining mark is in the cell of its character. What is neither (zero-width
        joiners, direction marks, controls) is left out: it must not reach the host terminal.
    """
    if not ODD.search(text):
        return "", text
    marks, cells = "", list[str]()
    for char in text:
        width = width_of(char)
        if width == 2:
            cells += (char, "")
        elif width == 1:
            cells.append(char)
        elif _combines(char):
            place = len(cells) - 1 - (cells[-1] == "") if cells else -1
            if place < 0:
                marks = _combine(marks, char)
            else:
                cells[place] = _combine(cells[place], char)
    return marks, tuple(cells)


def _combines(char: str) -> bool:
    """Whether a character without a width belongs to the cell before: a mark, a part of a Hangul syllable."""
    if unicodedata.category(char) in _MARKS:
        return char != _EMOJI
    return "\u1161" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7fb"


def _combine(cell: str, mark: str) -> str:
    return cell + mark if len(cell) <= limits.MAX_COMBINING else cell


@lru_cache(maxsize=4096)
def width_of(char: str) -> int:
    """1, 2, or 0 for a mark and for what does not show. Soft hyphens do not."""
    return 0 if char == "\xad" else wcwidth(char)
