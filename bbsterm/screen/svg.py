"""A screen as one self-contained SVG picture: no remote fonts, no scripts, blocks drawn as rectangles.

Fonts disagree on how block elements fill their cell, so those are drawn as shapes; everything else is text,
stretched to its cells, and stays selectable and searchable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape

from bbsterm.screen.terminal import Cursor, Line, Paint

__all__ = ["to_svg"]

CELL_WIDTH: Final = 8
CELL_HEIGHT: Final = 16
_BASELINE: Final = 12.5
_FONT_SIZE: Final = (
    13.29  # DejaVu Sans Mono is 0.602 em wide: 8 pixels, also where textLength is not understood
)
_FONTS: Final = "'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,monospace"

# Block elements as (x, y, width, height) in eighths of a cell, and how solid they are.
_BLOCKS: Final[dict[str, tuple[tuple[int, int, int, int], float]]] = {
    "█": ((0, 0, 8, 8), 1.0), "▓": ((0, 0, 8, 8), 0.75), "▒": ((0, 0, 8, 8), 0.5), "░": ((0, 0, 8, 8), 0.25),
    "▀": ((0, 0, 8, 4), 1.0), "▔": ((0, 0, 8, 1), 1.0), "▐": ((4, 0, 4, 8), 1.0), "▕": ((7, 0, 1, 8), 1.0),
    **{"▁▂▃▄▅▆▇"[n - 1]: ((0, 8 - n, 8, n), 1.0) for n in range(1, 8)},
    **{"▏▎▍▌▋▊▉"[n - 1]: ((0, 0, n, 8), 1.0) for n in range(1, 8)},
    "▘": ((0, 0, 4, 4), 1.0), "▝": ((4, 0, 4, 4), 1.0), "▖": ((0, 4, 4, 4), 1.0), "▗": ((4, 4, 4, 4), 1.0),
    "■": ((1, 3, 6, 3), 1.0),
}  # fmt: skip


def to_svg(
    lines: Iterable[Line], *, columns: int, title: str = "", cursor: Cursor | None = None, margin: int = 8
) -> str:
    """Draw `lines`, each `columns` cells wide, as an SVG document.

    Args:
        lines: The rows from top to bottom.
        columns: Cells in a row.
        title: What the picture shows, for screen readers and tooltips.
        cursor: Drawn as an underline where given and visible.
        margin: Black border in pixels.
    """
    rows = list(lines)
    width, height = columns * CELL_WIDTH + 2 * margin, len(rows) * CELL_HEIGHT + 2 * margin
    body = "\n".join(part for y, row in enumerate(rows) for part in _row(row, y))
    if cursor is not None and cursor.visible:
        x, y = cursor.column * CELL_WIDTH, (cursor.row + 1) * CELL_HEIGHT - 2
        body += f'\n<rect x="{x}" y="{y}" width="{CELL_WIDTH}" height="2" fill="#aaaaaa"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="{_FONTS}" font-size="{_FONT_SIZE}px" '
        f'shape-rendering="crispEdges" role="img">\n'
        f"<title>{escape(_printable(title))}</title>\n"
        f'<rect width="{width}" height="{height}" fill="#000000"/>\n'
        f'<g transform="translate({margin},{margin})">\n{body}\n</g>\n</svg>\n'
    )


def _row(line: Line, y: int) -> Iterator[str]:
    column = 0
    for text, paint, columns in line.spans():
        yield from _span(text, paint, column, columns, y)
        column += columns


def _span(text: str, paint: Paint, column: int, columns: int, y: int) -> Iterator[str]:
    x, top = column * CELL_WIDTH, y * CELL_HEIGHT
    if paint.background != "#000000":
        yield _rect(x, top, columns * CELL_WIDTH, CELL_HEIGHT, paint.background)
    if not text.strip():
        return
    if len(text) != columns:  # wide or combining characters: let the renderer place them
        yield _text(text, paint, x, top, columns)
        return
    for offset, length, run in _runs(text):
        at = x + offset * CELL_WIDTH
        if run in _BLOCKS:
            (left, upper, wide, high), opacity = _BLOCKS[run]
            # A run of full-width blocks is one rectangle; narrower ones repeat.
            for step in range(1 if wide == 8 else length):
                block_width = length * CELL_WIDTH if wide == 8 else wide * CELL_WIDTH // 8
                yield _rect(
                    at + step * CELL_WIDTH + left * CELL_WIDTH // 8,
                    top + upper * CELL_HEIGHT // 8,
                    block_width,
                    high * CELL_HEIGHT // 8,
                    paint.foreground,
                    opacity,
                )
        elif run.strip():
            yield _text(run, paint, at, top, length)


def _runs(text: str) -> Iterator[tuple[int, int, str]]:
    """(offset, cells, what): a run of one block character shown as that character, or anything else."""
    start = 0
    while start < len(text):
        end = start + 1
        if text[start] in _BLOCKS:
            while end < len(text) and text[end] == text[start]:
                end += 1
            yield start, end - start, text[start]
        else:
            while end < len(text) and text[end] not in _BLOCKS:
                end += 1
            yield start, end - start, text[start:end]
        start = end


def _rect(x: int, y: int, width: int, height: int, fill: str, opacity: float = 1.0) -> str:
    faint = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"{faint}/>'


def _text(text: str, paint: Paint, x: int, top: int, columns: int) -> str:
    extras = ""
    if paint.bold:
        extras += ' font-weight="bold"'
    if paint.italic:
        extras += ' font-style="italic"'
    decorations = [
        name
        for name, on in (
            ("underline", paint.underline),
            ("line-through", paint.strike),
            ("overline", paint.overline),
        )
        if on
    ]
    if decorations:
        extras += f' text-decoration="{" ".join(decorations)}"'
    if paint.dim:
        extras += ' fill-opacity="0.6"'
    return (
        f'<text x="{x}" y="{top + _BASELINE:g}" textLength="{columns * CELL_WIDTH}" '
        f'lengthAdjust="spacingAndGlyphs" xml:space="preserve" '
        f'fill="{paint.foreground}"{extras}>{escape(_printable(text))}</text>'
    )


def _printable(text: str) -> str:
    """XML 1.0 has no way to write control characters: show them as the replacement character."""
    return "".join(
        char
        if char >= " " and char not in "\x7f\ufffe\uffff" and not "\ud800" <= char <= "\udfff"
        else "\ufffd"
        for char in text
    )
