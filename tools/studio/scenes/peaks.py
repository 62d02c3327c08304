"""Fractal Peaks: ridge behind ridge in the first light, and a lake."""

from __future__ import annotations

import math
import random
from typing import Final, NamedTuple

from tools.studio.noise import ridge, turbulence
from tools.studio.raster import RGB, Raster, clamp, mix, ramp

__all__ = ["COLUMNS", "PRINT", "ROWS", "paint"]

COLUMNS: Final = 80
ROWS: Final = 44
PRINT: Final = {"spread": 0.0}

_LAKE: Final = 35
_SKY: Final = (
    (0.0, (0, 0, 120)),
    (0.3, (60, 60, 220)),
    (0.5, (170, 85, 200)),
    (0.68, (255, 110, 110)),
    (0.82, (255, 210, 90)),
    (1.0, (255, 255, 160)),
)


class _Ridge(NamedTuple):
    """One range: where its foot is, how high it reaches, what it is made of."""

    foot: int
    reach: int
    roughness: float
    seed: int
    light: RGB
    shade: RGB
    snow: bool


_RIDGES: Final = (
    _Ridge(30, 17, 0.5, 15, (150, 130, 255), (60, 40, 190), True),
    _Ridge(33, 11, 0.55, 4, (60, 60, 200), (0, 0, 110), False),
    _Ridge(36, 7, 0.6, 31, (0, 110, 110), (0, 50, 60), False),
)


def paint() -> Raster:
    """From far to near."""
    raster = Raster(COLUMNS, ROWS)
    raster.shade(lambda x, y: ramp(_SKY, y / 26))
    _stars(raster)
    raster.glow(20, 18, 13, (255, 255, 120), 0.6)
    raster.disc(20, 18, 4, (255, 255, 120))
    for each in _RIDGES:
        _range(raster, each)
    _lake(raster)
    _pines(raster)
    return raster


def _stars(raster: Raster) -> None:
    chance = random.Random(8)
    for _ in range(16):
        raster.plot(chance.randrange(COLUMNS), chance.randrange(8), (200, 200, 255))


def _range(raster: Raster, each: _Ridge) -> None:
    heights = ridge(COLUMNS, roughness=each.roughness, seed=each.seed)
    for x in range(COLUMNS):
        top = each.foot - each.reach * (0.5 + 0.5 * heights[x])
        rising = heights[min(x + 1, COLUMNS - 1)] - heights[max(0, x - 1)]
        in_light = rising < 0.03  # the sun stands in the left
        line = 2 + 5 * turbulence(x / 2, 1, seed=each.seed)
        for y in range(max(0, round(top)), ROWS):
            colour = each.light if in_light else each.shade
            if each.snow and y - top < line:
                colour = (255, 255, 255) if in_light else (150, 150, 255)
            raster.plot(x, y, mix(colour, each.shade, clamp((y - top) / 18)))


def _lake(raster: Raster) -> None:
    for y in range(_LAKE, ROWS):
        for x in range(COLUMNS):
            wave = round(1.5 * math.sin(y * 2.3 + x * 0.35))
            above = raster.get(x + wave, 2 * _LAKE - y - 1 - (y - _LAKE))
            raster.plot(x, y, mix(above, (0, 170, 170), 0.5))
    raster.rectangle(0, _LAKE - 1, COLUMNS, 1, (0, 60, 30))
    for y, x, length in ((36, 14, 13), (38, 16, 9), (40, 12, 17), (42, 18, 6), (37, 50, 12), (41, 58, 9)):
        raster.line(((x, y), (x + length, y)), (255, 255, 120) if x < 30 else (170, 255, 255))


def _pines(raster: Raster) -> None:
    for x, height in ((3, 19), (8, 13), (75, 22), (69, 15), (79, 14), (13, 9), (64, 10)):
        base = ROWS + (x % 3)
        for row in range(height):
            half = row * 0.26 + (row % 3) * 0.7
            for offset in range(-round(half), round(half) + 1):
                lit = offset > 0 if x > 40 else offset < 0
                raster.plot(x + offset, base - height + row, (0, 0, 0) if lit else (0, 85, 0))
