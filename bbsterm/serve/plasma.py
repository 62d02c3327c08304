"""The gallery's last piece moves: plasma in sixteen colours, one picture for every moment."""

from __future__ import annotations

import math
from functools import cache
from typing import Final

from bbsterm.serve.markup import Style
from bbsterm.serve.picture import Cell, Picture

__all__ = ["frame"]

_WAY: Final = (0, 1, 9, 3, 11, 7, 15, 6, 14, 4, 12, 5, 13, 1)
"""Once around the palette. Of two neighbours at least one is dark: it is the background."""

_INK: Final = " ░▒▓█"
"""How much of a cell is foreground, in quarters."""


def frame(seconds: float, columns: int, rows: int) -> Picture:
    """The plasma at a moment."""
    ramp = _ramp()
    steps = len(ramp)
    across = [math.sin(x / 13 + seconds * 0.9) + math.sin(x / 7 - seconds * 0.5) for x in range(columns)]
    down = [math.sin(y / 4 + seconds * 0.7) + math.sin(y / 6.5 - seconds * 1.1) for y in range(rows)]
    slanted = [math.sin(at / 11 + seconds) for at in range(columns + 2 * rows)]
    turn = seconds * 0.04
    return Picture(
        [
            ramp[int(((across[x] + down[y] + slanted[x + 2 * y]) / 10 + 0.5 + turn) * steps) % steps]
            for x in range(columns)
        ]
        for y in range(rows)
    )


@cache
def _ramp() -> tuple[Cell, ...]:
    """Every step on the way, four to each pair of colours."""
    cells = []
    for one, other in zip(_WAY, (*_WAY[1:], _WAY[0]), strict=True):
        for quarters in range(4):
            if one < 8:
                cells.append(Cell(_INK[quarters], Style(other, one)))
            else:
                cells.append(Cell(_INK[4 - quarters], Style(one, other)))
    return tuple(cells)
