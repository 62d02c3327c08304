"""Plasma: four sines, and a palette that goes around."""

from __future__ import annotations

import math
from typing import Final

from tools.studio.raster import RGB, Raster, ramp

__all__ = ["COLUMNS", "PRINT", "ROWS", "paint"]

COLUMNS: Final = 80
ROWS: Final = 44
PRINT: Final = {"spread": 0.3, "noise": 0.02}

_WHEEL: Final = (
    (0.0, (0, 0, 60)),
    (0.15, (60, 0, 170)),
    (0.3, (220, 0, 150)),
    (0.42, (255, 85, 60)),
    (0.52, (255, 255, 85)),
    (0.62, (160, 255, 85)),
    (0.74, (0, 200, 170)),
    (0.88, (0, 90, 255)),
    (1.0, (0, 0, 60)),
)


def paint() -> Raster:
    """Every pixel for itself."""
    raster = Raster(COLUMNS, ROWS)
    raster.shade(_colour)
    return raster


def _colour(x: int, y: int) -> RGB:
    u, v = x / 10, y / 10
    value = math.sin(u * 1.3 + 0.6) + math.sin(v * 1.9 + 1.2) + math.sin((u + v) * 0.9 + 2)
    value += math.sin(math.hypot(u - 4.6 + math.sin(v), v - 2.2) * 2.1)
    return ramp(_WHEEL, (value / 4 + 1.0) * 0.95 % 1.0)
