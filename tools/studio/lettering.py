"""The name in big letters: a typeface of pixels, as much of it as the name needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tools.studio.raster import RGB, Raster

__all__ = ["HEIGHT", "letters", "name_width", "write_name"]

HEIGHT: Final = 14

_B: Final = """
###......
###......
###......
###......
#######..
########.
####..###
###...###
###...###
###...###
###...###
####..###
########.
#######..
"""
_S: Final = """




.#######
########
###.....
####....
#######.
.#######
....####
.....###
########
#######.
"""
_T: Final = """

.###...
.###...
.###...
#######
#######
.###...
.###...
.###...
.###...
.###...
.###...
.######
..#####
"""
_E: Final = """




.#######.
#########
###...###
###...###
#########
#########
###......
###......
#########
.########
"""
_R: Final = """




###.####
########
#####.##
####....
###.....
###.....
###.....
###.....
###.....
###.....
"""
_M: Final = """




###.###.####.
#############
####.####.###
###...##..###
###...##..###
###...##..###
###...##..###
###...##..###
###...##..###
###...##..###
"""
letters: Final = (_B, _B, _S, _T, _E, _R, _M)
_GAP: Final = 2


def _rows(letter: str) -> list[str]:
    return letter[1:-1].split("\n")


def name_width() -> int:
    """How many pixels wide the name is."""
    return sum(max(map(len, _rows(letter))) for letter in letters) + _GAP * (len(letters) - 1)


def write_name(raster: Raster, x: int, y: int, paint: Callable[[int, int], RGB]) -> None:
    """Write the name with its top left corner here; `paint` gives the colour by column and row of it."""
    column = 0
    for letter in letters:
        rows = _rows(letter)
        for row, line in enumerate(rows):
            for offset, dot in enumerate(line):
                if dot == "#":
                    raster.plot(x + column + offset, y + row, paint(column + offset, row))
        column += max(map(len, rows)) + _GAP
