"""Prints a raster for a Commodore: 40 columns, a quarter of a cell for each pixel, one colour a cell.

The background is the screen's, which is taken to be black: terminals for Commodore boards have it so.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from tools.studio.raster import RGB, Raster

__all__ = ["petscii_rows", "print_petscii"]

# fmt: off
_COLOURS: Final[tuple[tuple[int, RGB], ...]] = (  # code, and the colour (Colodore)
    (0x05, (255, 255, 255)), (0x1C, (129, 51, 56)), (0x9F, (117, 206, 200)), (0x9C, (142, 60, 151)),
    (0x1E, (86, 172, 77)), (0x1F, (46, 44, 155)), (0x9E, (237, 241, 113)), (0x81, (142, 80, 41)),
    (0x95, (85, 56, 0)), (0x96, (196, 108, 113)), (0x97, (74, 74, 74)), (0x98, (123, 123, 123)),
    (0x99, (169, 255, 159)), (0x9A, (112, 109, 235)), (0x9B, (178, 178, 178)),
)
# fmt: on
_QUADRANTS: Final = {
    # lit quarters: 1 upper left, 2 upper right, 4 lower left, 8 lower right; reverse video, glyph
    0: (False, 0x20),
    1: (False, 0xBE),
    2: (False, 0xBC),
    4: (False, 0xBB),
    8: (False, 0xAC),
    5: (False, 0xA1),
    12: (False, 0xA2),
    9: (False, 0xBF),
    15: (True, 0x20),
    14: (True, 0xBE),
    13: (True, 0xBC),
    11: (True, 0xBB),
    7: (True, 0xAC),
    10: (True, 0xA1),
    3: (True, 0xA2),
    6: (True, 0xBF),
}
_CHECKER: Final = 0xA6
_DIM: Final = 0.62
"""How bright a checkered cell of a colour looks beside a full one."""

_WEIGHTS: Final = (0.30, 0.50, 0.20)
_RETURN: Final = 0x0D
_REVERSE, _STRAIGHT = 0x12, 0x92


def print_petscii(raster: Raster) -> bytes:
    """The raster as PETSCII, from the top left of a cleared screen to the first column of the row below.

    Args:
        raster: 80 pixels wide, a whole row of the screen.
    """
    return b"".join(row if full else row + bytes((_RETURN,)) for row, full in petscii_rows(raster))


def petscii_rows(raster: Raster, *, spread: float = 0.6) -> Iterator[tuple[bytes, bool]]:
    """Each row of cells as bytes, blanks at its end left out, and whether it has none. All end unreversed.

    Args:
        raster: Two pixels a cell both ways.
        spread: How much of an error is handed on to the cells at the right and below.
    """
    owed = [[0.0, 0.0, 0.0] for _ in range(raster.columns // 2 + 1)]
    for row in range(raster.rows // 2):
        carried = [0.0, 0.0, 0.0]
        cells = []
        for column in range(raster.columns // 2):
            pixels = []
            for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1)):
                raw = raster.get(column * 2 + dx, row * 2 + dy)
                pixels.append(tuple(c + o + k for c, o, k in zip(raw, owed[column], carried, strict=True)))
            cell, wrong = _best(tuple(_key(pixel) for pixel in pixels))
            cells.append(cell)
            carried = [each * spread * 0.5 for each in wrong]
            owed[column] = [each * spread * 0.5 for each in wrong]
        while cells and cells[-1][1:] == (False, 0x20):
            cells.pop()
        yield _row(cells), len(cells) == raster.columns // 2


def _row(cells: list[tuple[int, bool, int]]) -> bytes:
    out = bytearray()
    colour, reversed_ = -1, False
    for code, reverse, glyph in cells:
        if (glyph != 0x20 or reverse) and code != colour:
            out.append(code)
            colour = code
        if reverse != reversed_:
            out.append(_REVERSE if reverse else _STRAIGHT)
            reversed_ = reverse
        out.append(glyph)
    if reversed_:
        out.append(_STRAIGHT)
    return bytes(out)


@cache
def _best(pixels: tuple[RGB, ...]) -> tuple[tuple[int, bool, int], tuple[float, float, float]]:
    """Colour code, reverse, glyph; and what is wrong with it on the average."""
    best_error, best = float("inf"), (0x05, False, 0x20)
    shown: list[RGB] = [(0.0, 0.0, 0.0)] * 4
    for code, ink in _COLOURS:
        lit = [_error(pixel, ink) < _error(pixel, (0, 0, 0)) for pixel in pixels]
        mask = sum(1 << at for at, on in enumerate(lit) if on)
        picture: list[RGB] = [ink if on else (0.0, 0.0, 0.0) for on in lit]
        error = sum(_error(pixel, got) for pixel, got in zip(pixels, picture, strict=True))
        if error < best_error:
            best_error, best, shown = error, (code, *_QUADRANTS[mask]), picture
        dim: RGB = tuple(channel * _DIM for channel in ink)  # type: ignore[assignment]  # three channels
        error = sum(_error(pixel, dim) for pixel in pixels) * 1.15
        if error < best_error:
            best_error, best, shown = error, (code, False, _CHECKER), [dim] * 4
    wrong = tuple(sum(p[c] - s[c] for p, s in zip(pixels, shown, strict=True)) / 4 for c in range(3))
    return best, wrong  # type: ignore[return-value]  # three channels


def _error(one: RGB, other: RGB) -> float:
    return sum(weight * (a - b) ** 2 for weight, a, b in zip(_WEIGHTS, one, other, strict=True))


def _key(colour: tuple[float, ...]) -> RGB:
    return tuple(float(round(channel / 8) * 8) for channel in colour)  # type: ignore[return-value]  # three channels
