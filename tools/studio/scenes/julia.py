"""Julia: the set of c = -0.79 + 0.15i, coloured by how fast each point escapes."""

from __future__ import annotations

import math
from typing import Final

from tools.studio.raster import RGB, Raster, mix, ramp

__all__ = ["COLUMNS", "PRINT", "ROWS", "paint"]

COLUMNS: Final = 80
ROWS: Final = 44
PRINT: Final = {"spread": 0.1, "noise": 0.02}

_C: Final = complex(-0.79, 0.15)
_MOST: Final = 160
_HEAT: Final = (
    (0.0, (0, 0, 30)),
    (0.2, (0, 0, 170)),
    (0.38, (0, 130, 255)),
    (0.52, (85, 255, 255)),
    (0.62, (255, 255, 255)),
    (0.75, (255, 255, 85)),
    (0.88, (255, 120, 0)),
    (1.0, (120, 0, 0)),
)


def paint() -> Raster:
    """Four samples a pixel."""
    raster = Raster(COLUMNS, ROWS)
    raster.shade(_pixel)
    return raster


def _pixel(x: int, y: int) -> RGB:
    samples = [_sample(x + dx, y + dy) for dx in (0.25, 0.75) for dy in (0.25, 0.75)]
    return mix(mix(samples[0], samples[1], 0.5), mix(samples[2], samples[3], 0.5), 0.5)


def _sample(x: float, y: float) -> RGB:
    angle = 0.35
    u, v = (x - 40) / 25.5, (y - 22) / 25.5
    z = complex(u * math.cos(angle) - v * math.sin(angle), u * math.sin(angle) + v * math.cos(angle))
    for count in range(_MOST):
        z = z * z + _C
        if abs(z) > 16:
            smooth = count + 1 - math.log2(math.log(abs(z)) / math.log(16))
            return ramp(_HEAT, min(1.0, math.log1p(smooth) / math.log1p(_MOST * 0.6)))
    return (20, 0, 0)
