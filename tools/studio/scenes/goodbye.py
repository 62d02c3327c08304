"""On the way out: telephone poles along a road, and the last of the light."""

from __future__ import annotations

import random
from typing import Final

from tools.studio.raster import Raster, mix, ramp

__all__ = ["COLUMNS", "PRINT", "ROWS", "paint"]

COLUMNS: Final = 80
ROWS: Final = 32
PRINT: Final = {"spread": 0.0}

_HORIZON: Final = 26
_SKY: Final = (
    (0.0, (0, 0, 120)),
    (0.2, (0, 0, 170)),
    (0.45, (85, 0, 170)),
    (0.65, (200, 0, 120)),
    (0.82, (255, 85, 60)),
    (0.94, (255, 200, 60)),
    (1.0, (255, 255, 120)),
)
_POLES: Final = ((8, 1.0), (29, 0.62), (42, 0.42), (51, 0.29), (57, 0.2), (61, 0.14), (64, 0.1))
"""Column and size of each, from near to far."""


def paint() -> Raster:
    """Sky, land, poles, wires, birds."""
    raster = Raster(COLUMNS, ROWS)
    raster.shade(lambda x, y: ramp(_SKY, y / _HORIZON) if y < _HORIZON else (0, 0, 0))
    chance = random.Random(11)
    for _ in range(24):
        light = chance.choice((85, 170, 255))
        raster.plot(chance.randrange(COLUMNS), chance.randrange(9), (light, light, light))
    raster.disc(68, _HORIZON - 1, 5.5, (255, 255, 170))
    raster.rectangle(0, _HORIZON, COLUMNS, ROWS - _HORIZON, (0, 0, 0))
    for y in range(_HORIZON, ROWS):
        share = (y - _HORIZON) / (ROWS - _HORIZON)
        left, right = 67 - 26 * share, 69 + 6 * share
        raster.rectangle(left, y, right - left, 1, mix((85, 85, 85), (40, 40, 40), share))
        if y % 2:
            raster.rectangle((left + right) / 2, y, 1 + share, 1, (255, 255, 85))
    tops = []
    for x, size in _POLES:
        top = _HORIZON - 24 * size
        raster.rectangle(x, top, max(1, round(2 * size)), ROWS - top if size > 0.9 else 25 * size, (0, 0, 0))
        for cross in (0.04, 0.22):
            arm = top + 24 * size * cross
            raster.line(((x - 5 * size, arm), (x + 6 * size, arm)), (0, 0, 0))
        tops.append((x, top + 24 * size * 0.04, size))
    _wires(raster, tops)
    return raster


def _wires(raster: Raster, tops: list[tuple[int, float, float]]) -> None:
    for (x0, y0, s0), (x1, y1, s1) in zip([(-14, -3.0, 1.5), *tops], tops, strict=False):
        for step in range(60):
            at = step / 59
            sag = 4 * at * (1 - at) * 3.5 * (s0 + s1) / 2
            x = x0 + 5 * s0 + (x1 - x0 + 5 * (s1 - s0)) * at
            raster.plot(x, y0 + (y1 - y0) * at + sag, (0, 0, 0))
    for x, y in ((18, 8), (20, 8), (22, 9), (23, 9)):  # birds
        raster.plot(x, y, (0, 0, 0))
