"""Runs of text drawn in place: what the fast loop does with text that does not simply fit into a row.

This may be used only while a dialect says that it is `quick`: then nothing happens to text but that it goes
where the cursor is, wraps at the last column, and scrolls the screen.
"""

from __future__ import annotations

from itertools import islice
from typing import ClassVar

from bbsterm.screen.ansi.core import AnsiCore
from bbsterm.screen.ansi.steps import MOVING
from bbsterm.screen.canvas import Unseen, row_of
from bbsterm.screen.pens import Pen
from bbsterm.screen.rows import PACKED_LOG

__all__ = ["AnsiRuns"]


class AnsiRuns(AnsiCore):
    """Text drawn in place. A dialect says when that may be done."""

    repeats_controls: ClassVar[bool]
    """Whether REP after a control function repeats that or nothing, rather than the last character drawn."""

    @property
    def quick(self) -> bool:
        """Whether text goes where the cursor is, up to the last column, and nothing else happens.

        So there is no insert mode, no left or right margin, no other character set ...; and what the loop
        does for a cursor movement is what the dialect's method would do.
        """
        raise NotImplementedError

    @property
    def _longest(self) -> int:
        """How far text may reach in a row before something happens."""
        return self.columns - (not self.deferred)

    @property
    def _full(self) -> bool:
        """Whether all rows scroll."""
        return self.top == 0 and self.bottom == self.rows

    def _remember(self, drawn: str | None) -> None:
        """Set `last` and `base` as if what was done in place had been done by the methods.

        Args:
            drawn: The run of characters that was drawn, or the control character that was obeyed, or nothing
                after a control sequence; None if nothing was done in place.
        """
        if drawn is None:
            return
        self.base = None
        if drawn in MOVING:
            self.last = drawn if self.repeats_controls else ""
        else:
            self.last = drawn[-1:]
            if drawn:
                wrapped = not self.x
                self.base = (self.grid[self.y - wrapped], (self.columns if wrapped else self.x) - 1)

    # --- text ---------------------------------------------------------------------------

    def _run(self, x: int, y: int, text: str, pen: Pen) -> tuple[int, int]:
        """Draw a run of characters, which may not fit into the row; where the cursor is then."""
        grid, columns, longest, last_row = self.grid, self.columns, self._longest, self.bottom - 1
        whole = self._full and self.keeps
        while x + len(text) > longest:
            room = columns - x
            if room:
                log = grid[y].log
                if not x:
                    log.clear()  # all of it is written over
                log += x, text[:room], pen
                text = text[room:]
            x = 0
            if y != last_row:
                grid[y].wrapped = True
                y = min(y + 1, self.rows - 1)
            elif whole:
                grid[y].wrapped = True
                self._scroll_in([(columns, pen.blank, "", pen, False)])
            else:
                self.x, self.y, self.pen = columns - 1, y, pen
                self.wrap(waited=self.deferred)
                x, y = self.x, self.y
        if text:
            grid[y].log += x, text, pen
        return x + len(text), y

    def _scroll_in(self, rows: list[Unseen]) -> None:
        """Scroll rows in from below; those above are kept. What passes is not made into a row."""
        grid, history, count = self.grid, self.history, len(rows)
        gone = grid[:count]
        for row in gone:
            if row.wide or len(row.log) > PACKED_LOG:
                row.pack()
        history.lines.extend(gone)
        history.total += count
        del grid[:count]
        unseen = max(count - self.rows, 0)
        history.lines.extend(rows[:unseen])
        grid += map(row_of, rows[unseen:])

    def _take_lines(self, lines: list[str]) -> None:
        """Take lines of text without ESC, where nothing can happen but that the screen scrolls."""
        x, y, pen, last_row, longest = self.x, self.y, self.pen, self.rows - 1, self._longest
        columns, blank = self.columns, pen.blank
        if lines[0]:
            x, y = self._run(x, y, lines[0], pen)
        below = list[Unseen]()
        for line in islice(lines, 1, None):
            x = len(line)
            if y == last_row and x <= longest:
                below.append((columns, blank, line, pen, False))
            else:
                if y == last_row:
                    self._scroll_in([*below, (columns, blank, "", pen, False)])
                    below = []
                else:
                    y += 1
                x, y = self._run(0, y, line, pen)
        self._scroll_in(below)
        self.x, self.y = x, y
        self._remember(lines[-1] or ("\n" if len(lines) > 1 else None))
