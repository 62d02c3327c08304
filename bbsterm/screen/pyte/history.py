"""`HistoryScreen`: a screen that can be paged back and forth."""

from __future__ import annotations

from collections import deque
from math import ceil
from typing import NamedTuple

from bbsterm.screen.pyte.cells import LineView
from bbsterm.screen.pyte.screen import PyteVt, Screen
from bbsterm.screen.rows import Row

__all__ = ["History", "HistoryScreen"]


class History(NamedTuple):
    """What `pyte.screens.History` is: the lines above and below, and how and where they are paged."""

    top: deque[LineView]
    bottom: deque[LineView]
    ratio: float
    size: int
    position: int


class HistoryScreen(Screen):
    """A `Screen` that can be paged back and forth, as `pyte.HistoryScreen` can.

    Whatever is done while older lines are shown first pages down to the newest.
    """

    def __init__(self, columns: int, lines: int, history: int = 100, ratio: float = 0.5) -> None:
        """A screen with so many lines of history, paged by `ratio` of a screen at a time."""
        super().__init__(
            columns,
            lines,
            terminal=PyteVt(columns, lines, encoding="utf-8", may_resize=True, scrollback=history),
        )
        self._size = self._position = history
        self._ratio = ratio
        self._below: deque[Row] = deque(maxlen=history)
        self._begin_anew()

    @property
    def history(self) -> History:
        """The lines above and below those shown, how they are paged, and where we are."""
        top = deque(LineView(self.terminal, row) for row in self.terminal.history.rows)
        below = deque(LineView(self.terminal, row) for row in self._below)
        return History(top, below, self._ratio, self._size, self._position)

    def before_event(self, event: str) -> None:
        """Go to the newest lines."""
        while self._position < self._size:
            self.next_page()

    def reset(self) -> None:
        """Blank, without history."""
        super().reset()
        self.terminal.history.clear()
        self._below.clear()
        self._position = self._size

    def reverse_index(self) -> None:
        """RI; the line that leaves at the bottom can be paged to."""
        self.before_event("reverse_index")
        if self.terminal.y == self.terminal.top:
            self._below.append(self.terminal.grid[self.terminal.bottom - 1])
        super().reverse_index()

    def prev_page(self) -> None:
        """Show older lines."""
        above, grid = self.terminal.history.rows, self.terminal.grid
        if self._position <= self.lines or not above:
            return
        count = min(len(above), ceil(self.lines * self._ratio))
        self._below.extendleft(reversed(grid[-count:]))
        older = [above.pop() for _ in range(count)]
        self._show([*reversed(older), *grid[:-count]], self._position - count)

    def next_page(self) -> None:
        """Show newer lines."""
        if self._position >= self._size or not self._below:
            self._position = self._size
            return
        grid = self.terminal.grid
        count = min(len(self._below), ceil(self.lines * self._ratio))
        self.terminal.history.extend(grid[:count])
        newer = [self._below.popleft() for _ in range(count)]
        self._show([*grid[count:], *newer], self._position + count)

    def _show(self, rows: list[Row], position: int) -> None:
        for row in rows:
            row.resize(self.columns, self.terminal.pens.default)
        self.terminal.grid[:] = rows
        self._position = position
        self.terminal.visible = position == self._size
