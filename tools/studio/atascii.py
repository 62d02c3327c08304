"""Prints a raster for an Atari: 40 columns, a quarter of a cell for each pixel, light or dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tools.studio.raster import Raster

__all__ = ["atascii_rows", "print_atascii"]

_EOL: Final = 0x9B
_GLYPHS: Final = {
    # lit quarters: 1 upper left, 2 upper right, 4 lower left, 8 lower right; bit 7 is inverse video
    0: 0x20,
    1: 0x0C,
    2: 0x0B,
    4: 0x0F,
    8: 0x09,
    5: 0x19,
    12: 0x15,
    15: 0xA0,
    14: 0x8C,
    13: 0x8B,
    11: 0x8F,
    7: 0x89,
    10: 0x99,
    3: 0x95,
    9: 0x19,  # there are no diagonal quarters: upright ones dither best
    6: 0x99,
}


def print_atascii(raster: Raster) -> bytes:
    """The raster as ATASCII, from the top left of a cleared screen to the first column of the row below.

    Args:
        raster: 80 pixels wide, a whole row of the screen.
    """
    return b"".join(row if full else row + bytes((_EOL,)) for row, full in atascii_rows(raster))


def atascii_rows(raster: Raster, *, contrast: float = 1.25) -> Iterator[tuple[bytes, bool]]:
    """Each row of cells as bytes, blanks at its end left out, and whether it has none.

    Floyd and Steinberg's error diffusion, a pixel at a time.
    """
    light = [
        [min(1.0, _luminance(raster, x, y) * contrast) for x in range(raster.columns)]
        for y in range(raster.rows)
    ]
    lit = [[False] * raster.columns for _ in range(raster.rows)]
    for y in range(raster.rows):
        for x in range(raster.columns):
            lit[y][x] = light[y][x] > 0.5
            wrong = light[y][x] - lit[y][x]
            for dx, dy, share in ((1, 0, 7), (-1, 1, 3), (0, 1, 5), (1, 1, 1)):
                if 0 <= x + dx < raster.columns and y + dy < raster.rows:
                    light[y + dy][x + dx] += wrong * share / 16
    for y in range(0, raster.rows - 1, 2):
        row = bytes(
            _GLYPHS[lit[y][x] + 2 * lit[y][x + 1] + 4 * lit[y + 1][x] + 8 * lit[y + 1][x + 1]]
            for x in range(0, raster.columns, 2)
        )
        trimmed = row.rstrip(b" ")
        yield trimmed, len(trimmed) == len(row)


def _luminance(raster: Raster, x: int, y: int) -> float:
    red, green, blue = raster.get(x, y)
    return (0.30 * red + 0.55 * green + 0.15 * blue) / 255
