"""Beside the menu: a terminal on a desk, waiting for somebody to type."""

from __future__ import annotations

import random
from typing import Final

from bbsterm.serve.picture import Canvas
from tools.studio.raster import Raster, mix

__all__ = ["COLUMNS", "PRINT", "ROWS", "letter", "paint"]

COLUMNS: Final = 36
ROWS: Final = 38
PRINT: Final = {"spread": 0.0}

_CASE: Final = (170, 170, 170)
_LIGHT: Final = (255, 255, 255)
_DARK: Final = (85, 85, 85)
_GREEN: Final = (169, 255, 159)
_YELLOW: Final = (237, 241, 113)


def paint() -> Raster:
    """The case, the tube, the keys, the cup."""
    raster = Raster(COLUMNS, ROWS)
    raster.rectangle(3, 1, 30, 22, _CASE)
    raster.rectangle(3, 1, 30, 1, _LIGHT)
    raster.rectangle(32, 2, 1, 21, _DARK)
    raster.rectangle(3, 22, 30, 1, _DARK)
    raster.rectangle(5, 3, 26, 17, (0, 0, 0))
    raster.rectangle(6, 4, 24, 15, (0, 0, 60))
    raster.plot(29, 21, (85, 255, 85))
    raster.rectangle(13, 23, 10, 2, _DARK)
    raster.rectangle(9, 25, 18, 2, _CASE)
    raster.rectangle(9, 26, 18, 1, _DARK)
    _keyboard(raster)
    _cup(raster)
    raster.rectangle(0, 36, COLUMNS, 2, (170, 85, 0))
    raster.rectangle(0, 37, COLUMNS, 1, (85, 42, 0))
    return raster


def paint_small() -> Raster:
    """The same, with words on the tube where there are no letters to print over it."""
    raster = paint()
    chance = random.Random(6)
    for row, colour in ((5, _GREEN), (8, _GREEN), (11, _YELLOW), (13, _YELLOW), (17, _GREEN)):
        x = 8
        while row < 17 and x < 26:
            length = chance.randint(2, 5)
            raster.rectangle(x, row, length, 1, colour)
            x += length + 1
        if row == 17:
            raster.rectangle(8, row, 2, 1, colour)
    return raster


def letter(canvas: Canvas) -> None:
    """What the tube shows."""
    canvas.fill(2, 6, 8, 24)
    for row, line in enumerate(
        (
            "|10ATDT 555-2400",
            "",
            "|10CONNECT 2400",
            "",
            "|14bbsterm |03node 1",
            "|03local time |1120:30",
            "",
            "|10> |02█",
        )
    ):
        canvas.write(2 + row, 8, line)


def _keyboard(raster: Raster) -> None:
    raster.polygon(((3, 36), (6, 28), (28, 28), (31, 36)), _CASE)
    raster.rectangle(6, 28, 22, 1, _LIGHT)
    chance = random.Random(4)
    for row in range(3):
        y, left = 30 + row * 2, 6 - row
        for key in range(left, 34 - left - 4, 2):
            raster.plot(key + 1, y, mix(_DARK, (255, 255, 255), chance.choice((0, 0, 0, 0.2))))
            raster.plot(key + 2, y, (40, 40, 40))


def _cup(raster: Raster) -> None:
    raster.rectangle(31, 30, 4, 6, (170, 0, 0))
    raster.rectangle(31, 30, 4, 1, (85, 42, 0))
