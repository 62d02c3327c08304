"""The board's screen as a widget: rows come down as they are, keys and pastes go up as messages.

Measured on Textual 8.2: `render_lines` is overridden because the default wraps every row anew at each frame,
and rows own their strips, so that a frame costs what changed and not what is shown.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from bbsterm.screen.terminal import Terminal
from bbsterm.tui.backlog import frames_behind
from bbsterm.tui.geometry import Extent, Origin, follow
from bbsterm.tui.strips import BlinkingStrip, Painter, highlight, mark, under_cursor, width_at

__all__ = ["TerminalView"]

BLINK_PERIOD: Final = 0.5
"""Seconds of each phase of blinking cells: about what a VGA card does."""

RETRY: Final = 0.005
"""Seconds until a frame is tried again that the host terminal was too far behind for."""

REST: Final = 3
LONGEST_REST: Final = 0.05
"""After a frame we rest so many times as long as it took, in seconds at most: a flood is fed, not painted."""

FRAMES_BEHIND: Final = 1
"""So many writes may wait for the host terminal before frames are skipped."""

_MARK_STYLE: Final = Style(color="#000000", bgcolor="#aaaaaa")


NARROW: Final = 40
"""Columns of a machine whose cells are drawn two columns wide where there is room."""


class _Frame(Enum):
    """How far the next frame has come."""

    NONE = "nobody wants one"
    WANTED = "as soon as the host terminal and we have time"
    ASKED_FOR = "Textual will call `render_lines`"
    OUTDATED = "it will, and by then more has changed"


class TerminalView(Widget, can_focus=True):
    """Shows a `Terminal` and follows its cursor where it is larger than the window. It knows no call."""

    ALLOW_MAXIMIZE = False

    @dataclass
    class KeyPressed(Message):
        """A key, under Textual's name for it, and the character it makes, if any."""

        view: TerminalView
        key: str
        character: str | None

        @property
        def control(self) -> TerminalView:
            """Who sent it, for `@on` with a selector."""
            return self.view

    @dataclass
    class Pasted(Message):
        """Text that the host terminal pasted, as it came."""

        view: TerminalView
        text: str

        @property
        def control(self) -> TerminalView:
            """Who sent it, for `@on` with a selector."""
            return self.view

    def __init__(self, terminal: Terminal | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.corner_mark = ""
        self._terminal = terminal
        self._painter = Painter()
        self._filters: tuple[LineFilter, ...] = ()
        self._wide_wish: bool | None = None
        self._origin = Origin(0, 0)
        self._cursor_shown = True
        self._following = True
        self._frame = _Frame.NONE
        self._rest_until = 0.0
        self._blink_shown = True
        self._blink_timer: Timer | None = None

    # --- what the page tells ----------------------------------------------------

    def show(self, terminal: Terminal) -> None:
        """Show this terminal from now on."""
        if terminal is not self._terminal:
            self._wide_wish = None
        self._terminal = terminal
        self._origin = Origin(0, 0)
        self._widen()
        self.resized()

    def changed(self) -> None:
        """The terminal was fed: paint what is dirty, soon. Cheap to call, as often as you like."""
        if self._frame is _Frame.NONE and self.is_mounted:
            self._frame = _Frame.WANTED
            asyncio.get_running_loop().call_soon(self._begin_frame)
        elif self._frame is _Frame.ASKED_FOR:
            self._frame = _Frame.OUTDATED

    def resized(self) -> None:
        """The terminal, or the window, has another size now."""
        self._widen()
        self.refresh(layout=True)
        self.changed()

    @property
    def doubled(self) -> bool:
        """Whether every cell is drawn two columns wide."""
        return self._painter.doubled

    def toggle_double(self) -> None:
        """Two columns a cell, or one again, whatever there is room for."""
        self._wide_wish = not self.doubled
        self._widen()
        self.resized()

    def show_cursor(self, shown: bool) -> None:
        """Whether there is anything to type at: no cursor stands on the last screen of a call that ended."""
        self._cursor_shown = shown
        self.refresh()

    def peek(self, rows: int, columns: int = 0) -> None:
        """Move the viewport without the cursor; it follows again once the board moves it."""
        screen, view = self._drawn_extent(), self._view_extent()
        moved = Origin(
            max(0, min(self._origin.row + rows, screen.rows - view.rows)),
            max(0, min(self._origin.column + columns, screen.columns - view.columns)),
        )
        self._move_to(moved)

    def mark_corner(self, character: str) -> None:
        """Put a mark of ours into the last cell of the last row: the status row is put away."""
        if character != self.corner_mark:
            self.corner_mark = character
            self.refresh(Region(0, self.size.height - 1, self.size.width, 1))

    # --- what the page may ask ----------------------------------------------------

    @property
    def screen_extent(self) -> Extent:
        """The board's screen."""
        terminal = self._terminal
        return Extent(0, 0) if terminal is None else Extent(terminal.columns, terminal.rows)

    @property
    def origin(self) -> Origin:
        """The board's cell in our upper left corner."""
        return self._origin

    @property
    def cursor_row(self) -> int | None:
        """The row of ours that the board's cursor is on."""
        if self._terminal is None:
            return None
        return self._terminal.cursor.row - self._origin.row

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the screen is drawn; the stylesheet keeps it inside the window."""
        return self._drawn_extent().columns

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the screen."""
        return self.screen_extent.rows

    # --- frames ---------------------------------------------------------------------

    def _begin_frame(self) -> None:
        """Mark what is dirty; Textual paints it, at most 60 times a second. A slow terminal is waited for."""
        terminal = self._terminal
        if terminal is None or not self.is_attached:
            self._frame = _Frame.NONE
            return
        loop = asyncio.get_running_loop()
        if frames_behind(self.app._driver) > FRAMES_BEHIND:
            loop.call_later(RETRY, self._begin_frame)
            return
        if (rest := self._rest_until - loop.time()) > 0:
            loop.call_later(rest, self._begin_frame)
            return
        self._frame = _Frame.NONE
        dirty = terminal.take_dirty()
        cursor = terminal.cursor
        here = cursor.row, cursor.column * self._scale
        origin = follow(self._origin, here, self._view_extent(), self._drawn_extent())
        if origin != self._origin:
            self._move_to(origin)
        elif regions := list(self._regions(dirty)):
            self._frame = _Frame.ASKED_FOR
            self.refresh(*regions)
        self._place_host_cursor()

    def _move_to(self, origin: Origin) -> None:
        if origin != self._origin:
            self._origin = origin
            self.refresh()

    def _regions(self, rows: Iterable[int]) -> Iterator[Region]:
        """Whole lines, neighbours joined: Textual crops a partial line anew each time."""
        width, height = self.size
        first = last = -1
        for row in sorted(row - self._origin.row for row in rows):
            if not 0 <= row < height:
                continue
            if row == last + 1 and first >= 0:
                last = row
                continue
            if first >= 0:
                yield Region(0, first, width, last - first + 1)
            first = last = row
        if first >= 0:
            yield Region(0, first, width, last - first + 1)

    def _view_extent(self) -> Extent:
        return Extent(*self.size)

    @property
    def _scale(self) -> int:
        return 2 if self._painter.doubled else 1

    def _drawn_extent(self) -> Extent:
        """The screen's size in our cells."""
        screen = self.screen_extent
        return Extent(screen.columns * self._scale, screen.rows)

    def _widen(self) -> None:
        """Double the cells of a 40-column machine where the window has room, or as the user wishes."""
        terminal = self._terminal
        if terminal is None:
            return
        doubled = self._wide_wish
        if doubled is None:
            narrow = terminal.columns <= NARROW and terminal.name not in ("ansi", "vt")
            doubled = narrow and self.is_attached and self.app.size.width >= 2 * terminal.columns
        if doubled != self._painter.doubled:
            self._painter.doubled = doubled
            self._redraw()

    def _redraw(self) -> None:
        """Forget what was made of the rows."""
        terminal = self._terminal
        if terminal is not None:
            for line in (*terminal.history, *map(terminal.line, range(terminal.rows))):
                line.strip = None
        self._origin = Origin(0, 0)
        self.refresh(layout=True)

    def _place_host_cursor(self) -> None:
        """Screen readers and input methods look where the host terminal's (hidden) cursor is."""
        if self._terminal is None or not self._cursor_shown:
            return
        cursor = self._terminal.cursor
        here = Offset(cursor.column * self._scale - self._origin.column, cursor.row - self._origin.row)
        self.app.cursor_position = self.content_region.offset + here

    # --- drawing ----------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """Called by Textual for the whole widget at each frame; nearly every row is already a strip."""
        begin = time.monotonic()
        strips = [self._row(y) for y in range(crop.y, crop.y + crop.height)]
        now = time.monotonic()
        self._rest_until = now + min(REST * (now - begin), LONGEST_REST)
        if self._frame in (_Frame.ASKED_FOR, _Frame.OUTDATED):
            outdated = self._frame is _Frame.OUTDATED
            self._frame = _Frame.NONE
            if outdated:
                self.changed()
        if self._blink_timer is not None and self._blinking_rows():
            self._blink_timer.resume()
        if crop.x or crop.width != self.size.width:
            return [strip.crop(crop.x, crop.x + crop.width) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """A row for the mouse: Textual reads the offsets of a text selection from its segments."""
        return self._row(y).apply_offsets(0, y)

    def _row(self, y: int) -> Strip:
        terminal, width = self._terminal, self.size.width
        row = y + self._origin.row
        if terminal is None or row >= terminal.rows:
            return Strip.blank(width, self.rich_style)
        line = terminal.line(row)
        strip = self._painter.strip(line, blink_shown=self._blink_shown)
        cursor = terminal.cursor
        if row == cursor.row and cursor.visible and self._cursor_shown:
            scale = self._scale
            strip = under_cursor(strip, cursor.column * scale, width_at(line, cursor.column) * scale)
        if self._origin.column or strip.cell_length != width:
            left = self._origin.column
            strip = strip.crop_extend(left, left + width, self.rich_style)
        selection = self.text_selection
        if selection is not None:
            strip = self._select(strip, selection, y)
        if y == 0 and self._origin.row:
            strip = mark(strip, "^", _MARK_STYLE)
        elif self.corner_mark and y == self.size.height - 1:
            strip = mark(strip, self.corner_mark, _MARK_STYLE)
        for line_filter in self._filters:
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return strip

    def on_mount(self) -> None:
        """Ask the app what it knows only when it runs: motion, filters."""
        glyphs = getattr(self.app, "glyphs", "full")
        self._painter = Painter(motion=self.app.animation_level != "none", glyphs=glyphs)
        self._widen()
        # Ours are RGB already; what is left is NO_COLOR and its like.
        self._filters = tuple(f for f in self.app.get_line_filters() if not isinstance(f, ANSIToTruecolor))
        self._blink_timer = self.set_interval(BLINK_PERIOD, self._blink, pause=True)
        self.changed()

    def on_resize(self) -> None:
        """Another part of the board may be seen."""
        self.refresh()
        self.changed()

    # --- blinking -----------------------------------------------------------------------

    def _blinking_rows(self) -> list[int]:
        terminal = self._terminal
        if terminal is None:
            return []
        rows = range(self._origin.row, min(terminal.rows, self._origin.row + self.size.height))
        return [row for row in rows if type(terminal.line(row).strip) is BlinkingStrip]

    def _blink(self) -> None:
        rows = self._blinking_rows()
        if not rows:
            self._blink_shown = True
            assert self._blink_timer is not None
            self._blink_timer.pause()
            return
        self._blink_shown = not self._blink_shown
        self.refresh(*self._regions(rows))

    # --- selecting text -------------------------------------------------------------------

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is under a selection: our cells, not the host terminal's guess at them."""
        rows = [self._row_text(y) for y in range(self.size.height)]
        chosen = []
        for y, text in enumerate(rows):
            span = selection.get_span(y)
            if span is not None:
                start, end = self._board_cells(y, *span)
                chosen.append(text[start:end].rstrip())
        return "\n".join(chosen).strip("\n"), "\n"

    def _board_cells(self, y: int, start: int, end: int) -> tuple[int, int | None]:
        """From characters of a drawn row to the board's: doubled, two cells are one of its characters."""
        if not self._painter.doubled:
            return start, None if end < 0 else end
        text = self._row(y).text
        first = cell_len(text[:start]) // 2
        return first, None if end < 0 else (cell_len(text[:end]) + 1) // 2

    def _row_text(self, y: int) -> str:
        terminal = self._terminal
        row = y + self._origin.row
        if terminal is None or row >= terminal.rows:
            return ""
        return "".join(text for text, _paint, _columns in terminal.line(row).spans())

    def _select(self, strip: Strip, selection: Selection, y: int) -> Strip:
        span = selection.get_span(y)
        if span is None:
            return strip
        start, end = span
        text = strip.text
        style = self.screen.get_component_rich_style("screen--selection")
        first = cell_len(text[:start])
        last = strip.cell_length if end < 0 else cell_len(text[:end])
        return highlight(strip, first, last, style)

    # --- keys -----------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Every key goes up; none is left for Textual's own bindings (Tab, Ctrl+C, Ctrl+Q, Ctrl+P ...).

        It goes straight to the page: in a flood every hop of a message costs a turn of the pump, 2 ms.
        """
        event.stop()
        event.prevent_default()
        self.screen.post_message(self.KeyPressed(self, event.key, event.character))

    def on_paste(self, event: events.Paste) -> None:
        """A paste goes up whole: what may be pasted is the page's question."""
        event.stop()
        event.prevent_default()
        self.post_message(self.Pasted(self, event.text))
