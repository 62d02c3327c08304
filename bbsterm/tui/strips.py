"""From a board's row to a Textual `Strip`: styles cached per paint, the cursor and the blink laid over.

A row owns the strip made of it (`Line.strip`), so that a row that only scrolled is not drawn again: Textual
keeps the rendered escape codes inside the strip.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from rich.cells import cell_len, set_cell_size
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from bbsterm.limits import MAX_STYLES
from bbsterm.screen.double import double
from bbsterm.screen.glyphs import substitute
from bbsterm.screen.terminal import Line, Paint
from bbsterm.tui.clean import printable_cells

if TYPE_CHECKING:
    from bbsterm.tui.highlights import Highlights

__all__ = ["BlinkingStrip", "Painter", "highlight", "mark", "under_cursor", "width_at"]

_Change: TypeAlias = Callable[[Style | None], Style]
_CURSOR_ON_DARK: Final = Style(color="#000000", bgcolor="#aaaaaa")


_NARROW: Final = re.compile("[ -~¡-¬®-ÿ\u2500-\u25cf]*").fullmatch
"""Most of what boards write: printable, a column each; told by one look."""


class BlinkingStrip(NamedTuple):
    """Both phases of a row with blinking cells."""

    shown: Strip
    hidden: Strip


class Painter:
    """Makes strips of rows and remembers them on the row.

    Args:
        motion: False draws blinking cells bold and steady, for people who asked for less motion.
        glyphs: What the host terminal can draw: "full", "basic" or "ascii".

    Attributes:
        doubled: Every cell is drawn two columns wide. Whoever changes it drops the strips made before.
        highlights: Words to colour; whoever changes them drops the strips, too.
    """

    def __init__(self, *, motion: bool = True, glyphs: str = "full") -> None:
        self.motion = motion
        self.doubled = False
        self.highlights: Highlights | None = None
        self._glyphs = glyphs
        self._styles: dict[Paint, Style] = {}

    def forget(self) -> None:
        """Something else than the rows has changed: make every style anew."""
        self._styles.clear()

    def strip(self, line: Line, *, blink_shown: bool = True) -> Strip:
        """The row as it is to be drawn now."""
        made = line.strip
        if made is None:
            made = line.strip = self._paint(line)
        if type(made) is BlinkingStrip:
            return made.shown if blink_shown else made.hidden
        assert isinstance(made, Strip)
        return made

    def style(self, paint: Paint) -> Style:
        """The Rich style of a paint: exact RGB, so that no filter has to translate it."""
        style = self._styles.get(paint)
        if style is None:
            if len(self._styles) >= MAX_STYLES:  # 24-bit art can make every cell a new one
                self._styles.clear()
            style = self._styles[paint] = _style(paint, bold=paint.bold or (paint.blink and not self.motion))
        return style

    def _paint(self, line: Line) -> Strip | BlinkingStrip:
        spans = double(line.spans()) if self.doubled else line.spans()
        style, level = self.style, self._glyphs
        shown = Strip(
            [Segment(_cells(text, columns, level), style(paint)) for text, paint, columns in spans],
            sum(columns for _text, _paint, columns in spans),
        )
        if not (line.blinks and self.motion):
            return self._highlighted(shown, line)
        hidden = [
            Segment(" " * columns, style(paint)) if paint.blink else segment
            for segment, (_text, paint, columns) in zip(shown, spans, strict=True)
        ]
        dark = Strip(hidden, shown.cell_length)
        return BlinkingStrip(self._highlighted(shown, line), self._highlighted(dark, line))

    def _highlighted(self, strip: Strip, line: Line) -> Strip:
        return self.highlights.over(strip, line, 2 if self.doubled else 1) if self.highlights else strip


def under_cursor(strip: Strip, column: int, width: int = 1) -> Strip:
    """The strip with a block cursor on the cell at `column`, `width` cells wide."""
    return _restyled(strip, column, column + width, _reversed)


def highlight(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """The strip with the cells from `start` up to `end` in `style`, as a selection is shown."""
    return _restyled(strip, start, end, lambda old: style if old is None else old + style)


def mark(strip: Strip, character: str, style: Style) -> Strip:
    """The strip with its last cell covered by a mark of ours."""
    width = strip.cell_length
    return Strip([*strip.crop(0, width - 1), Segment(character, style)], width)


def width_at(line: Line, column: int) -> int:
    """Two where a wide character begins at `column`, else one."""
    at = 0
    for text, _paint, columns in line.spans():
        if at + columns <= column:
            at += columns
            continue
        if len(text) == columns:
            return 1
        for character in text:
            width = cell_len(character)
            if at >= column:
                return max(1, width)
            at += width
    return 1


def _cells(text: str, columns: int, level: str) -> str:
    """A span's text, in exactly its columns: one cell too many would push the rest of the row aside."""
    if level == "full" and len(text) == columns and _NARROW(text):
        return text
    text = substitute(printable_cells(text), level)
    return text if text.isascii() or cell_len(text) == columns else set_cell_size(text, columns)


def _restyled(strip: Strip, start: int, end: int, change: _Change) -> Strip:
    width = strip.cell_length
    start, end = max(0, start), min(end, width)
    if start >= end:
        return strip
    middle = [Segment(text, change(style)) for text, style, _ in strip.crop(start, end)]
    return Strip([*strip.crop(0, start), *middle, *strip.crop(end, width)], width)


def _reversed(style: Style | None) -> Style:
    if style is None or style.color is None or style.bgcolor is None or style.color == style.bgcolor:
        return _CURSOR_ON_DARK  # concealed text: reversing would hide the cursor
    return Style(color=style.bgcolor, bgcolor=style.color, bold=style.bold)


def _style(paint: Paint, *, bold: bool) -> Style:
    # None rather than False: Rich spells out every attribute that is set, in each cell's escape codes.
    return Style(
        color=Color.parse(paint.foreground),
        bgcolor=Color.parse(paint.background),
        bold=bold or None,
        dim=paint.dim or None,
        italic=paint.italic or None,
        underline=paint.underline or None,
        strike=paint.strike or None,
        overline=paint.overline or None,
    )
