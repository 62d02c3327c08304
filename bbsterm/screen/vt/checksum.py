"""VT: the checksum over a rectangle of cells (DECRQCRA), as xterm computes it.

Characters count as a VT's own codes of seven bits, what a VT does not have as ESC, and looks add something.
A program may ask for another sum (XTCHECKSUM). The sum does not say what DECSCA protects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntFlag
from typing import Final

from bbsterm.screen.pens import BLINK, BOLD, CONCEAL, DIM, ITALIC, REVERSE, STRIKE, UNDERLINE, Pen

__all__ = ["Sum", "checksum"]


class Sum(IntFlag):
    """What XTCHECKSUM asks for; 8, about cells that were never drawn, changes nothing: ours are spaces."""

    POSITIVE = 1
    """Not negated."""
    PLAIN = 2
    """Without looks."""
    BLANKS = 4
    """With blanks, and with combining marks. Otherwise a blank counts in the first cell only."""
    WHOLE = 16
    """Whole code points, not codes of seven bits."""


_WEIGHTS: Final = ((CONCEAL, 0x08), (UNDERLINE, 0x10), (REVERSE, 0x20), (BLINK, 0x40), (BOLD, 0x80))
"""What a look adds to the code of a character."""

_SEEN: Final = DIM | ITALIC | STRIKE
"""Looks that add nothing, but with which a blank is not one."""

_ESC: Final = 0x1B


def checksum(rows: Iterable[tuple[Sequence[str], Sequence[Pen]]], kind: int) -> int:
    """The sum of rows of cells and their pens, 16 bits; `kind` is of `Sum`."""
    total = 0
    first: tuple[str, Pen] | None = None
    plain: dict[Pen, list[str]] = {}
    mixed: Counter[tuple[str, Pen]] = Counter()
    for cells, pens in rows:
        first = first or (cells[0], pens[0])
        if isinstance(cells, str) and pens.count(pens[0]) == len(pens):
            plain.setdefault(pens[0], []).append(cells)  # as most rows are: characters can be counted faster
        else:
            mixed.update(zip(cells, pens, strict=True))
    for pen, texts in plain.items():
        text = "".join(texts)
        for char in set(text):
            mixed[char, pen] += text.count(char)
    for (cell, pen), count in mixed.items():
        times = int((cell, pen) == first) if _is_blank(cell, pen, kind) else count
        total += times * _value(cell, pen, kind)
    return (total if kind & Sum.POSITIVE else -total) & 0xFFFF


def _value(cell: str, pen: Pen, kind: int) -> int:
    """What a cell counts as."""
    looks = 0 if kind & Sum.PLAIN else sum(weight for bit, weight in _WEIGHTS if pen.look.style & bit)
    return _code(cell, kind) + looks


def _is_blank(cell: str, pen: Pen, kind: int) -> bool:
    """Whether a cell counts only if it is the first one."""
    if kind & Sum.BLANKS or pen.look.style & _SEEN:
        return False
    return _value(cell, pen, kind) == 0x20


def _code(cell: str, kind: int) -> int:
    """What a cell's characters count as; the right half of a wide one has none."""
    code = ord(cell[0]) if cell else 0
    if kind & Sum.WHOLE:
        return code
    if not 0x20 <= code <= 0xFF or code == 0xA0:
        code = _ESC
    elif code & 0x7F == 0x7F:
        code = 0
    return (code & 0x7F) + (sum(map(ord, cell[1:])) if kind & Sum.BLANKS else 0)
