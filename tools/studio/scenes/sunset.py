"""Outrun 2400: a striped sun, mountains, and a road that is a grid."""

from __future__ import annotations

import random
from typing import Final

from tools.studio.noise import ridge
from tools.studio.raster import RGB, Raster, mix, ramp

__all__ = ["COLUMNS", "PRINT", "ROWS", "paint"]

COLUMNS: Final = 80
ROWS: Final = 44
PRINT: Final = {"spread": 0.0}

_HORIZON: Final = 27
_SKY: Final = (
    (0.0, (0, 0, 0)),
    (0.3, (0, 0, 100)),
    (0.55, (60, 0, 170)),
    (0.8, (170, 0, 170)),
    (1.0, (255, 60, 160)),
)
_SUN: Final = ((0.0, (255, 255, 85)), (0.45, (255, 200, 60)), (0.75, (255, 85, 85)), (1.0, (255, 85, 255)))


def paint() -> Raster:
    """From far to near."""
    raster = Raster(COLUMNS, ROWS)
    raster.shade(lambda x, y: ramp(_SKY, y / _HORIZON))
    chance = random.Random(2400)
    for _ in range(36):
        light = chance.choice((85, 170, 255))
        raster.plot(chance.randrange(COLUMNS), int(chance.random() ** 1.4 * 16), (light, light, light))
    _sun(raster)
    _mountains(raster)
    _grid(raster)
    return raster


def _sun(raster: Raster) -> None:
    def face(u: float, v: float) -> RGB:
        return ramp(_SUN, (v + 1) / 2)

    raster.glow(40, 17, 24, (255, 60, 200), 0.55)
    raster.disc(40, 16, 13, face)
    for row, height in ((17, 1), (21, 1), (24, 2)):  # the stripes grow towards the horizon
        for y in range(row, row + height):
            raster.rectangle(26, y, 28, 1, ramp(_SKY, y / _HORIZON))


def _mountains(raster: Raster) -> None:
    heights = ridge(COLUMNS, roughness=0.55, seed=12)
    for x in range(COLUMNS):
        away = abs(x - 40) / 40
        top = _HORIZON - max(0.0, away * 1.6 - 0.35) * (7 + 6 * heights[x])
        slope = heights[x] - heights[max(0, x - 1)]
        for y in range(round(top), _HORIZON):
            lit = (120, 60, 200) if slope > 0.02 else (40, 0, 90)
            raster.plot(x, y, mix(lit, (0, 0, 0), (y - top) / 14))
        if top < _HORIZON - 1:
            raster.plot(x, round(top), (85, 255, 255) if slope > 0.02 else (85, 85, 255))


def _grid(raster: Raster) -> None:
    for y in range(_HORIZON, ROWS):
        raster.rectangle(0, y, COLUMNS, 1, mix((40, 0, 70), (0, 0, 0), (y - _HORIZON) / 12))
    for lane in range(-14, 15):
        raster.line(((40 + lane * 2.4, _HORIZON), (40 + lane * 14, ROWS)), (170, 0, 170))
    for y in (_HORIZON + 2, _HORIZON + 5, _HORIZON + 9, _HORIZON + 14):
        raster.rectangle(0, y, COLUMNS, 1, (255, 85, 255))
    raster.rectangle(0, _HORIZON, COLUMNS, 1, (85, 255, 255))
