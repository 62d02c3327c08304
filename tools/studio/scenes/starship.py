"""Deep Space 9600: a ship, a planet with rings, a nebula."""

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

_PLANET: Final = (60, 15, 11)
_BANDS: Final = (
    (0.0, (170, 85, 0)),
    (0.25, (255, 200, 120)),
    (0.4, (200, 120, 40)),
    (0.6, (255, 255, 170)),
    (0.75, (170, 85, 0)),
    (1.0, (120, 40, 0)),
)

_SHIP: Final = """
...............................l........
..............................ww........
.............wwwwwww.........lwd........
............wbbcbbbww.......lwd.........
.....lwwwwwwwwwwwwwwwwwwwwwwwwwwd.......
...lwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwd.....
..wwkwkwkwkwkwwrrrrrrrrrrwwwggggwwwggg..
.lwwwwwwwwwwwwwwwwwwwwwwwwwggddddgwdddgg
lggwgggggwwwwwwwwwwggggggggggdddddddgggg
.ggggggggggggggggggggggggdddddddddggdd..
..gggddddggggggggggdddddddddddddddd.....
.....dddddddddddddddddddd..ddd..........
............dddddddd........ddd.........
..............ddd............ddd........
..............................dd........
"""
_PAINT: Final[dict[str, RGB]] = {
    "w": (255, 255, 255),
    "l": (200, 230, 255),
    "g": (150, 160, 170),
    "d": (75, 80, 100),
    "k": (85, 255, 255),
    "b": (30, 60, 170),
    "c": (85, 255, 255),
    "r": (255, 70, 60),
}


def paint() -> Raster:
    """From far to near."""
    raster = Raster(COLUMNS, ROWS)
    raster.shade(_nebula)
    chance = random.Random(9600)
    for _ in range(90):
        light = chance.choice((85, 85, 170, 255))
        raster.plot(chance.randrange(COLUMNS), chance.randrange(ROWS), (light, light, light))
    for x, y in ((12, 6), (33, 38), (72, 36)):
        raster.glow(x, y, 3, (170, 200, 255), 0.7)
        raster.plot(x, y, (255, 255, 255))
    _ring(raster, behind=True)
    _planet(raster)
    _ring(raster, behind=False)
    _ship(raster)
    return raster


def _nebula(x: int, y: int) -> RGB:
    cloud = clamp(turbulence(x / 22, y / 16, seed=77, octaves=5) * 1.9 - 0.75)
    hue = turbulence(x / 30 + 9, y / 24, seed=5, octaves=3)
    return mix((0, 0, 0), mix((0, 0, 170), (170, 0, 170), clamp(hue * 3 - 1)), cloud)


def _planet(raster: Raster) -> None:
    x, y, radius = _PLANET

    def surface(u: float, v: float) -> RGB:
        wobble = 0.06 * math.sin(u * 5 + v * 3)
        light = clamp(0.35 - 0.75 * u - 0.45 * v + 0.5 * math.sqrt(max(0.0, 1 - u * u - v * v)))
        return mix((0, 0, 0), ramp(_BANDS, (v + wobble + 1) / 2), light)

    raster.disc(x, y, radius, surface)


def _ring(raster: Raster, *, behind: bool) -> None:
    x, y, radius = _PLANET
    for tenth in range(3600):
        angle = math.radians(tenth / 10)
        if (math.sin(angle) < 0) != behind:
            continue
        for reach, colour in ((1.45, (170, 120, 80)), (1.6, (255, 220, 170)), (1.75, (200, 150, 100))):
            px = x + radius * reach * math.cos(angle)
            py = y + radius * reach * math.sin(angle) * 0.28 - (px - x) * 0.18
            raster.plot(px, py, colour, 0.85)


def _ship(raster: Raster) -> None:
    for distance in range(26):  # the drive
        fade = 1 - distance / 26
        for spread in range(-2, 3):
            strength = fade * (1 - abs(spread) / 3)
            colour = mix((60, 80, 255), (255, 255, 255), clamp(fade * 1.4 - 0.5 - abs(spread) * 0.15))
            raster.plot(45 + distance, 33 + spread, colour, strength)
    raster.stamp(6, 25, _SHIP, _PAINT)
