"""The front door: the name in chrome over a city at night."""

from __future__ import annotations

import random
from typing import Final

from tools.studio.lettering import HEIGHT, name_width, write_name
from tools.studio.raster import Raster, ramp

__all__ = ["COLUMNS", "PRINT", "ROWS", "paint"]

COLUMNS: Final = 80
ROWS: Final = 34
PRINT: Final = {"spread": 0.0}

_SKY: Final = (
    (0.0, (0, 0, 0)),
    (0.2, (0, 0, 20)),
    (0.4, (0, 0, 110)),
    (0.6, (10, 0, 170)),
    (0.75, (120, 0, 170)),
    (0.9, (220, 40, 200)),
    (1.0, (255, 130, 190)),
)
_CHROME: Final = (
    (0.0, (60, 60, 255)),
    (0.15, (85, 85, 255)),
    (0.3, (85, 240, 255)),
    (0.45, (190, 255, 255)),
    (0.55, (255, 255, 255)),
    (0.62, (255, 255, 255)),
    (0.63, (170, 85, 0)),
    (0.77, (170, 85, 0)),
    (0.78, (212, 170, 42)),
    (0.87, (212, 170, 42)),
    (0.88, (255, 255, 85)),
    (1.0, (255, 255, 170)),
)
_STRIPES: Final = (
    (112, 109, 235),
    (112, 109, 235),
    (117, 206, 200),
    (255, 255, 255),
    (255, 255, 255),
    (237, 241, 113),
    (237, 241, 113),
)
"""A Commodore's own colours, from the top of the letters to their foot."""


def paint() -> Raster:
    """Sky, stars, skyline, name."""
    raster = Raster(COLUMNS, ROWS)
    raster.shade(lambda x, y: ramp(_SKY, y / (ROWS - 6)))
    _stars(raster)
    _skyline(raster)
    left = (COLUMNS - name_width()) // 2
    for dx, dy, share in ((2, 1, 0.8), (1, 1, 0.9)):
        write_name_shadow(raster, left + dx, 4 + dy, share)
    write_name(raster, left, 4, lambda x, y: ramp(_CHROME, y / (HEIGHT - 1)))
    return raster


def paint_small() -> Raster:
    """For machines with one colour a cell: the letters on black, a colour to each row of cells."""
    raster = Raster(COLUMNS, ROWS)
    raster.shade(lambda x, y: ramp(_SKY, y / (ROWS - 6)) if y >= 20 else (0, 0, 0))
    _stars(raster)
    _skyline(raster)
    left = (COLUMNS - name_width()) // 2
    write_name(raster, left, 4, lambda x, y: _STRIPES[y // 2])
    return raster


def write_name_shadow(raster: Raster, x: int, y: int, share: float) -> None:
    """The name in black, under and right of itself."""
    shadow = Raster(COLUMNS, ROWS)
    write_name(shadow, x, y, lambda column, row: (255, 255, 255))
    for row in range(ROWS):
        for column in range(COLUMNS):
            if shadow.get(column, row)[0]:
                raster.plot(column, row, (0, 0, 0), share)


def _stars(raster: Raster) -> None:
    chance = random.Random(1978)
    for _ in range(22):
        x, y = chance.randrange(COLUMNS), chance.randrange(7)
        light = chance.choice((85, 120, 170, 255))
        raster.plot(x, y, (light, light, min(255, light + 30)))


def _skyline(raster: Raster) -> None:
    chance = random.Random(300)
    x = -2
    while x < COLUMNS:
        width = chance.randint(4, 8)
        height = chance.randint(4, 10)
        top = ROWS - height
        raster.rectangle(x, top, width, ROWS - top, (4, 2, 14))
        for wy in range(top + 1, ROWS - 1, 2):
            for wx in range(x + 1, x + width - 1, 2):
                if chance.random() < 0.4:
                    raster.plot(wx, wy, chance.choice(((255, 255, 85), (255, 170, 60), (120, 160, 255))))
        if height < 9 and chance.random() < 0.4:
            raster.line(((x + width // 2, top - 3), (x + width // 2, top)), (4, 2, 14))
            raster.plot(x + width // 2, top - 3, (255, 60, 60))
        x += width
