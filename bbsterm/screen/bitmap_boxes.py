"""Box drawing characters as pixels, computed from their Unicode names: which arms, and how heavy each is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

__all__ = ["box"]

WIDTH: Final = 8
HEIGHT: Final = 16

_ARMS: Final = {
    "LEFT": ("LEFT",),
    "RIGHT": ("RIGHT",),
    "UP": ("UP",),
    "DOWN": ("DOWN",),
    "HORIZONTAL": ("LEFT", "RIGHT"),
    "VERTICAL": ("UP", "DOWN"),
}
_WEIGHTS: Final = {"LIGHT": "LIGHT", "SINGLE": "LIGHT", "HEAVY": "HEAVY", "DOUBLE": "DOUBLE"}
# The first and the last pixel of a stroke: of its columns if it stands, of its rows if it lies.
_STANDING: Final = {"LIGHT": (3, 4), "HEAVY": (2, 5), "DOUBLE": (2, 5)}
_LYING: Final = {"LIGHT": (8, 8), "HEAVY": (7, 9), "DOUBLE": (7, 9)}
_OPPOSITE: Final = {"LEFT": "RIGHT", "RIGHT": "LEFT", "UP": "DOWN", "DOWN": "UP"}

_Span = tuple[int, int]


def box(char: str) -> list[int] | None:
    """Sixteen rows of eight pixels, the leftmost the highest bit; None for what is no box drawing."""
    if not "─" <= char <= "╿":
        return None
    name = unicodedata.name(char).removeprefix("BOX DRAWINGS ")
    if "DIAGONAL" in name:
        return _diagonals(name)
    grid = [[False] * WIDTH for _ in range(HEIGHT)]
    arms = _arms(name)
    for direction, weight in arms.items():
        if weight == "DOUBLE":
            _fill(grid, *_reach(direction, weight, arms), on=True)
    for direction, weight in arms.items():
        if weight == "DOUBLE":
            _fill(grid, *_core(direction), on=False)
    for direction, weight in arms.items():
        if weight != "DOUBLE":
            _fill(grid, *_reach(direction, weight, arms), on=True)
    if "DASH" in name:
        _dash(grid, 3 if "TRIPLE" in name or "DOUBLE" in name else 2, standing="VERTICAL" in name)
    if "ARC" in name:
        for column in (3, 4):
            grid[8][column] = False
        grid[9 if "DOWN" in name else 7][4 if "RIGHT" in name else 3] = True
    return [sum(0x80 >> x for x in range(WIDTH) if row[x]) for row in grid]


def _arms(name: str) -> dict[str, str]:
    """Every arm with its weight: "DOWN LIGHT AND RIGHT HEAVY", "LIGHT DOWN AND RIGHT"."""
    arms: dict[str, str] = {}
    weight = "LIGHT"
    for part in name.replace("DOUBLE DASH", "DASH").split(" AND "):
        words = part.split()
        weight = next((_WEIGHTS[word] for word in words if word in _WEIGHTS), weight)
        arms |= {arm: weight for word in words for arm in _ARMS.get(word, ())}
    return arms


def _reach(direction: str, weight: str, arms: dict[str, str]) -> tuple[_Span, _Span]:
    """The columns and the rows of an arm, from its edge to the far side of what it meets."""
    standing = direction in ("UP", "DOWN")
    across = [arms[each] for each in (("LEFT", "RIGHT") if standing else ("UP", "DOWN")) if each in arms]
    through = _LYING if standing else _STANDING
    first, last = _widest(through, across)
    touches = len(across) == 2 and across[0] == "DOUBLE" and _OPPOSITE[direction] not in arms
    if touches and weight != "DOUBLE":  # it ends at the nearer of the two strokes
        first, last = last, first
    limit = HEIGHT - 1 if standing else WIDTH - 1
    along = (0, last) if direction in ("UP", "LEFT") else (first, limit)
    return (_STANDING[weight], along) if standing else (along, _LYING[weight])


def _widest(spans: dict[str, _Span], weights: list[str]) -> _Span:
    if not weights:
        return spans["LIGHT"]
    return min(spans[weight][0] for weight in weights), max(spans[weight][1] for weight in weights)


def _core(direction: str) -> tuple[_Span, _Span]:
    """What lies between the two strokes of a double arm."""
    match direction:
        case "UP":
            return (3, 4), (0, 8)
        case "DOWN":
            return (3, 4), (8, HEIGHT - 1)
        case "LEFT":
            return (0, 4), (8, 8)
        case _:
            return (3, WIDTH - 1), (8, 8)


def _fill(grid: list[list[bool]], columns: _Span, rows: _Span, *, on: bool) -> None:
    for y in range(rows[0], rows[1] + 1):
        for x in range(columns[0], columns[1] + 1):
            grid[y][x] = on


def _dash(grid: list[list[bool]], every: int, *, standing: bool) -> None:
    for y in range(HEIGHT):
        for x in range(WIDTH):
            if (y if standing else x) % (every + 1) == every:
                grid[y][x] = False


def _diagonals(name: str) -> list[int]:
    rising = list(_line())
    falling = [int(f"{row:08b}"[::-1], 2) for row in rising]
    if "CROSS" in name:
        return [a | b for a, b in zip(rising, falling, strict=True)]
    return rising if "UPPER RIGHT" in name else falling


def _line() -> Iterator[int]:
    """From the lower left to the upper right."""
    for y in range(HEIGHT):
        yield 0x80 >> (7 - y // 2)
