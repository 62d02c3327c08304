"""Randomness with a memory: the same seed makes the same clouds and mountains."""

from __future__ import annotations

import math
import random

__all__ = ["ridge", "turbulence"]


def ridge(length: int, *, roughness: float, seed: int) -> list[float]:
    """Heights of a mountain ridge, about -1 to 1, by midpoint displacement."""
    chance = random.Random(seed)
    size = 1 << math.ceil(math.log2(max(2, length)))
    heights = [0.0] * (size + 1)
    step, reach = size, 1.0
    while step > 1:
        half = step // 2
        for at in range(half, size, step):
            middle = (heights[at - half] + heights[at + half]) / 2
            heights[at] = middle + chance.uniform(-reach, reach)
        step, reach = half, reach * roughness
    return heights[:length]


def turbulence(x: float, y: float, *, seed: int, octaves: int = 4) -> float:
    """Fractal value noise, 0 to 1."""
    total, weight, size = 0.0, 0.5, 1.0
    for octave in range(octaves):
        total += weight * _smooth(x * size, y * size, seed + octave * 101)
        weight, size = weight / 2, size * 2
    return total / (1 - 0.5**octaves)


def _smooth(x: float, y: float, seed: int) -> float:
    column, row = math.floor(x), math.floor(y)
    u, v = x - column, y - row
    u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
    top = _dot(column, row, seed) * (1 - u) + _dot(column + 1, row, seed) * u
    bottom = _dot(column, row + 1, seed) * (1 - u) + _dot(column + 1, row + 1, seed) * u
    return top * (1 - v) + bottom * v


def _dot(column: int, row: int, seed: int) -> float:
    """A number from 0 to 1 for a lattice point."""
    mixed = (column * 374761393 + row * 668265263 + seed * 2147483647) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 13)) * 1274126177) & 0xFFFFFFFF
    return ((mixed ^ (mixed >> 16)) & 0xFFFF) / 0xFFFF
