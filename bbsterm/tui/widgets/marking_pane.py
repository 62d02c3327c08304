"""A pane of a board's lines in which the mouse marks cells and points at links: the live screen, the past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from bbsterm.screen.excerpt import Excerpt
from bbsterm.screen.terminal import Terminal
from bbsterm.tui.links import link_at
from bbsterm.tui.marking import Mark, Spot, marked, word_around
from bbsterm.tui.past import Past
from bbsterm.tui.strips import highlight

__all__ = ["MarkingPane"]

_LEFT = 1


class MarkingPane(Widget, can_focus=True):
    """Marks belong to lines, not to rows of the window: they go with the text when it scrolls.

    A subclass says which cell is where (`spot_at`), and keeps `terminal`.
    """

    ALLOW_SELECT: ClassVar[bool] = False  # Textual's own selection knows neither rectangles nor scrolling

    terminal: Terminal | None = None
    mark: Mark | None = None

    @dataclass
    class Marked(Message):
        """Cells were marked with the mouse, and the button was let go."""

        pane: MarkingPane

        @property
        def control(self) -> MarkingPane:
            """Who sent it, for `@on` with a selector."""
            return self.pane

    @dataclass
    class LinkPointed(Message):
        """The mouse has come to a link, or has left it (then `target` is empty)."""

        pane: MarkingPane
        target: str

    @dataclass
    class LinkChosen(Message):
        """Ctrl and a click on a link. Nothing is opened before the user has seen where it leads."""

        pane: MarkingPane
        target: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._grip: Spot | None = None
        self._rectangular = False
        self._pointed = ""

    # --- for the page -----------------------------------------------------------------------

    def unmark(self) -> None:
        """Nothing is marked any more."""
        self.set_mark(None)

    def set_mark(self, mark: Mark | None) -> None:
        """Mark these cells."""
        if mark != self.mark:
            self.mark = mark
            self.refresh()

    def marked_lines(self) -> list[Excerpt]:
        """What is marked, line by line, as it is now."""
        if self.mark is None or self.terminal is None:
            return []
        return marked(self.mark, Past(self.terminal).line)

    # --- for the subclass ---------------------------------------------------------------------

    def spot_at(self, x: int, y: int) -> Spot | None:
        """The cell under a place of the widget, or the nearest; None where there is no terminal."""
        raise NotImplementedError

    def board_takes(self, event: events.MouseEvent) -> bool:
        """Whether a mouse event was the board's."""
        return False

    def with_mark(self, strip: Strip, line: int, columns: int, *, scale: int = 1, left: int = 0) -> Strip:
        """A drawn row with its marked cells highlighted.

        Args:
            strip: The row.
            line: Its line's number.
            columns: How many cells the line has.
            scale: Columns of the strip for a cell.
            left: Columns of the row that are hidden on the left.
        """
        span = self.mark.span(line, columns) if self.mark is not None else None
        if span is None:
            return strip
        return highlight(strip, span[0] * scale - left, span[1] * scale - left, self.mark_style)

    @property
    def mark_style(self) -> Style:
        """How marked cells look."""
        return self.screen.get_component_rich_style("screen--selection")

    # --- the mouse ------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to mark, or follow a link."""
        event.stop()
        if self._choose_link(event) or self.board_takes(event) or event.button != _LEFT:
            return
        self.unmark()
        self._grip = self.spot_at(event.x, event.y)
        self._rectangular = event.meta
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark on; in a rectangle once Alt is held."""
        if self.board_takes(event):
            return
        spot = self.spot_at(event.x, event.y)
        if self._grip is None:
            self._point(spot)
        elif spot is not None and (self.mark is not None or spot != self._grip):
            self._rectangular |= event.meta
            self.set_mark(Mark(self._grip, spot, rectangular=self._rectangular))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """What is marked is marked."""
        if self.board_takes(event) or self._grip is None:
            return
        self._let_go()
        if self.mark is not None:
            self.post_message(self.Marked(self))

    def on_mouse_release(self) -> None:
        """The mouse was taken from us."""
        self._grip = None

    def on_click(self, event: events.Click) -> None:
        """Two clicks mark a word, three a line."""
        spot = self.spot_at(event.x, event.y)
        if spot is None or self.terminal is None or event.chain < 2 or event.button != _LEFT:
            return
        line = Past(self.terminal).line(spot.line)
        if line is None or self.board_takes(event):
            return
        cells = list(line.cells())
        first, last = word_around(cells, spot.column) if event.chain == 2 else (0, len(cells) - 1)
        self.set_mark(Mark(Spot(spot.line, first), Spot(spot.line, last)))
        self.post_message(self.Marked(self))

    def on_leave(self) -> None:
        """No link is pointed at."""
        self._point(None)

    def _let_go(self) -> None:
        self._grip = None
        self.release_mouse()

    def _choose_link(self, event: events.MouseDown) -> bool:
        target = self._target(self.spot_at(event.x, event.y)) if event.ctrl and event.button == _LEFT else ""
        if target:
            self.post_message(self.LinkChosen(self, target))
        return bool(target)

    def _point(self, spot: Spot | None) -> None:
        target = self._target(spot)
        if target != self._pointed:
            self._pointed = target
            self.post_message(self.LinkPointed(self, target))

    def _target(self, spot: Spot | None) -> str:
        line = Past(self.terminal).line(spot.line) if spot is not None and self.terminal is not None else None
        if line is None or spot is None or self.terminal is None:
            return ""
        link = link_at(self.terminal, line, spot.column)
        return link.target if link is not None else ""
