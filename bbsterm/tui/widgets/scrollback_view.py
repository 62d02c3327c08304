"""What has scrolled away, to look through, to search and to mark with the keyboard."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from bbsterm.screen.terminal import Line, Terminal
from bbsterm.tui.marking import Mark, Spot
from bbsterm.tui.past import Past
from bbsterm.tui.search import Match, Search
from bbsterm.tui.strips import Painter, highlight, under_cursor
from bbsterm.tui.widgets.marking_pane import MarkingPane

__all__ = ["ScrollbackView"]

WHEEL: Final = 3
"""Lines that one turn of the wheel goes."""

_FOUND: Final = Style(color="#000000", bgcolor="#d7af00")
_FOUND_HERE: Final = Style(color="#000000", bgcolor="#ffffff", bold=True)


class ScrollbackView(MarkingPane):
    """A window onto the past; its last lines are the screen as it is now.

    Attributes:
        top: The number of the first line shown (`bbsterm.tui.past`).
        search: What is being looked for; None if nothing is.
        match: Which of its matches we are at.
        point: The cell that keys move, while marking with the keyboard.
    """

    @dataclass
    class Moved(Message):
        """Other lines are shown, or something else was found."""

        view: ScrollbackView

    def __init__(self, terminal: Terminal, painter: Callable[[], Painter], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.terminal: Terminal = terminal
        self.top = 0
        self.search: Search | None = None
        self.match: Match | None = None
        self.point: Spot | None = None
        self._painter = painter
        self._left = 0

    # --- where we are -------------------------------------------------------------------------

    @property
    def past(self) -> Past:
        """All lines that there are."""
        return Past(self.terminal)

    @property
    def scale(self) -> int:
        """Columns of the window for a cell of the board's."""
        return 2 if self._painter().doubled else 1

    @property
    def bottom(self) -> int:
        """One more than the number of the last line shown."""
        return min(self.top + self.size.height, self.past.end)

    def show(self, terminal: Terminal) -> None:
        """Another terminal, which has shown the same: stay at the end."""
        self.terminal = terminal
        self.search = self.match = self.point = None
        self.unmark()
        self.refresh(layout=True)
        self.to_end()

    def move_to(self, top: int) -> None:
        """Show the lines from this one on, as far as there are any."""
        past = self.past
        self.top = max(past.first, min(top, past.end - self.size.height))
        self.refresh()
        self.post_message(self.Moved(self))

    def to_end(self) -> None:
        """Show the newest lines."""
        self.move_to(self.past.end)

    def show_line(self, number: int) -> None:
        """Move as little as it takes to have this line in sight; from afar, to the middle."""
        height = self.size.height
        if self.top <= number < self.top + height:
            self.move_to(self.top)
        elif abs(number - self.top) <= height + 1:
            self.move_to(number if number < self.top else number - height + 1)
        else:
            self.move_to(number - height // 2)

    def follow_changes(self) -> None:
        """The board went on: old lines may be forgotten, and what we show of its screen may be different."""
        past = self.past
        if self.top < past.first:
            self.move_to(self.top)
        elif self.bottom > past.screen:
            self.refresh()

    # --- keys ------------------------------------------------------------------------------------

    def step(self, lines: int, columns: int = 0, *, mark: bool = False) -> None:
        """Move by so many lines and columns: the point while marking, else the window.

        Args:
            lines: Down, or up if negative.
            columns: To the right, or to the left if negative.
            mark: Begin to mark if we are not marking yet.
        """
        if mark and self.point is None:
            self.start_marking()
        if self.point is None:
            widest = max(0, self.terminal.columns * self.scale - self.size.width)
            self._left = max(0, min(self._left + columns, widest))
            self.move_to(self.top + lines)
            return
        past, point = self.past, self.point
        self._put_point(
            Spot(
                max(past.first, min(point.line + lines, past.end - 1)),
                max(0, min(point.column + columns, self.terminal.columns - 1)),
            )
        )

    def to_edge(self, *, end: bool, of_line: bool = False) -> None:
        """To the first line or the last one; while marking, perhaps to the end of the line."""
        past = self.past
        if self.point is None:
            self.move_to(past.end if end else past.first)
        elif of_line:
            self._put_point(self.point._replace(column=self.terminal.columns - 1 if end else 0))
        else:
            self._put_point(Spot(past.end - 1 if end else past.first, self.point.column))

    def start_marking(self) -> None:
        """Mark with the keyboard, from the match that we are at or from the first line in sight."""
        at = self.match
        here = at is not None and self.top <= at.line < self.bottom
        self.point = Spot(at.line, at.start) if at is not None and here else Spot(self.top, 0)
        self.set_mark(Mark(self.point, self.point))

    def stop_marking(self) -> None:
        """Nothing is marked."""
        self.point = None
        self.unmark()
        self.refresh()

    def change_mark(self, *, rectangular: bool = False, whole_lines: bool = False) -> None:
        """Mark a rectangle, or whole lines, or neither."""
        if self.mark is None:
            self.start_marking()
        assert self.mark is not None
        self.set_mark(replace(self.mark, rectangular=rectangular, whole_lines=whole_lines))

    def _put_point(self, point: Spot) -> None:
        self.point = point
        self.set_mark(self.mark.to(point) if self.mark is not None else Mark(point, point))
        self.show_line(point.line)

    # --- finding ---------------------------------------------------------------------------------

    def find(self, *, forward: bool) -> bool:
        """Go to the next match; whether there is one."""
        if self.search is None:
            return False
        if self.match is not None:
            line, column = self.match.line, self.match.start + forward
        else:
            line, column = (self.top, 0) if forward else (self.bottom, 0)
        index = self.search.from_here(line, column, forward=forward)
        self.match = None if index is None else self.search.matches[index]
        if self.match is not None:
            self.show_line(self.match.line)
        return self.match is not None

    # --- drawing ---------------------------------------------------------------------------------

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the screen is drawn."""
        return self.terminal.columns * self.scale

    def render_lines(self, crop: Region) -> list[Strip]:
        """Only what is in sight; rows of the past do not keep what was drawn of them."""
        strips = [self.render_line(y) for y in range(crop.y, crop.y + crop.height)]
        if crop.x or crop.width != self.size.width:
            return [strip.crop(crop.x, crop.x + crop.width) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """One line, with what was found in it and what is marked."""
        number, width = self.top + y, self.size.width
        line = self.past.line(number)
        if line is None:
            return Strip.blank(width, self.rich_style)
        strip = self._strip(line, kept=number >= self.past.screen)
        strip = self._with_matches(strip, number)
        if self.mark is not None:
            strip = self.with_mark(strip, number, len(line.cells()), scale=self.scale)
        if self.point is not None and self.point.line == number:
            strip = under_cursor(strip, self.point.column * self.scale, self.scale)
        return strip.crop_extend(self._left, self._left + width, self.rich_style)

    def _strip(self, line: Line, *, kept: bool) -> Strip:
        before = line.strip
        strip = self._painter().strip(line)
        if before is None and not kept:
            line.strip = None  # ten thousand of them would take 30 MB
        return strip

    def _with_matches(self, strip: Strip, number: int) -> Strip:
        matches = self.search.matches if self.search is not None else []
        for place in range(bisect.bisect_left(matches, (number, 0, 0)), len(matches)):
            found = matches[place]
            if found.line != number:
                break
            style = _FOUND_HERE if found == self.match else _FOUND
            strip = highlight(strip, found.start * self.scale, found.end * self.scale, style)
        return strip

    # --- the mouse ----------------------------------------------------------------------------------

    def spot_at(self, x: int, y: int) -> Spot | None:
        """The cell under a place of ours, or the nearest one."""
        line = max(self.top, min(self.top + y, self.bottom - 1))
        column = (x + self._left) // self.scale
        return Spot(line, max(0, min(column, self.terminal.columns - 1)))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Older lines."""
        event.stop()
        self.move_to(self.top - WHEEL)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Newer lines."""
        event.stop()
        self.move_to(self.top + WHEEL)

    def on_resize(self) -> None:
        """The last line in sight stays the last one where it was the newest."""
        self.move_to(self.top)
