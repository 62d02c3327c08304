"""Prints a raster as plain text: the denser a character, the brighter what it stands for."""

from __future__ import annotations

from typing import Final

from tools.studio.lettering import HEIGHT, name_width, write_name
from tools.studio.raster import Raster

__all__ = ["print_name", "print_text"]

_RAMP: Final = " .:-=+*#%@"
_HALVES: Final = {(False, False): " ", (True, False): "'", (False, True): ".", (True, True): "#"}


def print_text(raster: Raster) -> bytes:
    """Lines of at most 79 characters, ended by LF."""
    lines = []
    for y in range(0, raster.rows - 1, 2):
        line = "".join(_character(raster, x, y) for x in range(min(79, raster.columns)))
        lines.append(line.rstrip())
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def print_name() -> bytes:
    """The name in big letters, two of their pixels to a character."""
    raster = Raster(name_width(), HEIGHT)
    write_name(raster, 0, 0, lambda x, y: (255, 255, 255))
    lines = []
    for y in range(0, HEIGHT, 2):
        dots = ((raster.get(x, y)[0] > 0, raster.get(x, y + 1)[0] > 0) for x in range(raster.columns))
        lines.append("  " + "".join(_HALVES[each] for each in dots).rstrip())
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def _character(raster: Raster, x: int, y: int) -> str:
    light = sum(
        0.30 * red + 0.55 * green + 0.15 * blue
        for red, green, blue in (raster.get(x, y), raster.get(x, y + 1))
    ) / (2 * 255)
    return _RAMP[min(len(_RAMP) - 1, int(max(0.0, light) * len(_RAMP)))]
