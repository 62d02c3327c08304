"""Midnight Carrier: a city across the water, under the moon."""

from __future__ import annotations

import math
import random
from typing import Final

from tools.studio.noise import turbulence
from tools.studio.raster import RGB, Raster, clamp, mix, ramp

__all__ = ["COLUMNS", "PRINT", "ROWS", "paint"]

COLUMNS: Final = 80
ROWS: Final = 44
PRINT: Final = {"spread": 0.0}

_SHORE: Final = 31
_MOON: Final = (60, 9, 6.5)
_SKY: Final = ((0.0, (0, 0, 30)), (0.5, (0, 0, 120)), (0.85, (0, 80, 170)), (1.0, (60, 190, 220)))
_WINDOWS: Final = ((255, 255, 85), (255, 200, 85), (255, 255, 200), (85, 255, 255))


def paint() -> Raster:
    """Sky, moon, towers; and all of it again in the water."""
    raster = Raster(COLUMNS, ROWS)
    raster.shade(lambda x, y: ramp(_SKY, y / _SHORE))
    _stars(raster)
    _moon(raster)
    _towers(raster, seed=41, low=5, high=12, wall=(0, 0, 85), lit=0.12)
    _towers(raster, seed=8, low=6, high=21, wall=(0, 0, 0), lit=0.42)
    _bridge(raster)
    _water(raster)
    return raster


def _stars(raster: Raster) -> None:
    chance = random.Random(23)
    for _ in range(40):
        light = chance.choice((110, 170, 255))
        raster.plot(chance.randrange(COLUMNS), chance.randrange(18), (light, light, light))


def _moon(raster: Raster) -> None:
    x, y, radius = _MOON
    raster.glow(x, y, radius * 2.3, (120, 170, 255), 0.6)

    def surface(u: float, v: float) -> RGB:
        spots = turbulence(u * 2.2 + 7, v * 2.2, seed=3)
        light = clamp(1.05 - 0.35 * (u * u + v * v) - max(0.0, spots - 0.52) * 1.5)
        return mix((90, 90, 60), (255, 255, 200), light)

    raster.disc(x, y, radius, surface)


def _towers(raster: Raster, *, seed: int, low: int, high: int, wall: RGB, lit: float) -> None:
    chance = random.Random(seed)
    x = chance.randint(-3, 0)
    while x < COLUMNS:
        width, height = chance.randint(4, 9), chance.randint(low, high)
        top = _SHORE - height
        raster.rectangle(x, top, width, height, wall)
        if height > high * 0.75:
            raster.rectangle(x + width // 2 - 1, top - 2, 2, 2, wall)
            raster.line(((x + width // 2, top - 5), (x + width // 2, top)), wall)
            raster.plot(x + width // 2, top - 5, (255, 85, 85))
        for row in range(top + 1, _SHORE - 1, 2):
            for column in range(x + 1, x + width - 1):
                if (column - x) % 2 and chance.random() < lit:
                    raster.plot(column, row, chance.choice(_WINDOWS))
        x += width + chance.choice((0, 0, 1))


def _bridge(raster: Raster) -> None:
    """Two pylons and their cables, on the left."""
    for at in (9, 29):
        raster.rectangle(at, 17, 2, _SHORE - 17, (170, 60, 40))
        raster.plot(at, 16, (255, 85, 85))
    for x in range(38):
        span = (x - 20) / 10
        cable = 17 + 9 * (1 - span * span) if 10 <= x <= 30 else 17 + 1.1 * min(abs(x - 10), abs(x - 30))
        raster.plot(x, min(_SHORE - 3, cable), (255, 120, 80))
    raster.rectangle(0, _SHORE - 3, 39, 1, (200, 80, 50))
    for x in range(1, 38, 4):
        raster.plot(x, _SHORE - 4, (255, 255, 160))


def _water(raster: Raster) -> None:
    """The upper half upside down, darker, broken by waves."""
    for y in range(_SHORE, ROWS):
        depth = (y - _SHORE) / (ROWS - _SHORE)
        for x in range(COLUMNS):
            wave = round(2.2 * depth * math.sin(x * 0.9 + y * 2.1) + 1.5 * math.sin(y * 1.7))
            above = raster.get(x + wave, 2 * _SHORE - y - 1 - round(depth * 8))
            raster.plot(x, y, mix(above, (0, 0, 170), 0.25 + 0.35 * depth))
    x, _, radius = _MOON
    chance = random.Random(5)
    for y in range(_SHORE, ROWS):
        for _ in range(3):
            offset = chance.gauss(0, radius * 0.5)
            raster.line(((x + offset - 1, y), (x + offset + 1, y)), (255, 255, 200), 0.8)
