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
    counted: Counter[tuple[str, Pen]] = Counter()
    first: tuple[str, Pen] | None = None
    for cells, pens in rows:
        first = first or (cells[0], pens[0])
        counted.update(zip(cells, pens, strict=True))
    total = 0
    for (cell, pen), count in counted.items():
        style = pen.look.style
        value = _code(cell, kind)
        if not kind & Sum.PLAIN:
            value += sum(weight for bit, weight in _WEIGHTS if style & bit)
        if value == 0x20 and not style & _SEEN and not kind & Sum.BLANKS:
            count = int((cell, pen) == first)
        total += count * value
    return (total if kind & Sum.POSITIVE else -total) & 0xFFFF


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
