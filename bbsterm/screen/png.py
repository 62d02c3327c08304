"""A screen as a PNG picture in our own bitmap font: no font files, no image library."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import Final

from bbsterm.screen.ansi.widths import width_of
from bbsterm.screen.bitmap_font import HEIGHT, WIDTH, glyph
from bbsterm.screen.terminal import Cursor, Line, Paint

__all__ = ["to_png"]

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_TRUECOLOUR: Final = 2
_MOST_SCALE: Final = 4


def to_png(
    lines: Iterable[Line],
    *,
    columns: int,
    title: str = "",
    cursor: Cursor | None = None,
    scale: int = 1,
    doubled: bool = False,
) -> bytes:
    """Draw `lines`, each `columns` cells of 8 by 16 pixels wide, as a PNG file.

    Args:
        lines: The rows from top to bottom.
        columns: Cells in a row.
        title: Kept in the file.
        cursor: Drawn as an underline where given and visible.
        scale: Each pixel so many times as wide and high, 1 to 4.
        doubled: Cells are as wide as high, as a home computer's were.

    Source: the PNG specification, third edition (W3C, 2025).
    """
    scale = max(1, min(_MOST_SCALE, scale))
    across = 2 * scale if doubled else scale
    rows = list(lines)
    picture = bytearray()
    for y, line in enumerate(rows):
        under = cursor.column if cursor is not None and cursor.visible and cursor.row == y else None
        for scan in _scan_lines(line, columns, under):
            picture += (b"\0" + _wider(scan, across)) * scale
    width, height = columns * WIDTH * across, max(1, len(rows)) * HEIGHT * scale
    if not rows:
        picture += (b"\0" + bytes(3 * width)) * height
    chunks = [
        _chunk(b"IHDR", struct.pack("!IIBBBBB", width, height, 8, _TRUECOLOUR, 0, 0, 0)),
        _chunk(b"iTXt", b"Title\0\0\0\0\0" + title.replace("\0", "").encode()),
        _chunk(b"IDAT", zlib.compress(bytes(picture), 6)),
        _chunk(b"IEND", b""),
    ]
    return _SIGNATURE + b"".join(chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def _wider(scan: bytes, scale: int) -> bytes:
    if scale == 1:
        return scan
    return b"".join(scan[at : at + 3] * scale for at in range(0, len(scan), 3))


def _scan_lines(line: Line, columns: int, under: int | None) -> list[bytes]:
    """The sixteen lines of pixels of a row, three bytes a pixel."""
    scans: list[list[bytes]] = [[] for _ in range(HEIGHT)]
    used = 0
    for text, paint, width in line.spans():
        for shape in _shapes(text, min(width, columns - used)):
            _draw(scans, shape, paint, cursor=used == under)
            used += 1
    black = bytes(3 * WIDTH) * max(0, columns - used)
    return [b"".join(scan) + black for scan in scans]


def _shapes(text: str, width: int) -> list[tuple[int, ...]]:
    """A shape a cell; a wide character's second cell, for which there is none, continues its frame."""
    if len(text) == width:
        return [glyph(char) for char in text]
    shapes: list[tuple[int, ...]] = []
    for char in text:
        cells = width_of(char)
        if cells:
            shapes += [glyph(char)] * cells
    return (shapes + [glyph(" ")] * width)[:width]


def _draw(scans: list[list[bytes]], shape: tuple[int, ...], paint: Paint, *, cursor: bool) -> None:
    ink, paper = _colours(paint)
    for y, row in enumerate(shape):
        if paint.bold:
            row |= row >> 1 & 0x7F
        if (paint.underline or cursor) and y == HEIGHT - 2:
            row = 0xFF
        if (paint.strike and y == 8) or (paint.overline and y == 0):
            row = 0xFF
        scans[y].append(_pixels(row, ink, paper))


def _pixels(row: int, ink: bytes, paper: bytes) -> bytes:
    if row == 0:
        return paper * WIDTH
    if row == 0xFF:
        return ink * WIDTH
    return b"".join(ink if row & bit else paper for bit in (128, 64, 32, 16, 8, 4, 2, 1))


def _colours(paint: Paint) -> tuple[bytes, bytes]:
    ink, paper = bytes.fromhex(paint.foreground[1:7]), bytes.fromhex(paint.background[1:7])
    if paint.dim:
        ink = bytes((3 * a + 2 * b) // 5 for a, b in zip(ink, paper, strict=True))
    return ink, paper
