"""A raster of square pixels, two to a cell of 80 columns, and what scenes are painted with."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

__all__ = ["RGB", "Raster", "clamp", "mix", "ramp"]

RGB: TypeAlias = tuple[float, float, float]
"""Red, green, blue: 0 to 255, as a screen takes them."""


def clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """`value`, kept between `low` and `high`."""
    return max(low, min(high, value))


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """`one`, with so much (0 to 1) of `other`."""
    return tuple(a + (b - a) * share for a, b in zip(one, other, strict=True))  # type: ignore[return-value]  # three


def ramp(stops: Sequence[tuple[float, RGB]], at: float) -> RGB:
    """The colour at `at` of a ramp through `stops`, which are sorted by their place."""
    if at <= stops[0][0]:
        return stops[0][1]
    for (low, before), (high, after) in pairwise(stops):
        if at <= high:
            return mix(before, after, (at - low) / (high - low) if high > low else 1.0)
    return stops[-1][1]


class Raster:
    """`columns` by `rows` pixels, black at first. Painting outside of it is lost."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns: Final = columns
        self.rows: Final = rows
        self._pixels: Final[list[RGB]] = [(0.0, 0.0, 0.0)] * (columns * rows)

    def get(self, x: int, y: int) -> RGB:
        """One pixel; those at the edge go on outside."""
        x, y = min(max(x, 0), self.columns - 1), min(max(y, 0), self.rows - 1)
        return self._pixels[y * self.columns + x]

    def plot(self, x: float, y: float, colour: RGB, share: float = 1.0) -> None:
        """Paint one pixel, covering what was there by `share`."""
        column, row = math.floor(x), math.floor(y)
        if 0 <= column < self.columns and 0 <= row < self.rows and share > 0:
            at = row * self.columns + column
            self._pixels[at] = mix(self._pixels[at], colour, clamp(share))

    def shade(self, paint: Callable[[int, int], RGB]) -> None:
        """Paint every pixel."""
        for y in range(self.rows):
            for x in range(self.columns):
                self._pixels[y * self.columns + x] = paint(x, y)

    def rectangle(
        self, x: float, y: float, width: float, height: float, colour: RGB, share: float = 1.0
    ) -> None:
        """A filled rectangle."""
        for row in range(math.floor(y), math.ceil(y + height)):
            for column in range(math.floor(x), math.ceil(x + width)):
                self.plot(column, row, colour, share)

    def line(self, points: Iterable[tuple[float, float]], colour: RGB, share: float = 1.0) -> None:
        """Lines from point to point."""
        path = list(points)
        for (x0, y0), (x1, y1) in pairwise(path):
            steps = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0))))
            for step in range(steps + 1):
                at = step / steps
                self.plot(x0 + (x1 - x0) * at, y0 + (y1 - y0) * at, colour, share)

    def disc(self, x: float, y: float, radius: float, paint: RGB | Callable[[float, float], RGB]) -> None:
        """A disc with soft edges; `paint` may depend on the place in it, -1 to 1 both ways."""
        reach = math.ceil(radius) + 1
        for row in range(math.floor(y) - reach, math.ceil(y) + reach + 1):
            for column in range(math.floor(x) - reach, math.ceil(x) + reach + 1):
                distance = math.hypot(column + 0.5 - x, row + 0.5 - y)
                cover = clamp(radius - distance + 0.5)
                if cover > 0:
                    u, v = (column + 0.5 - x) / radius, (row + 0.5 - y) / radius
                    self.plot(column, row, paint(u, v) if callable(paint) else paint, cover)

    def polygon(self, corners: Sequence[tuple[float, float]], colour: RGB, share: float = 1.0) -> None:
        """A filled polygon."""
        for row in range(math.floor(min(y for _, y in corners)), math.ceil(max(y for _, y in corners))):
            edges = sorted(_crossings(corners, row + 0.5))
            for left, right in zip(edges[::2], edges[1::2], strict=False):
                for column in range(round(left), round(right)):
                    self.plot(column, row, colour, share)

    def glow(self, x: float, y: float, radius: float, colour: RGB, strength: float = 1.0) -> None:
        """Light that fades with the distance."""
        for row in range(math.floor(y - radius), math.ceil(y + radius) + 1):
            for column in range(math.floor(x - radius), math.ceil(x + radius) + 1):
                distance = math.hypot(column + 0.5 - x, row + 0.5 - y) / radius
                if distance < 1:
                    self.plot(column, row, colour, strength * (1 - distance) ** 2)

    def stamp(self, x: int, y: int, drawing: str, colours: dict[str, RGB]) -> None:
        """A drawing made of characters, a pixel each; those without a colour are left out."""
        for row, line in enumerate(drawing.strip("\n").splitlines()):
            for column, char in enumerate(line):
                if char in colours:
                    self.plot(x + column, y + row, colours[char])


def _crossings(corners: Sequence[tuple[float, float]], y: float) -> list[float]:
    """Where a horizontal line meets the edges."""
    met = []
    for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if (y0 <= y) != (y1 <= y):
            met.append(x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    return met
