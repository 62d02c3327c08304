"""Block elements, quadrants, sextants, shades and triangles as pixels, computed from what Unicode says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

__all__ = ["block"]

WIDTH: Final = 8
HEIGHT: Final = 16

_Inside = Callable[[int, int], bool]


def block(char: str) -> list[int] | None:
    """Sixteen rows of eight pixels, the leftmost the highest bit; None for what is no block."""
    inside = _find(char)
    if inside is None:
        return None
    return [sum(0x80 >> x for x in range(WIDTH) if inside(x, y)) for y in range(HEIGHT)]


def _find(char: str) -> _Inside | None:
    code = ord(char)
    if char in _SHAPES:
        return _SHAPES[char]
    if 0x2581 <= code <= 0x2588:  # lower eighths
        return _rows(HEIGHT - 2 * (code - 0x2580), HEIGHT)
    if 0x2589 <= code <= 0x258F:  # left seven eighths to one
        return _columns(0, 0x2590 - code)
    if 0x2596 <= code <= 0x259F:
        return _quadrants(_QUADRANTS[code - 0x2596])
    if 0x1FB00 <= code <= 0x1FB3B:
        return _sextants(code - 0x1FB00 + 1)
    if 0x1FB70 <= code <= 0x1FB75:  # one eighth, second to seventh from the left
        return _columns(code - 0x1FB6F, code - 0x1FB6E)
    if 0x1FB76 <= code <= 0x1FB7B:  # one eighth, second to seventh from above
        return _rows(2 * (code - 0x1FB75), 2 * (code - 0x1FB74))
    if 0x1FB82 <= code <= 0x1FB86:
        return _rows(0, 2 * (2, 3, 5, 6, 7)[code - 0x1FB82])
    if 0x1FB87 <= code <= 0x1FB8B:
        return _columns(WIDTH - (2, 3, 5, 6, 7)[code - 0x1FB87], WIDTH)
    return None


def _rows(first: int, end: int) -> _Inside:
    return lambda x, y: first <= y < end


def _columns(first: int, end: int) -> _Inside:
    return lambda x, y: first <= x < end


def _quadrants(mask: int) -> _Inside:
    """Bits 1, 2, 4, 8: upper left, upper right, lower left, lower right."""
    return lambda x, y: bool(mask >> (x // 4 + 2 * (y // 8)) & 1)


def _sextants(number: int) -> _Inside:
    """Unicode leaves out the empty one, both halves and the full block."""
    number += (number >= 21) + (number >= 41)
    return lambda x, y: bool(number >> (x // 4 + 2 * (0 if y < 5 else 1 if y < 11 else 2)) & 1)


def _corner(*, right: bool, lower: bool) -> _Inside:
    """A triangle that fills a corner."""

    def inside(x: int, y: int) -> bool:
        across = x if right else WIDTH - 1 - x
        down = y // 2 if lower else WIDTH - 1 - y // 2
        return across + down >= WIDTH - 1

    return inside


_QUADRANTS: Final = (4, 8, 1, 13, 9, 7, 11, 2, 6, 14)
"""U+2596 to U+259F."""

_SHAPES: Final[dict[str, _Inside]] = {
    "▀": _rows(0, 8),
    "▐": _columns(4, 8),
    "▔": _rows(0, 2),
    "▕": _columns(7, 8),
    "░": lambda x, y: (x + 2 * (y % 2)) % 4 == 0,
    "▒": lambda x, y: (x + y) % 2 == 0,
    "▓": lambda x, y: (x + 2 * (y % 2)) % 4 != 0,
    "◢": _corner(right=True, lower=True),
    "◣": _corner(right=False, lower=True),
    "◤": _corner(right=False, lower=False),
    "◥": _corner(right=True, lower=False),
    "●": lambda x, y: (2 * x - 7) ** 2 + (2 * y - 15) ** 2 <= 49,
    "◘": lambda x, y: (2 * x - 7) ** 2 + (2 * y - 15) ** 2 > 18,
    "◙": lambda x, y: not 9 <= (2 * x - 7) ** 2 + (2 * y - 15) ** 2 <= 34,
    "\U0001fb7c": lambda x, y: x < 1 or y >= 14,
    "\U0001fb7d": lambda x, y: x < 1 or y < 2,
    "\U0001fb7e": lambda x, y: x >= 7 or y < 2,
    "\U0001fb7f": lambda x, y: x >= 7 or y >= 14,
    "\U0001fb8c": lambda x, y: x < 4 and (x + y) % 2 == 0,
    "\U0001fb8d": lambda x, y: x >= 4 and (x + y) % 2 == 0,
    "\U0001fb8e": lambda x, y: y < 8 and (x + y) % 2 == 0,
    "\U0001fb8f": lambda x, y: y >= 8 and (x + y) % 2 == 0,
    "\U0001fb90": lambda x, y: (x + y) % 2 == 1,
    "\U0001fb95": lambda x, y: (x // 2 + y // 4) % 2 == 0,
    "\U0001fb96": lambda x, y: (x // 2 + y // 4) % 2 == 1,
    "\U0001fb97": lambda x, y: y // 4 % 2 == 1,
    "\U0001fb98": lambda x, y: (x - y) % 4 == 0,
    "\U0001fb99": lambda x, y: (x + y) % 4 == 0,
}
