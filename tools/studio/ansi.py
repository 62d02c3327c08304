"""Prints a raster as ANSI art: for every cell the glyph and the two colours that come nearest.

A cell shows two pixels, one above the other. Either a half block gives each its own colour of the sixteen, or
a shade mixes two colours into one that the palette does not have. What is still wrong is handed on to the
neighbours (Floyd and Steinberg 1976), so that it is right on the average.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from bbsterm.serve.markup import Style
from bbsterm.serve.picture import Cell, Picture
from tools.studio.raster import RGB, Raster

__all__ = ["VGA", "print_ansi", "to_ans"]

# fmt: off
VGA: Final[tuple[RGB, ...]] = (
    (0, 0, 0), (0, 0, 170), (0, 170, 0), (0, 170, 170),
    (170, 0, 0), (170, 0, 170), (170, 85, 0), (170, 170, 170),
    (85, 85, 85), (85, 85, 255), (85, 255, 85), (85, 255, 255),
    (255, 85, 85), (255, 85, 255), (255, 255, 85), (255, 255, 255),
)
# fmt: on
_SHADES: Final = ((" ", 0.0), ("░", 0.25), ("▒", 0.5), ("▓", 0.75), ("█", 1.0))
_WEIGHTS: Final = (0.30, 0.50, 0.20)
"""How much an eye minds an error in red, green and blue."""

_NOISE: Final = 0.055
"""How much it minds the pattern of a shade, by the difference of its two colours."""


class _Mix(NamedTuple):
    """One way to fill a cell evenly."""

    char: str
    style: Style
    colour: RGB
    noise: float


def print_ansi(raster: Raster, *, spread: float = 0.8, noise: float = _NOISE) -> Picture:
    """The raster as cells.

    Args:
        raster: Pixels; an odd last row is lost.
        spread: How much of an error is handed on, 0 to 1.
        noise: How much shades of very different colours are avoided.
    """
    errors: dict[tuple[int, int], list[float]] = {}
    rows = []
    for y in range(raster.rows // 2):
        cells = []
        for x in range(raster.columns):
            owed = errors.pop((x, y), [0.0, 0.0, 0.0])
            top = _add(raster.get(x, 2 * y), owed)
            bottom = _add(raster.get(x, 2 * y + 1), owed)
            cell, shown = _best(top, bottom, noise)
            cells.append(cell)
            wrong = [(t + b) / 2 - s for t, b, s in zip(top, bottom, shown, strict=True)]
            for dx, dy, share in ((1, 0, 7), (-1, 1, 3), (0, 1, 5), (1, 1, 1)):
                target = errors.setdefault((x + dx, y + dy), [0.0, 0.0, 0.0])
                for channel in range(3):
                    target[channel] += wrong[channel] * share / 16 * spread
        rows.append(cells)
    return Picture(rows)


def to_ans(picture: Picture, *, title: str, author: str = "bbsterm") -> bytes:
    """An `.ans` file with its SAUCE record (00.5): CP437, CR LF, sixteen colours, no blinking."""
    from bbsterm.serve.dialects.ansi import Ansi

    dialect = Ansi("cp437")
    body = b"\x1b[0m"
    for row in range(len(picture.rows)):
        runs = picture.runs(row)
        body += b"".join(dialect.style(run.style) + dialect.text(run.text) for run in runs)
        if sum(len(run.text) for run in runs) < 80:
            body += dialect.newline()
    body += b"\x1b[0m"
    record = b"SAUCE00" + title.encode("cp437").ljust(35)[:35] + author.encode("cp437").ljust(20)[:20]
    record += b"bbsterm".ljust(20) + b"20260101" + len(body).to_bytes(4, "little")
    record += bytes((1, 1)) + (80).to_bytes(2, "little") + len(picture.rows).to_bytes(2, "little")
    record += bytes(4) + bytes((0, 0)) + b"IBM VGA".ljust(22, b"\0")
    return body + b"\x1a" + record


def _best(top: RGB, bottom: RGB, noise: float) -> tuple[Cell, RGB]:
    """The cell nearest to two pixels, and the colour it has on the average."""
    even, error = _even(_key(top), _key(bottom), noise)
    upper, upper_error = _nearest(_key(top))
    lower, lower_error = _nearest(_key(bottom))
    if upper >= 8 and lower >= 8 and upper != lower:  # only one of both may be bright
        dim_lower, dim_lower_error = _nearest(_key(bottom), 8)
        dim_upper, dim_upper_error = _nearest(_key(top), 8)
        if upper_error + dim_lower_error < dim_upper_error + lower_error:
            lower, lower_error = dim_lower, dim_lower_error
        else:
            upper, upper_error = dim_upper, dim_upper_error
    if error <= upper_error + lower_error:
        return Cell(even.char, even.style), even.colour
    shown = tuple((a + b) / 2 for a, b in zip(VGA[upper], VGA[lower], strict=True))
    if upper == lower:
        return Cell("█", Style(upper, 0)), VGA[upper]
    if lower < 8:
        return Cell("▀", Style(upper, lower)), shown  # type: ignore[return-value]  # three channels
    return Cell("▄", Style(lower, upper)), shown  # type: ignore[return-value]  # three channels


@cache
def _even(top: RGB, bottom: RGB, noise: float) -> tuple[_Mix, float]:
    """The best even filling for a cell, and its error."""
    best = min(
        _mixes(), key=lambda each: _error(top, each.colour) + _error(bottom, each.colour) + noise * each.noise
    )
    return best, _error(top, best.colour) + _error(bottom, best.colour) + noise * best.noise


@cache
def _nearest(colour: RGB, count: int = 16) -> tuple[int, float]:
    return min(((index, _error(colour, VGA[index])) for index in range(count)), key=lambda each: each[1])


@cache
def _mixes() -> tuple[_Mix, ...]:
    mixes = []
    for foreground in range(16):
        for background in range(8):
            for char, share in _SHADES:
                if (char in " █" and background) or foreground == background:
                    continue
                colour = _blend(VGA[background], VGA[foreground], share)
                noise = _error(VGA[foreground], VGA[background]) * (share * (1 - share) * 4)
                style = Style(7, 0) if char == " " else Style(foreground, background)
                mixes.append(_Mix(char, style, colour, noise))
    return tuple(mixes)


def _blend(one: RGB, other: RGB, share: float) -> RGB:
    """What an eye sees of a fine pattern: light adds up, not the numbers that make it (gamma 2.2)."""
    return tuple(
        ((a / 255) ** 2.2 * (1 - share) + (b / 255) ** 2.2 * share) ** (1 / 2.2) * 255
        for a, b in zip(one, other, strict=True)
    )


def _error(one: RGB, other: RGB) -> float:
    return sum(weight * (a - b) ** 2 for weight, a, b in zip(_WEIGHTS, one, other, strict=True))


def _key(colour: RGB) -> RGB:
    """Colours by steps of four, so that what was found once is found again."""
    return tuple(float(round(channel / 4) * 4) for channel in colour)  # type: ignore[return-value]  # three channels


def _add(colour: RGB, owed: list[float]) -> RGB:
    return tuple(a + b for a, b in zip(colour, owed, strict=True))  # type: ignore[return-value]  # three channels
