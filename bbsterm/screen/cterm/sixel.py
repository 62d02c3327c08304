"""Sixel graphics, of which nothing is drawn: only where they leave the cursor, as if they had been.

A picture is made of bands of six rows of pixels. Text goes on in the row that the last band reaches, so what
a board writes below its picture is below the place of the picture here too.
"""

from __future__ import annotations

import re
from typing import Final

from bbsterm import limits

__all__ = ["SIXEL", "bands_of"]

SIXEL: Final = re.compile(r"([0-9;]*)q(.*)", re.DOTALL)
"""The parameters of a picture, and the picture."""

_ASPECTS: Final = {2: 5, 3: 3, 4: 3, 7: 1, 8: 1, 9: 1}
"""How many pixels high one of a picture is, by its first parameter; 2 for all others (VT340)."""

_TALLEST: Final = 20

_ASPECT: Final = re.compile(r'[^?-~"]*"(\d*)')
"""Raster attributes before the first pixels: they begin with the aspect too."""


def bands_of(parameters: str, picture: str) -> tuple[int, int]:
    """How many bands a picture has, at most `limits.MAX_ROWS`, and how high each is in pixels."""
    first = parameters.partition(";")[0][:4]
    aspect = _ASPECTS.get(int(first or 0), 2)
    if match := _ASPECT.match(picture):
        aspect = min(int(match[1][:4] or 0), _TALLEST)
    return min(picture.count("-") + 1, limits.MAX_ROWS), 6 * aspect
