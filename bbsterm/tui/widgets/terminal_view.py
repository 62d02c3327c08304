"""The board's screen as a widget: rows come down as they are, keys and pastes go up as messages.

Measured on Textual 8.2: `render_lines` is overridden because the default wraps every row anew at each frame,
and rows own their strips, so that a frame costs what changed and not what is shown.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual import events
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip

from bbsterm.screen.terminal import Line, MouseReporting, Terminal
from bbsterm.tui.backlog import frames_behind
from bbsterm.tui.frames import Frames, lines_of
from bbsterm.tui.geometry import Extent, Origin, follow
from bbsterm.tui.marking import Spot
from bbsterm.tui.strips import BlinkingStrip, Painter, mark, under_cursor, width_at
from bbsterm.tui.widgets.blinking import Blinking
from bbsterm.tui.widgets.board_mouse import BoardMouse
from bbsterm.tui.widgets.marking_pane import MarkingPane

if TYPE_CHECKING:
    from bbsterm.tui.highlights import Highlights

__all__ = ["TerminalView"]

_MARK_STYLE: Final = Style(color="#000000", bgcolor="#aaaaaa")

NARROW: Final = 40
"""Columns of a machine whose cells are drawn two columns wide where there is room."""


class TerminalView(MarkingPane):
    """Shows a `Terminal` and follows its cursor where it is larger than the window. It knows no call.

    Attributes:
        painter: Makes strips of the board's rows.
        gives_mouse: Whether a board that asks for the mouse gets it.
    """

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

    @dataclass
    class MouseReport(Message):
        """Bytes for a board that wants to know what the mouse does."""

        view: TerminalView
        data: bytes

    @dataclass
    class LookedBack(Message):
        """The wheel was turned up over the board, and the board has not asked for the mouse."""

        view: TerminalView

    def __init__(self, terminal: Terminal | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.corner_mark = ""
        self.terminal = terminal
        self.painter = Painter()
        self.gives_mouse = True
        self._filters: tuple[LineFilter, ...] = ()
        self._wide_wish: bool | None = None
        self._origin = Origin(0, 0)
        self._cursor_shown = True
        self._following = True
        self._frames = Frames(self._ask_for_frame, lambda: frames_behind(self.app._driver))
        self._drawn: set[Line] = set()
        self._board_mouse = BoardMouse()
        self._blinking = Blinking(self._blinking_rows, self._redraw_rows)

    # --- what the page tells ----------------------------------------------------

    def show(self, terminal: Terminal) -> None:
        """Show this terminal from now on."""
        if terminal is not self.terminal:
            self._wide_wish = None
        self.terminal = terminal
        self._origin = Origin(0, 0)
        self._widen()
        self.resized()

    def changed(self, *, more: bool = False) -> None:
        """The terminal was fed: paint what is dirty, soon. Cheap to call, as often as you like.

        Args:
            more: Whether it will be fed more at once: then few frames will do.
        """
        if self.is_mounted:
            self._frames.want(more=more)

    def resized(self) -> None:
        """The terminal, or the window, has another size now."""
        self._widen()
        self.refresh(layout=True)
        self.changed()

    @property
    def doubled(self) -> bool:
        """Whether every cell is drawn two columns wide."""
        return self.painter.doubled

    def toggle_double(self) -> None:
        """Two columns a cell, or one again, whatever there is room for."""
        self._wide_wish = not self.doubled
        self._widen()
        self.resized()

    def set_motion(self, motion: bool) -> None:
        """Whether blinking cells blink; else they are bold."""
        if motion != self.painter.motion:
            self.painter.motion = motion
            self.painter.forget()
            self._redraw()

    def set_highlights(self, highlights: Highlights) -> None:
        """Colour these words from now on, those that stand there already too."""
        if highlights or self.painter.highlights:
            self.painter.highlights = highlights
            self._redraw()

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
        terminal = self.terminal
        return Extent(0, 0) if terminal is None else Extent(terminal.columns, terminal.rows)

    @property
    def origin(self) -> Origin:
        """The board's cell in our upper left corner."""
        return self._origin

    @property
    def cursor_row(self) -> int | None:
        """The row of ours that the board's cursor is on."""
        if self.terminal is None:
            return None
        return self.terminal.cursor.row - self._origin.row

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the screen is drawn; the stylesheet keeps it inside the window."""
        return self._drawn_extent().columns

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the screen."""
        return self.screen_extent.rows

    # --- frames ---------------------------------------------------------------------

    def _ask_for_frame(self) -> bool:
        """Mark what is dirty; Textual paints it, at most 60 times a second."""
        terminal = self.terminal
        if terminal is None or not self.is_attached:
            return False
        dirty = terminal.take_dirty()
        cursor = terminal.cursor
        here = cursor.row, cursor.column * self.scale
        origin = follow(self._origin, here, self._view_extent(), self._drawn_extent())
        regions: list[Region] = []
        if origin != self._origin:
            self._move_to(origin)
        elif regions := list(lines_of(self.size, self._origin.row, dirty)):
            self.refresh(*regions)
        self._place_host_cursor()
        return bool(regions)

    def _move_to(self, origin: Origin) -> None:
        if origin != self._origin:
            self._origin = origin
            self.refresh()

    def _view_extent(self) -> Extent:
        return Extent(*self.size)

    @property
    def scale(self) -> int:
        """Columns of the window for a cell of the board's."""
        return 2 if self.painter.doubled else 1

    def _drawn_extent(self) -> Extent:
        """The screen's size in our cells."""
        screen = self.screen_extent
        return Extent(screen.columns * self.scale, screen.rows)

    def _widen(self) -> None:
        """Double the cells of a 40-column machine where the window has room, or as the user wishes."""
        terminal = self.terminal
        if terminal is None:
            return
        doubled = self._wide_wish
        if doubled is None:
            narrow = terminal.columns <= NARROW and terminal.name not in ("ansi", "vt")
            doubled = narrow and self.is_attached and self.app.size.width >= 2 * terminal.columns
        if doubled != self.painter.doubled:
            self.painter.doubled = doubled
            self._redraw()

    def _redraw(self) -> None:
        """Forget what was made of the rows."""
        terminal = self.terminal
        if terminal is not None:
            for line in (*terminal.history, *map(terminal.line, range(terminal.rows))):
                line.strip = None
        self._origin = Origin(0, 0)
        self.refresh(layout=True)

    def _place_host_cursor(self) -> None:
        """Screen readers and input methods look where the host terminal's (hidden) cursor is."""
        if self.terminal is None or not self._cursor_shown:
            return
        cursor = self.terminal.cursor
        here = Offset(cursor.column * self.scale - self._origin.column, cursor.row - self._origin.row)
        self.app.cursor_position = self.content_region.offset + here

    # --- drawing ----------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """Called by Textual for the whole widget at each frame; nearly every row is already a strip."""
        begin = time.monotonic()
        strips = [self._row(y) for y in range(crop.y, crop.y + crop.height)]
        self._frames.painted(begin, time.monotonic())
        self._forget_gone_rows()
        self._blinking.drawn()
        if crop.x or crop.width != self.size.width:
            return [strip.crop(crop.x, crop.x + crop.width) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """One row, as `render_lines` has it."""
        return self._row(y)

    def _forget_gone_rows(self) -> None:
        """What has left the screen may stay in memory for long, and not be looked at: without its strip."""
        terminal = self.terminal
        if terminal is None:
            return
        drawn = set(map(terminal.line, range(terminal.rows)))
        for line in self._drawn - drawn:
            line.strip = None
        self._drawn = drawn

    def _blinking_rows(self) -> list[int]:
        terminal = self.terminal
        if terminal is None:
            return []
        rows = range(self._origin.row, min(terminal.rows, self._origin.row + self.size.height))
        return [row for row in rows if type(terminal.line(row).strip) is BlinkingStrip]

    def _redraw_rows(self, rows: list[int]) -> None:
        self.refresh(*lines_of(self.size, self._origin.row, rows))

    def _row(self, y: int) -> Strip:
        terminal, width = self.terminal, self.size.width
        row = y + self._origin.row
        if terminal is None or row >= terminal.rows:
            return Strip.blank(width, self.rich_style)
        line = terminal.line(row)
        strip = self.painter.strip(line, blink_shown=self._blinking.shown)
        cursor = terminal.cursor
        if row == cursor.row and cursor.visible and self._cursor_shown:
            scale = self.scale
            strip = under_cursor(strip, cursor.column * scale, width_at(line, cursor.column) * scale)
        if self._origin.column or strip.cell_length != width:
            left = self._origin.column
            strip = strip.crop_extend(left, left + width, self.rich_style)
        if self.mark is not None:
            number, columns = terminal.scrolled + row, terminal.columns
            strip = self.with_mark(strip, number, columns, scale=self.scale, left=self._origin.column)
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
        self.painter = Painter(motion=self.app.animation_level != "none", glyphs=glyphs)
        self._widen()
        # Ours are RGB already; what is left is NO_COLOR and its like.
        self._filters = tuple(f for f in self.app.get_line_filters() if not isinstance(f, ANSIToTruecolor))
        self._blinking.mount(self)
        self.changed()

    def on_resize(self) -> None:
        """Another part of the board may be seen."""
        self.refresh()
        self.changed()

    # --- the mouse ------------------------------------------------------------------------

    def spot_at(self, x: int, y: int) -> Spot | None:
        """The board's cell under a place of ours, or the nearest one."""
        terminal = self.terminal
        if terminal is None:
            return None
        cell = self._cell_at(terminal, x, y)
        return Spot(terminal.scrolled + cell.line, cell.column)

    def _cell_at(self, terminal: Terminal, x: int, y: int) -> Spot:
        row, column = y + self._origin.row, (x + self._origin.column) // self.scale
        return Spot(max(0, min(row, terminal.rows - 1)), max(0, min(column, terminal.columns - 1)))

    def board_takes(self, event: events.MouseEvent) -> bool:
        """Tell a board that asked for the mouse."""
        terminal = self.terminal
        if terminal is None or not self.gives_mouse or terminal.mouse is MouseReporting.OFF:
            return False
        if isinstance(event, events.Click) or self._grip is not None:
            return self._grip is None
        data = self._board_mouse.report(terminal, event, self._cell_at(terminal, event.x, event.y))
        if isinstance(event, events.MouseDown):
            self.capture_mouse()
        elif not self._board_mouse.held:
            self.release_mouse()
        if data is not None:
            self.screen.post_message(self.MouseReport(self, data))
        return True

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel is the board's if it wants the mouse; else it opens the past."""
        event.stop()
        if not self.board_takes(event):
            self.post_message(self.LookedBack(self))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The board's, or nobody's; and so are the next two."""
        event.stop()
        self.board_takes(event)

    on_mouse_scroll_left = on_mouse_scroll_right = on_mouse_scroll_down

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
